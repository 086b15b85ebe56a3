"""What falls due by time, each once; a lapse never without an earlier reminder."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from lianxin.common import clock
from lianxin.handling.models import Assignment
from lianxin.notifications.models import Notice
from lianxin.suggestions import services
from lianxin.suggestions.models import Commitment, Suggestion
from tests.factories import suggestions as make
from tests.factories.cast import Cast


def ticked(days: int) -> dict[str, int]:
    """Let time pass and the worker's clock strike."""
    with clock.at(clock.now() + timedelta(days=days)):
        return services.tick(clock.today())


def test_the_lead_is_reminded_once_before_anything_lapses(cast: Cast) -> None:
    row = make.replied(cast)
    assert ticked(5)["reminded"] == 0
    assert ticked(20)["reminded"] == 1
    assert ticked(21)["reminded"] == 0
    assert Notice.objects.filter(subject__startswith="请评价答复", about_id=row.id).count() == 1
    assert ticked(29)["lapsed"] == 0
    assert ticked(32)["lapsed"] == 1
    row.refresh_from_db()
    assert (row.state, row.overall) == ("evaluation_lapsed", "")


def test_without_a_reminder_nothing_lapses(cast: Cast) -> None:
    row = make.replied(cast)
    first = ticked(40)
    assert (first["reminded"], first["lapsed"]) == (1, 0)
    row.refresh_from_db()
    assert row.state == "replied" and row.reminded_on is not None


def test_what_was_evaluated_does_not_lapse(cast: Cast) -> None:
    make.evaluated(cast)
    ticked(20)
    assert ticked(60)["lapsed"] == 0


def test_a_lapsed_class_b_reply_is_still_tracked(cast: Cast) -> None:
    row = make.replied(cast, reply_class="B")
    ticked(20)
    ticked(32)
    row.refresh_from_db()
    assert services.suggestion_track(actor=cast.office, suggestion=row).state == "tracking"


@pytest.mark.parametrize(("days", "told"), [(6, 0), (8, 1)])
def test_a_silent_co_signer_is_reminded_after_a_week(cast: Cast, days: int, told: int) -> None:
    row = make.drafted(cast)
    services.cosigners_invite(
        actor=cast.deputy_city, suggestion=row, deputies=[cast.deputy_row("deputy_city_2").pk]
    )
    ticked(days)
    ticked(days)
    assert Notice.objects.filter(subject__startswith="请答复联名邀请").count() == told


@pytest.mark.parametrize(("days", "told"), [(6, 0), (8, 1)])
def test_the_week_of_who_is_asked_anew_begins_anew(cast: Cast, days: int, told: int) -> None:
    row = make.cosigned(cast, "deputy_city_2")
    with clock.at(clock.now() + timedelta(days=20)):
        edited = make.draft(analysis="又补充了")
        services.suggestion_edit(actor=cast.deputy_city, suggestion=row, draft=edited)
        services.cosigners_reask(actor=cast.deputy_city, suggestion=row)
    ticked(20 + days)
    assert Notice.objects.filter(subject__startswith="请答复联名邀请").count() == told


def test_units_hear_the_mark_when_it_is_final(cast: Cast) -> None:
    make.evaluated(cast)
    heard = Notice.objects.filter(subject__startswith="代表已评价", recipient_key="transport")
    services.tick(clock.today())
    assert not heard.exists()
    ticked(2)
    ticked(2)
    assert heard.count() == 1


def test_promises_are_asked_for_each_quarter_and_overdue_ones_are_told(cast: Cast) -> None:
    row = make.tracking(cast)
    for _ in range(2):
        services.tick(clock.today())
    asked = Notice.objects.filter(subject__startswith="请报承诺进展", about_id=make.part_of(row).id)
    assert asked.count() == 1
    ticked(95)
    assert asked.count() == 2
    late = Notice.objects.filter(subject__startswith="承诺逾期")
    assert not late.exists()
    Commitment.objects.update(due_on=date(2026, 1, 1))
    services.tick(clock.today())
    assert {one.recipient_kind for one in late} == {"unit", "role"}


def test_a_late_unit_is_urged_by_the_clock(cast: Cast) -> None:
    row = make.assigned(cast)
    Assignment.objects.filter(matter_id=row.id).update(reply_due_on=clock.today() - timedelta(days=2))
    assert services.tick(clock.today())["urged"] == 1
    assert services.tick(clock.today())["urged"] == 0


def test_a_clock_that_strikes_twice_changes_nothing(cast: Cast) -> None:
    make.replied(cast)
    ticked(20)
    before = list(Suggestion.objects.values_list("state", "reminded_on"))
    told = Notice.objects.count()
    ticked(20)
    assert (list(Suggestion.objects.values_list("state", "reminded_on")), Notice.objects.count()) == (
        before,
        told,
    )
