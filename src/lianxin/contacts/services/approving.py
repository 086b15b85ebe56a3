"""What the presidium decides: approving a plan, giving a pair to somebody else, ending it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from lianxin.audit.moving import event_add
from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.common.writes import write
from lianxin.contacts.models import Answer, Avoidance, ConsentWay, Pairing, Plan, PlanState
from lianxin.contacts.permissions import may
from lianxin.contacts.services.planning import events
from lianxin.contacts.services.problems import valid_answers
from lianxin.contacts.services.roads import roads_of
from lianxin.contacts.services.step import TRAIL, facts_of, step
from lianxin.contacts.services.terms import erase_on
from lianxin.contacts.workflow import KEPT, OPEN, TOWN, State
from lianxin.notifications.services import Recipient, call_task_add, enqueue
from lianxin.people.actors import active_seats
from lianxin.people.models import Deputy

CALL_WITHIN_DAYS = 7


@write
def plan_approve(*, actor: Actor, plan: Plan, request_id: str | None = None) -> Plan:
    """Put what waits into force, end what it replaces, and tell both sides."""
    if not actor.has_in(plan.division_code, *TOWN):
        raise Denied("结对方案由镇人大主席团批准。")
    waiting = list(
        plan.pairings.filter(state=State.WAITING).select_related("household", "deputy").order_by("id")
    )
    ready = _ready(waiting)
    if not ready:
        raise Refused("没有可以批准的：请先征求双方意见，再计算。")
    computed = Plan.objects.filter(pk=plan.pk, state=PlanState.COMPUTED)
    if computed.update(state=PlanState.APPROVED, approved_by=actor.id, approved_at=clock.now()) != 1:
        raise Conflict("这个方案已经批准过，或已有新的方案，请刷新后再看。")
    _into_force(actor, ready)
    _tell(ready)
    facts = {"town": plan.division_code, "count": len(ready), "left": len(waiting) - len(ready)}
    record(
        actor=actor,
        tag="contacts.plan_approve",
        kind="pairing_plan",
        target=plan.id,
        home6=plan.home6,
        facts=facts,
    )
    plan.refresh_from_db()
    return plan


@write
def pairing_approve(*, actor: Actor, pairing: Pairing, request_id: str | None = None) -> Pairing:
    """Approve one pair (after a change by hand)."""
    if not may(actor, "approve", pairing):
        raise Denied("结对由镇人大主席团批准。")
    old = Pairing.objects.filter(kind=pairing.kind, target=pairing.target, state=State.REPLACING)
    _end(actor, list(old.exclude(pk=pairing.pk)))
    step(actor=actor, pairing=pairing, act="approve", valid_from=clock.today())
    _tell([pairing])
    return pairing


@write
def pairing_reassign(
    *, actor: Actor, pairing: Pairing, deputy: Deputy, reason: str, request_id: str | None = None
) -> Pairing:
    """Propose another contact person, with a reason; the one in force stays until that is approved."""
    if len(reason.strip()) < 2:
        raise Invalid("请写明改派的理由。", fields={"reason": "至少写 2 个字。"})
    if deputy.pk == pairing.deputy_id:
        raise Refused("现在就是由他联系，请另选一位。")
    act = "reassign" if pairing.state in OPEN else "replace"
    if act == "replace":
        _drop_proposal(actor, pairing)
    step(actor=actor, pairing=pairing, act=act, note=reason.strip(), facts={"to": str(deputy.pk)})
    new = _proposal(pairing, deputy, reason.strip()[:200])
    facts = facts_of(new)
    if facts.avoided or not facts.contact_in_office:
        raise Refused("双方声明过相互回避，或这位代表已不在任，请另选一位。")
    new.state = State.WAITING if facts.both_agree else State.PROPOSED
    new.save(force_insert=True)
    event_add(new, actor=actor, act="propose", old="", trail=TRAIL, note=reason.strip())
    return new


@write
def pairing_end(*, actor: Actor, pairing: Pairing, reason: str, request_id: str | None = None) -> Pairing:
    """End a pair; who the household is goes in time, unless somebody else contacts it."""
    if len(reason.strip()) < 2:
        raise Invalid("请写明为什么结束。", fields={"reason": "至少写 2 个字。"})
    step(actor=actor, pairing=pairing, act="end", note=reason.strip())
    if (
        pairing.household is not None
        and not pairing.household.pairings.filter(state__in=(*OPEN, *KEPT)).exists()
    ):
        pairing.household.erase_on = erase_on(clock.today(), pairing.home6)
        pairing.household.save(update_fields=["erase_on"])
    return pairing


@write
def pairing_ask(*, actor: Actor, pairing: Pairing, request_id: str | None = None) -> Pairing:
    """Note that both sides are being asked."""
    return step(actor=actor, pairing=pairing, act="ask")


def _drop_proposal(actor: Actor, pairing: Pairing) -> None:
    for open_one in Pairing.objects.filter(kind=pairing.kind, target=pairing.target, state__in=OPEN):
        step(actor=actor, pairing=open_one, act="follow_plan")


def _proposal(old: Pairing, deputy: Deputy, reason: str) -> Pairing:
    home, start = old.household, deputy.division_code
    walk = roads_of(old.home6).walk(start, home.division_code, home.group_no) if home else None
    return Pairing(
        home6=old.home6,
        division_code=old.division_code,
        kind=old.kind,
        deputy=deputy,
        target=old.target,
        household=home,
        other=old.other,
        group=old.group,
        plan=old.plan if old.plan and old.plan.state == PlanState.COMPUTED else None,
        minutes=walk.minutes if walk else None,
        is_measured=bool(walk and walk.measured),
        same_area=deputy.division_code == old.division_code,
        by_hand=reason,
    )


def _ready(waiting: Sequence[Pairing]) -> list[Pairing]:
    """Return the pairs that may come into force today; one query a rule for all of them."""
    deputies = {pairing.deputy_id for pairing in waiting}
    held = valid_answers()
    agreed = set(held.filter(answer=Answer.AGREE).values_list("deputy_id", flat=True))
    homes = set(held.exclude(answer=Answer.NO).values_list("household_id", flat=True))
    apart = set(Avoidance.objects.filter(ended_at=None).values_list("deputy_id", "target"))
    office = set(active_seats(clock.today()).filter(deputy__in=deputies).values_list("deputy_id", flat=True))
    spared = set(held.filter(answer=Answer.CHANGE).values_list("not_deputy_id", "household_id"))
    return [
        one
        for one in waiting
        if one.deputy_id in agreed & office
        and one.household_id in homes
        and (one.deputy_id, one.target) not in apart
        and (one.deputy_id, one.household_id) not in spared
    ]


def _into_force(actor: Actor, ready: Sequence[Pairing]) -> None:
    targets = [pairing.target for pairing in ready]
    old = Pairing.objects.filter(kind=ready[0].kind, target__in=targets, state__in=KEPT)
    _end(actor, list(old))
    waiting = Pairing.objects.filter(pk__in=[one.pk for one in ready], state=State.WAITING)
    if waiting.update(state=State.ACTIVE, valid_from=clock.today()) != len(ready):
        raise Conflict("有几对刚刚有人改过，请刷新后再批准。")
    events(actor, ready, "approve", State.ACTIVE)
    for one in ready:
        one.state, one.valid_from = State.ACTIVE, clock.today()


def _end(actor: Actor, old: Sequence[Pairing]) -> None:
    """End what a new pair replaces."""
    if not old:
        return
    Pairing.objects.filter(pk__in=[one.pk for one in old], state__in=KEPT).update(
        state=State.ENDED, valid_to=clock.today()
    )
    events(actor, old, "follow_replacement", State.ENDED)


def _tell(ready: Sequence[Pairing]) -> None:
    """Tell each contact person once, and ask the keeper to call whoever did not answer by his code."""
    by_deputy = Counter(pairing.deputy_id for pairing in ready)
    for pairing in {one.deputy_id: one for one in ready}.values():
        if pairing.deputy.account_id:
            _notice(pairing, by_deputy[pairing.deputy_id])
    by_code = _answered_by_code(ready)
    for pairing in ready:
        home = pairing.household
        if home is not None and home.pk not in by_code:
            call_task_add(
                about_kind="pairing",
                about_id=pairing.id,
                number=home.number,
                reason="告知新的联系人" if home.has_phone else "送连心卡",
                due_on=clock.today() + timedelta(days=CALL_WITHIN_DAYS),
                home6=pairing.home6,
                division_code=pairing.division_code[:9] + "000",
            )


def _notice(pairing: Pairing, count: int) -> None:
    assert pairing.deputy.account_id is not None
    enqueue(
        to=Recipient.account(pairing.deputy.account_id),
        subject=f"新结对 {count} 户，请去看看",
        text="主席团已经批准结对，名单在「我的10户」。",
        about_kind="pairing",
        about_id=pairing.id,
        home6=pairing.home6,
        dedupe=f"paired:{pairing.id}",
        link="/deputy/households",
    )


def _answered_by_code(ready: Sequence[Pairing]) -> set[UUID | None]:
    """Return the households that answer by their code: they read it there."""
    rows = valid_answers().filter(way=ConsentWay.QR, household__in=[one.household_id for one in ready])
    return set(rows.values_list("household_id", flat=True))
