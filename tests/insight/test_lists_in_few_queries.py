"""Pages behind the menus cost a small, fixed number of queries, signing in and the menu included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lianxin.common.ids import uuid7
from lianxin.opinions.models import Opinion, Support
from lianxin.web.menus import menu_of
from tests.factories.cast import Cast
from tests.factories.opinions import recorded
from tests.factories.suggestions import registered
from tests.insight.test_homes import lived
from tests.web.pages import entered

DESKS = ("keeper", "presidium", "office", "leader", "village", "clerk", "head", "oversight", "admin")
MOST = 15
MORE = {
    "/office/report": 170,
    "/station/opinions": 27,
    "/office/terms": 18,
    "/station/room": 18,
}
"""A whole year in figures, and three pages that put several lists side by side; none grows with its rows."""


def asked(client: Client, address: str) -> int:
    """Return how many queries a page takes once what never changes is remembered."""
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(address)
    assert answer.status_code in {200, 302}, address
    return len(seen)


def entries(cast: Cast, who: str) -> Iterator[str]:
    """Yield the addresses of a person's menu."""
    for job in menu_of(getattr(cast, who)):
        yield from (link for _label, link, _icon in job.entries)


def test_every_entry_of_a_menu_asks_few_times(cast: Cast) -> None:
    lived(cast)
    over = {}
    for who in DESKS:
        client = entered(cast, who)
        for address in entries(cast, who):
            number = asked(client, address)
            if number > MORE.get(address.partition("?")[0], MOST):
                over[f"{who} {address}"] = number
    assert not over


def _published(cast: Cast, words: str, pressed: int) -> None:
    row = recorded(cast, words)
    Opinion.objects.filter(pk=row.pk).update(visibility="public", may_publish=True)
    for _ in range(pressed):
        Support.objects.create(opinion=row, token_hash=uuid7().hex)


@pytest.mark.parametrize("address", ["/", "/results?kind=opinions"])
def test_results_ask_the_same_however_many_there_are(cast: Cast, address: str) -> None:
    _published(cast, "三组路灯坏了，晚上看不见", 2)
    before: Any = asked(Client(), address)
    for words, pressed in (("村口公交站没有雨棚", 0), ("小学门前没有斑马线", 12)):
        _published(cast, words, pressed)
    assert asked(Client(), address) == before <= MOST


def test_units_to_hand_a_matter_to_are_read_at_once(cast: Cast) -> None:
    office, row = entered(cast, "office"), registered(cast)
    assert asked(office, f"/office/suggestions/{row.pk}/assign") <= 28


def test_households_and_their_answers_ask_few_times(cast: Cast) -> None:
    keeper = entered(cast, "keeper")
    for tab in ("unasked", "agree", "deputies"):
        assert asked(keeper, f"/office/pairing/consents?tab={tab}") <= MOST, tab
