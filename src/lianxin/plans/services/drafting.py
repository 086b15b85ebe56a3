"""Writing a plan: its goals and tasks stand in the one version that is not issued yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max

from lianxin.audit.moving import Trail, event_add
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid, NotFound
from lianxin.common.inserting import insert_if_new
from lianxin.common.writes import write
from lianxin.plans.content import Content, content_of
from lianxin.plans.models import Plan, PlanTask, PlanVersion, SuperiorDocument
from lianxin.plans.owners import is_owner
from lianxin.plans.permissions import may_plan, registers
from lianxin.plans.services.step import NOT_YOURS, words
from lianxin.plans.workflow import EDITED, PLAN, PlanState

TRAIL = Trail("plan", "plan")
MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class TaskWords:
    """What is written of a task."""

    goal: int
    text: str
    owner: str
    due_on: date
    document: str = ""


@write
def plan_open(
    *,
    actor: Actor,
    place: str,
    title: str,
    document: SuperiorDocument | None = None,
    request_id: str | None = None,
) -> Plan:
    """Begin a plan, resting on a document."""
    if not registers(actor, place):
        raise Denied("只有人大代工委可以起草实施方案。")
    said = words(title, "title", least=6, most=120, what="方案名称")
    row = Plan(home6=place[:6], division_code=place, title=said, document=document)
    if not insert_if_new(row):
        raise Conflict("已经有同名的方案了。", fields={"title": "换一个名称，或在原方案上修改。"})
    version_open(row, Content(), "")
    event_add(row, actor=actor, act="open", old="", trail=TRAIL)
    return row


def version_open(plan: Plan, content: Content, why: str) -> PlanVersion:
    """Begin the next version with a content."""
    last = plan.versions.aggregate(last=Max("number"))["last"] or 0
    return PlanVersion.objects.create(
        home6=plan.home6,
        division_code=plan.division_code,
        plan=plan,
        number=last + 1,
        content=content.as_json(),
        why=why,
    )


def version_in_writing(plan: Plan) -> PlanVersion:
    """Return the version that is being written."""
    found = plan.versions.filter(issued_on=None).first()
    if found is None:
        raise Conflict("现在没有在写的版本，请先点「开始修改」。")
    return found


@write
def goal_add(*, actor: Actor, plan: Plan, text: str, request_id: str | None = None) -> PlanVersion:
    """Write one more goal."""
    said = words(text, "goal_text", least=4, most=200, what="目标")
    version, content = _edited(actor, plan)
    return _kept(actor, plan, version, content, content.with_goal(said))


@write
def line_add(*, actor: Actor, plan: Plan, task: TaskWords, request_id: str | None = None) -> PlanVersion:
    """Write one more task."""
    version, content = _edited(actor, plan)
    if len(content.lines) >= MOST_LINES:
        raise Invalid("任务太多了。", fields={"text": f"一份方案最多 {MOST_LINES} 项任务。"})
    fields = checked(plan, content, task)
    return _kept(actor, plan, version, content, content.with_line(fields, least=number_after(plan)))


@write
def line_change(
    *, actor: Actor, plan: Plan, number: int, task: TaskWords, request_id: str | None = None
) -> PlanVersion:
    """Change a task in the version that is being written."""
    version, content = _edited(actor, plan)
    _known(content, number)
    return _kept(actor, plan, version, content, content.changed(number, checked(plan, content, task)))


@write
def line_remove(*, actor: Actor, plan: Plan, number: int, request_id: str | None = None) -> PlanVersion:
    """Take a task out; one that was in force is cancelled when the version is issued."""
    version, content = _edited(actor, plan)
    _known(content, number)
    return _kept(actor, plan, version, content, content.without(number))


def number_after(plan: Plan) -> int:
    """Return the number after the last task that was ever in force: no number comes back."""
    last: int = PlanTask.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0
    return last + 1


def checked(plan: Plan, content: Content, task: TaskWords) -> dict[str, Any]:
    """Return the checked fields of a task; refuse with a sentence beside each field."""
    errors = {}
    if not 4 <= len(task.text.strip()) <= 200:
        errors["text"] = "请写任务，4 到 200 个字。"
    if task.goal not in {one.number for one in content.goals}:
        errors["goal"] = "请选属于哪个目标。"
    if not is_owner(task.owner, plan.division_code):
        errors["owner"] = "请选责任单位或镇。"
    if task.due_on < clock.today():
        errors["due_on"] = "完成时限要在今天以后。"
    if task.document and not _documents(plan, task.document):
        errors["document"] = "请从登记簿里选。"
    if errors:
        raise Invalid("这项任务还没写好。", fields=errors)
    return {
        "goal": task.goal,
        "text": task.text.strip(),
        "owner": task.owner,
        "due_on": task.due_on,
        "document": task.document,
    }


def _documents(plan: Plan, pk: str) -> bool:
    return SuperiorDocument.objects.filter(home6=plan.home6, pk=pk).exists()


def _known(content: Content, number: int) -> None:
    if number not in {one.number for one in content.lines}:
        raise NotFound("没有这项任务，请刷新后再看。")


def _edited(actor: Actor, plan: Plan) -> tuple[PlanVersion, Content]:
    if not may_plan(actor, "edit", plan):
        raise Denied(NOT_YOURS)
    PLAN.next_state(plan.state, "edit")
    version = version_in_writing(plan)
    return version, content_of(version.content)


def _kept(actor: Actor, plan: Plan, version: PlanVersion, old: Content, new: Content) -> PlanVersion:
    """Write the content if nobody has written meanwhile and the plan is still being edited."""
    still = PlanVersion.objects.filter(pk=version.pk, issued_on=None, content=old.as_json())
    edited = Plan.objects.filter(pk=plan.pk, state__in=EDITED)
    if not edited.exists() or still.update(content=new.as_json()) != 1:
        raise Conflict("刚刚有人改过这份方案，请刷新后再改。")
    version.content = new.as_json()
    event_add(plan, actor=actor, act="edit", old=plan.state, trail=TRAIL, facts={"tasks": len(new.lines)})
    return version


def is_first(plan: Plan) -> bool:
    """Say whether the plan has not been issued yet."""
    return plan.state in {PlanState.DRAFT, PlanState.REVIEW}
