"""Good rows are entered once, faulty ones come back; who does not keep a roll enters nobody."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lianxin.audit.models import AuditEntry
from lianxin.common.actor import Role
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.enrolment import services
from lianxin.enrolment.models import EnrolmentSheet, SheetKind
from lianxin.enrolment.services import deputies
from lianxin.enrolment.services.opening import AT_ONCE
from lianxin.people.actors import actor_of
from lianxin.people.models import Account, Deputy, Organ, Seat
from lianxin.people.services import sign_in_check
from tests.enrolment.test_rules import DEPUTY, STAFF, UNIT
from tests.factories.cast import CITY, OTHER_TOWN, TOWN, Cast

pytestmark = pytest.mark.django_db


def bring(
    cast: Cast, *rows: dict[str, str], kind: SheetKind = SheetKind.DEPUTIES, who: str = "office", place: str = CITY
) -> EnrolmentSheet:  # fmt: skip
    return services.people_bring(
        actor=getattr(cast, who), kind=kind, place=place, file_name="名册.xlsx", rows=rows
    )


class TestDeputies:
    def test_a_row_is_a_seat_and_a_card_number_one_person(self, cast: Cast) -> None:
        second = {**DEPUTY, "哪级代表": "市", "届次": "旬阳市第一届"}
        made = bring(cast, DEPUTY, second, {**DEPUTY, "姓名": "赵五"}, {**DEPUTY, "住在哪里": "火星"})
        assert (made.taken, made.repeated, len(made.refused)) == (2, 0, 2)
        row = Deputy.objects.get(card_number=DEPUTY["代表证号"])
        assert {seat.body_code for seat in row.seats.all()} == {CITY, TOWN}
        assert row.pinyin and row.account is not None and row.account.username == row.card_number
        assert actor_of(row.account).places(Role.DEPUTY) == tuple(sorted((CITY, TOWN)))
        assert AuditEntry.objects.filter(tag="enrolment.bring").count() == 1

    def test_the_same_sheet_twice_changes_nothing_and_a_further_seat_is_added(self, cast: Cast) -> None:
        bring(cast, DEPUTY)
        again = bring(cast, DEPUTY, DEPUTY)
        assert (again.taken, again.repeated) == (0, 2)
        more = bring(cast, {**DEPUTY, "哪级代表": "市", "届次": "旬阳市第一届"})
        assert more.taken == 1
        assert Seat.objects.filter(deputy__card_number=DEPUTY["代表证号"]).count() == 2

    def test_a_town_enters_its_own_deputies_and_a_username_of_somebody_is_none(self, cast: Cast) -> None:
        made = bring(
            cast,
            DEPUTY,
            {**DEPUTY, "代表证号": "x-2", "哪级代表": "市"},
            {**DEPUTY, "代表证号": "x-3", "哪个镇": "城关镇"},
            {**DEPUTY, "代表证号": "keeper"},
            who="presidium",
            place=TOWN,
        )
        assert (made.taken, len(made.refused)) == (1, 3)
        assert "用户名" in made.refused[-1]["faults"][0]

    @pytest.mark.parametrize(
        ("who", "place"), [("keeper", TOWN), ("presidium", CITY), ("presidium", OTHER_TOWN), ("admin", CITY)]
    )
    def test_who_does_not_keep_the_roll_enters_nobody(self, cast: Cast, who: str, place: str) -> None:
        with pytest.raises(Denied):
            bring(cast, DEPUTY, who=who, place=place)

    def test_a_colleague_who_was_faster_is_a_sentence_and_no_error(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        read = deputies._roll

        def faster(home6: str, cards: list[str]) -> Any:
            found = read(home6, cards)
            monkeypatch.setattr(deputies, "_roll", read)
            bring(cast, DEPUTY)
            return found

        monkeypatch.setattr(deputies, "_roll", faster)
        with pytest.raises(Conflict):
            bring(cast, DEPUTY)

    def test_an_administrator_gets_no_seat(self, cast: Cast) -> None:
        bring(cast, DEPUTY)
        row = Deputy.objects.get(card_number=DEPUTY["代表证号"])
        row.account = cast.account("auditor")
        row.save()
        row.seats.update(valid_from=date(2016, 1, 1), valid_to=date(2021, 1, 1))
        made = bring(cast, {**DEPUTY, "哪级代表": "市", "届次": "旬阳市第一届"})
        assert (made.taken, len(made.refused)) == (0, 1) and "互斥" in made.refused[0]["faults"][0]
        assert row.seats.count() == 1

    def test_a_correction_keeps_the_person_and_is_the_keepers(self, cast: Cast) -> None:
        row = cast.deputy_row("deputy_town")
        sent: dict[str, Any] = {"name": "李秀英", "home": "段家河镇", "occupation": "农民"}
        done = services.deputy_correct(actor=cast.presidium, deputy=row, **sent)
        assert (done.name, done.division_code) == ("李秀英", TOWN)
        assert Account.objects.get(pk=done.account_id).display_name == "李秀英"
        with pytest.raises(Invalid) as wrong:
            services.deputy_correct(actor=cast.presidium, deputy=row, name="李", home="火星")
        assert set(wrong.value.fields) == {"name", "home"}
        for stranger in (cast.presidium_other, cast.keeper, cast.deputy_town):
            with pytest.raises(Denied):
                services.deputy_correct(actor=stranger, deputy=row, **sent)


class TestUnits:
    def test_a_full_name_is_one_unit_with_a_code_of_its_own(self, cast: Cast) -> None:
        rows = (UNIT, UNIT, {**UNIT, "单位全称": "旬阳市交通运输局二所"}, {**UNIT, "哪一级": ""})
        made = bring(cast, *rows, kind=SheetKind.UNITS)
        assert (made.taken, made.repeated, len(made.refused)) == (2, 1, 1)
        codes = set(Organ.objects.filter(short_name="交通运输局").values_list("code", flat=True))
        assert len(codes) >= 2

    def test_the_office_names_and_closes_units_and_nobody_else(self, cast: Cast) -> None:
        unit = Organ.objects.get(code="power")
        with pytest.raises(Denied):
            bring(cast, UNIT, kind=SheetKind.UNITS, who="presidium", place=TOWN)
        for stranger in (cast.presidium, cast.clerk_power, cast.admin):
            with pytest.raises(Denied):
                services.unit_rename(actor=stranger, unit=unit, name="旬阳市供电局", short_name="供电局")
            with pytest.raises(Denied):
                services.unit_close(actor=stranger, unit=unit)
        done = services.unit_rename(actor=cast.office, unit=unit, name="旬阳市供电局", short_name="供电局")
        assert (done.code, done.name) == ("power", "旬阳市供电局")
        with pytest.raises(Invalid):
            services.unit_rename(actor=cast.office, unit=unit, name="局", short_name="局")
        other = Organ.objects.exclude(pk=unit.pk)[0]
        with pytest.raises(Conflict):
            services.unit_rename(actor=cast.office, unit=unit, name=other.name, short_name="供电局")
        assert not services.unit_close(actor=cast.office, unit=done).is_active
        with pytest.raises(Refused):
            services.unit_close(actor=cast.office, unit=done)


class TestStaff:
    def test_one_administrator_makes_the_account_and_another_grants_the_role(self, cast: Cast) -> None:
        made = bring(cast, STAFF, {**STAFF, "姓名": "赵五"}, kind=SheetKind.STAFF, who="admin")
        assert (made.taken, len(made.refused)) == (1, 1)
        account = Account.objects.get(username=STAFF["用户名"])
        assert not account.has_usable_password() and not actor_of(account).roles
        for stranger in (cast.admin, cast.office, cast.auditor):
            with pytest.raises(Denied):
                services.staff_grant(actor=stranger, sheet=made)
        services.staff_grant(actor=cast.security, sheet=made)
        assert actor_of(account).has_in(TOWN, Role.KEEPER)
        with pytest.raises(Refused):
            services.staff_grant(actor=cast.security, sheet=made)
        assert account.roles_held.count() == 1

    def test_who_may_not_hold_a_role_is_told_on_the_sheet(self, cast: Cast) -> None:
        admin = cast.account("auditor")
        row = {**STAFF, "姓名": admin.display_name, "用户名": admin.username}
        made = bring(cast, row, STAFF, kind=SheetKind.STAFF, who="admin")
        granted = services.staff_grant(actor=cast.security, sheet=made)
        assert "互斥" in granted.asked[0]["fault"] and granted.asked[1]["fault"] == ""

    def test_the_office_makes_no_accounts(self, cast: Cast) -> None:
        for who in ("office", "security", "presidium"):
            with pytest.raises(Denied):
                bring(cast, STAFF, kind=SheetKind.STAFF, who=who)


class TestFirstPasswords:
    def test_each_is_told_once_and_must_be_changed(self, cast: Cast, rf: Any) -> None:
        bring(cast, DEPUTY)
        bring(cast, STAFF, kind=SheetKind.STAFF, who="admin")
        given = services.passwords_give(actor=cast.admin, place=TOWN)
        slips = {account.username: first for account, first in given.slips}
        assert DEPUTY["代表证号"] in slips and len(given.slips) <= AT_ONCE
        account = sign_in_check(rf.post("/"), DEPUTY["代表证号"], slips[DEPUTY["代表证号"]])
        assert account.must_change_password
        while given.left:
            given = services.passwords_give(actor=cast.admin, place=TOWN)
        with pytest.raises(Refused):
            services.passwords_give(actor=cast.admin, place=TOWN)

    def test_only_the_system_administrator_opens_accounts(self, cast: Cast) -> None:
        bring(cast, DEPUTY)
        for who in (cast.security, cast.office, cast.presidium, cast.auditor):
            with pytest.raises(Denied):
                services.passwords_give(actor=who, place=TOWN)
