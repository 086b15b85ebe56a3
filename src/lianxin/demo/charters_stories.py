"""章程公约 of the demo city: two finished rounds, a third on its way, and one village at every stage."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from lianxin.charters import services
from lianxin.charters.models import CharterText
from lianxin.charters.services.register import Change, OldText, round_register
from lianxin.charters.workflow import Kind
from lianxin.common import clock
from lianxin.common.actor import RESIDENT, SYSTEM, Actor, Role, RoleIn
from lianxin.demo.charters_texts import CHARTER_CHANGES, COMMENTS, COVENANT_CHANGES, FINE
from lianxin.demo.city import LAMP_VILLAGE, City
from lianxin.demo.telling import Story
from lianxin.demo.villages_stories import ALL_VILLAGES, share
from lianxin.regions.loading import HOME6
from lianxin.villages.models import MeetingKind, VillageProfile
from lianxin.villages.reserved import Matter
from lianxin.villages.services.register import Held, HeldTopic, meetings_register

DONE, UNLAWFUL = 214, 5
"""Of the whole city: villages that are done in the third round, drafts with a planted unlawful clause."""
OLD = ((2013, "2013年章程公约修订"), (2018, "2018年章程公约修订"))
STAGES = ("draft", "commenting", "checking", "to_vote")


def stories(city: City, scale: str, now: datetime) -> list[Story]:
    """Return the one story of all texts."""
    return [_story(city, now)]


def _story(city: City, now: datetime) -> Story:
    yield now - timedelta(hours=2, minutes=30)
    chance = random.Random("charters")  # noqa: S311 - a demo, not a secret
    profiles = list(VillageProfile.objects.order_by("division_code"))
    for number, (year, name) in enumerate(OLD, 1):
        _finished(profiles, chance, number, year, name)
    done = _third(profiles, chance, now)
    _unfinished([row for row in profiles if row.division_code not in done], city, now)
    yield now - timedelta(hours=1, minutes=40)
    _at_work(city, now)


def _finished(
    profiles: list[VillageProfile], chance: random.Random, number: int, year: int, name: str
) -> None:
    texts = [
        OldText(
            row,
            kind,
            number,
            date(year, 6, 1) + timedelta(days=chance.randint(0, 190)),
            _changes(kind, chance),
        )
        for row in profiles
        for kind in Kind
    ]
    round_register(
        actor=SYSTEM,
        home6=HOME6,
        name=name,
        opened_on=date(year, 3, 1),
        due_on=date(year, 12, 20),
        closed_on=date(year, 12, 20),
        texts=texts,
    )


def _third(profiles: list[VillageProfile], chance: random.Random, now: datetime) -> set[str]:
    """Open the third round eight months ago; return the villages that are done."""
    others = [row for row in profiles if row.division_code != LAMP_VILLAGE]
    done = chance.sample(others, min(len(others), round(DONE * len(profiles) / ALL_VILLAGES)))
    today = clock.local_date(now)
    texts = [
        OldText(row, kind, 3, today - timedelta(days=chance.randint(5, 200)), _changes(kind, chance))
        for row in sorted(done, key=lambda row: row.division_code)
        for kind in Kind
    ]
    opened = today - timedelta(days=240)
    round_register(
        actor=SYSTEM,
        home6=HOME6,
        name=f"{opened.year}年章程公约修订",
        opened_on=opened,
        due_on=today + timedelta(days=120),
        closed_on=None,
        texts=texts,
    )
    return {row.division_code for row in done}


def _changes(kind: Kind, chance: random.Random) -> tuple[Change, ...]:
    known = COVENANT_CHANGES if kind is Kind.COVENANT else CHARTER_CHANGES
    return tuple(chance.sample(known, chance.randint(1, 3)))


def clerk_of(village: str) -> Actor:
    """Return the committee of a village that has no account in the demo."""
    return Actor(id=None, name="村委会", roles=(RoleIn(Role.VILLAGE, village),))


def town_of(village: str) -> Actor:
    """Return the town of a village."""
    return Actor(id=None, name="镇里", roles=(RoleIn(Role.PRESIDIUM, f"{village[:9]}000"),))


def _unfinished(profiles: list[VillageProfile], city: City, now: datetime) -> None:
    """Bring some villages to each stage; the first drafts hold a clause that no village may make."""
    rows = [row for row in profiles if row.division_code != LAMP_VILLAGE]
    villages = sum(len(city.villages[town]) for town in city.towns)
    unlawful = max(1, share(UNLAWFUL, villages))
    for place, row in enumerate(rows[: unlawful + max(3, share(24, villages))]):
        stage = "draft" if place < unlawful else STAGES[place % len(STAGES)]
        _one(row.division_code, stage, now, fine=place < unlawful)


def _one(village: str, stage: str, now: datetime, *, fine: bool) -> None:
    clerk = clerk_of(village)
    with clock.at(now - timedelta(days=12)):
        text = services.charter_start(actor=clerk, village=village, kind=Kind.COVENANT, source="current")
        _change(clerk, text, FINE if fine else COVENANT_CHANGES[0])
        if stage == "draft":
            return
        days = 30 if stage == "commenting" else 8
        until = clock.today() + timedelta(days=days)
        services.comments_open(actor=clerk, text=text, until=until)
    if stage in {"checking", "to_vote"}:
        with clock.at(now - timedelta(days=2)):
            services.check_ask(actor=clerk, text=text)
    if stage == "to_vote":
        with clock.at(now - timedelta(days=1)):
            services.check_pass(actor=town_of(village), text=text, note="没有发现与法律相抵触的条款。")


def _change(clerk: Actor, text: CharterText, change: Change) -> None:
    anchor, words, reason = change
    services.clause_change(actor=clerk, clause=text.clauses.get(anchor=anchor), words=words, reason=reason)


def _at_work(city: City, now: datetime) -> None:
    """Leave the tour's village with its charter read and two comments; two meetings have spoken of it."""
    clerk = city.staff["village"]
    with clock.at(now - timedelta(days=10)):
        text = services.charter_start(actor=clerk, village=LAMP_VILLAGE, kind=Kind.CHARTER, source="current")
        for change in CHARTER_CHANGES[1:]:
            _change(clerk, text, change)
        services.comments_open(actor=clerk, text=text, until=clock.today() + timedelta(days=8))
    with clock.at(now - timedelta(days=6)):
        for anchor, words, outcome, why in COMMENTS:
            clause = text.clauses.get(anchor=anchor)
            said = services.comment_say(actor=RESIDENT, text=text, words=words, clause=clause)
            if outcome:
                services.comment_settle(actor=clerk, comment=said, outcome=outcome, why=why)
    _meetings(now)


def _meetings(now: datetime) -> None:
    """Register one assembly that lacked its quorum and one that adopted the charter."""
    profile = VillageProfile.objects.get(division_code=LAMP_VILLAGE)
    half = profile.adults // 2 + 1
    rows = [
        _held(profile, now - timedelta(days=5), half - 17, "人来得不够，先听大家的意见。"),
        _held(profile, now - timedelta(days=1), half + 40, "逐条介绍改动后表决，结果当场公布。"),
    ]
    meetings_register(actor=SYSTEM, rows=rows, home6=HOME6)


def _held(profile: VillageProfile, at: datetime, present: int, minutes: str) -> Held:
    topic = HeldTopic("修订村民自治章程", Matter.CHARTER, round(present * 0.9))
    title = "修订章程的村民会议"
    return Held(profile, MeetingKind.ASSEMBLY, title, at, present, minutes, (topic,))
