"""J13 b and c: meetings with their quorum, and disclosure by two persons, on a phone and on a desktop."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta
from time import monotonic
from uuid import uuid4

from PIL import Image
from playwright.sync_api import Page, expect

from lianxin.common import clock
from tests.journeys.axe import axe_clean_in_all_looks
from tests.journeys.reading import fits, leads, reads

SignIn = Callable[[Page, str], Page]
ID = "612429198001011234"
CODE = re.compile(r"XY-\w{4}-\w{4}")
THREE_MINUTES = 180


def board_photo() -> dict[str, object]:
    """Return a photo as the file picker hands it over."""
    made = io.BytesIO()
    Image.new("RGB", (80, 60), "red").save(made, "JPEG")
    return {"name": "board.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}


def test_a_clerk_publishes_accounts_with_the_supervisor_and_answers_a_question(
    page: Page, sign_in: SignIn
) -> None:
    what = f"第{uuid4().hex[:6]}号机耕路工程结算"
    began = monotonic()
    sign_in(page, "village")
    page.get_by_role("link", name="公开一件大事").first.click()
    page.get_by_role("button", name="下一步，写内容").click()
    expect(page.get_by_role("alert")).to_be_visible()
    axe_clean_in_all_looks(page, again=False)
    page.fill("#id_what", what)
    page.get_by_role("button", name="下一步，写内容").click()
    address = page.url
    page.fill("#id_text", "短")
    page.get_by_role("button", name="送监督委员会审核").click()
    expect(page.locator("#id_text")).to_have_value("短")
    page.fill("#id_text", f"工程结算如下，经手人证件 {ID}。")
    page.fill("#id_table", "项目，金额\n水泥，3200\n人工，1800")
    page.get_by_role("button", name="送监督委员会审核").click()
    expect(page.locator("main")).to_contain_text("等监督委员会审核")
    page.get_by_role("button", name="公开", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("监督委员会还没有审核，不能公开")

    sign_in(page, "village_supervisor")
    page.goto(address)
    axe_clean_in_all_looks(page, again=False)
    page.get_by_role("button", name="审核通过").click()

    sign_in(page, "village")
    page.goto(address)
    page.get_by_role("button", name="公开", exact=True).click()
    expect(page.locator("main")).to_contain_text("人人都能看到")
    assert monotonic() - began < THREE_MINUTES
    page.set_input_files("#id_photo", board_photo())  # type: ignore[arg-type] # Playwright's own typed dict
    page.get_by_role("button", name="交公示栏照片").click()
    expect(page.locator("main")).to_contain_text("公示栏照片收到了")
    axe_clean_in_all_looks(page, again=False)
    _asked_and_answered(page, sign_in, address)


def _asked_and_answered(page: Page, sign_in: SignIn, address: str) -> None:
    """Ask as a resident, answer as the village, read the answer by its code."""
    page.context.clear_cookies()
    public = address.replace("/village/items", "/villages/items")
    page.goto(public)
    expect(page.locator("main")).to_contain_text("证件号已隐去")
    assert ID not in page.content()
    axe_clean_in_all_looks(page, again=False)
    page.get_by_role("button", name="问一问").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.fill("#id_text", "水泥买了多少吨？")
    page.get_by_role("button", name="问一问").click()
    found = reads(page, CODE)
    sign_in(page, "village")
    page.goto(address)
    page.locator("#questions textarea").fill("买了八吨，送货单可查。")
    page.get_by_role("button", name="答复").click()
    expect(page.locator("main")).to_contain_text("已说明")
    page.context.clear_cookies()
    page.goto("/villages/answer")
    page.fill("#id_code", "XY-2222-2222")
    page.get_by_role("button", name="看答复").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.fill("#id_code", found[0])
    page.get_by_role("button", name="看答复").click()
    expect(page.locator("main")).to_contain_text("买了八吨")


def test_a_correction_keeps_the_earlier_version(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "village")
    page.goto("/village?tab=done")
    page.locator(".village-items h2 a").last.click()
    address = page.url
    page.get_by_text("写错了，要更正").click()
    page.fill("#id_reason", "漏写了一笔支出")
    page.get_by_role("button", name="送审更正").click()
    expect(page.locator("main")).to_contain_text("第 2 版")
    sign_in(page, "village_supervisor")
    page.goto(address)
    page.get_by_role("button", name="审核通过").click()
    sign_in(page, "village")
    page.goto(address)
    page.get_by_role("button", name="公开", exact=True).click()
    page.goto(address.replace("/village/items", "/villages/items"))
    page.get_by_text("更正以前的版本").click()
    page.get_by_role("link", name=re.compile("第 1 版")).click()
    expect(page.locator("main")).to_contain_text("后来更正过")
    axe_clean_in_all_looks(page, again=False)


def test_accounts_in_three_taps_without_javascript(no_js: Page) -> None:
    no_js.goto("/")
    no_js.get_by_role("link", name=re.compile("看村务")).click()
    no_js.get_by_role("link", name="段家河镇", exact=True).click()
    no_js.get_by_role("link", name="李家庄村", exact=True).click()
    expect(no_js.locator("#accounts table")).to_contain_text("路灯电费")
    no_js.set_viewport_size({"width": 320, "height": 700})
    fits(no_js)


def prepared(page: Page, kind: str, days: int) -> str:
    """Prepare a meeting by its form; return its address."""
    page.goto("/village/meetings/new")
    page.get_by_role("button", name="下一步，写议题").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.locator(f"[name=kind][value={kind}]").check(force=True)
    page.fill("#id_title", f"第{uuid4().hex[:6]}次会议")
    page.fill("#id_day", str(clock.today() + timedelta(days=days)))
    page.fill("#id_place", "村委会院坝")
    leads(page, page.get_by_role("button", name="下一步，写议题"))
    return page.url


def topic(page: Page, title: str, matter: str) -> None:
    """Add a topic."""
    if not page.locator("#id_title").is_visible():
        page.get_by_text("加一个议题").click()
    page.fill("#id_title", title)
    page.select_option("#id_matter", matter)
    leads(page, page.get_by_role("button", name="加上"))


def test_a_meeting_below_quorum_is_only_a_talk(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "village")
    prepared(page, "representatives", 0)
    topic(page, "修改村规民约", "covenant")
    expect(page.get_by_role("alert")).to_contain_text("第二十七条")
    topic(page, "分配宅基地", "homesteads")
    expect(page.get_by_role("alert")).to_contain_text("没有村民会议授权的记录")
    topic(page, "清理村口垃圾", "ordinary")
    page.get_by_role("button", name="发会议通知").click()
    page.get_by_text("又想起一件事").click()
    topic(page, "添置两个垃圾箱", "ordinary")
    expect(page.locator("main")).to_contain_text("留到下次会议：添置两个垃圾箱")
    page.get_by_role("button", name="开始签到").click()
    page.get_by_role("button", name="又来一人，加一").click()
    expect(page.locator(".village-missing")).to_contain_text(re.compile(r"还差 \d+ 人"))
    axe_clean_in_all_looks(page, again=False)
    page.get_by_role("button", name="宣布会议有效").click()
    expect(page.get_by_role("alert")).to_contain_text("不足法定人数")
    page.get_by_role("button", name="记为座谈").click()
    expect(page.locator("main")).to_contain_text("这次会不能作出决议")


def test_a_meeting_with_its_quorum_goes_on_to_the_shown_result(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "village")
    address = prepared(page, "representatives", 0)
    topic(page, "安装六盏路灯", "ordinary")
    page.get_by_role("button", name="发会议通知").click()
    page.get_by_role("button", name="开始签到").click()
    need = re.search(r"/\s*(\d+)", page.locator(".village-ring-word").text_content() or "")
    assert need
    page.fill("#id_present", need[1])
    page.get_by_role("button", name="记下人数").click()
    page.get_by_role("button", name="宣布会议有效").click()
    page.locator("[name=in_favour]").first.fill("9999")
    page.get_by_role("button", name=re.compile("记表决")).first.click()
    expect(page.get_by_role("alert")).to_contain_text("不能超过到会")
    page.locator("[name=in_favour]").first.fill(need[1])
    page.get_by_role("button", name=re.compile("记表决")).first.click()
    page.get_by_role("button", name="形成决议").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.fill("#id_minutes", "逐项介绍后讨论，到会的全体同意安装路灯。")
    page.get_by_role("button", name="存会议记录").click()
    _left_over(page)
    page.get_by_role("button", name="形成决议").click()
    page.locator("[name=text]").first.fill("灯已经买好，下周安装。")
    page.get_by_role("button", name="写办理情况").first.click()
    page.locator("[name=text]").first.fill("六盏灯都亮了。")
    page.get_by_role("button", name="晒结果").first.click()
    expect(page.locator(".village-chain").first).to_contain_text("六盏灯都亮了")
    axe_clean_in_all_looks(page, again=False)
    page.goto(address)
    expect(page.locator(".village-chain").first).to_contain_text("下周安装")


def _left_over(page: Page) -> None:
    """Vote down what an earlier meeting left for this one, as far as there is something."""
    while page.locator("[name=in_favour]").count():
        page.locator("[name=in_favour]").first.fill("0")
        leads(page, page.get_by_role("button", name=re.compile("记表决")).first)


def test_an_assembly_needs_ten_days_or_a_reason(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "village")
    prepared(page, "assembly", 3)
    topic(page, "汛期转移安置办法", "ordinary")
    page.get_by_role("button", name="发会议通知").click()
    expect(page.get_by_role("alert")).to_contain_text("提前 10 天")
    page.fill("#id_urgent_reason", "汛期将到，必须马上定")
    page.get_by_role("button", name="发会议通知").click()
    expect(page.locator("main")).to_contain_text("紧急的理由")
    page.get_by_role("button", name="开始签到").click()
    expect(page.get_by_role("alert")).to_contain_text("还没到开会那天")


def test_the_town_sees_its_villages_and_nothing_else(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "presidium")
    page.goto("/village/board?light=red")
    expect(page.locator(".village-board tbody tr").first).to_contain_text("红灯")
    axe_clean_in_all_looks(page, again=False)
    page.locator(".village-board tbody .link-red").first.click()
    expect(page.locator("main")).to_contain_text(re.compile("第.+条"))
    axe_clean_in_all_looks(page, again=False)
    page.goto("/village/board/610981103001")
    expect(page.locator("body")).to_contain_text("不在您的范围内")
