"""J9: 知情议政会 — two recorders and five departments at once, 42 rows by keyboard, every failure case."""

from __future__ import annotations

import re
from collections.abc import Callable
from time import monotonic, sleep
from uuid import uuid4

from playwright.sync_api import Page, expect

from lianxin.common import clock
from lianxin.demo.forums_texts import FIRST, LIVE_UNITS
from tests.journeys.axe import SMALLEST, axe_clean_in_all_looks
from tests.journeys.conftest import DESKTOP, PHONE, Opens
from tests.journeys.reading import reads, settled

SignIn = Callable[[Page, str], Page]
TABLET = {"viewport": {"width": 768, "height": 1024}, "has_touch": True}
WALL = {"viewport": {"width": 1920, "height": 1080}}
NAMES = ("农业农村局", "水利局", "乡村振兴局", "林业局", "畜牧兽医中心")
EACH_SECONDS = 2.0


def typed(page: Page, deputy: str, unit: str, text: str) -> None:
    """Type one row as a recorder does: never a mouse, Enter from field to field."""
    settled(page)  # keys that come before the script is there are lost
    expect(page.locator("#id_deputy")).to_be_focused()
    page.keyboard.type(deputy)
    page.keyboard.press("Enter")
    page.keyboard.type(unit)
    page.keyboard.press("Enter")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def live_forum(page: Page) -> str:
    """Return the address of today's forum."""
    page.goto("/forums")
    card = page.locator(".forum-list > li", has_text="秋冬农业生产代表知情议政会").first
    return str(card.get_by_role("link").first.get_attribute("href"))


def total(page: Page) -> int:
    """Return the count that a page shows."""
    return int(page.locator("[data-count=total]").first.inner_text())


def test_42_rows_by_keyboard_with_the_net_down_and_a_second_recorder(opens: Opens, sign_in: SignIn) -> None:
    first, second, wall = opens(DESKTOP), opens(DESKTOP), opens(WALL)
    sign_in(first, "office")
    address = live_forum(first)
    sign_in(second, "office")
    sign_in(wall, "leader")
    wall.goto(f"{address}/screen")
    assert wall.evaluate(SMALLEST) >= 28
    for page in (first, second):
        page.goto(f"{address}/ledger")
        page.evaluate("window.sameDocument = true")
    before = total(wall)
    texts = [text for told in FIRST.values() for text in told]
    assert len(texts) == 42
    expect(first.locator("#id_deputy")).to_be_focused()
    for place, text in enumerate(texts):
        began = monotonic()
        if place == 20:
            first.context.set_offline(True)
        typed(second if place % 7 == 6 else first, str(place % 12 + 1), str(place % 5 + 1), text)
        expect((second if place % 7 == 6 else first).locator("#id_deputy")).to_be_focused()
        if place == 24:
            expect(first.locator("[data-queue] li")).not_to_have_count(0)
            first.context.set_offline(False)
        sleep(max(0.0, EACH_SECONDS - (monotonic() - began)))
    expect(first.locator("[data-queue] li")).to_have_count(0, timeout=30_000)
    expect(second.locator("[data-queue] li")).to_have_count(0)
    expect(wall.locator("[data-count=total]")).to_have_text(str(before + 42))
    assert first.evaluate("window.sameDocument") and second.evaluate("window.sameDocument")
    first.goto(f"{address}/ledger?part=1")
    rows = first.locator("tbody tr")
    expect(rows).to_have_count(before + 42)
    words = first.locator("tbody").inner_text()
    assert [text for text in texts if words.count(text) != 1] == []


def planned(page: Page) -> str:
    """Prepare a forum of today through the pages and return its address."""
    page.goto("/forums")
    page.get_by_role("link", name="筹备一次").first.click()
    page.get_by_role("button", name="下一步，请人").click()
    expect(page.get_by_role("alert")).to_be_visible()
    axe_clean_in_all_looks(page, again=False)
    page.fill("#id_title", f"第{uuid4().hex[:5]}次代表知情议政会")
    page.fill("#id_theme", "灌溉和用电")
    page.fill("#id_day", str(clock.today()))
    page.fill("#id_hour", "23:30")
    page.fill("#id_place", "市人大常委会会议室")
    page.get_by_role("button", name="下一步，请人").click()
    address = re.sub(r"^https?://[^/]+", "", page.url)
    for name in ("张建国", "何志强", *NAMES):
        page.locator("label.choice", has=page.get_by_text(name, exact=True)).first.locator("input").check()
    page.get_by_role("button", name="存名单").click()
    page.fill("#id_paper_title", "灌溉情况")
    page.fill("#id_paper_text", "今年的灌溉和用电情况通报。")
    page.get_by_role("button", name="放进资料包").click()
    page.get_by_role("button", name="发通知").click()
    expect(page.locator("main")).to_contain_text("通知已发")
    axe_clean_in_all_looks(page, again=False)
    return address


def test_a_forum_from_the_notice_to_the_letters_with_every_failure(opens: Opens, sign_in: SignIn) -> None:
    office, other, phone = opens(DESKTOP), opens(DESKTOP), opens(PHONE)
    sign_in(office, "office")
    address = planned(office)
    sign_in(phone, "deputy_city")
    phone.goto(f"{address}/mine")
    phone.get_by_role("button", name="资料看过了").click()
    phone.fill("#id_text", "后沟堰塘今年修不修？")
    phone.get_by_role("button", name="发给部门").click()
    expect(phone.locator("main")).to_contain_text("问题已经发给部门")
    axe_clean_in_all_looks(phone, again=False)
    office.goto(address)
    expect(office.locator("main")).to_contain_text("资料已阅")
    office.get_by_role("button", name="开始签到和记录").click()
    tablets = _tablets(opens, sign_in, address)
    _rows(office, other, sign_in, address)
    _answers(office, phone, tablets, address)
    _closing(office, sign_in, address)


def _tablets(opens: Opens, sign_in: SignIn, address: str) -> dict[str, Page]:
    """Sign five departments in on tablets of their own; the delegate has to explain."""
    tablets = {}
    for unit in LIVE_UNITS:
        tablet = tablets[unit] = opens(TABLET)
        sign_in(tablet, f"head_{unit}")
        tablet.goto(f"{address}/unit")
        if unit == "forestry":
            tablet.get_by_text("受委托的人").click()
            tablet.get_by_role("button", name="签到").click()
            expect(tablet.get_by_role("alert")).to_contain_text("委托")
            tablet.fill("#id_delegate_note", "局长在防火一线，委托副局长到会")
        tablet.get_by_role("button", name="签到").click()
        expect(tablet.locator("main")).to_contain_text("签到好了")
    axe_clean_in_all_looks(tablets["forestry"], again=False)
    return tablets


def _rows(office: Page, other: Page, sign_in: SignIn, address: str) -> None:
    """Write six rows; the second recorder writes one of them too and is asked to merge."""
    sign_in(other, "office")
    other.goto(f"{address}/ledger")
    office.goto(f"{address}/ledger")
    typed(office, "张", "水", "后沟堰塘漏水，存不住春灌的水")
    expect(office.locator("#row-1")).to_be_visible()  # an empty ledger has a row too, which says so
    typed(other, "何", "水", "后沟的堰塘漏水，存不住春灌的水")
    expect(other.locator("[data-queue] .forum-ask")).to_contain_text("第 1 件")
    axe_clean_in_all_looks(other, again=False)
    other.get_by_role("button", name="并到第 1 件").click()
    expect(other.locator("[data-queue] li")).to_have_count(0)
    typed(office, "何", "农", "茶园修剪的技术员一年只来一次")
    expect(office.locator("#id_deputy")).to_be_focused()
    office.keyboard.type("张")
    office.locator("#id_text").fill("镇上缺一个停车的地方")
    office.keyboard.press("Enter")
    typed(office, "张", "林", "野猪下山糟蹋庄稼，损失没有地方赔")
    typed(office, "何", "畜", "猪苗贵，散户不敢补栏")
    typed(office, "张", "乡", "公益岗位的工资到了年底才发")
    expect(office.locator("tbody tr")).to_have_count(6)
    typed(office, "谁", "水", "认不出这是哪一位代表")
    expect(office.locator("[data-queue] .forum-ask")).to_contain_text("没认出是哪位代表")
    office.get_by_role("button", name="改一改").click()
    office.locator("#id_text").fill("")
    office.locator("#id_deputy").fill("")
    office.locator("#id_units").fill("")


def _answers(office: Page, phone: Page, tablets: dict[str, Page], address: str) -> None:
    """Answer on the tablets, accept and deny on the telephone, leave early."""
    water, forestry = tablets["water"], tablets["forestry"]
    for tablet, words in ((water, "已列入今冬清淤，十二月底前修好。"), (forestry, "这个没有办法。")):
        tablet.goto(f"{address}/unit")
        tablet.locator("textarea").first.fill(words)
        tablet.get_by_role("button", name="现场答复").first.click()
        expect(tablet.locator("main")).to_contain_text("等代表认可")
    phone.goto(f"{address}/mine")
    phone.locator("#item-1").get_by_role("button", name="认可", exact=True).click()
    phone.locator("#item-4").get_by_role("button", name="不认可，转会后").click()
    expect(phone.locator("#item-4")).to_contain_text("转会后")
    axe_clean_in_all_looks(phone, again=False)
    tablets["agriculture"].goto(f"{address}/unit")
    tablets["agriculture"].get_by_role("button", name="会后书面").first.click()
    office.goto(f"{address}/ledger")
    office.get_by_role("button", name="提前离场：畜牧兽医中心").click()
    expect(office.locator("#row-5")).to_contain_text("转会后")
    office.get_by_role("button", name="结束记录，去核对").click()


def _closing(office: Page, sign_in: SignIn, address: str) -> None:
    """Be refused while an item lacks department or outcome; link one; confirm; hand over; read the letter."""
    expect(office.locator("main")).to_contain_text("第 3 件没有指向部门")
    axe_clean_in_all_looks(office, again=False)
    office.get_by_role("button", name="存纪要稿").click()
    sign_in(office, "leader")
    office.goto(f"{address}/check")
    office.get_by_role("button", name="确认纪要，闭会").click()
    expect(office.locator("main")).to_contain_text("不等于共 6 件")
    sign_in(office, "office")
    office.goto(f"{address}/check")
    office.get_by_role("link", name="去办第 3 件").click()
    office.fill("#id_units", "乡")
    office.get_by_role("button", name="存", exact=True).click()
    office.get_by_role("link", name="去办第 3 件").click()
    office.get_by_role("button", name="转会后书面").click()
    number = _known_number(office)
    office.goto(f"{address}/check")
    office.get_by_role("link", name="去办第 6 件").click()
    office.fill("#id_number", "没有这个号")
    office.get_by_role("button", name="并入").click()
    expect(office.get_by_role("alert")).to_contain_text("没有找到这个编号")
    office.fill("#id_number", number)
    office.get_by_role("button", name="并入").click()
    expect(office.locator("main")).to_contain_text("件件有结果")
    sign_in(office, "leader")
    office.goto(f"{address}/check")
    office.get_by_role("button", name="确认纪要，闭会").click()
    expect(office.locator("main")).to_contain_text("确认")
    sign_in(office, "office")
    office.goto(f"{address}/effect")
    office.get_by_role("button", name="转办", exact=True).click()
    letters = office.locator("a", has_text="议政转〔")
    expect(letters).to_have_count(4)
    axe_clean_in_all_looks(office, again=False)
    answer = office.request.get(str(letters.first.get_attribute("href")))
    assert answer.ok and answer.body().startswith(b"%PDF")


def _known_number(page: Page) -> str:
    """Return the number of a suggestion that is being handled."""
    page.goto("/office/suggestions?tab=")
    return reads(page, r"旬人建〔\d+〕\d+号")[0]


def test_without_script_the_ledger_is_a_plain_form(opens: Opens, sign_in: SignIn) -> None:
    page = opens(DESKTOP, java_script_enabled=False)
    sign_in(page, "office")
    address = live_forum(page)
    page.goto(f"{address}/ledger")
    mark = uuid4().hex[:8]
    page.fill("#id_deputy", "1")
    page.fill("#id_units", "水")
    page.fill("#id_text", f"没有脚本也能记的一件事{mark}")
    page.get_by_role("button", name="存", exact=True).click()
    expect(page.locator("main")).to_contain_text(mark)
