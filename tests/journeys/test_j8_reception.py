"""J8: a station day — plan, sign-in, queue, register with signatures, receipt, summary; what goes wrong."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.axe import axe_clean_in_all_looks
from tests.journeys.conftest import DESKTOP, PHONE, Opens

CODE = re.compile(r"XY-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}")
Enter = Callable[[Page, str], Page]


@pytest.fixture
def keeper(opens: Opens, sign_in: Enter) -> Page:
    """Return the keeper's desk."""
    return sign_in(opens(DESKTOP), "keeper")


def today(page: Page) -> str:
    """Open the reception day that is nearest ahead; return its address."""
    page.goto("/station/room?station=113")
    link = page.locator("a[href^='/station/days/']").first.get_attribute("href")
    assert link
    page.goto(link)
    return link


def needs_today(page: Page) -> str:
    """Return today's reception day; on a weekend or holiday nobody receives."""
    link = today(page)
    if "今日接待" not in page.inner_text("h1"):
        pytest.skip("no reception day today: weekends and holidays move to the next working day")
    return link


def sign(page: Page, place: int) -> None:
    """Draw a line on a signature pad, as a finger does."""
    sheet = page.locator("[data-pad] canvas").nth(place)
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    assert box
    page.mouse.move(box["x"] + 30, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 90, steps=6)
    page.mouse.move(box["x"] + 200, box["y"] + 30, steps=6)
    page.mouse.up()


def fill(page: Page, text: str) -> None:
    page.fill("#id_text", text)
    page.select_option("#id_deputy", index=1)
    page.check("input[name=outcome][value=answered]")
    page.fill("#id_words", "镇上这周派人来看，看了给您回话。")


def send(page: Page) -> None:
    page.click("main form button.btn-primary.btn-lg")
    page.wait_for_load_state()


def test_the_keeper_plans_a_month_and_publishes(keeper: Page) -> None:
    keeper.goto("/station/rota?station=113")
    for _ in range(3):
        keeper.click("text=下月")
    keeper.click("main form[method=post] >> text=自动排班")
    keeper.wait_for_load_state()
    assert "还是草稿" in keeper.inner_text("main")
    assert keeper.locator(".month-slot").count() >= 3
    axe_clean_in_all_looks(keeper)
    keeper.click("main >> text=发布 >> nth=-1")
    keeper.wait_for_load_state()
    assert "发布了" in keeper.inner_text("main")
    assert "还是草稿" not in keeper.inner_text("main")


def test_the_public_page_and_calendar_name_the_deputies(phone: Page, keeper: Page) -> None:
    today(keeper)
    name = keeper.locator(".turn-who b").first.inner_text()
    phone.goto("/113/")
    assert name in phone.inner_text("main")
    axe_clean_in_all_looks(phone)
    feed = phone.request.get("/stations/113/receptions.ics")
    assert "BEGIN:VEVENT" in feed.text()


def test_the_door_shows_a_code_that_changes(keeper: Page) -> None:
    link = needs_today(keeper)
    keeper.goto(f"{link}/door")
    first = keeper.inner_text(".door-code")
    assert re.fullmatch(r"\d{6}", first)
    keeper.wait_for_function(
        "old => document.querySelector('.door-code').textContent !== old", arg=first, timeout=40_000
    )


def test_a_visitor_is_registered_with_two_signatures_and_gets_a_code(keeper: Page) -> None:
    link = needs_today(keeper)
    keeper.click("text=取一个号")
    keeper.locator(".queue button").first.click()
    keeper.click(".queue-now >> text=登记")
    fill(keeper, "三组到小学的便道塌了一截，孩子要绕路走")
    sign(keeper, 0)
    sign(keeper, 1)
    assert keeper.is_checked("input[name=confirmed][value=finger]"), "signing chooses the way of confirming"
    send(keeper)
    code = keeper.get_attribute("[data-code]", "data-code") or ""
    assert CODE.fullmatch(code)
    assert "打印回执" in keeper.inner_text("main")
    receipt = keeper.request.get("/papers/receipt.pdf")
    assert receipt.body().startswith(b"%PDF")
    keeper.goto(link)
    assert "当场解答" in keeper.inner_text("main")


def test_failure_printer_missing_the_big_code_is_on_the_screen(opens: Opens, sign_in: Enter) -> None:
    tablet = sign_in(opens(PHONE), "keeper")
    link = needs_today(tablet)
    tablet.goto(f"{link}/register")
    fill(tablet, "河边的垃圾池满了，好些天没有人清")
    sign(tablet, 0)
    tablet.check("input[name=confirmed][value=declined]")
    send(tablet)
    size = tablet.evaluate("parseFloat(getComputedStyle(document.querySelector('.code-big')).fontSize)")
    assert size >= 32
    assert "打印机用不了" in tablet.inner_text("main")


def test_failure_signature_missing_keeps_what_was_typed(keeper: Page) -> None:
    link = needs_today(keeper)
    keeper.goto(f"{link}/register")
    fill(keeper, "外出务工的证明在手机上办不了")
    send(keeper)
    assert "还差一点" in keeper.inner_text("[role=alert]")
    assert keeper.input_value("#id_text") == "外出务工的证明在手机上办不了"
    axe_clean_in_all_looks(keeper)


def test_failure_power_out_paper_forms_come_later_with_their_day(keeper: Page) -> None:
    keeper.goto("/station/rota?station=113")
    keeper.click("text=上月")
    keeper.locator(".month-slot").last.click()
    keeper.click("text=补录纸表")
    keeper.fill("#id_text1", "停电那天说的：桥头的护栏断了一截")
    keeper.select_option("#id_deputy1", index=1)
    keeper.select_option("#id_outcome1", "transfer")
    send(keeper)
    assert CODE.search(keeper.inner_text("main"))
    keeper.click("text=回到接待日")
    assert "线下补录" in keeper.inner_text("main")


def test_failure_a_wrong_code_is_refused_and_the_keeper_ticks(keeper: Page) -> None:
    needs_today(keeper)
    tick = keeper.locator("button:has-text('代签到')").first
    tick.click()
    keeper.wait_for_load_state()
    assert "已签到" in keeper.inner_text("main")


def test_failure_leave_finds_somebody_else(keeper: Page) -> None:
    keeper.goto("/station/rota?station=113")
    keeper.click("text=下月")
    keeper.locator(".month-slot").first.click()
    keeper.click("text=请假、换班 >> nth=0")
    taken = keeper.locator(".turn-who b").all_inner_texts()
    box = keeper.locator("details[open] select")
    other = next(name for name in box.locator("option").all_inner_texts()[1:] if name not in taken)
    box.select_option(label=other)
    keeper.click("details[open] >> text=记下")
    keeper.wait_for_load_state()
    assert "请假" in keeper.inner_text("main") and other in keeper.inner_text("main")


def test_the_summary_is_filled_in_and_the_poster_made(keeper: Page) -> None:
    link = needs_today(keeper)
    keeper.goto(f"{link}/summary")
    assert "人次" in keeper.input_value("#id_text")
    keeper.click("main form button.btn-primary")
    keeper.wait_for_load_state()
    assert "已提交" in keeper.inner_text("main")
    poster = keeper.request.get("/stations/113/month.pdf")
    assert poster.body().startswith(b"%PDF")


def test_a_deputy_sees_his_days_and_says_when_he_is_away(opens: Opens, sign_in: Enter) -> None:
    phone = sign_in(opens(PHONE), "deputy_town")
    phone.goto("/station/my-days")
    phone.fill("#id_first", "2031-01-01")
    phone.fill("#id_last", "2031-01-05")
    phone.click("main form:has(#id_first) button")
    phone.wait_for_load_state()
    assert "1月1日" in phone.inner_text("main")
    axe_clean_in_all_looks(phone)
