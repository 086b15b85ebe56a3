"""The code that changes: present and previous step are taken, nothing older, nothing of another event."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lianxin.activities.signin import code_at, code_is_good, code_of_step, seconds_left, step_of

INSTANTS = st.integers(1_700_000_000, 2_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
SECRETS = st.binary(min_size=32, max_size=32)


@settings(max_examples=60)
@given(SECRETS, INSTANTS, st.integers(0, 29))
def test_a_code_is_good_for_its_step_and_the_next(secret: bytes, shown: datetime, later: int) -> None:
    code = code_at(secret, shown)
    assert code_is_good(secret, code, shown)
    assert code_is_good(secret, code, shown + timedelta(seconds=later))
    assert len(code) == 6
    assert code.isdigit()


@settings(max_examples=60)
@given(SECRETS, INSTANTS, st.integers(60, 86400))
def test_a_photo_of_the_code_is_worthless_after_a_minute(secret: bytes, shown: datetime, later: int) -> None:
    code, then = code_at(secret, shown), shown + timedelta(seconds=later)
    now = step_of(then)
    assume(code not in {code_of_step(secret, now), code_of_step(secret, now - 1)})  # one chance in 500,000
    assert not code_is_good(secret, code, then)


@settings(max_examples=40)
@given(SECRETS, SECRETS, INSTANTS)
def test_another_event_has_another_code(one: bytes, other: bytes, at: datetime) -> None:
    assume(one != other)
    steps = range(step_of(at), step_of(at) + 4)
    assert [code_of_step(one, step) for step in steps] != [code_of_step(other, step) for step in steps]


@settings(max_examples=40)
@given(INSTANTS)
def test_the_code_changes_when_its_seconds_are_over(at: datetime) -> None:
    left = seconds_left(at)
    assert 1 <= left <= 30
    assert step_of(at + timedelta(seconds=left)) == step_of(at) + 1


def test_anything_that_is_no_code_is_refused() -> None:
    at = datetime(2026, 5, 1, tzinfo=UTC)
    for typed in ("", "12345", "abcdef", "１２３４５６", "签到"):
        assert not code_is_good(b"s" * 32, typed, at)
