"""Taking in what residents say."""

from __future__ import annotations

from lianxin.opinions.selectors import opinion_by_code
from tests.factories import opinions as make
from tests.factories.cast import Cast


def test_the_code_finds_the_matter_again(cast: Cast) -> None:
    done = make.said(cast)
    assert opinion_by_code(done.code, browser_token="b").pk == done.opinion.pk


def test_the_same_words_from_the_same_browser_give_the_old_code(cast: Cast) -> None:
    first, second = make.said(cast, token="one"), make.said(cast, token="one")
    assert second.again and second.code == first.code
