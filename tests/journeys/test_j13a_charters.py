"""J13a: a charter from the model to the town's file, on a phone and on a desktop, with what can go wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from playwright.sync_api import Page, expect

from lianxin.common import clock
from tests.journeys.axe import axe_clean_in_all_looks
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.reading import fits

SignIn = Callable[[Page, str], Page]
Opens = Callable[..., Page]
VILLAGE = "610981113202"


def day(days: int) -> str:
    """Return a day as a date field takes it."""
    return str(clock.today() + timedelta(days=days))


def test_a_draft_from_the_model_is_hinted_at_mended_and_read_by_everybody(
    opens: Opens, sign_in: SignIn
) -> None:
    page = sign_in(opens(DESKTOP), "village")
    page.goto("/charters")
    axe_clean_in_all_looks(page, again=False)
    page.get_by_role("link", name="发起修订").click()
    axe_clean_in_all_looks(page, again=False)
    page.get_by_role("button", name="开始起草").click()
    address = page.url
    expect(page.locator(".way .is-now")).to_have_text("起草")
    axe_clean_in_all_looks(page, again=False)

    page.get_by_role("link", name="改这一条：环境卫生").click()
    page.fill("#id_words", "短")
    page.get_by_role("button", name="存这一条").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("#id_words")).to_have_value("短")
    page.fill("#id_words", "乱倒垃圾的，罚款五十元。")
    page.fill("#id_reason", "有人往河里倒")
    page.get_by_role("button", name="存这一条").click()
    expect(page.locator("main")).to_contain_text("行政处罚法")
    expect(page.locator("main")).to_contain_text("由人决定")
    axe_clean_in_all_looks(page, again=False)
    page.goto(address)
    page.get_by_role("button", name="开始征求意见").click()
    expect(page.get_by_role("alert")).to_contain_text("合法性提示")
    page.get_by_role("link", name="改这一条：环境卫生").click()
    page.fill("#id_words", "乱倒垃圾的，组里上门劝导，一起清走。")
    page.get_by_role("button", name="存这一条").click()

    mark = uuid4().hex[:4]
    page.get_by_text("加一条", exact=True).click()
    page.fill("#id_heading", f"文明养犬{mark}")
    page.fill("#id_words", "养狗要拴绳，按时打疫苗。")
    page.fill("#id_reason", "有老人被咬过")
    page.get_by_role("button", name="加上").click()
    page.get_by_role("button", name=f"往上移：文明养犬{mark}").click()
    page.get_by_role("link", name="和示范文本比").click()
    expect(page.locator(".charter-diff del").first).to_be_visible()
    expect(page.locator(".charter-diff ins").first).to_be_visible()
    axe_clean_in_all_looks(page, again=False)

    page.goto(address)
    page.fill("#id_until", day(2))
    page.get_by_role("button", name="开始征求意见").click()
    expect(page.get_by_role("alert")).to_contain_text("至少 7 天")
    page.fill("#id_until", day(9))
    page.get_by_role("button", name="开始征求意见").click()
    expect(page.locator(".way .is-now")).to_have_text("征求意见")
    page.get_by_role("button", name="送镇预审").click()
    expect(page.get_by_role("alert")).to_contain_text("期满以后")
    axe_clean_in_all_looks(page, again=False)
    _read_and_said(opens, f"文明养犬{mark}")


def _read_and_said(opens: Opens, heading: str) -> None:
    """Read the draft without JavaScript on a phone, and say something about one clause."""
    reader = opens(PHONE, java_script_enabled=False)
    reader.goto("/")
    reader.get_by_role("link", name=re.compile("看村务")).click()
    reader.get_by_role("link", name="段家河镇", exact=True).click()
    reader.get_by_role("link", name="李家庄村", exact=True).click()
    reader.get_by_role("link", name="看村规民约和自治章程").click()
    reader.set_viewport_size({"width": 320, "height": 700})
    fits(reader)
    reader.get_by_role("link", name=re.compile("正在修订")).first.click()
    reader.get_by_role("link", name=f"对这一条提意见：{heading}").click()
    reader.get_by_role("button", name="送出").click()
    expect(reader.get_by_role("alert")).to_be_visible()
    reader.fill("#id_words", "养鸡养鸭的也写上吧。")
    reader.get_by_role("button", name="送出").click()
    expect(reader.locator("main")).to_contain_text("您的意见收到了")
    expect(reader.locator("main")).not_to_contain_text("养鸡养鸭")


def test_from_the_town_to_the_file_with_what_goes_wrong_on_the_way(opens: Opens, sign_in: SignIn) -> None:
    clerk = sign_in(opens(PHONE), "village")
    clerk.goto("/charters")
    clerk.get_by_role("link", name=re.compile("接着办第 3 版")).first.click()
    address = clerk.url
    clerk.get_by_role("button", name="送镇预审").click()
    expect(clerk.get_by_role("alert")).to_contain_text("没有写怎么处理")
    clerk.select_option("#comments select", "taken")
    clerk.fill("#comments input[name=why]", "加进了调解这一条")
    clerk.get_by_role("button", name="写上").click()
    clerk.get_by_role("button", name="送镇预审").click()
    expect(clerk.locator(".way .is-now")).to_have_text("预审")

    town = sign_in(opens(DESKTOP), "presidium")
    town.goto("/charters/board?tab=making")
    axe_clean_in_all_looks(town, again=False)
    town.goto(address)
    town.get_by_text("有条款不合法，退回改正").click()
    town.fill("#id_note", "不行")
    town.get_by_role("button", name="退回改正").click()
    expect(town.get_by_role("alert")).to_be_visible()
    expect(town.locator("#id_note")).to_have_value("不行")
    axe_clean_in_all_looks(town, again=False)
    town.fill("#id_note", "调解一条请写明当事人可以走法律途径，照民法典改。")
    town.get_by_role("button", name="退回改正").click()

    clerk.goto(address)
    expect(clerk.locator("main")).to_contain_text("照民法典改")
    clerk.get_by_role("link", name="改这一条：矛盾调解").click()
    clerk.fill("#id_words", "邻里纠纷先上门调解；调解不成的，当事人可以走法律途径。")
    clerk.fill("#id_reason", "照镇里的意见改")
    clerk.get_by_role("button", name="存这一条").click()
    clerk.get_by_role("button", name="送镇预审").click()
    town.goto(address)
    town.get_by_role("button", name="预审通过").click()
    expect(town.locator(".way .is-now")).to_have_text("待表决")
    _voted(clerk, address)
    _published_and_filed(clerk, town, address)


def _voted(clerk: Page, address: str) -> None:
    """Note first the meeting that lacked its quorum, then the assembly that adopted the text."""
    clerk.goto(address)
    axe_clean_in_all_looks(clerk, again=False)
    clerk.get_by_label(re.compile("座谈")).first.check(force=True)
    clerk.get_by_role("button", name="登记表决").click()
    expect(clerk.locator("main")).to_contain_text("不足法定人数")
    expect(clerk.locator(".way .is-now")).to_have_text("待表决")
    clerk.get_by_label(re.compile("同意 ")).first.check(force=True)
    clerk.get_by_role("button", name="登记表决").click()
    expect(clerk.locator(".way .is-now")).to_have_text("已通过")


def _published_and_filed(clerk: Page, town: Page, address: str) -> None:
    """Publish for a later day: the old version stays in force; file it; the town orders a correction."""
    clerk.fill("#id_effective_on", day(-3))
    clerk.get_by_role("button", name="公布", exact=True).click()
    expect(clerk.get_by_role("alert")).to_contain_text("生效日")
    clerk.fill("#id_effective_on", day(20))
    clerk.get_by_role("button", name="公布", exact=True).click()
    clerk.get_by_role("button", name="报镇备案").click()
    expect(clerk.locator("main")).to_contain_text("等镇里备案")
    axe_clean_in_all_looks(clerk, again=False)
    clerk.goto(f"/charters/of/{VILLAGE}")
    expect(clerk.locator("#charter")).to_contain_text("第 2 版")
    expect(clerk.locator("#charter")).to_contain_text("新的一版")
    axe_clean_in_all_looks(clerk, again=False)
    clerk.get_by_role("link", name=re.compile("新的一版")).click()
    axe_clean_in_all_looks(clerk, again=False)
    clerk.get_by_role("link", name=re.compile("改了什么")).click()
    expect(clerk.locator(".charter-diff ins").first).to_be_visible()
    axe_clean_in_all_looks(clerk, again=False)

    town.goto(address)
    town.get_by_role("button", name="予以备案").click()
    expect(town.locator("main")).to_contain_text("段家河约备〔")
    town.get_by_text("有条款不合法，责令改正").click()
    town.fill("#id_note", "财务一条与村组法第三十条不符，请改为逐笔公开。")
    town.get_by_role("button", name="责令改正").click()
    expect(town.locator("main")).to_contain_text("旧版接着有效")
    axe_clean_in_all_looks(town, again=False)
    clerk.goto("/charters")
    expect(clerk.locator("main")).to_contain_text("镇里责令改正第 3 版")
    clerk.goto(f"/charters/of/{VILLAGE}")
    expect(clerk.locator("#charter")).to_contain_text("第 2 版")
    expect(clerk.locator("#charter")).not_to_contain_text("新的一版")


def test_the_office_sees_the_rounds_and_their_gaps(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "office")
    page.goto("/charters/rounds")
    expect(page.locator("main")).to_contain_text("2013年章程公约修订")
    axe_clean_in_all_looks(page, again=False)
    page.locator(".village-items h2 a").first.click()
    expect(page.locator("main")).to_contain_text("没有完成")
    axe_clean_in_all_looks(page, again=False)
    page.goto("/charters/rounds/new")
    page.fill("#id_name", "又一轮修订")
    page.fill("#id_due_on", day(90))
    page.get_by_role("button", name="发起", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("一轮修订")
