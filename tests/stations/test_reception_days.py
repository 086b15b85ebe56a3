"""A reception day from the plan to the summary, and everything that is refused on the way."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from lianxin.common import clock
from lianxin.common.actor import SYSTEM
from lianxin.common.errors import Conflict, Denied, Invalid, Refused, TooMany
from lianxin.duties.models import DutyRecord
from lianxin.notifications.models import Notice
from lianxin.stations import services
from lianxin.stations.models import DutyTurn, ReceptionDay, Rota
from lianxin.stations.services.posting import ROOM
from lianxin.stations.workflow import Turn
from tests.factories import stations as make
from tests.factories.cast import Cast


@pytest.fixture
def day(cast: Cast) -> ReceptionDay:
    with clock.at(make.MONDAY):
        return make.published(cast)


def test_the_plan_is_mixed_and_leaves_out_who_is_away(cast: Cast) -> None:
    with clock.at(make.MONDAY):
        make.placed(cast)
        away = cast.deputy_row("deputy_city")
        services.absence_declare(
            actor=cast.deputy_city, deputy=away, first=date(2026, 11, 1), last=date(2027, 3, 1)
        )
        rota = make.planned(cast, weeks=6)
        assert rota.days.count() == 6
        for day in rota.days.all():
            bodies = {turn.deputy.seats.get().level for turn in day.turns.all()}
            assert bodies == {"city", "town"}
            assert away.pk not in {turn.deputy_id for turn in day.turns.all()}


def test_only_the_station_plans(cast: Cast) -> None:
    with clock.at(make.MONDAY):
        make.placed(cast)
        span = {"first": date(2026, 12, 1), "last": date(2026, 12, 31)}
        for who in ("keeper_other", "deputy_town", "clerk", "leader"):
            with pytest.raises(Denied):
                services.rota_make(actor=getattr(cast, who), station=cast.station(), **span)
        assert not Rota.objects.exists()


def test_published_in_time_or_not_at_all(cast: Cast) -> None:
    with clock.at(make.MONDAY):
        rota = make.planned(cast)
    late = clock.day_start(rota.days.order_by("on")[0].on) - timedelta(days=2)
    with clock.at(late), pytest.raises(Refused, match="提前 3 天"):
        services.rota_publish(actor=cast.keeper, rota=rota)
    with clock.at(make.MONDAY):
        services.rota_publish(actor=cast.keeper, rota=rota)
        with pytest.raises(Conflict):
            services.rota_publish(actor=cast.keeper, rota=rota)
    assert Notice.objects.filter(subject="接待日排班").count() >= 2


def test_a_second_plan_keeps_what_is_published(cast: Cast, day: ReceptionDay) -> None:
    with clock.at(make.MONDAY):
        services.rota_make(actor=cast.keeper, station=day.station, first=day.on, last=day.on)
    assert ReceptionDay.objects.get(station=day.station, on=day.on).pk == day.pk


def test_confirm_leave_and_swap(cast: Cast, day: ReceptionDay) -> None:
    with clock.at(make.MONDAY):
        make.sit(cast, day, "deputy_town", "deputy_city")
        turn = make.turn_of(day, "deputy_town")
        with pytest.raises(Denied):
            services.turn_confirm(actor=cast.deputy_city, turn=turn)
        services.turn_confirm(actor=cast.deputy_town, turn=turn)
        with pytest.raises(Conflict):
            services.turn_confirm(actor=cast.deputy_town, turn=turn)
        swap = cast.deputy_row("deputy_town_2")
        services.turn_leave(actor=cast.deputy_town, turn=turn, swap=swap.pk)
        new = make.turn_of(day, "deputy_town_2")
        assert (turn.state, new.state, new.instead_of_id) == (Turn.LEAVE, Turn.SCHEDULED, turn.pk)
        with pytest.raises(Invalid, match="本站"):
            stranger = cast.deputy_row("deputy_other")
            services.turn_leave(actor=cast.deputy_town_2, turn=new, swap=stranger.pk)


def test_the_door_code_signs_in_once_and_posts_one_duty(cast: Cast, day: ReceptionDay) -> None:
    make.sit(cast, day, "deputy_town")
    turn = make.turn_of(day)
    with clock.at(make.morning(day) - timedelta(days=1)), pytest.raises(Refused, match="当天"):
        services.turn_sign_in(actor=cast.deputy_town, turn=turn, code="000000")
    with clock.at(make.morning(day)):
        code, left = services.door_code(actor=cast.keeper, day=day)
        assert 0 < left <= 30
        with pytest.raises(Denied):
            services.door_code(actor=cast.deputy_town, day=day)
        wrong = "111111" if code != "111111" else "222222"
        with pytest.raises(Invalid, match="签到码"):
            services.turn_sign_in(actor=cast.deputy_town, turn=turn, code=wrong)
        services.turn_sign_in(actor=cast.deputy_town, turn=turn, code=code)
    duty = DutyRecord.objects.get(source_room=ROOM)
    assert (duty.deputy_id, duty.on, duty.online) == (turn.deputy_id, day.on, True)
    with clock.at(make.morning(day, 11)):
        services.turn_sign_out(actor=cast.deputy_town, turn=turn)
        with pytest.raises(Refused, match="签退"):
            services.turn_sign_out(actor=cast.deputy_town, turn=turn)
    with clock.at(make.morning(day, 11, 2)), pytest.raises(Conflict):
        services.turn_sign_in(actor=cast.deputy_town, turn=turn, code=code)


def test_a_code_of_a_minute_ago_is_worthless_and_guessing_ends(cast: Cast, day: ReceptionDay) -> None:
    make.sit(cast, day, "deputy_town")
    turn = make.turn_of(day)
    with clock.at(make.morning(day)):
        old, _ = services.door_code(actor=cast.keeper, day=day)
    with clock.at(make.morning(day) + timedelta(seconds=90)):
        refusals = []
        for _ in range(12):
            try:
                services.turn_sign_in(actor=cast.deputy_town, turn=turn, code=old)
            except (Invalid, TooMany) as refusal:
                refusals.append(type(refusal))
        assert refusals[0] is Invalid and refusals[-1] is TooMany


def test_the_keeper_ticks_and_late_ticks_are_not_online(cast: Cast, day: ReceptionDay) -> None:
    make.sit(cast, day, "deputy_town", "deputy_city")
    with clock.at(make.morning(day)):
        with pytest.raises(Denied):
            services.turn_tick(actor=cast.keeper_other, turn=make.turn_of(day, "deputy_town"))
        services.turn_tick(actor=cast.keeper, turn=make.turn_of(day, "deputy_town"))
    with clock.at(make.morning(day) + timedelta(days=1)):
        services.turn_tick(actor=cast.keeper, turn=make.turn_of(day, "deputy_city"))
    posted = dict(
        DutyRecord.objects.filter(source_room=ROOM).values_list("deputy__account__username", "online")
    )
    assert posted == {"deputy_town": True, "deputy_city": False}


def test_who_does_not_come_is_noted_and_explains(cast: Cast, day: ReceptionDay) -> None:
    make.sit(cast, day, "deputy_town", "deputy_city")
    services_day = make.morning(day)
    turn = make.turn_of(day, "deputy_town")
    with clock.at(services_day), pytest.raises(Refused):
        services.turn_miss(actor=SYSTEM, turn=turn)
    with clock.at(services_day + timedelta(days=1)):
        services.reception_tick()
        turn.refresh_from_db()
        assert turn.state == Turn.ABSENT
        assert Notice.objects.filter(subject="请写一句说明").exists()
        with pytest.raises(Denied):
            services.turn_explain(actor=cast.deputy_city, turn=turn, text="路上塌方，车过不来")
        services.turn_explain(actor=cast.deputy_town, turn=turn, text="路上塌方，车过不来")
        assert turn.explanation == "路上塌方，车过不来"
        services.turn_correct(actor=cast.keeper, turn=turn)
        assert turn.state == Turn.SIGNED_IN


def test_reminders_come_once_each_and_the_alarm_only_without_confirmation(
    cast: Cast, day: ReceptionDay
) -> None:
    make.sit(cast, day, "deputy_town")
    me = str(cast.account("deputy_town").pk)
    begin = make.morning(day, 9, 0)
    for before in (timedelta(days=7), timedelta(days=1), timedelta(hours=1, minutes=30)):
        with clock.at(begin - before):
            services.reception_tick()
            services.reception_tick()
    told = Notice.objects.filter(recipient_key=me, dedupe__startswith="remind")
    assert told.count() == 3
    alarms = Notice.objects.filter(subject="接待日还没有人确认")
    assert {one.recipient_key.split("@")[0] for one in alarms} == {"keeper", "presidium"}


def test_no_alarm_where_somebody_confirmed(cast: Cast, day: ReceptionDay) -> None:
    make.sit(cast, day, "deputy_town")
    with clock.at(make.MONDAY):
        services.turn_confirm(actor=cast.deputy_town, turn=make.turn_of(day))
    with clock.at(make.morning(day) - timedelta(days=2)):
        services.reception_tick()
    assert not Notice.objects.filter(subject="接待日还没有人确认", text__contains=str(day.on)).exists()


def test_a_draft_is_changed_by_hand_a_published_day_is_not(cast: Cast, day: ReceptionDay) -> None:
    with clock.at(make.MONDAY):
        with pytest.raises(Refused):
            services.turn_change(
                actor=cast.keeper, turn=make.turn_of(day), deputy=cast.deputy_row("deputy_town").pk
            )
        later = day.on + timedelta(days=60)
        rota = services.rota_make(
            actor=cast.keeper, station=day.station, first=later, last=later + timedelta(days=7)
        )
        turn = make.turn_of(rota.days.order_by("on")[0])
        sitting = set(DutyTurn.objects.filter(day=turn.day).values_list("deputy_id", flat=True))
        free = [cast.deputy_row(name) for name in ("deputy_town", "deputy_town_2", "deputy_town_3")]
        other = next(one for one in free if one.pk not in sitting)
        services.turn_change(actor=cast.keeper, turn=turn, deputy=other.pk)
        assert DutyTurn.objects.get(pk=turn.pk).deputy_id == other.pk
