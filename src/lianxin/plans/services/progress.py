"""A task at work: its owner reports, the desk accepts or returns, the office parks, resumes, cancels."""

from __future__ import annotations

from typing import Any

from lianxin.audit.moving import Trail, event_add
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.common.inserting import insert_if_new
from lianxin.common.writes import write
from lianxin.documents.services import scan_accept
from lianxin.plans.models import PlanTask, ProgressReport, ReportState
from lianxin.plans.owners import owner_name
from lianxin.plans.permissions import may_task
from lianxin.plans.rules import WHOLE, report_problem
from lianxin.plans.services.step import NOT_YOURS, step, words
from lianxin.plans.services.telling import tell_office, tell_owner
from lianxin.plans.workflow import TASK, TaskFacts

TRAIL = Trail("plan_task", "plan_task")


@write
def progress_report(
    *,
    actor: Actor,
    task: PlanTask,
    percent: int,
    words_of: str,
    proof: bytes | None = None,
    request_id: str | None = None,
) -> ProgressReport:
    """Report how far a task is; it counts once it is accepted."""
    if not may_task(actor, "report", task):
        raise Denied("只有责任单位自己可以报进展。")
    TASK.next_state(task.state, "report", task_facts(actor, task))
    _checked(task, percent, words_of)
    row = ProgressReport(
        home6=task.home6,
        division_code=task.division_code,
        task=task,
        number=task.reports.count() + 1,
        percent=percent,
        words=words_of.strip(),
        proof=_proof(task, proof),
        by=actor.id,
        by_name=actor.name,
        on=clock.today(),
    )
    if not insert_if_new(row):
        raise Conflict("刚刚有人报过这项任务的进展，请刷新后再看。")
    facts = {"percent": percent, "number": row.number}
    event_add(task, actor=actor, act="report", old=task.state, trail=TRAIL, facts=facts)
    subject = f"{owner_name(task.owner)}报了进展（{percent}%），请审"
    tell_office(task, subject, _link(task), f"report:{row.number}")
    return row


def _checked(task: PlanTask, percent: int, words_of: str) -> None:
    fields = {}
    if not 4 <= len(words_of.strip()) <= 1000:
        fields["words"] = "请写做了什么，4 到 1000 个字。"
    problem = report_problem(percent, task.percent, words_of)
    if problem:
        fields["percent"] = problem
    if fields:
        raise Invalid("还没有报上，填的都还在。", fields=fields)


def _proof(task: PlanTask, data: bytes | None) -> Any:
    if not data:
        return None
    return scan_accept(data=data, owner_kind="plan_task", owner_id=task.pk, home6=task.home6).pk


@write
def report_accept(*, actor: Actor, task: PlanTask, request_id: str | None = None) -> PlanTask:
    """Accept the report that waits: its percentage is the task's; at 100 the task is done."""
    report = _waiting(task)
    percent = report.percent if report else task.percent
    changes: dict[str, Any] = {"percent": percent}
    old = task.state
    _step(actor, task, "accept", facts={"percent": percent}, **changes)
    assert report is not None
    _settled(report, ReportState.ACCEPTED)
    if percent == WHOLE:
        to = TASK.next_state(old, "finish")
        PlanTask.objects.filter(pk=task.pk, state=old).update(state=to, done_on=report.on)
        task.state, task.done_on = to, report.on
        event_add(task, actor=actor, act="finish", old=old, trail=TRAIL)
    tell_owner(task, task.owner, f"进展已认可（{percent}%）", _link(task), f"accept:{report.number}")
    return task


@write
def report_return(*, actor: Actor, task: PlanTask, note: str, request_id: str | None = None) -> PlanTask:
    """Return the report that waits, with a reason; the percentage stays as it was."""
    said = words(note, "note", least=4, most=300, what="退回的理由")
    report = _waiting(task)
    _step(actor, task, "return_report", note=said)
    assert report is not None
    _settled(report, ReportState.RETURNED, said)
    tell_owner(task, task.owner, "进展被退回，请补充后再报", _link(task), f"return:{report.number}")
    return task


def _waiting(task: PlanTask) -> ProgressReport | None:
    return task.reports.filter(state=ReportState.WAITING).first()


def _settled(report: ProgressReport, state: ReportState, reason: str = "") -> None:
    waiting = ProgressReport.objects.filter(pk=report.pk, state=ReportState.WAITING)
    if waiting.update(state=state, reason=reason) != 1:
        raise Conflict("这次进展刚刚有人审过了，请刷新后再看。")


@write
def task_park(
    *, actor: Actor, task: PlanTask, act: str, note: str, request_id: str | None = None
) -> PlanTask:
    """Park a task, resume or cancel it, always with a reason that its owner reads."""
    said = words(note, "note", least=4, most=300, what="理由")
    _step(actor, task, act, note=said)
    subject = f"任务{TASK.acts[act].verb}：{task.text}"
    tell_owner(task, task.owner, subject, _link(task), f"{act}:{task.events.count()}")
    return task


def task_facts(actor: Actor, task: PlanTask) -> TaskFacts:
    """Return the plain facts that a task's guards look at, as this actor meets it."""
    report = _waiting(task)
    own = report is not None and report.by is not None and report.by == actor.id
    return TaskFacts(waiting=report is not None, own_report=own, percent=task.percent)


def _step(
    actor: Actor,
    task: PlanTask,
    act: str,
    note: str = "",
    facts: dict[str, Any] | None = None,
    **changes: Any,
) -> PlanTask:
    if not may_task(actor, act, task):
        raise Denied(NOT_YOURS)
    return step(
        task,
        actor=actor,
        act=act,
        table=TASK,
        may=may_task,
        trail=TRAIL,
        rule_facts=task_facts(actor, task),
        note=note,
        facts=facts,
        **changes,
    )


def _link(task: PlanTask) -> str:
    return f"/plans/tasks/{task.pk}"
