"""Documents, petitions, plans and meetings for tests, made by services."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from lianxin.common import clock
from lianxin.plans import services
from lianxin.plans.models import Petition, Plan, PlanTask, SuperiorDocument, WorkMeeting
from lianxin.plans.services import Called, Received, TaskWords
from tests.factories.cast import CITY, OTHER_TOWN, TOWN, Cast

PDF = b"%PDF-1.4 test"
ASKED = "为规范村民自治，提请市委下发指导意见，明确四个关键环节由谁抓、怎么抓。"


def day(days: int) -> date:
    """Return the day so many days ahead."""
    return clock.today() + timedelta(days=days)


def received(**changes: Any) -> Received:
    """Return what is written of a document."""
    fields: dict[str, Any] = {
        "level": "prefecture",
        "title": "关于推广“321”基层治理模式的意见",
        "issuer": "中共安康市委",
        "number": "安发〔2021〕8号",
        "issued_on": clock.today(),
        "received_on": clock.today(),
        "summary": "全面推行三线两化一平台。",
        **changes,
    }
    return Received(**fields)


def document(cast: Cast, *uppers: SuperiorDocument, **changes: Any) -> SuperiorDocument:
    """Register a document."""
    return services.document_register(actor=cast.office, place=CITY, paper=received(**changes), uppers=uppers)


def chain(cast: Cast) -> list[SuperiorDocument]:
    """Return 安康市委 → 旬阳市委 → 人大."""
    top = document(cast)
    middle = document(
        cast,
        top,
        level="committee",
        issuer="中共旬阳市委",
        number="旬发〔2021〕11号",
        title="贯彻落实意见的通知",
    )
    own = document(
        cast,
        middle,
        level="congress",
        issuer="市人大常委会",
        number="旬人发〔2021〕5号",
        title="关于推广的实施意见",
    )
    return [top, middle, own]


def petition(cast: Cast, until: str = "draft") -> Petition:
    """Return a petition on its way as far as asked."""
    row = services.petition_draft(
        actor=cast.office, place=CITY, title="关于提请下发《关于村民自治的指导意见》的请示", text=ASKED
    )
    ways = {
        "proposed": lambda: services.petition_propose(actor=cast.office, petition=row),
        "on_agenda": lambda: services.petition_schedule(
            actor=cast.leader, petition=row, agenda_on=clock.today()
        ),
        "agreed": lambda: services.petition_decide(actor=cast.leader, petition=row, act="agree"),
        "sent": lambda: services.petition_send(actor=cast.office, petition=row),
    }
    for state, go in ways.items():
        if row.state == until:
            break
        go()
        assert row.state == state
    return row


def words(text: str = "各镇建成联络站", owner: str = TOWN, days: int = 30, **changes: Any) -> TaskWords:
    """Return what is written of a task."""
    fields: dict[str, Any] = {"goal": 1, "text": text, "owner": owner, "due_on": day(days), **changes}
    return TaskWords(**fields)


def drafted(cast: Cast, title: str = "关于推广“321”模式的实施方案") -> Plan:
    """Return a plan in writing: one goal, tasks of a town, another town and two units."""
    plan = services.plan_open(actor=cast.office, place=CITY, title=title)
    services.goal_add(actor=cast.office, plan=plan, text="代表全部编入网格")
    for text, owner in (
        ("段家河镇代表编组入网", TOWN),
        ("蜀河镇代表编组入网", OTHER_TOWN),
        ("改造联络站门前道路", "transport"),
        ("联络站线路改造", "power"),
    ):
        services.line_add(actor=cast.office, plan=plan, task=words(text, owner))
    return plan


def issued(cast: Cast, title: str = "关于推广“321”模式的实施方案") -> Plan:
    """Return a plan in force."""
    plan = drafted(cast, title)
    services.plan_submit(actor=cast.office, plan=plan)
    return services.plan_approve(actor=cast.leader, plan=plan)


def task(plan: Plan, owner: str = TOWN) -> PlanTask:
    """Return the task of an owner."""
    return plan.tasks.select_related("plan").get(owner=owner)


def reported(cast: Cast, row: PlanTask, percent: int = 40, who: str = "presidium") -> PlanTask:
    """Report on a task."""
    services.progress_report(
        actor=getattr(cast, who), task=row, percent=percent, words_of="已编好名单，正在张贴公示。"
    )
    return row


def meeting(cast: Cast, plan: Plan, *, noticed: bool = True, hours: int = 0) -> WorkMeeting:
    """Return a meeting today with a town and a unit asked."""
    called = Called(
        title="推进“321”模式工作会",
        held_at=clock.now() + timedelta(hours=hours),
        place="市人大三楼会议室",
        agenda="一、通报进度。二、部署下一步工作。",
    )
    row = services.meeting_plan(actor=cast.office, plan=plan, called=called, owners=[TOWN, "transport"])
    return services.meeting_notify(actor=cast.office, meeting=row) if noticed else row


def decided(cast: Cast, plan: Plan) -> WorkMeeting:
    """Return a meeting whose minutes are signed, with two decisions."""
    row = meeting(cast, plan)
    services.meeting_sign_in(actor=cast.presidium, meeting=row, name="陈主席")
    services.minutes_write(
        actor=cast.office,
        meeting=row,
        text="会议听取了各镇进度，要求按期完成。",
        decisions=[words("补齐编组名单"), words("联络站挂牌", "transport")],
    )
    return services.minutes_confirm(actor=cast.leader, meeting=row)
