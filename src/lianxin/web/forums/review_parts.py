"""The words and forms of one deputy's report: which act is open, what is to be written, what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianxin.ballots.permissions import visible_to as ballots_visible_to
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.workflow import Act
from lianxin.meetings.models import DutyReview
from lianxin.meetings.permissions import WATCHERS, may_review
from lianxin.meetings.reviews_workflow import REVIEW, State, way_of
from lianxin.meetings.services.review_step import facts_of, test_of
from lianxin.people.actors import deputy_of
from lianxin.regions.selectors import place_name
from lianxin.web.basis import said_basis


@dataclass(frozen=True, slots=True)
class Asked:
    """What an act asks for: the field, its label and hint, how many lines, whether it may be empty."""

    field: str
    label: Promise
    hint: Promise | str = ""
    lines: int = 5
    must: bool = True
    most: int = 4000


ASKED = {
    "publish": Asked(
        "report", _("述职报告"), _("写联系选民、提建议、办实事的情况和不足，50 字以上。"), 12, True, 8000
    ),
    "postpone": Asked("note", _("缓评的原因"), _("代表会收到，例：产假，改在下半年述职。"), 2, True, 500),
    "feed_back": Asked("feedback", _("评议中提出的意见和要求"), _("票数会自动写进反馈书，这里只写意见。"), 6),
    "hand_in": Asked("plan", _("整改方案"), _("针对每条意见：改什么，怎么改，哪天改好。"), 8),
    "report_back": Asked("done", _("整改情况"), _("对照方案一条一条写：做了什么，群众怎么看。"), 8),
    "send_back": Asked("note", _("还差在哪里"), _("只能退回一次，请一次写全。"), 3, True, 1000),
    "accept": Asked("remark", _("审核意见（可不填）"), "", 3, False, 1000),
}  # fmt: skip
SAID = {
    "publish": _("述职报告公开了，选民在您的代表页上看得到。"),
    "postpone": _("已记下缓评，代表会收到消息。"),
    "feed_back": _("反馈书已送达代表。"),
    "hand_in": _("整改方案交上了，请按期回告。"),
    "report_back": _("整改情况交上了，等审核。"),
    "send_back": _("已退回，代表会收到还差在哪里。"),
    "accept": _("已归档，测评结果和整改情况向选民公开。"),
}
DUE_WORDS = {
    State.SCHEDULED: _("公开述职报告"),
    State.FED_BACK: _("交整改方案"),
    State.PLANNED: _("回告整改情况"),
}
TONES = {State.CLOSED: "ok", State.POSTPONED: "plain", State.FED_BACK: "warn", State.REPORTED: "warn"}


@dataclass(frozen=True, slots=True)
class Form:
    """One act as it stands on the page."""

    name: str
    verb: str
    asked: Asked
    basis: str
    confirm: str
    refusal: str | None
    typed: str
    error: str


@dataclass(frozen=True, slots=True)
class Tried:
    """An act that was refused: what was typed, and what is wrong with which field."""

    act: str
    typed: Mapping[str, str]
    errors: Mapping[str, str]


def typed_of(act: str, typed: Mapping[str, Any]) -> dict[str, str]:
    """Return what was typed for an act, under the name that its service knows."""
    field = ASKED[act].field
    return {field: str(typed.get(field, ""))}


def base_for(actor: Actor) -> str:
    """Return the frame of the page: a deputy's telephone, or the desk of who watches."""
    return "base_desk.html" if actor.has(*WATCHERS) else "base_phone.html"


def review_page(actor: Actor, row: DutyReview, tried: Tried | None = None) -> dict[str, Any]:
    """Return what the page of one report shows to this actor; `tried` is the act that was refused."""
    test, ballot = test_of(row.meeting)
    mine = deputy_of(actor)
    may_open = ballot is not None and ballots_visible_to(actor).filter(pk=ballot.pk).exists()
    return {
        "row": row,
        "place": place_name(row.division_code),
        "is_own": mine is not None and mine.pk == row.deputy_id,
        "way": way_of(row.state, test),
        "tone": TONES.get(State(row.state), "info"),
        "ballot": ballot if may_open else None,
        "forms": _forms(actor, row, tried),
        "due": _due(row),
        "due_tone": _due_tone(row),
        "watches": actor.has_in(row.division_code, *WATCHERS),
        "events": [(one, _verb(one.act)) for one in row.events.order_by("-at", "-id")],
        "base": base_for(actor),
        "tab": "more",
    }


def _forms(actor: Actor, row: DutyReview, tried: Tried | None) -> list[Form]:
    facts = facts_of(row)
    acts = [one for one in REVIEW.open_from(row.state) if may_review(actor, one.name, row)]
    return [_form(one, REVIEW.refusal(row.state, one.name, facts), tried) for one in acts]


def _form(act: Act, refusal: str | None, tried: Tried | None) -> Form:
    asked = ASKED[act.name]
    mine = tried if tried and tried.act == act.name else None
    return Form(
        name=act.name,
        verb=act.verb,
        asked=asked,
        basis=said_basis(act.basis),
        confirm=act.confirm,
        refusal=refusal,
        typed=mine.typed.get(asked.field, "") if mine else "",
        error=mine.errors.get(asked.field, "") if mine else "",
    )


def _due(row: DutyReview) -> dict[str, Any] | None:
    if row.due_on is None:
        return None
    label = DUE_WORDS.get(State(row.state), "")
    return {"label": label, "due_on": row.due_on, "trace": row.due_trace, "provisional": False}


def _due_tone(row: DutyReview) -> str:
    return "late" if row.due_on and row.due_on < clock.today() else "plain"


def _verb(name: str) -> str:
    return REVIEW.acts[name].verb if name in REVIEW.acts else "排期"
