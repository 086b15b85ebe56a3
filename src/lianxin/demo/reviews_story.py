"""Duty reports of the tour's town from plan to filing: last year's are filed, two wait, four are tested."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from lianxin.ballots.services import PastBallot, ballots_register
from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor
from lianxin.demo.city import TOUR_TOWN, City
from lianxin.demo.telling import Story
from lianxin.meetings import services
from lianxin.meetings.models import DutyReview, ReviewMeeting
from lianxin.meetings.services.review_step import ABOUT
from lianxin.meetings.services.reviews import GRADES, options_of
from lianxin.people.models import Deputy
from lianxin.regions.loading import HOME6
from lianxin.regions.selectors import place_name

REPORTING = 4
Pair = tuple[Actor, Deputy]
REPORTS = (
    "这一年走访结对户二十户次，在联络站接待选民四次，提出建议一件，帮助合作社办成冷库用电改价。不足是对政策学得不深，有的话当场答不上来，今后每月学一次，带着政策本下组。",
    "这一年走访结对户二十三户次，接待选民五次，牵头把二组入户路的边沟清通。不足是到偏远的三组、四组去得少，回访不及时，今后每季度至少去两次，当面说清办到哪一步。",
    "这一年接待选民四次，记民情日记十三篇，提出建议两件，一件已经办成。不足是建议调研不够细，数字有的靠估，今后先到现场量一量、数一数再写。",
    "这一年走访结对户十九户次，参加执法检查一次，和村上一起把路灯装到了桥头。不足是和在外务工的选民联系少，今后用电话和返乡时节补上。",
)
FEEDBACK = (
    "选民希望多讲政策，少讲客气话；接待时答不上来的要在十天内回话。",
    "三组、四组选民反映一年只见到代表一次，希望多去；边沟清通后要管住不再堵。",
    "建议里的数字要核实，办成的一件要向提意见的选民当面回告。",
    "希望主动联系在外务工的选民，路灯的管护要有人负责。",
)
PLANS = (
    "每月学习一次，列出常问的二十个问题；接待记录单写明回话日期，十天内回话，年底对账。",
    "每季度到三组、四组各走访一次并贴条告知；和村上商定边沟每月清一次，三月底前定人。",
    "写建议前先到现场，数字两人核对；两个月内向提意见的七户逐户回告。",
    "建立在外务工选民电话簿，每季度通一次话；四月底前和村上签路灯管护约定。",
)
DONE = (
    "学习五次，二十个问题印成小册放在站里；接待记录单逐件写了回话日期，没有超期的。",
    "已到三组、四组各两次；边沟定了两名护路员，两个月没有再堵。",
    "两件建议的数字已和村会计核对；七户已逐户回告，五户表示满意，两户的新意见已转站里。",
    "电话簿记下四十一人，通话三十六人；路灯管护约定已签，由电工李师傅负责。",
)
NOT_YET = "路灯管护约定还没有签，请签好后再报。"


def reviews(city: City, now: datetime) -> list[Story]:
    """Return the flows: last year's four, two of this autumn that wait, and today's."""
    return [_last_year(city, now), _this_autumn(city, now), _for_today(city, now)]


def untold(city: City) -> list[Pair]:
    """Return the tour town's deputies who have no other part in the tour."""
    known = {str(actor.id) for actor in city.staff.values()}
    return [pair for pair in city.deputies[TOUR_TOWN] if str(pair[0].id) not in known]


def meeting_of_today() -> ReviewMeeting:
    """Return the meeting whose secret test stands ready today."""
    return ReviewMeeting.objects.filter(division_code=TOUR_TOWN).latest("held_on")


def votes_of(valid: int, chance: random.Random) -> dict[str, int]:
    """Return how so many valid papers fall into the grades."""
    satisfied = round(valid * chance.uniform(0.62, 0.9))
    basically = round((valid - satisfied) * chance.uniform(0.5, 0.9))
    dissatisfied = round((valid - satisfied - basically) * 0.4)
    return {
        "satisfied": satisfied,
        "basically_satisfied": basically,
        "dissatisfied": dissatisfied,
        "unknown": valid - satisfied - basically - dissatisfied,
        "unmarked": 0,
    }


def _host(city: City) -> Actor:
    return city.staff[f"presidium:{TOUR_TOWN}"]


def _planned(city: City, pairs: list[Pair], held_on: date, called: str) -> ReviewMeeting:
    return services.review_meeting_plan(
        actor=_host(city),
        division_code=TOUR_TOWN,
        title=f"{place_name(TOUR_TOWN)}{held_on.year}年{called}",
        held_on=held_on,
        place="镇人大会议室",
        deputies=[deputy.pk for _actor, deputy in pairs],
    )


def _of(meeting: ReviewMeeting, pair: Pair) -> DutyReview:
    return meeting.reviews.select_related("deputy", "meeting").get(deputy=pair[1])


def _published(meeting: ReviewMeeting, pairs: list[Pair]) -> None:
    for place, pair in enumerate(pairs):
        services.review_publish(actor=pair[0], review=_of(meeting, pair), report=REPORTS[place])


def _tested(city: City, meeting: ReviewMeeting) -> None:
    """Enter the paper test of the day: two tellers' sums, nobody's paper."""
    chance = random.Random(f"reviews {meeting.held_on}")  # noqa: S311 - a demo, not a secret
    everybody = len(city.deputies[TOUR_TOWN])
    present = everybody - chance.randint(2, 5)
    options = options_of(list(meeting.reviews.filter(state="report_out").select_related("deputy")))
    past = PastBallot(
        body=TOUR_TOWN,
        purpose="duty_review",
        subject=f"{meeting.held_on.year}年代表述职测评",
        session=meeting.title,
        held_on=meeting.held_on,
        options=options,
        method=GRADES,
        electorate=everybody,
        present=present,
        issued=present,
        returned=present,
        void=0,
        votes={one.key: votes_of(present, chance) for one in options},
        chair=_host(city).name,
        about_kind=ABOUT,
        about_id=meeting.pk,
    )
    ballots_register(actor=SYSTEM, rows=[past], home6=HOME6)


def _fed_back(city: City, meeting: ReviewMeeting, pairs: list[Pair]) -> None:
    for place, pair in enumerate(pairs):
        services.review_feed_back(actor=_host(city), review=_of(meeting, pair), feedback=FEEDBACK[place])


def _last_year(city: City, now: datetime) -> Story:
    held_on = date(clock.local_date(now).year - 1, 11, 18)
    at, pairs = clock.day_start(held_on) + timedelta(hours=9), untold(city)[-REPORTING:]
    yield at - timedelta(days=20)
    meeting = _planned(city, pairs, held_on, "代表述职评议会")
    yield at - timedelta(days=10)
    _published(meeting, pairs)
    yield at
    _tested(city, meeting)
    yield at + timedelta(days=5)
    _fed_back(city, meeting, pairs)
    yield at + timedelta(days=24)
    for place, pair in enumerate(pairs):
        services.review_hand_in(actor=pair[0], review=_of(meeting, pair), plan=PLANS[place])
    yield at + timedelta(days=90)
    for place, pair in enumerate(pairs):
        services.review_report_back(actor=pair[0], review=_of(meeting, pair), done=DONE[place])
    yield at + timedelta(days=94)
    for pair in pairs[:-1]:
        services.review_accept(actor=_host(city), review=_of(meeting, pair), remark="整改到位，同意归档。")
    services.review_send_back(actor=_host(city), review=_of(meeting, pairs[-1]), note=NOT_YET)
    yield at + timedelta(days=112)
    services.review_report_back(actor=pairs[-1][0], review=_of(meeting, pairs[-1]), done=DONE[-1])
    yield at + timedelta(days=115)
    services.review_accept(actor=_host(city), review=_of(meeting, pairs[-1]), remark="约定已签，同意归档。")


def _this_autumn(city: City, now: datetime) -> Story:
    """Two who could not come in their turn: the tour's deputy owes a plan, the other's report waits."""
    tour = next(pair for pair in city.deputies[TOUR_TOWN] if pair[0].id == city.staff["deputy_town"].id)
    pairs, at = [tour, untold(city)[-REPORTING - 1]], now - timedelta(days=24)
    yield at - timedelta(days=15)
    meeting = _planned(city, pairs, clock.local_date(at), "代表补述职评议会")
    yield at - timedelta(days=9)
    _published(meeting, pairs)
    yield at
    _tested(city, meeting)
    yield at + timedelta(days=3)
    _fed_back(city, meeting, pairs)
    yield at + timedelta(days=8)
    services.review_hand_in(actor=pairs[1][0], review=_of(meeting, pairs[1]), plan=PLANS[1])
    yield now - timedelta(days=2)
    services.review_report_back(actor=pairs[1][0], review=_of(meeting, pairs[1]), done=DONE[1])


def _for_today(city: City, now: datetime) -> Story:
    """The four of today's meeting: their reports are public, the test is prepared by `ballots_stories`."""
    pairs = untold(city)[:REPORTING]
    yield now - timedelta(days=15)
    meeting = _planned(city, pairs, clock.local_date(now), "代表述职评议会")
    yield now - timedelta(days=9)
    _published(meeting, pairs)
