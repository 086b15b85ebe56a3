"""The accessibility check that every journey runs on the pages it passes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Page

from tests.journeys.reading import asked, settled

SOURCE = (Path(__file__).resolve().parents[1] / "vendor/axe.min.js").read_text()
LOOKS = ("light", "elder", "dark", "contrast")
"""All looks, the usual one first: there a page stands already."""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"type": "tag", "values": TAGS}
CHECK = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
THERE = "typeof axe === 'object'"
TRIES = 5
STILL_THERE = "window.examined === true"
SET_LOOK = """([theme, elder]) => {
  document.documentElement.dataset.theme = theme;
  document.documentElement.toggleAttribute("data-elder", elder);
}"""
LOOK_NOW = """() => {
  const page = document.documentElement;
  return page.hasAttribute("data-elder") ? "elder" : page.dataset.theme;
}"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll("main *")].filter(
  one => [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())
).map(one => parseFloat(getComputedStyle(one).fontSize)))"""
"""The smallest letters of a page, for screens that are read from afar."""


def look_chosen(page: Page, look: str) -> None:
    """Choose a look for the pages to come, as the page's own buttons do: by cookie."""
    where = "/".join(page.url.split("/")[:3])
    chosen = {"theme": "light" if look == "elder" else look, "elder": "1" if look == "elder" else "0"}
    page.context.add_cookies([{"name": name, "value": value, "url": where} for name, value in chosen.items()])


def look_loaded(page: Page, look: str) -> None:
    """Ask the server for the page in a look; a page that already stands in it is not asked for again."""
    page.wait_for_load_state()
    page.locator("main").wait_for()
    look_chosen(page, look)
    if page.evaluate(LOOK_NOW) != look:
        page.goto(page.url)


def look_set(page: Page, look: str) -> None:
    """Change the two attributes that the server would write, and nothing else."""
    page.evaluate(SET_LOOK, ["light" if look == "elder" else look, look == "elder"])


def problems(page: Page) -> list[str]:
    """Return the violations on the page as it stands."""
    if not page.evaluate(THERE):
        page.evaluate(SOURCE)
    found: dict[str, Any] = page.evaluate(CHECK, RULES)
    return [
        f"{one['id']}: {one['help']} – {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for one in found["violations"]
        for node in one["nodes"][:4]
    ]


def _examined(page: Page, look: str, *, again: bool) -> list[str] | None:
    """Return the violations in a look, or nothing if the page was replaced by another one meanwhile."""
    settled(page)
    try:
        (look_loaded if again else look_set)(page, look)
        settled(page)
        found = problems(page)
    except Error:
        if asked(page, STILL_THERE):
            raise
        return None
    return found if asked(page, STILL_THERE) else None


def axe_clean(page: Page, look: str, *, again: bool = True) -> None:
    """Assert that the page has no violation of any rule in a look, as the server serves it in that look.

    `again=False` keeps the page as it stands (an answer to a form, an opened sheet): there the look
    is put on in place.
    """
    for _ in range(TRIES):
        if (found := _examined(page, look, again=again)) is not None:
            assert not found, f"{page.url} in {look}:\n" + "\n".join(found)
            return
    raise AssertionError(f"{page.url} was replaced {TRIES} times while it was examined")


def axe_clean_in_all_looks(page: Page, *, again: bool = True) -> None:
    """Assert that the page has no violation in any look, and leave it in light, as it was found."""
    for look in LOOKS:
        axe_clean(page, look, again=again)
    look_set(page, "light")
    look_chosen(page, "light")
