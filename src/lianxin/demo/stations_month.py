"""The last month of a town's station, act by act: plan, sign in, receive, sum up; and the days ahead."""

from __future__ import annotations

from datetime import datetime, timedelta

from lianxin.common import clock
from lianxin.demo.city import City
from lianxin.demo.stations_texts import ANSWERS, KINDS, VISITS
from lianxin.demo.telling import Story
from lianxin.opinions.services import Said, opinion_feed_back
from lianxin.people.actors import actor_of
from lianxin.regions.models import Station, StationLevel
from lianxin.stations import services
from lianxin.stations.models import Confirmed, DutyTurn, Outcome, ReceptionDay, Rota

MONTH_DAYS = 30
AHEAD_DAYS = 35


class TownMonth:
    """Tells one town's month before today and publishes what lies ahead."""

    def __init__(self, city: City, town: str, now: datetime) -> None:
        self.city, self.town, self.now = city, town, now
        self.keeper = city.keeper(town)
        self.today = clock.local_date(now)
        self.station: Station

    def story(self) -> Story:
        """Tell the days behind, then plan the days ahead; a third of those ahead is confirmed."""
        yield self.now - timedelta(days=MONTH_DAYS + 6, hours=-9)
        self.station = Station.objects.select_related("parent").get(
            level=StationLevel.TOWN, division_code=self.town
        )
        rota = self._plan(-MONTH_DAYS, -1)
        for place, day in enumerate(rota.days.order_by("on")):
            yield datetime.combine(day.on, day.starts, tzinfo=clock.SHANGHAI)
            self._hold(day, place)
        yield self.now - timedelta(days=5)
        self._ahead()

    def _plan(self, first: int, last: int, weekdays: tuple[int, ...] = ()) -> Rota:
        rota = services.rota_make(
            actor=self.keeper,
            station=self.station,
            first=self.today + timedelta(days=first),
            last=self.today + timedelta(days=last),
            weekdays=weekdays,
        )
        return services.rota_publish(actor=self.keeper, rota=rota)

    def _ahead(self) -> None:
        """Publish today's day in the week that comes, and the Wednesdays after it."""
        near = self._plan(0, 6, (self.today.weekday(),))
        self._plan(7, AHEAD_DAYS)
        for turn in self._turns(near.days.order_by("on")[0])[:1]:
            self._as_deputy(turn, "confirm")

    def _turns(self, day: ReceptionDay) -> list[DutyTurn]:
        return list(day.turns.select_related("day__station__parent", "deputy__account").order_by("id"))

    def _as_deputy(self, turn: DutyTurn, act: str) -> None:
        if turn.deputy.account is None:
            return
        actor = actor_of(turn.deputy.account)
        if act == "confirm" and actor.roles:
            services.turn_confirm(actor=actor, turn=turn)

    def _hold(self, day: ReceptionDay, place: int) -> None:
        turns = self._turns(day)
        missing = turns[1:] if (place + int(self.town[6:9])) % 9 == 0 else []
        here = [turn for turn in turns if turn not in missing]
        for turn in here:
            services.turn_tick(actor=self.keeper, turn=turn)
        for n in range(2):
            self._receive(day, here[n % len(here)], place * 2 + n)
        for turn in here:
            services.turn_sign_out(actor=self.keeper, turn=turn, by_keeper=True)
        fresh = ReceptionDay.objects.get(pk=day.pk)
        services.summary_submit(actor=self.keeper, day=fresh, text=services.summary_draft(fresh))

    def _receive(self, day: ReceptionDay, turn: DutyTurn, n: int) -> None:
        kind = (n + int(self.town[6:9])) % len(VISITS)
        village, name = self.city.villages[self.town][n % len(self.city.villages[self.town])]
        said = Said(text=f"{name}：{VISITS[kind]}", village=village, category=KINDS[kind])
        visit = services.Visit(
            said=said,
            deputy=turn.deputy_id,
            outcome=Outcome.ANSWERED if n % 3 else Outcome.TRANSFER,
            confirmed=Confirmed.PAPER,
            words=ANSWERS[n % 2] if n % 3 else "",
        )
        row = services.reception_register(actor=self.keeper, day=day, visit=visit).reception
        if row.outcome == Outcome.ANSWERED and row.opinion:
            opinion_feed_back(actor=self.keeper, opinion=row.opinion, text=ANSWERS[n % 2])


def ticks(now: datetime) -> Story:
    """Let the worker look at reception days each morning of the last month."""
    morning = now - timedelta(days=MONTH_DAYS, hours=-7)
    while morning < now:
        yield morning
        services.reception_tick()
        morning += timedelta(days=1)
