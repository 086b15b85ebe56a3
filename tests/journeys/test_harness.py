"""The harness itself: the city answers, accounts enter, the check for accessibility can fail."""

from __future__ import annotations

from time import monotonic

import pytest
from playwright.sync_api import Page

from tests.journeys.axe import (
    LOOK_NOW,
    LOOKS,
    axe_clean,
    axe_clean_in_all_looks,
    look_loaded,
    look_set,
    problems,
)
from tests.journeys.city import City
from tests.journeys.conftest import type_password


def test_city_is_served_and_marked_as_demo(phone: Page) -> None:
    answer = phone.goto("/")
    assert answer and answer.status == 200
    assert "演示数据" in phone.inner_text("body")


@pytest.mark.parametrize("who", ["keeper", "grid"])
def test_demo_account_enters(desktop: Page, city: City, who: str) -> None:
    type_password(desktop, city, who)
    assert desktop.url.endswith("/desk")


def test_axe_sees_a_field_without_a_label(phone: Page) -> None:
    phone.goto("/")
    axe_clean(phone, "light")
    phone.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<input type=text>')")
    assert any(found.startswith("label") for found in problems(phone))


@pytest.mark.parametrize("look", LOOKS)
def test_a_look_comes_from_the_server(phone: Page, look: str) -> None:
    phone.goto("/")
    look_loaded(phone, look)
    answer = phone.request.get("/")
    written = "data-elder>" in answer.text() if look == "elder" else f'data-theme="{look}"' in answer.text()
    assert written and phone.evaluate(LOOK_NOW) == look


@pytest.mark.parametrize("look", LOOKS)
def test_every_rule_is_asked_in_every_look(phone: Page, look: str) -> None:
    phone.goto("/")
    axe_clean(phone, look)
    phone.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<input type=text>')")
    with pytest.raises(AssertionError, match="label"):
        axe_clean(phone, look, again=False)


def test_axe_sees_pale_words_in_a_dark_page(phone: Page) -> None:
    phone.goto("/")
    axe_clean(phone, "dark")
    phone.evaluate("document.querySelector('main p').style.color = '#2a2f33'")
    assert any(found.startswith("color-contrast") for found in problems(phone))
    phone.evaluate("document.querySelector('main p').style.color = ''")
    look_set(phone, "light")
    assert not problems(phone)


def test_a_page_that_leaves_while_it_is_examined_is_left_for_the_next_one(phone: Page) -> None:
    phone.goto("/")
    phone.evaluate("() => { setTimeout(() => { location.href = '/help'; }, 150); }")
    axe_clean_in_all_looks(phone, again=False)
    assert phone.url.endswith("/help")


def test_the_next_page_is_examined_and_not_the_one_that_leaves(phone: Page) -> None:
    phone.goto("/")
    phone.evaluate("""() => {
      document.querySelector('main').insertAdjacentHTML('beforeend', '<input type=text>');
      setTimeout(() => { location.href = '/help'; });
    }""")
    axe_clean(phone, "light", again=False)


def test_a_press_waits_for_its_page_and_a_press_that_leads_nowhere_does_not(phone: Page) -> None:
    phone.goto("/")
    phone.get_by_role("link", name="查进度").first.click()
    assert phone.url.endswith("/progress") and phone.evaluate("window.leaving") is False
    began = monotonic()
    phone.locator("h1").first.click()
    assert monotonic() - began < 5
    phone.evaluate(
        "document.querySelector('main').insertAdjacentHTML('afterbegin', '<form action=\"/\"><button>去</button></form>')"
    )
    phone.get_by_role("button", name="去", exact=True).click()
    assert phone.url.rstrip("?/").count("/") == 2
