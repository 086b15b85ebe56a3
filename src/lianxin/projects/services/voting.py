"""票决 and 年终测评: prepared in the ballots' room, held there, and their sums pulled from there.

A town's projects are voted on by the town's deputies: the vote belongs to the congress of the round's
own place, and the ballots' room freezes that congress's electorate.
"""

from __future__ import annotations

from datetime import date

from lianxin.ballots.models import Ballot, Purpose, TieRule
from lianxin.ballots.services import Method, NewOption, Result, ballot_prepare, outcome_about
from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.errors import Conflict, Refused
from lianxin.common.writes import write
from lianxin.projects.models import Grade, Project, ProjectRound, YearTest
from lianxin.projects.services.facts import TEST, TO_TEST, VOTE
from lianxin.projects.services.step import project_step, round_step
from lianxin.projects.services.telling import tell_unit
from lianxin.projects.services.testing import verdict_follow
from lianxin.projects.workflow import State
from lianxin.regions.selectors import place_name
from lianxin.rulebook.selectors import value

NOT_FINAL = "票决还没有有效的结果，请等监票人公布。"
TIE_RULES = {"revote_tied": TieRule.MOST_VOTES, "revote_majority": TieRule.MAJORITY}
"""Where votes are equal at the cut (票数相等): what the rulebook calls it → the method's own word."""
GRADES = tuple((key, str(label)) for key, label in Grade.choices)


@write
def vote_open(
    *, actor: Actor, row: ProjectRound, session: str, request_id: str | None = None
) -> ProjectRound:
    """Prepare the plenary vote: all candidates with their money, as many places as the round has."""
    round_step(actor=actor, row=row, act="open_vote", facts={"places": row.places})
    ballot = ballot_prepare(
        actor=actor,
        body=row.division_code,
        purpose=Purpose.PROJECTS,
        subject=f"{place_name(row.division_code)}{row.year}年民生实事项目票决",
        session=session,
        held_on=row.session_on or row.opened_on,
        options=[
            _option(project) for project in row.projects.filter(state=State.CANDIDATE).order_by("number")
        ],
        method=method_of(row),
        about_kind=VOTE,
        about_id=row.pk,
    )
    _keep(row, "vote_id", ballot)
    return row


def method_of(row: ProjectRound) -> Method:
    """Return the method that the rulebook proposes; the congress itself passes or changes it."""
    return Method(
        mode=value("project.ballot_mode", home6=row.home6),
        places=row.places,
        shortfall=value("project.shortfall_rule", home6=row.home6),
        tie_rule=TIE_RULES[value("project.tie_rule", home6=row.home6)],
    )


def _option(project: Project) -> NewOption:
    wan = (project.amount or 0) / 10_000
    return NewOption(
        str(project.pk), project.title, f"投资 {wan:g} 万元，受益 {project.beneficiaries or 0} 人"
    )


def _keep(row: ProjectRound, name: str, ballot: Ballot) -> None:
    kept = ProjectRound.objects.filter(pk=row.pk, **{name: None}).update(**{name: ballot.pk})
    if kept != 1:
        raise Conflict("已经建好了，请刷新后再看。")
    setattr(row, name, ballot.pk)


@write
def result_take(*, actor: Actor, row: ProjectRound, request_id: str | None = None) -> ProjectRound:
    """Pull the announced result: who has passed, in the order of votes, with every count."""
    result = _final(VOTE, row)
    first = result.rounds[0]
    round_step(
        actor=actor,
        row=row,
        act="take_result",
        facts={"passed": len(result.passed)},
        vote_id=row.vote_id or first.ballot,
        electorate=first.electorate,
        present=first.present,
        voted_on=result.announced_on,
    )
    ranks = {key: place for place, key in enumerate(result.passed, start=1)}
    for project in row.projects.filter(state=State.CANDIDATE):
        _decided(project, result, ranks.get(str(project.pk)))
    return row


def _final(kind: str, row: ProjectRound) -> Result:
    result = outcome_about(kind=kind, pk=row.pk)
    if result is None or not result.is_final:
        raise Refused(NOT_FINAL)
    return result


def _decided(project: Project, result: Result, rank: int | None) -> None:
    votes = result.counts.get(str(project.pk), {})
    said = {} if rank else {"reason": "票决没有入选。"}
    project_step(
        actor=SYSTEM,
        row=project,
        act="choose" if rank else "leave",
        facts={"for": votes.get("for", 0)},
        rank=rank,
        votes_for=votes.get("for", 0),
        votes_against=votes.get("against", 0),
        votes_abstain=votes.get("abstain", 0),
        **said,
    )
    if rank:
        tell_unit(project, "项目票决通过，请写实施计划", f"chosen:{project.id}")


@write
def test_open(
    *, actor: Actor, row: ProjectRound, session: str, held_on: date, request_id: str | None = None
) -> ProjectRound:
    """Prepare the deputies' secret test of the year's projects, three grades for each."""
    round_step(actor=actor, row=row, act="open_test")
    projects = row.projects.filter(state__in=TO_TEST, year_test=None).order_by("rank")
    ballot = ballot_prepare(
        actor=actor,
        body=row.division_code,
        purpose=Purpose.PROJECT_TEST,
        subject=f"{place_name(row.division_code)}{row.year}年民生实事项目满意度测评",
        session=session,
        held_on=held_on,
        options=[_option(project) for project in projects],
        method=Method(mode="grades", places=1, grades=GRADES),
        about_kind=TEST,
        about_id=row.pk,
    )
    _keep(row, "test_id", ballot)
    return row


@write
def test_take(*, actor: Actor, row: ProjectRound, request_id: str | None = None) -> ProjectRound:
    """Pull the test's sums and verdicts; 不满意 asks for what must be put right."""
    result = _final(TEST, row)
    held = row.test_id or result.rounds[0].ballot
    facts = {"projects": len(result.verdicts)}
    round_step(actor=actor, row=row, act="take_test", facts=facts, test_id=held)
    for project in row.projects.filter(state__in=TO_TEST, year_test=None):
        if str(project.pk) in result.verdicts:
            _tested(project, result)
    return row


def _tested(project: Project, result: Result) -> None:
    votes, got = result.counts[str(project.pk)], result.verdicts[str(project.pk)]
    assert result.announced_on is not None
    project.year_test = YearTest.objects.create(
        home6=project.home6,
        project=project,
        held_on=result.announced_on,
        members=result.rounds[0].electorate,
        satisfied=votes.get(Grade.SATISFIED, 0),
        basically=votes.get(Grade.BASICALLY, 0),
        dissatisfied=votes.get(Grade.DISSATISFIED, 0),
        grade=got,
    )
    verdict_follow(project)
