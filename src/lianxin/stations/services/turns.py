"""A deputy's turn: confirmed, given back, signed in, missed, explained."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from lianxin.activities.services import presence_sign_in, presence_sign_out, presence_tick
from lianxin.audit.moving import Trail, move
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied, Invalid
from lianxin.common.writes import write
from lianxin.stations.models import DutyTurn
from lianxin.stations.permissions import turn_may
from lianxin.stations.services.posting import presence_post
from lianxin.stations.services.presence import gathering_of
from lianxin.stations.services.rota import free_deputy
from lianxin.stations.services.telling import tell_deputy, tell_station
from lianxin.stations.workflow import TURN, TurnFacts

TRAIL = Trail("stations.turn", "turn")


def facts_of(turn: DutyTurn) -> TurnFacts:
    """Return what the table's guards look at."""
    return TurnFacts(
        today=clock.today(),
        on=turn.day.on,
        published=turn.day.published_at is not None,
        signed_out=turn.signed_out_at is not None,
    )


def turn_offers(actor: Actor, turn: DutyTurn) -> frozenset[str]:
    """Return the acts that the actor can do on the turn now (the day and the deputy are at hand)."""
    facts = facts_of(turn)
    rows = [row for row in TURN.open_from(turn.state) if row.applies(facts)]
    return frozenset(row.name for row in rows if turn_may(actor, row.name, turn))


def step(
    *, actor: Actor, turn: DutyTurn, act: str, facts: dict[str, Any] | None = None, **changes: Any
) -> DutyTurn:
    """Move a turn by `act` and set `changes`, on the record."""
    if not turn_may(actor, act, turn):
        raise Denied("您没有办理这一步的权限。")
    to = TURN.next_state(turn.state, act, facts_of(turn))
    return move(turn, actor=actor, act=act, to=to, trail=TRAIL, facts=facts, **changes)


@write
def turn_confirm(*, actor: Actor, turn: DutyTurn, request_id: str | None = None) -> DutyTurn:
    """The deputy says that he will come."""
    return step(actor=actor, turn=turn, act="confirm")


@write
def turn_leave(
    *,
    actor: Actor,
    turn: DutyTurn,
    swap: UUID | None = None,
    by_keeper: bool = False,
    request_id: str | None = None,
) -> DutyTurn:
    """Give the turn back, naming who comes instead where somebody was found; no reason is asked."""
    person = free_deputy(turn.day, swap) if swap else None
    facts = {"swap": str(swap)} if swap else {}
    step(actor=actor, turn=turn, act="note_leave" if by_keeper else "leave", facts=facts)
    day = turn.day
    if person is None:
        tell_station(
            day, "接待日有人请假", f"{day.on} {turn.deputy.name}请假，还没有换班的人。", f"leave:{turn.id}"
        )
        return turn
    new = DutyTurn.objects.create(
        day=day, deputy=person, instead_of=turn, home6=turn.home6, division_code=turn.division_code
    )
    tell_deputy(
        person,
        day,
        "请您换班",
        f"{day.on} {day.station.name}，替{turn.deputy.name}。请确认。",
        f"swap:{new.id}",
    )
    return turn


def turn_sign_in(*, actor: Actor, turn: DutyTurn, code: str, request_id: str | None = None) -> DutyTurn:
    """The deputy signs in with the code that turns on the door (30 seconds).

    No transaction around it: a wrong code is counted even though the act is refused.
    """
    _open_to(actor, turn, "sign_in")
    presence_sign_in(actor=actor, event=gathering_of(turn.day), code=code)
    return _came(actor=actor, turn=turn, act="sign_in", request_id=request_id)


@write
def turn_tick(*, actor: Actor, turn: DutyTurn, request_id: str | None = None) -> DutyTurn:
    """The keeper ticks a deputy who is here; ticked after the day it counts as entered later."""
    _open_to(actor, turn, "tick")
    if turn.day.on == clock.today():
        presence_tick(actor=actor, event=gathering_of(turn.day), deputy=turn.deputy)
    return _came(actor=actor, turn=turn, act="tick")


@write
def turn_correct(*, actor: Actor, turn: DutyTurn, request_id: str | None = None) -> DutyTurn:
    """The paper sheet shows that a deputy noted as absent had come."""
    return _came(actor=actor, turn=turn, act="correct")


@write
def turn_sign_out(
    *, actor: Actor, turn: DutyTurn, by_keeper: bool = False, request_id: str | None = None
) -> DutyTurn:
    """Sign out: the deputy himself, or the keeper for him."""
    act = "tick_out" if by_keeper else "sign_out"
    row = step(actor=actor, turn=turn, act=act, signed_out_at=clock.now())
    if not turn.ticked or turn.day.on == clock.today():
        presence_sign_out(actor=actor, event=gathering_of(turn.day), deputy=turn.deputy)
    return row


@write
def turn_miss(*, actor: Actor, turn: DutyTurn, request_id: str | None = None) -> DutyTurn:
    """The day is over and nobody signed in: noted, with a place for the deputy's explanation."""
    step(actor=actor, turn=turn, act="miss")
    day = turn.day
    tell_deputy(
        turn.deputy, day, "请写一句说明", f"{day.on} {day.station.name}没有您的签到。", f"miss:{turn.id}"
    )
    return turn


@write
def turn_explain(*, actor: Actor, turn: DutyTurn, text: str, request_id: str | None = None) -> DutyTurn:
    """The deputy says why he did not come."""
    words = text.strip()
    if len(words) < 4:
        raise Invalid("请写一句说明。", fields={"text": "至少写 4 个字。"})
    return step(actor=actor, turn=turn, act="explain", explanation=words[:200])


def _open_to(actor: Actor, turn: DutyTurn, act: str) -> None:
    """Refuse before anything is noted: not his, or not the time."""
    if not turn_may(actor, act, turn):
        raise Denied("您没有办理这一步的权限。")
    TURN.next_state(turn.state, act, facts_of(turn))


@write
def _came(*, actor: Actor, turn: DutyTurn, act: str, request_id: str | None = None) -> DutyTurn:
    ticked = act != "sign_in"
    row = step(actor=actor, turn=turn, act=act, signed_in_at=clock.now(), ticked=ticked)
    presence_post(actor, row, online=turn.day.on == clock.today())
    return row
