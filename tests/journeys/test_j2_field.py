"""J2: a deputy in a valley without signal; two telephones, a server that dies, and all that may go wrong."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import field
from tests.journeys.axe import axe_clean_in_all_looks
from tests.journeys.city import City
from tests.journeys.conftest import DESKTOP, PHONE, type_password

WHO = "deputy_town"
Opens = Callable[..., Page]
COUNT = "select count(*) from duties_dutyrecord where title like ?"


def mark(what: str) -> str:
    """Return words that no other test writes."""
    return f"{what}{time.monotonic_ns() % 10**9}"


@pytest.fixture
def ready(opens: Opens, city: City) -> Page:
    """Return a telephone that is prepared."""
    page = opens(PHONE)
    type_password(page, city, WHO)
    field.prepare(page)
    return page


def power_cut(city: City) -> None:
    """End server and worker as a power cut does: nothing is finished, nothing is closed."""
    for process in city.processes:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    city.processes.clear()


def test_the_page_opens_without_network_and_a_record_waits_and_comes_home(ready: Page, city: City) -> None:
    title = mark("雨后查路")
    ready.context.set_offline(True)
    ready.reload()
    field.unlock(ready)
    field.shown(ready, "home")
    field.write_diary(ready, title, "看了三组的路，塌方一处，已请村里先围起来。", [field.photo(3)])
    field.wait_states(ready, ["waiting"])
    assert ready.inner_text("[data-sync-count]") == "1"
    assert field.queried(city.data, COUNT, title) == [(0,)]
    ready.context.set_offline(False)
    field.wait_all_done(ready, 1)
    assert field.queried(city.data, COUNT, title) == [(1,)]
    proofs = "select count(*) from duties_dutyproof p join duties_dutyrecord d on d.id = p.record_id where d.title = ?"
    assert field.queried(city.data, proofs, title) == [(1,)]


def test_nothing_of_a_household_lies_in_plain_on_the_telephone(ready: Page) -> None:
    names = ready.evaluate(
        "() => lianxinField.vault.along().households.flatMap(one => [one.name, one.phone, one.number])"
    )
    secret = mark("老人的病情")
    ready.context.set_offline(True)
    field.write_visit(ready, 0, f"{secret}，请镇卫生院上门看看。")
    field.write_diary(ready, mark("日记"), f"{secret}，已经联系了卫生院。")
    kept = ready.evaluate(field.READ_ALL)
    assert len(names) >= 3 and "key:extractable=false" in kept
    assert [one for one in [*names, secret, field.PIN] if one and one in kept] == []
    ready.context.set_offline(False)


def test_thirty_records_of_two_telephones_come_home_once_though_the_server_dies(
    opens: Opens, city: City
) -> None:
    sign, phones = mark("三十条"), [opens(PHONE), opens(DESKTOP)]
    told = "select count(*) from contacts_contactvisit where told_at is not null"
    before = field.queried(city.data, told)[0][0]
    for page in phones:
        type_password(page, city, WHO)
        field.prepare(page)
        page.context.set_offline(True)
    power_cut(city)
    for which, page in enumerate(phones):
        for n in range(15):
            words = f"{sign}：第{which}部手机第{n}条，走到沟口看了水渠。"
            pictures = [field.photo(which * 100 + n)]
            if n % 5 == 0:
                field.write_visit(page, n // 5, words, pictures)
            else:
                field.write_diary(page, f"{sign}-{which}-{n}", words, pictures)
        assert field.states(page) == ["waiting"] * 15
    city.start()
    for page in phones:
        page.context.set_offline(False)
        page.locator("[data-records] [data-state=done]").first.wait_for(state="attached", timeout=30_000)
    power_cut(city)
    city.start()
    for page in phones:
        field.go(page, "records")
        page.click("[data-sync]")
        field.wait_all_done(page, 15)
    titles = field.queried(city.data, "select title from duties_dutyrecord where title like ?", f"{sign}%")
    assert len(titles) == len(set(titles)) == 24
    visits = "select count(*), count(distinct id) from contacts_contactvisit where told_at is not null"
    assert field.queried(city.data, visits) == [(before + 6, before + 6)]
    proofs = "select count(*) from duties_dutyproof p join duties_dutyrecord d on d.id = p.record_id where d.title like ?"
    assert field.queried(city.data, proofs, f"{sign}%") == [(24,)]


def test_two_telephones_changed_the_same_diary_and_a_person_chooses(opens: Opens, city: City) -> None:
    title, phones = mark("两部手机改一篇"), [opens(PHONE), opens(PHONE)]
    for page in phones:
        type_password(page, city, WHO)
    field.prepare(phones[0])
    field.write_diary(phones[0], title, "第一稿：桥面有一道裂缝，约两米长。")
    field.wait_all_done(phones[0], 1)
    for which, page in enumerate(phones):
        field.prepare(page)
        page.context.set_offline(True)
        field.go(page, "diaries")
        page.click(f'[data-diaries] button[aria-label$="{title}"]')
        field.shown(page, "diary")
        page.fill("#id_diary_text", f"第{which}部手机改的：桥面裂缝约三米长。")
        page.click('[data-screen="diary"] .sticky-act .btn-primary')
        field.shown(page, "records")
    phones[0].context.set_offline(False)
    field.wait_all_done(phones[0], 1)
    phones[1].context.set_offline(False)
    phones[1].wait_for_selector('[data-state="conflict"]')
    words = "select text from duties_dutyrecord where title = ?"
    assert field.queried(city.data, words, title) == [("第0部手机改的：桥面裂缝约三米长。",)]
    phones[1].click('[data-state="conflict"] button')
    field.shown(phones[1], "conflict")
    assert "第1部" in phones[1].inner_text("[data-mine]")
    assert "第0部" in phones[1].inner_text("[data-theirs]")
    axe_clean_in_all_looks(phones[1], again=False)
    phones[1].click("[data-keep=mine]")
    field.wait_all_done(phones[1], 1)
    assert field.queried(city.data, words, title) == [("第1部手机改的：桥面裂缝约三米长。",)]


def test_five_wrong_pins_wipe_the_households_and_drafts_open_after_signing_in_again(
    ready: Page, city: City
) -> None:
    title = mark("没同步的一篇")
    ready.context.set_offline(True)
    field.write_diary(ready, title, "水管接口漏水，三户没水吃，明天再去。")
    ready.reload()
    for left in (4, 3, 2, 1):
        field.unlock(ready, "000000")
        field.said(ready, str(left))
        ready.reload()
    field.unlock(ready, "000000")
    field.shown(ready, "wiped")
    kept = "lianxinField.store.get('meta', 'package').then(one => one === undefined)"
    assert ready.evaluate(kept)
    ready.reload()
    field.shown(ready, "wiped")
    field.told_of_wiping(ready)
    ready.context.clear_cookies()
    ready.click("[data-rescue]")
    field.said(ready, "重新登录")
    assert field.queried(city.data, COUNT, title) == [(0,)]
    type_password(ready, city, WHO)
    ready.goto(field.FIELD)
    field.shown(ready, "wiped")
    ready.click("[data-rescue]")
    field.shown(ready, "records")
    field.wait_all_done(ready, 1)
    assert field.queried(city.data, COUNT, title) == [(1,)]


def test_after_seven_days_the_households_are_gone_and_the_drafts_are_not(ready: Page) -> None:
    ready.context.set_offline(True)
    field.write_diary(ready, mark("过期前的"), "路边的树倒了一棵，压着电线。")
    ready.evaluate("""async () => {
      const vault = await lianxinField.vault.vault();
      await lianxinField.store.put("meta", Object.assign(vault, { expires: Date.now() - 1 }), "vault");
    }""")
    ready.reload()
    field.unlock(ready)
    field.shown(ready, "home")
    expect(ready.locator("[data-expired]")).to_be_visible()
    assert ready.evaluate("lianxinField.store.get('meta', 'package').then(one => one === undefined)")
    field.go(ready, "households")
    expect(ready.locator("[data-households] button")).to_have_count(0)
    field.wait_states(ready, ["waiting"])


@pytest.mark.parametrize("box", ["photos", "records"])
def test_a_full_telephone_keeps_the_words_first_and_says_what_did_not_fit(ready: Page, box: str) -> None:
    ready.context.set_offline(True)
    ready.evaluate(
        """box => {
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (...all) {
        if (this.name === box) throw new DOMException("full", "QuotaExceededError");
        return put.apply(this, all);
      };
    }""",
        box,
    )
    field.go(ready, "home")
    ready.click('[data-new="diary"]')
    ready.fill("#id_diary_title", mark("满了"))
    ready.fill("#id_diary_text", "手机快满了，先把这件事记下来再说。")
    ready.set_input_files("#id_diary_photos", [field.photo(9)])
    ready.click('[data-screen="diary"] .sticky-act .btn-primary')
    field.said(ready, "空间满了")
    if box == "photos":
        field.wait_states(ready, ["waiting"])
        return
    expect(ready.locator("#id_diary_text")).to_have_value("手机快满了，先把这件事记下来再说。")


def test_a_session_that_has_ended_leaves_the_records_until_signing_in(ready: Page, city: City) -> None:
    title = mark("会话过期")
    ready.context.set_offline(True)
    field.write_diary(ready, title, "会话过期以前写的，回来还要在。")
    ready.context.clear_cookies()
    ready.context.set_offline(False)
    field.said(ready, "登录已过期")
    field.wait_states(ready, ["waiting"])
    type_password(ready, city, WHO)
    ready.goto(field.FIELD)
    field.unlock(ready)
    field.shown(ready, "home")
    field.go(ready, "records")
    field.wait_all_done(ready, 1)
    assert field.queried(city.data, COUNT, title) == [(1,)]


def test_another_account_on_the_telephone_sends_nobodys_records(ready: Page, city: City) -> None:
    title = mark("别人的")
    ready.context.set_offline(True)
    field.write_diary(ready, title, "这一篇只能由写的人自己交上去。")
    ready.context.set_offline(False)
    type_password(ready, city, "deputy_city")
    ready.goto(field.FIELD)
    field.unlock(ready)
    field.shown(ready, "home")
    field.said(ready, "另一个账号")
    field.wait_states(ready, ["waiting"])
    assert field.queried(city.data, COUNT, title) == [(0,)]


def test_two_tabs_send_once(ready: Page, city: City) -> None:
    title = mark("两个标签页")
    ready.context.set_offline(True)
    field.write_diary(ready, title, "两个标签页同时同步，也只算一篇。")
    other = ready.context.new_page()
    other.goto(field.FIELD)
    field.unlock(other)
    field.shown(other, "home")
    ready.context.set_offline(False)
    field.go(ready, "records")
    field.wait_all_done(ready, 1)
    assert field.queried(city.data, COUNT, title) == [(1,)]


def test_signing_out_leaves_nothing_on_the_telephone(ready: Page) -> None:
    ready.goto("/deputy/more")
    ready.click('form[action="/logout"] button')
    ready.wait_for_url("**/")
    assert (
        ready.evaluate(
            "indexedDB.databases().then(all => all.filter(one => one.name === 'lianxin-field').length)"
        )
        == 0
    )
    assert ready.evaluate("caches.keys()") == []


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_screen_is_accessible_in_every_look(opens: Opens, city: City, size: dict[str, object]) -> None:
    page = opens(size)
    type_password(page, city, WHO)
    field.prepare(page)
    for name in (
        "home",
        "households",
        "diary",
        "diaries",
        "reception",
        "opinion",
        "deed",
        "records",
        "prepare",
    ):
        field.go(page, name)
        axe_clean_in_all_looks(page, again=False)
