"""The one way in which a trial moves: permission, rule, row, event, audit. A cast is no such step."""

from __future__ import annotations

from typing import Any

from lianxin.audit.moving import Trail, move
from lianxin.ballots.electronic.permissions import may
from lianxin.ballots.electronic.questions import Ask
from lianxin.ballots.electronic.workflow import TRIAL, Facts
from lianxin.ballots.models import Ballot, BoardFile, Trial
from lianxin.ballots.services.step import electorate_of
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied

TRAIL = Trail("trial", "trial")


def facts_of(trial: Trial, *, cards: int | None = None) -> Facts:
    """Return the plain facts that guards look at; `cards` is a number about to be set."""
    rows = list(trial.trustees.all())
    return Facts(
        paper=trial.ballot.state,
        electorate=electorate_of(trial.ballot),
        cards=trial.cards if cards is None else cards,
        threshold=trial.threshold,
        shares=sum(bool(one.share) for one in rows),
        missing_parts=sum(not one.answer for one in rows),
    )


def step(
    *,
    actor: Actor,
    trial: Trial,
    act: str,
    note: str = "",
    facts: dict[str, Any] | None = None,
    given: dict[str, int] | None = None,
    **changes: Any,
) -> Trial:
    """Move the trial by `act` and set `changes` (figures in `given` are checked, then set), on the record."""
    if not may(actor, act, trial):
        raise Denied("您没有办理这一步的权限。")
    figures = given or {}
    to = TRIAL.next_state(trial.state, act, facts_of(trial, **figures))
    whole = {**changes, **figures}
    return move(trial, actor=actor, act=act, to=to, trail=TRAIL, note=note, facts=facts, **whole)


def ask_of(ballot: Ballot) -> Ask:
    """Return what is put to the vote."""
    rows = list(ballot.options.order_by("number"))
    return Ask(
        title=ballot.subject,
        session=ballot.session,
        mode=ballot.mode,
        places=ballot.places,
        keys=tuple(one.key for one in rows),
        labels=tuple(one.label for one in rows),
    )


def file_keep(trial: Trial, name: str, content: bytes) -> None:
    """Keep a file of the board; written again, it takes the place of the former."""
    BoardFile.objects.update_or_create(
        trial=trial, name=name, defaults={"home6": trial.home6, "content": content}
    )


def file_of(trial: Trial, name: str) -> bytes | None:
    """Return a file of the board, if it is there."""
    found = BoardFile.objects.filter(trial=trial, name=name).first()
    return bytes(found.content) if found else None
