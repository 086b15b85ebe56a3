"""A year brought in at once keeps the rules of single acts; the figures of effect are their lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from lianxin.common import clock
from lianxin.common.errors import Invalid, NotFound, Refused
from lianxin.duties import services
from lianxin.duties.models import DutyPledge, DutyRecord
from lianxin.duties.selectors import counted
from lianxin.duties.services import NewDeed, NewDuty, NewPledge
from lianxin.insight import effect
from lianxin.people.models import Deputy
from tests.duties.test_judging import photo
from tests.factories import duties as make
from tests.factories import suggestions
from tests.factories.cast import HOME6, VILLAGE, Cast

pytestmark = pytest.mark.django_db


def duty(cast: Cast, source: str = "d1") -> NewDuty:
    """Return a deed of the town's deputy as a batch brings it in."""
    deputy, day = cast.deputy_row("deputy_town").id, clock.today()
    return NewDuty(
        deputy, "practical_deed", day, HOME6, VILLAGE, "通水", source_room="demo", source_id=source
    )


def pledge(cast: Cast) -> NewPledge:
    """Return a pledge that was kept."""
    deputy, today = cast.deputy_row("deputy_town").id, clock.today()
    return NewPledge(
        deputy, "修好三组的路", today, HOME6, VILLAGE, "已通车", today, confirmed_by=cast.presidium.id
    )


def test_a_batch_of_deeds_counts_what_was_verified(cast: Cast) -> None:
    rows = [
        NewDeed(duty(cast, "d1"), photo(), "phone", cast.presidium.id),
        NewDeed(duty(cast, "d2"), photo(), "qr"),
        NewDeed(duty(cast, "d3")),
    ]
    assert services.deeds_register(actor=cast.office, rows=rows) == 3
    said = {one.record.source_id: one.counted for one in counted(rows[0].duty.deputy_id, clock.today().year)}
    assert said == {"d1": True, "d2": False, "d3": False}
    assert services.deeds_register(actor=cast.office, rows=rows) == 0
    assert DutyRecord.objects.get(source_id="d1").proofs.count() == 1


@pytest.mark.parametrize(
    ("picture", "way", "verifier", "said"),
    [
        (True, "phone", "deputy_town", Refused),
        (False, "phone", "presidium", Refused),
        (True, "", "presidium", Refused),
        (True, "rumour", "", Invalid),
    ],
)
def test_a_batch_verifies_nothing_that_a_person_could_not(
    cast: Cast, picture: bool, way: str, verifier: str, said: type[Exception]
) -> None:
    by = getattr(cast, verifier).id if verifier else None
    row = NewDeed(duty(cast), photo() if picture else b"", way, by)
    with pytest.raises(said):
        services.deeds_register(actor=cast.office, rows=[row])


def test_kept_pledges_become_records_and_nobody_confirms_his_own(cast: Cast) -> None:
    today = clock.today()
    late = replace(pledge(cast), due_on=today - timedelta(days=1), proof="", proof_on=None, confirmed_by=None)
    assert services.pledges_register(actor=cast.office, rows=[pledge(cast), late]) == 2
    assert DutyRecord.objects.filter(kind__slug="duty_pledge").count() == 1
    assert [row.overdue(today) for row in DutyPledge.objects.order_by("due_on")] == [True, False]
    with pytest.raises(Refused):
        own = replace(pledge(cast), confirmed_by=cast.deputy_town.id)
        services.pledges_register(actor=cast.office, rows=[own])


def test_each_figure_of_effect_is_a_list_and_what_is_missing_is_the_rest(cast: Cast) -> None:
    year = clock.today().year
    suggestions.replied(cast)
    services.pledges_register(actor=cast.office, rows=[pledge(cast)])
    make.post(cast)
    found = {one.indicator.slug: one for one in effect.figures(cast.office, year)}
    assert set(found) == {"replied", "in_time", "content", "kept", "contact"}
    for slug, one in found.items():
        assert effect.rows_of(cast.office, slug, year, rest=False).count() == one.part
        assert effect.rows_of(cast.office, slug, year, rest=True).count() == one.missing
    assert (found["replied"].part, found["kept"].part, found["contact"].part) == (1, 1, 1)
    assert found["contact"].missing == Deputy.objects.count() - 1
    with pytest.raises(NotFound):
        effect.indicator("happiness")


def test_a_presidium_counts_its_own_town_only(cast: Cast) -> None:
    make.post(cast)
    figure = {one.indicator.slug: one for one in effect.figures(cast.presidium_other, clock.today().year)}
    assert figure["contact"].part == 0
    assert figure["contact"].percent == 0.0
    assert figure["replied"].percent is None
