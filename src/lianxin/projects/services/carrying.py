"""实施: supervising deputies, the plan, monthly reports with photos and money, visits, completion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.common.writes import write
from lianxin.documents.services import photo_accept
from lianxin.duties.services import duty_post
from lianxin.people.actors import deputy_of
from lianxin.people.selectors import deputies_of_body
from lianxin.projects.models import Milestone, Project, Supervisor, Visit
from lianxin.projects.services.step import project_step
from lianxin.projects.services.telling import tell_body, tell_supervisors, tell_unit
from lianxin.projects.services.testing import verdict_follow
from lianxin.projects.services.words import long_enough
from lianxin.rulebook.selectors import value

MOST_STEPS, MOST_PHOTOS = 24, 6


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A milestone of a plan."""

    what: str
    due_on: date


@write
def supervisors_name(
    *, actor: Actor, project: Project, deputies: Sequence[UUID], request_id: str | None = None
) -> Project:
    """Name the deputies who watch over a project: three to five, of this congress only."""
    wanted = set(deputies)
    least, most = (value(f"project.supervisors_{end}", home6=project.home6) for end in ("min", "max"))
    if not least <= len(wanted) <= most:
        words = f"请选 {least} 到 {most} 名监督代表。"
        raise Invalid(words, fields={"deputies": words})
    found = list(deputies_of_body(project.division_code).filter(pk__in=wanted))
    if len(found) != len(wanted):
        raise Invalid("监督代表只能是本级代表。", fields={"deputies": "请从列出的代表里选。"})
    ids = sorted(str(pk) for pk in wanted)
    project_step(actor=actor, row=project, act="name_supervisors", facts={"deputies": ids})
    project.supervisors.exclude(deputy__in=found).delete()
    for deputy in found:
        Supervisor.objects.get_or_create(home6=project.home6, project=project, deputy=deputy)
    tell_supervisors(project, "请您监督一个民生实事项目", f"supervise:{project.id}")
    return project


@write
def plan_write(
    *,
    actor: Actor,
    project: Project,
    goals: str,
    safeguards: str,
    steps: Sequence[PlannedStep],
    request_id: str | None = None,
) -> Project:
    """Write the plan (规定第十七条): goals, safeguards, and a milestone for every month."""
    what = long_enough(goals, 4, 1000, "goals", "写明目标")
    how = long_enough(safeguards, 4, 1000, "safeguards", "写明保障措施")
    if not 1 <= len(steps) <= MOST_STEPS:
        words = f"节点请写 1 到 {MOST_STEPS} 个，每月至少一个。"
        raise Invalid(words, fields={"steps": words})
    names = [long_enough(step.what, 2, 120, "steps", "写明每个节点做到什么") for step in steps]
    project_step(actor=actor, row=project, act="write_plan", goals=what, safeguards=how)
    project.milestones.all().delete()
    Milestone.objects.bulk_create(
        Milestone(home6=project.home6, project=project, number=place, what=name, due_on=step.due_on)
        for place, (name, step) in enumerate(zip(names, steps, strict=True), start=1)
    )
    return project


@write
def plan_publish(*, actor: Actor, project: Project, request_id: str | None = None) -> Project:
    """Publish the plan: from now on everybody sees its milestones."""
    project_step(actor=actor, row=project, act="publish_plan", planned_on=clock.today())
    tell_unit(project, "实施计划已公布，请每月报进度", f"plan:{project.id}")
    return project


@write
def progress_report(
    *,
    actor: Actor,
    project: Project,
    milestone: Milestone,
    told: str,
    paid: int,
    photos: Sequence[bytes] = (),
    request_id: str | None = None,
) -> Project:
    """Report a milestone as reached, with what was paid so far and photos from the site."""
    words = long_enough(told, 4, 500, "told", "写明做到了哪一步")
    spent = max((step.paid or 0 for step in project.milestones.all()), default=0)
    if paid < spent:
        said = f"累计支出不能少于上次报的 {spent} 元。"
        raise Invalid(said, fields={"paid": said})
    if len(photos) > MOST_PHOTOS:
        raise Invalid("照片太多了。", fields={"photos": f"一次最多 {MOST_PHOTOS} 张。"})
    project_step(
        actor=actor, row=project, act="report", facts={"milestone": milestone.number, "photos": len(photos)}
    )
    waiting = Milestone.objects.filter(pk=milestone.pk, project=project, done_on=None)
    if waiting.update(done_on=clock.today(), told=words, paid=paid) != 1:
        raise Conflict("这个节点已经报过了，请刷新后再看。")
    for photo in photos:
        photo_accept(
            data=photo,
            owner_kind="milestone",
            owner_id=milestone.id,
            home6=project.home6,
            visibility="public",
        )
    tell_supervisors(project, "您监督的项目报了新进度，请去看看", f"report:{milestone.id}")
    return project


@write
def visit_note(*, actor: Actor, project: Project, text: str, request_id: str | None = None) -> Project:
    """A supervising deputy says what he saw; it counts among his duties."""
    words = long_enough(text, 6, 500, "text", "写明看到了什么、有什么意见")
    deputy = deputy_of(actor)
    if deputy is None:
        raise Denied("只有监督代表可以写监督意见。")
    project_step(actor=actor, row=project, act="visit")
    visit = Visit.objects.create(
        home6=project.home6, project=project, deputy=deputy, on=clock.today(), text=words
    )
    duty_post(
        actor=actor,
        deputy_id=deputy.pk,
        kind="inspection",
        on=visit.on,
        home6=project.home6,
        division_code=project.division_code,
        source_room="projects",
        source_id=str(visit.id),
        online=True,
        facts={"title": "监督民生实事项目", "project": str(project.id)},
    )
    tell_body(project, "监督代表写了意见", f"visit:{visit.id}")
    tell_unit(project, "监督代表写了意见，请看", f"visit:{visit.id}")
    return project


@write
def project_complete(*, actor: Actor, project: Project, request_id: str | None = None) -> Project:
    """The unit's head reports a project as finished."""
    project_step(actor=actor, row=project, act="complete", finished_on=clock.today())
    tell_body(project, "有项目报完工，请核实", f"complete:{project.id}")
    tell_supervisors(project, "您监督的项目报完工了", f"complete:{project.id}")
    return verdict_follow(project) if hasattr(project, "year_test") else project
