"""J4: the office reviews, numbers, and hands over to a main and an assisting unit."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.axe import axe_clean_in_all_looks
from tests.journeys.city import City
from tests.journeys.papers import Papers

SignIn = Callable[[Page, str], Page]


def test_review_number_and_hand_over(page: Page, sign_in: SignIn, city: City) -> None:
    paper = Papers(city).submitted()
    sign_in(page, "office")
    axe_clean_in_all_looks(page)
    page.goto("/office/suggestions?tab=review")
    axe_clean_in_all_looks(page)
    page.goto(f"/office/suggestions/{paper}")
    axe_clean_in_all_looks(page)
    page.get_by_role("button", name="通过并编号").click()
    expect(page.locator("h1")).to_have_text("交办")
    axe_clean_in_all_looks(page)
    page.get_by_role("button", name="确认交办").click()
    expect(page.get_by_role("alert")).to_contain_text("请选择承办单位")
    page.select_option("#id_main_unit", "transport")
    page.locator("[name=assist_units][value=transport]").check()
    page.fill("#id_note", "请先到现场看")
    page.get_by_role("button", name="确认交办").click()
    expect(page.get_by_role("alert")).to_contain_text("不能再列为协办")
    expect(page.locator("#id_note")).to_have_value("请先到现场看")
    axe_clean_in_all_looks(page, again=False)
    page.locator("[name=assist_units][value=transport]").uncheck()
    page.locator("[name=assist_units]:not([value=transport])").first.check()
    page.get_by_role("button", name="看交办函").click()
    expect(page.locator(".paper")).to_contain_text("请先到现场看")
    page.get_by_role("button", name="确认交办").click()
    expect(page.locator("main .lead .chip").first).to_have_text("待签收")
    axe_clean_in_all_looks(page)


def test_sending_back_says_why(page: Page, sign_in: SignIn, city: City) -> None:
    paper = Papers(city).submitted()
    sign_in(page, "office")
    page.goto(f"/office/suggestions/{paper}")
    sheet = page.locator("#act-send_back")
    sheet.locator("summary").click()
    sheet.get_by_role("button", name="退回").click()
    expect(page.locator("#act-send_back [role=alert]")).to_be_visible()
    sheet = page.locator("#act-send_back")
    sheet.get_by_label("没有具体内容").check()
    sheet.locator("textarea").fill("请把第一条写清楚：修哪一段、修多长")
    sheet.get_by_role("button", name="退回").click()
    sign_in(page, "deputy_city")
    page.goto(f"/deputy/suggestions/{paper}")
    expect(page.locator("main")).to_contain_text("请把第一条写清楚")


def test_a_withdrawn_paper_tells_the_unit(desktop: Page, sign_in: SignIn, city: City) -> None:
    papers = Papers(city)
    paper = papers.assigned()
    papers.act("deputy_city", paper, "withdraw", note="镇里已经修好，书面撤回")
    sign_in(desktop, "clerk")
    desktop.goto("/notices")
    expect(desktop.locator("main")).to_contain_text("撤回")
    sign_in(desktop, "office")
    desktop.goto(f"/office/suggestions/{paper}")
    expect(desktop.locator("main .lead .chip").first).to_have_text("已撤回")
