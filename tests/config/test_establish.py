"""Preparing an empty database for real work."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from lianxin.common.actor import Role
from lianxin.people.actors import actor_of
from lianxin.people.models import Account, Deputy, RoleHeld
from lianxin.people.services import must_change_password
from lianxin.regions.models import Division, Station


@pytest.fixture
def empty(db: None) -> None:
    """Return a database without people."""
    RoleHeld.objects.all().delete()
    Deputy.objects.all().delete()
    Account.objects.all().delete()


def test_it_opens_three_accounts_that_must_change_their_passwords(
    empty: None, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("establish")
    accounts = {row.username: row for row in Account.objects.all()}
    assert set(accounts) == {"admin", "security", "auditor"}
    assert all(must_change_password(row) for row in accounts.values())
    assert actor_of(accounts["auditor"]).has(Role.AUDITOR)
    assert accounts["admin"].check_password(capsys.readouterr().out.split("admin")[1].split()[0])


def test_the_grid_is_there(empty: None) -> None:
    call_command("establish")
    assert Division.objects.filter(kind="town").count() == 21
    assert Station.objects.filter(level="village").count() == 309


def test_it_refuses_a_database_with_people(db: None) -> None:
    with pytest.raises(CommandError, match="已经有账号"):
        call_command("establish")
