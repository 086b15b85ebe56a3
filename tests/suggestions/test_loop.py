"""The whole way of a suggestion, once, by the services."""

from __future__ import annotations

import pytest

from lianxin.common.errors import Denied, Refused
from lianxin.suggestions import services
from lianxin.suggestions.rules import Rating
from tests.factories import suggestions as make
from tests.factories.cast import Cast


def test_a_satisfied_deputy_ends_the_way(cast: Cast) -> None:
    row = make.replied(cast)
    services.evaluation_give(
        actor=cast.deputy_city, suggestion=row, marks=services.Marks(Rating.SATISFIED, Rating.SATISFIED)
    )
    services.suggestion_close(actor=cast.office, suggestion=row)
    assert row.state == "closed"


def test_only_the_lead_evaluates(cast: Cast) -> None:
    row = make.replied(cast)
    with pytest.raises((Denied, Refused)):
        services.evaluation_give(
            actor=cast.deputy_city_2, suggestion=row, marks=services.Marks(Rating.SATISFIED, Rating.SATISFIED)
        )
