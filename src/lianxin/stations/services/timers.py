"""What the clock does for reception days; every part is safe to repeat."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from lianxin.common import clock
from lianxin.common.actor import SYSTEM
from lianxin.rulebook.services import value
from lianxin.stations.models import DutyTurn, ReceptionDay
from lianxin.stations.services.telling import tell_deputy, tell_station
from lianxin.stations.services.turns import turn_miss
from lianxin.stations.workflow import Turn

OPEN = (Turn.SCHEDULED, Turn.CONFIRMED)


def reception_tick() -> int:
    """Remind deputies, alarm where nobody has confirmed, note who did not come."""
    now = clock.now()
    return _remind(now) + _alarm(now) + _missed(now)


def _remind(now: datetime) -> int:
    """Remind seven days, one day and two hours before; each once."""
    rule = value("reception.remind")
    today, done = clock.local_date(now), 0
    for days in rule["days"]:
        for turn in _turns().filter(day__on=today + timedelta(days=days)):
            done += _tell(turn, f"{days} 天后是您的接待日", f"d{days}")
    for turn in _turns().filter(day__on=today):
        begin = datetime.combine(turn.day.on, turn.day.starts, tzinfo=clock.SHANGHAI)
        if timedelta(0) <= begin - now <= timedelta(hours=rule["hours"]):
            done += _tell(turn, "您的接待就要开始了", "h")
    return done


def _turns() -> QuerySet[DutyTurn]:
    found = DutyTurn.objects.filter(state__in=OPEN, day__published_at__isnull=False)
    return found.select_related("day__station", "deputy")


def _tell(turn: DutyTurn, subject: str, mark: str) -> int:
    day = turn.day
    when = f"{day.on.month}月{day.on.day}日 {day.starts:%H:%M}—{day.ends:%H:%M}，{day.station.name}。"
    tell_deputy(turn.deputy, day, subject, when, f"remind:{turn.id}:{mark}")
    return 1


def _alarm(now: datetime) -> int:
    """Tell keeper and presidium of a near day that nobody has confirmed."""
    today = clock.local_date(now)
    near = today + timedelta(days=value("reception.alarm_days"))
    days = ReceptionDay.objects.filter(published_at__isnull=False, on__range=(today, near))
    sure = DutyTurn.objects.filter(state__in=[Turn.CONFIRMED, Turn.SIGNED_IN]).values("day_id")
    found = list(days.exclude(pk__in=sure).select_related("station"))
    for day in found:
        tell_station(
            day,
            "接待日还没有人确认",
            f"{day.on} {day.station.name}还没有代表确认，请联系。",
            f"alarm:{day.id}",
        )
    return len(found)


def _missed(now: datetime) -> int:
    over = list(_turns().filter(day__on__lt=clock.local_date(now)))
    for turn in over:
        turn_miss(actor=SYSTEM, turn=turn)
    return len(over)
