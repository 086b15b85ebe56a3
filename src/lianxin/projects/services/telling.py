"""Telling body, unit, supervising deputies and all deputies; no message holds a wish's words."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from lianxin.notifications.services import Recipient, enqueue
from lianxin.people.selectors import deputies_of_body
from lianxin.projects.models import Project, ProjectRound
from lianxin.projects.permissions import runner
from lianxin.regions.selectors import place_name


def tell_body(project: Project, subject: str, dedupe: str) -> None:
    """Tell whoever works on the project's round."""
    to = Recipient.role(runner(project.round.level), project.division_code)
    _tell([to], project, subject, f"/projects/work/{project.id}", dedupe)


def tell_unit(project: Project, subject: str, dedupe: str) -> None:
    """Tell the duty unit."""
    if project.unit_code:
        to = Recipient.unit(project.unit_code)
        _tell([to], project, subject, f"/projects/work/{project.id}", dedupe)


def tell_supervisors(project: Project, subject: str, dedupe: str) -> None:
    """Tell the supervising deputies who have an account."""
    accounts = project.supervisors.exclude(deputy__account=None).values_list("deputy__account_id", flat=True)
    _tell(_accounts(accounts), project, subject, f"/projects/work/{project.id}", dedupe)


def tell_deputies(row: ProjectRound, subject: str, dedupe: str) -> None:
    """Tell all deputies of the congress."""
    accounts = deputies_of_body(row.division_code).exclude(account=None).values_list("account_id", flat=True)
    for to in _accounts(accounts):
        enqueue(
            to=to,
            subject=subject,
            text=f"{place_name(row.division_code)} {row.year} 年民生实事项目。",
            link=f"/projects/rounds/{row.id}/papers",
            about_kind="project_round",
            about_id=row.id,
            home6=row.home6,
            dedupe=dedupe,
        )


def _accounts(accounts: Iterable[UUID | None]) -> list[Recipient]:
    return [Recipient.account(account) for account in accounts if account]


def _tell(to: list[Recipient], project: Project, subject: str, link: str, dedupe: str) -> None:
    for one in to:
        enqueue(
            to=one,
            subject=subject,
            text=f"{place_name(project.division_code)}：{project.title}",
            link=link,
            about_kind="livelihood_project",
            about_id=project.id,
            home6=project.home6,
            dedupe=dedupe,
        )
