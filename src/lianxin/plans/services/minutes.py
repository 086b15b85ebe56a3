"""推进工作会 afterwards: minutes in versions, and every decision as a task of the plan in one press."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from lianxin.common.actor import Actor
from lianxin.common.errors import Invalid
from lianxin.common.writes import write
from lianxin.plans.content import Content
from lianxin.plans.models import MeetingDecision, MeetingMinutes, PlanTask, WorkMeeting
from lianxin.plans.permissions import may_plan
from lianxin.plans.services.drafting import TRAIL as PLAN_TRAIL
from lianxin.plans.services.drafting import TaskWords, checked, number_after, version_open
from lianxin.plans.services.issuing import in_force, plan_facts, version_issue
from lianxin.plans.services.meetings import link_of, meeting_step
from lianxin.plans.services.step import step, words
from lianxin.plans.services.telling import tell_leaders, tell_office
from lianxin.plans.workflow import PLAN

MOST = 30


@write
def minutes_write(
    *,
    actor: Actor,
    meeting: WorkMeeting,
    text: str,
    decisions: Sequence[TaskWords] = (),
    request_id: str | None = None,
) -> MeetingMinutes:
    """Write the next version of the minutes with what was decided."""
    said = words(text, "text", least=10, most=8000, what="纪要")
    if len(decisions) > MOST:
        raise Invalid("议定事项太多了。", fields={"decisions": f"最多 {MOST} 项。"})
    content = in_force(meeting.plan)
    for place, one in enumerate(decisions, 1):
        _checked(meeting, content, one, place)
    meeting_step(actor, meeting, "write_minutes", facts={"decisions": len(decisions)})
    row = MeetingMinutes.objects.create(
        home6=meeting.home6,
        division_code=meeting.division_code,
        meeting=meeting,
        version=meeting.minutes.count() + 1,
        text=said,
        decisions=[{**asdict(one), "due_on": one.due_on.isoformat()} for one in decisions],
        by_name=actor.name,
    )
    tell_leaders(meeting, f"请签发纪要：{meeting.title}", link_of(meeting), f"minutes:{row.version}")
    return row


def _checked(meeting: WorkMeeting, content: Content, one: TaskWords, place: int) -> None:
    try:
        checked(meeting.plan, content, one)
    except Invalid as refusal:
        said = next(iter(refusal.fields.values()))
        raise Invalid(
            f"第 {place} 项议定事项还没写好。", fields={"decisions": f"第 {place} 项：{said}"}
        ) from refusal


@write
def minutes_confirm(*, actor: Actor, meeting: WorkMeeting, request_id: str | None = None) -> WorkMeeting:
    """Sign the minutes: their decisions stand."""
    meeting_step(actor, meeting, "confirm")
    minutes = meeting.minutes.latest("version")
    base: dict[str, Any] = {
        "home6": meeting.home6,
        "division_code": meeting.division_code,
        "meeting": meeting,
    }
    rows = [
        MeetingDecision(
            number=place, **{key: one[key] for key in ("text", "owner", "due_on", "goal")}, **base
        )
        for place, one in enumerate(minutes.decisions, 1)
    ]
    MeetingDecision.objects.bulk_create(rows)
    tell_office(meeting, f"纪要已签发：{meeting.title}", link_of(meeting), "confirmed")
    return meeting


@write
def decisions_to_tasks(*, actor: Actor, meeting: WorkMeeting, request_id: str | None = None) -> WorkMeeting:
    """Bring every decision into the plan as a new version in one press; each is linked to its task."""
    plan, rows = meeting.plan, list(meeting.decisions.all())
    PLAN.next_state(plan.state, "add_decisions", plan_facts(plan))
    meeting_step(actor, meeting, "make_tasks", facts={"tasks": len(rows)})
    step(
        plan,
        actor=actor,
        act="add_decisions",
        table=PLAN,
        may=may_plan,
        trail=PLAN_TRAIL,
        rule_facts=plan_facts(plan),
        facts={"meeting": str(meeting.pk)},
    )
    first = max(number_after(plan), max((one.number for one in in_force(plan).lines), default=0) + 1)
    content = in_force(plan)
    for one in rows:
        fields = {"goal": one.goal, "text": one.text, "owner": one.owner, "due_on": one.due_on}
        content = content.with_line(fields, least=first)
    version = version_open(plan, content, f"{meeting.title}议定事项")
    signed = meeting.events.filter(act="confirm").values_list("actor_name", flat=True)
    version_issue(version, by=actor, approved_by=signed.last() or "")
    _linked(plan.pk, rows, first)
    return meeting


def _linked(plan: Any, rows: Sequence[MeetingDecision], first: int) -> None:
    tasks = {one.number: one for one in PlanTask.objects.filter(plan=plan, number__gte=first)}
    for place, row in enumerate(rows):
        row.task = tasks[first + place]
    MeetingDecision.objects.bulk_update(rows, ["task"])
