"""A county begins: from an empty database to the first suggestion in a unit's hands, by its own people only."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from lianxin.common.actor import Role
from lianxin.documents import tables
from lianxin.enrolment import sheets
from lianxin.enrolment.models import EnrolmentSheet, SheetKind
from lianxin.handling.models import Assignment
from lianxin.opinions.models import Opinion
from lianxin.people.actors import actor_of
from lianxin.people.models import Account, Deputy, Organ, RoleHeld
from lianxin.suggestions import services
from lianxin.suggestions.actions import BOOK
from lianxin.suggestions.models import Suggestion
from tests.enrolment.test_rules import DEPUTY, STAFF, UNIT
from tests.factories.cast import CITY, TOWN
from tests.factories.suggestions import draft

OWN = "lotus-harvest-2026-bridge"
SLIP = re.compile(r'<b>([^<]+)</b>.*?<span class="code">([^<]+)</span>.*?<span class="code">([^<]+)</span>')
PEOPLE = (
    {**STAFF, "姓名": "刘主任", "用户名": "office.liu", "角色": "人大代工委", "管哪里": "旬阳市"},
    {**STAFF, "姓名": "王站长", "用户名": "keeper.wang"},
    {**STAFF, "姓名": "周局长", "用户名": "head.zhou", "角色": "承办单位负责人", "管哪里": "", "承办单位": "交通运输局"},
)  # fmt: skip


@pytest.fixture
def empty(db: None) -> None:
    """Return a database without people."""
    for model in (RoleHeld, Deputy, Account, Organ):
        model.objects.all().delete()


def administrator(name: str) -> Client:
    """Return a client of an administrator who is past his second factor."""
    client = Client()
    client.force_login(
        Account.objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend"
    )
    Account.objects.filter(username=name).update(must_change_password=False)
    return client


def brought(client: Client, kind: SheetKind, *rows: dict[str, str]) -> EnrolmentSheet:
    """Bring a sheet in by its page."""
    sent = SimpleUploadedFile("表.xlsx", tables.book_of(sheets.FORMS[kind], rows))
    answer = client.post(f"/enrolment/bring/{kind}", {"sheet": sent})
    assert answer.status_code == 302, answer.content.decode()
    sheet = EnrolmentSheet.objects.get(pk=answer["Location"].rpartition("/")[2])
    assert sheet.refused == []
    return sheet


def first_time(username: str, first: str) -> Client:
    """Sign in with the slip's password and change it, as everybody must."""
    client = Client()
    assert client.post("/login", {"username": username, "password": first}).status_code == 302
    assert client.get("/desk")["Location"].startswith("/password")
    changed = client.post("/password", {"old": first, "new": OWN, "again": OWN})
    assert changed.status_code == 302, changed.content.decode()
    return client


def slips(admin: Client, place: str) -> dict[str, str]:
    """Give the first passwords of a place; return username → password."""
    page = admin.post("/enrolment/passwords", {"place": place})
    assert page.status_code == 200
    return {username: first for _, username, first in SLIP.findall(page.content.decode())}


def test_from_an_empty_database_to_the_first_suggestion_in_a_units_hands(empty: None, settings: Any) -> None:
    call_command("establish")
    admin, security = administrator("admin"), administrator("security")
    early = brought(admin, SheetKind.STAFF, PEOPLE[0])
    assert security.post(f"/enrolment/sheets/{early.pk}/grant").status_code == 302
    office = first_time("office.liu", slips(admin, CITY)["office.liu"])

    brought(office, SheetKind.UNITS, UNIT)
    brought(office, SheetKind.DEPUTIES, {**DEPUTY, "哪级代表": "市", "届次": "旬阳市第一届"})
    staff = brought(admin, SheetKind.STAFF, *PEOPLE)
    security.post(f"/enrolment/sheets/{staff.pk}/grant")
    codes = slips(admin, TOWN)
    assert set(codes) == {"610981-9001", "keeper.wang"}
    assert set(slips(admin, CITY)) == {"head.zhou"}, "who has one already gets no second one"

    keeper = first_time("keeper.wang", codes["keeper.wang"])
    said = {"text": "三组的路灯坏了，天黑走路看不见", "station": "113", "channel": "visit"}
    assert keeper.post("/station/new", said).status_code in {200, 302}
    assert Opinion.objects.get().division_code.startswith(TOWN[:9])

    first_time("610981-9001", codes["610981-9001"])
    deputy = actor_of(Account.objects.get(username="610981-9001"))
    row = services.suggestion_draft(actor=deputy, body_code=CITY, draft=draft())
    services.suggestion_submit(actor=deputy, suggestion=row)
    assert "关于在李家庄村三组安装路灯的建议" in office.get("/office/suggestions?tab=review").content.decode()
    unit = Organ.objects.get(name=UNIT["单位全称"])
    actor = actor_of(Account.objects.get(username="office.liu"))
    for act, data in (("register", {}), ("assign", {"parts": [{"unit": unit.code, "mode": "sole"}]})):
        fresh = Suggestion.objects.get(pk=row.pk)
        BOOK.perform(actor=actor, obj=fresh, name=act, data=data, request_id=None)
    assert Assignment.objects.get(matter_id=row.pk).unit_code == unit.code
    head = actor_of(Account.objects.get(username="head.zhou"))
    assert head.units(Role.UNIT_HEAD) == (unit.code,)
