"""What the deputy asked for reaches the unit: that his name be kept, that they meet."""

from __future__ import annotations

import pytest

from lianxin.documents.models import LetterVersion
from lianxin.suggestions import services
from lianxin.suggestions.rules import Rating
from tests.factories.cast import Cast
from tests.factories.suggestions import assigned, evaluated, part_of
from tests.web.pages import entered, words

KEPT, MEET = "代表要求保密", "代表希望面商"


def shown(cast: Cast, who: str = "clerk", **asked: bool) -> tuple[str, str]:
    part = part_of(assigned(cast, **asked))
    letter = LetterVersion.objects.get(part_id=part.id, kind="hand_over")
    return words(entered(cast, who).get(f"/unit/matters/{part.id}")), str(letter.content)


@pytest.mark.parametrize("who", ["clerk", "head", "oversight"])
def test_a_unit_reads_that_the_name_is_to_be_kept_and_that_he_wants_to_meet(cast: Cast, who: str) -> None:
    for text in shown(cast, who, confidential=True, wants_meeting=True):
        assert KEPT in text and MEET in text


def test_where_nothing_was_asked_nothing_is_said(cast: Cast) -> None:
    for text in shown(cast):
        assert KEPT not in text and MEET not in text


def test_the_second_handling_keeps_what_was_asked(cast: Cast) -> None:
    row = evaluated(cast, result=Rating.DISSATISFIED, confidential=True)
    services.suggestion_rehandle(actor=cast.office, suggestion=row, note="支路也要装，请重新办理")
    part = part_of(row)
    assert part.round == 2 and part.confidential and not part.wants_meeting
