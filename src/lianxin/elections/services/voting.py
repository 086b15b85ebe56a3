"""The voting and the count: totals only; what the figures decide is worked out, not chosen (art. 15)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.errors import Conflict, Invalid
from lianxin.common.writes import write
from lianxin.elections.counting import round_now, standing, verdict_of
from lianxin.elections.models import (
    Candidate,
    CandidateCount,
    ElectionKind,
    ElectionPost,
    ElectionRound,
    OfficeEnd,
    PostKey,
    VillageElection,
)
from lianxin.elections.rules import Verdict
from lianxin.elections.services.step import step
from lianxin.elections.telling import tell_town
from lianxin.rulebook.calendar import due_after_days
from lianxin.rulebook.selectors import calendar_for, value


@write
def voting_open(
    *, actor: Actor, election: VillageElection, booths: int, tellers: int, request_id: str | None = None
) -> VillageElection:
    """Open the first round of an attempt, with secret booths and tellers who do not stand."""
    _ready(election, booths, tellers)
    step(actor=actor, election=election, act="open_voting", facts={"booths": booths, "tellers": tellers})
    _begin(election, 1, clock.today(), booths, tellers)
    return election


@write
def next_round_open(
    *, actor: Actor, election: VillageElection, booths: int, tellers: int, request_id: str | None = None
) -> VillageElection:
    """Open another round (另行选举): who stands was settled by the votes of the round before."""
    _ready(election, booths, tellers)
    if not any(standing(election).values()):
        raise Invalid("还没有候选人。", fields={"booths": "请先提名候选人。"})
    last = round_now(election)
    step(actor=actor, election=election, act="open_next", facts={"booths": booths, "tellers": tellers})
    _begin(election, last.number + 1 if last else 2, clock.today(), booths, tellers)
    return election


def _ready(election: VillageElection, booths: int, tellers: int) -> None:
    least = value("village.tellers_least", home6=election.home6)
    wrong = {}
    if booths < 1:
        wrong["booths"] = "要设秘密写票处（第十五条）。"
    if tellers < least:
        wrong["tellers"] = f"监票人、计票人至少 {least} 人，候选人和他的近亲属不能担任。"
    if wrong:
        raise Invalid("还不能开始投票。", fields=wrong)


def _begin(election: VillageElection, number: int, on: date, booths: int, tellers: int) -> None:
    ElectionRound.objects.create(
        election=election,
        attempt=election.attempt,
        number=number,
        held_on=on,
        registered=election.registered,
        booths=booths,
        tellers=tellers,
    )


@write
def round_count(  # noqa: PLR0913 - a count has four totals and the votes of each who stands
    *,
    actor: Actor,
    election: VillageElection,
    issued: int,
    returned: int,
    valid: int,
    void: int,
    votes: Mapping[str, int],
    announced: Collection[str] = (),
    request_id: str | None = None,
) -> VillageElection:
    """Save the count; until it is declared it may be mended.

    `announced` is for communities: who was announced elected, without a verdict of ours.
    """
    _lock(election)
    row = _open_round(election)
    people = {str(one.pk): one for rows in standing(election).values() for one in rows}
    if set(votes) - set(people) or min([issued, returned, valid, void, *votes.values()]) < 0:
        raise Invalid("票数不能是负数，只填这一轮的候选人。", fields={"issued": "请核对。"})
    figures = {"issued": issued, "returned": returned, "valid": valid, "void": void}
    step(actor=actor, election=election, act="count", facts=figures)
    ElectionRound.objects.filter(pk=row.pk, declared_at=None).update(**figures)
    row.counts.all().delete()
    CandidateCount.objects.bulk_create(
        [
            CandidateCount(
                round=row,
                candidate=one,
                votes=votes.get(pk, 0),
                elected=election.is_community and pk in announced,
            )
            for pk, one in people.items()
        ]
    )
    return election


def _lock(election: VillageElection) -> None:
    """Hold the election, then read it: what is declared are the figures that nobody can still change."""
    VillageElection.objects.select_for_update().get(pk=election.pk)
    election.refresh_from_db()


def _open_round(election: VillageElection) -> ElectionRound:
    row = round_now(election)
    if row is None or row.declared_at is not None:
        raise Conflict("这一轮已经公布，不能再改票数。")
    return row


@write
def round_declare(
    *, actor: Actor, election: VillageElection, request_id: str | None = None
) -> VillageElection:
    """Declare the result on the spot; the arithmetic says void, another round, or elected."""
    _lock(election)
    row = _open_round(election)
    step(actor=actor, election=election, act="declare")
    if election.is_community:
        return _record(election, row)
    found = verdict_of(row)
    outcome = "void" if not found.valid else "another" if found.vacant else "elected"
    step(actor=SYSTEM, election=election, act=outcome, note=found.reason)
    if found.valid:
        _seat(election, row, found)
    _close(row, outcome, found.reason)
    _tell(election, outcome)
    return election


def _record(election: VillageElection, row: ElectionRound) -> VillageElection:
    """Close a community's round as it was announced: its law is not entered, no verdict is given."""
    step(actor=SYSTEM, election=election, act="recorded")
    announced = Candidate.objects.filter(counts__round=row, counts__elected=True)
    announced.update(elected_on=row.held_on)
    _close(row, "recorded", "法律文本待核")
    _term(election, row.held_on)
    return election


def _seat(election: VillageElection, row: ElectionRound, found: Verdict) -> None:
    """Seat whoever is elected; of the others only the candidates of the next round still stand."""
    elected = set(found.elected)
    tied = {name for one in found.races.values() for name in one.tied}
    following = {name for one in found.races.values() for name in one.next_candidates}
    Candidate.objects.filter(pk__in=elected).update(elected_on=row.held_on)
    row.counts.filter(candidate_id__in=elected).update(elected=True)
    row.counts.filter(candidate_id__in=tied).update(tied=True)
    election.candidates.filter(elected_on=None).exclude(pk__in=following).update(stands=False)
    if not found.vacant:
        _term(election, row.held_on)


def _term(election: VillageElection, on: date) -> None:
    """Note the day of election, end the former committee, count the ten days for handing over (art. 20)."""
    if election.kind == ElectionKind.GENERAL:
        former = Candidate.objects.filter(election__division_code=election.division_code)
        former = former.exclude(election=election).exclude(elected_on=None)
        former.filter(office_ended_on=None).update(office_ended_on=on, office_end_reason=OfficeEnd.TERM)
    days = value("village.handover_days", home6=election.home6)
    due = due_after_days(on, days, calendar_for(election.home6))
    changes = {"elected_on": on, "handover_due": due.on, "handover_trace": due.trace}
    VillageElection.objects.filter(pk=election.pk).update(**changes)
    for name, changed in changes.items():
        setattr(election, name, changed)


def _close(row: ElectionRound, outcome: str, reason: str) -> None:
    closed = ElectionRound.objects.filter(pk=row.pk, declared_at=None)
    if closed.update(declared_at=clock.now(), outcome=outcome, reason=reason[:200]) != 1:
        raise Conflict("这一轮已经公布了。")


def _tell(election: VillageElection, outcome: str) -> None:
    said = {
        "void": "有村选举无效，要重新组织",
        "another": "有村要另行选举",
        "elected": "有村选出了新一届村委会",
    }
    tell_town(election, said[outcome], f"election:{election.id}:{outcome}:{election.attempt}")


@write
def election_reorganise(
    *, actor: Actor, election: VillageElection, voting_on: date, request_id: str | None = None
) -> VillageElection:
    """Set a void election up again: everybody who stood may stand again, nobody is elected."""
    if voting_on <= clock.today():
        raise Invalid("请另定投票日。", fields={"voting_on": "请填明天或以后的日期。"})
    step(
        actor=actor,
        election=election,
        act="reorganise",
        facts={"voting_on": str(voting_on)},
        voting_on=voting_on,
        attempt=election.attempt + 1,
    )
    election.candidates.filter(withdrawn_on=None).update(stands=True, elected_on=None)
    return election


@write
def vacancy_leave(
    *, actor: Actor, election: VillageElection, request_id: str | None = None
) -> VillageElection:
    """Leave seats open where enough members are elected (a rule of other provinces, marked so)."""
    step(actor=actor, election=election, act="leave_open")
    last = round_now(election)
    _term(election, last.held_on if last else clock.today())
    return election


@write
def woman_seat_add(
    *, actor: Actor, election: VillageElection, request_id: str | None = None
) -> VillageElection:
    """Open a seat for a woman where none was elected (art. 6)."""
    step(actor=actor, election=election, act="woman_seat")
    ElectionPost.objects.get_or_create(election=election, key=PostKey.WOMAN_MEMBER, defaults={"seats": 1})
    return election
