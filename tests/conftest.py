"""What all tests share: a database with places, rules and people, and nothing left over between tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache

from lianxin.people.models import Account
from lianxin.people.selectors import _organs
from lianxin.rulebook.selectors import forget
from tests.factories.cast import Cast, cast_load
from tests.factories.tables import tables_copy, tables_create

pytest_plugins = ("tests.distribution",)
hypothesis.settings.register_profile(
    "busy", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("busy")
"""How fast examples are drawn says how busy the machine is, nothing of the rules."""


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Take the tables that lie ready; Django then runs the migrations that are missing, which is none."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, request: pytest.FixtureRequest
) -> Iterator[None]:
    """Lay the tables ready under the name of the test database of this process, unless it is kept."""
    kept = request.config.getvalue("reuse_db")
    own = settings.DATABASES["default"]
    name = own.get("TEST", {}).get("NAME") or f"test_{own['NAME']}"
    if own["ENGINE"].endswith("sqlite"):
        if not (kept and Path(name).exists()):
            tables_copy(Path(name))
        yield
        if not kept:
            Path(name).unlink(missing_ok=True)
    else:
        tables_create(os.environ["DATABASE_URL"], name)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """Fill the test database once, also one that is kept (--reuse-db); each test rolls back what it adds."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        if not Account.objects.exists():
            cast_load()


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    """Drop what the process caches of a database that has been rolled back."""
    forget()
    cache.clear()
    _organs.cache_clear()
    yield


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the people of the tests."""
    return Cast()
