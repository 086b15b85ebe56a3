"""After the evaluation: handling anew, escalation, tracking, closing, publication, timers."""

from __future__ import annotations

from datetime import date, timedelta

from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.errors import Invalid, Refused
from lianxin.common.writes import write
from lianxin.handling.matters import Part
from lianxin.handling.models import Assignment, Reply
from lianxin.handling.services import deadline_meet, urge_overdue
from lianxin.handling.workflow import Mode
from lianxin.handling.workflow import State as PartState
from lianxin.rulebook.services import value
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.services.review import give
from lianxin.suggestions.services.step import step, tell_deputies
from lianxin.suggestions.workflow import State


@write
def suggestion_rehandle(
    *,
    actor: Actor,
    suggestion: Suggestion,
    note: str,
    units: tuple[str, ...] = (),
    request_id: str | None = None,
) -> Suggestion:
    """Order the matter to be handled anew within a month, by the same units or others."""
    step(
        actor=actor,
        suggestion=suggestion,
        act="order_rehandling",
        note=note,
        round=suggestion.round + 1,
        overall="",
    )
    deadline_meet(kind="suggestion", matter_id=suggestion.id, what="rehandle_order", on=clock.today())
    parts = _same_units(suggestion) if not units else _parts(units)
    give(actor=actor, suggestion=suggestion, parts=parts, note=note, rule="suggestion.rehandle_months")
    tell_deputies(suggestion, f"已责成重新办理：{suggestion.title}", dedupe="rehandling")
    return suggestion


@write
def suggestion_escalate(
    *, actor: Actor, suggestion: Suggestion, note: str, request_id: str | None = None
) -> Suggestion:
    """Second dissatisfaction: bring the matter before the chairpersons' meeting or the presidium."""
    step(actor=actor, suggestion=suggestion, act="escalate", note=note, outcome="escalated", is_key=True)
    tell_deputies(suggestion, f"已提请督办：{suggestion.title}", dedupe="escalated")
    return suggestion


@write
def suggestion_track(*, actor: Actor, suggestion: Suggestion, request_id: str | None = None) -> Suggestion:
    """Keep the promises of a class B reply in sight until they come true."""
    return step(actor=actor, suggestion=suggestion, act="track")


@write
def suggestion_close(
    *, actor: Actor, suggestion: Suggestion, act: str = "close", note: str = "", request_id: str | None = None
) -> Suggestion:
    """Close or archive the complete file."""
    outcome = suggestion.outcome or {"A": "solved", "B": "promised"}.get(suggestion.reply_class, "explained")
    return step(actor=actor, suggestion=suggestion, act=act, note=note, outcome=outcome)


@write
def suggestion_publish(*, actor: Actor, suggestion: Suggestion, request_id: str | None = None) -> Suggestion:
    """Publish title, text and replies marked public, with the deputy's consent and after review."""
    replies = Reply.objects.filter(assignment__matter_id=suggestion.id, state="signed")
    if not replies.exists() or replies.exclude(publish_level="public").exists():
        raise Refused("答复没有全部注明「主动公开」，不能公开。")
    return step(actor=actor, suggestion=suggestion, act="publish", is_public=True)


def tick(today: date) -> dict[str, int]:
    """Do what is due by time; safe to repeat. Returns how many of each."""
    return {"lapsed": _lapse(today), "urged": urge_overdue(actor=SYSTEM, today=today)}


def _lapse(today: date) -> int:
    days = value("suggestion.evaluate_lapse_days")
    waiting = Suggestion.objects.filter(state=State.REPLIED, replied_on__lt=today - timedelta(days=days))
    for suggestion in waiting:
        _lapse_one(actor=SYSTEM, suggestion=suggestion)
    return len(waiting)


@write
def _lapse_one(*, actor: Actor, suggestion: Suggestion) -> Suggestion:
    tell_deputies(suggestion, f"逾期未评价：{suggestion.title}", dedupe="lapsed", only_lead=True)
    return step(actor=actor, suggestion=suggestion, act="lapse")


def _same_units(suggestion: Suggestion) -> list[Part]:
    rows = Assignment.objects.filter(
        matter_id=suggestion.id, round=suggestion.round - 1, state=PartState.REPLIED
    ).exclude(mode=Mode.ASSIST)
    return _parts(tuple(rows.values_list("unit_code", flat=True)))


def _parts(units: tuple[str, ...]) -> list[Part]:
    if not units:
        raise Invalid("请选择重新办理的单位。", fields={"units": "请选单位。"})
    mode = Mode.SOLE if len(units) == 1 else Mode.SEPARATE
    return [Part(unit, mode) for unit in units]
