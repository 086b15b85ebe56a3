"""大会会议: a presidium enters a session, a deputy files a suggestion at it, and who came is written down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from lianxin.common import clock
from tests.factories.ballots import scan
from tests.journeys.axe import axe_clean_in_all_looks
from tests.journeys.city import City
from tests.journeys.conftest import DESKTOP, PHONE, Opens, city_apart
from tests.journeys.reading import fits, leads

PICTURE = {"name": "路口.jpg", "mimeType": "image/jpeg", "buffer": scan()}
SignIn = Callable[[Page, str], Page]
pytestmark = pytest.mark.xdist_group("congress")
served = city_apart("congress")  # a session that is on is seen by every deputy who writes


def press(page: Page, words: str) -> None:
    leads(page, page.get_by_role("button", name=words, exact=True))


def test_a_session_from_its_days_to_who_came(opens: Opens, sign_in: SignIn, city: City) -> None:
    host, today = sign_in(opens(PHONE), "presidium"), clock.today()
    host.goto("/sessions")
    axe_clean_in_all_looks(host)
    host.get_by_text("登记一次会议").click()
    host.fill("#id_ordinal", "11")
    host.fill("#id_opens_on", str(today))
    host.fill("#id_closes_on", str(today - timedelta(days=1)))
    press(host, "登记会议")
    expect(host.get_by_role("alert")).to_contain_text("闭幕不能早于开幕")
    expect(host.locator("#id_ordinal")).to_have_value("11")
    axe_clean_in_all_looks(host, again=False)
    host.fill("#id_closes_on", str(today))
    host.fill("#id_papers_until", f"{today}T23:58")
    press(host, "登记会议")
    expect(host.locator("main")).to_contain_text("已收 0 件")
    _filed(sign_in(opens(PHONE), "deputy_town"), city.password)
    host.reload()
    expect(host.locator("main")).to_contain_text("已收 1 件")
    _attended(host)


def _filed(deputy: Page, password: str) -> None:
    """Write a suggestion, choose the session, submit it after the deputy's own checks."""
    deputy.goto("/deputy/suggestions/new")
    expect(deputy.locator("main")).to_contain_text("第十一次会议")
    axe_clean_in_all_looks(deputy)
    for name, words in (
        ("title", "关于在集市口装一盏红绿灯的建议"),
        ("situation", "集市口每逢三六九有两千多人，今年已经撞了三回车。"),
        ("proposal", "请交通运输局年内装好红绿灯，并划好斑马线。"),
        ("demand_1", "年内装好红绿灯"),
    ):
        deputy.fill(f"#id_{name}", words)
    deputy.check("input[name=agree_to_publish][value=yes]")
    deputy.check("#id_at_session")
    press(deputy, "存草稿")
    expect(deputy.locator("main")).to_contain_text("大会期间提出")
    _enclosed(deputy)
    leads(deputy, deputy.get_by_role("link", name="提交", exact=True))
    for box in deputy.locator("input[name=tick]").all():
        box.check()
    deputy.fill("#id_password", password)
    press(deputy, "确认提交")
    expect(deputy.locator("main")).to_contain_text("第十一次会议")


def _enclosed(deputy: Page) -> None:
    """Press with nothing chosen, enclose a photo, find it with the text."""
    leads(deputy, deputy.get_by_role("link", name="附件", exact=True))
    press(deputy, "带上")
    expect(deputy.get_by_role("alert")).to_contain_text("请先选一张照片或一份 PDF")
    axe_clean_in_all_looks(deputy, again=False)
    deputy.set_input_files("#id_scan", PICTURE)  # type: ignore[arg-type] # Playwright's own typed dict
    press(deputy, "带上")
    expect(deputy.locator("main")).to_contain_text("附件 1（照片")
    axe_clean_in_all_looks(deputy, again=False)
    leads(deputy, deputy.get_by_role("link", name="回到这件建议"))
    expect(deputy.locator("main")).to_contain_text("附件 1（照片")


def _attended(host: Page) -> None:
    """Press with nothing filled in, then one absent and the rest present; mend one."""
    press(host, "记下出席情况")
    expect(host.get_by_role("alert")).to_contain_text("还没有填")
    axe_clean_in_all_looks(host, again=False)
    first = host.locator(".session-roll li").first
    first.get_by_label("缺席").check()
    host.check("#id_rest")
    press(host, "记下出席情况")
    expect(host.locator("main")).to_contain_text("出席的已计入履职档案")
    expect(first.get_by_label("缺席")).to_be_checked()
    first.get_by_label("请假").check()
    press(host, "记下出席情况")
    expect(host.locator(".ballot-figures dd").nth(2)).to_have_text("0")
    axe_clean_in_all_looks(host, again=False)
    fits(host)


def test_twice_absent_is_said_with_the_article_and_leads_to_the_roll(opens: Opens, sign_in: SignIn) -> None:
    host = sign_in(opens(DESKTOP), "presidium")
    host.goto("/sessions")
    leads(host, host.get_by_role("link", name="第九次会议"))
    expect(host.locator("main")).to_contain_text("代表法（2025）第六十二条")
    axe_clean_in_all_looks(host)
    leads(host, host.locator(".note-bar a").first)
    expect(host.locator("main")).to_contain_text("终止或暂停这个席位")
