"""Every address × every role × own and other region, against one explicit table.

`expectations/*.json` names, for each address and method, who may pass with a matter of the own
region and with one of another region. An address that is not in the table fails the test.
"""

from __future__ import annotations

import json
from pathlib import Path

from tests.factories.cast import Cast
from tests.permissions.doors import client_of, doors, meet
from tests.permissions.world import BODIES_ELSEWHERE, PEOPLE, body_of, build
from tests.permissions.worlds import parameters

FOLDER = Path(__file__).parent / "expectations"


def read_table() -> dict[str, dict[str, list[str]]]:
    """Return the table of all rooms; an address stands in one file only."""
    table: dict[str, dict[str, list[str]]] = {}
    for file in sorted(FOLDER.glob("*.json")):
        part = json.loads(file.read_text())
        assert not set(part) & set(table), f"{file.name} repeats {set(part) & set(table)}"
        table |= part
    return table


TABLE = read_table()
EVERYBODY = "everybody"


def expected(route: str, asked: str) -> set[str]:
    """Return who may pass; `everybody` stands for all people of the matrix."""
    named = TABLE[route].get(asked, [])
    return set(PEOPLE) if named == [EVERYBODY] else set(named)


def about_a_place(route: str) -> bool:
    """Say whether an address, or what is sent there, names a thing that lies somewhere."""
    return "pk>" in route or "code>" in route or route in BODIES_ELSEWHERE


def test_every_address_has_an_entry() -> None:
    known = {door.route for door in doors()}
    assert known - set(TABLE) == set(), "say in expectations/<room>.json who may pass"
    assert set(TABLE) - known == set(), "addresses that are gone"


def test_what_can_be_done_here_is_asked_elsewhere_too() -> None:
    table = json.loads((FOLDER / "closed_loop.json").read_text())
    here = {route for route in table if about_a_place(route) and "POST own" in table[route]}
    assert [route for route in here if "POST other" not in table[route]] == []
    assert len(here) > 25


def test_every_person_meets_what_the_table_says(cast: Cast) -> None:
    world = build(cast)
    clients = {who: client_of(cast, who) for who in PEOPLE}
    wrong: list[str] = []
    for door in doors():
        for asked in TABLE[door.route]:
            method, where = asked.split()
            address = door.address(parameters(world, cast, where, door.route))
            may = expected(door.route, asked)
            # Where everybody may, a stranger and a department stand for all: one guard, nothing to tell them apart.
            for who in PEOPLE[:2] if may == set(PEOPLE) else PEOPLE:
                said = meet(clients[who], method, address, body_of(door.route, where))
                if (said == "in") != (who in may):
                    wrong.append(f"{who} {asked} /{door.route}: {said}")
    assert not wrong, "\n".join(wrong)
