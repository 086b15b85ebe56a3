"""Operations on the tasks of implementation plans: an owner's list, one task, a report of progress."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from lianxin.api.doors import PAGE, actor_of, cursor, next_of, request_key
from lianxin.api.schemas import Strict
from lianxin.common import clock
from lianxin.plans import selectors, services
from lianxin.plans.models import PlanTask, ProgressReport
from lianxin.plans.owners import owner_name
from lianxin.plans.permissions import tasks_visible_to

router = Router(tags=["实施方案"])


class TaskOut(Schema):
    """A task; `percent` is that of the last accepted report, `standing` how far it is today."""

    id: UUID
    plan: UUID
    number: int
    goal: str
    text: str
    owner: str
    owner_name: str
    due_on: date
    percent: int
    standing: str
    done_on: date | None


class Tasks(Schema):
    """A page of tasks."""

    items: list[TaskOut]
    next: str | None


class ReportOut(Schema):
    """A report of progress and what the desk said of it."""

    id: UUID
    number: int
    percent: int
    words: str
    on: date
    state: str
    reason: str


class TaskDetail(TaskOut):
    """A task with what was reported on it."""

    reports: list[ReportOut]


class ReportIn(Strict):
    """How far a task is and what was done."""

    percent: int = Field(ge=0, le=100)
    words: str = Field(min_length=4, max_length=1000)


@router.get("/plan-tasks", response=Tasks, summary="实施方案任务")
def tasks(request: HttpRequest, owner: str = "", after: str = "") -> dict[str, Any]:
    """List the tasks that the actor may see, the newest first."""
    rows = tasks_visible_to(actor_of(request)).order_by("-id")
    rows = rows.filter(owner=owner) if owner else rows
    if mark := cursor(after):
        rows = rows.filter(id__lt=mark)
    found = list(rows[:PAGE])
    return {"items": [_out(row) for row in found], "next": next_of(found)}


@router.get("/plan-tasks/{pk}", response=TaskDetail, summary="一项任务")
def task(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """Return one task with its reports, the newest first."""
    row = selectors.task_for(actor_of(request), pk)
    return {**_out(row), "reports": [_report(one) for one in row.reports.all()]}


@router.post("/plan-tasks/{pk}/reports", response={201: ReportOut}, summary="报进展")
def report(request: HttpRequest, pk: UUID, data: ReportIn) -> Status[dict[str, Any]]:
    """Report progress; an Idempotency-Key makes it safe to send again."""
    actor = actor_of(request)
    made = services.progress_report(
        actor=actor,
        task=selectors.task_for(actor, pk),
        percent=data.percent,
        words_of=data.words,
        request_id=request_key(request),
    )
    return Status(201, _report(made))


def _out(row: PlanTask) -> dict[str, Any]:
    return {
        "id": row.id,
        "plan": row.plan_id,
        "number": row.number,
        "goal": row.goal_text,
        "text": row.text,
        "owner": row.owner,
        "owner_name": owner_name(row.owner),
        "due_on": row.due_on,
        "percent": row.percent,
        "standing": row.stands(clock.today()).value,
        "done_on": row.done_on,
    }


def _report(row: ProgressReport) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ReportOut.model_fields}
