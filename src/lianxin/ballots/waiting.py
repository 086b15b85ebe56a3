"""What of a vote waits for somebody: bundles to enter, a quorum to declare, a result to read out."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from lianxin.ballots.models import (
    Ballot,
    BallotAttendance,
    BallotBatch,
    BallotOfficer,
    OfficerKind,
    TallySheet,
)
from lianxin.ballots.permissions import holder_of, votes_of_seats
from lianxin.ballots.workflow import OVER, State
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.people.models import CongressLevel

NEAR = timedelta(days=7)


def bundles_to_enter(actor: Actor) -> QuerySet[BallotBatch]:
    """Return the bundles of open counts that the actor has to enter as one of the two tellers."""
    mine = BallotOfficer.objects.filter(
        kind=OfficerKind.TELLER, account_id=actor.id, ballot=OuterRef("ballot")
    )
    slot = mine.values("slot")[:1]
    entered = TallySheet.objects.filter(batch=OuterRef("pk"), again=OuterRef("again"), slot=OuterRef("own"))
    open_ = BallotBatch.objects.filter(ballot__state=State.COUNTING, count_run=F("ballot__count_run"))
    return open_.annotate(own=slot).filter(~Exists(entered), own__isnull=False)


def votes_at_hand(actor: Actor) -> QuerySet[Ballot]:
    """Return the votes of a deputy's own congresses held today or within a week, not over yet."""
    day = clock.today()
    near = votes_of_seats(actor).filter(held_on__range=(day, day + NEAR))
    away = BallotAttendance.objects.filter(ballot=OuterRef("pk"), deputy__account=actor.id)
    return near.exclude(state__in=OVER).filter(~Exists(away))


def _held(actor: Actor) -> QuerySet[Ballot]:
    """Return the votes of the actor's own body."""
    rule = Q(pk=None)
    for level in CongressLevel.values:
        rule |= Q(level=level, division_code__in=actor.places(holder_of(level)))
    return Ballot.objects.filter(rule)


def quorums_open(actor: Actor) -> QuerySet[Ballot]:
    """Return the votes whose meeting is open and has no quorum yet."""
    return _held(actor).filter(state__in=[State.SIGNING_IN, State.SUSPENDED])


def results_open(actor: Actor) -> QuerySet[Ballot]:
    """Return the votes that are counted and not read out."""
    return _held(actor).filter(state__in=[State.MATCHED, State.DECIDED])
