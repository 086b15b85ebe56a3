"""Taking in an opinion asks the database so often and no more."""

from __future__ import annotations

from lianxin.handling.models import Deadline
from tests.factories import opinions as make
from tests.factories.cast import Cast

MOST = 19


def test_taking_in_costs_a_known_number_of_queries(cast: Cast, django_assert_max_num_queries: object) -> None:
    make.said(cast, "先说一件，让参数都在手边")
    with django_assert_max_num_queries(MOST):  # type: ignore[operator]
        opinion = make.said(cast).opinion
    kept = Deadline.objects.filter(matter_id=opinion.pk, replaced=False).values_list("what", flat=True)
    assert sorted(kept) == ["notify", "sort"]
