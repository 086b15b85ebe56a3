"""The sign-in door: passwords, lock, idle end, second factor, demo accounts."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from pytest_django import Settings

from lianxin import web
from lianxin.audit.models import AuditEntry
from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.people.models import Account, ApiToken, RecoveryCode, RoleHeld, SecondFactor
from lianxin.people.second_factor import STEP_SECONDS, code_at
from lianxin.people.services import role_grant
from lianxin.regions.loading import CITY
from tests.factories.cast import TOWN, Cast

STATIC = Path(web.__file__).parent / "static/web/js"


def enter(client: Client, username: str, password: str = Cast.password, **more: str):  # type: ignore[no-untyped-def]
    return client.post("/login", {"username": username, "password": password, **more})


def present_code(username: str, drift: int = 0) -> str:
    factor = SecondFactor.objects.get(account__username=username)
    return code_at(factor, int(clock.now().timestamp()) // STEP_SECONDS + drift)


def test_a_right_password_leads_to_the_desk_and_is_on_the_trail(cast: Cast, client: Client) -> None:
    assert enter(client, "keeper")["Location"] == "/desk"
    entry = AuditEntry.objects.get(tag="people.sign_in")
    assert entry.actor_id == cast.keeper.id


def test_a_wrong_password_keeps_the_name_and_says_what_to_do(cast: Cast, client: Client) -> None:
    answer = enter(client, "keeper", "wrong")
    assert answer.status_code == 422
    assert 'value="keeper"' in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_only_own_addresses_are_led_back_to(cast: Cast, client: Client) -> None:
    assert enter(client, "keeper", next="https://elsewhere.example/")["Location"] == "/desk"
    assert enter(client, "keeper", next="/station/opinions")["Location"] == "/station/opinions"


def test_five_failures_lock_in_plain_chinese_even_for_the_right_password(cast: Cast, client: Client) -> None:
    for _ in range(4):
        assert enter(client, "keeper", "wrong").status_code == 422
    locked = enter(client, "keeper", "wrong")
    assert locked.status_code == 429
    assert locked["Retry-After"] == "1800"
    assert "已锁定 30 分钟" in locked.content.decode()
    assert enter(client, "keeper").status_code == 429
    assert enter(client, "office").status_code == 302


def test_a_lock_at_the_api_is_a_problem_document(cast: Cast, client: Client) -> None:
    wrong = {"username": "keeper", "password": "wrong"}
    for _ in range(5):
        answer = client.post("/api/v1/tokens", wrong, content_type="application/json")
    assert answer.status_code == 429
    assert "application/problem+json" in answer["Content-Type"]
    assert "锁定" in answer.json()["title"]


def test_half_an_hour_without_a_touch_ends_the_session(cast: Cast, client: Client) -> None:
    enter(client, "keeper")
    start = clock.now()
    with clock.at(start + timedelta(minutes=29)):
        assert client.get("/desk").status_code == 200
    with clock.at(start + timedelta(minutes=58)):  # touched at 29
        assert client.get("/desk").status_code == 200
    with clock.at(start + timedelta(minutes=89)):
        answer = client.get("/desk")
        assert answer.status_code == 302
        assert answer["Location"].startswith("/login?next=%2Fdesk&idle=1")
    assert "_auth_user_id" not in client.session
    assert "已经退出" in client.get("/login?idle=1").content.decode()


def test_a_session_ends_twelve_hours_after_the_sign_in_however_busy(cast: Cast, client: Client) -> None:
    enter(client, "keeper")
    start = clock.now()
    for minutes in range(25, 12 * 60, 25):
        with clock.at(start + timedelta(minutes=minutes)):
            assert client.get("/password").status_code == 200
    with clock.at(start + timedelta(hours=12, minutes=1)):  # used at 11:40
        assert client.get("/password")["Location"].startswith("/login?")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("by_itself", [{"X-Renews": "1"}, {"Accept": "text/event-stream"}])
def test_a_page_that_renews_itself_keeps_no_session_open(
    cast: Cast, client: Client, by_itself: dict[str, str]
) -> None:
    enter(client, "keeper")
    start = clock.now()
    for minutes in (29, 31, 239):
        with clock.at(start + timedelta(minutes=minutes)):
            assert client.get("/password", headers=by_itself).status_code == 200, "the hall's screen goes on"
    with clock.at(start + timedelta(minutes=240)):
        assert client.get("/password").status_code == 302, "who touches it signs in"


@pytest.mark.parametrize("by_itself", [{"X-Renews": "1"}, {"Accept": "text/event-stream"}])
def test_a_screen_in_the_hall_ends_after_half_a_day(
    cast: Cast, client: Client, by_itself: dict[str, str]
) -> None:
    enter(client, "keeper")
    with clock.at(clock.now() + timedelta(minutes=241)):
        assert client.get("/password", headers=by_itself).status_code == 302


def test_every_page_that_renews_itself_says_so() -> None:
    for name in ("signing", "ballots", "forum"):
        text = (STATIC / f"{name}.js").read_text("utf-8")
        asked = [line for line in text.splitlines() if "fetch(" in line and "form.action" not in line]
        assert asked and all('headers: { "X-Renews": "1" }' in line for line in asked), name


def test_a_first_password_must_be_changed_before_anything_else(cast: Cast, client: Client) -> None:
    Account.objects.filter(username="keeper").update(must_change_password=True)
    assert enter(client, "keeper")["Location"] == "/password"
    assert client.get("/desk")["Location"] == "/password"
    new = {"old": Cast.password, "new": "River-Han-8848", "again": "River-Han-8848"}
    assert client.post("/password", new)["Location"] == "/desk"
    assert client.get("/desk").status_code == 200


@pytest.mark.parametrize(
    ("new", "again", "words"),
    [
        ("short1A", "short1A", "至少"),
        ("alllowercaseletters", "alllowercaseletters", "三类"),
        ("River-Han-8848", "River-Han-8849", "不一样"),
        (Cast.password, Cast.password, "最近"),
    ],
)
def test_a_bad_new_password_is_refused(cast: Cast, client: Client, new: str, again: str, words: str) -> None:
    enter(client, "keeper")
    answer = client.post("/password", {"old": Cast.password, "new": new, "again": again})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert cast.account("keeper").check_password(Cast.password)


def test_an_old_password_has_run_out_after_ninety_days(cast: Cast, client: Client) -> None:
    past = clock.now() - timedelta(days=91)
    Account.objects.filter(username="keeper").update(password_changed_at=past)
    assert enter(client, "keeper")["Location"] == "/password"


class TestSecondFactor:
    def enrol(self, client: Client, username: str = "admin") -> list[str]:
        assert enter(client, username)["Location"] == "/login/enrol"
        page = client.get("/login/enrol").content.decode()
        assert "<svg" in page
        answer = client.post("/login/enrol", {"code": present_code(username)})
        assert answer.status_code == 200
        return list(answer.context["codes"])

    def test_an_administrator_is_not_in_with_the_password_alone(self, cast: Cast, client: Client) -> None:
        enter(client, "admin")
        assert client.get("/administration").status_code == 302
        assert "_auth_user_id" not in client.session

    def test_who_becomes_one_in_an_open_session_shows_it_before_anything_else(
        self, cast: Cast, client: Client
    ) -> None:
        RoleHeld.objects.filter(account=cast.account("keeper")).delete()
        enter(client, "keeper")
        token = ApiToken.objects.create(
            account=cast.account("keeper"), token_hash="x", expires_at=clock.now() + timedelta(hours=1)
        )
        assert client.get("/administration").status_code == 403
        role_grant(
            actor=cast.security, account=cast.account("keeper"), role=Role.SYSTEM_ADMIN, place=CITY,
            valid_from=clock.today(),
        )  # fmt: skip
        assert not ApiToken.objects.filter(pk=token.pk).exists()
        assert client.get("/").status_code == 200
        assert client.get("/administration")["Location"].startswith("/login?next=/administration")
        assert "_auth_user_id" not in client.session
        self.enrol(client, "keeper")
        assert client.get("/administration").status_code == 200

    def test_another_role_takes_nobody_s_token(self, cast: Cast) -> None:
        account = cast.account("keeper")
        ApiToken.objects.create(account=account, token_hash="x", expires_at=clock.now())
        role_grant(
            actor=cast.security, account=account, role=Role.GRID_WORKER, place=TOWN, valid_from=clock.today()
        )
        assert ApiToken.objects.filter(account=account).exists()

    def test_enrol_by_the_first_code_then_in(self, cast: Cast, client: Client) -> None:
        codes = self.enrol(client)
        assert len(set(codes)) == 10
        assert client.get("/administration").status_code == 200
        kept = RecoveryCode.objects.values_list("code_hash", flat=True)
        assert not set(codes) & set(kept)

    def test_a_wrong_first_code_enrols_nothing(self, cast: Cast, client: Client) -> None:
        enter(client, "admin")
        client.get("/login/enrol")
        right = present_code("admin")
        wrong = f"{(int(right) + 1) % 1_000_000:06d}"
        assert client.post("/login/enrol", {"code": wrong}).status_code == 422
        assert SecondFactor.objects.get().confirmed_at is None

    def test_the_secret_is_never_shown_again(self, cast: Cast, client: Client) -> None:
        self.enrol(client)
        other = Client()
        assert enter(other, "admin")["Location"] == "/login/second"
        assert other.get("/login/enrol")["Location"] == "/login/second"

    def test_a_code_works_once(self, cast: Cast, client: Client) -> None:
        self.enrol(client)
        with clock.at(clock.now() + timedelta(minutes=2)):
            code = present_code("admin")
            first, second = Client(), Client()
            enter(first, "admin")
            assert first.post("/login/second", {"code": code})["Location"] == "/desk"
            enter(second, "admin")
            assert second.post("/login/second", {"code": code}).status_code == 422

    def test_a_code_of_two_steps_ago_is_too_old(self, cast: Cast, client: Client) -> None:
        self.enrol(client)
        with clock.at(clock.now() + timedelta(minutes=5)):
            enter(client, "admin")
            assert client.post("/login/second", {"code": present_code("admin", -2)}).status_code == 422
            assert client.post("/login/second", {"code": present_code("admin", -1)}).status_code == 302

    def test_a_recovery_code_opens_once(self, cast: Cast, client: Client) -> None:
        codes = self.enrol(client)
        first, second = Client(), Client()
        enter(first, "admin")
        assert first.post("/login/second", {"code": codes[3].upper()})["Location"] == "/desk"
        enter(second, "admin")
        assert second.post("/login/second", {"code": codes[3]}).status_code == 422

    def test_five_wrong_codes_lock_the_factor(self, cast: Cast, client: Client) -> None:
        self.enrol(client)
        enter(client, "admin")
        for _ in range(5):
            client.post("/login/second", {"code": "x"})
        with clock.at(clock.now() + timedelta(minutes=2)):
            answer = client.post("/login/second", {"code": present_code("admin")})
        assert "锁定" in answer.content.decode()

    def test_the_question_is_open_for_five_minutes_only(self, cast: Cast, client: Client) -> None:
        self.enrol(client)
        enter(client, "admin")
        with clock.at(clock.now() + timedelta(minutes=6)):
            answer = client.post("/login/second", {"code": present_code("admin")})
        assert answer["Location"].startswith("/login?")

    def test_without_a_password_there_is_no_question(self, cast: Cast, client: Client) -> None:
        assert client.get("/login/second")["Location"].startswith("/login?")

    def test_an_administrator_is_idle_after_a_quarter_of_an_hour(self, cast: Cast, client: Client) -> None:
        self.enrol(client)
        with clock.at(clock.now() + timedelta(minutes=16)):
            assert client.get("/administration").status_code == 302


class TestDemoAccounts:
    @pytest.fixture
    def demo(self, cast: Cast) -> Account:
        account = cast.account("admin")
        account.is_demo, account.must_change_password = True, True
        account.password = make_password(Cast.password)
        account.save()
        return account

    def test_in_demo_mode_they_need_neither_a_new_password_nor_a_code(
        self, demo: Account, client: Client, settings: Settings
    ) -> None:
        settings.LIANXIN_DEMO = True
        assert enter(client, "admin")["Location"] == "/desk"
        assert client.get("/administration").status_code == 200

    def test_outside_they_are_refused(self, demo: Account, client: Client, settings: Settings) -> None:
        settings.LIANXIN_DEMO = False
        assert enter(client, "admin").status_code == 422
        assert "_auth_user_id" not in client.session

    def test_an_open_session_loses_its_rights_when_demo_mode_ends(
        self, demo: Account, client: Client, settings: Settings
    ) -> None:
        settings.LIANXIN_DEMO = True
        enter(client, "admin")
        settings.LIANXIN_DEMO = False
        assert client.get("/administration").status_code == 403

    def test_a_real_account_is_not_exempt_in_demo_mode(
        self, cast: Cast, client: Client, settings: Settings
    ) -> None:
        settings.LIANXIN_DEMO = True
        Account.objects.filter(username="keeper").update(must_change_password=True)
        assert enter(client, "keeper")["Location"] == "/password"
        assert enter(client, "admin")["Location"] == "/login/enrol"
