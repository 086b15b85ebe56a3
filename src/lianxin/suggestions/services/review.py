"""The office: review, number, send back, reject by two, merge, hand over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Invalid, Refused
from lianxin.common.numbers import next_number
from lianxin.common.writes import write
from lianxin.handling.letters import hand_over_letter_store
from lianxin.handling.matters import Matter, Part
from lianxin.handling.services import deadline_meet, deadline_set, hand_over
from lianxin.people.selectors import organ_has_head, organ_name
from lianxin.regions.selectors import place_name
from lianxin.rulebook.services import value
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.rules import RejectReason
from lianxin.suggestions.services.step import step, tell_body, tell_deputies


@write
def suggestion_register(*, actor: Actor, suggestion: Suggestion, request_id: str | None = None) -> Suggestion:
    """Accept the paper and give it its number (旬人建〔2026〕12号)."""
    today = clock.today()
    series = f"suggestion:{suggestion.division_code}"
    n = next_number(home6=suggestion.home6, series=series, year=today.year)
    pattern = value("suggestion.number_pattern", home6=suggestion.home6)
    number = pattern.format(organ=_organ_mark(suggestion), year=today.year, n=n)
    step(actor=actor, suggestion=suggestion, act="register", facts={"number": number}, number=number)
    _met(suggestion, "review")
    rule = "express.assign_workdays" if suggestion.fast_track else "suggestion.assign_workdays"
    _due(suggestion, "assign", rule)
    tell_deputies(suggestion, f"已编号 {number}：{suggestion.title}", dedupe="registered")
    return suggestion


@write
def suggestion_send_back(
    *, actor: Actor, suggestion: Suggestion, reason: RejectReason, words: str, request_id: str | None = None
) -> Suggestion:
    """Send the paper back with a reason; the reviewer never edits the deputy's text."""
    step(
        actor=actor,
        suggestion=suggestion,
        act="send_back",
        note=words,
        reject_reason=reason,
        reject_words=words,
    )
    _met(suggestion, "review")
    tell_deputies(
        suggestion,
        f"请修改后再交：{suggestion.title}",
        dedupe=f"sent_back:{suggestion.text_hash[:8]}",
        only_lead=True,
    )
    return suggestion


@write
def suggestion_rejection_propose(
    *, actor: Actor, suggestion: Suggestion, reason: RejectReason, words: str, request_id: str | None = None
) -> Suggestion:
    """Propose not to take the paper as a suggestion; another person has to approve."""
    return step(
        actor=actor,
        suggestion=suggestion,
        act="propose_rejection",
        note=words,
        reject_reason=reason,
        reject_words=words,
        reject_proposed_by=actor.id,
    )


@write
def suggestion_reject(*, actor: Actor, suggestion: Suggestion, request_id: str | None = None) -> Suggestion:
    """Approve the proposal of a colleague; the deputy is told why and may appeal once."""
    step(actor=actor, suggestion=suggestion, act="reject", outcome="rejected")
    _met(suggestion, "review")
    tell_deputies(suggestion, f"不作建议办理：{suggestion.title}", dedupe="rejected")
    return suggestion


@write
def suggestion_appeal(
    *, actor: Actor, suggestion: Suggestion, words: str, request_id: str | None = None
) -> Suggestion:
    """The deputy appeals once; the review begins anew."""
    step(
        actor=actor,
        suggestion=suggestion,
        act="appeal",
        note=words,
        appealed=True,
        outcome="",
        reject_proposed_by=None,
    )
    _due(suggestion, "review", "suggestion.review_workdays")
    tell_body(suggestion, f"代表申诉：{suggestion.title}", dedupe="appealed")
    return suggestion


@write
def suggestion_merge(
    *, actor: Actor, suggestion: Suggestion, into: Suggestion, note: str, request_id: str | None = None
) -> Suggestion:
    """Handle the paper together with another; each deputy still gets a reply."""
    if into.pk == suggestion.pk or into.division_code != suggestion.division_code or into.merged_into_id:
        raise Invalid("只能并到本级另一件未并案的建议里。", fields={"into": "请另选一件。"})
    step(
        actor=actor,
        suggestion=suggestion,
        act="merge",
        note=note,
        merged_into=into,
        facts={"into": str(into.id)},
    )
    tell_deputies(suggestion, f"已与{into.number}并案办理：{suggestion.title}", dedupe="merged")
    return suggestion


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
    _units_ready(suggestion, parts)
    step(
        actor=actor,
        suggestion=suggestion,
        act="assign",
        note=note,
        facts={"units": [f"{part.unit}:{part.mode.value}" for part in parts]},
    )
    _met(suggestion, "assign")
    give(actor=actor, suggestion=suggestion, parts=parts, note=note)
    names = "、".join(organ_name(part.unit) for part in parts)
    tell_deputies(
        suggestion, f"已交办给{names}：{suggestion.title}", dedupe=f"assigned:{clock.now():%Y%m%d%H%M%S}"
    )
    return suggestion


@write
def suggestion_mark(
    *, actor: Actor, suggestion: Suggestion, act: str, note: str = "", request_id: str | None = None
) -> Suggestion:
    """Make it a key suggestion, or let a refused express one go the ordinary way."""
    changes: dict[str, Any] = {"is_key": True} if act == "mark_key" else {"fast_track": False}
    return step(actor=actor, suggestion=suggestion, act=act, note=note, **changes)


def give(*, actor: Actor, suggestion: Suggestion, parts: Sequence[Part], note: str, rule: str = "") -> None:
    """Create the units' parts of the present round with their letters."""
    usual = "express.reply_months" if suggestion.fast_track else "suggestion.reply_months"
    matter = Matter(
        kind="suggestion",
        id=suggestion.id,
        number=suggestion.number or "",
        title=suggestion.title,
        brief="\n".join(
            text for text in (suggestion.situation, suggestion.analysis, suggestion.proposal) if text
        ),
        demands=tuple(suggestion.demands),
        home6=suggestion.home6,
        division_code=suggestion.division_code,
        needs_contact=True,
        deputies=_deputies(suggestion),
        fast_track=suggestion.fast_track,
    )
    for part in hand_over(
        actor=actor, matter=matter, parts=parts, note=note, round=suggestion.round, reply_rule=rule or usual
    ):
        hand_over_letter_store(actor=actor, assignment=part)


def _deputies(suggestion: Suggestion) -> tuple:  # type: ignore[type-arg] # ids, the lead first
    signed = suggestion.cosignatures.filter(state="confirmed").values_list("deputy_id", flat=True)
    merged = Suggestion.objects.filter(merged_into=suggestion).values_list("lead_id", flat=True)
    return (suggestion.lead_id, *signed, *merged)


def _units_ready(suggestion: Suggestion, parts: Sequence[Part]) -> None:
    for part in parts:
        if not organ_has_head(part.unit):
            raise Refused(f"{organ_name(part.unit)}还没有负责人账号，没人能签发答复，请先请管理员开通。")


def _organ_mark(suggestion: Suggestion) -> str:
    return "旬" if suggestion.level == "city" else place_name(suggestion.division_code).removesuffix("镇")


def _met(suggestion: Suggestion, what: str) -> None:
    deadline_meet(kind="suggestion", matter_id=suggestion.id, what=what, on=clock.today())


def _due(suggestion: Suggestion, what: str, rule: str) -> None:
    deadline_set(
        kind="suggestion",
        matter_id=suggestion.id,
        home6=suggestion.home6,
        what=what,
        rule=rule,
        start=clock.today(),
    )
