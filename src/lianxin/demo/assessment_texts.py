"""Words of the demo city's yearly files, honours and meetings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """One meeting: which organ, what about, the question, what was promised."""

    organ: str
    topic: str
    question: str
    promise: str


MEETINGS = (
    MeetingPlan(
        "transport",
        "汛期通村路塌方抢修",
        "今年汛期塌方七处，什么时候能抢通？靠什么不再塌？",
        "汛前再排查一遍",
    ),
    MeetingPlan(
        "power", "农网改造和停电通知", "山上三个组一刮风就停电，改造排到哪一年？", "把三个组列入明年计划"
    ),
    MeetingPlan(
        "transport",
        "校车路线和招呼站",
        "五个村的孩子走路上学要一个半小时，能不能加一条路线？",
        "开学前加一条路线",
    ),
    MeetingPlan(
        "transport", "桥梁限载后的绕行", "限载后拉菜的车要绕三十公里，便桥什么时候修？", "先修一座便桥"
    ),
)
OBJECTIONS = (
    ("contact", "三月有四次走访是用纸记的，没有录进来，请核对走访本。"),
    ("deed", "帮两户修水窖的事有验收单，当时没有上传，现在补上。"),
    ("meeting", "六月那次视察我到场了，签到时手机没有网，组长可以证明。"),
)
GROUP_VIEWS = (
    "小组评议认为，联系群众认真，反映的事情有着落。",
    "小组评议认为，按时参加活动，接待选民不缺勤。",
    "小组评议认为，提的建议有调研，答应的事能兑现。",
)
REASONS = {
    "excellent": "走访、接待、建议都有实绩，小组和选民反映好，主席团会议讨论通过。",
    "competent": "履职记录完整，按要求联系群众、参加活动，主席团会议讨论通过。",
}
DEEDS = (
    "一年走访结对户二十多次，帮两户老人修好水窖，推动村口路灯装了十二盏。",
    "坚持进站接待选民，带来的三件事都有答复，牵头组织小组到企业调研用工。",
    "多次为饮水管网的事奔走，现在三个组通了自来水，还带动邻里参加志愿服务。",
)
