"""Seats: suspended and taken up again, ended; by who keeps the roll of that congress."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lianxin.audit.models import AuditEntry
from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.common.errors import Denied, Invalid, Refused
from lianxin.duties.assessing.entries import away_of
from lianxin.people.actors import active_seats, actor_of, held_seats
from lianxin.people.models import Seat, SeatSuspension
from lianxin.people.seats import seat_end, seat_resume, seat_suspend
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db
WHY = "常委会公告第3号"


def seat_of(cast: Cast, who: str = "deputy_town") -> Seat:
    return cast.deputy_row(who).seats.get()


def test_a_suspended_deputy_keeps_the_seat_and_does_not_act_until_he_is_back(cast: Cast) -> None:
    seat, today = seat_of(cast), clock.today()
    seat_suspend(actor=cast.presidium, seat=seat, on=today - timedelta(days=10), reason=WHY)
    account = cast.account("deputy_town")
    assert actor_of(account, on=today - timedelta(days=11)).has(Role.DEPUTY)
    assert not actor_of(account).has(Role.DEPUTY)
    assert seat in held_seats(today) and seat not in active_seats(today)
    seat_resume(actor=cast.presidium, seat=seat)
    assert actor_of(account).has(Role.DEPUTY)
    assert not actor_of(account, on=today - timedelta(days=5)).has(Role.DEPUTY), "the span stays as it was"
    tags = ("people.seat_suspend", "people.seat_resume")
    assert AuditEntry.objects.filter(tag__in=tags, target_id=str(seat.pk)).count() == 2


def test_a_suspension_of_today_that_is_taken_back_today_never_held(cast: Cast) -> None:
    seat = seat_of(cast)
    seat_suspend(actor=cast.presidium, seat=seat, on=clock.today(), reason=WHY)
    seat_resume(actor=cast.presidium, seat=seat)
    assert actor_of(cast.account("deputy_town")).has(Role.DEPUTY)
    assert not seat.suspensions.exists()


def test_the_suspended_days_are_not_asked_for_duties(cast: Cast) -> None:
    seat, year = seat_of(cast), clock.today().year
    before = away_of([seat.deputy_id], year)[seat.deputy_id]
    start = clock.today() - timedelta(days=20)
    SeatSuspension.objects.create(seat=seat, starts_on=start, ends_on=clock.today(), reason=WHY)
    assert away_of([seat.deputy_id], year)[seat.deputy_id] > before


def test_a_seat_is_suspended_once_at_a_time(cast: Cast) -> None:
    seat, today = seat_of(cast), clock.today()
    seat_suspend(actor=cast.office, seat=seat, on=today, reason=WHY)
    with pytest.raises(Refused):
        seat_suspend(actor=cast.office, seat=seat, on=today, reason=WHY)
    with pytest.raises(IntegrityError), transaction.atomic():
        SeatSuspension.objects.create(seat=seat, starts_on=today, reason=WHY)
    seat_resume(actor=cast.office, seat=seat)
    with pytest.raises(Refused):
        seat_resume(actor=cast.office, seat=seat)


def test_a_town_keeps_its_own_roll_and_nobody_elses(cast: Cast) -> None:
    own, of_city, today = seat_of(cast), seat_of(cast, "deputy_city"), clock.today()
    for who, seat in (
        (cast.presidium, of_city), (cast.presidium_other, own), (cast.keeper, own), (cast.deputy_town, own),
    ):  # fmt: skip
        for act in (seat_end, seat_suspend):
            with pytest.raises(Denied):
                act(actor=who, seat=seat, on=today, reason=WHY)
        with pytest.raises(Denied):
            seat_resume(actor=who, seat=seat)
    seat_end(actor=cast.presidium, seat=own, on=today, reason=WHY)


def test_an_end_has_a_day_of_the_term_and_a_reason(cast: Cast) -> None:
    seat = seat_of(cast)
    with pytest.raises(Invalid):
        seat_end(actor=cast.office, seat=seat, on=seat.valid_from - timedelta(days=1), reason=WHY)
    with pytest.raises(Invalid):
        seat_end(actor=cast.office, seat=seat, on=clock.today(), reason=" ")
    with pytest.raises(Invalid):
        seat_suspend(actor=cast.office, seat=seat, on=seat.valid_from - timedelta(days=1), reason=WHY)
    seat_end(actor=cast.office, seat=seat, on=clock.today() - timedelta(days=5), reason=WHY)
    with pytest.raises(Refused):
        seat_end(actor=cast.office, seat=seat, on=clock.today() + timedelta(days=5), reason=WHY)
