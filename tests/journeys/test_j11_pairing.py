"""J11: pairing by nearest, from asking both sides to the card in the hand; and what goes wrong on the way."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from tests.journeys.axe import axe_clean, axe_clean_in_all_looks
from tests.journeys.city import City, shell
from tests.journeys.conftest import DESKTOP, PHONE, Opens
from tests.journeys.reading import fits, reads

SignIn = Callable[[Page, str], Page]
TOWN, VILLAGE = "610981113000", "610981113202"
CODE = re.compile(r"XY-\w{4}-\w{4}")
START = """
from datetime import timedelta
from lianxin.common import clock
from lianxin.common.actor import SYSTEM
from lianxin.contacts import services
from lianxin.contacts.codes import slip_code
from lianxin.contacts.models import Consent, Household, Pairing
from lianxin.people.models import Deputy, Seat
def home(number): return Household.objects.get(number=number)
"""


def told(city: City, code: str) -> str:
    """Let something happen in the city that no page of this journey does; return what was printed."""
    return shell(city.data, START + code)


def main(page: Page) -> Locator:
    return page.locator("main")


def looked_at(page: Page, *, again: bool = True) -> None:
    """Assert that a page is accessible: in all looks on the telephone, in the usual one on the desktop."""
    if (page.viewport_size or {}).get("width", 0) < 600:
        axe_clean_in_all_looks(page, again=again)
    else:
        axe_clean(page, "light", again=again)


def registered(page: Page, answer: str = "") -> str:
    """Register a household at the desk; return its number."""
    page.goto(f"/office/pairing/consents?town={TOWN}")
    page.locator("summary", has_text="登记一户").click()
    page.fill("#id_name", f"第{uuid4().hex[:4]}家大叔")
    page.select_option("#id_village", VILLAGE)
    page.fill("#id_group_no", "2")
    page.locator(f"details [name=answer][value='{answer}']").check(force=True)
    page.get_by_role("button", name="登记", exact=True).click()
    return reads(page, r"编号 (\d{6}-\d{4})", "body")[1]


def turned(page: Page) -> None:
    """Turn to the next page of a list, and wait until it is there: the old one is counted otherwise."""
    with page.expect_navigation():
        page.get_by_role("link", name="后面的").click()


def answered(page: Page, number: str, words: str, tab: str = "unasked", way: str = "phone") -> None:
    """Enter what a household said, and how it was asked."""
    page.goto(f"/office/pairing/consents?town={TOWN}&tab={tab}")
    row = page.locator("[data-row]", has_text=number)
    while not row.count():
        turned(page)
    row.locator("select").select_option(way)
    row.get_by_role("button", name=words).click()
    expect(page.locator("body")).to_contain_text("记下了")


def computed(page: Page, mode: str = "near", quota: int = 12) -> None:
    """Compute the town's plan."""
    page.goto(f"/office/pairing/plan?town={TOWN}")
    page.locator(f"[name=mode][value={mode}]").check(force=True)
    page.fill("#id_quota", str(quota))
    page.get_by_role("button", name="计算", exact=True).click()
    expect(page.locator("body")).to_contain_text("算好了")


def proposed(page: Page, number: str) -> Locator:
    """Return a household's row in the list of a plan."""
    page.locator("#pairs summary").click()
    row = page.locator("#pairs [data-row]", has_text=number)
    while not row.count():
        turned(page)
    return row


def contact_of(row: Locator) -> str:
    return row.locator("td").nth(1).inner_text()


def given_to(page: Page, name: str, reason: str) -> None:
    """Give a pair to somebody else by the menu, with a reason."""
    if not page.locator("#id_reason").is_visible():
        page.locator("#reassign summary").click()
    option = page.locator("#id_deputy option", has_text=name).first.get_attribute("value")
    page.select_option("#id_deputy", option)
    page.fill("#id_reason", reason)
    page.get_by_role("button", name="改派", exact=True).click()


def test_a_town_goes_from_asking_both_sides_to_the_card(
    page: Page, opens: Opens, sign_in: SignIn, city: City
) -> None:
    sign_in(page, "presidium")
    page.goto("/office/pairing")
    looked_at(page)
    page.get_by_role("link", name="镇的方案").click()
    expect(main(page)).to_contain_text("先征求意见")
    page.get_by_role("link", name="去征求意见").click()
    looked_at(page)
    _what_is_missing_is_said(page)
    by_phone, by_code = registered(page), registered(page)
    slips = page.request.get(f"/papers/pairing/slips.pdf?town={TOWN}")
    assert slips.body().startswith(b"%PDF")
    answered(page, by_phone, "同意")
    code = told(city, f"print(slip_code(home('{by_code}').id))").strip()
    assert CODE.fullmatch(code)
    resident = opens(PHONE)
    _says_yes_by_the_code(resident, code)
    page.goto(f"/office/pairing/consents?town={TOWN}&tab=deputies")
    page.get_by_role("button", name="李秀英 同意").click()
    expect(page.locator("body")).to_contain_text("记下了")
    fits(page)

    computed(page, "stable")
    fits(page)
    result = page.locator("#result")
    for words in (
        "平均步行",
        "最远步行",
        "没有着落的户",
        "要换人的户",
        "照名单挨个就近",
        "各村要走多远",
        "估",
    ):
        expect(result).to_contain_text(words)
    assert page.locator("#result svg.tiles rect").count() >= 5
    page.locator("#result summary", has_text="看数据表").click()
    expect(page.locator("#villages")).to_contain_text("李家庄村")
    looked_at(page)
    row = proposed(page, by_phone)
    expect(row).to_contain_text(re.compile(r"步行约 \d+ 分钟（估）"))
    expect(row).to_contain_text("待批准")
    row.get_by_role("link", name="改派给…").click()
    _changed_by_menu(page)

    page.goto(f"/office/pairing/plan?town={TOWN}")
    page.get_by_role("button", name="批准发布").click()
    expect(page.locator("body")).to_contain_text("已批准发布")
    href = page.get_by_role("link", name="打印连心卡").get_attribute("href") or ""
    assert page.request.get(href).body().startswith(b"%PDF")
    looked_at(page)
    _both_sides_know(page, resident, sign_in, by_phone, code)


def _what_is_missing_is_said(page: Page) -> None:
    page.locator("summary", has_text="登记一户").click()
    page.fill("#id_name", "王家大叔")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("#id_name")).to_have_value("王家大叔")
    looked_at(page, again=False)


def _says_yes_by_the_code(resident: Page, code: str) -> None:
    resident.goto("/household")
    resident.fill("#id_code", "XY-2222-2222")
    resident.get_by_role("button", name="看一看").click()
    expect(resident.get_by_role("alert")).to_contain_text("没有这个码")
    resident.fill("#id_code", code)
    resident.get_by_role("button", name="看一看").click()
    resident.get_by_role("button", name="同意", exact=True).click()
    expect(main(resident)).to_contain_text("等主席团批准后")


def _changed_by_menu(page: Page) -> None:
    """Give the pair to 李秀英: a reason is asked for, what was typed stays, the history says so."""
    page.locator("#reassign summary").click()
    page.fill("#id_reason", "近")
    page.get_by_role("button", name="改派", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("#id_reason")).to_have_value("近")
    looked_at(page, again=False)
    given_to(page, "李秀英", "两家本来就常来往")
    expect(main(page)).to_contain_text("人工改派：两家本来就常来往")
    expect(page.locator("h1")).to_contain_text("李秀英")
    expect(main(page)).to_contain_text("提出结对")
    looked_at(page)
    fits(page)


def _both_sides_know(page: Page, resident: Page, sign_in: SignIn, number: str, code: str) -> None:
    """The deputy has a notice and the household on her list; who has no code is called; who has reads it."""
    sign_in(page, "deputy_town")
    page.goto("/notices")
    expect(main(page)).to_contain_text(re.compile(r"新结对 \d+ 户"))
    page.goto("/deputy/households")
    assert page.locator("[data-row]").count() >= 1
    looked_at(page)
    fits(page)
    sign_in(page, "keeper")
    page.goto("/station/calls")
    expect(main(page)).to_contain_text(number)
    resident.goto("/household")
    resident.fill("#id_code", code)
    resident.get_by_role("button", name="看一看").click()
    expect(main(resident)).to_contain_text("联系您家的代表")
    looked_at(resident, again=False)


def test_the_whole_city_is_computed_by_the_worker_with_progress(opens: Opens, sign_in: SignIn) -> None:
    desk = sign_in(opens(DESKTOP), "office")
    desk.goto("/office/pairing")
    if not desk.get_by_role("button", name="少变动").count():
        desk.goto(f"/office/pairing/plan?town={TOWN}")
        return
    desk.get_by_role("button", name="少变动").click()
    expect(desk.locator("body")).to_contain_text(re.compile(r"已排队计算 \d+ 个镇，刷新可以看进度"))
    for _ in range(60):
        if "在排队计算" not in desk.inner_text("main"):
            break
        desk.wait_for_timeout(1000)
        desk.reload()
    expect(main(desk)).not_to_contain_text("在排队计算")


def test_failure_capacity_below_households_is_shown_by_village_with_the_quota_that_would_do(
    opens: Opens, sign_in: SignIn
) -> None:
    desk = sign_in(opens(DESKTOP), "presidium")
    computed(desk, quota=1)
    short = desk.locator("#result .note-bar", has_text="人手不够")
    expect(short).to_contain_text(re.compile(r"把每人户数调到 \d+"))
    expect(short).to_contain_text(re.compile(r"村 \d+ 户"))
    expect(desk.locator("#result svg.tiles")).to_contain_text("缺")
    looked_at(desk)
    wanted = re.search(r"调到 (\d+)", short.inner_text())
    assert wanted
    computed(desk, quota=int(wanted[1]))
    expect(desk.locator("#result .note-bar", has_text="人手不够")).to_have_count(0)


def test_failure_a_refusal_goes_to_the_next_nearest_and_a_no_to_nobody(opens: Opens, sign_in: SignIn) -> None:
    desk = sign_in(opens(DESKTOP), "presidium")
    other, none = registered(desk, "agree"), registered(desk, "agree")
    computed(desk)
    first = contact_of(proposed(desk, other))
    answered(desk, other, "希望更换", tab="agree")
    answered(desk, none, "不参加", tab="agree")
    computed(desk)
    assert contact_of(proposed(desk, other)) != first
    desk.goto(f"/office/pairing/plan?town={TOWN}")
    desk.locator("#pairs summary").click()
    while True:
        expect(desk.locator("#pairs [data-row]", has_text=none)).to_have_count(0)
        if not desk.get_by_role("link", name="后面的").count():
            break
        turned(desk)


def test_failure_a_deputy_leaves_the_pair_is_covered_and_given_to_another(
    opens: Opens, sign_in: SignIn, city: City
) -> None:
    number = told(
        city,
        f"""
row = Pairing.objects.filter(
    kind="deputy_household", state="active", division_code="{VILLAGE}", deputy__account__username__startswith="deputy-"
).select_related("household").first()
Seat.objects.filter(deputy=row.deputy_id).update(valid_to=clock.today() - timedelta(days=1))
services.alarms_refresh()
print(row.household.number)
""",
    ).strip()
    desk = sign_in(opens(DESKTOP), "presidium")
    desk.goto("/office/pairing")
    desk.get_by_role("link", name="缺联").click()
    expect(main(desk)).to_contain_text(re.compile(r"代表离任，\d+ 户待重新结对"))
    looked_at(desk)
    row = desk.locator("[data-row]", has_text=number)
    expect(row).to_contain_text("还没有")
    row.get_by_role("link", name="安排人").click()
    address = desk.url
    expect(main(desk)).to_contain_text("联系人离任")
    desk.locator("summary", has_text="先请人临时联系").click()
    desk.get_by_role("button", name="请他临时联系").click()
    expect(main(desk)).to_contain_text("现在临时由")
    looked_at(desk)
    code = told(city, f"print(slip_code(home('{number}').id))").strip()
    _knows_who_covers(opens(PHONE, java_script_enabled=False), code)
    desk.goto(address)
    desk.locator("#reassign summary").click()
    desk.select_option("#id_deputy", index=1)
    desk.fill("#id_reason", "原来的代表离任，住得近")
    desk.get_by_role("button", name="改派", exact=True).click()
    desk.get_by_role("button", name="批准发布").click()
    expect(main(desk)).to_contain_text("办好了")
    desk.goto("/office/pairing/broken")
    expect(desk.locator("[data-row]", has_text=number)).to_have_count(0)


def _knows_who_covers(resident: Page, code: str) -> None:
    """Read by the code, without any script, who comes meanwhile."""
    resident.goto("/household")
    resident.fill("#id_code", code)
    resident.get_by_role("button", name="看一看").click()
    expect(main(resident)).to_contain_text("联系您家的代表")


def test_failure_a_household_takes_its_consent_back_and_is_erased_on_its_day(
    opens: Opens, sign_in: SignIn, city: City
) -> None:
    number = told(
        city,
        """
row = Pairing.objects.filter(
    kind="deputy_household", state="active", deputy__account__username="deputy_town"
).select_related("household").first()
print(row.household.number)
""",
    ).strip()
    code = told(city, f"print(slip_code(home('{number}').id))").strip()
    deputy = sign_in(opens(PHONE), "deputy_town")
    deputy.goto("/deputy/households")
    before = deputy.locator("[data-row]").count()
    resident = opens(PHONE)
    resident.goto("/household")
    resident.fill("#id_code", code)
    resident.get_by_role("button", name="看一看").click()
    resident.get_by_role("button", name="撤回同意").click()
    expect(main(resident)).to_contain_text("将在这一天删除")
    looked_at(resident, again=False)
    deputy.reload()
    expect(deputy.locator("[data-row]")).to_have_count(before - 1)
    kept = f"row = home('{number}'); print(row.name != '', row.erased_at is None)"
    days = "row = home('{n}'); services.households_purge(row.erase_on - timedelta(days={d}))\n"
    assert told(city, days.format(n=number, d=1) + kept).split() == ["True", "True"]
    assert told(city, days.format(n=number, d=0) + kept).split() == ["False", "False"]
    resident.goto("/household")
    resident.fill("#id_code", code)
    resident.get_by_role("button", name="看一看").click()
    expect(resident.get_by_role("alert")).to_contain_text("没有这个码")


def test_failure_a_place_without_coordinates_stands_at_its_towns_centre_and_says_so(
    opens: Opens, sign_in: SignIn
) -> None:
    desk = sign_in(opens(PHONE), "presidium")
    number = registered(desk, "agree")
    computed(desk)
    expect(desk.locator("#result")).to_contain_text("其余按村组中心估算，标「估」")
    expect(proposed(desk, number)).to_contain_text(re.compile(r"分钟（估）"))
