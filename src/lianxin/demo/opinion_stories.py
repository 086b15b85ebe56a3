"""Stories of opinions, told through the services by the people who would act."""

from __future__ import annotations

import random
from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lianxin.common.actor import RESIDENT, Actor
from lianxin.demo.city import LAMP_VILLAGE, TOUR_TOWN, City
from lianxin.demo.telling import Story
from lianxin.demo.texts import LAMPS, UNIT_OF, Words, opinion_words, retold
from lianxin.handling import actions as unit_forms
from lianxin.handling.models import Assignment
from lianxin.opinions import services
from lianxin.opinions.models import Channel, Opinion
from lianxin.opinions.services import Said
from lianxin.regions.models import Station

CHANNELS = {
    Channel.VISIT: 27,
    Channel.RECEPTION: 21,
    Channel.QR: 20,
    Channel.ON_BEHALF: 11,
    Channel.VOICE: 6,
    Channel.PAPER: 6,
    Channel.MEETING: 4,
    Channel.GRID: 3,
    Channel.TELEPHONE: 2,
}
ENDS = {"spot": 36, "station": 31, "transfer": 19, "suggestion": 11, "refuse": 3}
BY_RESIDENT = (Channel.QR, Channel.WEB)


@dataclass(frozen=True)
class Case:
    """One opinion that will be told."""

    at: datetime
    town: str
    village: str
    words: Words
    channel: Channel
    end: str


def cases(city: City, count: int, *, now: datetime, days: int) -> list[Case]:
    """Return invented opinions over the last `days`, villages by Zipf, clusters among them."""
    villages = [(town, code, name) for town in city.towns for code, name in city.villages[town]]
    weights = [1 / (place + 3) for place in range(len(villages))]
    found: list[Case] = []
    while len(found) < count:
        town, village, name = city.chance.choices(villages, weights=weights)[0]
        words = opinion_words(city.chance, name)
        group = city.chance.randint(3, 12) if city.chance.random() < 0.02 else 1
        start = now - timedelta(days=city.chance.random() * days, minutes=5)
        for n in range(min(group, count - len(found))):
            said = words if n == 0 else Words(words.category, retold(city.chance, words.text))
            at = min(start + timedelta(days=n * city.chance.random() * 6), now - timedelta(minutes=1))
            found.append(_case(city.chance, at, town, village, said))
    return found


def _case(chance: random.Random, at: datetime, town: str, village: str, words: Words) -> Case:
    channel = chance.choices(list(CHANNELS), weights=list(CHANNELS.values()))[0]
    if channel is Channel.VOICE:
        channel = Channel.ON_BEHALF
    end = chance.choices(list(ENDS), weights=list(ENDS.values()))[0]
    return Case(at, town, village, words, channel, end)


def lamp_cases(city: City, now: datetime) -> list[Case]:
    """Return the three lamps of 李家庄, three sources, for the guided tour."""
    channels = (Channel.QR, Channel.RECEPTION, Channel.GRID)
    return [
        Case(
            now - timedelta(days=6 - 2 * n, hours=3),
            TOUR_TOWN,
            LAMP_VILLAGE,
            Words("交通道路", text),
            channel,
            "wait",
        )
        for n, (text, channel) in enumerate(zip(LAMPS, channels, strict=True))
    ]


def story(city: City, case: Case, stations: dict[str, Station], pool: list[UUID]) -> Story:
    """Tell one opinion from its first word to its end."""
    chance = random.Random(f"{case.at}{case.village}")  # noqa: S311 - a demo
    keeper = city.keeper(case.town)
    yield case.at
    opinion = _said(city, case, stations[case.village], chance)
    yield case.at + timedelta(hours=chance.randint(2, 60))
    services.opinion_move(actor=keeper, opinion=opinion, act="accept")
    if case.end == "wait":
        return
    yield case.at + timedelta(days=chance.randint(1, 4))
    yield from _towards_end(city, case, opinion, keeper, chance, pool)


def _said(city: City, case: Case, station: Station, chance: random.Random) -> Opinion:
    by_resident = case.channel in BY_RESIDENT
    actor = RESIDENT if by_resident else city.keeper(case.town)
    known = chance.random() > 0.38
    said = Said(
        text=case.words.text,
        village=case.village,
        category=case.words.category,
        may_publish=chance.random() < 0.4,
        name=f"{chance.choice('王李张刘陈')}{chance.choice(['大爷', '大姐', '师傅'])}" if known else "",
        phone=f"1{chance.randint(0, 0)}0{chance.randint(10**7, 10**8 - 1)}" if known else "",
        call_back=known and chance.random() < 0.4,
    )
    submitted = services.opinion_submit(actor=actor, station=station, said=said, channel=case.channel)
    return submitted.opinion


def _towards_end(
    city: City, case: Case, opinion: Opinion, keeper: Actor, chance: random.Random, pool: list[UUID]
) -> Generator[datetime, None, None]:
    at = case.at + timedelta(days=4)
    if case.end == "refuse":
        services.opinion_move(
            actor=keeper, opinion=opinion, act="refuse", note="这件事属于合同纠纷，请到镇司法所或法院咨询。"
        )
        return
    if case.end == "suggestion":
        services.opinion_move(actor=keeper, opinion=opinion, act="offer")
        pool.append(opinion.id)
        return
    if case.end == "transfer":
        yield from _transferred(city, case, opinion, keeper, chance)
        at += timedelta(days=35)
    else:
        if case.end == "station":
            services.opinion_move(actor=keeper, opinion=opinion, act="take_up")
            at += timedelta(days=chance.randint(3, 12))
            yield at
        services.opinion_answer(
            actor=keeper, opinion=opinion, text="已现场看过，村里和管护单位一周内处理，有变化再告诉您。"
        )
    yield at + timedelta(days=1)
    opinion.refresh_from_db()
    if opinion.state not in {"answered", "replied"}:
        return
    services.opinion_feed_back(actor=keeper, opinion=opinion, text=opinion.answer or "已经办好，请您看看。")
    yield at + timedelta(days=chance.randint(2, 9))
    yield from _rated(opinion, keeper, chance, at)


def _transferred(
    city: City, case: Case, opinion: Opinion, keeper: Actor, chance: random.Random
) -> Generator[datetime, None, None]:
    unit = UNIT_OF[case.words.category]
    services.opinion_outgoing_check(actor=keeper, opinion=opinion, text=opinion.outgoing_text)
    services.opinion_transfer(actor=keeper, opinion=opinion, units=[unit])
    part = Assignment.objects.get(matter_id=opinion.id)
    clerk, head = city.staff[f"clerk:{unit}"], city.staff[f"head:{unit}"]
    at = case.at + timedelta(days=5)
    for days, actor, act, form in _unit_acts(case, chance, clerk, head):
        at += timedelta(days=days)
        yield at
        services.opinion_unit_act(actor=actor, assignment=part, act=act, form=form)


def _unit_acts(
    case: Case, chance: random.Random, clerk: Actor, head: Actor
) -> list[tuple[int, Actor, str, unit_forms.Form]]:
    reply = unit_forms.ReplyForm(
        reply_class="A",
        answers=["我局已到现场核实，已于本月安排维修完成，由张科长负责后续管护，涉及35户。"],
        publish_level="public",
        contact_person="张科长",
        contact_phone="0915-000-0000",
    )
    return [
        (chance.randint(1, 3), clerk, "accept", unit_forms.Accept(officer="孙经办", leader="周局长")),
        (chance.randint(1, 4), clerk, "start", unit_forms.Plan(plan="现场核实后一周内提出办法")),
        (chance.randint(4, 18), clerk, "draft_reply", reply),
        (1, head, "sign_reply", unit_forms.Form()),
    ]


def _rated(
    opinion: Opinion, keeper: Actor, chance: random.Random, at: datetime
) -> Generator[datetime, None, None]:
    draw = chance.random()
    if draw < 0.7:
        rating = "satisfied" if draw < 0.5 else "fair" if draw < 0.62 else "dissatisfied"
        services.opinion_evaluate(opinion=opinion, rating=rating, unresolved=rating == "dissatisfied")
    yield at + timedelta(days=15)
    services.opinion_close(actor=keeper, opinion=opinion)


def stations_by_village(villages: list[str]) -> dict[str, Station]:
    """Return each village's room."""
    rooms = Station.objects.filter(level="village", division_code__in=villages).select_related("parent")
    return {room.division_code: room for room in rooms}
