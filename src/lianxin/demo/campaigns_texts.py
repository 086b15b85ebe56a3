"""Words of themed years, contests, moral reviews and sheets of the demo city; all invented."""

from __future__ import annotations

THEMES = (
    ("村民自治质量提升年", 2017, "把村民会议、村民代表会议开好，把章程公约用起来，把账目公开清楚。",
     "一次合格的村民代表会议和本季度公开的照片说明", 0),
    ("村民自治全面规范年", 2019, "四个环节都照规程办：选举、议事监督、章程公约、村务公开，逐村验收。",
     "四个环节各一份规范的记录", 12),
)  # fmt: skip
"""Name, year, plan, what each village shows, how many of all villages did not finish."""
EVIDENCE = (
    "代表会议按季度开，记录和签到齐全，公开栏换新。",
    "账目逐笔公开，监督委员会每季度审一次。",
    "章程公约印发到户，红白理事会照着办。",
)
SUMMARY = "多数村按时完成；没有完成的由镇里一村一策接着办。"
WHY = (
    "礼金从三百降到一百，红白事都轻松了。",
    "水费怎么收写进公约，三年没有为水吵过架。",
    "护林用火先报告，两年没有起过山火。",
    "外出的人也能按公约请人代替出工。",
    "垃圾分两类，河沟清了，孩子敢下水了。",
)
MORAL = (
    ("customs", "praise", "红白理事会帮着办了三场喜事，席面和礼金都照公约办。"),
    ("neighbours", "mediated", "两家为地界有分歧，评议员到现场量了，双方都认，立了界石。"),
    ("elders", "agreed", "约定冬天每天有人去看独居老人，谁家轮到贴在公开栏。"),
    ("clean", "praise", "三组把河边的陈年垃圾清了，大家一起吃了顿饭。"),
    ("work", "praise", "几户合伙种拐枣，把技术教给了邻居。"),
)
PROBLEMS = {
    "representatives": "本季度没有开村民代表会议。",
    "committee": "监督委员会没有审账的记录。",
    "carried": "修路的决议办了，没有晒结果。",
    "board": "公示栏还是上季度的内容。",
    "accounts": "账目只有总数，看不出花在哪里。",
    "old": "公示栏字太小，老人看不清。",
    "charter-lawful": "公约里还写着罚款。",
}
