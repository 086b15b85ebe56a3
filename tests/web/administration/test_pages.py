"""Administrators' pages: each by the right one, what they change, and what they never show."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from lianxin.audit.models import ChainCheck
from lianxin.audit.services import personal_read
from lianxin.common import clock
from lianxin.notifications.models import Channel, Outbox, OutboxState
from lianxin.notifications.services import Recipient, enqueue
from lianxin.people.actors import actor_of
from lianxin.people.models import Account, RoleHeld
from lianxin.people.services import must_change_password
from lianxin.rulebook.models import CalendarDay
from lianxin.rulebook.selectors import parameter
from tests.factories.cast import HOME6, TOWN, Cast

ROOT = "/administration"
PAGES = {  # path: who may open it
    "": {"admin", "security", "auditor"},
    "/accounts": {"admin", "security", "auditor"},
    "/accounts/new": {"admin"},
    "/parameters": {"admin", "security", "auditor"},
    "/calendar": {"admin", "security", "auditor"},
    "/outbox": {"admin"},
    "/audit": {"auditor"},
    "/reads": {"auditor"},
}


def door(cast: Cast, name: str) -> Client:
    """Return a browser with a session of the person (how one signs in is tested elsewhere)."""
    client = Client()
    client.force_login(cast.account(name), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("path", sorted(PAGES))
@pytest.mark.parametrize("name", ["admin", "security", "auditor", "office", "keeper", "deputy_city"])
def test_each_page_opens_for_its_own(cast: Cast, path: str, name: str) -> None:
    expected = 200 if name in PAGES[path] else 403
    assert door(cast, name).get(ROOT + path).status_code == expected


@pytest.mark.parametrize("path", sorted(PAGES))
def test_nobody_else_comes_in(cast: Cast, path: str) -> None:
    assert Client().get(ROOT + path)["Location"].startswith("/login")


class TestAccounts:
    def make(self, cast: Cast, name: str = "admin", username: str = "new-keeper"):  # type: ignore[no-untyped-def]
        typed = {"username": username, "display_name": "新联络员", "email": ""}
        return door(cast, name).post(f"{ROOT}/accounts/new", typed)

    def test_the_system_administrator_makes_an_account_without_rights(self, cast: Cast) -> None:
        answer = self.make(cast)
        account = Account.objects.get(username="new-keeper")
        assert account.check_password(answer.context["first"])
        assert must_change_password(account)
        assert actor_of(account).roles == ()

    @pytest.mark.parametrize("username", ["keeper", "x", "有空 格"])
    def test_a_bad_name_is_refused_and_what_was_typed_stays(self, cast: Cast, username: str) -> None:
        before = Account.objects.count()
        answer = self.make(cast, username=username)
        assert answer.status_code == 422
        assert "新联络员" in answer.content.decode()
        assert Account.objects.count() == before

    def grant(self, cast: Cast, name: str = "security", **other: str):  # type: ignore[no-untyped-def]
        account = Account.objects.create_user("fresh", Cast.password, display_name="新人")
        typed = {"act": "grant", "role": "keeper", "place": TOWN, "unit": "", "valid_to": ""}
        return door(cast, name).post(f"{ROOT}/accounts/{account.id}", {**typed, **other})

    def test_the_security_administrator_grants_in_a_place_for_a_time(self, cast: Cast) -> None:
        until = clock.today() + timedelta(days=30)
        assert self.grant(cast, valid_to=str(until)).status_code == 200
        held = RoleHeld.objects.get(account__username="fresh")
        assert (held.role, held.place, held.valid_to) == ("keeper", TOWN, until)
        assert held.granted_by == cast.security.id

    @pytest.mark.parametrize("name", ["admin", "auditor"])
    def test_the_others_grant_nothing(self, cast: Cast, name: str) -> None:
        assert self.grant(cast, name).status_code == 403
        assert not RoleHeld.objects.filter(account__username="fresh").exists()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"role": "king"},
            {"role": "deputy"},
            {"place": "000000000000"},
            {"role": "unit_clerk"},
            {"unit": "transport"},
            {"valid_from": "yesterday"},
            {"valid_from": "2026-05-01", "valid_to": "2026-04-01"},
        ],
    )
    def test_a_wrong_grant_says_what_is_wrong(self, cast: Cast, wrong: dict[str, str]) -> None:
        assert self.grant(cast, **wrong).status_code == 422
        assert not RoleHeld.objects.filter(account__username="fresh").exists()

    def test_a_role_is_ended_by_the_security_administrator(self, cast: Cast) -> None:
        account = cast.account("keeper")
        held = account.roles_held.get()
        typed = {"act": "end", "held": str(held.id), "on": str(clock.today())}
        door(cast, "security").post(f"{ROOT}/accounts/{account.id}", typed)
        assert actor_of(account).roles
        assert not actor_of(account, on=clock.today() + timedelta(days=1)).roles

    def test_the_system_administrator_closes_and_reopens(self, cast: Cast) -> None:
        account = cast.account("clerk")
        page = f"{ROOT}/accounts/{account.id}"
        door(cast, "admin").post(page, {"act": "close"})
        assert not cast.account("clerk").is_active
        assert door(cast, "security").post(page, {"act": "reopen"}).status_code == 403
        door(cast, "admin").post(page, {"act": "reopen"})
        assert cast.account("clerk").is_active

    def test_a_reset_password_is_shown_once_and_must_be_changed(self, cast: Cast) -> None:
        account = cast.account("keeper")
        answer = door(cast, "admin").post(f"{ROOT}/accounts/{account.id}", {"act": "password"})
        account.refresh_from_db()
        assert account.check_password(answer.context["first"])
        assert must_change_password(account)
        assert (
            door(cast, "security").post(f"{ROOT}/accounts/{account.id}", {"act": "password"}).status_code
            == 403
        )

    def test_words_find_accounts(self, cast: Cast) -> None:
        page = door(cast, "admin").get(f"{ROOT}/accounts?q=keeper_other").content.decode()
        assert "keeper_other" in page
        assert "deputy_city" not in page


class TestRulebook:
    def change(self, cast: Cast, name: str, value: str, who: str = "admin", **more: str):  # type: ignore[no-untyped-def]
        typed = {"name": name, "value": value, "basis": "本地约定", "mark": "A", **more}
        return door(cast, who).post(f"{ROOT}/parameters", typed)

    def test_a_change_is_in_force(self, cast: Cast) -> None:
        assert self.change(cast, "opinion.sort_workdays", "5").status_code == 302
        assert parameter("opinion.sort_workdays", home6=HOME6).value == 5

    def test_a_statute_stands_against_it_and_what_was_typed_stays(self, cast: Cast) -> None:
        answer = self.change(cast, "suggestion.reply_months", "9", basis="我的依据")
        assert answer.status_code == 409
        assert "不能超过 3" in answer.content.decode()
        assert "我的依据" in answer.content.decode()

    @pytest.mark.parametrize("who", ["security", "auditor"])
    def test_the_others_change_nothing(self, cast: Cast, who: str) -> None:
        assert self.change(cast, "opinion.sort_workdays", "5", who).status_code == 403
        assert "新值" not in door(cast, who).get(f"{ROOT}/parameters").content.decode()

    def test_an_assumed_value_never_wears_the_word_of_law(self, cast: Cast) -> None:
        standing = {
            name: parameter(name).standing for name in ("suggestion.reply_months", "opinion.sort_workdays")
        }
        assert standing == {"suggestion.reply_months": "law", "opinion.sort_workdays": "own"}
        assert parameter("suggestion.class_scheme").standing == "text"
        assert parameter("suggestion.return_workdays").standing == "like"

    def test_holidays_are_entered_by_span_and_the_year_confirmed(self, cast: Cast) -> None:
        admin = door(cast, "admin")
        span = {"act": "day", "day": "2027-01-01", "until": "2027-01-03", "kind": "rest", "note": "元旦"}
        admin.post(f"{ROOT}/calendar", span)
        assert CalendarDay.objects.count() == 3
        assert "暂定的" in admin.get(f"{ROOT}/calendar?year=2027").content.decode()
        admin.post(f"{ROOT}/calendar", {"act": "year", "year": "2027", "notice": "国办通知"})
        assert "期限是确定的" in admin.get(f"{ROOT}/calendar?year=2027").content.decode()

    @pytest.mark.parametrize(
        "wrong", [{"day": "x"}, {"until": "2026-12-01"}, {"until": "2027-03-01"}, {"kind": "feast"}]
    )
    def test_wrong_days_are_refused(self, cast: Cast, wrong: dict[str, str]) -> None:
        typed = {"act": "day", "day": "2027-01-01", "kind": "rest", "note": "元旦", **wrong}
        assert door(cast, "admin").post(f"{ROOT}/calendar", typed).status_code == 422
        assert not CalendarDay.objects.exists()


class TestOutbox:
    @pytest.fixture
    def row(self, cast: Cast) -> Outbox:
        enqueue(
            to=Recipient.account(cast.account("keeper").id),
            subject="绝密的标题",
            text="绝密的正文",
            about_kind="suggestion",
            about_id=uuid4(),
            home6=HOME6,
            dedupe="one",
            channels=(Channel.EMAIL,),
        )
        Outbox.objects.update(state=OutboxState.HELD, error="没有设置邮件服务器")
        return Outbox.objects.get()

    def test_it_shows_why_but_never_what(self, cast: Cast, row: Outbox) -> None:
        page = door(cast, "admin").get(f"{ROOT}/outbox").content.decode()
        assert "没有设置邮件服务器" in page
        assert "绝密" not in page

    def test_a_held_one_is_queued_again(self, cast: Cast, row: Outbox) -> None:
        door(cast, "admin").post(f"{ROOT}/outbox", {"row": str(row.id)})
        row.refresh_from_db()
        assert row.state == OutboxState.QUEUED

    @pytest.mark.parametrize("typed", ["", "x", "00000000-0000-7000-8000-000000000000"])
    def test_one_that_is_not_there_is_refused(self, cast: Cast, typed: str) -> None:
        assert door(cast, "admin").post(f"{ROOT}/outbox", {"row": typed}).status_code == 404

    def test_the_overview_says_that_something_is_stuck(self, cast: Cast, row: Outbox) -> None:
        assert "有 1 条消息没有送出去" in door(cast, "admin").get(ROOT).content.decode()


class TestTrail:
    def test_the_button_checks_the_chain_and_keeps_the_result(self, cast: Cast) -> None:
        page = door(cast, "auditor").post(f"{ROOT}/audit", follow=True).content.decode()
        assert "审计链完整" in page
        assert ChainCheck.objects.get().problem == ""

    def test_entries_are_filtered(self, cast: Cast) -> None:
        door(cast, "admin").post(f"{ROOT}/accounts/{cast.account('clerk').id}", {"act": "close"})
        auditor = door(cast, "auditor")
        shown = {
            query: len(auditor.get(f"{ROOT}/audit?{query}").context["rows"])
            for query in (
                "tag=people.account_close",
                "who=admin",
                "who=nobody",
                "until=2001-01-01",
                "since=x",
            )
        }
        assert shown["tag=people.account_close"] == shown["who=admin"] == 1
        assert shown["who=nobody"] == shown["until=2001-01-01"] == 0
        assert shown["since=x"] > 1

    def test_who_looked_at_whom(self, cast: Cast) -> None:
        personal_read(
            actor=cast.keeper,
            role="keeper",
            kind="opinion",
            subject=uuid4(),
            home6=HOME6,
            purpose="call_back",
        )
        page = door(cast, "auditor").get(f"{ROOT}/reads").content.decode()
        assert "测试keeper" in page
        assert "call_back" in page
