"""What an act rests on is said in words, and assumed values are never shown as law."""

from __future__ import annotations

import pytest

from lianxin.handling.workflow import HANDLING
from lianxin.opinions.workflow import OPINION
from lianxin.suggestions.workflow import SUGGESTION
from lianxin.web.basis import said_basis
from tests.factories.cast import Cast

ROWS = [(table.name, row) for table in (OPINION, SUGGESTION, HANDLING) for row in table.acts.values()]


@pytest.mark.parametrize("row", [row for _, row in ROWS], ids=[f"{name}-{row.name}" for name, row in ROWS])
def test_no_row_shows_a_raw_name(cast: Cast, row: object) -> None:
    said = said_basis(row.basis)  # type: ignore[attr-defined]
    assert "参数" not in said and "_" not in said


def test_a_local_number_is_called_local(cast: Cast) -> None:
    assert said_basis("参数 opinion.sort_workdays") == "受理分办期限 3 个工作日（本地约定）"


def test_an_article_stays_as_it_is(cast: Cast) -> None:
    assert said_basis("代表法第五十一条") == "代表法第五十一条"
