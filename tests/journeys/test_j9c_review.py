"""述职评议 through the pages: planned, reported in public, tested in secret, answered in writing, put right, filed."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import Page, expect

from lianxin.common import clock
from tests.factories.ballots import scan
from tests.factories.reviews import DONE, FEEDBACK, PLAN, REPORT
from tests.journeys.axe import axe_clean_in_all_looks
from tests.journeys.conftest import DESKTOP, PHONE, Opens
from tests.journeys.reading import leads

SignIn = Callable[[Page, str], Page]
WHO = "李秀英"
PICTURE = {"name": "report.jpg", "mimeType": "image/jpeg", "buffer": scan()}


def say(page: Page, words: str) -> None:
    expect(page.locator("main")).to_contain_text(words)


def press(page: Page, words: str) -> None:
    leads(page, page.get_by_role("button", name=words, exact=True))


def planned(host: Page) -> str:
    """Plan a meeting from a form that keeps what was typed; return its title."""
    host.goto("/forums/reviews/new")
    host.fill("#id_place", "镇人大会议室")
    host.get_by_label(WHO).check()
    press(host, "排好，通知代表")
    expect(host.get_by_role("alert")).to_be_visible()
    expect(host.locator("#id_place")).to_have_value("镇人大会议室")
    expect(host.get_by_label(WHO)).to_be_checked()
    axe_clean_in_all_looks(host, again=False)
    title = f"第{uuid4().hex[:6]}次代表述职评议会"
    host.fill("#id_title", title)
    host.fill("#id_held_on", str(clock.today()))
    press(host, "排好，通知代表")
    say(host, "还没有代表公开述职报告")
    axe_clean_in_all_looks(host)
    return title


def reported(own: Page, title: str) -> str:
    """The deputy makes her report public on the telephone; return its address."""
    own.goto("/forums/reviews")
    own.locator("article, li, section", has_text=title).get_by_role("link", name=WHO).first.click()
    say(own, "我的述职")
    own.fill("#id_report", "才写了一半")
    press(own, "公开述职报告")
    expect(own.get_by_role("alert")).to_be_visible()
    expect(own.locator("#id_report")).to_have_value("才写了一半")
    axe_clean_in_all_looks(own, again=False)
    own.fill("#id_report", f"{REPORT}（{title}）")
    press(own, "公开述职报告")
    say(own, "报告已公开")
    return re.sub(r"^https?://[^/]+", "", own.url)


def secret_test(host: Page, opens: Opens, sign_in: SignIn, meeting: str) -> None:
    """Hold the secret test: two tellers, 30 : 8 : 0 : 2, announced by the chair."""
    host.goto(meeting)
    press(host, "筹备测评")
    address = host.url
    for who in ("王联络员", "许春梅"):
        choice = host.locator("#id_teller option").filter(has_text=who).first.get_attribute("value")
        host.select_option("#id_teller", choice)
        press(host, "定为计票人")
    for _ in range(2):
        host.select_option("#id_scrutineer", index=1)
        press(host, "定为监票人")
    press(host, "大会已通过票决办法")
    press(host, "开会，开始签到")
    host.fill("#id_present", "40")
    press(host, "记下到会人数")
    press(host, "宣布到会够数")
    host.fill("#id_issued", "40")
    press(host, "发票，开始投票")
    host.fill("#id_returned", "40")
    press(host, "记下，开始计票")
    for name in ("keeper", "group_leader"):
        teller = sign_in(opens(PHONE), name)
        teller.goto(f"{address}/entry/1")
        teller.fill("#id_papers", "1\n" * 30 + "2\n" * 8 + "4\n" * 2)
        press(teller, "这一捆录完了")
        say(teller, "您的都录完了")
    host.goto(address)
    press(host, "算出结果")
    host.set_input_files("#id_scan", PICTURE)  # type: ignore[arg-type] # Playwright's own typed dict
    press(host, "上传")
    host.fill("#id_chair", "陈主席")
    press(host, "公布结果")
    say(host, "满意")


def put_right(host: Page, own: Page, address: str) -> None:
    """Fed back in writing, planned, reported back, sent back once and no second time, filed."""
    host.goto(address)
    host.fill("#id_feedback", FEEDBACK)
    press(host, "书面反馈")
    own.goto(address)
    say(own, "怎么算的")
    letter = own.get_by_role("link", name="打印反馈书").get_attribute("href")
    assert letter and own.request.get(letter).body().startswith(b"%PDF")
    axe_clean_in_all_looks(own)
    own.fill("#id_plan", PLAN)
    press(own, "交整改方案")
    for again in (False, True):
        own.fill("#id_done", DONE)
        press(own, "回告整改情况")
        host.goto(address)
        if not again:
            host.fill("#id_note", "水渠还没有验收。")
            press(host, "退回一次")
            own.goto(address)
            say(own, "水渠还没有验收。")
    say(host, "已经退回过一次，不能再退")
    axe_clean_in_all_looks(host)
    press(host, "同意，归档公开")
    say(host, "已归档公开")


def test_a_report_goes_its_whole_way_and_its_result_is_public_at_the_end_only(
    opens: Opens, sign_in: SignIn
) -> None:
    host, own = sign_in(opens(DESKTOP), "presidium"), sign_in(opens(PHONE), "deputy_town")
    title = planned(host)
    meeting = re.sub(r"^https?://[^/]+", "", host.url)
    address = reported(own, title)
    host.goto(address)
    say(host, "测评结果还没有公布，公布以后再书面反馈。")
    stranger = sign_in(opens(PHONE), "group_leader")
    answer = stranger.goto(address)
    assert answer is not None and answer.status in {403, 404}
    secret_test(host, opens, sign_in, meeting)
    own.goto(address)
    link = own.get_by_role("link", name="看选民看到的样子")
    expect(link).to_have_count(0)
    put_right(host, own, address)
    own.goto(address)
    leads(own, link)
    public = opens(PHONE, java_script_enabled=False)
    public.goto(own.url)
    say(public, title)
    say(public, PLAN)
    say(public, "30")
    axe_clean_in_all_looks(own)
