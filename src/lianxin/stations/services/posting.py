"""What a deputy did at a station, told to the ledger of duties: once, as a by-product of doing it."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.common.actor import Actor
from lianxin.duties.services.posting import NewDuty, duties_register, duty_post
from lianxin.stations.models import DutyTurn

KIND, ROOM = "voter_reception", "stations"


def presence_post(actor: Actor, turn: DutyTurn, *, online: bool) -> None:
    """Post one reception for a deputy who signed in; entered later it counts as not online."""
    duty_post(
        actor=actor,
        deputy_id=turn.deputy_id,
        kind=KIND,
        on=turn.day.on,
        home6=turn.home6,
        division_code=turn.division_code,
        source_room=ROOM,
        source_id=str(turn.id),
        online=online,
        facts={"title": _title(turn), "turn": str(turn.id)},
    )


def presences_post(actor: Actor, turns: Sequence[DutyTurn]) -> None:
    """Post the turns of a paper register: none of them online."""
    rows = [
        NewDuty(
            deputy_id=turn.deputy_id,
            kind=KIND,
            on=turn.day.on,
            home6=turn.home6,
            division_code=turn.division_code,
            title=_title(turn),
            online=False,
            source_room=ROOM,
            source_id=str(turn.id),
        )
        for turn in turns
    ]
    duties_register(actor=actor, rows=rows)


def _title(turn: DutyTurn) -> str:
    return f"在{turn.day.station.name}接待选民"
