"""What villages of the demo city changed of the model texts, and what residents said; all invented."""

from __future__ import annotations

from lianxin.charters.services.register import Change

COVENANT_CHANGES: tuple[Change, ...] = (
    ("clean", "房前屋后各家打扫，垃圾分成能烂的和不能烂的，投到组里的分类亭。每月逢五大扫除。", "建了分类亭"),
    ("customs", "红事不超过两天，白事不超过三天，礼金不超过一百元，烟酒用本地的。", "大家都说负担重"),
    ("public", "每年义务护路、护渠两次，外出的可以请人代替，也可以下次补上。", "外出务工的人多"),
    ("river", "不毁林开荒，不电鱼毒鱼，野外用火先告诉护林员。", "春天风大，起过两次山火"),
    ("water", "爱护饮水池和水管，水费每吨两元，每季度公布一次收支，困难户减半。", "新装了水表"),
    ("family", "尊敬老人，夫妻平等。在外的每月给家里打电话，过年轮流接老人一起住。", "留守老人多"),
)  # fmt: skip
CHARTER_CHANGES: tuple[Change, ...] = (
    ("finance", "集体资产属于全体成员。五百元以上的支出先由监督委员会看票据。", "分清大账小账"),
    ("disclosure", "一般事项每季度公开一次，水电费每月公开一次。群众有疑问的，十天内答复。", "群众最关心"),
    ("mediation", "邻里纠纷先由小组长上门调解；调解不成的，陪当事人去司法所。", "司法所就在镇上"),
)  # fmt: skip
COMMENTS = (
    ("disclosure", "公开栏太高了，老人看不清，字能不能大一点。", "taken", "公开栏降到一米四，字号加大"),
    ("mediation", "调解的时候能不能请老党员一起来。", "", ""),
)
FINE: Change = ("clean", "乱倒垃圾的，罚款五十元，用于雇人清扫。", "有人往河里倒垃圾")
"""The planted clause that no village may make: only organs with that power may fine."""
