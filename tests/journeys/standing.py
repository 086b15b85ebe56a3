"""How the pages stood when a journey failed: without it a failure on another machine tells a place and no cause."""

from __future__ import annotations

from playwright.sync_api import Error, Page

from tests.journeys.city import City

LETTERS = 1_500
"""Letters of a page and of a log that are kept; a journey has up to seven pages."""


def page_told(page: Page) -> str:
    """Return where a page is, and what can be read there."""
    try:
        words = page.locator("main, body").first.inner_text(timeout=2_000)
        return f"{page.url}\n{words[:LETTERS]}"
    except Error as refused:
        return f"{page.url}\ncould not be read: {refused.message[:200]}"


def told(pages: list[Page], city: City) -> str:
    """Return all open pages of a journey and the end of what its server and worker wrote."""
    open_ones = [page_told(page) for page in pages if not page.is_closed()]
    return "\n\n".join([*open_ones, f"written by the city:\n{city.log()[-LETTERS:]}"])
