"""What stands in the braces of addresses of trials by machine: one at work and one on the board, here and there."""

from __future__ import annotations

from typing import Any

from lianxin.ballots.electronic import elections
from lianxin.ballots.models import Ballot, BoardFile, Trial
from tests.factories import boards
from tests.factories.cast import OTHER_TOWN, TOWN, Cast
from tests.permissions import world_ballots
from tests.permissions.world import OWN, World

PREFIXES: tuple[str, ...] = ("ballots/<uuid:pk>/trial", "evote/")
KEYHOLDERS = {TOWN: "group_leader", OTHER_TOWN: "deputy_other"}
CODES = {TOWN: "OwnTrial000001", OTHER_TOWN: "OtherTrial0001"}


def parameters(world: World, cast: Cast, where: str, route: str) -> dict[str, Any]:
    """Return the trial of a region: making its keys where it is worked on, closed where it is read."""
    world_ballots.parameters(world, cast, where, "ballots/compare")
    body = TOWN if where == OWN else OTHER_TOWN
    ballot = Ballot.objects.get(division_code=body, state="counting")
    trial = Trial.objects.filter(ballot=ballot).first() or _trial(cast, ballot, body)
    state = "keys" if route.startswith("ballots") else "closed"
    Trial.objects.filter(pk=trial.pk).update(state=state)
    return {"pk": ballot.pk, "act": "abandon", "code": trial.code}


def _trial(cast: Cast, ballot: Ballot, body: str) -> Trial:
    trial = Trial.objects.create(ballot=ballot, home6=ballot.home6, code=CODES[body], threshold=1)
    keyholder = cast.account(KEYHOLDERS[body])
    trial.trustees.create(
        home6=trial.home6, slot=1, account_id=keyholder.pk, name="监票人", certificate='{"message": "x"}'
    )
    for name in (elections.BASE, elections.CLOSED):
        BoardFile.objects.create(trial=trial, home6=trial.home6, name=name, content=boards.board())
    return trial
