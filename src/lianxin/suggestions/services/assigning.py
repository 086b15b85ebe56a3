"""Handing over to units: sole, main with assisting, separate; once more where a part was given back."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Invalid, NotFound, Refused
from lianxin.common.writes import write
from lianxin.handling.letters import hand_over_letter_store
from lianxin.handling.matters import Matter, Part
from lianxin.handling.models import Assignment
from lianxin.handling.services import hand_over
from lianxin.handling.workflow import Mode
from lianxin.people.selectors import organ_has_head, organ_name
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.services.step import (
    due,
    merged_signatures,
    met,
    returned_parts,
    step,
    tell_body,
    tell_deputies,
)
from lianxin.suggestions.workflow import State


@write
def suggestion_assign(
    *,
    actor: Actor,
    suggestion: Suggestion,
    parts: Sequence[Part],
    note: str = "",
    request_id: str | None = None,
) -> Suggestion:
    """Hand over to units: sole, main with assisting, or separate, each with its scope."""
    step(
        actor=actor,
        suggestion=suggestion,
        act="assign",
        note=note,
        facts={"units": [f"{part.unit}:{part.mode.value}" for part in parts]},
    )
    met(suggestion, "assign")
    returned_parts(suggestion).update(replaced=True)
    give(actor=actor, suggestion=suggestion, parts=parts, note=note)
    _tell_assigned(suggestion, parts)
    return suggestion


@write
def suggestion_reassign(
    *,
    actor: Actor,
    suggestion: Suggestion,
    assignment: UUID,
    unit: str,
    note: str = "",
    request_id: str | None = None,
) -> Suggestion:
    """Give one returned part to another unit while the others go on; its clock starts anew."""
    old = returned_parts(suggestion).filter(pk=assignment).first()
    if old is None:
        raise NotFound("没有找到要另行交办的退办部分。")
    facts = {"returned": str(old.id), "unit": unit}
    step(actor=actor, suggestion=suggestion, act="reassign", note=note, facts=facts)
    if Assignment.objects.filter(pk=old.pk, replaced=False).update(replaced=True) != 1:
        raise Invalid("这一部分刚刚已经另行交办。", fields={"assignment": "请刷新后再看。"})
    part = Part(unit, Mode(old.mode), old.scope)
    give(actor=actor, suggestion=suggestion, parts=[part], note=note, beside=True)
    if not returned_parts(suggestion).exists():
        met(suggestion, "assign")
    _tell_assigned(suggestion, [part])
    return suggestion


@write
def suggestion_mark(
    *,
    actor: Actor,
    suggestion: Suggestion,
    leader: str,
    note: str = "",
    request_id: str | None = None,
) -> Suggestion:
    """Put it on the list of key suggestions, with the leader who supervises it (代表法第五十二条)."""
    step(actor=actor, suggestion=suggestion, act="mark_key", note=note, is_key=True, key_leader=leader)
    tell_deputies(
        suggestion, f"列为重点督办建议：{suggestion.title}", dedupe=f"key:{clock.now():%Y%m%d%H%M%S%f}"
    )
    return suggestion


@write
def suggestion_unmark(
    *, actor: Actor, suggestion: Suggestion, note: str, request_id: str | None = None
) -> Suggestion:
    """Take it off the list of key suggestions, with the reason."""
    return step(actor=actor, suggestion=suggestion, act="unmark_key", note=note, is_key=False, key_leader="")


@write
def express_refuse(
    *, actor: Actor, suggestion: Suggestion, note: str = "", request_id: str | None = None
) -> Suggestion:
    """Let an express paper go the ordinary way: it is not lost, its clocks become the ordinary ones."""
    step(actor=actor, suggestion=suggestion, act="refuse_express", note=note, fast_track=False)
    if suggestion.state == State.SUBMITTED:
        due(suggestion, "review", "suggestion.review_workdays")
    else:
        assign_due(suggestion)
    words = f"未走直通车，按普通建议办理：{suggestion.title}"
    tell_deputies(suggestion, words, dedupe="express_refused")
    return suggestion


def assign_due(suggestion: Suggestion) -> None:
    """Start the clock of the hand-over; what a session took is handed over after it has closed."""
    session = suggestion.congress_session
    start = max(session.closes_on, clock.today()) if session else None
    due(suggestion, "assign", assign_rule(suggestion), start=start)


def assign_rule(suggestion: Suggestion) -> str:
    """Return the parameter that says by when to hand over: session, express or ordinary."""
    if suggestion.at_session:
        return "suggestion.session_assign_days"
    return "express.assign_workdays" if suggestion.fast_track else "suggestion.assign_workdays"


def give(
    *,
    actor: Actor,
    suggestion: Suggestion,
    parts: Sequence[Part],
    note: str,
    rule: str = "",
    beside: bool = False,
) -> None:
    """Create the units' parts of the present round with their letters.

    `beside`: the part stands beside others that are going on, so the division as a whole was
    checked when they were given.
    """
    _units_ready(parts)
    given = hand_over(
        actor=actor,
        matter=_matter(suggestion),
        parts=parts,
        note=note,
        round_number=suggestion.round,
        reply_rule=rule or _reply_rule(suggestion),
        beside=beside,
    )
    for part in given:
        hand_over_letter_store(actor=actor, assignment=part)
        if part.conflict:
            words = f"{organ_name(part.unit_code)}有人是这件的代表，请注意回避：{suggestion.title}"
            tell_body(suggestion, words, dedupe=f"conflict:{part.id}")


def address_parts(suggestion: Suggestion) -> None:
    """Address the open parts to the deputies of today: a paper merged later is answered too."""
    open_parts = Assignment.objects.filter(matter_kind="suggestion", matter_id=suggestion.id, ended=False)
    deputies = [str(deputy) for deputy in deputies_of(suggestion)]
    open_parts.update(deputies=deputies, confidential=_confidential(suggestion))


def deputies_of(suggestion: Suggestion) -> tuple[UUID, ...]:
    """Return the deputies who get the reply: lead and co-signers, then those of merged papers."""
    signed = suggestion.cosignatures.filter(state="confirmed").values_list("deputy_id", flat=True)
    merged = suggestion.merged.values_list("lead_id", flat=True)
    beside = merged_signatures(suggestion).values_list("deputy_id", flat=True)
    return tuple(dict.fromkeys([suggestion.lead_id, *signed, *merged, *beside]))


def _reply_rule(suggestion: Suggestion) -> str:
    """Return the limit of the reply; the express lane has the same one (代表法第五十一条)."""
    return "suggestion.rehandle_months" if suggestion.round > 1 else "suggestion.reply_months"


def _matter(suggestion: Suggestion) -> Matter:
    texts = (suggestion.situation, suggestion.analysis, suggestion.proposal)
    return Matter(
        kind="suggestion",
        id=suggestion.id,
        number=suggestion.number or "",
        title=suggestion.title,
        brief="\n".join(text for text in texts if text),
        demands=tuple(suggestion.demands),
        home6=suggestion.home6,
        division_code=suggestion.division_code,
        needs_contact=True,
        deputies=deputies_of(suggestion),
        fast_track=suggestion.fast_track,
        confidential=_confidential(suggestion),
        wants_meeting=suggestion.wants_meeting,
        session=suggestion.congress_session.short_name if suggestion.congress_session else "",
    )


def _confidential(suggestion: Suggestion) -> bool:
    """Say whether the lead, or the lead of a merged paper, asked that his name be kept."""
    return suggestion.confidential or suggestion.merged.filter(confidential=True).exists()


def _units_ready(parts: Sequence[Part]) -> None:
    for part in parts:
        if not organ_has_head(part.unit):
            raise Refused(f"{organ_name(part.unit)}还没有负责人账号，没人能签发答复，请先请管理员开通。")


def _tell_assigned(suggestion: Suggestion, parts: Sequence[Part]) -> None:
    names = "、".join(organ_name(part.unit) for part in parts)
    words = f"已交办给{names}：{suggestion.title}"
    tell_deputies(suggestion, words, dedupe=f"assigned:{clock.now():%Y%m%d%H%M%S%f}")
