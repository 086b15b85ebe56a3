"""The numbers of a village: who registers them, what they must be, one by one and from a sheet."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from lianxin.audit.models import AuditEntry
from lianxin.common.errors import Denied, Invalid, NotFound, Refused
from lianxin.regions.models import Division
from lianxin.villages import selectors, services, sheets
from lianxin.villages.models import VillageProfile
from lianxin.villages.numbers import FIELDS, Entry, faults, read_row
from tests.factories import villages as make
from tests.factories.cast import OTHER_VILLAGE, TOWN, VILLAGE, Cast

GOOD = {"adults": 900, "households": 300, "representatives": 40, "meeting_members": 45}


def told(cast: Cast, who: str = "presidium", village: str = VILLAGE, **more: int) -> VillageProfile:
    return services.village_numbers_set(actor=getattr(cast, who), village=village, **{**GOOD, **more})


def row_of(village: str = VILLAGE, **more: str) -> dict[str, str]:
    cells = {column: str(GOOD[name]) for name, column in FIELDS.items()}
    return {"区划代码": village, "镇": "", "村、社区": "某村", **cells, "财务往来较多": "否", **more}


def browser(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.account(who), backend="django.contrib.auth.backends.ModelBackend")
    return client


@given(st.integers(1, 1000), st.integers(1, 1000))
def test_the_members_are_the_representatives_and_a_committee_of_seven_at_most(
    some: int, members: int
) -> None:
    numbers = {**GOOD, "representatives": some, "meeting_members": members}
    right = 1 <= members - some <= 7 and 5 * some >= 4 * members
    assert (not faults(numbers, is_community=False)) == right
    assert not faults(numbers, is_community=True)


@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), st.integers(-5, 0), min_size=1))
def test_every_number_is_asked_for(wrong: dict[str, int]) -> None:
    assert set(faults({**GOOD, **wrong}, is_community=False)) == set(wrong)


@given(st.text(max_size=8))
def test_no_cell_of_a_sheet_makes_it_fall(typed: str) -> None:
    for column in row_of():
        assert isinstance(read_row(row_of() | {column: typed}, {VILLAGE: False}), Entry | list)


def test_the_town_registers_and_the_village_can_meet(cast: Cast) -> None:
    with pytest.raises(Refused, match="村的人数"):
        make.meeting(cast)
    assert told(cast).meeting_members == 45
    assert make.meeting(cast).meeting_members == 45


def test_a_change_is_on_record_and_the_same_again_is_none(cast: Cast) -> None:
    told(cast)
    meeting, before = make.meeting(cast), AuditEntry.objects.filter(tag="village.numbers").count()
    told(cast)
    assert AuditEntry.objects.filter(tag="village.numbers").count() == before == 1
    assert told(cast, "office", adults=950).adults == 950
    facts = json.loads(AuditEntry.objects.order_by("-seq")[0].facts)
    assert facts["before"]["adults"] == 900 and facts["after"]["adults"] == 950
    meeting.refresh_from_db()
    assert meeting.adults == 900


def test_nobody_else_registers_and_the_town_only_its_own(cast: Cast) -> None:
    for who, village in (("village", VILLAGE), ("leader", VILLAGE), ("presidium", OTHER_VILLAGE)):
        with pytest.raises(Denied):
            told(cast, who, village)
    with pytest.raises(NotFound):
        told(cast, village=TOWN)
    with pytest.raises(Invalid):
        told(cast, meeting_members=40)
    assert not VillageProfile.objects.exists()


def test_a_sheet_registers_once_and_gives_faulty_rows_back(cast: Cast) -> None:
    beside = Division.objects.filter(parent_code=TOWN).exclude(code=VILLAGE)[0].code
    rows = [row_of(), row_of(), row_of(OTHER_VILLAGE), row_of(beside, 户数="三百")]
    given: dict[str, Any] = {"actor": cast.presidium, "place": TOWN, "file_name": "人数.xlsx"}
    made = services.numbers_import(rows=rows, **given)
    assert (made.changed, made.unchanged) == (1, 0)
    assert [one["faults"][0][:4] for one in made.refused] == ["这个村在", "区划代码", "户数：请"]
    back = load_workbook(io.BytesIO(sheets.with_faults(made.refused))).worksheets[0]
    assert back.cell(1, 9).value == "要改的地方" and back.cell(4, 5).value == "三百"
    again = services.numbers_import(rows=rows[:1], **given)
    assert (again.changed, again.unchanged) == (0, 1)
    with pytest.raises(Denied):
        services.numbers_import(rows=rows, **{**given, "actor": cast.village})
    with pytest.raises(NotFound):
        selectors.sheet_for(cast.presidium_other, made.pk)


def test_the_pages_of_the_town(cast: Cast) -> None:
    town = browser(cast, "presidium")
    assert "没有登记人数" in town.get("/village/numbers").content.decode()
    address = f"/village/numbers/{VILLAGE}"
    typed: dict[str, Any] = {**GOOD, "adults": "九百", "households": "x", "many_dealings": "1"}
    refused = town.post(address, typed)
    words = refused.content.decode()
    assert refused.status_code == 422 and words.count("请填整数。") >= 2 and 'value="九百"' in words
    few = town.post(address, {**GOOD, "representatives": "30"})
    assert few.status_code == 422 and "应是 31 到 37" in few.content.decode()
    assert town.post(address, {**typed, "adults": 900, "households": 300}).status_code == 302
    assert VillageProfile.objects.get().many_dealings
    assert 'value="900"' in town.get(address).content.decode()
    assert address in town.get(f"/village/board/{VILLAGE}").content.decode()
    assert address not in browser(cast, "leader").get(f"/village/board/{VILLAGE}").content.decode()


def test_the_sheet_goes_out_filled_and_comes_in_again_unchanged(cast: Cast) -> None:
    told(cast)
    town = browser(cast, "presidium")
    book = town.get("/village/numbers/sheet/now.xlsx").content
    own = next(one for one in sheets.read(book) if one["区划代码"] == VILLAGE)
    assert own["村民代表会议组成人员"] == "45"
    answer = town.post("/village/numbers/sheet", {"sheet": SimpleUploadedFile("人数.xlsx", book)})
    page = town.get(answer["Location"]).content.decode()
    assert VillageProfile.objects.count() == 1 and "没有变" in page and "要改的行" in page
    assert town.get(f"{answer['Location']}/faults.xlsx").status_code == 200
    assert town.post("/village/numbers/sheet", {}).status_code == 422
