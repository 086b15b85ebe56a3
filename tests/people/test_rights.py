"""Rights in a place for a time; the three administrators apart; tokens; second factor; passwords."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.test import Client, RequestFactory
from pytest_django import Settings

from lianxin.audit.models import AuditEntry
from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Role
from lianxin.common.errors import Denied, Invalid, NotSignedIn, Refused
from lianxin.people.accounts import account_close, role_end
from lianxin.people.actors import actor_of, deputy_of, seats_of
from lianxin.people.loading import account_open, groups_register
from lianxin.people.models import Account, ApiToken, DeputyGroup, GroupMember, RoleHeld, Seat, SecondFactor
from lianxin.people.seats import seat_end
from lianxin.people.second_factor import provisioning_uri, second_factor_begin, second_factor_reset, secret_of
from lianxin.people.selectors import accounts_with, deputies_of_body, keepers_of, organ_has_head
from lianxin.people.services import (
    TOKEN_HOURS,
    account_create,
    actor_by_token,
    password_set,
    role_grant,
    token_issue,
)
from tests.factories.cast import CITY, HOME6, OTHER_TOWN, TOWN, VILLAGE, Cast

LAST = date(2026, 6, 30)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


class TestTimes:
    def test_a_right_ends_the_day_after_the_last_day(self, cast: Cast) -> None:
        account = cast.account("keeper")
        account.roles_held.update(valid_to=LAST)
        with clock.at(noon(LAST)):
            assert actor_of(account).has_in(VILLAGE, Role.KEEPER)
            assert account.id in accounts_with(Role.KEEPER, place=TOWN)
        with clock.at(noon(LAST + timedelta(days=1))):
            assert not actor_of(account).roles
            assert account.id not in accounts_with(Role.KEEPER, place=TOWN)
            assert account.id not in keepers_of(VILLAGE)

    def test_the_day_changes_at_midnight_in_china(self, cast: Cast) -> None:
        account = cast.account("keeper")
        account.roles_held.update(valid_to=LAST)
        with clock.at(datetime(2026, 6, 30, 15, 59, tzinfo=UTC)):
            assert actor_of(account).roles
        with clock.at(datetime(2026, 6, 30, 16, 0, tzinfo=UTC)):
            assert not actor_of(account).roles

    def test_a_right_begins_on_its_first_day(self, cast: Cast) -> None:
        account = cast.account("keeper")
        account.roles_held.update(valid_from=LAST)
        assert not actor_of(account, on=LAST - timedelta(days=1)).roles
        assert actor_of(account, on=LAST).roles

    def test_an_ended_seat_stops_the_next_day_and_the_archive_stays(self, cast: Cast) -> None:
        deputy = cast.deputy_row("deputy_city")
        seat = deputy.seats.get()
        seat_end(actor=cast.security, seat=seat, on=LAST, reason="届满")
        account = cast.account("deputy_city")
        assert actor_of(account, on=LAST).has(Role.DEPUTY)
        assert not actor_of(account, on=LAST + timedelta(days=1)).has(Role.DEPUTY)
        with clock.at(noon(LAST + timedelta(days=1))):
            assert deputy not in deputies_of_body(CITY)
        assert deputy.seats.get().end_reason == "届满"

    def test_who_keeps_the_roll_or_the_rights_ends_seats_and_nobody_else(self, cast: Cast) -> None:
        seat = cast.deputy_row("deputy_city").seats.get()
        for who in (cast.admin, cast.presidium, cast.deputy_city):
            with pytest.raises(Denied):
                seat_end(actor=who, seat=seat, on=LAST, reason="届满")
        assert seat_end(actor=cast.office, seat=seat, on=LAST, reason="届满").valid_to == LAST

    def test_an_ended_role_stops_and_is_not_revived(self, cast: Cast) -> None:
        held = cast.account("keeper").roles_held.get()
        today = clock.today()
        role_end(actor=cast.security, held=held, on=today)
        assert not actor_of(cast.account("keeper"), on=today + timedelta(days=1)).roles
        with pytest.raises(Refused):
            role_end(actor=cast.security, held=held, on=today + timedelta(days=5))
        with pytest.raises(Denied):
            role_end(actor=cast.admin, held=held, on=today)


class TestSeats:
    def test_seats_in_two_congresses_give_two_rights(self, cast: Cast) -> None:
        deputy = cast.deputy_row("deputy_city")
        Seat.objects.create(
            deputy=deputy, level="town", body_code=TOWN, term="某届", valid_from=date(2021, 1, 1)
        )
        actor = cast.deputy_city
        assert set(actor.places(Role.DEPUTY)) == {CITY, TOWN}
        assert len(seats_of(actor)) == 2

    def test_terms_follow_each_other(self, cast: Cast) -> None:
        deputy = cast.deputy_row("deputy_city")
        deputy.seats.update(valid_to=LAST)
        Seat.objects.create(
            deputy=deputy, level="city", body_code=CITY, term="下一届", valid_from=LAST + timedelta(days=1)
        )
        account = cast.account("deputy_city")
        assert all(actor_of(account, on=LAST + timedelta(days=n)).has(Role.DEPUTY) for n in (0, 1, 400))

    def test_one_seat_a_term(self, cast: Cast) -> None:
        deputy = cast.deputy_row("deputy_city")
        with pytest.raises(IntegrityError), transaction.atomic():
            Seat.objects.create(deputy=deputy, level="city", body_code=CITY, term="测试届", valid_from=LAST)

    @pytest.mark.parametrize("level", ["province", "prefecture"])
    def test_a_higher_seat_alone_gives_no_right_to_file_here(self, cast: Cast, level: str) -> None:
        deputy = cast.deputy_row("deputy_city")
        deputy.seats.update(level=level, body_code="610900000000")
        actor = actor_of(cast.account("deputy_city"))
        assert not actor.has(Role.DEPUTY)
        assert deputy_of(actor) == deputy
        assert len(seats_of(actor)) == 1


class TestGroups:
    def test_a_deputy_is_in_one_group_at_a_time(self, cast: Cast) -> None:
        one, two = cast.deputy_row("deputy_city_2"), cast.deputy_row("deputy_town_2")
        groups_register(actor=SYSTEM, groups=[("一组", TOWN, [one, two])], home6=HOME6)
        assert DeputyGroup.objects.get(name="一组").leader == one
        with pytest.raises(IntegrityError), transaction.atomic():
            groups_register(actor=SYSTEM, groups=[("二组", TOWN, [one])], home6=HOME6)
        GroupMember.objects.filter(deputy=one).update(valid_to=LAST)
        groups_register(actor=SYSTEM, groups=[("二组", TOWN, [one])], home6=HOME6)


class TestThreeApart:
    @pytest.fixture
    def fresh(self, cast: Cast) -> Account:
        return account_create(actor=cast.admin, username="fresh", display_name="新人", password=Cast.password)

    def grant(self, cast: Cast, account: Account, role: Role, place: str = CITY) -> RoleHeld:
        return role_grant(
            actor=cast.security, account=account, role=role, place=place, valid_from=clock.today()
        )

    @pytest.mark.parametrize("first", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR])
    @pytest.mark.parametrize("second", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR, Role.OFFICE])
    def test_none_of_the_three_stands_beside_another_role(
        self, cast: Cast, fresh: Account, first: Role, second: Role
    ) -> None:
        if first == second:  # the same role in another place is no other role
            self.grant(cast, fresh, first)
            assert self.grant(cast, fresh, second, TOWN)
            return
        self.grant(cast, fresh, first)
        with pytest.raises(Refused, match="互斥"):
            self.grant(cast, fresh, second)

    def test_nor_beside_a_deputys_seat(self, cast: Cast) -> None:
        with pytest.raises(Refused, match="互斥"):
            self.grant(cast, cast.account("deputy_city"), Role.AUDITOR)

    def test_business_roles_stand_side_by_side(self, cast: Cast, fresh: Account) -> None:
        self.grant(cast, fresh, Role.KEEPER, TOWN)
        self.grant(cast, fresh, Role.KEEPER, OTHER_TOWN)
        self.grant(cast, fresh, Role.PRESIDIUM, TOWN)
        assert len(actor_of(fresh).roles) == 3

    def test_a_role_that_is_over_does_not_stand_in_the_way(self, cast: Cast, fresh: Account) -> None:
        self.grant(cast, fresh, Role.OFFICE)
        fresh.roles_held.update(valid_from=date(2020, 1, 1), valid_to=clock.today() - timedelta(days=1))
        assert self.grant(cast, fresh, Role.AUDITOR)

    def test_nobody_grants_to_himself(self, cast: Cast) -> None:
        with pytest.raises(Refused, match="自己"):
            self.grant(cast, cast.account("security"), Role.SECURITY_ADMIN, TOWN)

    @pytest.mark.parametrize("name", ["admin", "auditor", "office"])
    def test_only_the_security_administrator_grants(self, cast: Cast, fresh: Account, name: str) -> None:
        with pytest.raises(Denied):
            role_grant(
                actor=getattr(cast, name),
                account=fresh,
                role=Role.KEEPER,
                place=TOWN,
                valid_from=clock.today(),
            )

    @pytest.mark.parametrize("name", ["security", "auditor", "office"])
    def test_only_the_system_administrator_makes_accounts(self, cast: Cast, name: str) -> None:
        with pytest.raises(Denied):
            account_create(
                actor=getattr(cast, name), username="fresh2", display_name="新人", password=Cast.password
            )

    def test_a_grant_is_on_the_trail(self, cast: Cast, fresh: Account) -> None:
        self.grant(cast, fresh, Role.KEEPER, TOWN)
        entry = AuditEntry.objects.get(tag="people.role_grant")
        assert (entry.actor_id, entry.target_id) == (cast.security.id, str(fresh.id))
        assert "新人" not in entry.facts


class TestDemoAccounts:
    def test_they_are_made_in_demo_mode_only(self, cast: Cast, settings: Settings) -> None:
        asked = {"actor": SYSTEM, "username": "demo1", "display_name": "演示", "password": Cast.password}
        settings.LIANXIN_DEMO = False
        with pytest.raises(Refused):
            account_create(**asked, is_demo=True)
        settings.LIANXIN_DEMO = True
        assert account_create(**asked, is_demo=True).is_demo

    def test_opening_one_needs_demo_mode_too(self, cast: Cast, settings: Settings) -> None:
        asked = {"actor": SYSTEM, "account": cast.account("keeper"), "username": "k", "display_name": "演示"}
        settings.LIANXIN_DEMO = False
        with pytest.raises(Refused):
            account_open(**asked, encoded=make_password(Cast.password), home6=HOME6, is_demo=True)
        account_open(**asked, encoded=make_password(Cast.password), home6=HOME6)
        opened = Account.objects.get(username="k")
        assert (opened.is_demo, opened.must_change_password) == (False, True)

    def test_nobody_else_opens_accounts(self, cast: Cast) -> None:
        asked = {"account": cast.account("keeper"), "username": "k", "display_name": "x", "home6": HOME6}
        with pytest.raises(Denied):
            account_open(actor=cast.office, encoded=make_password(Cast.password), **asked)


class TestTokens:
    def issue(self, username: str = "keeper", password: str = Cast.password) -> str:
        return token_issue(request=RequestFactory().post("/"), username=username, password=password)

    def test_a_token_acts_for_its_owner_and_only_its_hash_is_kept(self, cast: Cast) -> None:
        raw = self.issue()
        actor = actor_by_token(raw)
        assert actor
        assert actor.id == cast.keeper.id
        assert raw not in str(ApiToken.objects.values())

    def test_it_runs_out(self, cast: Cast) -> None:
        raw = self.issue()
        with clock.at(clock.now() + timedelta(hours=TOKEN_HOURS, seconds=1)):
            assert actor_by_token(raw) is None

    def test_a_wrong_password_or_token_gives_nothing(self, cast: Cast) -> None:
        with pytest.raises(NotSignedIn):
            self.issue(password="wrong")
        assert actor_by_token("wrong") is None
        assert not ApiToken.objects.exists()

    def test_an_administrator_gets_none_without_a_second_factor(self, cast: Cast) -> None:
        with pytest.raises(Denied, match="第二重"):
            self.issue("admin")

    def test_who_must_change_the_password_gets_none(self, cast: Cast) -> None:
        Account.objects.filter(username="keeper").update(must_change_password=True)
        with pytest.raises(Denied, match="修改密码"):
            self.issue()

    def test_closing_the_account_ends_it(self, cast: Cast) -> None:
        raw = self.issue()
        account_close(actor=cast.admin, account=cast.account("keeper"))
        assert actor_by_token(raw) is None

    def test_a_new_password_ends_it(self, cast: Cast) -> None:
        raw = self.issue()
        password_set(actor=cast.keeper, account=cast.account("keeper"), new="River-Han-8848")
        assert actor_by_token(raw) is None


class TestPasswords:
    def test_the_last_five_are_not_taken_again(self, cast: Cast) -> None:
        account = cast.account("keeper")
        olds = [f"River-Han-{n}" for n in range(1, 7)]
        for new in olds:
            password_set(actor=cast.keeper, account=account, new=new)
        for old in olds[-5:]:
            with pytest.raises(Invalid):
                password_set(actor=cast.keeper, account=account, new=old)
        password_set(actor=cast.keeper, account=account, new="Another-River-1")

    def test_an_administrators_is_longer(self, cast: Cast) -> None:
        with pytest.raises(Invalid):
            password_set(actor=cast.admin, account=cast.account("admin"), new="Han-8848-ab")
        password_set(actor=cast.keeper, account=cast.account("keeper"), new="Han-8848-ab")

    def test_nobody_sets_anothers(self, cast: Cast) -> None:
        with pytest.raises(Denied):
            password_set(actor=cast.admin, account=cast.account("keeper"), new="River-Han-8848")


class TestSecondFactor:
    @pytest.mark.parametrize(
        ("at", "code"), [(59, "94287082"), (1111111109, "07081804"), (20000000000, "65353130")]
    )
    def test_the_arithmetic_is_the_standards(self, at: int, code: str) -> None:
        assert TOTP(b"12345678901234567890", 8, SHA1(), 30).generate(at).decode() == code  # noqa: S303

    def test_the_secret_lies_sealed(self, cast: Cast) -> None:
        factor = second_factor_begin(actor=cast.admin, account=cast.account("admin"))
        assert secret_of(factor) in provisioning_uri(factor)
        assert secret_of(factor) not in str(SecondFactor.objects.values())

    def test_nobody_enrols_for_another(self, cast: Cast) -> None:
        with pytest.raises(Denied):
            second_factor_begin(actor=cast.security, account=cast.account("admin"))

    def test_it_is_reset_by_another_security_administrator(self, cast: Cast) -> None:
        second_factor_begin(actor=cast.admin, account=cast.account("admin"))
        with pytest.raises(Denied):
            second_factor_reset(actor=cast.auditor, account=cast.account("admin"))
        with pytest.raises(Refused):
            second_factor_reset(actor=cast.security, account=cast.account("security"))
        second_factor_reset(actor=cast.security, account=cast.account("admin"))
        assert not SecondFactor.objects.exists()


def test_a_unit_has_a_head_while_the_head_is_in_office(cast: Cast) -> None:
    assert organ_has_head("transport")
    RoleHeld.objects.filter(role=Role.UNIT_HEAD, unit="transport").update(valid_to=date(2020, 6, 1))
    assert not organ_has_head("transport")


def test_a_closed_account_cannot_sign_in(cast: Cast, client: Client) -> None:
    Account.objects.filter(username="keeper").update(is_active=False)
    assert client.post("/login", {"username": "keeper", "password": Cast.password}).status_code == 422
