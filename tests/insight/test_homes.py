"""First screens: every figure equals the list behind it, to-dos stand by their legal deadline."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from lianxin.insight.homes import home_of
from lianxin.insight.homes.shapes import Todo, counted, said_due, sorted_todos
from tests.factories.cast import Cast
from tests.factories.opinions import recorded, said
from tests.factories.suggestions import assigned, drafted, replied, submitted
from tests.web.pages import entered, rows

DAY = date(2026, 11, 23)


def lived(cast: Cast) -> None:
    """Fill the city with a little of everything."""
    said(cast)
    recorded(cast, "自来水连着三天发黄，请来看看")
    drafted(cast, title="关于三组小学门前划斑马线的建议")
    submitted(cast, title="关于整修三组岔路口路面的建议", what_is_new="这次说的是另一段路，去年以后新修的")
    assigned(cast, title="关于给村口公交站加雨棚的建议", what_is_new="这次说的是另一段路，去年以后新修的")
    replied(cast, reply_class="B", what_is_new="这次说的是另一段路，去年以后新修的")


@pytest.mark.parametrize("who", ["deputy_city", "office", "clerk", "head", "oversight"])
def test_figures_equal_their_lists(cast: Cast, who: str) -> None:
    lived(cast)
    figures = home_of(getattr(cast, who)).figures
    assert figures
    client = entered(cast, who)
    for figure in figures:
        assert rows(client.get(figure.link)) == figure.value, figure


@pytest.mark.parametrize("who", ["keeper", "presidium"])
def test_tiles_equal_their_lists(cast: Cast, who: str) -> None:
    lived(cast)
    tiles = home_of(getattr(cast, who)).tiles
    assert sum(tile["count"] for tile in tiles) > 0
    client = entered(cast, who)
    for tile in tiles:
        assert rows(client.get(f"/desk/places/{tile['code']}")) == tile["count"], tile["full"]


def test_the_city_has_21_towns_and_309_villages(cast: Cast) -> None:
    tiles = home_of(cast.office).tiles
    assert len(tiles) == 21
    assert sum(len(tile["cells"]) for tile in tiles) == 309


def test_the_town_has_its_eleven_villages(cast: Cast) -> None:
    assert len(home_of(cast.keeper).tiles) == 11


@pytest.mark.parametrize("who", ["keeper", "office", "presidium", "clerk", "head", "oversight"])
def test_each_home_opens_with_one_verb_a_card(cast: Cast, who: str) -> None:
    lived(cast)
    answer = entered(cast, who).get("/desk")
    assert answer.status_code == 200
    assert len(home_of(getattr(cast, who)).figures) <= 4
    page = answer.content.decode()
    assert page.count('class="card todo"') == len(re.findall(r'class="todo-foot"', page))


@pytest.mark.django_db
def test_the_nearest_deadline_comes_first() -> None:
    def todo(due: date | None) -> Todo:
        return Todo("", "", "", "", "", "", due)

    ordered = sorted_todos([todo(None), todo(date(2026, 12, 1)), todo(date(2026, 11, 20))], DAY)
    assert [one.due_on for one in ordered] == [date(2026, 11, 20), date(2026, 12, 1), None]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("due", "words", "tone"),
    [
        (None, "", "plain"),
        (date(2026, 11, 22), "逾期 1 天", "late"),
        (DAY, "今天到期", "late"),
        (date(2026, 11, 28), "还剩 5 天", "warn"),
        (date(2026, 12, 30), "还剩 37 天", "plain"),
    ],
)
def test_a_due_date_is_said(due: date | None, words: str, tone: str) -> None:
    assert said_due(due, DAY) == (words, tone)


def test_nothing_to_count_gives_no_chart() -> None:
    assert counted("", []) is None
    chart: Any = counted("", [("甲", 4), ("乙", 1)])
    assert [bar.value for bar in chart.bars] == [100, 25]
