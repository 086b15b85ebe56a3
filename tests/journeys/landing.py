"""Whoever presses waits for the page that his press leads to, as a person does.

Playwright returns from a click before the next page has come. A second press would then fall on the old page and
take the first one back: a form sent by the first press is lost. So each press here waits until its page stands.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Error, Locator, Page

LEAVES = """(() => {
  window.leaving = false;
  const leaves = (event) => { if (!event.defaultPrevented) window.leaving = true; };
  const leads = (link) => link && !link.target && !link.hasAttribute("download")
    && link.origin === location.origin && link.href.split("#")[0] !== location.href.split("#")[0];
  window.addEventListener("submit", (event) => { if (!event.target.target) leaves(event); });
  window.addEventListener("click", (event) => {
    if (event.target.closest && leads(event.target.closest("a[href]"))) leaves(event);
  });
})()"""
"""Said before any script of a page: notes that a form is being sent or a link is being followed."""
PATIENCE_SECONDS = 12.0
"""A press that only saves a file leaves its page where it is: after so long it is left alone."""


def watch(context: BrowserContext) -> None:
    """Let every page of a browser note when it is being left."""
    context.add_init_script(LEAVES)


def landed(page: Page) -> None:
    """Wait until the page that a press leads to has come; at once where it leads nowhere."""
    last = time.monotonic() + PATIENCE_SECONDS
    while not page.is_closed() and _is_leaving(page) and time.monotonic() < last:
        page.wait_for_timeout(20)


def _is_leaving(page: Page) -> bool:
    """Say whether the old page still stands, or no page stands for a moment."""
    try:
        return bool(page.evaluate("window.leaving === true"))
    except Error:
        return True


def _patient(press: Callable[..., None], page_of: Callable[[Any], Page]) -> Callable[..., None]:
    def pressed(self: Any, *words: Any, **more: Any) -> None:
        press(self, *words, **more)
        landed(page_of(self))

    return pressed


def presses_wait() -> None:
    """Let clicks and taps of pages and places wait for where they lead."""
    for name in ("click", "tap"):
        setattr(Page, name, _patient(getattr(Page, name), lambda page: page))
        setattr(Locator, name, _patient(getattr(Locator, name), lambda place: place.page))
