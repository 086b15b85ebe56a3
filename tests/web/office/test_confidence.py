"""代表要求保密: who reads the name of a deputy who asked for confidence, and who does not."""

from __future__ import annotations

import pytest

from lianxin.regions.loading import CITY
from lianxin.suggestions import services
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.permissions import may_know_names
from tests.factories import opinions as say
from tests.factories.cast import Cast
from tests.factories.suggestions import draft, replied
from tests.web.pages import entered, words

NAME = "测试deputy_city"


def asked(cast: Cast) -> Suggestion:
    """Return an answered suggestion whose deputy asked for confidence."""
    return replied(cast, confidential=True)


def read(cast: Cast, who: str, path: str) -> str:
    """Return the words of a page without the names of other people of the cast."""
    return words(entered(cast, who).get(path)).replace(f"{NAME}_", "")


def test_the_office_is_told_that_the_deputy_asked_for_confidence(cast: Cast) -> None:
    row = asked(cast)
    page = read(cast, "office", f"/office/suggestions/{row.id}")
    assert page.count("代表要求保密") == 2 and "第五十五条" in page and NAME in page
    assert "代表要求保密" not in read(cast, "office", f"/office/suggestions/{replied_openly(cast).id}")


def replied_openly(cast: Cast) -> Suggestion:
    return replied(cast, title="关于修缮李家庄桥面的建议", what_is_new="说的是桥，不是路灯，是另一件事情")


def test_the_oversight_office_reads_the_paper_without_the_name(cast: Cast) -> None:
    row = asked(cast)
    page = read(cast, "oversight", f"/office/suggestions/{row.id}")
    assert row.title in page and "提出人保密" in page and NAME not in page
    listed = read(cast, "oversight", "/office/suggestions?tab=")
    assert row.title in listed and NAME not in listed


def test_behind_a_figure_neither_title_nor_name(cast: Cast) -> None:
    row = asked(cast)
    page = read(cast, "leader", "/office/effect/replied")
    assert row.number in page and row.title not in page and NAME not in page
    assert NAME in read(cast, "office", "/office/effect/replied")


@pytest.mark.parametrize(("who", "knows"), [
    ("office", True), ("deputy_city", True), ("deputy_city_2", False), ("presidium", False),
    ("oversight", False), ("leader", False), ("clerk", False),
])  # fmt: skip
def test_who_knows(cast: Cast, who: str, knows: bool) -> None:
    assert may_know_names(getattr(cast, who), asked(cast)) is knows


def test_the_resident_is_not_told_whose_paper_it_is(cast: Cast) -> None:
    opinion = say.recorded(cast)
    row = services.suggestion_draft(
        actor=cast.deputy_city, body_code=CITY, draft=draft(confidential=True), opinions=(opinion.id,)
    )
    services.suggestion_submit(actor=cast.deputy_city, suggestion=row)
    told = list(opinion.events.filter(act="convert").values_list("public_text", flat=True))
    assert told == ["代表把您的话写进了建议。"]
