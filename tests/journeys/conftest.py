"""Real browsers on a real city. Every page must keep the strict content policy and raise no script error."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.journeys.city import City, city_served
from tests.journeys.landing import presses_wait, watch
from tests.journeys.standing import told

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium") or "/usr/bin/chromium"
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
SIZES = {"phone": PHONE, "desktop": DESKTOP}
Opens = Callable[..., Page]
presses_wait()
expect.set_options(timeout=15_000)  # two browsers, two servers and their workers share two cores
STANDING = pytest.StashKey[tuple[list[Page], City]]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here as a journey."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tell with a failure how the pages stood; they are closed right after."""
    report = yield
    if report.when == "call" and report.failed and STANDING in item.stash:
        report.sections.append(("pages as they stood", told(*item.stash[STANDING])))
    return report


def folder_of(factory: pytest.TempPathFactory, worker_id: str) -> tuple[Path, Path]:
    """Return the folder that all test processes share, and the one of this process."""
    base = factory.getbasetemp()
    return (base if worker_id == "master" else base.parent), base


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[City]:
    """Serve a small demo city of this test process's own."""
    shared, own = folder_of(tmp_path_factory, worker_id)
    with city_served(shared, own / "city") as served:
        yield served


def city_apart(name: str) -> Any:
    """Return a fixture that serves a city to one module alone, whose journeys change what others count on."""

    @pytest.fixture(scope="module", name="city")
    def apart(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[City]:
        shared, own = folder_of(tmp_path_factory, worker_id)
        with city_served(shared, own / f"city-{name}") as served:
            yield served

    return apart


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium once."""
    with sync_playwright() as play:
        opened = play.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
            ],
        )
        yield opened
        opened.close()


@pytest.fixture
def opens(browser: Browser, city: City, request: pytest.FixtureRequest) -> Iterator[Opens]:
    """Return a function that opens a page in a browser of its own: `opens(PHONE, java_script_enabled=False)`."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []
    pages: list[Page] = []
    request.node.stash[STANDING] = (pages, city)

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            complaints.append(message.text)

    surroundings: dict[str, Any] = {"base_url": city.url, "locale": "zh-CN", "reduced_motion": "reduce"}

    def open_page(size: dict[str, Any] | None = None, **more: Any) -> Page:
        context = browser.new_context(**surroundings, **(size or PHONE), **more)
        context.set_default_timeout(15_000)
        watch(context)
        contexts.append(context)
        page = context.new_page()
        pages.append(page)
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints, complaints


@pytest.fixture
def phone(opens: Opens) -> Page:
    """Return a page on a phone, 390×844 with touch."""
    return opens(PHONE)


@pytest.fixture
def desktop(opens: Opens) -> Page:
    """Return a page on a desktop screen, 1440×900."""
    return opens(DESKTOP)


@pytest.fixture(params=["phone", "desktop"])
def page(request: pytest.FixtureRequest, opens: Opens) -> Page:
    """Return a page on a phone, then once more on a desktop screen."""
    return opens(SIZES[request.param])


@pytest.fixture(params=["phone", "desktop"])
def no_js(request: pytest.FixtureRequest, opens: Opens) -> Page:
    """Return a page without JavaScript, on a phone and on a desktop screen."""
    return opens(SIZES[request.param], java_script_enabled=False)


def type_password(page: Page, city: City, username: str) -> None:
    """Sign in by the form, as a person does."""
    page.context.clear_cookies(name="sessionid")  # a request on its way must find the token that it knows
    page.goto("/login")
    page.fill("#id_username", username)
    page.fill("#id_password", city.password)
    page.click("main form button.btn-primary")
    page.wait_for_url(lambda url: not url.endswith("/login"))


@pytest.fixture
def sign_in(city: City) -> Callable[[Page, str], Page]:
    """Return a function that opens the desk of a demo account: `sign_in(page, "keeper")`."""

    def enter(page: Page, username: str) -> Page:
        if username in city.sessions:
            page.context.clear_cookies()
            page.context.add_cookies(city.sessions[username])
            page.goto("/desk")
        else:
            type_password(page, city, username)
            city.sessions[username] = page.context.cookies()
        return page

    return enter
