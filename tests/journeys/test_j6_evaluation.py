"""J6: the deputy evaluates; dissatisfaction forces a second handling; promises are kept in sight."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.axe import axe_clean_in_all_looks
from tests.journeys.city import City
from tests.journeys.papers import Papers

SignIn = Callable[[Page, str], Page]
WHY = "只修了一半，靠里面的那一段还是坏的，附近的人家仍然要绕路。"


def marked(page: Page, result: str) -> None:
    """Choose both marks."""
    page.locator("[name=attitude][value=satisfied]").check(force=True)
    page.locator(f"[name=result][value={result}]").check(force=True)


def test_twice_dissatisfied_goes_to_supervision(page: Page, sign_in: SignIn, city: City) -> None:
    papers = Papers(city)
    paper = papers.replied()
    sign_in(page, "deputy_city")
    page.goto(f"/deputy/suggestions/{paper}/evaluate")
    axe_clean_in_all_looks(page)
    page.get_by_role("button", name="提交评价").click()
    expect(page.get_by_role("alert")).to_be_visible()
    marked(page, "dissatisfied")
    page.fill("#id_reasons", "没办好")
    page.get_by_role("button", name="提交评价").click()
    expect(page.locator("#id_reasons")).to_have_value("没办好")
    axe_clean_in_all_looks(page, again=False)
    page.fill("#id_reasons", WHY)
    page.locator("[name=demand_numbers]").first.check()
    page.get_by_role("button", name="提交评价").click()
    expect(page.locator("main")).to_contain_text("修改评价")

    sign_in(page, "office")
    page.goto(f"/office/suggestions/{paper}")
    axe_clean_in_all_looks(page)
    sheet = page.locator("#act-order_rehandling")
    sheet.locator("summary").click()
    sheet.locator("textarea").first.fill("第一条请整段修好")
    sheet.get_by_role("button", name="交重新办理").click()
    expect(page.locator("main .lead .chip").first).to_have_text("重新办理")

    papers.answer(paper)
    sign_in(page, "deputy_city")
    page.goto(f"/deputy/suggestions/{paper}/evaluate")
    marked(page, "dissatisfied")
    page.fill("#id_reasons", WHY)
    page.locator("[name=demand_numbers]").first.check()
    page.get_by_role("button", name="提交评价").click()

    sign_in(page, "office")
    page.goto(f"/office/suggestions/{paper}")
    sheet = page.locator("#act-escalate")
    sheet.locator("summary").click()
    sheet.locator("textarea").first.fill("两次办理代表仍不满意，提请督办")
    sheet.get_by_role("button", name="提请").click()
    expect(page.locator("main .lead .chip").first).to_have_text("督办中")


def test_a_promise_comes_true(page: Page, sign_in: SignIn, city: City) -> None:
    papers = Papers(city)
    paper = papers.replied("B")
    marks = {"attitude": "satisfied", "result": "satisfied"}
    papers.act("deputy_city", paper, "evaluate", **marks)
    papers.act("office", paper, "track")
    sign_in(page, "clerk")
    page.goto("/unit/promises?tab=open")
    axe_clean_in_all_looks(page)
    page.get_by_role("link", name="二期工程").last.click()
    sheet = page.locator("#act-give_proof")
    sheet.locator("textarea").fill("十一月二十日完工，现场可以看到")
    sheet.get_by_role("button", name="提交").click()
    expect(page.locator("main")).to_contain_text("等代表确认")
    sign_in(page, "deputy_city")
    page.goto("/deputy/promises?tab=")
    axe_clean_in_all_looks(page)
    page.goto("/deputy")
    page.locator("main article", has_text="确认兑现").first.get_by_role("link", name="确认").click()
    axe_clean_in_all_looks(page)
    page.get_by_role("button", name="确认兑现").first.click()
    expect(page.locator("main")).to_contain_text("已兑现")


def test_somebody_else_cannot_evaluate(phone: Page, sign_in: SignIn, city: City) -> None:
    paper = Papers(city).replied()
    sign_in(phone, "deputy_town")
    answer = phone.goto(f"/deputy/suggestions/{paper}/evaluate")
    assert answer and answer.status == 404


def test_the_tour_walks_from_one_account_to_the_next(page: Page) -> None:
    page.goto("/tour")
    axe_clean_in_all_looks(page)
    page.get_by_role("button", name="去这一步：建议审核").click()
    expect(page.locator("h1")).to_have_text("建议办理")
