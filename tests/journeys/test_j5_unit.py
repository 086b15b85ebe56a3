"""J5: a unit takes the matter, talks with the deputy, replies; its head signs with his password."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from lianxin.common import clock
from tests.journeys.axe import axe_clean_in_all_looks
from tests.journeys.city import City
from tests.journeys.papers import Papers

SignIn = Callable[[Page, str], Page]


def opened(page: Page, title: str) -> None:
    """Open the unit's matter by its title in the list."""
    page.goto("/unit/matters?tab=open")
    page.locator(".list li a", has_text=title).first.click()


def title_of(page: Page, sign_in: SignIn, paper: str) -> str:
    """Return a paper's title."""
    sign_in(page, "office")
    page.goto(f"/office/suggestions/{paper}")
    return page.locator("h1").inner_text()


def test_from_receipt_to_the_signed_letter(page: Page, sign_in: SignIn, city: City) -> None:
    paper = Papers(city).assigned()
    title = title_of(page, sign_in, paper)
    sign_in(page, "clerk")
    axe_clean_in_all_looks(page)
    page.goto("/unit/matters")
    axe_clean_in_all_looks(page)
    opened(page, title)
    axe_clean_in_all_looks(page)
    page.locator("#id_accept_officer").fill("孙经办")
    page.locator("#id_accept_leader").fill("周局长")
    page.get_by_role("button", name="签收").click()
    page.locator("#id_start_plan").fill("先到现场看，再拿方案")
    page.get_by_role("button", name="开始办理").click()
    page.get_by_role("link", name="起草答复").click()
    axe_clean_in_all_looks(page)
    page.locator("#id_answer_1").fill("我局高度重视，正在研究。")
    page.get_by_role("button", name="先做体检").click()
    expect(page.locator("#checkup")).to_contain_text("第 2 条诉求还没有答复")
    expect(page.locator("#checkup")).to_contain_text("正在研究")
    axe_clean_in_all_looks(page, again=False)
    page.locator("#id_answer_1").fill("已于十月二十日完成，由周局长负责验收。")
    page.locator("#id_answer_2").fill("由段家河镇政府管护，每月检查一次。")
    page.get_by_label("A 已解决或采纳").check()
    page.get_by_label("主动公开").check()
    page.get_by_role("button", name="提交负责人").click()
    expect(page.locator("main")).to_contain_text("等签发")

    sign_in(page, "head")
    axe_clean_in_all_looks(page)
    opened(page, title)
    page.get_by_role("link", name="去签发").click()
    expect(page.locator("main")).to_contain_text("答复前必须与代表沟通")
    expect(page.locator("#id_password")).to_have_count(0)
    page.fill("#id_note", "先联系代表再送签")
    page.get_by_role("button", name="退回修改").click()

    sign_in(page, "clerk")
    opened(page, title)
    sheet = page.locator("#act-record_contact")
    sheet.locator("summary").click()
    sheet.locator("[name=held_on]").fill(clock.today().isoformat())
    sheet.get_by_label("走访").check()
    sheet.locator("[name=persons]").fill("孙经办和张代表")
    sheet.locator("[name=deputy_view]").fill("同意先修后管")
    sheet.get_by_role("button", name="记下").click()
    page.get_by_role("link", name="起草答复").click()
    expect(page.locator("main")).to_contain_text("先联系代表再送签")
    page.get_by_role("button", name="提交负责人").click()

    sign_in(page, "head")
    opened(page, title)
    page.get_by_role("link", name="去签发").click()
    axe_clean_in_all_looks(page)
    page.fill("#id_password", "wrong")
    page.get_by_role("button", name="签发").click()
    expect(page.get_by_role("alert")).to_contain_text("密码不对")
    page.fill("#id_password", city.password)
    page.get_by_role("button", name="签发").click()
    expect(page.locator("main .lead .chip").first).to_have_text("已答复")
    axe_clean_in_all_looks(page)


def test_a_return_needs_reason_and_unit(page: Page, sign_in: SignIn, city: City) -> None:
    paper = Papers(city).assigned()
    title = title_of(page, sign_in, paper)
    sign_in(page, "head")
    opened(page, title)
    sheet = page.locator("#act-request_return")
    sheet.locator("summary").click()
    sheet.locator("textarea").fill("不归")
    sheet.get_by_role("button", name="申请退办").click()
    expect(page.locator("#act-request_return textarea")).to_have_value("不归")
    sheet = page.locator("#act-request_return")
    sheet.locator("textarea").fill("这一段归水利部门管，不属本局职责")
    sheet.locator("select").select_option(index=1)
    sheet.get_by_role("button", name="申请退办").click()
    expect(page.locator("main .lead .chip").first).to_have_text("申请退办")
    sign_in(page, "office")
    page.goto(f"/office/suggestions/{paper}")
    refuse = page.locator("details", has_text="不同意退办").first
    refuse.locator("summary").click()
    refuse.locator("textarea").fill("职责分工里归贵局")
    refuse.get_by_role("button", name="不同意").click()
    expect(page.locator("main .lead .chip").first).to_have_text("待签收")


def test_the_oversight_board_leads_to_late_matters(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "oversight")
    axe_clean_in_all_looks(page)
    page.goto("/unit/board")
    axe_clean_in_all_looks(page)
    page.goto("/unit/matters?tab=late")
    axe_clean_in_all_looks(page)
