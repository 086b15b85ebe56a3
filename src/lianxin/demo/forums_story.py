"""Forums of the demo city: the first one of August 2021 with 42 = 8 + 34, those after it, one live today."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lianxin.activities.services import presence_tick
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.demo.city import City
from lianxin.demo.forums_accounts import accounts_open
from lianxin.demo.forums_texts import (
    FIRST,
    LATER,
    LIVE,
    LIVE_THEME,
    LIVE_TITLE,
    ON_SPOT,
    PAPER,
    PLACES,
    POINTS,
    SPOT,
    WRITTEN,
)
from lianxin.demo.shares import in_turns
from lianxin.demo.telling import Story
from lianxin.handling.actions import BOOK
from lianxin.handling.models import Assignment
from lianxin.meetings import services
from lianxin.meetings.models import Forum, ForumItem
from lianxin.meetings.selectors import minutes_text
from lianxin.meetings.services.step import forum_gathering
from lianxin.regions.loading import CITY

FIRST_AT = datetime(2021, 8, 18, 9, tzinfo=clock.SHANGHAI)
SHARES = (5, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3)
"""How many items each of the twelve deputies of the first forum brought: 42."""
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Plan:
    """One forum to tell: what each department is asked, how many it answers in the hall."""

    title: str
    theme: str
    at: datetime
    items: tuple[tuple[str, str], ...]
    spot: dict[str, int]
    seed: str


def forums(city: City, scale: str, now: datetime) -> list[Story]:
    """Return one story for each forum; the small city has the first and the live one."""
    plans = [_first(), *(_later(now) if scale == "full" else [])]
    return [*(_story(city, plan) for plan in plans), _live(city, now)]


def _first() -> Plan:
    items = tuple((unit, text) for unit, texts in FIRST.items() for text in texts)
    return Plan("首期代表知情议政会", "农业农村", FIRST_AT, items, dict(SPOT), "first")


def _later(now: datetime) -> list[Plan]:
    """Return the later forums, the newest half a year ago or more, so that their letters are answered."""
    found = []
    for place, (title, theme, units) in enumerate(LATER):
        at = now - timedelta(days=170 + 120 * (len(LATER) - place)) + timedelta(hours=9)
        items = tuple(
            (unit, point.format(place=PLACES[(n + turn) % len(PLACES)]))
            for turn, unit in enumerate(units)
            for n, point in enumerate(POINTS)
        )
        found.append(Plan(title, theme, at, items, {units[0]: 3, units[1]: 2}, title))
    return found


def _people(city: City, seed: str, count: int) -> list[Actor]:
    """Return so many of the city's deputies, those of the tour first."""
    chance = random.Random(seed)  # noqa: S311 - a demo, not a secret
    tour = [city.staff["deputy_city"], city.staff["deputy_city2"]]
    known = {one.id for one in tour}
    others = [one for one, _ in city.deputies[CITY] if one.id not in known]
    return tour + chance.sample(others, count - len(tour))


def _row_of(city: City) -> dict[object, object]:
    return {actor.id: row for actor, row in city.deputies[CITY]}


def _prepared(city: City, plan: Plan, people: Sequence[Actor]) -> Forum:
    office, rows = city.staff["office"], _row_of(city)
    forum = services.forum_plan(
        actor=office,
        division_code=CITY,
        title=plan.title,
        theme=plan.theme,
        held_at=plan.at,
        place="市人大常委会一楼会议室",
    )
    forum = services.roster_enter(
        actor=office,
        forum=forum,
        deputies=[rows[one.id].pk for one in people],  # type: ignore[attr-defined] # rows are deputies
        units=list(dict.fromkeys(unit for unit, _ in plan.items)),
    )
    services.paper_add(actor=office, forum=forum, title=f"{plan.theme}情况通报", text=PAPER)
    return services.forum_notify(actor=office, forum=_again(forum))


def _again(forum: Forum) -> Forum:
    return Forum.objects.get(pk=forum.pk)


def _fresh(item: ForumItem) -> ForumItem:
    return ForumItem.objects.select_related("forum", "deputy__account").get(pk=item.pk)


def _read(city: City, forum: Forum, people: Sequence[Actor]) -> None:
    for one in people:
        services.papers_read(actor=one, forum=_again(forum))
    for unit in forum.units.values_list("unit", flat=True):
        services.papers_read(actor=city.staff[f"head:{unit}"], forum=_again(forum))


def _opened(city: City, forum: Forum) -> Forum:
    """Begin: everybody signs in."""
    office = city.staff["office"]
    forum = services.forum_begin(actor=office, forum=_again(forum))
    event = forum_gathering(forum)
    assert event is not None
    for row in forum.deputies.select_related("deputy"):
        presence_tick(actor=office, event=event, deputy=row.deputy)
    for unit in forum.units.values_list("unit", flat=True):
        head = city.staff[f"head:{unit}"]
        services.unit_sign_in(actor=head, forum=_again(forum), unit=unit, attendee=head.name)
    return forum


def _said(city: City, forum: Forum, plan: Plan, people: Sequence[Actor]) -> Iterator[ForumItem]:
    """Write the ledger: the deputies take turns until each has said his share."""
    rows, left = _row_of(city), list(_shares(len(people), len(plan.items)))
    turn = 0
    queues: dict[str, list[str]] = {}
    for unit, text in plan.items:
        queues.setdefault(unit, []).append(text)
    order = in_turns(queues)
    for place, (unit, text) in enumerate(order):
        while not left[turn % len(people)]:
            turn += 1
        speaker = people[turn % len(people)]
        left[turn % len(people)] -= 1
        turn += 1
        recorder = city.staff["office" if place % 2 else "office2"]
        yield services.item_note(
            actor=recorder,
            forum=_again(forum),
            deputy=rows[speaker.id].pk,  # type: ignore[attr-defined] # rows are deputies
            units=[unit],
            text=text,
            anyway=True,
        )


def _shares(people: int, items: int) -> Sequence[int]:
    if people == len(SHARES) and items == sum(SHARES):
        return SHARES
    return [items // people + (place < items % people) for place in range(people)]


def _answered(city: City, item: ForumItem, unit: str, on_spot: bool) -> None:
    head = city.staff[f"head:{unit}"]
    if not on_spot:
        services.item_defer(actor=head, item=_fresh(item))
        return
    services.item_answer(actor=head, item=_fresh(item), text=ON_SPOT)
    services.item_judge(actor=city.staff["office"], item=_fresh(item), agree=True)


def _story(city: City, plan: Plan) -> Story:
    yield plan.at - 14 * DAY
    people = _people(city, plan.seed, 12)
    forum = _prepared(city, plan, people)
    yield plan.at - 3 * DAY
    _read(city, forum, people)
    yield plan.at
    _opened(city, forum)
    left = dict(plan.spot)
    for item in _said(city, forum, plan, people):
        unit = item.units.get().unit
        _answered(city, item, unit, left.get(unit, 0) > 0)
        left[unit] = left.get(unit, 0) - 1
    yield plan.at + timedelta(hours=3)
    _closed(city, forum)
    yield plan.at + 2 * DAY
    services.forum_hand_over(actor=city.staff["office"], forum=_again(forum))
    yield from _replied(city, forum, plan)
    yield from _rehandled(city, forum, plan)
    yield plan.at + 100 * DAY
    services.forum_move(actor=city.staff["office"], forum=_again(forum), act="follow_up")


def _closed(city: City, forum: Forum) -> None:
    office = city.staff["office"]
    services.forum_move(actor=office, forum=_again(forum), act="end")
    services.minutes_draft(actor=office, forum=_again(forum), minutes=minutes_text(_again(forum)))
    services.forum_close(actor=city.staff["leader"], forum=_again(forum))


def _replied(city: City, forum: Forum, plan: Plan) -> Story:
    """Let each department answer its items within three to five weeks, and each deputy rate them."""
    chance = random.Random(f"replies {plan.seed}")  # noqa: S311 - a demo, not a secret
    actors = {row.pk: actor for actor, row in city.deputies[CITY]}
    numbers = {item.pk: item.number for item in forum.items.all()}
    parts = Assignment.objects.filter(matter_kind="forum", matter_id__in=numbers)
    by_unit: dict[str, list[Assignment]] = {}
    for part in sorted(parts, key=lambda one: numbers[one.matter_id]):
        by_unit.setdefault(part.unit_code, []).append(part)
    for unit, mine in sorted(by_unit.items()):
        yield plan.at + (20 + 2 * sorted(by_unit).index(unit)) * DAY
        for part in mine:
            _reply(city, unit, part, chance)
    yield plan.at + 34 * DAY
    for item in forum.items.filter(state="replied").order_by("number"):
        _rate(actors[item.deputy_id], _fresh(item), chance)


def _rehandled(city: City, forum: Forum, plan: Plan) -> Story:
    """Give back what a deputy was not satisfied with; the department answers anew and he is content."""
    chance = random.Random(f"again {plan.seed}")  # noqa: S311 - a demo, not a secret
    actors = {row.pk: actor for actor, row in city.deputies[CITY]}
    yield plan.at + 37 * DAY
    refused = list(forum.items.filter(state="dissatisfied").order_by("number"))
    for item in refused:
        services.item_order_again(actor=city.staff["office"], item=_fresh(item))
    yield plan.at + 55 * DAY
    for item in refused:
        parts = Assignment.objects.filter(matter_kind="forum", matter_id=item.pk, round=2)
        for part in parts.order_by("unit_code"):
            _reply(city, part.unit_code, part, chance)
    yield plan.at + 58 * DAY
    for item in refused:
        services.item_rate(actor=actors[item.deputy_id], item=_fresh(item), rating="satisfied")


def _reply(city: City, unit: str, part: Assignment, chance: random.Random) -> None:
    clerk, head = city.staff[f"clerk:{unit}"], city.staff[f"head:{unit}"]
    letter = chance.choices("ABC", (58, 31, 11))[0]
    due = clock.today() + 120 * DAY
    promise = {"promise_text": "按计划办成", "promise_due": due, "promise_person": head.name}
    reply = {
        "reply_class": letter,
        "answers": [WRITTEN[letter]],
        "publish_level": "public",
        "contact_person": clerk.name,
        **(promise if letter == "B" else {}),
        **({"reason": "目前没有资金来源。"} if letter == "C" else {}),
    }
    steps: tuple[tuple[str, Actor, dict[str, object]], ...] = (
        ("accept", clerk, {"officer": clerk.name, "leader": head.name}),
        ("start", clerk, {"plan": "到现场看一遍，再定办法。"}),
        ("draft_reply", clerk, reply),
        ("sign_reply", head, {"version": 1}),
    )
    for act, who, typed in steps:
        services.forum_unit_act(actor=who, assignment=part, act=act, form=BOOK.form(act, typed))
        part.refresh_from_db()


def _rate(who: Actor, item: ForumItem, chance: random.Random) -> None:
    rating = chance.choices(("satisfied", "basically", "unsatisfied"), (83, 14, 3))[0]
    note = "答复里没有写什么时候办。" if rating == "unsatisfied" else ""
    services.item_rate(actor=who, item=item, rating=rating, note=note)


def _live(city: City, now: datetime) -> Story:
    """Leave one forum running today with 17 items: some answered, some waiting for a word or an answer."""
    plan = Plan(LIVE_TITLE, LIVE_THEME, now + timedelta(hours=9), LIVE, {}, "live")
    yield now - 10 * DAY
    accounts_open(city)
    people = _people(city, plan.seed, 12)
    forum = _prepared(city, plan, people)
    yield now - 2 * DAY
    _read(city, forum, people[:10])
    yield now - timedelta(minutes=5)
    with clock.at(now + timedelta(minutes=1)):
        _opened(city, forum)
        items = list(_said(city, forum, plan, people))
        for item in items[:9]:
            _answered(city, item, item.units.get().unit, on_spot=item.number in (2, 5, 8))
        waiting = items[12]
        unit = waiting.units.get().unit
        services.item_answer(actor=city.staff[f"head:{unit}"], item=_fresh(waiting), text=ON_SPOT)
