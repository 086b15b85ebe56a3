"""Suggestions in any state, made by the services of the people who would act."""

from __future__ import annotations

from typing import Any

from lianxin.common import clock
from lianxin.handling.actions import BOOK as UNIT_BOOK
from lianxin.handling.matters import Part
from lianxin.handling.models import Assignment
from lianxin.handling.workflow import Mode
from lianxin.regions.loading import CITY
from lianxin.suggestions import actions, services
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.rules import Rating
from tests.factories.cast import Cast

DEMANDS = ("在三组到小学的路上装路灯", "明确路灯由谁管护")


def draft(**changes: Any) -> services.Draft:
    """Return a complete text of a suggestion."""
    text: dict[str, Any] = {
        "title": "关于在李家庄村三组安装路灯的建议",
        "situation": "三组岔路口到小学四百二十米没有路灯，冬天放学天已黑，去年有两名老人摔伤。",
        "analysis": "沿线住着三十五户，学生二十一人，路旁是沟。",
        "proposal": "由交通部门会同供电公司安装路灯并明确管护。",
        "demands": DEMANDS,
        "agree_to_publish": True,
    }
    return services.Draft(**{**text, **changes})


def drafted(cast: Cast, *, by: str = "deputy_city", body: str = CITY, **changes: Any) -> Suggestion:
    """Return a deputy's draft."""
    return services.suggestion_draft(actor=getattr(cast, by), body_code=body, draft=draft(**changes))


def submitted(cast: Cast, **changes: Any) -> Suggestion:
    """Return a suggestion that waits for review."""
    row = drafted(cast, **changes)
    return services.suggestion_submit(actor=getattr(cast, changes.get("by", "deputy_city")), suggestion=row)


def registered(cast: Cast, **changes: Any) -> Suggestion:
    """Return a numbered suggestion."""
    return services.suggestion_register(actor=cast.office, suggestion=submitted(cast, **changes))


def assigned(
    cast: Cast, parts: tuple[Part, ...] = (Part("transport", Mode.SOLE),), **changes: Any
) -> Suggestion:
    """Return a suggestion that has been handed over."""
    return services.suggestion_assign(
        actor=cast.office, suggestion=registered(cast, **changes), parts=list(parts)
    )


def part_of(row: Suggestion, unit: str = "transport") -> Assignment:
    """Return a unit's newest part."""
    return Assignment.objects.filter(matter_id=row.id, unit_code=unit).order_by("-round", "-created_at")[0]


def unit_act(
    cast: Cast, row: Suggestion, who: str, act: str, unit: str = "transport", **data: Any
) -> Assignment:
    """Carry out a unit's act on its newest part with the form of the action table.

    Who signs without saying which draft he saw has seen the newest.
    """
    if act == "sign_reply":
        data.setdefault("version", part_of(row, unit).replies.count() or 1)
    return services.suggestion_unit_act(
        actor=getattr(cast, who), assignment=part_of(row, unit), act=act, form=UNIT_BOOK.form(act, data)
    )


def replied(
    cast: Cast, row: Suggestion | None = None, *, reply_class: str = "A", **changes: Any
) -> Suggestion:
    """Return a suggestion with a signed reply of the transport department."""
    row = row or assigned(cast, **changes)
    answer(cast, row, reply_class=reply_class)
    row.refresh_from_db()
    return row


UNITS = {"transport": ("clerk", "head"), "power": ("clerk_power", "head_power")}


def working(cast: Cast, row: Suggestion, unit: str = "transport") -> Assignment:
    """Return a unit's part that is being worked on."""
    clerk, _ = UNITS[unit]
    unit_act(cast, row, clerk, "accept", unit, officer="孙经办", leader="周局长")
    return unit_act(cast, row, clerk, "start", unit, plan="先到现场看，再会同供电公司提出方案")


def contact(cast: Cast, row: Suggestion, unit: str = "transport") -> Assignment:
    """Record a contact with the deputy."""
    return unit_act(
        cast, row, UNITS[unit][0], "record_contact", unit, held_on=clock.today(), form="face_to_face",
        persons="孙经办、测试代表", deputy_view="同意先装主路，再装支路",
    )  # fmt: skip


def reply_drafted(
    cast: Cast, row: Suggestion, unit: str = "transport", *, reply_class: str = "A", **changes: Any
) -> Assignment:
    """Return a unit's part whose draft lies with the head."""
    working(cast, row, unit)
    contact(cast, row, unit)
    return unit_act(cast, row, UNITS[unit][0], "draft_reply", unit, **reply(reply_class, **changes))


def answer(
    cast: Cast, row: Suggestion, unit: str = "transport", *, reply_class: str = "A", **changes: Any
) -> Assignment:
    """Let a unit go all the way to its signed reply."""
    reply_drafted(cast, row, unit, reply_class=reply_class, **changes)
    return unit_act(cast, row, UNITS[unit][1], "sign_reply", unit)


def marks(result: Rating = Rating.SATISFIED, **changes: Any) -> services.Marks:
    """Return an evaluation; a bad one has its reasons."""
    said: dict[str, Any] = {"attitude": Rating.SATISFIED, "result": result}
    if result is Rating.DISSATISFIED:
        said |= {"reasons": "路灯只装了主路，支路一盏也没有，孩子们晚上还是摸黑走。", "demand_numbers": (1,)}
    return services.Marks(**{**said, **changes})


def evaluated(
    cast: Cast, row: Suggestion | None = None, *, result: Rating = Rating.SATISFIED, **changes: Any
) -> Suggestion:
    """Return a suggestion that its lead has evaluated."""
    row = row or replied(cast, **changes)
    return services.evaluation_give(actor=cast.deputy_city, suggestion=row, marks=marks(result))


def cosigned(cast: Cast, *others: str, **changes: Any) -> Suggestion:
    """Return a draft that other deputies have co-signed."""
    row = drafted(cast, **changes)
    ids = [cast.deputy_row(name).pk for name in others]
    services.cosigners_invite(actor=cast.deputy_city, suggestion=row, deputies=ids)
    for name in others:
        services.cosign_answer(actor=getattr(cast, name), suggestion=row, agree=True)
    return row


def tracking(cast: Cast) -> Suggestion:
    """Return a class B suggestion whose promise stands in the ledger."""
    return services.suggestion_track(actor=cast.office, suggestion=evaluated(cast, reply_class="B"))


def do(cast: Cast, row: Suggestion, who: str, act: str, **data: Any) -> Suggestion:
    """Carry out an act by name through the action book, as both doors do."""
    return actions.perform(actor=getattr(cast, who), suggestion=row, name=act, data=data, request_id=None)


def reply(reply_class: str = "A", **changes: Any) -> dict[str, Any]:
    """Return a complete reply form of a class."""
    form: dict[str, Any] = {
        "reply_class": reply_class,
        "answers": [
            "我局已于十月二十日前装好路灯十二盏，由周局长负责验收。",
            "路灯由段家河镇政府管护，张科长负责，每月检查一次。",
        ],
        "contact_person": "孙经办",
        "contact_phone": "0915-000-0000",
        "publish_level": "public",
    }
    if reply_class == "B":
        form |= {"promise_text": "二期支路路灯", "promise_due": "2027-06-30", "promise_person": "周局长"}
    if reply_class in {"C", "D"}:
        form |= {"reason": "支路属规划红线内待迁路段，依据城乡规划暂不能安装，待迁建后再装。"}
    return {**form, **changes}
