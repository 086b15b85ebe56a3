"""J10: from a resident's wish to the vote, the milestones with photos, the change, the year-end poll.

What happens to papers in the hall (an over-voted paper, a lost quorum, a power cut) is walked through in
the ballots' journey; here it is what leads to the vote and what follows on it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from uuid import uuid4

from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.axe import axe_clean, axe_clean_in_all_looks
from tests.journeys.reading import fits, leads, reads

SignIn = Callable[[Page, str], Page]
CODE = re.compile(r"XY-\w{4}-\w{4}")
TOWN = "610981113000"


def site_photo() -> dict[str, object]:
    """Return a photo as the file picker hands it over."""
    made = io.BytesIO()
    Image.new("RGB", (80, 60), "red").save(made, "JPEG")
    return {"name": "site.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}


def button(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_resident_wishes_without_signing_in_or_javascript(no_js: Page) -> None:
    no_js.goto("/projects")
    no_js.get_by_role("link", name=re.compile("说想办的事")).click()
    no_js.fill("#id_text", "想把三组到学校的路修好")
    button(no_js, "说好了，交上去")
    expect(no_js.get_by_role("alert")).to_be_visible()
    expect(no_js.locator("#id_text")).to_have_value("想把三组到学校的路修好")
    no_js.select_option("#id_round", index=1)
    no_js.fill("#id_place", "李家庄村三组")
    no_js.fill("#id_who_benefits", "上学的孩子")
    button(no_js, "说好了，交上去")
    code = reads(no_js, CODE)
    no_js.goto("/projects/answer")
    no_js.fill("#id_code", "XY-2222-2222")
    button(no_js, "查一查")
    expect(no_js.get_by_role("alert")).to_be_visible()
    no_js.fill("#id_code", code[0])
    button(no_js, "查一查")
    expect(no_js.locator("#found")).to_contain_text("还在征集和筛选")
    no_js.set_viewport_size({"width": 320, "height": 700})
    for path in ("/projects", "/projects/wish", f"/projects/of/{TOWN}", "/projects/history"):
        no_js.goto(path)
        fits(no_js)


def test_the_public_pages_in_every_look(page: Page) -> None:
    for path in ("/projects", "/projects/wish", "/projects/answer", "/projects/history"):
        page.goto(path)
        axe_clean_in_all_looks(page)
    page.goto("/projects/of/610981000000")
    page.get_by_role("button", name=re.compile("我也想办")).first.click()
    expect(page.locator("main")).to_contain_text("您也想办这件事")
    before = page.locator(".project-wish form").first.inner_text()
    leads(page, page.get_by_role("button", name=re.compile("我也想办")).first)
    expect(page.locator(".project-wish form").first).to_have_text(before, use_inner_text=True)
    axe_clean_in_all_looks(page, again=False)


def test_a_year_leads_to_its_list_and_a_project_to_its_photos_and_poll(desktop: Page) -> None:
    page = desktop
    page.goto("/projects/history")
    count = page.locator("tbody tr").first.locator("td a").first.inner_text()
    page.locator("tbody tr").first.locator("td a").first.click()
    expect(page.locator("main")).to_contain_text(f"共 {count} 件")
    axe_clean(page, "light")
    page.goto(f"/projects/of/{TOWN}")
    page.locator("nav.chips a").nth(1).click()
    page.get_by_role("link", name="李家庄村二组道路硬化").click()
    expect(page.locator(".project-photos img").first).to_be_visible()
    expect(page.locator("#test")).to_contain_text("代表测评")
    button(page, "评一评")
    expect(page.get_by_role("alert")).to_contain_text("请选一个")
    page.locator("[name=grade][value=satisfied]").check(force=True)
    button(page, "评一评")
    expect(page.locator("main")).to_contain_text("您的评价记下了")
    axe_clean_in_all_looks(page, again=False)


def card(page: Page, title: str, amount: str) -> None:
    """Write a card of the round on the page."""
    page.get_by_role("link", name="写一张项目卡").click()
    page.fill("#id_title", title)
    page.fill("#id_place", "各镇")
    page.fill("#id_beneficiaries", "320")
    page.fill("#id_due_on", "2031-11-30")
    page.select_option("#id_unit_code", index=1)
    page.fill("#id_need", "雨季出行不便")
    page.fill("#id_content", "硬化通组路一点八公里")
    page.fill("#id_amount", amount)
    page.fill("#id_fund_source", "市级财政")
    button(page, "放进储备库")
    expect(page.locator("h1")).to_have_text(title)


def test_the_office_screens_wishes_and_a_card_without_cost_stays_out_of_the_vote(
    desktop: Page, sign_in: SignIn
) -> None:
    page = sign_in(desktop, "office")
    page.goto("/projects/rounds")
    axe_clean(page, "light")
    page.locator(".project-list h2 a").first.click()
    address = page.url
    button(page, "结束征集，开始筛选")
    axe_clean(page, "light", again=False)
    button(page, "确定候选项目")
    expect(page.get_by_role("alert")).to_contain_text("条意愿没有归入项目")
    title = f"第{uuid4().hex[:6]}号道路"
    page.goto(f"{address}/candidates")
    card(page, title, "")
    button(page, "列为候选")
    expect(page.get_by_role("alert")).to_contain_text("没有投资估算")
    axe_clean(page, "light", again=False)
    page.get_by_text("改项目卡").click()
    page.fill("#id_amount", "八十万")
    button(page, "存项目卡")
    expect(page.get_by_role("alert")).to_contain_text("请只填数字")
    expect(page.locator("#id_amount")).to_have_value("八十万")
    page.fill("#id_amount", "800000")
    button(page, "存项目卡")
    button(page, "列为候选")
    expect(page.get_by_role("alert")).to_contain_text("意见还不齐")
    for kind in ("feasibility", "finance", "legal"):
        page.select_option("#id_kind", kind)
        page.fill("#id_organ", "市财政局")
        page.fill("#id_text", "同意，可以办")
        button(page, "记录论证意见")
    button(page, "列为候选")
    expect(page.locator("main")).to_contain_text("列为候选了")
    _wishes(page, address, title)


def _wishes(page: Page, address: str, title: str) -> None:
    """Put one wish into the card, leave all others out with a reason."""
    page.goto(f"{address}/wishes")
    axe_clean(page, "light")
    first = page.locator(".project-list > li").first
    first.locator("select").select_option(label=title)
    first.get_by_role("button", name=re.compile("归入项目")).click()
    expect(page.locator("main")).to_contain_text("归入项目了")
    last = page.locator(".project-list > li").first
    last.get_by_text("不列入，写明理由").click()
    last.locator("textarea").fill("不行")
    with page.expect_navigation():
        last.get_by_role("button", name="不列入", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    while page.locator(".project-list textarea").count():
        one = page.locator(".project-list > li").first
        if not one.locator("textarea").is_visible():
            one.get_by_text("不列入，写明理由").click()
        one.locator("textarea").fill("已有上级专项安排，不重复列入。")
        with page.expect_navigation():
            one.get_by_role("button", name="不列入", exact=True).click()
    page.goto(address)
    button(page, "确定候选项目")
    expect(page.get_by_role("alert")).to_contain_text("差额票决至少要")


def test_the_towns_plenary_is_ready_and_has_no_result_before_the_hall(desktop: Page, sign_in: SignIn) -> None:
    page = sign_in(desktop, "presidium")
    page.goto("/projects/rounds")
    page.locator(".project-list h2 a").first.click()
    expect(page.locator("main")).to_contain_text("镇")
    axe_clean_in_all_looks(page)
    button(page, "取回票决结果")
    expect(page.get_by_role("alert")).to_contain_text("还没有有效的结果")
    page.get_by_role("link", name="到票决页面").click()
    expect(page.locator("h1")).to_contain_text("民生实事项目票决")
    page = sign_in(desktop, "deputy_town")
    page.goto("/projects/mine")
    axe_clean_in_all_looks(page)
    page.get_by_role("link", name="看材料").first.click()
    expect(page.locator("main")).to_contain_text("多选的票作废")
    axe_clean(page, "light")


def test_a_unit_reports_with_a_photo_the_deputy_looks_and_everybody_sees(
    phone: Page, sign_in: SignIn
) -> None:
    page = sign_in(phone, "clerk")  # the milestone of this month is reported once
    page.goto("/projects/unit")
    axe_clean_in_all_looks(page)
    page.locator(".project-list h2 a", has_text="农村危桥改造").first.click()
    address = page.url
    page.fill("#id_told", "完")
    button(page, "报进度")
    expect(page.locator("#id_told")).to_have_value("完")
    expect(page.get_by_role("alert")).to_be_visible()
    page.fill("#id_told", "桥面铺装完成，护栏在装。")
    page.set_input_files("#id_photos", site_photo())  # type: ignore[arg-type] # Playwright's own typed dict
    button(page, "报进度")
    expect(page.locator("main")).to_contain_text("进度报上了")
    axe_clean(page, "light", again=False)
    sign_in(page, "deputy_city")
    page.goto(address)
    page.fill("#id_text", "到现场看过，桥头还缺一块限载牌。")
    button(page, "写监督意见")
    page.context.clear_cookies()
    page.goto(address.replace("/work/", "/one/"))
    expect(page.locator("main")).to_contain_text("还缺一块限载牌")
    expect(page.locator(".project-photos img").last).to_be_visible()


def test_only_the_towns_congress_changes_a_towns_project(desktop: Page, sign_in: SignIn) -> None:
    page = sign_in(desktop, "presidium")
    page.goto("/projects/board")
    axe_clean_in_all_looks(page)
    leads(page, page.locator("tbody a").last)
    while not page.get_by_text("提出调整、暂缓或终止").count():
        page.go_back()
        page.goto("/projects/board?lamp=yellow")
        leads(page, page.locator("tbody a").first)
    page.get_by_text("提出调整、暂缓或终止").click()
    page.select_option("#id_kind", "suspend")
    page.fill("#id_cause", "汛期山体滑坡，需要改址以后再施工。")
    button(page, "提出调整")
    page.select_option("#id_body", "standing_committee")
    for name, number in (("members", "45"), ("present", "29"), ("votes_for", "28")):
        page.fill(f"#id_{name}", number)
    page.fill("#id_paper_number", "段人大发8号")
    button(page, "录入决定")
    expect(page.get_by_role("alert")).to_contain_text("要由镇人民代表大会决定")
    expect(page.locator("#id_paper_number")).to_have_value("段人大发8号")
    axe_clean(page, "light", again=False)
    page.select_option("#id_body", "congress")
    button(page, "录入决定")
    expect(page.get_by_role("alert")).to_contain_text("不足全体代表 45 人的三分之二")
    page.fill("#id_present", "40")
    button(page, "录入决定")
    expect(page.locator("main")).to_contain_text("暂缓")
