"""The roll's pages: what was typed stays, a sheet comes back with its faults, strangers meet a closed door."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from lianxin.documents import tables
from lianxin.enrolment import services, sheets
from lianxin.enrolment.models import EnrolmentSheet, SheetKind
from lianxin.people.models import Account, Deputy, Organ
from tests.enrolment.test_rules import DEPUTY, STAFF, UNIT
from tests.factories.cast import CITY, TOWN, Cast
from tests.web.pages import entered

pytestmark = pytest.mark.django_db
FORM = {
    "name": "张三", "sex": "女", "born_year": "1980", "occupation": "农民", "home": "段家河镇李家庄村",
    "card": "610981-9001", "level": "镇", "town": "", "term": "段家河镇第二十届", "constituency": "", "since": "2021-12-20",
    "until": "",
}  # fmt: skip


def sheet(kind: SheetKind, *rows: dict[str, str]) -> SimpleUploadedFile:
    """Return a sheet as a clerk fills it."""
    return SimpleUploadedFile("名册.xlsx", tables.book_of(sheets.FORMS[kind], rows))


def test_a_form_with_a_fault_keeps_what_was_typed_and_enters_nothing(cast: Cast) -> None:
    page = entered(cast, "presidium")
    refused = page.post("/enrolment/deputies/new", {**FORM, "home": "火星", "since": ""})
    said = refused.content.decode()
    assert refused.status_code == 422 and "610981-9001" in said and "没有「火星」" in said
    assert (
        not EnrolmentSheet.objects.exists() and not Deputy.objects.filter(card_number=FORM["card"]).exists()
    )
    assert page.post("/enrolment/deputies/new", FORM).status_code == 302
    row = Deputy.objects.get(card_number=FORM["card"])
    again = page.post("/enrolment/deputies/new", FORM)
    assert again.status_code == 409 and row.seats.count() == 1
    further = page.get(f"/enrolment/deputies/new?of={row.pk}").content.decode()
    assert "610981-9001" in further and "给张三代表登记席位" in further


def test_a_sheet_comes_back_with_its_faulty_rows(cast: Cast) -> None:
    page = entered(cast, "office")
    empty = page.get("/enrolment/bring/deputies/empty.xlsx")
    columns = [cell.value for cell in load_workbook(io.BytesIO(empty.content)).worksheets[0][1]]
    assert tuple(columns) == sheets.FORMS[SheetKind.DEPUTIES].columns
    sent = sheet(SheetKind.DEPUTIES, DEPUTY, {**DEPUTY, "代表证号": "d-2", "届次": ""})
    made = page.post("/enrolment/bring/deputies", {"sheet": sent})
    assert made.status_code == 302
    shown = page.get(made["Location"]).content.decode()
    assert "要改的行" in shown and "请写届次的名称" in shown
    back = load_workbook(io.BytesIO(page.get(f"{made['Location']}/faults.xlsx").content)).worksheets[0]
    assert "届次：" in str(back[2][-1].value)
    nothing = page.post("/enrolment/bring/deputies", {})
    assert nothing.status_code == 422 and "请先选一个填好的表" in nothing.content.decode()
    assert page.get("/enrolment/bring/people").status_code == 404


def test_a_seat_is_ended_suspended_and_taken_up_on_the_page(cast: Cast) -> None:
    page, row = entered(cast, "presidium"), cast.deputy_row("deputy_town")
    seat = row.seats.get()
    act = f"/enrolment/deputies/{row.pk}/acts"
    typed = {"seat": str(seat.pk), "on": "2026-11-01", "reason": ""}
    refused = page.post(f"{act}/suspend", typed)
    assert refused.status_code == 422 and "2026-11-01" in refused.content.decode()
    assert page.post(f"{act}/suspend", {**typed, "reason": "公告第3号"}).status_code == 302
    assert "暂时停止执行职务" in page.get(f"/enrolment/deputies/{row.pk}").content.decode()
    assert page.post(f"{act}/resume", typed).status_code == 302
    assert page.post(f"{act}/end", {**typed, "reason": "辞职"}).status_code == 302
    assert "已终止" in page.get("/enrolment?q=" + row.name).content.decode()
    assert page.post(f"{act}/nothing", typed).status_code == 404
    assert page.post(f"{act}/end", {**typed, "seat": "x"}).status_code == 404
    bad = page.post(f"{act}/correct", {"name": "李", "home": "火星", "occupation": ""})
    assert bad.status_code == 422 and "火星" in bad.content.decode()


def test_units_are_entered_renamed_and_closed(cast: Cast) -> None:
    page = entered(cast, "office")
    typed = {"name": "旬阳市文物局", "short_name": "文物局", "level": "", "town": ""}
    refused = page.post("/enrolment/units", typed)
    assert refused.status_code == 422 and "旬阳市文物局" in refused.content.decode()
    assert page.post("/enrolment/units", {**typed, "level": "市"}).status_code == 302
    assert "还没有负责人账号" in page.get("/enrolment/units").content.decode()
    unit = Organ.objects.get(name="旬阳市文物局")
    assert page.post(f"/enrolment/units/{unit.pk}", {"name": "局", "short_name": "局"}).status_code == 422
    assert (
        page.post(
            f"/enrolment/units/{unit.pk}", {"name": "旬阳市文物旅游局", "short_name": "文旅局"}
        ).status_code
        == 302
    )
    assert page.post(f"/enrolment/units/{unit.pk}", {"act": "close"}).status_code == 302
    unit.refresh_from_db()
    assert (unit.name, unit.is_active) == ("旬阳市文物旅游局", False)


def test_staff_get_accounts_roles_and_passwords_from_three_pages(cast: Cast) -> None:
    admin, security = entered(cast, "admin"), entered(cast, "security")
    made = admin.post("/enrolment/bring/staff", {"sheet": sheet(SheetKind.STAFF, STAFF)})["Location"]
    assert "等安全管理员授予" in admin.get("/enrolment/staff").content.decode()
    assert "全部授予" not in admin.get(made).content.decode()
    assert admin.post(f"{made}/grant").status_code == 403
    assert "全部授予" in security.get(made).content.decode()
    assert security.post(f"{made}/grant").status_code == 302
    assert security.post(f"{made}/grant").status_code == 409
    slips = admin.post("/enrolment/passwords", {"place": TOWN})
    assert (
        slips.status_code == 200
        and "li.si" in slips.content.decode()
        and "no-store" in slips["Cache-Control"]
    )
    assert Account.objects.get(username="li.si").has_usable_password()
    assert admin.post("/enrolment/passwords", {"place": TOWN}).status_code == 409


def test_strangers_meet_a_closed_door(cast: Cast) -> None:
    row = cast.deputy_row("deputy_city")
    made = services.people_bring(
        actor=cast.admin, kind=SheetKind.STAFF, place=CITY, file_name="甲.xlsx", rows=[STAFF]
    )
    town = entered(cast, "presidium_other")
    assert town.get(f"/enrolment/deputies/{cast.deputy_row('deputy_town').pk}").status_code == 404
    assert town.get("/enrolment/units").status_code == 403
    assert town.get("/enrolment/bring/units").status_code == 403
    assert entered(cast, "office").get(f"/enrolment/sheets/{made.pk}").status_code == 404
    for who in ("keeper", "clerk", "deputy_city", "admin"):
        assert entered(cast, who).get(f"/enrolment/deputies/{row.pk}").status_code == 403
    assert Client().get("/enrolment").status_code in {302, 401}


def test_lists_ask_a_fixed_number_of_queries(cast: Cast) -> None:
    page = entered(cast, "office")

    def queries(address: str) -> int:
        page.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert page.get(address).status_code == 200
        return len(asked)

    before = [queries(one) for one in ("/enrolment", "/enrolment/units")]
    rows = [{**DEPUTY, "代表证号": f"d-{n}"} for n in range(20)]
    services.people_bring(actor=cast.office, kind=SheetKind.DEPUTIES, place=CITY, file_name="甲", rows=rows)
    units = [{**UNIT, "单位全称": f"旬阳市第{n}管理所"} for n in range(20)]
    services.people_bring(actor=cast.office, kind=SheetKind.UNITS, place=CITY, file_name="乙", rows=units)
    assert [queries(one) for one in ("/enrolment", "/enrolment/units")] == before
