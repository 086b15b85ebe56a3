"""The box is opened: two tellers count apart, and nothing joins a person to a paper."""

from __future__ import annotations

import pytest

from lianxin.audit.models import AuditEntry
from lianxin.ballots import models, services
from lianxin.ballots.models import Ballot, BallotBatch, TallySheet
from lianxin.ballots.scheme import count_of
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.notifications.models import Notice
from tests.factories import ballots as make
from tests.factories.cast import TOWN, Cast

pytestmark = pytest.mark.usefixtures("deputies")
TEN = ["12", "12", "12", "12", "12", "12", "12", "1", "0", "x"]


def test_more_returned_than_issued_voids_the_vote_and_equal_does_not(cast: Cast) -> None:
    row = make.quorate(cast)
    services.ballot_issue(actor=cast.presidium, ballot=row, issued=9)
    with pytest.raises(Denied):
        services.ballot_close_box(actor=cast.keeper, ballot=row, returned=10)
    services.ballot_close_box(actor=cast.presidium, ballot=row, returned=9)
    assert row.state == "counting"
    services.ballot_close_box(actor=cast.presidium, ballot=row, returned=10)
    assert (row.state, row.returned) == ("void", 10)
    anew = services.ballot_start_anew(actor=cast.presidium, ballot=row)
    assert (anew.round_number, anew.options.count(), anew.officers.count()) == (1, 4, 4)
    with pytest.raises(Refused, match="已经准备好了"):
        services.ballot_start_anew(actor=cast.presidium, ballot=row)


def test_two_tellers_who_agree_bring_the_vote_to_its_result(cast: Cast) -> None:
    row = make.decided(cast, TEN)
    assert row.state == "decided"
    assert row.outcome["passed"] == ["o1", "o2"]
    assert row.outcome["counts"]["o1"] == {"for": 8, "against": 0, "abstain": 1}
    assert (row.outcome["valid"], row.outcome["void"], row.outcome["blank"]) == (9, 1, 1)


def test_one_tick_apart_blocks_and_shows_where(cast: Cast) -> None:
    row = make.counting(cast)
    make.enter(cast, row, "keeper", TEN)
    make.enter(cast, row, "presidium_second", [*TEN[:7], "14", "0", "x"])
    assert row.state == "counting"
    with pytest.raises(Conflict):
        services.ballot_decide(actor=cast.presidium, ballot=row)
    apart = count_of(row).differing
    assert [(one.batch, one.key, one.choice, one.apart) for one in apart] == [(1, "o4", "for", 1)]
    assert Notice.objects.filter(about_id=row.pk, recipient_key=f"presidium@{TOWN}").exists()


def test_a_bundle_that_differs_is_counted_again_by_both(cast: Cast) -> None:
    row = make.counting(cast)
    make.enter(cast, row, "keeper", TEN)
    with pytest.raises(Conflict, match="已经录过"):
        make.enter(cast, row, "keeper", TEN)
    make.enter(cast, row, "presidium_second", [*TEN[:7], "14", "0", "x"])
    batch = row.batches.get()
    services.batch_recount(actor=cast.presidium, ballot=row, batch=batch)
    assert not count_of(row).entered
    with pytest.raises(Conflict, match="刚刚"):
        services.batch_recount(actor=cast.presidium, ballot=row, batch=batch)
    make.enter(cast, row, "keeper", TEN)
    assert row.state == "counting"
    make.enter(cast, row, "presidium_second", TEN)
    assert row.state == "matched"
    assert TallySheet.objects.filter(batch=batch).count() == 4


def test_sums_that_do_not_come_out_are_not_entered(cast: Cast) -> None:
    row = make.counting(cast)
    with pytest.raises(Invalid, match="对不上"):
        make.enter(cast, row, "keeper", TEN[:9])
    assert not TallySheet.objects.exists()


def test_only_the_two_tellers_enter(cast: Cast) -> None:
    row = make.counting(cast)
    for who in ("presidium", "deputy_town_2", "keeper_other"):
        with pytest.raises(Denied):
            make.enter(cast, row, who, TEN)


def test_a_power_cut_loses_nothing_and_the_count_may_begin_anew_from_the_papers(cast: Cast) -> None:
    row = make.counting(cast)
    make.enter(cast, row, "keeper", TEN)
    again = Ballot.objects.get(pk=row.pk)
    assert count_of(again).bundles[0].entered == (1,)
    services.ballot_close_box(actor=cast.presidium, ballot=again, returned=10)
    assert count_of(again).bundles[0].entered == ()
    stale = row.batches.get(count_run=1)
    with pytest.raises(Conflict, match="重新开箱"):
        services.batch_recount(actor=cast.presidium, ballot=again, batch=stale)
    make.enter(cast, again, "keeper", TEN)
    make.enter(cast, again, "presidium_second", TEN)
    assert again.state == "matched"


def test_papers_are_tied_in_bundles(cast: Cast) -> None:
    make.deputies(120, "more-deputy-")
    row = make.quorate(cast, present=110)
    services.ballot_issue(actor=cast.presidium, ballot=row, issued=110)
    services.ballot_close_box(actor=cast.presidium, ballot=row, returned=101)
    sizes = BallotBatch.objects.filter(ballot=row).order_by("number").values_list("size", flat=True)
    assert list(sizes) == [50, 50, 1]


def test_no_row_and_no_trail_joins_a_person_to_a_paper(cast: Cast) -> None:
    row = make.announced(cast, TEN)
    sheets = {field.name for field in TallySheet._meta.get_fields()}
    assert sheets == {
        "id",
        "created_at",
        "batch",
        "home6",
        "again",
        "slot",
        "valid",
        "void",
        "blank",
        "votes",
    }
    tables = [one for one in vars(models).values() if isinstance(one, type) and issubclass(one, models.Row)]
    points = {one.__name__ for one in tables for field in one._meta.get_fields() if field.name == "deputy"}
    assert points == {"BallotElector", "BallotOfficer", "BallotAttendance"}
    electors = {field.name for field in models.BallotElector._meta.get_fields()}
    assert electors == {"id", "created_at", "ballot", "home6", "deputy"}
    assert {one.name for one in models.BallotAttendance._meta.get_fields()} == electors | {"coming", "reason"}
    entries = AuditEntry.objects.filter(tag="ballot.enter_sheet", target_id=str(row.pk))
    assert entries.count() == 2 and "votes" not in "".join(entry.facts for entry in entries)
