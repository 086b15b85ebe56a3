"""Query codes: one wrong character and one swap of neighbours are always noticed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.common.codes import ALPHABET, PREFIX, check_character, clean, code_from

bodies = st.text(alphabet=ALPHABET, min_size=7, max_size=7)
few = settings(max_examples=60, deadline=None)


def whole(body: str) -> str:
    return body + check_character(body)


@few
@given(bodies, st.integers(0, 7))
def test_every_single_wrong_character_is_noticed(body: str, place: int) -> None:
    right = whole(body)
    for letter in ALPHABET:
        typed = right[:place] + letter + right[place + 1 :]
        assert (clean(typed) is None) == (typed != right)


@few
@given(bodies, st.integers(0, 6))
def test_every_swap_of_neighbours_is_noticed(body: str, place: int) -> None:
    right = whole(body)
    typed = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
    assert (clean(typed) is None) == (typed != right)


@few
@given(st.binary(min_size=8, max_size=32))
def test_a_made_code_is_clean_however_it_is_typed(digest: bytes) -> None:
    code = code_from(digest)
    assert clean(code) == code
    assert clean(code.lower().replace("-", " ")) == code
    assert clean(code.removeprefix(PREFIX)) == code
    assert not set("01OIL") & set(code.removeprefix(PREFIX))


@pytest.mark.parametrize("typed", ["", "XY", "XY-7K3M-92Q", "XY-7K3M-92QFF", "一二三四五六七八", "O0I1-LLLL"])
def test_what_is_no_code_is_no_code(typed: str) -> None:
    assert clean(typed) is None
