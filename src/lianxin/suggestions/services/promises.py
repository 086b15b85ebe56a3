"""The ledger of promises (承诺台账): proof by the unit, confirmation by the deputy."""

from __future__ import annotations

from uuid import UUID

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, NotFound
from lianxin.common.writes import write
from lianxin.handling.workflow import UNIT
from lianxin.suggestions.models import Commitment, Suggestion
from lianxin.suggestions.services.step import step, tell_deputies


@write
def promise_proof(
    *, actor: Actor, suggestion: Suggestion, commitment: UUID, proof: str, request_id: str | None = None
) -> Suggestion:
    """The unit says how the promise came true."""
    row = _promise(suggestion, commitment)
    if row.unit_code not in actor.units(*UNIT):
        raise Denied("只有作出承诺的单位可以交兑现材料。")
    step(actor=actor, suggestion=suggestion, act="give_proof", facts={"commitment": str(row.id)})
    open_one = Commitment.objects.filter(pk=row.pk, state__in=["open", "not_fulfilled"])
    if open_one.update(state="proof_given", proof=proof, proof_on=clock.today()) != 1:
        raise Conflict("这项承诺已经交过兑现材料。")
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
    request_id: str | None = None,
) -> Suggestion:
    """The deputy says whether it is true; if not, the promise stays open."""
    row = _promise(suggestion, commitment)
    step(
        actor=actor,
        suggestion=suggestion,
        act="confirm_promise",
        note=words,
        facts={"commitment": str(row.id), "fulfilled": fulfilled},
    )
    shown = Commitment.objects.filter(pk=row.pk, state="proof_given")
    done = {"state": "fulfilled", "confirmed_on": clock.today()} if fulfilled else {"state": "open"}
    if shown.update(**done) != 1:
        raise Conflict("单位还没有交兑现材料，或您已经确认过。")
    return suggestion


def _promise(suggestion: Suggestion, commitment: UUID) -> Commitment:
    row = Commitment.objects.filter(suggestion=suggestion, pk=commitment).first()
    if row is None:
        raise NotFound("没有找到这项承诺。")
    return row
