"""J1: a resident scans a station's code and says a thing, with and without JavaScript, and all that may go wrong."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.axe import axe_clean_in_all_looks
from tests.journeys.conftest import PHONE
from tests.journeys.reading import sees, sees_not

CODE = re.compile(r"XY-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}")
SAY = "/113/t"
SEND = ".sticky-act button"


def words(what: str) -> str:
    """Return a text nobody has said before, so that no test meets another's."""
    return f"{what}，第{time.monotonic_ns() % 10**9}号"


def say(page: Page, text: str, **fields: str) -> None:
    page.goto(SAY)
    page.fill("#id_text", text)
    for name, value in fields.items():
        page.fill(f"#id_{name}", value)
    page.click(SEND)


def code_of(page: Page) -> str:
    page.wait_for_url("**/said")
    return page.get_attribute("[data-code]", "data-code") or ""


def test_under_a_minute_with_script(page: Page) -> None:
    began = time.monotonic()
    say(page, words("三组路口的路灯坏了半个月"))
    code = code_of(page)
    assert CODE.fullmatch(code)
    assert time.monotonic() - began < 60
    body = page.inner_text("main")
    assert "已收到" in body and "个工作日内" in body and "段家河镇" in body
    axe_clean_in_all_looks(page)


def test_without_script(no_js: Page) -> None:
    no_js.goto(SAY)
    expect(no_js.locator("input[name=voice]")).to_be_visible()
    no_js.select_option("#id_town", label="城关镇")
    no_js.fill("#id_text", words("自来水连着三天发黄"))
    no_js.click("[data-towns]")
    expect(no_js.locator("#id_village option").nth(20)).to_be_attached()
    assert "自来水" in no_js.input_value("#id_text"), "choosing a town keeps what was written"
    no_js.select_option("#id_village", index=1)
    no_js.click(SEND)
    assert CODE.fullmatch(code_of(no_js))
    expect(no_js.locator("img.qr")).to_have_attribute("src", "/said/code.svg")


def test_say_page_is_accessible_in_all_looks(page: Page) -> None:
    page.goto(SAY)
    axe_clean_in_all_looks(page)


def test_page_is_light(phone: Page) -> None:
    """First load over the wire, everything included: at most 60 kB."""
    sizes: list[int] = []
    phone.on(
        "requestfinished",
        lambda request: sizes.append(
            sum(request.sizes()[key] for key in ("responseBodySize", "responseHeadersSize"))
        ),
    )
    phone.goto(SAY)
    phone.wait_for_load_state("networkidle")
    assert 5_000 < sum(sizes) <= 60_000, sum(sizes)


def test_photo_is_made_small_on_the_phone_and_kept(phone: Page, tmp_path: Path) -> None:
    big = tmp_path / "big.jpg"
    Image.effect_noise((3000, 2000), 60).convert("RGB").save(big, quality=90)
    phone.goto(SAY)
    phone.fill("#id_text", words("桥边的护栏断了一截"))
    phone.set_input_files("#id_photos", [str(big)])
    phone.wait_for_selector("#id_photos[data-ready='1']")
    assert phone.evaluate("document.querySelector('#id_photos').files[0].size") < big.stat().st_size / 2
    assert phone.evaluate("document.querySelector('#id_photos').files[0].type") == "image/jpeg"
    phone.click(SEND)
    code_of(phone)
    phone.goto("/matter")
    expect(phone.locator(".shots img")).to_have_count(1)
    assert phone.evaluate("document.querySelector('.shots img').naturalWidth") <= 1600


def test_voice_is_recorded_and_sent_without_a_word_typed(phone: Page) -> None:
    phone.context.grant_permissions(["microphone"])
    phone.goto(SAY)
    phone.click("label:has(#id_voice)")
    phone.click("[data-hold]")
    phone.wait_for_selector("[data-hold][aria-pressed=true]")
    time.sleep(1.5)
    phone.click("[data-hold]")
    phone.wait_for_selector("[data-playback]:not([hidden])")
    phone.click(SEND)
    code_of(phone)
    phone.goto("/mine")
    sees(phone, "main", "1 段")


def test_too_short_is_said_beside_the_field_and_kept(page: Page) -> None:
    say(page, "路坏")
    sees(page, "#id_text_error", "再多说几个字")
    expect(page.locator("#id_text")).to_have_value("路坏")
    axe_clean_in_all_looks(page, again=False)


def test_wrong_phone_is_refused_and_everything_is_kept(no_js: Page) -> None:
    no_js.goto(SAY)
    text = words("村口的水管爆了没人修")
    no_js.fill("#id_text", text)
    no_js.click("summary")
    no_js.fill("#id_phone", "12345")
    no_js.click(SEND)
    sees(no_js, "#id_phone_error", "11 位")
    expect(no_js.locator("#id_text")).to_have_value(text)
    expect(no_js.locator("#id_phone")).to_have_value("12345")


def test_same_words_again_give_the_old_code(phone: Page) -> None:
    text = words("卫生室星期天没有人")
    say(phone, text)
    first = code_of(phone)
    say(phone, text)
    assert code_of(phone) == first
    sees(phone, "main", "您刚才已提交")


def test_sixth_in_an_hour_waits_and_keeps_the_text(opens) -> None:
    page = opens(PHONE)
    for place in range(5):
        say(page, words(f"第{place}处坑洼要补"))
        code_of(page)
    page.goto(SAY)
    text = words("还有一处坑洼也要补")
    page.fill("#id_text", text)
    with page.expect_response(lambda answer: answer.request.method == "POST") as caught:
        page.click(SEND)
    assert caught.value.status == 429
    assert int(caught.value.headers["retry-after"]) > 0
    expect(page.locator("#id_text")).to_have_value(text)
    sees(page, "main", "分钟后再点一次")


def test_emergency_numbers_stand_first_and_the_matter_is_taken_in(page: Page) -> None:
    say(page, words("隔壁着火了，烟很大"))
    expect(page.locator(".emergency a")).to_have_attribute("href", "tel:119")
    box, main = page.locator(".emergency").bounding_box(), page.locator("main").bounding_box()
    assert box and main and box["width"] > 0.85 * main["width"]
    assert CODE.fullmatch(code_of(page))
    axe_clean_in_all_looks(page)


def test_accusation_is_guided_to_12388_and_sealed_only_if_the_person_insists(page: Page) -> None:
    text = words("举报某村干部挪用公款修自家院子")
    say(page, text)
    sees(page, "main", "12388")
    expect(page.locator("#id_text")).to_have_value(text)
    axe_clean_in_all_looks(page, again=False)
    page.check("#id_insists")
    page.click(SEND)
    code_of(page)
    page.goto("/matter")
    sees(page, ".lead", "密件")
    sees_not(page, "main", "挪用")


def test_offline_keeps_the_text_and_sends_it_when_the_network_is_back(phone: Page) -> None:
    text = words("山上没有信号，路被石头堵了")
    phone.goto(SAY)
    phone.fill("#id_text", text)
    phone.context.set_offline(True)
    phone.click(SEND)
    expect(phone.locator("[data-offline]")).to_be_visible()
    sees(phone, "[data-offline]", "没有网络，已存在手机里")
    assert phone.evaluate("localStorage.getItem('lianxin-draft')") == text
    phone.context.set_offline(False)
    phone.wait_for_url("**/said")
    assert CODE.fullmatch(code_of(phone))
    assert phone.evaluate("localStorage.getItem('lianxin-draft')") is None, "a shared phone keeps nothing"


def test_draft_comes_back_after_the_page_was_closed_and_can_be_dropped(phone: Page) -> None:
    phone.goto(SAY)
    phone.fill("#id_text", "写了一半的话，先放着")
    phone.goto("/")
    phone.goto(SAY)
    expect(phone.locator("#id_text")).to_have_value("写了一半的话，先放着")
    phone.click("[data-draft-drop]")
    expect(phone.locator("#id_text")).to_have_value("")
    phone.goto(SAY)
    expect(phone.locator("#id_text")).to_have_value("")


def test_unknown_station_says_what_to_do(no_js: Page) -> None:
    answer = no_js.goto("/no-such-station/t")
    assert answer and answer.status == 404
    sees(no_js, "main", "首页")


def test_code_can_be_copied_saved_and_printed(phone: Page) -> None:
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    say(phone, words("路边的垃圾半个月没人收"))
    code = code_of(phone)
    phone.click("[data-copy]")
    phone.wait_for_selector("[data-copy] span:has-text('已复制')")
    assert phone.evaluate("navigator.clipboard.readText()") == code
    with phone.expect_download() as saved:
        phone.click("[data-save]")
    assert saved.value.suggested_filename == f"{code}.png"
    assert Image.open(saved.value.path()).size == (640, 760)
    paper = phone.request.get("/papers/receipt.pdf")
    assert paper.status == 200 and paper.body().startswith(b"%PDF")


@pytest.mark.parametrize("look", ["light", "elder"])
def test_nothing_overflows_at_320_pixels(opens, look: str) -> None:
    page = opens({"viewport": {"width": 320, "height": 640}})
    page.goto("/")
    page.context.add_cookies([{"name": "elder", "value": "1" if look == "elder" else "0", "url": page.url}])
    for path in ("/", SAY, "/progress", "/deputies", "/help"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
