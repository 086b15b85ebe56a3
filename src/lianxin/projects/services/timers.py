"""What the clock does for projects: lamps are read, units and supervisors are told; safe to repeat."""

from __future__ import annotations

from datetime import date, timedelta

from lianxin.common import clock
from lianxin.common.actor import SYSTEM
from lianxin.projects.models import Project
from lianxin.projects.rules import Lamp
from lianxin.projects.services.facts import lamp_of
from lianxin.projects.services.step import project_step
from lianxin.projects.services.telling import tell_body, tell_supervisors, tell_unit
from lianxin.projects.workflow import GOING, State
from lianxin.rulebook.selectors import value

SOON = timedelta(days=7)
"""So long before its day a milestone is asked for."""


def projects_tick(today: date | None = None) -> int:
    """Read all lamps, move what falls behind or catches up, remind of the month's report."""
    day = today or clock.today()
    going = Project.objects.filter(state__in=GOING).select_related("round").prefetch_related("milestones")
    return sum(_one(project, day) for project in going)


def _one(project: Project, day: date) -> int:
    lamp = lamp_of(project, list(project.milestones.all())).lamp
    if lamp is Lamp.RED and project.state == State.UNDERWAY:
        project_step(actor=SYSTEM, row=project, act="fall_behind")
        tell_body(project, "有项目亮红灯", f"red:{project.id}:{day:%Y-%m}")
        tell_supervisors(project, "您监督的项目亮红灯", f"red:{project.id}:{day:%Y-%m}")
    elif lamp is not Lamp.RED and project.state == State.BEHIND:
        project_step(actor=SYSTEM, row=project, act="catch_up")
    if lamp in {Lamp.RED, Lamp.YELLOW}:
        words = "红灯" if lamp is Lamp.RED else "黄灯"
        tell_unit(project, f"项目亮{words}，请抓紧并报进度", f"{lamp}:{project.id}:{day:%Y-%m}")
        return 1
    return _monthly(project, day)


def _monthly(project: Project, day: date) -> int:
    """Remind the unit of a milestone due soon, and the supervisors once a month."""
    soon = day + SOON
    due = [step for step in project.milestones.all() if step.done_on is None and day <= step.due_on <= soon]
    for step in due:
        tell_unit(project, f"节点 {step.due_on} 到期，请报进度", f"step:{step.id}")
    every = value("project.report_every_days", home6=project.home6)
    if project.planned_on and (day - project.planned_on).days % every == 0 and day != project.planned_on:
        tell_supervisors(project, "请看看您监督的项目这个月的进度", f"monthly:{project.id}:{day:%Y-%m}")
    return len(due)
