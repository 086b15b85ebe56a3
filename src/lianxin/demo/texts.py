"""What people of the demo city say and what organs answer: invented, about real kinds of matters."""

from __future__ import annotations

import random
from dataclasses import dataclass

from lianxin.suggestions.services import Draft

PLACES = [
    "三组岔路口",
    "村委会门口",
    "小学旁边",
    "老桥头",
    "河坝边",
    "卫生室门前",
    "一组院子",
    "二组坡上",
    "五组水井旁",
    "集镇街道",
    "安置小区",
    "敬老院外",
]
SINCE = [
    "从去年冬天起",
    "已经两个多月了",
    "上个月下大雨以后",
    "开春以来",
    "有三四年了",
    "这半个月",
    "国庆前后开始",
    "一直没人管",
]
HARM = [
    "老人孩子走着害怕",
    "车过不去，人也绕远",
    "我们十几户都受影响",
    "下雨天更恼火",
    "已经摔过两个人了",
    "娃儿上学不方便",
    "晚上都不敢出门",
    "做饭都成问题",
]
WISH = [
    "能不能来看一下",
    "希望早点修一修",
    "请帮忙反映反映",
    "盼着有个准话",
    "看能不能列个计划",
    "请派人来查一查",
]

MATTERS: dict[str, list[str]] = {
    "交通道路": [
        "{place}的水泥路塌了一块",
        "{place}到镇上的路坑坑洼洼",
        "{place}没有路灯，天黑看不见",
        "{place}缺护栏，下面就是沟",
        "班车改线后{place}等不到车",
        "{place}的路被泥石流埋了一截",
    ],
    "饮水水利": [
        "{place}的自来水发黄",
        "{place}一到中午就停水",
        "{place}水管老化天天漏",
        "{place}的水渠堵了浇不上地",
        "{place}的饮水池没有盖子",
    ],
    "生态环境": [
        "{place}垃圾箱满了没人清运",
        "{place}养殖场的臭味很大",
        "{place}污水直接排进河里",
        "{place}有人烧秸秆，烟大",
    ],
    "农业农村": [
        "{place}的茶园缺技术员指导",
        "今年拐枣卖不上价，{place}都积压着",
        "{place}的野猪糟蹋庄稼",
        "{place}产业路断头，烤烟运不出来",
    ],
    "医疗卫生": [
        "{place}的村卫生室经常关门",
        "{place}的老人慢病买药要跑镇上",
        "合作医疗报销的单子看不懂，{place}好几户都问",
    ],
    "教育": ["{place}的校车早上只停一次", "{place}小学的围墙裂了缝", "{place}孩子放学没地方去"],
    "养老托育": ["{place}的敬老院缺热水", "{place}独居老人没人送饭", "{place}高龄补贴迟了两个月"],
    "公共安全": [
        "{place}电线垂得很低，刮风打火花",
        "{place}手机没信号，打不通电话",
        "{place}的变压器夏天老跳闸",
    ],
    "就业": [
        "{place}在外务工的工钱还没结清",
        "{place}社区工厂招人的消息不知道哪里看",
        "{place}想学手艺没有培训班",
    ],
    "乡村治理": [
        "{place}公示栏的账目看不明白",
        "{place}评低保的结果想问问清楚",
        "{place}红白事攀比，想立个规矩",
    ],
    "政务服务": ["{place}办个证明来回跑了三趟", "{place}自助机坏了没人修"],
}
WEIGHTS = {
    "交通道路": 21,
    "饮水水利": 13,
    "生态环境": 11,
    "农业农村": 11,
    "医疗卫生": 8,
    "教育": 8,
    "养老托育": 7,
    "公共安全": 7,
    "就业": 5,
    "乡村治理": 5,
    "政务服务": 4,
}
UNIT_OF = {
    "交通道路": "transport",
    "饮水水利": "water",
    "生态环境": "ecology",
    "农业农村": "agriculture",
    "医疗卫生": "health",
    "教育": "education",
    "养老托育": "civil-affairs",
    "公共安全": "emergency",
    "就业": "human-resources",
    "乡村治理": "civil-affairs",
    "政务服务": "administrative-approval",
}
ASSIST_OF = {
    "transport": "finance",
    "water": "finance",
    "ecology": "water",
    "agriculture": "science",
    "health": "medical-insurance",
    "education": "transport",
    "civil-affairs": "finance",
    "emergency": "power",
    "human-resources": "justice",
    "administrative-approval": "big-data",
}

LAMPS = [
    "李家庄村三组到小学的路没有路灯，四百多米一盏都没有，冬天放学天就黑了，孩子打着手电走。",
    "李家庄小学那条路晚上黑黢黢的，娃儿放学走着害怕，能不能安几盏路灯。",
    "我们李家庄三组岔路口到学校莫得路灯，旁边是沟，老人晚上摔过，盼着亮起来。",
]


SEALED = (
    "我要举报青石坳村（演示用的虚构村）的村干部在发放补助时优亲厚友，名单没有公示，"
    "我手里有单子。我知道可以打 12388，我坚持请联络站把这封信存下来。"
)
INVENTED = ["云岭寨村", "青石坳村", "双柏湾村", "望江坪村"]
CADRE = "{village}（演示用的虚构村）村干部办事不公开，{what}，想请镇上来问一问。"
COMPLAINTS = [
    "集体的钱怎么花的没有说清楚",
    "修路占地的补偿没有张榜",
    "评先进没有开会商量",
    "村务公开栏半年没有换",
]
ANSWERS = [
    "已现场看过，村里和管护单位一周内处理，有变化再告诉您。",
    "已请镇上水保站的同志到场，当天疏通，以后每月巡查一次。",
    "政策是这样的：申请表在村委会领，十五个工作日内有结果，不收任何费用。",
    "已和施工队定下日子，本月二十八日前修好，由村里的护路员负责看管。",
    "镇卫生院每周三派医生到村，时间表已贴在村委会门口。",
]


@dataclass(frozen=True)
class Words:
    """One invented opinion."""

    category: str
    text: str


def opinion_words(chance: random.Random, village: str, category: str) -> Words:
    """Return an opinion about a matter in a village."""
    if category == "乡村治理" and chance.random() < 0.06:
        village, what = chance.choice(INVENTED), chance.choice(COMPLAINTS)
        return Words(category, CADRE.format(village=village, what=what))
    what = chance.choice(MATTERS[category]).format(place=village + chance.choice(PLACES))
    parts = [what, chance.choice(SINCE), chance.choice(HARM)]
    return Words(category, "，".join(parts) + "。" + chance.choice(WISH) + "。")


def retold(chance: random.Random, text: str) -> str:
    """Return the same matter as another neighbour would tell it."""
    core = text.split("，", maxsplit=1)[0]
    ways = [
        f"{core}，{chance.choice(HARM)}，{chance.choice(WISH)}。",
        f"想反映一下，{core}，{chance.choice(SINCE)}。",
        f"我也说一下：{core}。{chance.choice(HARM)}。",
    ]
    return chance.choice(ways)


def suggestion_words(chance: random.Random, category: str, place: str) -> Draft:
    """Return an invented suggestion about a place."""
    core = chance.choice(MATTERS[category]).format(place="")
    title = f"关于解决{place}{core[:14].strip('的，')}问题的建议"[:40]
    demands = [f"对{place}的情况现场核实，列出清单", f"安排资金，分期解决{category}方面的突出问题"]
    if chance.random() < 0.5:
        demands.append("明确管护单位和责任人，建立长效机制")
    return Draft(
        title=title if len(title) >= 8 else f"关于{place}{category}问题的建议",
        situation=f"走访中，{place}群众多次反映：{core}，{chance.choice(SINCE)}，{chance.choice(HARM)}。"
        f"经实地查看，情况属实，涉及{chance.randint(20, 300)}户。",
        analysis="主要原因是建设年代早、标准低，日常管护责任不清，资金来源不稳定。",
        proposal="建议有关部门现场核实，制定方案，落实资金和责任人，并向群众说明进度。",
        demands=tuple(demands),
        what_is_new="这次反映的地点和户数是今年走访时新核实的，与以前提的不是同一处。",
        category=category,
        agree_to_publish=chance.random() < 0.85,
    )


EMPTY = "您所提的问题我们高度重视，正在研究，下一步将进一步加强有关工作，逐步推进。"


def empty_answers(demands: list[str]) -> list[str]:
    """Return an answer for each demand that says nothing, for the check-up to find."""
    return [EMPTY for _ in demands]


def answer_words(chance: random.Random, demands: list[str], reply_class: str, year: int) -> list[str]:
    """Return an answer for each demand, concrete as a good one is."""
    done = {
        "A": "我局{month}月到现场核实，投入{money}万元，已于{year}年{month}月{day}日完成整治，涉及{n}户。",
        "B": "我局{month}月到现场核实，已列入{year}年实施计划，投资{money}万元，由{who}科长负责，分期完成。",
        "C": "经核实，受{year}年资金安排和用地条件限制暂不能实施，已登记入库，先由镇上做好{n}户的应急保障。",
    }[reply_class]
    return [
        f"关于第{place}条："
        + done.format(
            month=chance.randint(1, 12),
            day=chance.randint(1, 28),
            year=year,
            money=chance.randint(3, 90),
            n=chance.randint(8, 200),
            who=chance.choice("王李张刘陈"),
        )
        for place in range(1, len(demands) + 1)
    ]
