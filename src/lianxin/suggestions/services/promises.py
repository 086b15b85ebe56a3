"""The ledger of promises (承诺台账): proof by the unit, confirmation by the deputy."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, NotFound
from lianxin.common.writes import write
from lianxin.handling.models import Assignment
from lianxin.handling.services import deadline_meet, deadline_set, tell_unit
from lianxin.handling.workflow import UNIT
from lianxin.suggestions.models import Commitment, CommitmentProgress, Suggestion
from lianxin.suggestions.services.step import step, tell_body, tell_deputies

UNPROVED = ("open", "not_fulfilled")


@write
def promise_proof(
    *, actor: Actor, suggestion: Suggestion, commitment: UUID, proof: str, request_id: str | None = None
) -> Suggestion:
    """The unit says how the promise came true."""
    row = _own_promise(actor, suggestion, commitment)
    step(actor=actor, suggestion=suggestion, act="give_proof", facts={"commitment": str(row.id)})
    open_one = Commitment.objects.filter(pk=row.pk, state__in=UNPROVED)
    if open_one.update(state="proof_given", proof=proof, proof_on=clock.today()) != 1:
        raise Conflict("这项承诺已经交过兑现材料。")
    _confirm_due(suggestion, row)
    tell_deputies(
        suggestion, f"承诺已兑现，请确认：{suggestion.title}", dedupe=f"proof:{row.id}:{clock.today()}"
    )
    return suggestion


@write
def promise_confirm(
    *,
    actor: Actor,
    suggestion: Suggestion,
    commitment: UUID,
    fulfilled: bool,
    words: str = "",
    for_lead: bool = False,
    request_id: str | None = None,
) -> Suggestion:
    """The deputy says whether it is true; if not, the promise stays open.

    Where the lead no longer sits the body confirms (`for_lead`): promises outlive terms of office.
    """
    row = _promise(suggestion, commitment)
    step(
        actor=actor,
        suggestion=suggestion,
        act="confirm_promise_for_lead" if for_lead else "confirm_promise",
        note=words,
        facts={"commitment": str(row.id), "fulfilled": fulfilled},
    )
    shown = Commitment.objects.filter(pk=row.pk, state="proof_given")
    done = {"state": "fulfilled", "confirmed_on": clock.today()} if fulfilled else {"state": "not_fulfilled"}
    if shown.update(**done) != 1:
        raise Conflict("单位还没有交兑现材料，或您已经确认过。")
    _confirmed(suggestion, row, fulfilled)
    return suggestion


@write
def promise_report(
    *, actor: Actor, suggestion: Suggestion, commitment: UUID, text: str, request_id: str | None = None
) -> Suggestion:
    """The unit reports how far a promise has come, each quarter."""
    row = _own_promise(actor, suggestion, commitment)
    step(actor=actor, suggestion=suggestion, act="report_promise", facts={"commitment": str(row.id)})
    CommitmentProgress.objects.create(commitment=row, on=clock.today(), text=text)
    tell_deputies(suggestion, f"承诺有新进展：{suggestion.title}", dedupe=f"promise:{row.id}:{clock.today()}")
    return suggestion


def promises_remind(today: date) -> int:
    """Ask units each quarter how far their promises are, and tell both sides of those overdue."""
    quarter = f"{today.year}q{(today.month + 2) // 3}"
    rows = list(Commitment.objects.filter(state__in=UNPROVED).select_related("suggestion__lead"))
    parts = Assignment.objects.in_bulk([row.assignment_id for row in rows])
    for row in rows:
        part = parts[row.assignment_id]
        words = f"请报承诺进展：{row.suggestion.title}"
        tell_unit(part, words, row.item, dedupe=f"promise:{row.id}:{quarter}")
        if row.due_on < today:
            late = f"承诺逾期未兑现：{row.suggestion.title}"
            tell_unit(part, late, row.item, dedupe=f"promise_late:{row.id}:{row.due_on}")
            tell_body(row.suggestion, late, dedupe=f"promise_late:{row.id}:{row.due_on}")
    return len(rows)


def _confirm_due(suggestion: Suggestion, row: Commitment) -> None:
    deadline_set(
        kind="suggestion",
        matter_id=suggestion.id,
        home6=suggestion.home6,
        what="confirm_promise",
        rule="suggestion.fulfil_workdays",
        start=clock.today(),
        assignment=Assignment.objects.get(pk=row.assignment_id),
    )


def _confirmed(suggestion: Suggestion, row: Commitment, fulfilled: bool) -> None:
    part = Assignment.objects.get(pk=row.assignment_id)
    deadline_meet(
        kind="suggestion",
        matter_id=suggestion.id,
        what="confirm_promise",
        on=clock.today(),
        assignment=part,
    )
    words = "承诺已确认兑现" if fulfilled else "代表说承诺没有兑现，请继续办理"
    stamp = f"{clock.now():%Y%m%d%H%M%S%f}"
    tell_unit(part, f"{words}：{suggestion.title}", row.item, dedupe=f"confirmed:{row.id}:{stamp}")


def _own_promise(actor: Actor, suggestion: Suggestion, commitment: UUID) -> Commitment:
    row = _promise(suggestion, commitment)
    if row.unit_code not in actor.units(*UNIT):
        raise Denied("只有作出承诺的单位可以报进展、交材料。")
    return row


def _promise(suggestion: Suggestion, commitment: UUID) -> Commitment:
    row = Commitment.objects.filter(suggestion=suggestion, pk=commitment).first()
    if row is None:
        raise NotFound("没有找到这项承诺。")
    return row
