"""The hall screen hears at once of what its own process writes; without the bell it looks by itself."""

from __future__ import annotations

from threading import Thread
from typing import Any

import pytest

from lianxin.meetings import bell
from tests.factories import forums as make
from tests.factories.cast import Cast


def test_the_bell_wakes_who_waits_and_nobody_waits_for_ever() -> None:
    assert bell.wait(0.01) is False
    heard: list[bool] = []
    waiting = Thread(target=lambda: heard.append(bell.wait(20)))
    waiting.start()
    while waiting.is_alive():
        bell.ring()
        waiting.join(0.01)
    assert heard == [True]


@pytest.mark.django_db
def test_a_row_of_the_ledger_rings_after_its_commit(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    forum = make.running(cast)
    with django_capture_on_commit_callbacks() as told:
        make.item(cast, forum)
    assert bell.ring in told
    with django_capture_on_commit_callbacks() as told:
        forum.refresh_from_db()
    assert told == []
