"""Entering earlier years at once: rounds, candidates with their votes, milestones, tests.

The same rules speak as for a vote of today: `ballots.rules.decide` says who has passed, the lamp is
read from dates, the grade from sums.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from lianxin.audit.services import record
from lianxin.ballots.further import verdict
from lianxin.ballots.quorum import passing_share, quorum_share
from lianxin.ballots.rules import Outcome, Tally, decide
from lianxin.common import clock
from lianxin.common.actor import Actor, ActorKind, Role
from lianxin.common.errors import Denied, Refused
from lianxin.projects.models import (
    Grade,
    Level,
    Milestone,
    Project,
    ProjectEvent,
    ProjectRound,
    Rectification,
    RoundEvent,
    Supervisor,
    YearTest,
)
from lianxin.projects.rules import Lamp
from lianxin.projects.services.cards import Card
from lianxin.projects.services.facts import lamp_of
from lianxin.projects.workflow import Round, State
from lianxin.regions.models import Division, DivisionKind
from lianxin.rulebook.selectors import value

BATCH = 500


@dataclass(frozen=True, slots=True)
class HeldStep:
    """A milestone of an earlier project."""

    what: str
    due_on: date
    done_on: date | None = None
    paid: int | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class HeldTest:
    """The sums of an earlier test."""

    held_on: date
    members: int
    satisfied: int
    basically: int
    dissatisfied: int
    to_rectify: tuple[str, ...] = ()
    rectified: bool = True


@dataclass(frozen=True, slots=True)
class HeldProject:
    """A candidate of an earlier vote, with what came of it if it was chosen."""

    card: Card
    votes_for: int
    goals: str = ""
    safeguards: str = ""
    steps: tuple[HeldStep, ...] = ()
    finished_on: date | None = None
    supervisors: tuple[UUID, ...] = ()
    test: HeldTest | None = None


@dataclass(frozen=True, slots=True)
class HeldRound:
    """An earlier year of one congress."""

    division_code: str
    year: int
    places: int
    opened_on: date
    voted_on: date
    electorate: int
    present: int
    projects: tuple[HeldProject, ...] = field(default=())


def rounds_register(*, actor: Actor, rows: Sequence[HeldRound], home6: str) -> int:
    """Enter earlier rounds; a vote that does not stand by the rules is refused."""
    if actor.kind is not ActorKind.SYSTEM and not actor.has(Role.OFFICE):
        raise Denied("只有人大代工委可以补录以前的票决。")
    towns = set(Division.objects.filter(home6=home6, kind=DivisionKind.TOWN).values_list("code", flat=True))
    half = value("ballot.grade_half", home6=home6) == "half_or_more"
    book = _Book(actor, half)
    for row in rows:
        book.add(row, Level.TOWN if row.division_code in towns else Level.CITY)
    book.write()
    facts = {"rounds": len(rows), "projects": len(book.projects)}
    record(
        actor=actor,
        tag="project_round.register",
        kind="project_round",
        target=home6,
        home6=home6,
        facts=facts,
    )
    return len(book.projects)


def outcome_of(row: HeldRound) -> Outcome:
    """Return what an earlier vote decided, by the rules of the ballots' room."""
    tally = Tally(
        returned=row.present,
        valid=row.present,
        void=0,
        per_item={str(place): {"for": one.votes_for} for place, one in enumerate(row.projects)},
    )
    found = decide(
        tally,
        places=row.places,
        electorate=row.electorate,
        present=row.present,
        issued=row.present,
        mode="approval_max_n",
        shortfall="accept_fewer",
        share=quorum_share(row.division_code[:6]),
        passing=passing_share(row.division_code[:6]),
    )
    if not found.valid or found.tied:
        raise Refused(found.reason or "票数相等，要再次票决，不能补录。")
    return found


class _Book:
    """The rows of one batch, made first and written together."""

    def __init__(self, actor: Actor, half: bool) -> None:
        self.actor, self.half = actor, half
        self.rounds: list[ProjectRound] = []
        self.projects: list[Project] = []
        self.steps: list[Milestone] = []
        self.tests: list[YearTest] = []
        self.supervisors: list[Supervisor] = []
        self.rectifications: list[Rectification] = []

    def add(self, row: HeldRound, level: str) -> None:
        """Make the rows of one round."""
        made = ProjectRound(
            home6=row.division_code[:6],
            division_code=row.division_code,
            level=level,
            year=row.year,
            places=row.places,
            opened_on=row.opened_on,
            state=Round.ANNOUNCED,
            session_on=row.voted_on,
            papers_on=row.voted_on - timedelta(days=10),
            electorate=row.electorate,
            present=row.present,
            voted_on=row.voted_on,
            announced_on=row.voted_on,
        )
        self.rounds.append(made)
        ranks = {int(item): place for place, item in enumerate(outcome_of(row).passed, start=1)}
        for place, one in enumerate(row.projects):
            self._project(made, row, place, one, ranks.get(place))

    def _project(
        self, made: ProjectRound, row: HeldRound, place: int, one: HeldProject, rank: int | None
    ) -> None:
        card = one.card
        project = Project(
            home6=made.home6,
            division_code=made.division_code,
            round=made,
            number=place + 1,
            title=card.title,
            place=card.place,
            need=card.need,
            content=card.content,
            amount=card.amount,
            fund_source=card.fund_source,
            beneficiaries=card.beneficiaries,
            due_on=card.due_on,
            unit_code=card.unit_code,
            votes_for=one.votes_for,
            votes_against=0,
            votes_abstain=row.present - one.votes_for,
            rank=rank,
            state=State.NOT_CHOSEN,
        )
        self.projects.append(project)
        if rank is not None:
            self._carried(project, row, one)

    def _carried(self, project: Project, row: HeldRound, one: HeldProject) -> None:
        """Make what followed on the vote: plan, milestones, supervisors, test."""
        project.goals, project.safeguards = one.goals, one.safeguards
        project.planned_on = row.voted_on + timedelta(days=20)
        project.finished_on = one.finished_on
        steps = [
            Milestone(
                home6=project.home6,
                project=project,
                number=place,
                what=step.what,
                due_on=step.due_on,
                done_on=step.done_on,
                paid=step.paid,
                told=step.told,
            )
            for place, step in enumerate(one.steps, start=1)
        ]
        self.steps += steps
        self.supervisors += [
            Supervisor(home6=project.home6, project=project, deputy_id=deputy) for deputy in one.supervisors
        ]
        project.state = self._state(project, steps, one)

    def _state(self, project: Project, steps: list[Milestone], one: HeldProject) -> State:
        if one.test is not None:
            closed = self._tested(project, one.test)
            if one.finished_on is not None:
                return closed
        lamp = lamp_of(project, steps).lamp
        if lamp is Lamp.DONE:
            return State.DONE
        return State.BEHIND if lamp is Lamp.RED else State.UNDERWAY

    def _tested(self, project: Project, test: HeldTest) -> State:
        sums: dict[str, int] = {
            Grade.SATISFIED: test.satisfied,
            Grade.BASICALLY: test.basically,
            Grade.DISSATISFIED: test.dissatisfied,
        }
        got = verdict(sums, list(sums), test.members, half_is_enough=self.half)
        self.tests.append(
            YearTest(
                home6=project.home6,
                project=project,
                held_on=test.held_on,
                members=test.members,
                satisfied=test.satisfied,
                basically=test.basically,
                dissatisfied=test.dissatisfied,
                grade=got,
            )
        )
        if got != Grade.DISSATISFIED:
            return State.EVALUATED
        due = test.held_on + timedelta(days=90)
        done = due - timedelta(days=10) if test.rectified else None
        self.rectifications += [
            Rectification(
                home6=project.home6,
                project=project,
                what=what,
                due_on=due,
                done_on=done,
                told="已按清单整改，结果贴在公示栏。" if done else "",
                checked_on=due if done else None,
            )
            for what in test.to_rectify
        ]
        return State.EVALUATED if test.rectified else State.RECTIFYING

    def write(self) -> None:
        """Write all rows, and one event for each round and project."""
        ProjectRound.objects.bulk_create(self.rounds, batch_size=BATCH)
        Project.objects.bulk_create(self.projects, batch_size=BATCH)
        Milestone.objects.bulk_create(self.steps, batch_size=BATCH)
        Supervisor.objects.bulk_create(self.supervisors, batch_size=BATCH)
        YearTest.objects.bulk_create(self.tests, batch_size=BATCH)
        Rectification.objects.bulk_create(self.rectifications, batch_size=BATCH)
        said = {
            "at": clock.now(),
            "actor_id": self.actor.id,
            "actor_name": self.actor.name,
            "act": "register",
        }
        RoundEvent.objects.bulk_create(
            [RoundEvent(round=row, to_state=row.state, **said) for row in self.rounds], batch_size=BATCH
        )
        ProjectEvent.objects.bulk_create(
            [ProjectEvent(project=row, to_state=row.state, **said) for row in self.projects], batch_size=BATCH
        )
