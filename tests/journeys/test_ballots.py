"""A vote on paper in the hall: two tellers in two browsers, one tick apart and then agreed; quorum, void, power cut."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.factories.ballots import scan
from tests.journeys.axe import SMALLEST, axe_clean_in_all_looks
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.reading import leads

SignIn = Callable[[Page, str], Page]
Opens = Callable[..., Page]
PICTURE = {"name": "report.jpg", "mimeType": "image/jpeg", "buffer": scan()}
HALL = {"viewport": {"width": 1920, "height": 1080}}


def say(page: Page, words: str) -> None:
    expect(page.locator("main")).to_contain_text(words)


def press(page: Page, words: str) -> None:
    """Press a button and wait for its page: the next button may stand on the old one already."""
    leads(page, page.get_by_role("button", name=words, exact=True))


def prepared(page: Page, sign_in: SignIn, *, mode: str = "approval_max_n") -> str:
    """Prepare a vote by the form, with the keeper and a group leader as tellers; return its address."""
    subject = f"第{uuid4().hex[:6]}号集市搬迁方案"
    sign_in(page, "presidium")
    page.goto("/ballots/new")
    press(page, "下一步，定计票人和监票人")
    expect(page.get_by_role("alert")).to_be_visible()
    axe_clean_in_all_looks(page, again=False)
    page.check("input[name=purpose][value=other]")
    page.check(f"input[name=mode][value={mode}]")
    page.fill("#id_subject", subject)
    page.fill("#id_session", "段家河镇第二十届人大第六次会议")
    page.fill("#id_options", "搬到河东｜三十亩\n原地改造\n分两处办")
    page.fill("#id_places", "2")
    press(page, "下一步，定计票人和监票人")
    say(page, "三十亩")
    for who in ("王联络员", "许春梅"):
        choice = page.locator("#id_teller option").filter(has_text=who).first.get_attribute("value")
        page.select_option("#id_teller", choice)
        press(page, "定为计票人")
    for _ in range(2):
        page.select_option("#id_scrutineer", index=1)
        press(page, "定为监票人")
    press(page, "大会已通过票决办法")
    return page.url


def in_session(page: Page, present: int, *, issued: int) -> None:
    """Open the meeting, sign in, declare the quorum, hand out papers."""
    press(page, "开会，开始签到")
    page.fill("#id_present", str(present))
    press(page, "记下到会人数")
    press(page, "宣布到会够数")
    page.fill("#id_issued", str(issued))
    press(page, "发票，开始投票")
    say(page, "锁定")


def test_two_tellers_one_tick_apart_are_stopped_and_then_agree(opens: Opens, sign_in: SignIn) -> None:
    host, one, two = opens(DESKTOP), opens(DESKTOP), opens(PHONE)
    address = prepared(host, sign_in)
    axe_clean_in_all_looks(host, again=False)
    in_session(host, 40, issued=40)
    host.fill("#id_returned", "40")
    press(host, "记下，开始计票")
    say(host, "还没录")
    axe_clean_in_all_looks(host, again=False)

    sign_in(one, "keeper")
    one.goto(f"{address}/entry/1")
    expect(one.locator("#id_papers")).to_be_focused()
    one.keyboard.type("13\n")
    expect(one.locator("[data-keys-at]")).to_have_text("2")
    one.keyboard.type("12\n" * 36 + "1\n0\n123")
    say(one, "这张选多了，按无效票计")
    axe_clean_in_all_looks(one, again=False)
    press(one, "这一捆录完了")
    say(one, "您的都录完了")

    sign_in(two, "group_leader")
    two.goto(f"{address}/entry/1")
    axe_clean_in_all_looks(two, again=False)
    two.fill("#id_papers", "12\n" * 37 + "1\n")
    two.locator("[data-key-blank]").click()
    two.locator("[data-key-void]").click()
    press(two, "这一捆录完了")
    say(two, "您的都录完了")

    expect(host.locator("#ballot-progress")).to_contain_text("有 2 处不一样")
    host.goto(f"{address}/compare")
    say(host, "2 原地改造 · 赞成 · 相差 1 票")
    say(host, "3 分两处办 · 赞成 · 相差 1 票")
    assert "王联络员" not in host.locator("main").inner_text()
    axe_clean_in_all_looks(host, again=False)
    host.goto(address)
    expect(host.get_by_role("button", name="算出结果", exact=True)).to_have_count(0)
    host.goto(f"{address}/compare")
    press(host, "请两位重新清点第 1 捆")
    for page in (one, two):
        page.goto(f"{address}/entry")
        page.get_by_role("link", name="重新清点", exact=True).click()
        say(page, "不用想原来录的是多少")
        page.get_by_role("link", name="只填这一捆的合计").click()
        for name, figure in {"valid": 39, "void": 1, "blank": 1, "n1_for": 38, "n2_for": 36}.items():
            page.fill(f"input[name={name}]", str(figure))
        press(page, "这一捆录完了")
        expect(page.get_by_role("alert")).to_contain_text("请填张数")
        page.fill("input[name=n3_for]", "1")
        axe_clean_in_all_looks(page, again=False)
        press(page, "这一捆录完了")
    host.goto(address)
    say(host, "两份计票完全一致")
    axe_clean_in_all_looks(host, again=False)
    _announced(host, opens, sign_in, address)


def _announced(host: Page, opens: Opens, sign_in: SignIn, address: str) -> None:
    press(host, "算出结果")
    say(host, "还没有公布")
    axe_clean_in_all_looks(host, again=False)
    host.fill("#id_chair", "陈主席")
    press(host, "公布结果")
    expect(host.get_by_role("alert")).to_contain_text("签了字")
    hall = opens(HALL)
    sign_in(hall, "presidium")
    hall.goto(f"{address}/board")
    expect(hall.locator(".ballot-stage")).to_contain_text("等待宣布结果")
    expect(hall.locator(".ballot-counts")).to_have_count(0)
    host.set_input_files("#id_scan", PICTURE)  # type: ignore[arg-type] # Playwright's own typed dict
    press(host, "上传")
    host.fill("#id_chair", "陈主席")
    press(host, "公布结果")
    say(host, "当场宣布")
    axe_clean_in_all_looks(host, again=False)
    expect(hall.locator(".ballot-counts")).to_contain_text("搬到河东", timeout=15_000)
    assert hall.evaluate(SMALLEST) >= 28
    axe_clean_in_all_looks(hall, again=False)
    deputy = opens(PHONE)
    sign_in(deputy, "deputy_town")
    deputy.goto(address)
    say(deputy, "系统不知道谁投了什么")
    axe_clean_in_all_looks(deputy, again=False)


def test_too_few_people_suspend_and_too_many_papers_void(opens: Opens, sign_in: SignIn) -> None:
    host = opens(DESKTOP)
    prepared(host, sign_in)
    press(host, "开会，开始签到")
    host.fill("#id_present", "29")
    press(host, "记下到会人数")
    say(host, "还差 1 人")
    press(host, "宣布到会够数")
    expect(host.get_by_role("alert")).to_contain_text("还差 1 人")
    axe_clean_in_all_looks(host, again=False)
    host.fill("#id_present", "30")
    press(host, "记下到会人数")
    press(host, "宣布到会够数")
    host.fill("#id_issued", "31")
    press(host, "发票，开始投票")
    expect(host.get_by_role("alert")).to_contain_text("超过到会 30 人")
    axe_clean_in_all_looks(host, again=False)
    host.fill("#id_present", "20")
    press(host, "记下到会人数")
    say(host, "已经休会")
    axe_clean_in_all_looks(host, again=False)
    host.fill("#id_present", "31")
    press(host, "记下到会人数")
    press(host, "够数了，复会")
    host.fill("#id_issued", "31")
    press(host, "发票，开始投票")
    axe_clean_in_all_looks(host, again=False)
    host.fill("#id_returned", "32")
    press(host, "记下，开始计票")
    say(host, "这次投票作废")
    axe_clean_in_all_looks(host, again=False)
    press(host, "准备重新投票")
    say(host, "许春梅")
    expect(host.get_by_role("button", name="开会，开始签到")).to_be_visible()


def test_a_power_cut_loses_no_key_and_the_count_may_begin_from_the_papers(
    opens: Opens, sign_in: SignIn
) -> None:
    host, one = opens(DESKTOP), opens(DESKTOP)
    address = prepared(host, sign_in)
    in_session(host, 40, issued=40)
    host.fill("#id_returned", "40")
    press(host, "记下，开始计票")
    sign_in(one, "keeper")
    one.goto(f"{address}/entry/1")
    expect(one.locator("#id_papers")).to_be_focused()
    one.keyboard.type("12\n" * 20)
    one.goto("about:blank")
    one.goto(f"{address}/entry/1")
    expect(one.locator("#id_papers")).to_have_value("12\n" * 20)
    expect(one.locator("[data-keys-at]")).to_have_text("21")
    one.locator("#id_papers").focus()
    one.keyboard.press("Control+End")
    one.keyboard.type("12\n" * 20)
    press(one, "这一捆录完了")
    host.reload()
    host.get_by_text("收回张数要改，或要从头重新计票").click()
    press(host, "从纸票重新计票")
    one.goto(f"{address}/entry")
    expect(one.get_by_role("link", name="录这一捆")).to_be_visible()


def test_a_teller_works_with_the_thumb_alone(opens: Opens, sign_in: SignIn) -> None:
    host, one = opens(DESKTOP), opens(PHONE)
    address = prepared(host, sign_in, mode="per_item")
    in_session(host, 40, issued=3)
    host.fill("#id_returned", "3")
    press(host, "记下，开始计票")
    sign_in(one, "keeper")
    one.goto(f"{address}/entry/1")
    for words in ("赞成", "反对", "弃权", "赞成", "赞成"):
        one.get_by_role("button", name=words, exact=True).tap()
    one.get_by_role("button", name="退回一步", exact=True).click()
    for words in ("反对", "没有标记"):
        one.get_by_role("button", name=words, exact=True).tap()
    one.get_by_role("button", name="空白票", exact=True).click()
    expect(one.locator("#id_papers")).to_have_value(re.compile(r"^123\n120\n0\n$"))
    axe_clean_in_all_looks(one, again=False)
    press(one, "这一捆录完了")
    say(one, "您的都录完了")


def test_the_tellers_entry_works_without_javascript(opens: Opens, sign_in: SignIn) -> None:
    host, one = opens(DESKTOP), opens(PHONE, java_script_enabled=False)
    address = prepared(host, sign_in)
    in_session(host, 40, issued=3)
    host.fill("#id_returned", "3")
    press(host, "记下，开始计票")
    sign_in(one, "keeper")
    one.goto(f"{address}/entry/1")
    one.fill("#id_papers", "12\n9\n0")
    press(one, "这一捆录完了")
    expect(one.get_by_role("alert")).to_contain_text("没有「9」这一项")
    expect(one.locator("#id_papers")).to_have_value("12\n9\n0")
    one.fill("#id_papers", "12\nx\n0")
    press(one, "这一捆录完了")
    say(one, "您的都录完了")
