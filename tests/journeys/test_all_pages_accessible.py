"""Every page of residents, keepers and grid workers, in every look, on a phone and on a desktop screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.journeys.axe import axe_clean_in_all_looks
from tests.journeys.conftest import DESKTOP, PHONE

RESIDENT = [
    "/",
    "/1/t",
    "/progress",
    "/stations",
    "/deputies",
    "/results",
    "/help",
    "/about",
    "/privacy",
    "/components",
    "/113/",
]
STATION = [
    "/station/opinions",
    "/station/new",
    "/station/batch",
    "/station/calls",
    "/station/prints",
    "/station/topics",
]
BOTH = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])


@BOTH
def test_residents_pages(opens, size: dict[str, object]) -> None:
    page: Page = opens(size)
    for path in RESIDENT:
        answer = page.goto(path)
        assert answer and answer.status == 200, path
        axe_clean_in_all_looks(page)


@BOTH
def test_keepers_pages(opens, sign_in, size: dict[str, object]) -> None:
    page: Page = sign_in(opens(size), "keeper")
    for path in STATION:
        answer = page.goto(path)
        assert answer and answer.status == 200, path
        axe_clean_in_all_looks(page)
    page.goto("/station/opinions")
    page.goto(page.get_attribute(".list li a", "href") or "")
    axe_clean_in_all_looks(page)


def test_grid_workers_page(opens, sign_in) -> None:
    page: Page = sign_in(opens(PHONE), "grid")
    page.goto("/station/grid")
    axe_clean_in_all_looks(page)
