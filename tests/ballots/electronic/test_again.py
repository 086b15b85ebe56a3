"""A further round of a vote with a trial beside it: keys and cards are made anew, one press begins both."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lianxin.ballots.electronic import services
from lianxin.ballots.electronic.services import trial_again
from lianxin.ballots.electronic.workflow import State
from lianxin.ballots.models import Ballot, Trial
from lianxin.common.errors import Conflict, Denied, Refused
from lianxin.notifications.models import Notice
from tests.factories import electronic as make
from tests.factories.cast import Cast
from tests.web.pages import entered

pytestmark = pytest.mark.usefixtures("deputies")
TIED = [
    *["12"] * 4,
    *["13"] * 4,
    *["23"] * 3,
]  # 8, 7, 7 of 12 deputies: the last two tie for the second place


@pytest.fixture
def stage(cast: Cast) -> Iterator[make.Stage]:
    with make.voting(cast, present=len(TIED)) as made:
        make.close(made)
        make.announce_paper(made, TIED)
        yield made


def vote(stage: make.Stage) -> Ballot:
    return Ballot.objects.get(pk=stage.trial.ballot_id)


def test_one_press_makes_the_round_and_asks_the_same_scrutineers_for_new_keys(stage: make.Stage) -> None:
    row, door = vote(stage), entered(stage.cast, "presidium")
    page = door.get(f"/ballots/{row.pk}").content.decode()
    assert "一把钥匙只开一轮的锁" in page and f"/ballots/{row.pk}/trial/acts/again" in page
    answers = [door.post(f"/ballots/{row.pk}/trial/acts/again", {"request_id": "again"}) for _ in range(2)]
    following = Ballot.objects.get(previous=row)
    assert [one["Location"] for one in answers] == [f"/ballots/{following.pk}/trial"] * 2
    trial = Trial.objects.get(ballot=following)
    assert (trial.state, trial.cards, trial.code != stage.trial.code) == (State.KEYS, 0, True)
    people = [list(one.trustees.values_list("account_id", "slot")) for one in (stage.trial, trial)]
    assert people[0] == people[1] and len(people[0]) == make.TRUSTEES
    assert not trial.trustees.exclude(certificate="").exists()
    assert Notice.objects.filter(about_id=following.pk, subject__startswith="请您管一把钥匙").count() == 5
    assert sorted(one.key for one in following.options.all()) == ["o2", "o3"]


def test_the_paper_alone_goes_on_too_and_the_next_page_says_what_is_made_anew(stage: make.Stage) -> None:
    row, door = vote(stage), entered(stage.cast, "presidium")
    door.post(f"/ballots/{row.pk}/acts/next_round", {"request_id": "paper"})
    following = Ballot.objects.get(previous=row)
    assert not following.trials.exists()
    page = door.get(f"/ballots/{following.pk}/trial").content.decode()
    assert "上一轮的钥匙和码卡只管上一轮" in page


def test_nobody_else_begins_it_and_a_round_that_is_there_is_not_made_twice(stage: make.Stage) -> None:
    row, cast = vote(stage), stage.cast
    for who in (cast.presidium_other, cast.office, cast.keeper):
        with pytest.raises(Denied):
            trial_again(actor=who, ballot=row)
    assert not Ballot.objects.filter(previous=row).exists()
    trial_again(actor=cast.presidium, ballot=row)
    with pytest.raises(Refused, match="已经准备好了"):
        trial_again(actor=cast.presidium, ballot=vote(stage))
    assert Ballot.objects.filter(previous=row).count() == 1


def test_without_a_trial_beside_the_round_nothing_is_begun(stage: make.Stage) -> None:
    services.trial_abandon(
        actor=stage.host, trial=Trial.objects.get(pk=stage.trial.pk), reason="机器坏了，停用"
    )
    row = vote(stage)
    with pytest.raises(Conflict, match="没有电子试用"):
        trial_again(actor=stage.host, ballot=row)
    assert not Ballot.objects.filter(previous=row).exists()
    page = entered(stage.cast, "presidium").get(f"/ballots/{row.pk}").content.decode()
    assert "一把钥匙只开一轮的锁" not in page
