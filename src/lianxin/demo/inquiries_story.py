"""Two inspections of the village law and three researches of the demo city."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from lianxin.common import clock
from lianxin.demo.city import City
from lianxin.demo.telling import Story
from lianxin.meetings import services
from lianxin.meetings.models import Inquiry
from lianxin.regions.loading import CITY

VILLAGE_LAW = "村民委员会组织法"
CHECKS = (
    ("第二十一条", "村民会议是否按时召集、提前通知"),
    ("第二十六条", "村民代表会议是否够三分之二"),
    ("第三十条", "村务公开是否按时、内容是否齐全"),
    ("第三十二条", "监督委员会是否起作用"),
)
FOUND = (
    ("civil-affairs", "第二十六条", "有的村代表会议到会不够人数也表决了"),
    ("agriculture", "第三十条", "集体资金收支有的季度没有公开"),
    ("finance", "第三十条", "补贴发放明细公开得太简略"),
)
INSPECTIONS = (
    ("第一次村民委员会组织法执法检查", date(2018, 5, 14)),
    ("第二次村民委员会组织法执法检查", date(2021, 5, 17)),
)
OPINIONS = (
    ("civil-affairs", "加强村委会换届后的业务培训"),
    ("justice", "把村规民约的合法性审查做在前面"),
    ("finance", "保障村级组织运转经费按时到位"),
)
RESEARCHES = (
    ("村民自治工作专题调研", "村民自治", date(2017, 6, 12)),
    ("村规民约修订专题调研", "村规民约", date(2019, 4, 15)),
    ("村务公开和监督专题调研", "村务公开", date(2020, 9, 7)),
)
SEEN = "查了台账，看了现场，问了村民，情况属实。"
DONE = "已经整改：定了办法，责任到人，材料报代工委备查。"


def inquiries(city: City, now: datetime) -> list[Story]:
    """Return the stories of both inspections and the three researches."""
    found = [_story(city, "inspection", title, VILLAGE_LAW, day) for title, day in INSPECTIONS]
    return found + [_story(city, "research", title, subject, day) for title, subject, day in RESEARCHES]


def _story(city: City, kind: str, title: str, subject: str, day: date) -> Story:
    at = clock.day_start(day) + timedelta(hours=9)
    yield at
    office = city.staff["office"]
    row = services.inquiry_plan(
        actor=office,
        division_code=CITY,
        kind=kind,
        title=title,
        subject=subject,
        begins_on=day,
        plan="分两组，看六个镇、十八个村，召开座谈会。",
        team=[deputy.pk for _actor, deputy in city.deputies[CITY][:6]],
    )
    questions = (("题目一", f"{subject}的做法"), ("题目二", f"{subject}的难处"))
    checks = CHECKS if kind == "inspection" else questions
    for article, text in checks:
        services.check_add(actor=office, inquiry=row, article=article, text=text)
    services.inquiry_move(actor=office, inquiry=row, act="start")
    yield at + timedelta(days=20)
    _worked(city, row, kind)
    yield at + timedelta(days=60)
    for finding in row.findings.all():
        head = city.staff[f"head:{finding.unit}"]
        services.finding_report(actor=head, finding=finding, report=DONE)
    yield at + timedelta(days=80)
    for finding in row.findings.all():
        services.finding_recheck(actor=office, finding=finding, passed=True)
    services.inquiry_move(actor=office, inquiry=Inquiry.objects.get(pk=row.pk), act="close")


def _worked(city: City, row: Inquiry, kind: str) -> None:
    office, due = city.staff["office"], clock.today() + timedelta(days=60)
    for check in row.checks.all():
        services.check_note(actor=office, inquiry=row, check=check.pk, seen=SEEN)
    told = FOUND if kind == "inspection" else tuple((unit, "", text) for unit, text in OPINIONS)
    for unit, article, text in told:
        services.finding_add(actor=office, inquiry=row, text=text, unit=unit, due_on=due, article=article)
    report = f"{row.title}情况报告：总体落实较好，也发现一些问题，逐件交办整改。"
    services.inquiry_report(actor=office, inquiry=row, report=report)
    services.inquiry_move(actor=office, inquiry=row, act="hand_over")
