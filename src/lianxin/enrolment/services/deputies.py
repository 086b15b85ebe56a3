"""Rows of deputies: one row is one seat; a card number is one person, whoever brings the row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Refused
from lianxin.enrolment.rules import Elected, read_deputy, said_of_another
from lianxin.enrolment.services.parts import Brought, Cells
from lianxin.people.loading import NewDeputy, NewSeat, deputies_enter
from lianxin.people.models import Account, Deputy, Seat
from lianxin.people.permissions import may_seat
from lianxin.people.seats import NOT_YOURS, seats_enter
from lianxin.people.services import check_apart
from lianxin.regions.selectors import names_within

NAME_TAKEN = "代表证号：这个号已经是别的账号的用户名，请换一个。"


@dataclass
class _Roll:
    """What the roll holds, and what the sheet adds."""

    known: dict[str, Deputy]
    usernames: set[str]
    have: set[tuple[str, str, str]]
    new: dict[str, list[Elected]] = field(default_factory=dict)
    seats: list[tuple[Deputy, NewSeat]] = field(default_factory=list)


def take(actor: Actor, place: str, rows: Sequence[Cells]) -> Brought:
    """Enter new deputies and further seats; a seat that stands already is counted as repeated."""
    home6, brought = place[:6], Brought()
    places, today = names_within(f"{home6}000000"), clock.today()
    read = [(cells, read_deputy(cells, places, today)) for cells in rows]
    roll = _roll(home6, [said.card for _, said in read if isinstance(said, Elected)])
    for cells, said in read:
        if isinstance(said, list):
            brought.refuse(cells, *said)
        elif fault := _against(actor, roll, said):
            brought.refuse(cells, fault)
        else:
            _add(roll, said, brought)
    people = [(card, card, _person(seats)) for card, seats in roll.new.items()]
    if people:
        deputies_enter(actor=actor, deputies=people, home6=home6)
    seats_enter(actor=actor, seats=roll.seats, home6=home6)
    return brought


def _roll(home6: str, cards: list[str]) -> _Roll:
    """Read what stands under these numbers, held until the end (three queries)."""
    found = (
        Deputy.objects.select_for_update(of=("self",))
        .select_related("account")
        .filter(home6=home6, card_number__in=cards)
    )
    known = {one.card_number: one for one in found}
    seats = Seat.objects.filter(deputy__in=known.values())
    have = set(seats.values_list("deputy__card_number", "body_code", "term"))
    named = set(Account.objects.filter(username__in=cards).values_list("username", flat=True))
    return _Roll(known, named, have)


def _against(actor: Actor, roll: _Roll, said: Elected) -> str | None:
    """Return what stands against a row that is well written, or None."""
    if not may_seat(actor, said.body):
        return f"哪级代表：{NOT_YOURS}"
    if said.card in roll.known:
        known = roll.known[said.card]
        return said_of_another(said.name, known.name) or _apart(known, said)
    if said.card in roll.new:
        return said_of_another(said.name, roll.new[said.card][0].name)
    return NAME_TAKEN if said.card in roll.usernames else None


def _apart(known: Deputy, said: Elected) -> str | None:
    """Return what stands against a seat of somebody who has become an administrator (三员分立)."""
    if known.account is None:
        return None
    try:
        check_apart(known.account, Role.DEPUTY, said.since)
    except Refused as refusal:
        return f"姓名：{refusal.message}"
    return None


def _add(roll: _Roll, said: Elected, brought: Brought) -> None:
    key = (said.card, said.body, said.term)
    if key in roll.have:
        brought.repeated += 1
        return
    roll.have.add(key)
    brought.taken += 1
    if said.card in roll.known:
        roll.seats.append((roll.known[said.card], _seat(said)))
    else:
        roll.new.setdefault(said.card, []).append(said)


def _person(seats: Sequence[Elected]) -> NewDeputy:
    who = seats[0]
    return NewDeputy(
        name=who.name,
        division_code=who.home,
        seats=tuple(_seat(one) for one in seats),
        sex=who.sex,
        born_year=who.born_year,
        occupation=who.occupation,
    )


def _seat(said: Elected) -> NewSeat:
    return NewSeat(said.level, said.body, said.term, said.constituency, said.since, said.until)
