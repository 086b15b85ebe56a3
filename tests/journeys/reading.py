"""Reading a page as a person does: one looks until the words are there, a page may still be on its way."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Error, Locator, Page, expect

STANDS = """() => {
  if (document.readyState !== "complete" || !document.body) return false;
  return window.examined = true;
}"""
FITS = "document.documentElement.scrollWidth <= window.innerWidth"


def asked(page: Page, question: str) -> bool:
    """Ask a page; a page that is just being replaced by the next one answers no."""
    try:
        return bool(page.evaluate(question))
    except Error:
        return False


def settled(page: Page) -> None:
    """Wait until a page stands whole; a click may return before the page it leads to has come."""
    last = time.monotonic() + 15
    page.wait_for_load_state()
    while not asked(page, STANDS):
        assert time.monotonic() < last, f"{page.url} did not come to stand"
        page.wait_for_timeout(50)


def sees(page: Page, where: str, words: str) -> None:
    """Wait until the words can be read at the first place that a selector finds."""
    expect(page.locator(where).first).to_contain_text(words, use_inner_text=True)


def sees_not(page: Page, where: str, words: str) -> None:
    """Assert that the words cannot be read there; read first something that only this page says."""
    expect(page.locator(where).first).not_to_contain_text(words, use_inner_text=True)


def reads(page: Page, pattern: str | re.Pattern[str], where: str = "main") -> re.Match[str]:
    """Wait until something of this form can be read, and return it."""
    place = page.locator(where).first
    expect(place).to_contain_text(re.compile(pattern), use_inner_text=True)
    found = re.search(pattern, place.inner_text())
    assert found, f"{pattern} was there and is gone"
    return found


def leads(page: Page, button: Locator | str) -> None:
    """Press what leads to another page, and wait until that page stands: the old one is read otherwise."""
    with page.expect_navigation():
        (page.locator(button) if isinstance(button, str) else button).click()


def fits(page: Page) -> None:
    """Assert that nothing is to be scrolled sideways."""
    settled(page)
    assert page.evaluate(FITS), f"{page.url} is wider than {page.viewport_size}"
