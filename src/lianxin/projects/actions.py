"""The acts on a wish, a round and a project, each with its form."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from lianxin.common.actions import ActionBook, NoInput
from lianxin.common.actor import Actor
from lianxin.common.errors import Invalid, NotFound
from lianxin.projects import services
from lianxin.projects.models import Milestone, Project, ProjectRound, Rectification, Wish
from lianxin.projects.permissions import may, may_round, may_wish
from lianxin.projects.services import Decision, News, PlannedStep
from lianxin.projects.services.facts import facts_of, round_facts
from lianxin.projects.workflow import PROJECT, ROUND, WISH


class Form(BaseModel):
    """A form that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Reason(Form):
    """理由."""

    reason: str = Field(title="理由", min_length=6, max_length=300)


class Reopening(Form):
    """重新筛选."""

    reason: str = Field(title="理由", min_length=6, max_length=200)


class Taking(Form):
    """归入哪个项目."""

    project: UUID = Field(title="归入哪个项目")


class Session(Form):
    """大会日期."""

    session_on: date = Field(title="大会日期")


class Method(Form):
    """票决."""

    session: str = Field(title="在哪次会议上票决", min_length=4, max_length=80)


class Day(Form):
    """测评."""

    session: str = Field(title="在哪次会议上测评", min_length=4, max_length=80)
    held_on: date = Field(title="哪天测评")


class Preview(Form):
    """研究情况."""

    kind: str = Field(title="谁研究的")
    held_on: date = Field(title="哪天研究的")
    note: str = Field(title="研究的意见", min_length=4, max_length=300)


class Opinion(Form):
    """论证意见."""

    kind: str = Field(title="哪一种意见")
    agrees: bool = Field(title="是否同意")
    organ: str = Field(title="谁出的意见", min_length=2, max_length=60)
    text: str = Field(title="意见", min_length=4, max_length=300)


class Supervisors(Form):
    """监督代表."""

    deputies: list[UUID] = Field(default_factory=list, title="监督代表")


class Plan(Form):
    """实施计划."""

    goals: str = Field(title="目标", min_length=4, max_length=1000)
    safeguards: str = Field(title="保障措施", min_length=4, max_length=1000)
    steps: str = Field(title="节点", min_length=4, max_length=4000)


class Progress(Form):
    """进度."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)
    milestone: UUID = Field(title="哪个节点")
    told: str = Field(title="做到了哪一步", min_length=4, max_length=500)
    paid: int = Field(title="累计支出（元）", ge=0)
    photos: list[bytes] = Field(default_factory=list, title="现场照片")


class Words(Form):
    """写给大家看的话."""

    text: str = Field(title="看到了什么、有什么意见", min_length=6, max_length=500)


class Proposal(Form):
    """调整."""

    kind: str = Field(title="哪一种调整")
    cause: str = Field(title="为什么要调整", min_length=10, max_length=500)
    new_amount: int | None = Field(default=None, title="新的投资（元）", ge=1)
    new_due_on: date | None = Field(default=None, title="新的完成时限")
    new_place: str = Field(default="", title="新的地点", max_length=80)
    new_goals: str = Field(default="", title="新的目标", max_length=1000)


class Decided(Form):
    """决定."""

    body: str = Field(title="谁决定的")
    members: int = Field(title="全体组成人员", ge=1)
    present: int = Field(title="到会", ge=0)
    votes_for: int = Field(title="赞成", ge=0)
    paper_number: str = Field(title="文号", min_length=4, max_length=60)
    decided_on: date = Field(title="哪天决定的")


class Items(Form):
    """整改清单."""

    listed: str = Field(title="要整改的事", min_length=4, max_length=2000)


class Rectified(Form):
    """整改结果."""

    item: UUID = Field(title="哪一项")
    told: str = Field(title="怎么整改的", min_length=6, max_length=500)


WISHES: ActionBook[Wish] = ActionBook(
    WISH, state=lambda row: row.state, facts=lambda _row: None, may=may_wish
)
ROUNDS: ActionBook[ProjectRound] = ActionBook(
    ROUND, state=lambda row: row.state, facts=round_facts, may=may_round
)
PROJECTS: ActionBook[Project] = ActionBook(PROJECT, state=lambda row: row.state, facts=facts_of, may=may)


def _run(service: Any, name: str) -> Any:
    def run(*, actor: Actor, obj: Any, form: BaseModel, request_id: str | None) -> Any:
        given = {field: getattr(form, field) for field in type(form).model_fields}
        return service(actor=actor, request_id=request_id, **{name: obj}, **_shaped(obj, form, given))

    return run


def _shaped(obj: Any, form: BaseModel, given: dict[str, Any]) -> dict[str, Any]:
    """Return the fields as the service takes them."""
    shape = _SHAPES.get(type(form))
    return shape(obj, given) if shape else given


def _of(project: Project, model: type[Any], pk: UUID) -> Any:
    found = model.objects.filter(project=project, pk=pk).first()
    if found is None:
        raise NotFound("没有找到这一项，请刷新后再看。")
    return found


def _of_round(wish: Wish, pk: UUID) -> Project:
    found = Project.objects.filter(round=wish.round_id, pk=pk).first()
    if found is None:
        raise Invalid("请选同一年度的项目。", fields={"project": "请从列出的项目里选一个。"})
    return found


def typed_steps(text: str) -> list[PlannedStep]:
    """Return the milestones of a typed plan, one a line: `2027-03-31 完成勘察设计`."""
    return [_step(line.strip()) for line in text.splitlines() if line.strip()]


def _step(line: str) -> PlannedStep:
    day, _, what = line.replace("\t", " ").replace("，", " ").partition(" ")
    try:
        return PlannedStep(what.strip(), date.fromisoformat(day.strip()))
    except ValueError:
        words = f"「{line[:20]}」开头要写日期，写成 2027-03-31 这样，再写做到什么。"
        raise Invalid(words, fields={"steps": words}) from None


def _proposed(given: dict[str, Any]) -> dict[str, Any]:
    """Return a proposal as the service takes it: what is to become new in one value."""
    names = ("amount", "due_on", "place", "goals")
    news = News(**{name: given[f"new_{name}"] for name in names})
    return {"kind": given["kind"], "cause": given["cause"], "news": news}


_SHAPES: dict[type[BaseModel], Any] = {
    Decided: lambda _obj, given: {"decision": Decision(**given)},
    Proposal: lambda _obj, given: _proposed(given),
    Plan: lambda _obj, given: {**given, "steps": typed_steps(given["steps"])},
    Items: lambda _obj, given: {"items": given["listed"].splitlines()},
    Progress: lambda obj, given: {**given, "milestone": _of(obj, Milestone, given["milestone"])},
    Rectified: lambda obj, given: {**given, "item": _of(obj, Rectification, given["item"])},
    Taking: lambda obj, given: {"project": _of_round(obj, given["project"])},
}
Rows = tuple[tuple[str, type[BaseModel], Any], ...]
_WISH: Rows = (
    ("show", NoInput, services.wish_show),
    ("take", Taking, services.wish_take),
    ("refuse", Reason, services.wish_refuse),
)
_ROUND: Rows = (
    ("close_collection", NoInput, services.collection_close),
    ("set_session", Session, services.session_set),
    ("fix_candidates", NoInput, services.candidates_fix),
    ("reopen_screening", Reopening, services.screening_reopen),
    ("record_preview", Preview, services.preview_record),
    ("send_papers", NoInput, services.papers_send),
    ("open_vote", Method, services.vote_open),
    ("take_result", NoInput, services.result_take),
    ("announce", NoInput, services.round_announce),
    ("open_test", Day, services.test_open),
    ("take_test", NoInput, services.test_take),
)
_PROJECT: Rows = (
    ("give_opinion", Opinion, services.opinion_give),
    ("nominate", NoInput, services.project_nominate),
    ("withdraw", Reason, services.project_withdraw),
    ("put_back", NoInput, services.project_put_back),
    ("name_supervisors", Supervisors, services.supervisors_name),
    ("write_plan", Plan, services.plan_write),
    ("publish_plan", NoInput, services.plan_publish),
    ("report", Progress, services.progress_report),
    ("visit", Words, services.visit_note),
    ("propose_change", Proposal, services.change_propose),
    ("decide_change", Decided, services.change_decide),
    ("complete", NoInput, services.project_complete),
    ("list_rectification", Items, services.rectification_list),
    ("report_rectification", Rectified, services.rectification_report),
    ("check_again", NoInput, services.rectification_check),
)
for _name, _form, _service in _WISH:
    WISHES.bind(_name, _form, _run(_service, "wish"))
for _name, _form, _service in _ROUND:
    ROUNDS.bind(_name, _form, _run(_service, "row"))
for _name, _form, _service in _PROJECT:
    PROJECTS.bind(_name, _form, _run(_service, "project"))
