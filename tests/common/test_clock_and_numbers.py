"""Told time, China's dates, numbers without gaps or doubles, keys in order of birth."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from lianxin.common import clock
from lianxin.common.ids import uuid7
from lianxin.common.numbers import next_number


def test_the_date_is_chinas() -> None:
    assert clock.local_date(datetime(2026, 11, 23, 15, 59, tzinfo=UTC)) == date(2026, 11, 23)
    assert clock.local_date(datetime(2026, 11, 23, 16, 0, tzinfo=UTC)) == date(2026, 11, 24)
    assert clock.day_start(date(2026, 11, 24)) == datetime(2026, 11, 23, 16, 0, tzinfo=UTC)


def test_time_is_told_inside_the_block_only() -> None:
    told = datetime(2021, 2, 3, tzinfo=UTC)
    with clock.at(told):
        assert clock.now() == told
        with clock.at(datetime(2022, 1, 1, tzinfo=UTC)):
            assert clock.today() == date(2022, 1, 1)
        assert clock.now() == told
    assert clock.now() > told


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"), clock.at(datetime(2026, 1, 1)):  # noqa: DTZ001
        pass


@pytest.mark.django_db
def test_each_series_counts_for_itself() -> None:
    given = [next_number(home6="610981", series="a", year=2026) for _ in range(3)]
    assert given == [1, 2, 3]
    assert next_number(home6="610981", series="b", year=2026) == 1
    assert next_number(home6="610981", series="a", year=2027) == 1
    assert next_number(home6="610902", series="a", year=2026) == 1


@pytest.mark.django_db
def test_a_number_that_was_rolled_back_is_given_again() -> None:
    assert next_number(home6="610981", series="a", year=2026) == 1
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        next_number(home6="610981", series="a", year=2026)
        raise ZeroDivisionError
    assert next_number(home6="610981", series="a", year=2026) == 2


def test_keys_are_born_in_order() -> None:
    born = [uuid7() for _ in range(200)]
    assert born == sorted(born)
    assert len(set(born)) == 200
    assert {key.version for key in born} == {7}
