"""A term that has ended takes nothing new in: villages' reviews, rounds of revision, drafts of suggestions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from lianxin.charters import services as charters
from lianxin.common import clock
from lianxin.common.errors import Refused
from lianxin.elections import services as elections
from lianxin.elections.services.supervision import in_office
from lianxin.people.models import Seat
from lianxin.regions.loading import HOME6
from lianxin.suggestions import services as suggestions
from tests.factories import elections as votes
from tests.factories import suggestions as papers
from tests.factories import terms
from tests.factories.cast import VILLAGE, Cast
from tests.factories.villages import profiles

pytestmark = pytest.mark.django_db
OVER = "已经结束，只能看"


def review(cast: Cast) -> tuple[Any, dict[str, Any]]:
    text = "看了本季度十二张票据，账表相符，没有问题。"
    return elections.review_note, {"actor": cast.village_supervisor, "village": VILLAGE, "text": text}


def appraisal(cast: Cast) -> tuple[Any, dict[str, Any]]:
    unfit = {str(one.pk): 0 for one in in_office(VILLAGE)}
    given = {"actor": cast.village_supervisor, "village": VILLAGE, "by_assembly": False, "present": 9}
    return elections.appraisal_note, {**given, "unfit_votes": unfit}


@pytest.mark.parametrize("about", [review, appraisal])
def test_a_day_of_an_ended_term_is_refused_and_today_is_noted(cast: Cast, about: Any) -> None:
    profiles()
    with votes.at_voting(votes.elected(cast)):
        terms.registered(days_ago=3)
        note, given = about(cast)
        with pytest.raises(Refused, match=OVER):
            note(held_on=clock.today() - timedelta(days=5), **given)
        assert note(held_on=clock.today(), **given).pk


def test_a_round_of_an_ended_term_takes_no_new_text_until_it_is_closed(cast: Cast) -> None:
    profiles()
    start = {"actor": cast.village, "village": VILLAGE, "kind": "charter"}
    with clock.at(clock.now() - timedelta(days=400)):
        due = clock.today() + timedelta(days=60)
        row = charters.round_open(actor=cast.office, home6=HOME6, name="第二轮修订", due_on=due)
    terms.registered(days_ago=100)
    with pytest.raises(Refused, match=OVER):
        charters.charter_start(**start)
    charters.round_close(actor=cast.office, row=row)
    assert charters.charter_start(**start).round is None


def test_a_round_of_the_present_term_takes_texts_in(cast: Cast) -> None:
    profiles()
    terms.registered(days_ago=100)
    due = clock.today() + timedelta(days=60)
    row = charters.round_open(actor=cast.office, home6=HOME6, name="第三轮修订", due_on=due)
    assert charters.charter_start(actor=cast.village, village=VILLAGE, kind="charter").round == row


def test_a_draft_of_the_seats_earlier_term_is_not_submitted(cast: Cast) -> None:
    row = papers.drafted(cast)
    seats = Seat.objects.filter(deputy=row.lead, body_code=row.division_code)
    seats.update(term="下一届")
    with pytest.raises(Refused, match="上一届写的"):
        suggestions.suggestion_submit(actor=cast.deputy_city, suggestion=row)
    seats.update(term=row.term)
    assert suggestions.suggestion_submit(actor=cast.deputy_city, suggestion=row).state == "submitted"
