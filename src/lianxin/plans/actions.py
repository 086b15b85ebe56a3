"""The acts on petitions, plans, tasks and work meetings, each with its form."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from lianxin.common import clock
from lianxin.common.actions import ActionBook, NoInput
from lianxin.common.actor import Actor
from lianxin.plans import services
from lianxin.plans.models import Petition, Plan, PlanTask, WorkMeeting
from lianxin.plans.permissions import may_meeting, may_petition, may_plan, may_task
from lianxin.plans.services.issuing import plan_facts
from lianxin.plans.services.meetings import meeting_facts
from lianxin.plans.workflow import PETITION, PLAN, TASK, WORK_MEETING, PetitionFacts, TaskFacts


class Form(BaseModel):
    """A form that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class NoteForm(Form):
    """A reason or a note."""

    note: str = Field(title="理由", min_length=4, max_length=500)


class TextForm(Form):
    """The next version of a text."""

    text: str = Field(title="内容", min_length=20, max_length=8000)


class AgendaForm(Form):
    """The day of the chairpersons' meeting."""

    agenda_on: date = Field(title="哪天开主任会议")


class ReportForm(Form):
    """How far a task is."""

    percent: int = Field(title="完成百分之几", ge=0, le=100)
    words: str = Field(title="做了什么", min_length=4, max_length=1000)


class ReceiptForm(Form):
    """A receipt."""

    answer: Literal["coming", "leave"] = Field(title="来不来")
    who: str = Field(title="谁参加", min_length=2, max_length=40)
    why: str = Field(default="", title="请假的原因", max_length=100)


class NameForm(Form):
    """The name under which somebody signs in."""

    name: str = Field(title="参会人姓名", min_length=2, max_length=40)


class PaperForm(NameForm):
    """A signature from the paper list."""

    owner: str = Field(title="哪个单位", min_length=1, max_length=40)


def petition_facts(row: Petition) -> PetitionFacts:
    """Return the plain facts that a petition's guards look at."""
    return PetitionFacts(clock.today(), row.agenda_on, row.sent_on)


def _decide(act: str) -> Any:
    def run(*, actor: Actor, obj: Petition, form: Any, request_id: str | None) -> Petition:
        note = getattr(form, "note", "")
        return services.petition_decide(actor=actor, petition=obj, act=act, note=note, request_id=request_id)

    return run


petition_book: ActionBook[Petition] = ActionBook(
    PETITION, state=lambda row: row.state, facts=petition_facts, may=may_petition
)


def _petition(name: str, form: type[BaseModel], service: Any) -> None:
    def run(*, actor: Actor, obj: Petition, form: Any, request_id: str | None) -> Petition:
        made: Petition = service(actor=actor, petition=obj, request_id=request_id, **form.model_dump())
        return made

    petition_book.bind(name, form, run)


_petition("revise", TextForm, services.petition_revise)
_petition("propose", NoInput, services.petition_propose)
_petition("schedule", AgendaForm, services.petition_schedule)
petition_book.bind("agree", NoInput, _decide("agree"))
petition_book.bind("send_back", NoteForm, _decide("send_back"))
petition_book.bind("refuse", NoteForm, _decide("refuse"))
_petition("send", NoInput, services.petition_send)
_petition("urge", NoteForm, services.petition_urge)
_petition("decline", NoteForm, services.petition_decline)
_petition("withdraw", NoInput, services.petition_withdraw)
PETITION_WITH_FILE = frozenset({"issue"})
"""Acts that carry a file have a form of their own on the page."""

plan_book: ActionBook[Plan] = ActionBook(PLAN, state=lambda row: row.state, facts=plan_facts, may=may_plan)


def _plan(name: str, form: type[BaseModel], service: Any) -> None:
    def run(*, actor: Actor, obj: Plan, form: Any, request_id: str | None) -> Plan:
        made: Plan = service(actor=actor, plan=obj, request_id=request_id, **form.model_dump())
        return made

    plan_book.bind(name, form, run)


_plan("submit", NoInput, services.plan_submit)
_plan("resubmit", NoInput, services.plan_submit)
_plan("approve", NoInput, services.plan_approve)
_plan("send_back", NoteForm, services.plan_return)
_plan("send_back_change", NoteForm, services.plan_return)
_plan("amend", NoteForm, services.plan_amend)
_plan("drop_change", NoInput, services.plan_drop_change)
_plan("close", NoInput, services.plan_close)


def _task_facts(row: PlanTask) -> TaskFacts:
    """Return a task's facts for anybody; whose report it is, the service asks again."""
    return TaskFacts(waiting=row.reports.filter(state="waiting").exists(), percent=row.percent)


task_book: ActionBook[PlanTask] = ActionBook(
    TASK, state=lambda row: row.state, facts=_task_facts, may=may_task
)


def _report(*, actor: Actor, obj: PlanTask, form: Any, request_id: str | None) -> Any:
    return services.progress_report(
        actor=actor, task=obj, percent=form.percent, words_of=form.words, request_id=request_id
    )


def _park(act: str) -> Any:
    def run(*, actor: Actor, obj: PlanTask, form: Any, request_id: str | None) -> PlanTask:
        return services.task_park(actor=actor, task=obj, act=act, note=form.note, request_id=request_id)

    return run


def _judge(service: Any) -> Any:
    def run(*, actor: Actor, obj: PlanTask, form: Any, request_id: str | None) -> PlanTask:
        made: PlanTask = service(actor=actor, task=obj, request_id=request_id, **form.model_dump())
        return made

    return run


task_book.bind("report", ReportForm, _report)
task_book.bind("accept", NoInput, _judge(services.report_accept))
task_book.bind("return_report", NoteForm, _judge(services.report_return))
for _name in ("park", "resume", "cancel"):
    task_book.bind(_name, NoteForm, _park(_name))

meeting_book: ActionBook[WorkMeeting] = ActionBook(
    WORK_MEETING, state=lambda row: row.state, facts=meeting_facts, may=may_meeting
)


def _meeting(name: str, form: type[BaseModel], service: Any) -> None:
    def run(*, actor: Actor, obj: WorkMeeting, form: Any, request_id: str | None) -> Any:
        return service(actor=actor, meeting=obj, request_id=request_id, **form.model_dump())

    meeting_book.bind(name, form, run)


_meeting("notify", NoInput, services.meeting_notify)
_meeting("reply", ReceiptForm, services.meeting_reply)
_meeting("sign_in", NameForm, services.meeting_sign_in)
_meeting("mark_present", PaperForm, services.meeting_mark_present)
_meeting("confirm", NoInput, services.minutes_confirm)
_meeting("make_tasks", NoInput, services.decisions_to_tasks)
_meeting("cancel", NoteForm, services.meeting_cancel)
MEETING_WITH_LIST = frozenset({"write_minutes"})
"""Acts whose form has a list of its own on the page."""
