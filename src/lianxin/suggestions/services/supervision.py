"""After the evaluation: handling anew, escalation, tracking, closing."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.common.actor import Actor
from lianxin.common.errors import Invalid
from lianxin.common.writes import write
from lianxin.handling.matters import Part
from lianxin.handling.models import Assignment
from lianxin.handling.services import tell_escalated
from lianxin.handling.workflow import Mode
from lianxin.handling.workflow import State as PartState
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.services.assigning import give
from lianxin.suggestions.services.step import met, step, tell_deputies


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
        reminded_on=None,
    )
    met(suggestion, "rehandle_order")
    parts = _same_units(suggestion) if not units else _parts([(unit, note) for unit in units])
    give(actor=actor, suggestion=suggestion, parts=parts, note=note)
    tell_deputies(suggestion, f"已责成重新办理：{suggestion.title}", dedupe="rehandling")
    return suggestion


@write
def suggestion_escalate(
    *, actor: Actor, suggestion: Suggestion, note: str, request_id: str | None = None
) -> Suggestion:
    """Second dissatisfaction: bring the matter before the chairpersons' meeting or the presidium."""
    step(actor=actor, suggestion=suggestion, act="escalate", note=note, outcome="escalated", is_key=True)
    met(suggestion, "rehandle_order")
    for part in Assignment.objects.filter(
        matter_id=suggestion.id, round=suggestion.round, state=PartState.REPLIED
    ):
        tell_escalated(part, note)
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
    outcome = suggestion.outcome or _outcome(suggestion)
    return step(actor=actor, suggestion=suggestion, act=act, note=note, outcome=outcome)


def _outcome(suggestion: Suggestion) -> str:
    kept = suggestion.commitments.exists() and not suggestion.commitments.exclude(state="fulfilled").exists()
    if suggestion.reply_class == "A" or kept:
        return "solved"
    return "promised" if suggestion.reply_class == "B" else "explained"


def _same_units(suggestion: Suggestion) -> list[Part]:
    rows = Assignment.objects.filter(
        matter_kind="suggestion",
        matter_id=suggestion.id,
        round=suggestion.round - 1,
        state=PartState.REPLIED,
    ).exclude(mode=Mode.ASSIST)
    return _parts([(row.unit_code, row.scope) for row in rows])


def _parts(units: Sequence[tuple[str, str]]) -> list[Part]:
    if not units:
        raise Invalid("请选择重新办理的单位。", fields={"units": "请选单位。"})
    mode = Mode.SOLE if len(units) == 1 else Mode.SEPARATE
    return [Part(unit, mode, scope or "按代表意见重新办理") for unit, scope in units]
