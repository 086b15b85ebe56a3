"""The plain facts that guards look at, read from rows and parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.ballots.services import outcome_about
from lianxin.common import clock
from lianxin.projects.models import Milestone, OpinionKind, PreviewKind, Project, ProjectRound
from lianxin.projects.rules import (
    Reading,
    Step,
    least_candidates,
    missing_facts,
    monthly,
    read_lamp,
    report_due,
)
from lianxin.projects.workflow import GOING, Facts, Round, RoundFacts, State, Wish
from lianxin.rulebook.selectors import value

OPINIONS = len(OpinionKind)
VOTE, TEST = "project_vote", "project_test"
"""How a round's vote and its year-end test are called towards the ballots' room."""
TO_TEST = (*GOING, State.DONE)
IN_SCREENING = (Round.COLLECTING, Round.SCREENING)


def round_facts(row: ProjectRound) -> RoundFacts:
    """Return what the guards of a round look at."""
    home6, today = row.home6, clock.today()
    candidates = list(row.projects.filter(state=State.CANDIDATE).prefetch_related("opinions"))
    heard = set(row.previews.values_list("kind", flat=True))
    return RoundFacts(
        days_open=(today - row.opened_on).days,
        least_days=value("project.collect_days", home6=home6),
        open_wishes=row.wishes.filter(state=Wish.WISHED).count(),
        candidates=len(candidates),
        least_candidates=least_candidates(row.places, value("project.min_difference_ratio", home6=home6)),
        without_cost=tuple(one.title for one in candidates if not has_cost(one)),
        incomplete=tuple((one.title, *said) for one in candidates if (said := missing_of(one))),
        unready=tuple(one.title for one in candidates if not opinions_ok(one)),
        missing_previews=tuple(str(kind.label) for kind in PreviewKind if kind not in heard),
        days_ahead=(row.session_on - today).days if row.session_on else None,
        papers_days=value("project.papers_days", home6=home6),
        vote_open=row.vote_id is not None,
        vote_stands=row.state == Round.PAPERS and _final(VOTE, row),
        to_test=row.projects.filter(state__in=TO_TEST, year_test=None).count(),
        test_open=row.test_id is not None,
        test_stands=row.state == Round.ANNOUNCED and _final(TEST, row),
    )


def _final(kind: str, row: ProjectRound) -> bool:
    """Say whether the ballots' room has announced the last round of a vote."""
    found = outcome_about(kind=kind, pk=row.pk)
    return found is not None and found.is_final


def has_cost(project: Project) -> bool:
    """Say whether money and its source are known (without them no vote: 规定，投资估算和资金来源)."""
    return bool(project.amount and project.fund_source)


def missing_of(project: Project) -> tuple[str, ...]:
    """Return what else the list of candidates must name and this card does not."""
    return missing_facts(
        place=project.place,
        beneficiaries=project.beneficiaries,
        due_on=project.due_on,
        unit_code=project.unit_code,
    )


def opinions_ok(project: Project) -> bool:
    """Say whether all three opinions are there and agree."""
    given = [one.agrees for one in project.opinions.all()]
    return len(given) == OPINIONS and all(given)


def facts_of(project: Project) -> Facts:
    """Return what the guards of a project look at."""
    home6 = project.home6
    steps = list(project.milestones.all())
    test = getattr(project, "year_test", None)
    return Facts(
        has_cost=has_cost(project),
        missing=missing_of(project),
        opinions_ok=opinions_ok(project),
        plan_problem=_plan_problem(project, steps),
        supervisors=project.supervisors.count(),
        least_supervisors=value("project.supervisors_min", home6=home6),
        most_supervisors=value("project.supervisors_max", home6=home6),
        open_steps=sum(step.done_on is None for step in steps),
        lamp=lamp_of(project, steps).lamp,
        dissatisfied=bool(test and test.grade == "dissatisfied"),
        open_rectifications=_open_rectifications(project),
        round_open=project.round.state in IN_SCREENING,
        change_open=project.changes.filter(decided_on=None).exists(),
    )


def _open_rectifications(project: Project) -> int:
    """Return how many things are still to report; an empty list is itself one."""
    rows = list(project.rectifications.values_list("done_on", flat=True))
    return sum(day is None for day in rows) if rows else 1


def _plan_problem(project: Project, steps: list[Milestone]) -> str | None:
    if not (project.goals and project.safeguards):
        return "实施计划还没有写目标和保障措施。"
    if project.due_on is None:
        return "还没有完成时限。"
    gap = value("project.step_gap_days", home6=project.home6)
    begins = project.round.announced_on or clock.today()
    return monthly([step.due_on for step in steps], from_on=begins, due_on=project.due_on, gap_days=gap)


@dataclass(frozen=True, slots=True)
class LampRule:
    """By which parameters lamps are read; a list reads them once."""

    red_after_days: int
    interval: str


def lamp_rule(home6: str = "") -> LampRule:
    """Return the parameters of lamps in force in a place."""
    red = value("project.red_after_days", home6=home6)
    return LampRule(int(red), value("project.progress_interval", home6=home6))


def last_report(project: Project, steps: Sequence[Milestone]) -> date | None:
    """Return when the unit reported last; the published plan is the first thing it says."""
    return max((step.done_on for step in steps if step.done_on), default=project.planned_on)


def lamp_of(project: Project, steps: Sequence[Milestone], rule: LampRule | None = None) -> Reading:
    """Return the project's lamp today, from the dates of its milestones and reports."""
    rule = rule or lamp_rule(project.home6)
    last = last_report(project, steps)
    return read_lamp(
        [Step(step.due_on, step.done_on) for step in steps],
        due_on=project.due_on or clock.today(),
        finished_on=project.finished_on,
        today=clock.today(),
        red_after_days=rule.red_after_days,
        report_due_on=report_due(last, rule.interval) if last else None,
    )
