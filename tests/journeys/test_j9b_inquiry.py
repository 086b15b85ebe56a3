"""执法检查 and 专题调研 through the pages: list, what was seen, findings, report, 审议意见, a second look."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from playwright.sync_api import Page, expect

from lianxin.common import clock
from tests.journeys.axe import axe_clean_in_all_looks
from tests.journeys.conftest import DESKTOP, PHONE, Opens
from tests.journeys.reading import leads

SignIn = Callable[[Page, str], Page]
UNIT = "交通运输局"


def planned(page: Page, kind: str, subject: str) -> str:
    """Arrange one from a form that keeps what was typed, the ticked deputies among it."""
    page.goto("/forums/inquiries/new")
    page.get_by_label(kind).check()
    team = page.locator("input[name=team]")
    team.nth(0).check()
    team.nth(1).check()
    page.get_by_role("button", name="下一步，列清单").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label(kind)).to_be_checked()
    expect(page.locator("input[name=team]").nth(1)).to_be_checked()
    axe_clean_in_all_looks(page, again=False)
    page.fill("#id_title", f"{subject}{kind}{uuid4().hex[:4]}")
    page.fill("#id_subject", subject)
    page.fill("#id_begins_on", str(clock.today()))
    page.fill("#id_plan", "看六个镇，开两个座谈会。")
    page.get_by_role("button", name="下一步，列清单").click()
    expect(page.locator("main")).to_contain_text(subject)
    return re.sub(r"^https?://[^/]+", "", page.url)


def begun(page: Page, lines: tuple[tuple[str, str], ...]) -> None:
    """Nothing begins without a list; then each line of it is looked at."""
    expect(page.locator("main")).to_contain_text("还没有清单")
    page.get_by_role("button", name="开始").click()
    expect(page.get_by_role("alert")).to_contain_text("还没有清单")
    for article, text in lines:
        page.fill("#id_article", article)
        page.fill("#id_text", text)
        leads(page, page.get_by_role("button", name="列上"))
    page.get_by_role("button", name="开始").click()


def found(page: Page, text: str) -> None:
    page.fill("#id_text", text)
    page.locator("#id_unit").select_option(label=UNIT)
    page.fill("#id_due_on", str(clock.today() + timedelta(days=30)))
    page.locator("form[action$=add_finding] button").click()
    expect(page.locator("main")).to_contain_text(text)


def reported(page: Page) -> None:
    """The report waits until every line was seen."""
    page.fill("#id_report", "总体较好，发现一个问题，逐件交办整改。")
    page.get_by_role("button", name="交报告").click()
    expect(page.get_by_role("alert")).to_contain_text("没有看")
    expect(page.locator("#id_report")).to_have_value("总体较好，发现一个问题，逐件交办整改。")
    while page.locator("textarea[name=seen]").count():
        page.locator("textarea[name=seen]").first.fill("看了六个镇，基本做到。")
        leads(page, page.locator("form[action$='acts/check'] button").first)
    axe_clean_in_all_looks(page)
    page.fill("#id_report", "总体较好，发现一个问题，逐件交办整改。")
    leads(page, page.get_by_role("button", name="交报告"))
    page.get_by_role("button", name="交办").click()
    expect(page.locator("main")).to_contain_text("还有 1 件没有复查通过")


def test_an_inspection_ends_only_after_a_second_look(opens: Opens, sign_in: SignIn) -> None:
    office, unit = sign_in(opens(DESKTOP), "office"), sign_in(opens(PHONE), "head")
    address = planned(office, "执法检查", "农村公路条例")
    begun(office, (("第八条", "养护资金是否到位"), ("第十二条", "巡查记录是否齐全")))
    text = f"三条村道没有巡查记录{uuid4().hex[:4]}"
    found(office, text)
    reported(office)
    put_right(office, unit, address, text)
    stranger = opens(PHONE)
    sign_in(stranger, "clerk2")
    answer = stranger.goto(address)
    assert answer is not None and answer.status in {403, 404}


def put_right(office: Page, unit: Page, address: str, text: str) -> None:
    """The unit reports, the office sends it back once, looks again and closes."""
    unit.goto("/forums/findings")
    unit.get_by_role("link", name=text).click()
    finding = re.sub(r"^https?://[^/]+", "", unit.url)
    unit.fill("#id_report", "好")
    unit.get_by_role("button", name="报告").click()
    expect(unit.get_by_role("alert")).to_be_visible()
    for words in ("已经补上两条。", "三条村道的巡查记录都补齐了。"):
        unit.goto(finding)
        unit.fill("#id_report", words)
        unit.get_by_role("button", name="报告").click()
        axe_clean_in_all_looks(unit)
        office.goto(finding)
        if words.startswith("已经"):
            office.get_by_role("button", name="还没改好").click()
            expect(office.get_by_role("alert")).to_be_visible()
            office.fill("#id_note", "还差一条村道。")
            office.get_by_role("button", name="还没改好").click()
    office.get_by_role("button", name="复查通过").click()
    office.goto(address)
    office.get_by_role("button", name="办结").click()
    expect(office.locator("main")).to_contain_text("办结")
    axe_clean_in_all_looks(office)


def test_a_research_gives_opinions_of_the_committee(opens: Opens, sign_in: SignIn) -> None:
    office = sign_in(opens(DESKTOP), "office")
    planned(office, "专题调研", "农村公交")
    begun(office, (("题目一", "班次和票价"),))
    expect(office.locator("main")).to_contain_text("审议意见")
    found(office, f"农村公交要覆盖到所有行政村{uuid4().hex[:4]}")
    reported(office)
