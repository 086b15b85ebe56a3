"""Votes of the demo city: two years of tested duty reports in the towns, and one test prepared for today.

The tour's town has its last test and today's as parts of whole flows: see `reviews_story`.
"""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from lianxin.ballots import services
from lianxin.ballots.services import SATISFACTION, Method, NewOption, PastBallot
from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor
from lianxin.demo import evote_story
from lianxin.demo.city import TOUR_TOWN, City
from lianxin.demo.reviews_story import REPORTING, meeting_of_today, untold, votes_of
from lianxin.demo.telling import Story
from lianxin.meetings.services import review_test_prepare
from lianxin.people.models import Deputy
from lianxin.regions.loading import HOME6
from lianxin.regions.selectors import place_name

YEARS = 2
GRADES = Method("grades", 1, grades=SATISFACTION)


def stories(city: City, scale: str, now: datetime) -> list[Story]:
    """Return two: what was tested with the test of today, and the vote that was tried by machine."""
    del scale
    return [_reports(city, now), evote_story.story(city, now)]


def _reports(city: City, now: datetime) -> Story:
    yield now - timedelta(hours=4)
    chance = random.Random("ballots")  # noqa: S311 - a demo, not a secret
    rows = [
        _tested(city, town, clock.today().year - back, chance)
        for town in city.towns
        for back in range(1, YEARS + 1)
    ]
    told_elsewhere = (TOUR_TOWN, clock.today().year - 1)
    kept = [row for row in rows if (row.body, row.held_on.year) != told_elsewhere]
    services.ballots_register(actor=SYSTEM, rows=kept, home6=HOME6)
    yield now - timedelta(hours=2)
    _today(city)


def _options(people: list[tuple[Actor, Deputy]]) -> list[NewOption]:
    """Return an option for each reporting deputy; the owner neither counts nor watches."""
    return [NewOption(f"o{n}", one.name, owner=one.pk) for n, (_, one) in enumerate(people, start=1)]


def _tested(city: City, town: str, year: int, chance: random.Random) -> PastBallot:
    deputies = city.deputies[town]
    options = _options(chance.sample(deputies, REPORTING))
    everybody = len(deputies)
    present = everybody - chance.randint(1, 6)
    returned = present - chance.choice((0, 0, 0, 1))
    void = chance.choice((0, 0, 1))
    votes = {one.key: votes_of(returned - void, chance) for one in options}
    return PastBallot(
        body=town,
        purpose="duty_review",
        subject=f"{year}年代表述职测评",
        session=f"{place_name(town)}{year}年代表述职评议会",
        held_on=date(year, 11, chance.randint(10, 28)),
        options=options,
        method=GRADES,
        electorate=everybody,
        present=present,
        issued=present,
        returned=returned,
        void=void,
        votes=votes,
        chair=city.staff[f"presidium:{town}"].name,
    )


def _today(city: City) -> None:
    """Leave the tour's town with a test whose tellers and scrutineers are named: it can be opened at once."""
    host = city.staff[f"presidium:{TOUR_TOWN}"]
    ballot = review_test_prepare(actor=host, meeting=meeting_of_today())
    for key in (f"keeper:{TOUR_TOWN}", "group_leader"):
        account = city.staff[key].id
        assert account is not None
        services.teller_appoint(actor=host, ballot=ballot, account_id=account)
    for _, deputy in untold(city)[REPORTING : REPORTING + 2]:
        services.scrutineer_appoint(actor=host, ballot=ballot, deputy=deputy)
