"""The harness itself: the city answers, accounts enter, the check for accessibility can fail."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.journeys.axe import COLOUR_RULES, axe_clean, look_set, problems
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


def test_axe_sees_pale_words_in_a_look_put_on_in_place(phone: Page) -> None:
    phone.goto("/")
    axe_clean(phone, "dark")
    phone.evaluate("document.querySelector('main p').style.color = '#2a2f33'")
    assert any(found.startswith("color-contrast") for found in problems(phone, COLOUR_RULES))
    phone.evaluate("document.querySelector('main p').style.color = ''")
    look_set(phone, "light")
    assert not problems(phone)
