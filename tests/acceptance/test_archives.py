"""Ten years of earlier work are brought in, faulty rows go back as a sheet, the timeline begins in 2012: S63."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from lianxin.archives.rules import COLUMNS
from tests.acceptance.conftest import Doors


def _sheet(*rows: tuple[str, ...]) -> SimpleUploadedFile:
    book = Workbook()
    for line in (COLUMNS, *rows):
        book.worksheets[0].append(line)
    kept = io.BytesIO()
    book.save(kept)
    return SimpleUploadedFile("十年.xlsx", kept.getvalue())


@pytest.mark.acceptance("S63")
def test_a_sheet_of_earlier_years_comes_in_and_what_is_wrong_goes_back_as_a_sheet(doors: Doors) -> None:
    desk = doors.page("office")
    rows = (
        ("2012年6月", "会议", "常委会听取村民自治工作汇报", "旬阳市", "", ""),
        ("去年", "会议", "日子说不清的一次会", "旬阳市", "", ""),
    )
    answer = desk.post("/archive/import", {"sheet": _sheet(*rows), "request_id": "s63"})
    assert answer.status_code == 302
    back = desk.get(f"{answer['Location']}/faults.xlsx").content
    line = [cell.value for cell in load_workbook(io.BytesIO(back)).worksheets[0][2]]
    assert line[2] == rows[1][2]
    assert "日期：" in str(line[-1])
    page = desk.get("/archive?year=2012").content.decode()
    assert rows[0][2] in page
    years = [int(year) for year in re.findall(r"\?year=(\d{4})", page)]
    assert 2012 in years
    assert 2021 in years
    again = desk.post("/archive/import", {"sheet": _sheet(rows[0]), "request_id": "s63-again"})
    assert "不重复" in desk.get(again["Location"]).content.decode()


@pytest.mark.acceptance("S63")
def test_earlier_records_are_not_brought_in_by_who_does_not_keep_them(doors: Doors) -> None:
    row = ("2012年6月", "会议", "不该收下的一次会", "旬阳市", "", "")
    for who in ("keeper", "deputy_town", "clerk"):
        answer = doors.page(who).post("/archive/import", {"sheet": _sheet(row), "request_id": who})
        assert answer.status_code == 403, who
    assert row[2] not in doors.page("office").get("/archive?year=2012").content.decode()
