"""村委会选举 of the demo city: the round of 2021, supervision committees, one draft with a slip."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor
from lianxin.demo.city import LAMP_VILLAGE, City
from lianxin.demo.names import person_name
from lianxin.demo.telling import Story
from lianxin.elections import services
from lianxin.elections.bodies import Appraisal, AppraisalResult, SupervisionMember, SupervisionReview
from lianxin.elections.counting import standing
from lianxin.elections.models import Candidate, VillageElection
from lianxin.elections.services.register import (
    HeldElection,
    HeldRound,
    Stood,
    elections_register,
    supervision_register,
)
from lianxin.regions.loading import HOME6
from lianxin.villages import services as village_services
from lianxin.villages.calendar import period_of
from lianxin.villages.models import FourTwo, MeetingTopic, VillageProfile

ANOTHER_ROUND, VOID, ALL = 5, 1, 309
"""Of all villages: those that needed another round, and the one whose first vote was void."""
FIRST_DAY = date(2021, 11, 25)
REVIEWED, APPRAISED = 0.9, 0.95


def stories(city: City, scale: str, now: datetime) -> list[Story]:
    """Return the round of 2021 and the draft of today."""
    return [_story(city, now)]


def _story(city: City, now: datetime) -> Story:
    yield now - timedelta(hours=2, minutes=30)
    chance = random.Random("elections")  # noqa: S311 - a demo, not a secret
    profiles = list(VillageProfile.objects.order_by("division_code"))
    elections_register(actor=SYSTEM, rows=_round_of_2021(profiles, chance), home6=HOME6)
    _supervision(profiles, chance)
    _draft_with_a_slip(city, now)
    _four_deliberations(city)


def _round_of_2021(profiles: list[VillageProfile], chance: random.Random) -> list[HeldElection]:
    """Return every village's election; the odd ones are villages, whose law is entered."""
    odd = [row.pk for row in profiles if not row.is_community and row.division_code != LAMP_VILLAGE]
    whole = len(profiles) == ALL
    chosen = chance.sample(odd, (ANOTHER_ROUND + VOID) if whole else 2)
    void, another = chosen[:1], chosen[1:]
    return [
        _held(row, chance, "void" if row.pk in void else "another" if row.pk in another else "")
        for row in profiles
    ]


def _held(profile: VillageProfile, chance: random.Random, fate: str) -> HeldElection:
    registered = round(profile.adults * 0.92)
    day = FIRST_DAY + timedelta(days=chance.randint(0, 36))
    returned = round(registered * chance.uniform(0.72, 0.94))
    seats = {"director": 1, "deputy_director": 1, "member": 1 if profile.adults < 1000 else 2}
    full = _totals(day, registered, returned, chance)
    if fate == "void":
        low = round(registered * 0.44)
        rounds: tuple[HeldRound, ...] = (
            HeldRound(day, low + 3, low, 2),
            HeldRound(day + timedelta(days=33), full.issued, full.returned, full.void, attempt=2),
        )
    elif fate == "another":
        later = HeldRound(day + timedelta(days=12), full.issued, full.returned, full.void, number=2)
        rounds = (full, later)
    else:
        rounds = (full,)
    return HeldElection(profile, registered, seats, rounds, _people(seats, rounds, fate, chance))


def _totals(day: date, registered: int, returned: int, chance: random.Random) -> HeldRound:
    issued = min(registered, returned + chance.randint(0, 9))
    return HeldRound(day, issued, returned, round(returned * chance.uniform(0, 0.02)))


def _people(
    seats: dict[str, int], rounds: tuple[HeldRound, ...], fate: str, chance: random.Random
) -> tuple[Stood, ...]:
    """Return one more than there are seats for each post."""
    found, used = [], set[str]()
    for post, count in seats.items():
        for place in range(count + 1):
            name = _fresh(used, chance)
            wins = place < count
            share = chance.uniform(0.58, 0.72) if wins else chance.uniform(0.12, 0.26)
            tight = fate == "another" and post == "director"
            votes = tuple(_votes(held, share, wins, tight, number) for number, held in enumerate(rounds))
            found.append(Stood(post, name, post == "deputy_director" or not wins, votes))
    return tuple(found)


def _votes(held: HeldRound, share: float, wins: bool, tight: bool, number: int) -> int | None:
    """Return the votes of one round: a tight first round leaves the post open, later only it is voted on."""
    valid = held.returned - held.void
    if tight and number == 0:
        return round(valid * (0.47 if wins else 0.44))
    if held.number > 1 and not tight:
        return None
    return round(valid * share)


def _fresh(used: set[str], chance: random.Random) -> str:
    name = person_name(chance)
    while name in used:
        name = person_name(chance)
    used.add(name)
    return name


def _supervision(profiles: list[VillageProfile], chance: random.Random) -> None:
    members, reviews, used = [], [], set[str]()
    today = clock.today()
    for row in profiles:
        used.clear()
        members += [_member(row, place, _fresh(used, chance)) for place in range(3)]
        for back in range(4):
            day = today - timedelta(days=91 * (back + 1))
            if row.division_code == LAMP_VILLAGE or chance.random() < REVIEWED:
                reviews.append(_review(row, day))
    appraisals, results = _appraisals(profiles, today.year - 1, chance)
    supervision_register(
        actor=SYSTEM,
        members=members,
        reviews=reviews,
        appraisals=appraisals,
        results=results,
        home6=HOME6,
    )


def _appraisals(
    profiles: list[VillageProfile], year: int, chance: random.Random
) -> tuple[list[Appraisal], list[AppraisalResult]]:
    """Return last year's appraisal of nearly every village; nobody was found unfit."""
    seated = Candidate.objects.exclude(elected_on=None).select_related("election").order_by("id")
    by_village: dict[str, list[Candidate]] = {}
    for one in seated:
        by_village.setdefault(one.election.division_code, []).append(one)
    appraisals, results = [], []
    for row in profiles:
        if row.division_code != LAMP_VILLAGE and chance.random() > APPRAISED:
            continue
        made = Appraisal(
            home6=row.home6,
            division_code=row.division_code,
            year=year,
            held_on=date(year, 12, 20),
            by_assembly=False,
            present=round(row.meeting_members * 0.8),
        )
        appraisals.append(made)
        results += [
            AppraisalResult(
                appraisal=made,
                candidate=one,
                unfit_votes=chance.randint(0, made.present // 6),
                is_unfit=False,
            )
            for one in by_village.get(row.division_code, [])
        ]
    return appraisals, results


def _member(row: VillageProfile, place: int, name: str) -> SupervisionMember:
    return SupervisionMember(
        home6=row.home6,
        division_code=row.division_code,
        name=name,
        is_head=place == 0,
        knows_finance=place == 1,
        since=FIRST_DAY + timedelta(days=60),
    )


def _review(row: VillageProfile, day: date) -> SupervisionReview:
    return SupervisionReview(
        home6=row.home6,
        division_code=row.division_code,
        period=period_of(day, "quarter").code,
        vouchers=12,
        text="看了本季度的票据和公示栏，账表相符，误工补贴要附名单。",
        reviewed_on=day,
    )


def _draft_with_a_slip(city: City, now: datetime) -> None:
    """Leave a by-election at its count, with more papers returned than issued."""
    clerk = city.staff["village"]
    with clock.at(now - timedelta(days=24)):
        row = services.election_open(
            actor=clerk, village=LAMP_VILLAGE, kind="by_election", seats={"member": 1}
        )
        names = ["贺守信", "乔玉珍", "文立新", "易长顺"]
        services.committee_set(actor=clerk, election=row, names=names, serving=3)
        services.registration_begin(actor=clerk, election=row)
        services.roll_register(actor=clerk, election=row, living_here=600, living_away=180)
        services.list_publish(actor=clerk, election=row, voting_on=clock.local_date(now - timedelta(days=2)))
        for name, woman in (("尹桂兰", True), ("常宝山", False)):
            services.candidate_add(actor=clerk, election=row, post="member", name=name, is_woman=woman)
    with clock.at(now - timedelta(days=2)):
        services.voting_open(actor=clerk, election=row, booths=2, tellers=5)
        _count_with_a_slip(city, row)


def _count_with_a_slip(city: City, row: VillageElection) -> None:
    people = [one for rows in standing(row).values() for one in rows]
    votes = {str(one.pk): got for one, got in zip(people, (402, 188), strict=True)}
    services.round_count(
        actor=city.staff["village"],
        election=row,
        issued=590,
        returned=598,
        valid=594,
        void=4,
        votes=votes,
    )


def _four_deliberations(city: City) -> None:
    """Leave one matter of that village after its third step, and one that has gone all the way."""
    clerk, today = city.staff["village"], clock.today()
    decided = MeetingTopic.objects.filter(meeting__division_code=LAMP_VILLAGE, shown_on__isnull=False)
    topic = decided.select_related("meeting").order_by("decided_on")[0]
    first = topic.decided_on or today
    matter = village_services.four_two_open(actor=clerk, village=LAMP_VILLAGE, title=topic.title)
    days = (first - timedelta(days=20), first - timedelta(days=15), first - timedelta(days=6))
    _three_steps(clerk, matter, days)
    village_services.four_two_note(actor=clerk, matter=matter, step="decide", held_on=first, topic=topic)
    for step, after in (("show_decision", 1), ("show_result", 30)):
        on = min(today, first + timedelta(days=after))
        village_services.four_two_note(
            actor=clerk, matter=matter, step=step, held_on=on, text="贴在村委会和三个组的公示栏。"
        )
    waiting = village_services.four_two_open(actor=clerk, village=LAMP_VILLAGE, title="添置垃圾清运车")
    _three_steps(clerk, waiting, (today - timedelta(days=9), today - timedelta(days=6), today))


def _three_steps(clerk: Actor, matter: FourTwo, days: tuple[date, date, date]) -> None:
    said = (
        "支委会提出，先听了各组意见。",
        "两委会商量了办法和预算。",
        "党员大会审议，同意提交村民代表会议。",
    )
    for step, on, text in zip(("propose", "confer", "party"), days, said, strict=True):
        village_services.four_two_note(
            actor=clerk, matter=matter, step=step, held_on=on, text=text, members=32, present=27, in_favour=25
        )
