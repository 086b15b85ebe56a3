"""Contacts of the tour's town at work: timed walks, answers in a sheet, links that broke and were mended."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import combinations

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.contacts import services
from lianxin.contacts.geography import minutes_between
from lianxin.contacts.models import Household, Kind, Pairing
from lianxin.contacts.workflow import State
from lianxin.demo.city import TOUR_TOWN, City
from lianxin.demo.telling import Story
from lianxin.people.models import Deputy
from lianxin.regions.loading import HOME6

WALKED, ON_MAP = "实走", "地图"
NEAREST, ANSWERED = 24, 18
WHY = ("代表搬到集镇住，离这户远了", "代表改在集镇上班，白天到不了这户")


def stories(city: City, now: datetime) -> list[Story]:
    """Return three: the walks, the sheet of answers, the broken links."""
    return [_walks(city, now), _answers(city, now), _links(city, now)]


def _host(city: City) -> Actor:
    return city.staff[f"presidium:{TOUR_TOWN}"]


def _walks(city: City, now: datetime) -> Story:
    """The office enters what the keepers have walked and, for farther ways, what the map says."""
    yield now - timedelta(days=40)
    ways = [
        (minutes_between(start, end, 0), start, end)
        for (start, _), (end, _) in combinations(sorted(city.villages[TOUR_TOWN]), 2)
    ]
    rows = [
        {
            "从村代码": start,
            "到村代码": end,
            "步行分钟": str(minutes + 3 + place % 9),
            "依据": WALKED if place < NEAREST // 2 else ON_MAP,
        }
        for place, (minutes, start, end) in enumerate(sorted(ways)[:NEAREST])
    ]
    services.travel_times_register(actor=city.staff["office"], home6=HOME6, rows=rows)


def _answers(city: City, now: datetime) -> Story:
    """A sheet of the yearly asking comes in: most rows are taken, two go back with what is wrong."""
    yield now - timedelta(days=33)
    homes = Household.objects.filter(division_code__startswith=TOUR_TOWN[:9], erased_at=None)
    agreed = homes.filter(consents__answer="agree", consents__replaced_at=None).order_by("number", "id")
    asked_on = clock.today() - timedelta(days=3)
    rows = [
        _row(home.number, "同意", asked_on.isoformat(), place) for place, home in enumerate(agreed[:ANSWERED])
    ]
    rows.append(_row("999-0001", "同意", asked_on.isoformat(), 0))
    rows.append(_row(agreed[ANSWERED].number, "再想想", asked_on.isoformat(), 1))
    services.replies_import(
        actor=city.keeper(TOUR_TOWN), town=TOUR_TOWN, file_name="年度征求意见.xlsx", rows=rows
    )


def _row(number: str, answer: str, on: str, place: int) -> dict[str, str]:
    return {
        "户编号": number,
        "答复": answer,
        "怎么问的": ("本人当面", "电话", "纸质")[place % 3],
        "哪天问的": on,
    }


def _links(city: City, now: datetime) -> Story:
    """Two links break, are told within the hour, covered and exchanged: each still has ten; one is new."""
    yield now - timedelta(days=4)
    one, two, third = _quiet(city)
    exchange = ((one, two.deputy), (two, one.deputy))
    for (pairing, _deputy), why in zip(exchange, WHY, strict=True):
        services.pairing_break(actor=_host(city), pairing=pairing, reason=why)
    services.alarms_refresh()
    yield now - timedelta(days=3)
    for pairing, deputy in exchange:
        services.cover_set(actor=_host(city), pairing=_again(pairing), deputy=deputy)
    yield now - timedelta(days=2)
    for pairing, deputy in exchange:
        _replaced(city, _again(pairing), deputy)
    services.alarms_refresh()
    yield now - timedelta(hours=10)
    services.consent_record(
        actor=city.keeper(TOUR_TOWN), household=third.household, answer="change", way="person"
    )
    services.alarms_refresh()


def _replaced(city: City, pairing: Pairing, deputy: Deputy) -> None:
    """Give a household to the one who covered; it is asked by telephone where its answer is missing."""
    new = services.pairing_reassign(
        actor=_host(city), pairing=pairing, deputy=deputy, reason="两位代表对换，就近联系"
    )
    if new.state != State.WAITING:
        services.pairing_ask(actor=_host(city), pairing=new)
        services.consent_record(
            actor=city.keeper(TOUR_TOWN), household=pairing.household, answer="agree", way="phone"
        )
    services.pairing_approve(actor=_host(city), pairing=_again(new))


def _quiet(city: City) -> list[Pairing]:
    """Return pairs of three deputies of the town who have no part in the tour; the households agreed."""
    known = [actor.id for actor in city.staff.values()]
    found = Pairing.objects.filter(
        kind=Kind.DEPUTY_HOUSEHOLD, state=State.ACTIVE, division_code__startswith=TOUR_TOWN[:9],
        household__consents__answer="agree", household__consents__replaced_at=None,
    ).exclude(deputy__account__in=known)  # fmt: skip
    first = {one.deputy_id: one for one in found.select_related("deputy").order_by("household__number", "id")}
    return list(first.values())[:3]


def _again(pairing: Pairing) -> Pairing:
    return Pairing.objects.get(pk=pairing.pk)
