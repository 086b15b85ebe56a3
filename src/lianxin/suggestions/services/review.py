"""The office: review, number, send back, reject by two, merge."""

from __future__ import annotations

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Invalid
from lianxin.common.numbers import next_number
from lianxin.common.writes import write
from lianxin.regions.selectors import place_name
from lianxin.rulebook.services import value
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.rules import RejectReason
from lianxin.suggestions.services.assigning import address_parts, assign_due
from lianxin.suggestions.services.citing import adopt_sources, release_sources
from lianxin.suggestions.services.drafting import reindex
from lianxin.suggestions.services.ledger import accepted_post
from lianxin.suggestions.services.step import due, hold, met, step, tell_body, tell_deputies
from lianxin.suggestions.workflow import HANDLED, State

MERGEABLE = frozenset({State.REGISTERED, *HANDLED})


@write
def suggestion_register(*, actor: Actor, suggestion: Suggestion, request_id: str | None = None) -> Suggestion:
    """Accept the paper and give it its number (旬人建〔2026〕12号)."""
    today = clock.today()
    series = f"suggestion:{suggestion.division_code}"
    n = next_number(home6=suggestion.home6, series=series, year=today.year)
    pattern = value("suggestion.number_pattern", home6=suggestion.home6)
    number = pattern.format(organ=_organ_mark(suggestion), year=today.year, n=n)
    step(actor=actor, suggestion=suggestion, act="register", facts={"number": number}, number=number)
    _reviewed(suggestion)
    reindex(suggestion)
    adopt_sources(actor, suggestion)
    accepted_post(actor, suggestion)
    assign_due(suggestion)
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
        reject_proposed_by=None,
    )
    _reviewed(suggestion)
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
    _reviewed(suggestion)
    release_sources(suggestion, "这件没有作为代表建议办理，回到联络站继续办。")
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
    due(suggestion, "review", "suggestion.review_workdays")
    tell_body(suggestion, f"代表申诉：{suggestion.title}", dedupe="appealed")
    return suggestion


@write
def suggestion_merge(
    *, actor: Actor, suggestion: Suggestion, into: Suggestion, note: str, request_id: str | None = None
) -> Suggestion:
    """Handle the paper together with another; each deputy still gets a reply."""
    if into.pk == suggestion.pk or into.division_code != suggestion.division_code or into.merged_into_id:
        raise Invalid("只能并到本级另一件未并案的建议里。", fields={"into": "请另选一件。"})
    if into.state not in MERGEABLE:
        raise Invalid("要并到的那一件已经答复或结束。", fields={"into": "请选正在办理的一件。"})
    hold(suggestion, into)
    step(
        actor=actor,
        suggestion=suggestion,
        act="merge",
        note=note,
        merged_into=into,
        facts={"into": str(into.id)},
    )
    met(suggestion, "assign")
    suggestion.merged.update(merged_into=into)
    address_parts(into)
    tell_deputies(suggestion, f"已与{into.number}并案办理：{suggestion.title}", dedupe=f"merged:{into.id}")
    return suggestion


def _organ_mark(suggestion: Suggestion) -> str:
    return "旬" if suggestion.level == "city" else place_name(suggestion.division_code).removesuffix("镇")


def _reviewed(suggestion: Suggestion) -> None:
    for what in ("review", "receipt"):
        met(suggestion, what)
