"""Entering elections that were held before the system: the same arithmetic says what they decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, ActorKind, Role
from lianxin.common.errors import Denied
from lianxin.elections import rules
from lianxin.elections.bodies import Appraisal, AppraisalResult, SupervisionMember, SupervisionReview
from lianxin.elections.counting import rerun_share
from lianxin.elections.models import (
    Candidate,
    CandidateCount,
    ElectionEvent,
    ElectionKind,
    ElectionPost,
    ElectionRound,
    VillageElection,
)
from lianxin.elections.rules import Figures, Race
from lianxin.elections.steps import SHIPPED
from lianxin.elections.workflow import State
from lianxin.villages.models import VillageProfile

BATCH = 500


@dataclass(frozen=True, slots=True)
class Stood:
    """Somebody who stood: post, name, and the votes of each round in which he stood (None: he did not)."""

    post: str
    name: str
    is_woman: bool
    votes: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class HeldRound:
    """The totals of one round."""

    on: date
    issued: int
    returned: int
    void: int
    attempt: int = 1
    number: int = 1


@dataclass(frozen=True, slots=True)
class HeldElection:
    """An election that was held, with its seats, its rounds and everybody who stood."""

    profile: VillageProfile
    registered: int
    seats: dict[str, int]
    rounds: tuple[HeldRound, ...]
    people: tuple[Stood, ...]


class _Rows:
    """What one batch writes."""

    def __init__(self) -> None:
        self.elections: list[VillageElection] = []
        self.posts: list[ElectionPost] = []
        self.candidates: list[Candidate] = []
        self.rounds: list[ElectionRound] = []
        self.counts: list[CandidateCount] = []


def elections_register(*, actor: Actor, rows: Sequence[HeldElection], home6: str) -> int:
    """Enter elections at once; what a round decided is worked out from its figures."""
    if actor.kind is not ActorKind.SYSTEM and not actor.has(Role.OFFICE):
        raise Denied("只有人大代工委可以补录以前的选举。")
    made = _Rows()
    for row in rows:
        _one(made, row)
    for kind, found in (
        (VillageElection, made.elections),
        (ElectionPost, made.posts),
        (Candidate, made.candidates),
        (ElectionRound, made.rounds),
        (CandidateCount, made.counts),
    ):
        kind._default_manager.bulk_create(found, batch_size=BATCH)  # type: ignore[arg-type] # rows of that kind
    ElectionEvent.objects.bulk_create(
        [
            ElectionEvent(
                election=one, at=clock.now(), actor_name=actor.name, act="register", to_state=one.state
            )
            for one in made.elections
        ],
        batch_size=BATCH,
    )
    record(
        actor=actor,
        tag="village_election.register",
        kind="village_election",
        target=home6,
        home6=home6,
        facts={"count": len(made.elections)},
    )
    return len(made.elections)


def _one(made: _Rows, row: HeldElection) -> None:
    first, last = row.rounds[0], row.rounds[-1]
    away = row.registered // 5
    election = VillageElection(
        home6=row.profile.home6,
        division_code=row.profile.division_code,
        kind=ElectionKind.GENERAL,
        year=first.on.year,
        is_community=row.profile.is_community,
        steps=[dict(step) for step in SHIPPED],
        state=State.FILED,
        living_here=row.registered - away,
        living_away=away,
        listed_on=first.on - timedelta(days=25),
        voting_on=last.on,
        proxies=away // 3,
        proxies_on=first.on - timedelta(days=3),
        attempt=last.attempt,
        elected_on=last.on,
        handover_due=last.on + timedelta(days=10),
        handed_over_on=last.on + timedelta(days=6),
        filing_number=f"选备〔{first.on.year}〕{row.profile.division_code[6:]}号",
    )
    posts = {key: ElectionPost(election=election, key=key, seats=seats) for key, seats in row.seats.items()}
    people = [
        Candidate(election=election, post=posts[one.post], name=one.name, is_woman=one.is_woman, stands=False)
        for one in row.people
    ]
    made.elections.append(election)
    made.posts += posts.values()
    made.candidates += people
    for place, held in enumerate(row.rounds):
        _round(made, row, election, held, place, people)


def _round(
    made: _Rows,
    row: HeldElection,
    election: VillageElection,
    held: HeldRound,
    place: int,
    people: list[Candidate],
) -> None:
    """Write one round and seat whoever its figures elect."""
    valid = held.returned - held.void
    votes = {
        one: got
        for one, stood in zip(people, row.people, strict=True)
        if (got := stood.votes[place]) is not None
    }
    found = rules.verdict(
        Figures(row.registered, held.issued, held.returned, valid, held.void, held.number),
        _races(row, people, votes),
        rerun_share(election.home6),
    )
    elected = set(found.elected) if found.valid else set()
    outcome = "void" if not found.valid else "another" if found.vacant else "elected"
    made.rounds.append(
        ElectionRound(
            election=election,
            attempt=held.attempt,
            number=held.number,
            held_on=held.on,
            registered=row.registered,
            booths=2,
            tellers=5,
            issued=held.issued,
            returned=held.returned,
            valid=valid,
            void=held.void,
            declared_at=clock.day_start(held.on) + timedelta(hours=15),
            outcome="recorded" if row.profile.is_community else outcome,
            reason="法律文本待核" if row.profile.is_community else found.reason[:200],
        )
    )
    for one, got in votes.items():
        won = str(one.pk) in elected
        one.elected_on = held.on if won else one.elected_on
        made.counts.append(CandidateCount(round=made.rounds[-1], candidate=one, votes=got, elected=won))


def _races(row: HeldElection, people: list[Candidate], votes: dict[Candidate, int]) -> dict[str, Race]:
    """Return the races of a round: the seats that are still open, the votes of those who stood."""
    taken: dict[str, int] = {}
    for one in people:
        if one.elected_on is not None:
            taken[one.post.key] = taken.get(one.post.key, 0) + 1
    got: dict[str, dict[str, int]] = {}
    for one, count in votes.items():
        got.setdefault(one.post.key, {})[str(one.pk)] = count
    return {key: Race(row.seats[key] - taken.get(key, 0), mine) for key, mine in got.items()}


def supervision_register(
    *,
    actor: Actor,
    members: Sequence[SupervisionMember],
    reviews: Sequence[SupervisionReview],
    appraisals: Sequence[Appraisal] = (),
    results: Sequence[AppraisalResult] = (),
    home6: str,
) -> int:
    """Enter supervision committees, their earlier reviews and appraisals at once."""
    if actor.kind is not ActorKind.SYSTEM and not actor.has(Role.OFFICE):
        raise Denied("只有人大代工委可以补录监督委员会。")
    SupervisionMember.objects.bulk_create(members, batch_size=BATCH)
    SupervisionReview.objects.bulk_create(reviews, batch_size=BATCH)
    Appraisal.objects.bulk_create(appraisals, batch_size=BATCH)
    AppraisalResult.objects.bulk_create(results, batch_size=BATCH)
    record(
        actor=actor,
        tag="village_supervision.register",
        kind="village_supervision",
        target=home6,
        home6=home6,
        facts={"members": len(members), "reviews": len(reviews), "appraisals": len(appraisals)},
    )
    return len(members)
