"""What all tests share: a database with places, rules and people, and nothing left over between tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from lianxin.people.selectors import _organs
from lianxin.rulebook.selectors import forget
from tests.factories.cast import Cast, cast_load


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """Fill the fresh test database once; each test rolls back what it adds."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
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
