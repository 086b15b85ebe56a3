"""The supervision committee's quarter and year: once each, thresholds, twice unfit ends the post."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from lianxin.common import clock
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.elections import rules, services
from lianxin.elections.bodies import Appraisal, AppraisalResult
from lianxin.elections.services.supervision import in_office
from tests.factories import elections as make
from tests.factories import villages
from tests.factories.cast import VILLAGE, Cast

TEXT = "看了本季度十二张票据，账表相符。"


@pytest.fixture(autouse=True)
def _villages(cast: Cast) -> None:
    villages.profiles()


@given(st.booleans(), st.integers(1, 500), st.integers(0, 500))
def test_unfit_by_more_than_half_or_two_thirds(assembly: bool, present: int, votes: int) -> None:
    found = rules.unfit(by_assembly=assembly, present=present, votes=votes)
    assert found.ok == (2 * votes > present if assembly else 3 * votes >= 2 * present)
    assert found.ok == (votes >= found.need)


def test_a_quarter_is_reviewed_once_by_the_supervision_committee(cast: Cast) -> None:
    given = {"village": VILLAGE, "held_on": clock.today(), "text": TEXT}
    with pytest.raises(Denied):
        services.review_note(actor=cast.village, **given)
    with pytest.raises(Invalid):
        services.review_note(actor=cast.village_supervisor, **{**given, "text": "没问题"})
    with pytest.raises(Invalid):
        services.review_note(
            actor=cast.village_supervisor, **{**given, "held_on": clock.today() + timedelta(days=1)}
        )
    services.review_note(actor=cast.village_supervisor, **given)
    with pytest.raises(Conflict):
        services.review_note(actor=cast.village_supervisor, **given)


def test_twice_unfit_ends_the_post(cast: Cast) -> None:
    row = make.elected(cast)
    with make.at_voting(row):
        members = list(in_office(VILLAGE))
        last = Appraisal.objects.create(
            home6="610981", division_code=VILLAGE, year=clock.today().year - 1, held_on=clock.today(), by_assembly=False, present=9,
        )  # fmt: skip
        AppraisalResult.objects.create(appraisal=last, candidate=members[0], unfit_votes=7, is_unfit=True)
        votes = {str(one.pk): 0 for one in members}
        given = {"village": VILLAGE, "held_on": clock.today(), "by_assembly": False, "present": 9}
        with pytest.raises(Invalid):
            services.appraisal_note(actor=cast.village_supervisor, unfit_votes={}, **given)
        with pytest.raises(Denied):
            services.appraisal_note(actor=cast.village, unfit_votes=votes, **given)
        unfit = {**votes, str(members[0].pk): 6}
        services.appraisal_note(actor=cast.village_supervisor, unfit_votes=unfit, **given)
        assert [one.pk for one in in_office(VILLAGE)] == [one.pk for one in members[1:]]
        with pytest.raises(Conflict):
            services.appraisal_note(
                actor=cast.village_supervisor,
                unfit_votes={pk: 0 for pk in votes if pk != str(members[0].pk)},
                **given,
            )


def test_the_pages_of_the_supervision_committee(cast: Cast) -> None:
    make.elected(cast)
    watch = Client()
    watch.force_login(cast.account("village_supervisor"), backend="django.contrib.auth.backends.ModelBackend")
    today = str(clock.today())
    short = watch.post("/elections/reviews", {"held_on": today, "text": "好"})
    assert short.status_code == 422 and ">好</textarea>" in short.content.decode()
    assert watch.post("/elections/reviews", {"held_on": today, "text": TEXT}).status_code == 302
    assert TEXT in watch.get("/elections/reviews").content.decode()
    more = {"held_on": today, "present": str(villages.MEMBERS + 1)}
    assert watch.post("/elections/appraisals", more).status_code == 422
    assert watch.post("/elections/appraisals", {**more, "present": str(villages.MEMBERS)}).status_code == 302
    assert "称职" in watch.get("/elections/appraisals").content.decode()
