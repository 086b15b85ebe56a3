"""Every address × every role × own and other region, against one explicit table.

`expectations/*.json` names, for each address and method, who may pass with a matter of the own
region and with one of another region. An address that is not in the table fails the test. What may be
sent here must be sent elsewhere too, unless its entry says under "nowhere" why it has no place.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.distribution import apart
from tests.factories.cast import Cast
from tests.permissions.doors import client_of, doors, meet
from tests.permissions.world import PEOPLE, build
from tests.permissions.worlds import body_of, parameters

FOLDER = Path(__file__).parent / "expectations"


Entries = dict[str, dict[str, Any]]


def read_tables() -> dict[str, Entries]:
    """Return the table of each file; an address stands in one file only."""
    tables: dict[str, Entries] = {}
    for file in sorted(FOLDER.glob("*.json")):
        part = json.loads(file.read_text())
        known = {route for table in tables.values() for route in table}
        assert not set(part) & known, f"{file.name} repeats {set(part) & known}"
        tables[file.stem] = part
    return tables


TABLES = read_tables()
TABLE: Entries = {route: entry for table in TABLES.values() for route, entry in table.items()}
EVERYBODY = "everybody"
NOWHERE = "nowhere"
ASK_ELSEWHERE = """
Somebody may send something to these addresses, and nobody has asked what happens when it is about another
region. Give the entry "POST other" with who may do it there: the braces are filled by `parameters` of
world_<room>.py, and where the form names the place, `BODIES` and `BODIES_ELSEWHERE` there say what is sent.
Only where nothing that is sent can name a place, say why instead: "nowhere": "always the own village".
"""


def expected(route: str, asked: str) -> set[str]:
    """Return who may pass; `everybody` stands for all people of the matrix."""
    named = TABLE[route].get(asked, [])
    return set(PEOPLE) if named == [EVERYBODY] else set(named)


def _asking(may: set[str]) -> Sequence[str]:
    """Return who asks: all people; where all may, a stranger and a department stand for them.

    On PostgreSQL those who may and a stranger: it is there to see the answers, not the refusals again.
    """
    if may == set(PEOPLE):
        return PEOPLE[:2]
    return PEOPLE if connection.vendor == "sqlite" else sorted(may | {"anonymous"})


def test_every_address_has_an_entry() -> None:
    known = {door.route for door in doors()}
    assert known - set(TABLE) == set(), "say in expectations/<room>.json who may pass"
    assert set(TABLE) - known == set(), "addresses that are gone"


def test_what_can_be_sent_here_is_sent_elsewhere_too() -> None:
    sent = {route: entry for route, entry in TABLE.items() if entry.get("POST own")}
    unasked = [route for route, entry in sent.items() if "POST other" not in entry and NOWHERE not in entry]
    assert not unasked, ASK_ELSEWHERE + "\n".join(unasked)
    assert len([route for route, entry in sent.items() if "POST other" in entry]) > 70


def test_what_has_no_place_says_why_and_names_no_row() -> None:
    free = {route: entry for route, entry in TABLE.items() if NOWHERE in entry}
    assert all(len(entry[NOWHERE]) > 10 and "POST other" not in entry for entry in free.values())
    assert [
        route for route in free if "pk>" in route or "code>" in route or "POST own" not in free[route]
    ] == []


@pytest.mark.parametrize("room", [apart(name, f"matrix-{name}") for name in TABLES])
def test_every_person_meets_what_the_table_says(cast: Cast, room: str) -> None:
    world = build(cast)
    clients = {who: client_of(cast, who) for who in PEOPLE}
    wrong: list[str] = []
    for door in [one for one in doors() if one.route in TABLES[room]]:
        for asked in [one for one in TABLE[door.route] if one != NOWHERE]:
            method, where = asked.split()
            address = door.address(parameters(world, cast, where, door.route))
            may = expected(door.route, asked)
            for who in _asking(may):
                said = meet(clients[who], method, address, body_of(door.route, where))
                if (said == "in") != (who in may):
                    wrong.append(f"{who} {asked} /{door.route}: {said}")
    assert not wrong, "\n".join(wrong)
