"""Approving a plan: the version is locked with its checksum, and its tasks come into force."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict
from lianxin.common.writes import write
from lianxin.documents.services import content_sha
from lianxin.plans.content import Content, Line, changes, content_of
from lianxin.plans.models import Plan, PlanTask, PlanVersion, TaskEvent
from lianxin.plans.permissions import may_plan
from lianxin.plans.services.drafting import TRAIL, version_in_writing, version_open
from lianxin.plans.services.step import step, words
from lianxin.plans.services.telling import tell_leaders, tell_office, tell_owner
from lianxin.plans.workflow import PLAN, PlanFacts, PlanState, Standing

LINK = "/plans"


@write
def plan_submit(*, actor: Actor, plan: Plan, request_id: str | None = None) -> Plan:
    """Ask for approval of what was written, the first version or a change."""
    act = "submit" if plan.state == PlanState.DRAFT else "resubmit"
    _step(actor, plan, act)
    tell_leaders(plan, f"请批准：{plan.title}", f"{LINK}/{plan.pk}", f"submit:{plan.events.count()}")
    return plan


@write
def plan_approve(*, actor: Actor, plan: Plan, request_id: str | None = None) -> Plan:
    """Issue the version: from now on it is locked, its tasks go to their owners."""
    _step(actor, plan, "approve")
    version_issue(version_in_writing(plan), by=actor)
    return plan


@write
def plan_return(*, actor: Actor, plan: Plan, note: str, request_id: str | None = None) -> Plan:
    """Send what was written back with a reason."""
    said = words(note, "note", least=4, most=500, what="退回的理由")
    _step(actor, plan, "send_back" if plan.state == PlanState.REVIEW else "send_back_change", note=said)
    tell_office(plan, f"退回修改：{plan.title}", f"{LINK}/{plan.pk}", f"back:{plan.events.count()}")
    return plan


@write
def plan_amend(*, actor: Actor, plan: Plan, note: str, request_id: str | None = None) -> Plan:
    """Begin a change: the next version starts from the one in force."""
    said = words(note, "note", least=4, most=200, what="为什么修改")
    _step(actor, plan, "amend", note=said)
    version_open(plan, in_force(plan), said)
    return plan


@write
def plan_drop_change(*, actor: Actor, plan: Plan, request_id: str | None = None) -> Plan:
    """Give a change up; the version in force stays."""
    _step(actor, plan, "drop_change")
    plan.versions.filter(issued_on=None).delete()
    return plan


@write
def plan_close(*, actor: Actor, plan: Plan, request_id: str | None = None) -> Plan:
    """End a plan whose tasks are all done or cancelled."""
    return _step(actor, plan, "close")


def in_force(plan: Plan) -> Content:
    """Return what the last issued version says."""
    version = plan.versions.exclude(issued_on=None).first()
    return content_of(version.content) if version else Content()


def version_issue(version: PlanVersion, *, by: Actor, approved_by: str = "") -> None:
    """Lock a version and bring its tasks into force (inside the caller's transaction).

    `approved_by` is who signed what the version rests on, where it is not the actor himself.
    """
    plan, content = version.plan, content_of(version.content)
    before = in_force(plan)
    locked = PlanVersion.objects.filter(pk=version.pk, issued_on=None, content=version.content)
    today, sha = clock.today(), content_sha(version.content)
    if locked.update(issued_on=today, approved_by=approved_by or by.name, sha256=sha) != 1:
        raise Conflict("这一版刚刚有了变化，请刷新后再批。")
    _enforce(plan, before, content, by)


def _enforce(plan: Plan, before: Content, content: Content, by: Actor) -> None:
    """Make, change and cancel tasks so that they are those of the content; tell their owners."""
    goals = {one.number: one.text for one in content.goals}
    old = {one.number: one for one in before.lines}
    new = [one for one in content.lines if one.number not in old]
    PlanTask.objects.bulk_create([_task(plan, one, goals) for one in new])
    for one in content.lines:
        if one.number in old and old[one.number] != one:
            changed = _fields(one, goals)
            PlanTask.objects.filter(plan=plan, number=one.number).update(**changed)
    _cancel(plan, set(old) - {one.number for one in content.lines}, by)
    _tell(plan, before, content)


def _task(plan: Plan, line: Line, goals: dict[int, str]) -> PlanTask:
    return PlanTask(
        home6=plan.home6,
        division_code=plan.division_code,
        plan=plan,
        number=line.number,
        **_fields(line, goals),
    )


def _fields(line: Line, goals: dict[int, str]) -> dict[str, Any]:
    return {
        "goal": line.goal,
        "goal_text": goals[line.goal],
        "text": line.text,
        "owner": line.owner,
        "due_on": line.due_on,
        "document_id": line.document or None,
    }


def _cancel(plan: Plan, numbers: set[int], by: Actor) -> None:
    gone = PlanTask.objects.filter(plan=plan, number__in=numbers).exclude(
        state__in=[Standing.DONE, Standing.CANCELLED]
    )
    rows = list(gone)
    gone.update(state=Standing.CANCELLED)
    TaskEvent.objects.bulk_create(
        [
            TaskEvent(
                task=row,
                actor_id=by.id,
                actor_name=by.name,
                act="removed",
                from_state=row.state,
                to_state=Standing.CANCELLED,
            )
            for row in rows
        ]
    )


def _tell(plan: Plan, before: Content, content: Content) -> None:
    """Tell each owner of whom something new or other is asked, once a version."""
    touched = {one.number for one in changes(before, content) if one.kind != "goal"}
    lines: Sequence[Line] = [*content.lines, *before.lines]
    number = plan.versions.count()
    for owner in sorted({one.owner for one in lines if one.number in touched}):
        tell_owner(plan, owner, f"实施方案的任务有变化：{plan.title}", "/plans/tasks", f"issue:{number}")


def plan_facts(plan: Plan) -> PlanFacts:
    """Return the plain facts that a plan's guards look at."""
    version = plan.versions.filter(issued_on=None).first()
    content = content_of(version.content) if version else Content()
    open_ones = plan.tasks.filter(state__in=[Standing.LIVE, Standing.PARKED])
    return PlanFacts(
        problems=content.problems() if version else (),
        changes=len(changes(in_force(plan), content)) if version else 0,
        open_tasks=open_ones.count(),
    )


def _step(actor: Actor, plan: Plan, act: str, note: str = "") -> Plan:
    return step(
        plan,
        actor=actor,
        act=act,
        table=PLAN,
        may=may_plan,
        trail=TRAIL,
        rule_facts=plan_facts(plan),
        note=note,
    )
