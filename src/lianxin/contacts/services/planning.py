"""A town's plan: who would contact whom, from what people said and how far it is. Nothing is in force yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, ActorKind, place_prefix
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.common.writes import write
from lianxin.contacts.assignment import Figures, Problem, figures, greedy, solve
from lianxin.contacts.models import Answer, Kind, Mode, Pairing, PairingEvent, Plan, PlanState
from lianxin.contacts.rules import quota_wanted
from lianxin.contacts.services.problems import PLANNED, Ground, ground_of, problem_of, valid_answers
from lianxin.contacts.workflow import OPEN, TOWN, State
from lianxin.regions.selectors import towns
from lianxin.rulebook.services import value

QUOTA = {Kind.DEPUTY_HOUSEHOLD: "contact.deputy", Kind.MEMBER_HOUSEHOLD: "contact.member"}


@write
def plan_compute(
    *,
    actor: Actor,
    town: str,
    kind: str = Kind.DEPUTY_HOUSEHOLD,
    mode: str = Mode.NEAR,
    quota: int | None = None,
    request_id: str | None = None,
) -> Plan:
    """Compute a plan for one town; what an earlier plan proposed and nobody approved is dropped."""
    plan = _draft(actor, town, kind, mode, quota)
    ground = _manned(ground_of(plan))
    plan.save(force_insert=True)
    return _run(actor, plan, ground)


@write
def plan_queue(
    *,
    actor: Actor,
    town: str,
    kind: str = Kind.DEPUTY_HOUSEHOLD,
    mode: str = Mode.NEAR,
    quota: int | None = None,
    request_id: str | None = None,
) -> Plan:
    """Put a town's plan in the queue of the worker."""
    plan = _draft(actor, town, kind, mode, quota)
    plan.save(force_insert=True)
    _on_record(actor, plan, "plan_queue", {"mode": mode, "quota": plan.quota})
    return plan


def _draft(actor: Actor, town: str, kind: str, mode: str, quota: int | None) -> Plan:
    if kind not in PLANNED or mode not in Mode.values:
        raise Invalid("请选联系类别和侧重。", fields={"mode": "近、均衡、少变动，选一个。"})
    if actor.kind is not ActorKind.SYSTEM and not actor.has_in(town, *TOWN):
        raise Denied("结对方案由镇人大主席团或代工委计算。")
    wanted = quota or int(value(QUOTA[Kind(kind)], home6=town[:6]))
    return Plan(home6=town[:6], division_code=town, kind=kind, mode=mode, quota=wanted, made_by=actor.id)


def _manned(ground: Ground) -> Ground:
    if not ground.people:
        raise Refused("这个镇还没有可以联系群众的人：请先登记代表或主席团成员，并征求他们的意见。")
    return ground


def city_queue(*, actor: Actor, mode: str) -> int:
    """Queue a plan for every town that the actor may plan for; the worker computes them one by one."""
    codes = [town.code for town in towns() if actor.has_in(town.code, *TOWN)]
    with transaction.atomic():
        for code in codes:
            plan_queue(actor=actor, town=code, mode=mode)
    return len(codes)


def plans_run(*, most: int = 1, progress: Callable[[Plan], None] | None = None) -> int:
    """Compute queued plans (a job of the worker: one town at a time, so that others get their turn)."""
    queued = Plan.objects.filter(state=PlanState.QUEUED).order_by("id")[:most]
    for plan in queued:
        with transaction.atomic():
            ground = ground_of(plan)
            if ground.people:
                _run(Actor(id=plan.made_by, name="结对方案", kind=ActorKind.SYSTEM), plan, ground)
            else:  # nobody has agreed in this town yet: the queue goes on
                Plan.objects.filter(pk=plan.pk, state=PlanState.QUEUED).update(state=PlanState.DROPPED)
        if progress:
            progress(plan)
    return len(queued)


def _run(actor: Actor, plan: Plan, ground: Ground) -> Plan:
    claimed = Plan.objects.filter(pk=plan.pk, state=PlanState.QUEUED)
    if claimed.update(state=PlanState.COMPUTED, computed_at=clock.now()) != 1:
        raise Conflict("这个方案已经算过了，请刷新后再看。")
    _drop_earlier(actor, plan)
    problem = problem_of(plan, ground)
    chosen = solve(problem, plan.mode)
    proposed = _propose(actor, plan, ground, problem, chosen)
    plan.figures = {**_figures(ground, problem, chosen), "proposed": len(proposed)}
    Plan.objects.filter(pk=plan.pk).update(figures=plan.figures)
    plan.refresh_from_db()
    _on_record(actor, plan, "plan_compute", {"households": len(ground.homes), "proposed": len(proposed)})
    return plan


def _drop_earlier(actor: Actor, plan: Plan) -> None:
    """End what was proposed before; what is in force stays in force until the new plan is approved."""
    earlier = Plan.objects.filter(
        division_code=plan.division_code, kind=plan.kind, state=PlanState.COMPUTED
    ).exclude(pk=plan.pk)
    earlier.update(state=PlanState.DROPPED)
    place = Q(division_code__startswith=place_prefix(plan.division_code))
    open_ones = Pairing.objects.filter(place, kind=plan.kind, state__in=OPEN)
    rows = list(open_ones)
    open_ones.update(state=State.ENDED, valid_to=clock.today())
    events(actor, rows, "follow_plan", State.ENDED)


def _propose(
    actor: Actor, plan: Plan, ground: Ground, problem: Problem, chosen: Sequence[int]
) -> list[Pairing]:
    """Write a proposal for every household that would get another contact person than it has now."""
    agreed = set(
        valid_answers()
        .exclude(household=None)
        .exclude(answer=Answer.NO)
        .values_list("household_id", flat=True)
    )
    rows = [
        Pairing(
            home6=home.home6,
            division_code=home.division_code,
            kind=plan.kind,
            deputy=ground.people[column],
            target=str(home.pk),
            household=home,
            state=State.WAITING if home.pk in agreed else State.PROPOSED,
            plan=plan,
            minutes=int(problem.minutes[place, column]),
            is_measured=problem.measured is not None and bool(problem.measured[place, column]),
            same_area=bool(problem.same_area[place, column]),
        )
        for place, (home, column) in enumerate(zip(ground.homes, chosen, strict=True))
        if column >= 0 and problem.before[place] != column
    ]
    Pairing.objects.bulk_create(rows, batch_size=500)
    events(actor, rows, "propose", "")
    return rows


def events(actor: Actor, rows: Sequence[Pairing], act: str, new: str) -> None:
    """Append one step to each of many histories."""
    PairingEvent.objects.bulk_create(
        [
            PairingEvent(
                pairing=row,
                at=clock.now(),
                actor_id=actor.id,
                actor_name=actor.name,
                act=act,
                from_state=row.state if new else "",
                to_state=new or row.state,
            )
            for row in rows
        ],
        batch_size=500,
    )


def _figures(ground: Ground, problem: Problem, chosen: list[int]) -> dict[str, Any]:
    """Return what the page shows: the plan, the clerk's list beside it, and where people are short."""
    short = Counter(
        home.division_code for home, column in zip(ground.homes, chosen, strict=True) if column < 0
    )
    return {
        **_shown(figures(problem, chosen)),
        "clerk": _shown(figures(problem, greedy(problem))),
        "households": len(ground.homes),
        "people": len(ground.people),
        "short": dict(short),
        "quota_wanted": quota_wanted(len(ground.homes), len(ground.people)),
    }


def _shown(found: Figures) -> dict[str, Any]:
    return {
        "mean": found.mean,
        "longest": found.longest,
        "unassigned": found.unassigned,
        "changed": found.changed,
        "away": found.away,
    }


def _on_record(actor: Actor, plan: Plan, tag: str, facts: dict[str, Any]) -> None:
    record(
        actor=actor,
        tag=f"contacts.{tag}",
        kind="pairing_plan",
        target=plan.id,
        home6=plan.home6,
        facts={"town": plan.division_code, "kind": plan.kind, **facts},
    )
