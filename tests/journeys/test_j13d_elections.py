"""J13 d: an election from the committee to the filing, with everything that can go wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from playwright.sync_api import Page, expect

from lianxin.common import clock
from tests.journeys.axe import axe_clean_in_all_looks
from tests.journeys.city import City, shell
from tests.journeys.reading import fits, leads

SignIn = Callable[[Page, str], Page]
VILLAGE = "610981113202"
DAYS_PASS = """
from datetime import timedelta
from lianxin.common import clock
from lianxin.elections.models import VillageElection
row = VillageElection.objects.filter(division_code="610981113202").latest("created_at")
row.listed_on -= timedelta(days=30)
row.voting_on = clock.today()
row.save()
"""
END_ALL = """
from lianxin.elections.models import VillageElection
VillageElection.objects.filter(division_code="610981113202").exclude(state="filed").update(state="filed")
"""


def press(page: Page, name: str) -> None:
    """Press a button by its exact name and wait for its page."""
    leads(page, page.get_by_role("button", name=name, exact=True).first)


def says(page: Page, words: str) -> None:
    expect(page.locator("main")).to_contain_text(words)


def refused(page: Page, words: str) -> None:
    expect(page.get_by_role("alert")).to_contain_text(words)


def day(ahead: int) -> str:
    return str(clock.today() + timedelta(days=ahead))


def begun(page: Page, city: City, sign_in: SignIn) -> None:
    """Begin a by-election and bring it to the day before the list."""
    shell(city.data, END_ALL)
    sign_in(page, "village")
    page.goto("/elections/new")
    page.locator("[name=kind][value=by_election]").check(force=True)
    for name, count in (("director", "0"), ("deputy_director", "0"), ("member", "9"), ("woman_member", "0")):
        page.fill(f"#id_{name}", count)
    press(page, "下一步，选举委员会")
    refused(page, "应选名额合计")
    page.fill("#id_member", "1")
    press(page, "下一步，选举委员会")
    page.fill("#id_names", "贺守信\n乔玉珍")
    page.fill("#id_serving", "2")
    press(page, "记选举委员会")
    press(page, "开始登记选民")
    refused(page, "至少 3 人")
    page.fill("#id_names", "贺守信\n乔玉珍\n文立新\n易长顺")
    page.fill("#id_serving", "3")
    press(page, "记选举委员会")
    press(page, "开始登记选民")


def listed(page: Page) -> None:
    """Register a hundred, publish the list, put two people up: one of them sat in the committee."""
    page.fill("#id_living_here", "一百")
    press(page, "记登记人数")
    expect(page.locator("#id_living_here")).to_have_value("一百")
    page.fill("#id_living_here", "100")
    press(page, "记登记人数")
    page.fill("#id_voting_on", day(19))
    press(page, "公布名单")
    refused(page, "还差 1 天")
    page.fill("#id_voting_on", day(20))
    press(page, "公布名单")
    mark = uuid4().hex[:3]
    for name in ("乔玉珍", f"常宝山{mark}"):
        page.select_option("#id_post", "member")
        page.fill("#id_name", name)
        press(page, "加候选人")
    expect(page.locator("#step-committee")).to_contain_text("成为候选人")


def at_voting(page: Page, city: City, sign_in: SignIn) -> str:
    """Bring an election to its open voting; return its address."""
    begun(page, city, sign_in)
    listed(page)
    press(page, "开始投票")
    refused(page, "还没到投票那天")
    shell(city.data, DAYS_PASS)
    page.goto(re.sub("/acts/.*", "", page.url))
    page.fill("#id_booths", "0")
    press(page, "开始投票")
    refused(page, "还不能开始投票")
    page.fill("#id_booths", "2")
    press(page, "开始投票")
    says(page, "唱票计完再填")
    return re.sub("/acts/.*", "", page.url)


def counted(page: Page, issued: int, returned: int, *votes: int) -> None:
    """Fill in a count."""
    for name, number in (("issued", issued), ("returned", returned), ("valid", returned), ("void", 0)):
        page.fill(f"#id_{name}", str(number))
    fields = page.locator(".election-votes .input")
    for place, number in enumerate(votes):
        fields.nth(place).fill(str(number))
    press(page, "存计票结果")


def test_half_of_the_roll_is_void_and_all_is_set_up_again(page: Page, city: City, sign_in: SignIn) -> None:
    address = at_voting(page, city, sign_in)
    counted(page, 60, 50, 40, 8)
    expect(page.locator(".election-round").first).to_contain_text("不符合")
    axe_clean_in_all_looks(page, again=False)
    press(page, "当场公布")
    says(page, "选举无效")
    says(page, "不到登记选民 100 人的过半数")
    page.fill("#id_voting_on", day(9))
    press(page, "重新组织")
    says(page, "投票日另定了")
    page.context.clear_cookies()
    page.goto(f"/elections/of/{VILLAGE}")
    says(page, "不到登记选民 100 人的过半数")
    axe_clean_in_all_looks(page, again=False)
    page.goto(address)
    expect(page).to_have_url(re.compile("/login"))


def test_more_papers_returned_than_issued_is_void(page: Page, city: City, sign_in: SignIn) -> None:
    at_voting(page, city, sign_in)
    counted(page, 80, 81, 60, 20)
    expect(page.locator(".election-round").first).to_contain_text("收回不多于发出")
    press(page, "当场公布")
    says(page, "多于发出的 80 张")


def test_nobody_over_half_goes_to_another_round_then_hand_over_and_filing(
    page: Page, city: City, sign_in: SignIn
) -> None:
    address = at_voting(page, city, sign_in)
    counted(page, 90, 80, 40, 39)
    page.fill("#id_valid", "70")
    press(page, "存计票结果")
    press(page, "当场公布")
    refused(page, "请重新清点")
    page.fill("#id_valid", "80")
    press(page, "存计票结果")
    says(page, "参加另行选举")
    press(page, "当场公布")
    says(page, "还缺 1 名")
    press(page, "开始另行选举")
    counted(page, 90, 80, 30, 50)
    press(page, "当场公布")
    says(page, "结果已经公布")
    axe_clean_in_all_looks(page, again=False)
    press(page, "记移交")
    refused(page, "近亲属")
    page.locator("#id_no_relatives").check(force=True)
    press(page, "记移交")
    says(page, "移交记下了")
    _investigated_and_filed(page, sign_in, address)


def _investigated_and_filed(page: Page, sign_in: SignIn, address: str) -> None:
    """Take in a complaint at the town: nothing is filed before it is closed; the village does not see it."""
    sign_in(page, "presidium")
    page.goto(address)
    page.get_by_text("收到举报，记一件").click()
    page.select_option("#id_about", "bribery")
    press(page, "记一件举报")
    says(page, "在调查")
    page.fill("#id_number", "段镇选备〔2026〕3号")
    press(page, "予以备案")
    refused(page, "在调查")
    page.fill("#id_finding", "走访了十二户，没有人收钱，举报不属实。")
    press(page, "记调查结论")
    says(page, "不属实")
    axe_clean_in_all_looks(page, again=False)
    page.fill("#id_number", "段镇选备〔2026〕3号")
    press(page, "予以备案")
    says(page, "已经备案")
    sign_in(page, "village")
    page.goto(address)
    says(page, "段镇选备")
    expect(page.locator("main")).not_to_contain_text("走访了十二户")


def test_a_relative_cannot_supervise_and_the_board_shows_the_four_links(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "village")
    page.goto("/elections/supervision")
    axe_clean_in_all_looks(page, again=False)
    page.fill("#id_name", "试一试")
    page.select_option("#id_relative_of", index=2)
    press(page, "加上")
    refused(page, "近亲属")
    sign_in(page, "presidium")
    page.goto("/village/board")
    axe_clean_in_all_looks(page, again=False)
    page.locator(".link-lamp").first.click()
    says(page, "依据")
    axe_clean_in_all_looks(page, again=False)
    page.goto("/village/democracy")
    axe_clean_in_all_looks(page, again=False)
    page.locator(".democracy-cell").first.click()
    expect(page.locator("main")).to_contain_text(re.compile(r"共 \d+ 条"))


def test_four_deliberations_are_locked_in_their_order(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "village")
    page.goto("/village/four-two/new")
    press(page, "下一步，记提议")
    expect(page.get_by_role("alert")).to_be_visible()
    page.fill("#id_title", f"第{uuid4().hex[:5]}号机耕路")
    press(page, "下一步，记提议")
    for words in ("支委会提出修路。", "两委会商量了预算。"):
        page.fill("#id_text", words)
        press(page, "记这一步")
    page.fill("#id_members", "30")
    page.fill("#id_present", "19")
    page.fill("#id_in_favour", "19")
    page.fill("#id_text", "党员大会审议。")
    press(page, "记这一步")
    refused(page, "要三分之二以上（20 人）")
    axe_clean_in_all_looks(page, again=False)
    page.fill("#id_present", "20")
    press(page, "记这一步")
    says(page, "哪次会议的决议")
    press(page, "记这一步")
    refused(page, "通过了的决议")


def test_results_are_read_without_javascript_at_320_px(no_js: Page) -> None:
    no_js.goto(f"/villages/{VILLAGE}")
    no_js.get_by_role("link", name=re.compile("村委会选举")).click()
    expect(no_js.locator("main")).to_contain_text("2021年")
    no_js.set_viewport_size({"width": 320, "height": 700})
    fits(no_js)


def test_who_leaves_is_noted_with_reason_and_day(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "village")
    page.goto("/elections/supervision")
    axe_clean_in_all_looks(page)
    fold = page.locator("details", has_text="登记离任").first
    fold.locator("summary").click()
    fold.locator("input[type=date]").fill("2026-01-05")
    leads(page, fold.get_by_role("button", name="登记离任"))
    expect(page.get_by_role("alert")).to_contain_text("请选离任的原因")
    expect(page.locator("#id_on")).to_have_value("2026-01-05")
    axe_clean_in_all_looks(page, again=False)
    fits(page)
