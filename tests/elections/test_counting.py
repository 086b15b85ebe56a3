"""Counting an election: half and double majority, further rounds, ties, open seats, figures that stand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianxin.common import clock
from lianxin.common.errors import Conflict, Invalid, Refused
from lianxin.elections import services
from lianxin.elections.models import Candidate, VillageElection
from lianxin.elections.services import voting
from tests.factories import elections as make
from tests.factories import villages
from tests.factories.cast import Cast


@pytest.fixture(autouse=True)
def _villages(cast: Cast) -> None:
    villages.profiles()


def test_half_of_the_registered_is_not_enough_and_all_begins_anew(cast: Cast) -> None:
    row = make.declared(cast, make.voting(cast), 40, 10, 40, 10, 40, 10, returned=50)
    assert row.state == "void" and not row.candidates.exclude(elected_on=None).exists()
    assert "过半数" in row.rounds.get().reason
    with make.at_voting(row), pytest.raises(Invalid):
        services.election_reorganise(actor=cast.village, election=row, voting_on=clock.today())
    again = clock.today() + timedelta(days=40)
    services.election_reorganise(actor=cast.village, election=row, voting_on=again)
    with make.at_voting(row):
        services.voting_open(actor=cast.village, election=row, booths=1, tellers=3)
    row = make.declared(cast, row, 40, 10, 40, 10, 40, 10, returned=51)
    assert row.state == "elected" and row.attempt == 2


def test_more_returned_than_issued_is_void(cast: Cast) -> None:
    row = make.declared(cast, make.voting(cast), 60, 30, 55, 35, 70, 20, issued=89)
    assert row.state == "void" and "多于发出" in row.rounds.get().reason


def test_a_slip_of_the_counters_is_counted_again_not_declared(cast: Cast) -> None:
    row = make.counted(cast, make.voting(cast), 60, 30, 55, 35, 70, 20, valid=80, void=5)
    with make.at_voting(row), pytest.raises(Refused, match="重新清点"):
        services.round_declare(actor=cast.village, election=row)
    assert make.declared(cast, row, 60, 30, 55, 35, 70, 20).state == "elected"


def test_half_of_those_voting_is_not_elected_and_stands_again(cast: Cast) -> None:
    row = make.declared(cast, make.voting(cast), 45, 44, 55, 35, 70, 20)
    assert row.state == "another_round"
    standing = {one.name for one in row.candidates.filter(stands=True, elected_on=None)}
    assert standing == {"张建国", "李德明"}
    with make.at_voting(row):
        with pytest.raises(Invalid, match="不能另外提名"):
            services.candidate_add(actor=cast.village, election=row, post="director", name="新来的")
        services.next_round_open(actor=cast.village, election=row, booths=1, tellers=3)
    row = make.declared(cast, row, 35, 30)
    assert row.state == "elected" and row.candidates.get(name="张建国").elected_on is not None


def test_less_than_a_third_does_not_win_the_other_round(cast: Cast) -> None:
    row = make.declared(cast, make.voting(cast), 45, 44, 55, 35, 70, 20)
    with make.at_voting(row):
        services.next_round_open(actor=cast.village, election=row, booths=1, tellers=3)
    assert make.declared(cast, row, 29, 28).state == "another_round"


def test_the_tied_vote_again_alone(cast: Cast) -> None:
    row = make.declared(cast, make.voting(cast), 45, 44, 55, 35, 70, 20)
    with make.at_voting(row):
        services.next_round_open(actor=cast.village, election=row, booths=1, tellers=3)
    row = make.declared(cast, row, 40, 40)
    assert row.state == "another_round"
    assert {one.name for one in row.candidates.filter(stands=True, elected_on=None)} == {"张建国", "李德明"}


def test_seats_stay_open_only_with_three_elected(cast: Cast) -> None:
    row = make.declared(cast, make.voting(cast), 45, 44, 55, 35, 70, 20)
    with make.at_voting(row), pytest.raises(Refused, match="不到 3 人"):
        services.vacancy_leave(actor=cast.village, election=row)


def test_no_woman_elected_opens_a_seat_for_one(cast: Cast) -> None:
    row = make.declared(cast, make.voting(cast), 60, 30, 35, 55, 20, 70)
    assert row.state == "elected"
    with make.at_voting(row):
        day = clock.today()
        with pytest.raises(Refused, match="没有妇女"):
            services.handover_note(actor=cast.village, election=row, handed_over_on=day, no_relatives=True)
        services.woman_seat_add(actor=cast.village, election=row)
        with pytest.raises(Invalid):
            services.candidate_add(actor=cast.village, election=row, post="woman_member", name="吴有才")
        services.candidate_add(
            actor=cast.village, election=row, post="woman_member", name="秦月娥", is_woman=True
        )
        services.next_round_open(actor=cast.village, election=row, booths=1, tellers=3)
    assert make.declared(cast, row, 40).state == "elected"


def test_declared_figures_are_not_changed(cast: Cast) -> None:
    row = make.elected(cast)
    with pytest.raises(Conflict):
        make.counted(cast, row)


def test_a_seat_for_a_woman_never_makes_an_eighth_member(cast: Cast) -> None:
    row = make.declared(cast, make.voting(cast), 60, 30, 35, 55, 20, 70)
    post, on = row.posts.get(key="member"), row.elected_on
    for name in ("甲一", "乙二", "丙三", "丁四"):
        last = row.candidates.create(post=post, name=name, elected_on=on)
    with make.at_voting(row), pytest.raises(Refused, match="最多 7 人"):
        services.woman_seat_add(actor=cast.village, election=row)
    last.delete()
    with make.at_voting(row):
        assert services.woman_seat_add(actor=cast.village, election=row).state == "another_round"


def test_after_a_by_election_those_in_office_count_for_an_open_seat(cast: Cast) -> None:
    make.elected(cast)
    row = make.voting(cast, kind="by_election", director=1, member=1)
    row = make.declared(cast, row, 45, 44, 70, 20)
    assert row.state == "another_round"
    others = Candidate.objects.exclude(election=row).exclude(elected_on=None)
    two = [one.pk for one in others[:2]]
    assert others.count() == 3
    Candidate.objects.filter(pk__in=two).update(office_ended_on=clock.today())
    with make.at_voting(row):
        with pytest.raises(Refused, match="一共 2 人，不到 3 人"):
            services.vacancy_leave(actor=cast.village, election=row)
        Candidate.objects.filter(pk=two[0]).update(office_ended_on=None)
        assert services.vacancy_leave(actor=cast.village, election=row).state == "elected"


def test_what_is_declared_are_the_figures_that_stand_when_the_row_is_held(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = make.voting(cast)
    make.counted(cast, row, 60, 30, 55, 35, 70, 20)
    lock = voting._lock

    def somebody_was_faster(election: VillageElection) -> None:
        monkeypatch.setattr(voting, "_lock", lock)
        make.counted(cast, row, 30, 60, 55, 35, 70, 20, returned=96)
        lock(election)

    monkeypatch.setattr(voting, "_lock", somebody_was_faster)
    with make.at_voting(row):
        services.round_declare(actor=cast.village, election=VillageElection.objects.get(pk=row.pk))
    assert not row.candidates.exclude(elected_on=None).exists(), "more papers came back than were issued"


def test_a_stale_election_is_read_anew_before_it_is_counted_and_declared(cast: Cast) -> None:
    row = make.listed(cast)
    stale, later = (VillageElection.objects.get(pk=row.pk) for _ in range(2))
    with make.at_voting(row):
        services.voting_open(actor=cast.village, election=row, booths=2, tellers=4)
    make.counted(cast, stale, 60, 30, 55, 35, 70, 20)
    with make.at_voting(row):
        assert services.round_declare(actor=cast.village, election=later).state == "elected"
        with pytest.raises(Conflict):
            services.round_declare(actor=cast.village, election=stale)
