"""Answers of many households in one sheet: good rows at once, faulty rows back, a no honoured at once."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from lianxin.audit.models import AuditEntry
from lianxin.common import clock
from lianxin.common.errors import Denied
from lianxin.contacts import services, sheets
from lianxin.contacts.models import Consent, Household, ReplySheet
from lianxin.contacts.replies import COLUMNS, Reply, read_reply, said_twice
from lianxin.contacts.workflow import State
from lianxin.documents import tables
from tests.factories.cast import OTHER_TOWN, OTHER_VILLAGE, TOWN, Cast
from tests.factories.contacts import household, paired
from tests.web.pages import entered, words

BUSY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine draws slowly
TODAY = date(2026, 11, 23)
Row = dict[str, str]


def row(number: str, said: str, way: str = "", on: str = "") -> Row:
    return dict(zip(COLUMNS, (number, "", said, way, on), strict=True))


def test_a_row_is_read_and_an_empty_way_is_paper() -> None:
    assert read_reply(row("113202-0001", "同意"), {"113202-0001": 1}, TODAY) == Reply(
        "113202-0001", "agree", "paper", TODAY
    )


@BUSY
@given(st.fixed_dictionaries({name: st.text(max_size=12) for name in COLUMNS}))
def test_every_fault_is_named_and_nothing_is_guessed(cells: Row) -> None:
    said = read_reply(cells, {}, TODAY)
    assert isinstance(said, list) and said[0].startswith("户编号：")


def test_all_faults_of_a_row_are_named_at_once() -> None:
    said = read_reply(row("113202-0001", "好", "写信", "2027-01-01"), {"113202-0001": 1}, TODAY)
    assert [one.partition("：")[0] for one in said] == ["答复", "怎么问的", "哪天问的"]  # type: ignore[union-attr]


def test_two_answers_of_one_household_hold_neither() -> None:
    yes, no = (Reply("1", answer, "paper", TODAY) for answer in ("agree", "no"))
    assert said_twice([yes, no]) == {"1"} and said_twice([yes, yes]) == set()


def bring(cast: Cast, *rows: Row, who: str = "keeper", town: str = TOWN) -> ReplySheet:
    return services.replies_import(
        actor=getattr(cast, who), town=town, file_name="征求意见.xlsx", rows=list(rows)
    )


@pytest.mark.django_db
def test_good_rows_are_recorded_once_and_faulty_ones_come_back(cast: Cast) -> None:
    home = household(cast, answer="")
    rows = (row(home.number, "同意"), row("113202-9999", "同意"))
    made = bring(cast, *rows)
    assert (made.taken, made.repeated, made.faults) == (1, 0, 1)
    assert Consent.objects.get(household=home, replaced_at=None).way == "paper"
    again = bring(cast, *rows)
    assert (again.taken, again.repeated) == (0, 1)
    assert Consent.objects.filter(household=home).count() == 1
    back = load_workbook(io.BytesIO(sheets.with_faults(made.refused))).worksheets[0]
    line = [str(cell.value) for cell in back[2]]
    assert line[0] == "113202-9999" and "本镇没有" in line[-1]


@pytest.mark.django_db
def test_a_no_in_the_sheet_ends_the_pair_now_and_sets_the_day_of_erasing(cast: Cast) -> None:
    pairing = paired(cast)
    assert pairing.household is not None
    bring(cast, row(pairing.household.number, "不参加"))
    pairing.refresh_from_db()
    assert pairing.state == State.ENDED
    assert Household.objects.get(pk=pairing.household_id).erase_on == clock.today() + timedelta(days=90)


@pytest.mark.django_db
def test_an_older_sheet_does_not_undo_a_later_answer(cast: Cast) -> None:
    home = household(cast, answer="no")
    old = clock.today() - timedelta(days=9)
    made = bring(cast, row(home.number, "同意", on=str(old)))
    assert (made.taken, made.repeated) == (0, 1)
    assert Consent.objects.get(household=home, replaced_at=None).answer == "no"


@pytest.mark.django_db
def test_another_towns_households_are_unknown_here_and_its_keeper_brings_nothing(cast: Cast) -> None:
    away = household(cast, answer="", village=OTHER_VILLAGE)
    assert bring(cast, row(away.number, "同意")).faults == 1
    for number in (away.number, "不是户编号"):  # the second is not stopped by the answer's own rule
        with pytest.raises(Denied):
            bring(cast, row(number, "同意"), town=OTHER_TOWN)
    assert not Consent.objects.filter(household=away).exists()


@pytest.mark.django_db
def test_refused_rows_are_erased_on_time_and_the_trail_holds_counts_only(cast: Cast) -> None:
    made = bring(cast, row("李大叔家", "同意"))
    assert services.reply_sheets_purge(clock.today()) == 0
    assert services.reply_sheets_purge(made.erase_on or clock.today()) == 1
    made.refresh_from_db()
    assert (made.refused, made.faults, made.erase_on) == ([], 1, None)
    facts = AuditEntry.objects.get(tag="contacts.replies_import").facts
    assert set(json.loads(facts)) == {"taken", "repeated", "refused"}


def filled(*rows: Row) -> SimpleUploadedFile:
    form = tables.Form("表", (*COLUMNS, "姓名"), (), (9,) * 6)
    return SimpleUploadedFile("答复.xlsx", tables.book_of(form, [{**one, "姓名": "李大叔"} for one in rows]))


@pytest.mark.django_db
def test_the_three_steps_through_the_page(cast: Cast) -> None:
    home, keeper = household(cast, answer="", name="李大叔", phone="13800001234"), entered(cast, "keeper")
    assert "还有 1 户没问过" in words(keeper.get("/office/pairing/replies"))
    listed = keeper.get("/office/pairing/replies/list.xlsx").content
    cells = [str(cell.value) for line in load_workbook(io.BytesIO(listed)).worksheets[0] for cell in line]
    assert home.number in cells and not any("李大叔" in cell or "1380000" in cell for cell in cells)
    sent: dict[str, Any] = {"town": TOWN, "sheet": filled(row(home.number, "同意"), row("x", "同意"))}
    done = keeper.post("/office/pairing/replies", sent, follow=True)
    assert (made := ReplySheet.objects.get()).taken == 1 and "下载要改的行" in words(done)
    assert "李大叔" not in str(made.refused), "columns of one's own are not kept"
    assert keeper.get(f"/office/pairing/replies/{made.pk}/faults.xlsx").status_code == 200
    assert entered(cast, "keeper_other").get(f"/office/pairing/replies/{made.pk}").status_code == 404
    assert keeper.post("/office/pairing/replies", {"town": TOWN}).status_code == 422
