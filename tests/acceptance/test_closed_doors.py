"""The refused twin of each claim that shows something: who may not, by which door, and what he meets."""

from __future__ import annotations

from typing import Any

import pytest

from tests.acceptance.conftest import TOWN, Doors

OTHER_TOWN = "610981103000"
CLOSED: list[tuple[str, str, str, str, int]] = [
    ("S2", "", "POST", "/321", 405),
    ("S28", "office", "POST", "/administration/parameters", 403),
    ("S30", "clerk", "GET", "/office/pairing/relations?kind=member_household", 403),
    ("S32", "keeper", "GET", "/office/pairing/quotas", 403),
    ("S35", "deputy_town", "GET", "/office/pairing", 403),
    ("S41", "keeper", "POST", "/deputy/pledges", 403),
    ("S47", "office", "POST", "/administration/duties/new", 403),
    ("S48", "clerk", "GET", "/office/duties", 403),
    ("S49", "grid", "POST", "/deputy/note/field_diary", 403),
    ("S52", "deputy_town", "GET", "/office/activities/new", 403),
    ("S53", "deputy_city", "POST", f"/office/groups/proposals/{TOWN}", 403),
    ("S53", "presidium", "GET", f"/office/groups/proposals/{OTHER_TOWN}", 403),
    ("S54", "deputy_town", "GET", "/station/standards/113/ten_haves", 403),
    ("S55", "clerk", "GET", "/station/room?station=113", 403),
    ("S69", "clerk", "GET", "/office/activities", 403),
    ("S70", "deputy_city", "GET", "/station/rota?station=113", 403),
    ("S73", "keeper", "GET", "/station/room?station=103", 404),
    ("S80", "presidium", "GET", f"/office/pairing/chain?town={OTHER_TOWN}", 403),
    ("S85", "deputy_town", "POST", "/station/network?station=113", 403),
    ("S89", "keeper", "GET", "/station/network?station=103", 404),
    ("S90", "clerk", "GET", "/office/duties/online", 403),
    ("S90a", "clerk", "GET", "/office/circulars", 403),
]


@pytest.mark.parametrize(
    ("who", "method", "address", "status"),
    [
        pytest.param(*row, marks=pytest.mark.acceptance(claim), id=f"{claim}-{row[0]}")
        for claim, *row in CLOSED
    ],
)
def test_who_may_not_meets_a_closed_door(
    doors: Doors, who: str, method: str, address: str, status: int
) -> None:
    assert doors.page(who).generic(method, address).status_code == status


@pytest.mark.acceptance("S84")
def test_nobody_opens_a_households_telephone_but_its_contact_person(doors: Doors) -> None:
    found: Any = doors.page("deputy_town").get("/deputy/households").content.decode()
    pair = found[found.index("/deputy/households/") :].split('"')[0]
    for who, status in (("deputy_city", 404), ("office", 403), ("", 302)):
        assert doors.page(who).post(f"{pair}/open", {"purpose": "visit"}).status_code == status
