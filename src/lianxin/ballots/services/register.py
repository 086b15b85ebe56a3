"""Entering votes of earlier years at once; the same rules decide, one record for a batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lianxin.audit.services import record
from lianxin.ballots.models import Ballot, BallotEvent, BallotOption
from lianxin.ballots.papers import Counted
from lianxin.ballots.services.deciding import outcome_from
from lianxin.ballots.services.methods import Method
from lianxin.ballots.services.preparing import NewOption, level_of, option_of
from lianxin.ballots.workflow import State
from lianxin.common import clock
from lianxin.common.actor import Actor, ActorKind, Role
from lianxin.common.errors import Denied

BATCH = 500


@dataclass(frozen=True, slots=True)
class PastBallot:
    """A vote that was held, with its figures: `votes` are option key → choice → valid papers."""

    body: str
    purpose: str
    subject: str
    session: str
    held_on: date
    options: Sequence[NewOption]
    method: Method
    electorate: int
    present: int
    issued: int
    returned: int
    void: int
    votes: Mapping[str, Mapping[str, int]]
    blank: int = 0
    chair: str = ""
    about_kind: str = ""
    about_id: UUID | None = None


def ballots_register(*, actor: Actor, rows: Sequence[PastBallot], home6: str) -> list[Ballot]:
    """Enter votes as announced; figures that do not stand by the rules are refused."""
    if actor.kind is not ActorKind.SYSTEM and not actor.has(Role.OFFICE):
        raise Denied("只有人大代工委可以补录以前的票决。")
    made = [_ballot(row) for row in rows]
    Ballot.objects.bulk_create(made, batch_size=BATCH)
    options = [
        option_of(ballot, number, one)
        for ballot, row in zip(made, rows, strict=True)
        for number, one in enumerate(row.options, start=1)
    ]
    BallotOption.objects.bulk_create(options, batch_size=BATCH)
    BallotEvent.objects.bulk_create([_event(actor, ballot) for ballot in made], batch_size=BATCH)
    record(
        actor=actor,
        tag="ballot.register",
        kind="ballot",
        target=home6,
        home6=home6,
        facts={"count": len(made)},
    )
    return made


def _ballot(row: PastBallot) -> Ballot:
    method = row.method
    ballot = Ballot(
        home6=row.body[:6],
        division_code=row.body,
        purpose=row.purpose,
        subject=row.subject[:80],
        session=row.session[:80],
        held_on=row.held_on,
        level=level_of(row.body),
        mode=method.mode,
        places=method.places,
        grades=[list(one) for one in method.grades],
        shortfall=method.shortfall,
        tie_rule=method.tie_rule,
        about_kind=row.about_kind,
        about_id=row.about_id,
        method_passed_on=row.held_on,
        state=State.ANNOUNCED,
        electorate=row.electorate,
        present=row.present,
        issued=row.issued,
        returned=row.returned,
        count_run=1,
        chair=row.chair,
        announced_on=row.held_on,
    )
    ballot.outcome = outcome_from(ballot, Counted(row.returned - row.void, row.void, row.blank, row.votes))
    return ballot


def _event(actor: Actor, ballot: Ballot) -> BallotEvent:
    return BallotEvent(
        ballot=ballot,
        at=clock.now(),
        actor_id=actor.id,
        actor_name=actor.name,
        act="register",
        to_state=ballot.state,
    )
