"""J7: a resident follows the matter by its code, sees the answer, evaluates, has it handled again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import axe_clean_in_all_looks
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.reading import leads, sees
from tests.journeys.test_j1_say import SAY, SEND, code_of, words

SignIn = Callable[[Page, str], Page]


def ask(page: Page, code: str) -> None:
    page.goto("/progress")
    page.fill("#id_code", code)
    page.click("form[data-progress] button")


def act(desk: Page, name: str, **fields: str) -> None:
    """Carry out an act on the opinion that the keeper has open."""
    sheet = desk.locator(f"#act-{name}")
    if not sheet.is_visible():
        desk.locator(".others > summary").click()
    if sheet.get_attribute("open") is None:
        sheet.locator("summary").click()
    for field, value in fields.items():
        desk.fill(f"#id_{name}_{field}", value)
    leads(desk, sheet.locator(".sheet-body button.btn-primary"))
    sees(desk, "#main", "已办")


@pytest.fixture
def answered(opens, sign_in: SignIn) -> tuple[str, Page, str]:
    """Return code, keeper's page and title of a matter that the station has answered and fed back."""
    resident = opens(PHONE)
    title = words("二组的机井抽不上水")
    resident.goto(SAY)
    resident.fill("#id_text", title)
    resident.click("details summary")
    resident.fill("#id_phone", "10012345678")
    resident.click(SEND)
    code = code_of(resident)
    desk = sign_in(opens(DESKTOP), "keeper")
    desk.goto("/station/opinions")
    desk.click(f".list a:has-text('{title[:16]}')")
    act(desk, "accept")
    act(desk, "answer", text="水泵已经换好，十一月二十日起正常供水。")
    act(desk, "feed_back", text="水泵已经换好，十一月二十日起正常供水。")
    return code, desk, title


def test_answer_in_plain_words_and_evaluation(answered, page: Page) -> None:
    code, _, title = answered
    ask(page, code.lower().replace("-", " "))
    for said in (title, "水泵已经换好", "有答复了"):
        sees(page, "main", said)
    assert "10012345678" not in page.content()
    axe_clean_in_all_looks(page)
    page.click(".face-choice:has-text('满意') >> nth=0")
    page.fill("#id_evaluate", "谢谢，水来了")
    page.click("form[action='/matter/evaluate'] button")
    sees(page, "main", "记下了")
    expect(page.locator("input[value=satisfied]")).to_be_checked()
    page.click(".face-choice:has-text('一般')")
    page.click("form[action='/matter/evaluate'] button")
    expect(page.locator("input[value=fair]")).to_be_checked()


def test_without_script_dissatisfied_then_reopened_once(answered, opens) -> None:
    code, desk, _ = answered
    page = opens(PHONE, java_script_enabled=False)
    ask(page, code)
    page.check("input[value=dissatisfied]", force=True)
    page.check("input[name=unresolved]")
    page.fill("#id_evaluate", "只好了一天又没水了")
    page.click("form[action='/matter/evaluate'] button")
    sees(page, "main", "记下了")
    page.click("summary:has-text('还没解决')")
    page.fill("#id_reopen", "抽了一天又坏了，请再来看看")
    page.click("form[action='/matter/reopen'] button")
    sees(page, "main", "正在再办一次")
    desk.reload()
    act(desk, "answer", text="第二次换了整套电机，请放心用水。")
    act(desk, "feed_back", text="第二次换了整套电机，请放心用水。")
    page.goto("/matter")
    sees(page, "main", "整套电机")
    expect(page.locator("form[action='/matter/reopen']")).to_have_count(0)


def test_no_choice_made_is_said_kindly_and_the_words_are_kept(answered, no_js: Page) -> None:
    ask(no_js, answered[0])
    no_js.fill("#id_evaluate", "想说的话还在")
    no_js.click("form[action='/matter/evaluate'] button")
    sees(no_js, "main", "请选一个")
    expect(no_js.locator("#id_evaluate")).to_have_value("想说的话还在")


def test_who_looked_is_shown_by_role_and_time(answered, phone: Page) -> None:
    code, desk, _ = answered
    desk.select_option("#id_purpose", "call_back")
    desk.click("button:has-text('看联系方式')")
    sees(desk, "#main", "10012345678")
    axe_clean_in_all_looks(desk, again=False)
    ask(phone, code)
    sees(phone, "section:has(h2:has-text('谁看过'))", "联络员")


def test_own_data_can_be_copied_and_erased_at_once(answered, phone: Page) -> None:
    ask(phone, answered[0])
    phone.click("text=我的信息")
    sees(phone, "main", "单独加密存放")
    axe_clean_in_all_looks(phone)
    with phone.expect_download() as copy:
        phone.click("text=复制一份带走")
    assert "机井" in copy.value.path().read_text()
    phone.click("text=现在删除称呼和电话")
    sees(phone, "main", "已按您的要求办了")
    sees(phone, "main", "没有存您的称呼和电话")


def test_more_is_asked_given_and_then_withdrawn(opens, sign_in: SignIn) -> None:
    resident, desk = opens(PHONE, java_script_enabled=False), sign_in(opens(DESKTOP), "keeper")
    title = words("那条路不好走")
    resident.goto(SAY)
    resident.fill("#id_text", title)
    resident.click(SEND)
    code_of(resident)
    desk.goto("/station/opinions")
    desk.click(f".list a:has-text('{title[:12]}')")
    act(desk, "ask_more", note="请说一说是哪个村哪一段路。")
    resident.goto("/matter")
    sees(resident, ".lead", "再补充一点")
    resident.fill("#id_text", "短")
    resident.click("form[action='/matter/give_more'] button")
    sees(resident, "main", "再多说几个字")
    expect(resident.locator("#id_text")).to_have_value("短")
    resident.fill("#id_text", "李家庄三组到四组那一段")
    resident.click("form[action='/matter/give_more'] button")
    sees(resident, ".track", "您补充了情况")
    resident.click("summary:has-text('撤回')")
    resident.click("form[action='/matter/withdraw'] button")
    sees(resident, "main", "您撤回了这件事")
    resident.goto("/progress")
    resident.goto("/matter")
    sees(resident, ".lead", "您已撤回")


def test_merged_matter_shows_where_it_went(opens, sign_in: SignIn) -> None:
    resident = opens(PHONE)
    title = words("我们李家庄三组岔路口到学校没有路灯")
    resident.goto(SAY)
    resident.fill("#id_text", title)
    resident.click(SEND)
    code_of(resident)
    desk = sign_in(opens(DESKTOP), "keeper")
    desk.goto("/station/opinions")
    desk.click(f".list a:has-text('{title[:16]}')")
    act(desk, "accept")
    desk.click(".like button:has-text('并到这一件') >> nth=0")
    sees(desk, "#main", "已办")
    resident.goto("/matter")
    sees(resident, "main", "和同样的事一起在办")
    act(desk, "unmerge", reason="不是同一件事")
    resident.goto("/matter")
    sees(resident, ".lead", "在核实")


def test_wrong_check_character_is_named(no_js: Page) -> None:
    ask(no_js, "XY-2222-2223")
    sees(no_js, "main", "请再核对一遍（不含字母 O、I、L）")
    expect(no_js.locator("#id_code")).to_have_value("XY-2222-2223")
    sees(no_js, "main", "找联络站查询")


def test_three_wrong_tries_wait(opens) -> None:
    page = opens(PHONE)
    for _ in range(3):
        ask(page, "XY-2222-2223")
    page.goto("/progress")
    page.fill("#id_code", "XY-2222-2224")
    with page.expect_response(lambda answer: answer.request.method == "POST") as caught:
        page.click("form[data-progress] button")
    assert caught.value.status == 429
    assert 0 < int(caught.value.headers["retry-after"]) <= 30
    sees(page, "main", "再试")
    axe_clean_in_all_looks(page, again=False)


def test_scanned_slip_fills_the_code_and_leaves_none_in_the_address(phone: Page, opens) -> None:
    phone.goto(SAY)
    phone.fill("#id_text", words("扫回执上的码也能查"))
    phone.click(SEND)
    code = code_of(phone)
    other = opens(PHONE)
    other.goto(f"/progress#{code}")
    other.wait_for_url("**/matter")
    assert code not in other.url


def test_me_too_counts_once_for_each_browser(opens) -> None:
    page = opens(PHONE, java_script_enabled=False)
    page.goto("/results?kind=opinions")
    cards = page.locator("article:has(form)")
    if not cards.count():
        pytest.fail("the demo city publishes some matters")
    first = cards.first.locator("h2").inner_text()

    def press() -> str:
        card = page.locator(f"article:has-text('{first}')").first
        card.locator("form button").click()
        return page.locator(f"article:has-text('{first}')").first.locator("form .muted").inner_text()

    once, twice = press(), press()
    assert once == twice and once.startswith("约 ") and once.endswith("人次")


def test_elder_look_has_few_choices_and_a_way_to_a_person(opens) -> None:
    page = opens(PHONE)
    page.goto("/")
    page.click("text=长辈版")
    assert page.locator(".big-door").count() <= 4
    sizes = page.evaluate(
        "[...document.querySelectorAll('.big-door')].map(e => e.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 60
    page.click(".elder-foot >> text=帮我办")
    expect(page.locator("main a[href^='tel:']")).to_have_count(1)
    axe_clean_in_all_looks(page)
