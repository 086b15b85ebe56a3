"""部署和落实: the office decides at its desk, the town answers and reports on its phone, mistakes included."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.axe import axe_clean_in_all_looks
from tests.journeys.conftest import DESKTOP, PHONE, Opens
from tests.journeys.reading import fits

SignIn = Callable[[Page, str], Page]
DESK = ("/plans", "/plans/documents", "/plans/petitions", "/plans/meetings", "/plans/tasks/reports")
TASK = "段家河镇试点代表年度述职进村"


def test_the_pages_of_the_desk_are_clean_in_all_looks(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "office")
    for address in DESK:
        page.goto(address)
        axe_clean_in_all_looks(page, again=False)
    for address in ("/plans", "/plans/documents", "/plans/petitions?tab=done", "/plans/meetings"):
        page.goto(address)
        page.locator(".plan-cards h2 a, tbody a").first.click()
        expect(page.locator("a.crumb")).to_be_visible()
        axe_clean_in_all_looks(page, again=False)
        fits(page)


def test_a_town_reports_and_the_office_returns_and_accepts(opens: Opens, sign_in: SignIn) -> None:
    phone, desk = opens(PHONE), opens(DESKTOP)
    sign_in(phone, "presidium")
    phone.goto("/plans/tasks")
    phone.get_by_role("link", name=TASK).click()
    address = phone.url
    _report(phone, "130", "已定好试点村。")
    expect(phone.get_by_role("alert")).to_contain_text("没有报上")
    expect(phone.get_by_label("做了什么")).to_have_value("已定好试点村。")
    axe_clean_in_all_looks(phone, again=False)
    _report(phone, "40", "已定好三个试点村，述职安排已公示。")
    expect(phone.locator("main")).to_contain_text("等人大审")
    expect(phone.get_by_role("button", name="报进展")).to_have_count(0)
    sign_in(desk, "office")
    desk.goto("/plans/tasks/reports")
    desk.get_by_role("link", name=TASK).click()
    desk.locator("summary", has_text="退回进展").click()
    desk.get_by_role("button", name="退回进展").click()
    expect(desk.get_by_role("alert")).to_be_visible()
    desk.get_by_label("缺什么").fill("请写明是哪三个村。")
    desk.get_by_role("button", name="退回进展").click()
    phone.goto(address)
    expect(phone.locator("main")).to_contain_text("请写明是哪三个村。")
    _report(phone, "40", "李家庄、薛家湾、磨沟三个村，述职安排已公示。")
    desk.goto(address)
    desk.get_by_role("button", name="认可进展").click()
    expect(desk.locator(".plan-bar-large")).to_contain_text("40%")
    phone.goto(address)
    expect(phone.locator(".plan-bar-large")).to_contain_text("40%")


def _report(phone: Page, percent: str, words: str) -> None:
    phone.get_by_label("现在完成百分之几").fill(percent)
    phone.get_by_label("做了什么").fill(words)
    phone.get_by_role("button", name="报进展").click()


def test_a_notice_is_answered_on_the_phone(opens: Opens, sign_in: SignIn) -> None:
    phone = opens(PHONE, java_script_enabled=False)
    sign_in(phone, "presidium")
    phone.goto("/plans/meetings")
    phone.get_by_role("link", name="年终推进工作会").click()
    phone.get_by_label("请假", exact=True).check(force=True)
    phone.get_by_label("谁参加").fill("李副主席")
    phone.get_by_label("请假的原因").fill("")
    phone.get_by_role("button", name="交回执").click()
    expect(phone.get_by_role("alert")).to_contain_text("请假要写原因")
    expect(phone.get_by_label("谁参加")).to_have_value("李副主席")
    phone.get_by_label("请假的原因").fill("去省里培训")
    phone.get_by_role("button", name="交回执").click()
    expect(phone.locator("main")).to_contain_text("请假 · 李副主席")
    fits(phone)


def test_a_petition_goes_from_the_desk_to_the_chairpersons(opens: Opens, sign_in: SignIn) -> None:
    desk, chair = opens(DESKTOP), opens(DESKTOP)
    sign_in(desk, "office")
    desk.goto("/plans/petitions/new")
    desk.get_by_role("button", name="存成草稿").click()
    expect(desk.get_by_role("alert")).to_be_visible()
    desk.get_by_label("标题").fill("关于提请下发《关于代表进网格的意见》的请示")
    desk.get_by_label("提请的内容").fill("代表进网格已有两年，做法不一，提请市委印发意见，统一要求。")
    desk.get_by_role("button", name="存成草稿").click()
    desk.get_by_role("button", name="送主任会议").click()
    sign_in(chair, "leader")
    chair.goto(desk.url)
    chair.get_by_role("button", name="列入主任会议议程").click()
    chair.get_by_role("button", name="同意提请").click()
    desk.reload()
    desk.get_by_role("button", name="报市委").click()
    expect(desk.locator("main")).to_contain_text("人大常报〔")
    expect(desk.get_by_role("link", name="公函（PDF）")).to_be_visible()
