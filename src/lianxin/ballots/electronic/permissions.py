"""Who may see and move a trial: the organ that holds the vote, and the scrutineers who hold its keys.

The board needs no permission: anybody may read and check it.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from lianxin.ballots.electronic.workflow import BY_TRUSTEE, TRIAL, TRUSTEE
from lianxin.ballots.models import Ballot, Trial, Trustee
from lianxin.ballots.permissions import may_hold
from lianxin.ballots.workflow import HOST
from lianxin.common.actor import Actor, ActorKind, place_prefix

PEOPLE = tuple(dict.fromkeys((*HOST, *TRUSTEE)))


def trials_visible_to(actor: Actor) -> QuerySet[Trial]:
    """Return the trials that the actor may see."""
    rule = Q(pk=None)
    for place in actor.places(*HOST):
        rule |= Q(ballot__division_code__startswith=place_prefix(place))
    if actor.id:
        rule |= Q(Exists(Trustee.objects.filter(trial=OuterRef("pk"), account_id=actor.id)))
    return Trial.objects.filter(rule)


def trustee_of(actor: Actor, trial: Trial) -> Trustee | None:
    """Return the actor's part in the keys, if he has one."""
    if actor.id is None:
        return None
    return trial.trustees.filter(account_id=actor.id).first()


def may_hold_trial(actor: Actor, ballot: Ballot) -> bool:
    """Say whether the actor prepares and holds the trial of a vote."""
    return may_hold(actor, ballot.division_code, ballot.level)


def may(actor: Actor, act: str, trial: Trial) -> bool:
    """Say whether the actor may try `act` ("view" included) on this trial."""
    if act == "view":
        return trials_visible_to(actor).filter(pk=trial.pk).exists()
    if act in BY_TRUSTEE:
        return trustee_of(actor, trial) is not None
    if not TRIAL.acts[act].by:
        return actor.kind is ActorKind.SYSTEM
    return may_hold_trial(actor, trial.ballot)
