"""Lists, figures and who sees what: a figure is the length of its list."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianxin.common import clock
from lianxin.common.actor import RESIDENT
from lianxin.handling.matters import Part
from lianxin.handling.models import Assignment
from lianxin.handling.workflow import Mode
from lianxin.insight import effect
from lianxin.suggestions import services
from lianxin.suggestions.figures import year_list, year_rates
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.permissions import may, visible_to
from lianxin.suggestions.rules import INDICATORS, Rating
from lianxin.suggestions.selectors import (
    TABS,
    cosigned,
    deliveries_to,
    figures,
    suggestions_page,
    timeline,
)
from tests.factories import suggestions as make
from tests.factories.cast import TOWN, Cast


def busy(cast: Cast) -> None:
    """Make suggestions in many states."""
    make.drafted(cast)
    make.cosigned(cast, "deputy_city_2", by="deputy_city")
    make.registered(cast, what_is_new="这次补充了两个村民小组的情况")
    make.assigned(cast, by="deputy_city_2")
    make.evaluated(cast, result=Rating.DISSATISFIED, what_is_new="这次补充了两个村民小组的情况")
    row = make.drafted(cast, by="deputy_town", body=TOWN)
    services.suggestion_submit(actor=cast.deputy_town, suggestion=row)


def test_each_figure_is_the_length_of_its_list(cast: Cast) -> None:
    busy(cast)
    for who in ("office", "presidium", "clerk", "deputy_city", "oversight"):
        actor = getattr(cast, who)
        found = figures(actor)
        assert found["total"] == len(suggestions_page(actor, limit=500))
        for tab in TABS:
            assert found[tab] == len(suggestions_page(actor, tab=tab, limit=500)), (who, tab)


def test_what_is_listed_is_what_may_be_opened(cast: Cast) -> None:
    busy(cast)
    for who in Cast.names:
        actor = getattr(cast, who)
        opened = {row for row in Suggestion.objects.all() if may(actor, "view", row)}
        assert set(visible_to(actor)) == opened, who


def test_the_public_sees_what_is_published_and_nothing_else(cast: Cast) -> None:
    row = make.evaluated(cast)
    assert suggestions_page(RESIDENT) == []
    services.publication_propose(actor=cast.office, suggestion=row)
    services.suggestion_publish(actor=cast.office_second, suggestion=row)
    assert [one.pk for one in suggestions_page(RESIDENT)] == [row.pk]


def test_drafts_are_nobody_else_s_business(cast: Cast) -> None:
    make.drafted(cast)
    assert [
        len(suggestions_page(actor)) for actor in (cast.office, cast.deputy_city_2, cast.deputy_city)
    ] == [0, 0, 1]


def test_a_deputy_s_own_lists(cast: Cast) -> None:
    row = make.cosigned(cast, "deputy_city_2")
    assert [one.pk for one in cosigned(cast.deputy_city_2)] == [row.pk]
    assert [one.pk for one in suggestions_page(cast.deputy_city_2, mine=True)] == [row.pk]
    services.cosigner_remove(
        actor=cast.deputy_city, suggestion=row, deputy=cast.deputy_row("deputy_city_2").pk
    )
    assert cosigned(cast.deputy_city_2) == suggestions_page(cast.deputy_city_2, mine=True) == []


@pytest.mark.parametrize("who", ["office", "clerk", "deputy_city"])
def test_a_list_of_fifty_costs_a_fixed_number_of_queries(cast: Cast, who: str) -> None:
    row = make.evaluated(cast)
    actor = getattr(cast, who)

    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert [one.lead.name for one in suggestions_page(actor, limit=50)]
        return len(caught)

    one = cost()
    values = {
        field.attname: getattr(row, field.attname)
        for field in Suggestion._meta.concrete_fields
        if field.attname not in {"id", "number"}
    }
    Suggestion.objects.bulk_create([Suggestion(**values) for _ in range(60)])
    assert cost() == one <= 6


def test_the_timeline_tells_both_rooms_in_order(cast: Cast) -> None:
    steps = timeline(make.evaluated(cast))
    acts = [one["act"] for one in steps]
    assert acts == sorted(acts, key=acts.index) and {
        "submit",
        "hand_over",
        "accept",
        "sign_reply",
        "evaluate",
    } <= set(acts)
    assert not any(name.startswith("follow_") for name in acts)
    assert [one["at"] for one in steps] == sorted(one["at"] for one in steps)


def test_each_deputy_finds_the_reply_that_was_delivered(cast: Cast) -> None:
    row = make.replied(cast)
    assert deliveries_to(cast.deputy_city, row).count() == 1
    assert deliveries_to(cast.deputy_city_2, row).count() == 0


def year() -> int:
    return clock.today().year


def test_every_indicator_has_its_lists_and_its_definition(cast: Cast) -> None:
    busy(cast)
    make.replied(cast, reply_class="C", what_is_new="这次补充了两个村民小组的情况")
    for rate in year_rates(cast.office, year()):
        assert rate.definition == INDICATORS[rate.key].definition
        assert rate.numerator == year_list(cast.office, year(), rate.key, counted=True).count()
        assert rate.denominator == year_list(cast.office, year(), rate.key, counted=False).count()
        assert 0 <= rate.numerator <= rate.denominator > 0


def figure(cast: Cast, key: str) -> tuple[int, int]:
    rate = next(one for one in year_rates(cast.office, year()) if one.key == key)
    return rate.numerator, rate.denominator


def test_a_late_unit_without_a_reply_counts_as_due_and_not_in_time(cast: Cast) -> None:
    make.replied(cast)
    assert figure(cast, "in_time") == (1, 1)
    row = make.assigned(cast, by="deputy_city_2")
    assert figure(cast, "in_time") == (1, 1)
    with clock.at(clock.now() + timedelta(days=2)):
        Assignment.objects.filter(matter_id=row.id).update(reply_due_on=clock.today() - timedelta(days=1))
        assert figure(cast, "in_time") == (1, 2)


def test_a_first_reply_that_was_late_stays_late_after_a_second_round(cast: Cast) -> None:
    row = make.assigned(cast)
    Assignment.objects.filter(matter_id=row.id).update(reply_due_on=clock.today() - timedelta(days=1))
    row = make.evaluated(cast, make.replied(cast, row), result=Rating.DISSATISFIED)
    assert figure(cast, "in_time") == (0, 1)
    services.suggestion_rehandle(actor=cast.office, suggestion=row, note="请按代表意见重新办理")
    make.answer(cast, row)
    row.refresh_from_db()
    assert (row.state, row.round) == ("replied", 2) and figure(cast, "in_time") == (0, 1)


def test_a_first_reply_in_time_stays_in_time_after_a_second_one_in_time(cast: Cast) -> None:
    row = make.evaluated(cast, result=Rating.DISSATISFIED)
    services.suggestion_rehandle(actor=cast.office, suggestion=row, note="请按代表意见重新办理")
    make.answer(cast, row)
    assert figure(cast, "in_time") == (1, 1)


def test_the_first_screen_s_figure_counts_what_is_late_and_unanswered_too(cast: Cast) -> None:
    make.replied(cast)
    row = make.assigned(cast, by="deputy_city_2")
    with clock.at(clock.now() + timedelta(days=2)):
        Assignment.objects.filter(matter_id=row.id).update(reply_due_on=clock.today() - timedelta(days=1))
        found = {one.indicator.slug: (one.part, one.whole) for one in effect.figures(cast.office, year())}
        assert found["in_time"] == figure(cast, "in_time") == (1, 2)
        assert [one.pk for one in effect.rows_of(cast.office, "in_time", year(), rest=True)] == [row.pk]


def test_a_lapsed_evaluation_is_left_out_of_the_rate(cast: Cast) -> None:
    make.evaluated(cast)
    lapsed = make.replied(cast, make.assigned(cast, what_is_new="这次补充了两个村民小组的情况"))
    for days in (20, 32):
        with clock.at(clock.now() + timedelta(days=days)):
            services.tick(clock.today())
    lapsed.refresh_from_db()
    assert lapsed.state == "evaluation_lapsed" and figure(cast, "content") == (1, 1)


def test_a_kept_promise_counts_as_solved_and_an_open_one_does_not(cast: Cast) -> None:
    row = make.tracking(cast)
    assert figure(cast, "solved") == (0, 1)
    promise = row.commitments.get()
    make.do(cast, row, "clerk", "give_proof", commitment=str(promise.pk), proof="支路路灯已装好")
    make.do(cast, row, "deputy_city", "confirm_promise", commitment=str(promise.pk), fulfilled=True)
    assert figure(cast, "solved") == (1, 1)


def test_separate_units_make_one_suggestion_in_the_figures(cast: Cast) -> None:
    row = make.assigned(cast, (Part("transport", Mode.SEPARATE, "灯"), Part("power", Mode.SEPARATE, "电")))
    make.answer(cast, row)
    make.answer(cast, row, "power", reply_class="B")
    assert figure(cast, "contacted") == (1, 1) and figure(cast, "solved") == (0, 1)
