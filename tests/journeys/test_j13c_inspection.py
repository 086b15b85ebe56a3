"""J13c: the quarterly sheet of a village filled where there is no signal; at home it turns the village's board."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import field
from tests.journeys.axe import axe_clean_in_all_looks
from tests.journeys.city import City, shell
from tests.journeys.conftest import DESKTOP, PHONE, type_password

WHO = "deputy_town"
Opens = Callable[..., Page]
SheetOf = tuple[Page, str]
SHEETS = "select count(*) from campaigns_inspection where division_code = ? and id in (select inspection_id from campaigns_finding where words = ?)"
GIVE = """
from lianxin.campaigns.models import Inspection
from lianxin.campaigns.rules import quarter_of
from lianxin.common import clock
from lianxin.people.models import Deputy
from lianxin.villages.models import VillageProfile
filled = Inspection.objects.filter(quarter=quarter_of(clock.today())).values("division_code")
row = VillageProfile.objects.exclude(division_code__in=filled).order_by("-division_code")[0]
VillageProfile.objects.filter(pk=row.pk).update(supervising_deputy=Deputy.objects.get(account__username="deputy_town"))
print(row.division_code)
"""


@pytest.fixture
def ready(opens: Opens, city: City) -> SheetOf:
    """Return a prepared telephone of the deputy and a village that he still has to inspect."""
    village = shell(city.data, GIVE).strip().splitlines()[-1]
    page = opens(PHONE)
    type_password(page, city, WHO)
    field.prepare(page)
    return page, village


def fill(page: Page, village: str, words: str) -> None:
    """Fill the whole sheet with one problem, and keep it on the telephone."""
    field.go(page, "home")
    page.click('[data-new="village_inspection"]')
    field.shown(page, "village_inspection")
    page.select_option("#id_sheet_village", village)
    for line in page.locator('[data-screen="village_inspection"] [data-check] select').all():
        line.select_option("ok")
    page.select_option("#id_sheet_accounts", "bad")
    page.fill("#id_sheet_accounts_words", words)
    page.click('[data-screen="village_inspection"] .sticky-act .btn-primary')
    field.shown(page, "records")


def board_row(opens: Opens, city: City, village: str) -> str:
    """Return what the city's board says of a village."""
    desk = opens(DESKTOP)
    type_password(desk, city, "office")
    desk.goto("/village/board")
    return desk.locator("tr", has=desk.locator(f'a[href="/village/board/{village}"]')).inner_text()


def test_a_sheet_without_signal_waits_comes_home_and_turns_the_board(
    ready: SheetOf, opens: Opens, city: City
) -> None:
    (page, village), words = ready, "账目只有总数，看不出花在哪里。"
    before = board_row(opens, city, village)
    assert "还没有" in before
    page.context.set_offline(True)
    page.reload()
    field.unlock(page)
    field.shown(page, "home")
    fill(page, village, words)
    field.wait_states(page, ["waiting"])
    assert field.queried(city.data, SHEETS, village, words) == [(0,)]
    page.context.set_offline(False)
    field.wait_all_done(page, 1)
    assert field.queried(city.data, SHEETS, village, words) == [(1,)]
    after = board_row(opens, city, village)
    assert "巡查过" in after and re.sub(r"\s", "", after) != re.sub(r"\s", "", before)
    desk = opens(DESKTOP)
    type_password(desk, city, "presidium")
    desk.goto(f"/village/board/{village}")
    expect(desk.locator("#inspection")).to_contain_text(words)
    axe_clean_in_all_looks(desk, again=False)


def test_a_sheet_that_the_town_has_filled_meanwhile_is_refused_and_stays_on_the_telephone(
    ready: SheetOf, city: City
) -> None:
    page, village = ready
    page.context.set_offline(True)
    fill(page, village, "公示栏还是上季度的内容。")
    shell(city.data, TAKE.format(village=village))
    page.context.set_offline(False)
    page.wait_for_selector('[data-records] [data-state="refused"]')
    expect(page.locator("[data-records]")).to_contain_text("已经交过了")
    assert field.queried(city.data, SHEETS, village, "公示栏还是上季度的内容。") == [(0,)]


TAKE = """
from lianxin.campaigns.rules import checklist
from lianxin.campaigns.services import inspection_record
from lianxin.common import clock
from lianxin.common.actor import Actor, Role, RoleIn
town = Actor(id=None, name="镇里", roles=(RoleIn(Role.PRESIDIUM, "{village}"[:9] + "000"),))
answers = {{one.key: True for one in checklist()}}
inspection_record(actor=town, village="{village}", on=clock.today(), answers=answers, problems={{}})
"""


def test_after_five_wrong_pins_the_sheet_comes_home_by_signing_in_again(ready: SheetOf, city: City) -> None:
    (page, village), words = ready, "老人看不清公示栏上的小字。"
    page.context.set_offline(True)
    fill(page, village, words)
    page.reload()
    for left in (4, 3, 2, 1):
        field.unlock(page, "000000")
        field.said(page, str(left))
        page.reload()
    field.unlock(page, "000000")
    field.shown(page, "wiped")
    field.told_of_wiping(page)
    page.context.clear_cookies()
    type_password(page, city, WHO)
    page.goto(field.FIELD)
    field.shown(page, "wiped")
    page.click("[data-rescue]")
    field.shown(page, "records")
    field.wait_all_done(page, 1)
    assert field.queried(city.data, SHEETS, village, words) == [(1,)]
