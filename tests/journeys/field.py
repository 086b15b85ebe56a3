"""What the journeys of 「下乡」 share: preparing a telephone, writing records, reading what lies on it."""

from __future__ import annotations

import io
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, expect

PIN = "482915"
FIELD = "/deputy/field"
READ_ALL = """async () => {
  const open = name => new Promise((done, fail) => {
    const asked = indexedDB.open(name);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  const words = [];
  const dig = what => {
    if (what instanceof ArrayBuffer || ArrayBuffer.isView(what))
      words.push(new TextDecoder().decode(what instanceof ArrayBuffer ? new Uint8Array(what) : what));
    else if (what instanceof CryptoKey) words.push("key:extractable=" + what.extractable);
    else if (what && typeof what === "object") Object.values(what).forEach(dig);
    else words.push(String(what));
  };
  const base = await open("lianxin-field");
  for (const box of base.objectStoreNames) {
    dig(await new Promise(done => {
      const asked = base.transaction(box).objectStore(box).getAll();
      asked.onsuccess = () => done(asked.result);
    }));
  }
  base.close();
  for (const name of await caches.keys()) {
    const box = await caches.open(name);
    for (const one of await box.keys()) words.push(await (await box.match(one)).text());
  }
  for (const key of Object.keys(localStorage)) words.push(localStorage[key]);
  return words.join("\\n");
}"""


def shown(page: Page, name: str) -> None:
    """Wait until a screen is shown."""
    page.wait_for_selector(f'[data-screen="{name}"]:not([hidden])')


def prepare(page: Page, pin: str = PIN) -> None:
    """Set a PIN and take the households along."""
    page.goto(f"{FIELD}#prepare")
    shown(page, "prepare")
    page.fill("#id_field_pin", pin)
    page.fill("#id_field_again", pin)
    page.click('[data-form="prepare"] button')
    shown(page, "home")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    wait_until(lambda: bool(page.evaluate("() => navigator.serviceWorker.controller !== null")))


def unlock(page: Page, pin: str = PIN) -> None:
    """Type the PIN."""
    shown(page, "unlock")
    page.fill("#id_unlock_pin", pin)
    page.click('[data-form="unlock"] button')


def told_of_wiping(page: Page) -> None:
    """Give the telephone its network back and wait until the platform knows; that answer renews a cookie."""
    with page.expect_response("**/wipe"):
        page.context.set_offline(False)


def photo(colour: int) -> dict[str, Any]:
    """Return a picture as large as a camera's, one of its kind."""
    made = io.BytesIO()
    Image.new("RGB", (1800, 1200), (colour % 256, (colour * 7) % 256, 90)).save(made, "JPEG")
    return {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}


def go(page: Page, name: str) -> None:
    """Go to a screen by its address, as a tab does."""
    page.evaluate("name => { location.hash = name; }", name)
    shown(page, name)


def write_diary(page: Page, title: str, text: str, photos: list[dict[str, Any]] | None = None) -> None:
    """Write one diary and keep it on the telephone."""
    go(page, "home")
    page.click('[data-new="diary"]')
    shown(page, "diary")
    page.fill("#id_diary_title", title)
    page.fill("#id_diary_text", text)
    if photos:
        page.set_input_files("#id_diary_photos", photos)
    page.click('[data-screen="diary"] .sticky-act .btn-primary')
    shown(page, "records")


def write_visit(page: Page, place: int, text: str, photos: list[dict[str, Any]] | None = None) -> None:
    """Write one visit to the household at `place` in the list."""
    go(page, "households")
    page.locator("[data-households] button").nth(place).click()
    shown(page, "visit")
    page.fill("#id_visit_text", text)
    if photos:
        page.set_input_files("#id_visit_photos", photos)
    page.click('[data-screen="visit"] .sticky-act .btn-primary')
    shown(page, "records")


def states(page: Page) -> list[str]:
    """Return the states of the records on the telephone."""
    go(page, "records")
    return page.eval_on_selector_all(
        "[data-records] [data-state]", "all => all.map(one => one.dataset.state)"
    )


def wait_states(page: Page, wanted: list[str]) -> None:
    """Wait until the list of records says exactly this; it is drawn once the records are opened."""
    wait_until(lambda: states(page) == wanted, seconds=15)


def wait_all_done(page: Page, count: int) -> None:
    """Wait until so many records are home and no photo is left."""
    done = page.locator("[data-records] [data-state=done]")
    wait_until(
        lambda: done.count() >= count and not page.locator("[data-records] [data-state=waiting]").count()
    )
    expect(page.locator("[data-sync-badge]:not([hidden])")).to_have_count(0)


def queried(data: Path, question: str, *values: str) -> list[tuple[Any, ...]]:
    """Ask the city's database."""
    with sqlite3.connect(f"file:{data / 'lianxin.sqlite3'}?mode=ro", uri=True) as base:
        return base.execute(question, values).fetchall()


def said(page: Page, words: str) -> None:
    """Wait until the page says the words to the deputy."""
    expect(page.locator("[data-say]").first).to_contain_text(words, timeout=30_000)


def wait_until(holds: Callable[[], bool], seconds: float = 60) -> None:
    """Ask again and again; the page's own policy forbids asking inside it by text."""
    last = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < last, "waited in vain"
        time.sleep(0.2)
