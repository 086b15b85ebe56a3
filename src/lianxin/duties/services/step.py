"""The one way in which a record or a pledge moves: permission, rule, row, event, trail."""

from __future__ import annotations

from typing import Any

from lianxin.audit.moving import Trail, move
from lianxin.audit.services import record as on_record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied
from lianxin.duties.models import Beneficiary, DutyPledge, DutyRecord
from lianxin.duties.permissions import is_own, may, may_pledge
from lianxin.duties.workflow import DUTY, PLEDGE, Facts, PledgeFacts

RECORD, PLEDGED = Trail("duty", "duty"), Trail("pledge", "pledge")


def facts_of(record: DutyRecord, actor: Actor | None = None) -> Facts:
    """Return the plain facts that the guards of a record look at."""
    rule = record.kind.counting
    said = Beneficiary.objects.filter(record=record).values_list("said", flat=True).first()
    return Facts(
        is_own=actor is not None and actor.id is not None and record.deputy.account_id == actor.id,
        is_private=record.is_private,
        needs_proof=bool(rule.get("needs_proof")),
        needs_confirmation=bool(rule.get("needs_confirmation")),
        proofs=record.proofs.count(),
        beneficiary_said=said or "",
        copy_state=record.copy_state,
        from_room=bool(record.source_room),
    )


def step(
    *,
    actor: Actor,
    record: DutyRecord,
    act: str,
    note: str = "",
    facts: dict[str, Any] | None = None,
    **changes: Any,
) -> DutyRecord:
    """Move a record by `act` and set `changes`, on the trail."""
    if not may(actor, act, record):
        raise Denied("您没有办理这一步的权限。")
    known = facts_of(record, actor) if DUTY.acts[act].has_rules else None
    to = DUTY.next_state(record.state, act, known)
    return move(record, actor=actor, act=act, to=to, trail=RECORD, note=note[:200], facts=facts, **changes)


def tell_trail(actor: Actor, record: DutyRecord, act: str, facts: dict[str, Any] | None = None) -> None:
    """Put an act on a record on the trail: ids and codes, never a word of it."""
    on_record(actor=actor, tag=f"duty.{act}", kind="duty", target=record.id, home6=record.home6, facts=facts)


def pledge_step(*, actor: Actor, pledge: DutyPledge, act: str, note: str = "", **changes: Any) -> DutyPledge:
    """Move a pledge by `act` and set `changes`, on the trail."""
    if not may_pledge(actor, act, pledge):
        raise Denied("您没有办理这一步的权限。")
    to = PLEDGE.next_state(pledge.state, act, pledge_facts(pledge, actor, changes))
    return move(pledge, actor=actor, act=act, to=to, trail=PLEDGED, note=note[:200], **changes)


def pledge_facts(
    pledge: DutyPledge, actor: Actor | None = None, changes: dict[str, Any] | None = None
) -> PledgeFacts:
    """Return the plain facts that the guards of a pledge look at."""
    return PledgeFacts(
        is_own=actor is not None and is_own(actor, pledge.deputy),
        overdue=pledge.overdue(clock.today()),
        proof=bool(pledge.proof or (changes or {}).get("proof")),
    )
