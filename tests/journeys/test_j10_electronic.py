"""J10, the trial by machine beside the paper: keys, cards, the machine in the hall, the board that anybody checks."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from playwright.sync_api import Page, expect

from lianxin.ballots.electronic import tool
from tests.journeys.axe import SMALLEST, axe_clean_in_all_looks, problems
from tests.journeys.city import City
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.reading import fits, leads
from tests.journeys.test_ballots import PICTURE, prepared, press, say
from tests.journeys.trial_hall import Scrutineer, WithoutProgram, entered, kiosk, printed

SignIn = Callable[[Page, str], Page]
Opens = Callable[..., Page]
TABLET = {"viewport": {"width": 768, "height": 1024}, "has_touch": True}
MINE = "李秀英"
PRESENT = 40


@pytest.mark.skipif(not tool.is_installed(), reason="belenios-tool is not installed")
def test_a_vote_by_machine_beside_the_paper(
    opens: Opens, sign_in: SignIn, city: City, tmp_path: Path
) -> None:
    host = opens(DESKTOP)
    address = _begun(host, sign_in)
    people = _scrutineers(opens, city, address, tmp_path)
    _keys(host, address, people)
    cards = _cards(host, address, tmp_path / "cards")
    _papers_are_out(host, address)
    command, hall_key = _opened(host, address)
    with kiosk(city, command, hall_key) as screen:
        receipts = [_cast_on_a_phone(opens(PHONE), screen, cards[0])]
        receipts.append(_cast_on_a_tablet(opens(TABLET), screen, cards[1]))
        _second_try(opens(DESKTOP), screen, cards[0], receipts[0])
    board = _closed(host, opens, address, receipts)
    for one in people[:3]:
        one.hand_in()
    _not_before_the_paper(host, address, board)
    _paper(host, opens, sign_in, address)
    mark = _published(host, address, board, receipts)
    _verified(board, receipts, mark)


def _begun(host: Page, sign_in: SignIn) -> str:
    """Prepare a vote with five scrutineers and begin the trial."""
    address = prepared(host, sign_in)
    host.goto(f"{address}/trial")
    say(host, "要正好 5 名监票人管钥匙，现在定了 2 名")
    expect(host.get_by_role("button", name="开始准备电子试用")).to_have_count(0)
    host.goto(address)
    mine = host.locator("#id_scrutineer option").filter(has_text=MINE)
    if mine.count():
        host.select_option("#id_scrutineer", mine.first.get_attribute("value"))
        leads(host, host.get_by_role("button", name="定为监票人", exact=True))
    chosen = host.locator(".ballot-people li").filter(has_text="监票人")
    for place in range(chosen.count(), 5):
        expect(chosen).to_have_count(place)
        host.select_option("#id_scrutineer", index=1)
        press(host, "定为监票人")
    expect(chosen).to_have_count(5)
    host.get_by_role("link", name="只用纸票；要不要电子试用").click()
    press(host, "开始准备电子试用")
    say(host, "监票人制钥匙")
    say(host, "还没交的")
    axe_clean_in_all_looks(host, again=False)
    return address


def _scrutineers(opens: Opens, city: City, address: str, folder: Path) -> list[Scrutineer]:
    """Return the five, each with a browser and a device of his own; the first, on a phone, is ours."""
    people = []
    sessions = entered(city, address)
    for place, name in enumerate(sorted(sessions, key=lambda one: one != MINE)):
        page = opens(PHONE if place == 0 else DESKTOP)
        page.context.add_cookies([{"name": "sessionid", "value": sessions[name], "url": city.url}])
        device = folder / f"device-{place}"
        device.mkdir()
        people.append(Scrutineer(page, device / "我的钥匙", address))
    assert MINE in sessions and len(people) == 5
    return people


def _keys(host: Page, address: str, people: list[Scrutineer]) -> None:
    """Go through the three rounds; who has handed in waits, and the host sees who is missing."""
    own = people[0].look()
    press(own, "交这一步")
    expect(own.get_by_role("alert")).to_contain_text("请选在自己设备上生成的文件")
    axe_clean_in_all_looks(own, again=False)
    for words in ("第一步：制钥匙", "第二步：给别人分一份", "第三步：收下别人给的"):
        say(people[0].look(), words)
        for one in people:
            one.hand_in()
            if one is people[0]:
                say(own, "这一步您交过了，等其他监票人")
    say(people[0].look(), "钥匙制好了")
    host.goto(f"{address}/trial")
    say(host, "印码卡")


def _cards(host: Page, address: str, folder: Path) -> list[str]:
    """Print on a machine apart and hand in only the public parts; a wrong file is refused in plain words."""
    press(host, "登记码卡")
    expect(host.get_by_role("alert")).to_contain_text("public_creds.json")
    codes = printed(host.locator(".evote-command").inner_text(), folder)
    host.set_input_files("#id_cards", folder / "public_creds.json")
    press(host, "登记码卡")
    say(host, f"已经登记 {len(codes)} 张")
    press(host, "开投")
    expect(host.get_by_role("alert")).to_contain_text("纸质选票发出以后才能开投")
    return codes


def _papers_are_out(host: Page, address: str) -> None:
    host.goto(address)
    press(host, "开会，开始签到")
    host.fill("#id_present", str(PRESENT))
    press(host, "记下到会人数")
    press(host, "宣布到会够数")
    host.fill("#id_issued", str(PRESENT))
    press(host, "发票，开始投票")


def _opened(host: Page, address: str) -> tuple[str, str]:
    """Open the voting; return what the page says to run in the hall, and the hall's key."""
    host.goto(f"{address}/trial")
    press(host, "开投")
    say(host, "会场口令")
    axe_clean_in_all_looks(host, again=False)
    return host.locator(".evote-command").inner_text(), host.locator("b.evote-key").inner_text()


def _cast_on_a_phone(page: Page, screen: str, card: str) -> str:
    """Type a wrong code, mark too many, mend it, look once more, cast."""
    page.goto(screen)
    _kiosk_is_clean(page)
    page.fill("#code", "aaa-bbb-ccc-ddd-eee")
    press(page, "开始投票")
    expect(page.get_by_role("alert")).to_contain_text("不在这次投票的码卡里")
    expect(page.locator("#code")).to_have_value("aaa-bbb-ccc-ddd-eee")
    _kiosk_is_clean(page)
    page.fill("#code", card)
    press(page, "开始投票")
    for words in ("搬到河东", "原地改造", "分两处办"):
        page.get_by_label(words).tap()
    press(page, "选好了，看一遍")
    expect(page.get_by_role("alert")).to_contain_text("最多 2 项")
    expect(page.locator("input:checked")).to_have_count(3)
    _kiosk_is_clean(page)
    page.get_by_label("分两处办").tap()
    press(page, "选好了，看一遍")
    _kiosk_is_clean(page)
    return _receipt(page)


def _cast_on_a_tablet(page: Page, screen: str, card: str) -> str:
    """Mark nothing, be told that this is a blank ballot, go back, mark one."""
    page.goto(screen)
    page.fill("#code", card)
    press(page, "开始投票")
    press(page, "选好了，看一遍")
    say(page, "投出去是空白票")
    press(page, "回去改")
    page.get_by_label("原地改造").tap()
    press(page, "选好了，看一遍")
    return _receipt(page)


def _receipt(page: Page) -> str:
    press(page, "投出去")
    say(page, "投好了")
    say(page, "纸票")
    _kiosk_is_clean(page)
    found = page.locator(".kiosk-receipt").inner_text()
    press(page, "好了，下一位")
    expect(page.locator("#code")).to_have_value("")
    return found


def _second_try(page: Page, screen: str, card: str, receipt: str) -> None:
    """Use a card again: it is refused, with the receipt of the ballot that is on the board."""
    page.goto(screen)
    page.fill("#code", card)
    press(page, "开始投票")
    page.get_by_label("分两处办").check()
    press(page, "选好了，看一遍")
    press(page, "投出去")
    say(page, "这张卡已经投过")
    say(page, "不是您投的，请马上告诉监票人")
    expect(page.locator(".kiosk-receipt")).to_have_text(receipt)
    _kiosk_is_clean(page)


def _kiosk_is_clean(page: Page) -> None:
    """Check a page of the machine: it has one look, large letters, and nothing to scroll sideways."""
    assert not (found := problems(page)), found
    fits(page)
    assert page.evaluate(SMALLEST) >= 18


def _closed(host: Page, opens: Opens, address: str, receipts: list[str]) -> Page:
    """End the voting; before it the board lists nothing, after it every receipt."""
    board = opens(PHONE)
    board.goto(host.locator(".evote-command").inner_text().split()[-1])
    say(board, "正在投票")
    assert not any(one in board.content() for one in receipts)
    press(host, "停止投票")
    say(host, "校验码要当场宣读")
    axe_clean_in_all_looks(host, again=False)
    board.reload()
    for one in receipts:
        say(board, one)
    return board


def _not_before_the_paper(host: Page, address: str, board: Page) -> None:
    """Three have unlocked the sum, and nobody sees it: the paper's result is announced first."""
    host.goto(f"{address}/trial")
    press(host, "公布试用结果")
    expect(host.get_by_role("alert")).to_contain_text("纸票结果公布以后")
    board.reload()
    say(board, "总数还锁着")
    expect(board.locator("table")).to_have_count(0)


def _paper(host: Page, opens: Opens, sign_in: SignIn, address: str) -> None:
    """Count the papers by two tellers and announce them; they alone count."""
    host.goto(address)
    host.fill("#id_returned", str(PRESENT))
    press(host, "记下，开始计票")
    teller = opens(DESKTOP)
    for who in ("keeper", "group_leader"):
        sign_in(teller, who)
        teller.goto(f"{address}/entry/1")
        teller.fill("#id_papers", "12\n" * 20 + "2\n" * 20)
        press(teller, "这一捆录完了")
        say(teller, "您的都录完了")
    host.goto(address)
    press(host, "算出结果")
    host.set_input_files("#id_scan", PICTURE)  # type: ignore[arg-type] # Playwright's own typed dict
    press(host, "上传")
    host.fill("#id_chair", "陈主席")
    press(host, "公布结果")
    say(host, "当场宣布")


def _published(host: Page, address: str, board: Page, receipts: list[str]) -> str:
    """Publish beside the paper; return the mark that was read out."""
    host.goto(f"{address}/trial")
    press(host, "公布试用结果")
    say(host, "正式结果是纸票的结果")
    board.reload()
    row = board.locator("tr").filter(has_text="原地改造")
    expect(row.locator("td")).to_have_text([re.compile(rf"{PRESENT}$"), re.compile(r"2$")])
    axe_clean_in_all_looks(board, again=False)
    board.set_viewport_size({"width": 1440, "height": 900})
    fits(board)
    board.set_viewport_size({"width": 390, "height": 844})
    return board.locator("dd.evote-key").inner_text()


def _verified(board: Page, receipts: list[str], mark: str) -> None:
    """Find a receipt on the page, and check the whole board by the command that the page shows."""
    board.get_by_role("link", name="查回执、自己查验").click()
    board.fill("#id_receipt", "x" * 43)
    press(board, "查")
    say(board, "公示板上没有这张回执")
    board.fill("#id_receipt", receipts[1])
    press(board, "查")
    say(board, "在公示板上。")
    axe_clean_in_all_looks(board, again=False)
    _lianxin, command, where, _mark, shown = board.locator(".evote-command").inner_text().split()
    assert (command, shown) == ("verify_election", mark)
    said = io.StringIO()
    call_command("verify_election", where, mark=mark, receipt=receipts, stdout=said, stderr=io.StringIO())
    assert "全部通过" in said.getvalue()
    with pytest.raises(CommandError, match="没有通过查验"):
        call_command("verify_election", where, mark="0" * 16, stdout=io.StringIO(), stderr=io.StringIO())


def test_a_machine_without_the_program_says_so_and_the_paper_goes_on(
    opens: Opens, sign_in: SignIn, city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = opens(PHONE)
    address = prepared(host, sign_in)
    without = WithoutProgram(data=city.data, password=city.password)
    without.start()
    try:
        host.goto(address.replace(city.url, without.url) + "/trial")
        say(host, "没有装 belenios-tool，电子试用开不了，只用纸票")
        expect(host.get_by_role("button", name="开始准备电子试用")).to_have_count(0)
        axe_clean_in_all_looks(host)
        host.get_by_role("link", name="不试用，只用纸票").click()
        expect(host.get_by_role("button", name="开会，开始签到")).to_be_visible()
    finally:
        without.stop()
    monkeypatch.setenv("PATH", str(tmp_path))
    for name, words in {"scrutineer": [tmp_path / "key"], "kiosk": [f"{city.url}/evote/none"]}.items():
        with pytest.raises(CommandError, match="没有装 belenios-tool"):
            call_command(name, *words)
