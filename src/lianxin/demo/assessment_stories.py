"""Yearly files, leave, honours and meetings of the demo city; every score arises from records."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor, Role
from lianxin.demo.assessment_texts import DEEDS, GROUP_VIEWS, MEETINGS, OBJECTIONS, REASONS
from lianxin.demo.city import TOUR_TOWN, City
from lianxin.demo.telling import Story
from lianxin.duties.assessing import deciding, files, objections
from lianxin.duties.assessing.registering import PastResult, results_register
from lianxin.duties.flows import excellence, meetings
from lianxin.duties.flows.meetings import Promised
from lianxin.duties.models import ExcellenceBid, MeetingRequest, YearlyFile
from lianxin.duties.services.posting import NewDuty, duties_register
from lianxin.people.actors import actor_of
from lianxin.people.models import Deputy, DeputyGroup
from lianxin.regions.loading import CITY

ROLLING = 366
"""Days of which other rooms tell; what lies before them in last year is told here, in bulk."""
KINDS = (
    ("household_visit", 21, "走访结对户"),
    ("voter_reception", 4.6, "在站接待选民"),
    ("field_diary", 13, "民情日记"),
    ("group_activity", 4.5, "参加小组活动"),
    ("inspection", 2.2, "参加视察调研"),
    ("training", 1.4, "参加学习培训"),
    ("session_attendance", 1, "参加人代会"),
)
"""What a diligent deputy does in a year."""
HONOURS, MEETING_DAYS = 15, 11


def stories(city: City, scale: str, now: datetime) -> list[Story]:
    """Return the stories of this room."""
    told = [_past_year(city, now), _this_year(city, now)]
    told += [_honour(city, n, now) for n in range(HONOURS)]
    told += [_notice(city, now)]
    told += [_meeting(city, n, now) for n in range(MEETING_DAYS)]
    return told


def _everybody(city: City) -> list[Deputy]:
    found = {deputy.pk: deputy for pairs in city.deputies.values() for _, deputy in pairs}
    return sorted(found.values(), key=lambda deputy: str(deputy.pk))


def _past_year(city: City, now: datetime) -> Story:
    """Last year: its early months enter in bulk, its files are scored, decided and archived."""
    year = now.year - 1
    people = _everybody(city)
    yield clock.day_start(date(year, 12, 20)) + timedelta(hours=9)
    duties_register(actor=SYSTEM, rows=_year_before(people, year, now.date(), city.chance.randrange(10**6)))
    _leaves(city, year)
    yield now - timedelta(days=9, hours=14)
    files.files_open(actor=SYSTEM, deputies=people, year=year)
    yield from _tour_files(city, year, now)
    yield now - timedelta(hours=13)
    for body in (CITY, *city.towns):
        _archive(city, body, year)


def _year_before(people: list[Deputy], year: int, today: date, seed: int) -> list[NewDuty]:
    """Return what was done last year before the days of which other rooms tell."""
    chance = random.Random(seed)  # noqa: S311 - a demo, not a secret
    first = date(year, 1, 1)
    days = (min(today - timedelta(days=ROLLING), date(year, 12, 31)) - first).days
    rows: list[NewDuty] = []
    for deputy in people:
        zeal = max(0.3, min(1.25, chance.gauss(0.95, 0.14)))
        for kind, usual, title in KINDS:
            size = round(usual * zeal * max(0, days) / 365 + chance.random() - 0.5)
            rows += [_done(chance, deputy, kind, title, first, days) for _ in range(max(0, size))]
    return sorted(rows, key=lambda row: row.on)


def _done(chance: random.Random, deputy: Deputy, kind: str, title: str, first: date, days: int) -> NewDuty:
    on = first + timedelta(days=chance.randrange(days + 1))
    return NewDuty(
        deputy_id=deputy.pk,
        kind=kind,
        on=on,
        home6=deputy.home6,
        division_code=deputy.division_code,
        title=title,
        online=chance.random() < 0.8,
        at=clock.day_start(on) + timedelta(hours=18),
    )


def _leaves(city: City, year: int) -> None:
    """Enter six deputies' leave: two maternity leaves, four of illness."""
    people = _plain_deputies(city, city.towns[0])
    for n, (_, deputy) in enumerate(people[3:9]):
        begin = date(year, 2 + n, 1)
        kind, length = ("maternity", 158) if n < 2 else ("sick", 60)
        deciding.leave_enter(
            actor=city.staff["office"],
            deputy=deputy,
            kind=kind,
            begins_on=begin,
            ends_on=begin + timedelta(days=length),
        )


def _plain_deputies(city: City, town: str) -> list[tuple[Actor, Deputy]]:
    """Return deputies of a town who sit there only and have no account of the tour."""
    named = {str(actor.id) for actor in city.staff.values()}
    return [
        (actor, deputy)
        for actor, deputy in city.deputies[town]
        if len(actor.roles) == 1 and str(actor.id) not in named
    ]


def _tour_files(city: City, year: int, now: datetime) -> Story:
    """Let the tour's town stand at every step: to check, three objections open, the group, the decision."""
    desk = city.staff[f"presidium:{TOUR_TOWN}"]
    people = _plain_deputies(city, TOUR_TOWN)[9:16]
    mine = next(pair for pair in city.deputies[TOUR_TOWN] if pair[0].id == city.staff["deputy_town"].id)
    for _, deputy in [mine, *people]:
        files.file_generate(actor=desk, file=_file(deputy, year))
    yield now - timedelta(days=3, hours=14)
    for (actor, deputy), (item, words) in zip(people[:3], OBJECTIONS, strict=True):
        objections.file_object(actor=actor, file=_file(deputy, year), item=item, reason=words)
    for actor, deputy in people[3:6]:
        files.file_confirm(actor=actor, file=_file(deputy, year))
    yield now - timedelta(days=2, hours=14)
    for _, deputy in people[4:6]:
        deciding.file_comment(actor=desk, file=_file(deputy, year), words=GROUP_VIEWS[0])
    deciding.file_decide(
        actor=desk, file=_file(people[5][1], year), result="competent", reason=REASONS["competent"]
    )


def _file(deputy: Deputy, year: int) -> YearlyFile:
    return YearlyFile.objects.select_related("deputy").get(deputy=deputy, year=year)


def _archive(city: City, body: str, year: int) -> None:
    """Enter what a body decided on paper: people weigh the whole file, the score is one part of it."""
    desk = city.staff["office"] if body == CITY else city.staff[f"presidium:{body}"]
    waiting = YearlyFile.objects.filter(year=year, body_code=body, state="accruing").order_by("-points", "id")
    found = list(waiting.values_list("deputy_id", flat=True))
    rows = []
    for place, deputy in enumerate(found):
        result = "excellent" if place < len(found) // 5 else "competent"
        view = GROUP_VIEWS[place % len(GROUP_VIEWS)]
        rows.append(PastResult(deputy, result, REASONS[result], view, clock.today()))
    results_register(actor=desk, year=year, rows=rows)


def _this_year(city: City, now: datetime) -> Story:
    """Open this year's files, so that everybody sees where he stands."""
    yield now - timedelta(hours=1)
    files.files_open(actor=SYSTEM, deputies=_everybody(city), year=now.year)


def _honour(city: City, n: int, now: datetime) -> Story:
    """One honour of this year: nominated, recommended, on notice, given."""
    town = city.towns[n % len(city.towns)]
    actor, deputy = _plain_deputies(city, town)[16 + n // len(city.towns)]
    desk = city.staff[f"presidium:{town}"]
    yield now - timedelta(days=60 - n, hours=14)
    row = excellence.excellence_nominate(actor=actor, statement=DEEDS[n % len(DEEDS)])
    yield now - timedelta(days=50 - n, hours=14)
    row = excellence.excellence_recommend(actor=_leader(deputy, desk), row=row, words="小组讨论后一致推荐。")
    yield now - timedelta(days=45 - n, hours=14)
    row = excellence.excellence_notice(actor=desk, row=_bid(row))
    yield now - timedelta(days=30 - n, hours=14)
    excellence.excellence_confirm(actor=desk, row=_bid(row))


def _leader(deputy: Deputy, desk: Actor) -> Actor:
    """Return the leader of the deputy's group; for a leader himself the presidium writes."""
    group = DeputyGroup.objects.filter(members__deputy=deputy, members__valid_to=None).first()
    leader = group.leader if group else None
    if leader is None or leader.pk == deputy.pk or leader.account is None:
        return desk
    found = actor_of(leader.account)
    return found if found.has(Role.DEPUTY) else desk  # members of higher congresses may lead as well


def _bid(row: ExcellenceBid) -> ExcellenceBid:
    return ExcellenceBid.objects.select_related("deputy").get(pk=row.pk)


def _notice(city: City, now: datetime) -> Story:
    """One honour on notice today, with an objection that waits."""
    actor, deputy = _plain_deputies(city, TOUR_TOWN)[-1]
    desk = city.staff[f"presidium:{TOUR_TOWN}"]
    yield now - timedelta(days=6, hours=14)
    row = excellence.excellence_nominate(actor=actor, statement=DEEDS[0])
    row = excellence.excellence_recommend(actor=_leader(deputy, desk), row=row, words="小组讨论后一致推荐。")
    yield now - timedelta(days=2, hours=14)
    row = excellence.excellence_notice(actor=desk, row=_bid(row))
    yield now - timedelta(days=1, hours=14)
    words = "群众打电话说有两次走访没有到户，请核实。"
    excellence.excellence_object(actor=city.keeper(TOUR_TOWN), row=_bid(row), text=words, came_by="phone")


def _meeting(city: City, n: int, now: datetime) -> Story:
    """One meeting with the head of an organ; later ones stand at earlier steps."""
    plan = MEETINGS[n % len(MEETINGS)]
    actor = city.deputies[CITY][20 + n][0] if len(city.deputies[CITY]) > 20 + n else city.deputies[CITY][n][0]
    desk = city.staff["office"]
    begin = now - timedelta(days=240 - 22 * n, hours=14)
    yield begin
    row = meetings.meeting_request(
        actor=actor, organ=plan.organ, whom="局长", topic=plan.topic, question=plan.question
    )
    yield begin + timedelta(days=2)
    if n == 3:
        meetings.meeting_reject(
            actor=desk, row=_row(row), ground="judicial", words="这件事正在法院审理，不宜约见。"
        )
        return
    meetings.meeting_screen(actor=desk, row=_row(row))
    yield begin + timedelta(days=4)
    day = clock.today() + timedelta(days=8)
    meetings.meeting_schedule(actor=desk, row=_row(row), meet_on=day, place="市人大常委会会议室")
    yield from _held(city, actor, plan.promise, row, begin, n)


def _held(city: City, actor: Actor, promise: str, row: MeetingRequest, begin: datetime, n: int) -> Story:
    desk = city.staff["office"]
    yield begin + timedelta(days=13)
    came, name = ("delegate", "分管副局长") if n % 3 == 1 else ("head", "局长")
    due = clock.today() + timedelta(days=90)
    meetings.meeting_hold(
        actor=desk,
        row=_row(row),
        came=came,
        came_name=name,
        minutes=f"{name}介绍了情况，逐条回答了代表的问题，答应{promise}。",
        on_spot=n % 2 == 0,
        promises=[Promised(promise, due, name)],
    )
    yield begin + timedelta(days=25)
    if n % 2:
        meetings.meeting_answer(actor=desk, row=_row(row), answer=f"来函答复：已安排{promise}，按月报进展。")
    yield begin + timedelta(days=28)
    meetings.meeting_rate(actor=actor, row=_row(row), rating="satisfied")
    yield begin + timedelta(days=30)
    meetings.meeting_close(actor=desk, row=_row(row))
    yield begin + timedelta(days=100)
    kept = _row(row).promises.get()
    meetings.meeting_promise_keep(actor=desk, row=_row(row), promise=kept.pk, proof="现场看过，已经办好。")


def _row(row: MeetingRequest) -> MeetingRequest:
    return MeetingRequest.objects.select_related("deputy__account").get(pk=row.pk)
