"""Every page that needs no matter of its own, in every look; the journeys check the pages of matters they pass."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.journeys.axe import axe_clean_in_all_looks
from tests.journeys.conftest import DESKTOP, PHONE

RESIDENT = [
    "/",
    "/login",
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
OTHERS = {
    "grid": ["/station/grid", "/desk", "/menu"],
    "deputy_town": ["/deputy/opinions", "/deputy/promises", "/deputy/more", "/tour", "/password"],
    "presidium": ["/office/topics", "/unit/board", "/office/promises"],
    "oversight": ["/desk", "/office/suggestions"],
    "clerk": ["/unit/promises", "/search?q=路灯", "/notices", "/institutions"],
    "admin": ["/administration", "/administration/accounts", "/administration/accounts/new",
              "/administration/outbox"],
    "security": ["/administration/parameters", "/administration/calendar"],
    "auditor": ["/administration/audit", "/administration/reads"],
}  # fmt: skip
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


@pytest.mark.parametrize("who", OTHERS)
def test_pages_of_the_others(opens, sign_in, who: str) -> None:
    page: Page = sign_in(opens(PHONE if who in {"grid", "deputy_town"} else DESKTOP), who)
    for path in OTHERS[who]:
        answer = page.goto(path)
        assert answer and answer.status == 200, path
        axe_clean_in_all_looks(page)
