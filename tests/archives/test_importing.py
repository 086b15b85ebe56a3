"""Good rows are kept once, faulty rows come back as a sheet; who does not keep a place brings nothing in."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from lianxin.archives import selectors, services, sheets
from lianxin.archives.models import EarlierRecord, ImportBatch
from lianxin.archives.rules import COLUMNS
from lianxin.audit.models import AuditEntry
from lianxin.common.errors import Denied, Invalid, NotFound
from tests.factories.cast import CITY, TOWN, Cast
from tests.web.pages import entered

pytestmark = pytest.mark.django_db
GOOD = ("2012年3月", "制度文件", "编写《村民自治规程》", "段家河镇", "旬人发〔2012〕3号", "第一版")
BAD = ("去年", "大事", "不知道", "李家庄", "", "")


def sheet(*rows: tuple[str, ...], columns: tuple[str, ...] = COLUMNS) -> bytes:
    """Return a sheet as a clerk fills it."""
    book = Workbook()
    for line in (columns, *rows):
        book.worksheets[0].append(line)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def bring(cast: Cast, *rows: tuple[str, ...], who: str = "presidium", place: str = TOWN) -> ImportBatch:
    """Bring a sheet in."""
    return services.records_import(
        actor=getattr(cast, who), place=place, file_name="十年.xlsx", rows=sheets.read(sheet(*rows))
    )


def test_good_rows_are_kept_and_faulty_ones_come_back_to_be_mended(cast: Cast) -> None:
    made = bring(cast, GOOD, BAD)
    assert (made.taken, made.repeated, len(made.refused)) == (1, 0, 1)
    kept = EarlierRecord.objects.get()
    assert (kept.on.year, kept.exact, kept.division_code, kept.number) == (2012, "month", TOWN, GOOD[4])
    back = load_workbook(io.BytesIO(sheets.with_faults(made.refused))).worksheets[0]
    line = [cell.value for cell in back[2]]
    assert line[0] == "去年"
    assert "日期：" in str(line[-1])
    assert AuditEntry.objects.filter(tag="archives.import").count() == 1


def test_what_was_typed_is_given_back_as_text_and_never_run() -> None:
    made = sheets.with_faults([{"cells": {"标题": "=1+1"}, "faults": ["日期：请写。"]}])
    cell = load_workbook(io.BytesIO(made)).worksheets[0]["C2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_same_thing_is_kept_once_whichever_sheet_it_comes_in(cast: Cast) -> None:
    bring(cast, GOOD, GOOD)
    again = bring(cast, GOOD)
    assert (again.taken, again.repeated) == (0, 1)
    assert EarlierRecord.objects.count() == 1


def test_a_town_brings_in_its_own_and_a_department_nothing(cast: Cast) -> None:
    with pytest.raises(Denied):
        bring(cast, GOOD, place=CITY)
    with pytest.raises(Denied):
        bring(cast, GOOD, who="clerk")
    other = bring(cast, (*GOOD[:3], "城关镇", "", ""))
    assert other.taken == 0, "a place outside the town is not known to it"


@pytest.mark.parametrize(
    "data",
    [b"", b"not a sheet", sheet(columns=("日期", "标题")), sheet()],
    ids=["empty", "no-sheet", "columns-missing", "no-rows"],
)
def test_a_sheet_that_cannot_be_read_says_what_to_do(data: bytes) -> None:
    with pytest.raises(Invalid) as said:
        sheets.read(data)
    assert "sheet" in said.value.fields


def test_the_page_takes_a_sheet_and_hands_back_what_is_to_be_mended(cast: Cast) -> None:
    desk = entered(cast, "presidium")
    sent = SimpleUploadedFile("十年.xlsx", sheet(GOOD, BAD))
    answer = desk.post("/archive/import", {"sheet": sent, "request_id": "one"})
    assert answer.status_code == 302
    page = desk.get(answer["Location"]).content.decode()
    assert "要改的行" in page
    assert desk.get(f"{answer['Location']}/faults.xlsx").content[:2] == b"PK"
    assert GOOD[2] in desk.get("/archive?year=2012").content.decode()
    refused = desk.post("/archive/import", {"request_id": "two"})
    assert refused.status_code == 422
    assert "请先选一个填好的表" in refused.content.decode()


def test_the_scan_of_an_old_paper_is_seen_by_who_may_see_the_record(cast: Cast) -> None:
    bring(cast, GOOD)
    row = EarlierRecord.objects.get()
    desk = entered(cast, "presidium")
    sent = SimpleUploadedFile("旧文件.pdf", b"%PDF-1.4 old paper")
    assert desk.post(f"/archive/records/{row.pk}", {"scan": sent, "request_id": "s"}).status_code == 302
    file = selectors.scans_of(row).get()
    assert desk.get(f"/archive/records/{row.pk}/scans/{file.pk}").content.startswith(b"%PDF")
    assert entered(cast, "keeper_other").get(f"/archive/records/{row.pk}/scans/{file.pk}").status_code == 404
    with pytest.raises(NotFound):
        selectors.record_for(cast.clerk, row.pk)
    with pytest.raises(Denied):
        services.scan_add(actor=cast.keeper, earlier=row, data=b"%PDF-1.4 another")


def test_the_timeline_begins_in_2012_and_asks_one_query(
    cast: Cast, django_assert_num_queries: object
) -> None:
    bring(cast, GOOD)
    actor = cast.presidium
    with django_assert_num_queries(1):  # type: ignore[operator] # pytest-django's context manager
        years = selectors.timeline(actor)
    assert [(one.year, one.count) for one in years] == [(2012, 1)]
