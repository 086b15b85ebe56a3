"""The accessibility check that every journey runs on the pages it passes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = (Path(__file__).resolve().parents[1] / "vendor/axe.min.js").read_text()
SETTLED = 250
"""Milliseconds after which colours that change slowly have changed."""
LOOKS = ("light", "dark", "contrast", "elder")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHECK = "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})"
SET_LOOK = """([theme, elder]) => {
  document.documentElement.dataset.theme = theme;
  document.documentElement.toggleAttribute("data-elder", elder);
}"""


def look_chosen(page: Page, look: str) -> None:
    """Choose a look for the pages to come, as the page's own buttons do: by cookie."""
    where = "/".join(page.url.split("/")[:3])
    chosen = {"theme": "light" if look == "elder" else look, "elder": "1" if look == "elder" else "0"}
    page.context.add_cookies([{"name": name, "value": value, "url": where} for name, value in chosen.items()])


def problems(page: Page) -> list[str]:
    """Return the violations on the page as it stands."""
    page.evaluate(SOURCE)
    found: dict[str, Any] = page.evaluate(CHECK, TAGS)
    return [
        f"{one['id']}: {one['help']} – {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for one in found["violations"]
        for node in one["nodes"][:4]
    ]


def axe_clean(page: Page, look: str, *, again: bool = True) -> None:
    """Assert that the page has no violation in a look.

    `again=False` keeps the page as it stands (an answer to a form, an opened sheet) and only
    changes the two attributes that the server would write.
    """
    if again:
        look_chosen(page, look)
        page.goto(page.url)
    else:
        page.evaluate(SET_LOOK, ["light" if look == "elder" else look, look == "elder"])
        page.wait_for_timeout(SETTLED)
    found = problems(page)
    assert not found, f"{page.url} in {look}:\n" + "\n".join(found)


def axe_clean_in_all_looks(page: Page, *, again: bool = True) -> None:
    """Assert that the page has no violation in any look, and put it back to light."""
    for look in LOOKS:
        axe_clean(page, look, again=again)
    if again:
        look_chosen(page, "light")
    else:
        page.evaluate(SET_LOOK, ["light", False])
