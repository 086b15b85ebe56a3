"""From the count to the announcement and the round after it; votes of earlier years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lianxin.ballots import services
from lianxin.ballots.services import SATISFACTION, Method, NewOption
from lianxin.ballots.workflow import BALLOT
from lianxin.common.errors import Denied, Invalid, Refused
from lianxin.documents.models import StoredFile
from lianxin.duties.models import DutyRecord
from lianxin.notifications.models import Notice
from tests.factories import ballots as make
from tests.factories.cast import TOWN, Cast

pytestmark = pytest.mark.usefixtures("deputies")
TEN = ["12", "12", "12", "12", "12", "12", "12", "1", "0", "x"]
TIED = ["12"] * 4 + ["13"] * 4 + ["23"] * 4


def test_no_announcement_without_the_signed_report(cast: Cast) -> None:
    row = make.decided(cast, TEN)
    with pytest.raises(Refused, match="签了字"):
        services.ballot_announce(actor=cast.presidium, ballot=row, chair="陈主席")
    services.scan_attach(actor=cast.presidium, ballot=row, scan=make.scan())
    with pytest.raises(Invalid):
        services.ballot_announce(actor=cast.presidium, ballot=row, chair="")
    assert services.ballot_announce(actor=cast.presidium, ballot=row, chair="陈主席").state == "announced"
    assert Notice.objects.filter(recipient_key=f"deputy@{TOWN}", about_id=row.pk).count() == 1


def test_a_scan_may_be_a_pdf_and_nothing_else_but_a_photo(cast: Cast) -> None:
    row = make.decided(cast, TEN)
    services.scan_attach(actor=cast.presidium, ballot=row, scan=b"%PDF-1.7 signed")
    assert StoredFile.objects.get(owner_id=row.pk).mime == "application/pdf"
    with pytest.raises(Invalid):
        services.scan_attach(actor=cast.presidium, ballot=row, scan=b"MZ not a paper")


def test_a_tie_at_the_cut_goes_to_a_round_among_the_tied(cast: Cast) -> None:
    row = make.announced(cast, TIED)
    assert row.outcome["tied"] == ["o1", "o2", "o3"] and row.outcome["needs_round"]
    assert not services.outcome_of(row).is_final
    second = services.ballot_next_round(actor=cast.presidium, ballot=row)
    assert (second.round_number, second.places, second.among_tied) == (2, 2, True)
    assert list(second.options.values_list("key", flat=True)) == ["o1", "o2", "o3"]
    with pytest.raises(Refused):
        services.ballot_next_round(actor=cast.presidium, ballot=row)
    make.held(cast, second, ["12"] * 5 + ["13"] * 3)
    done = services.outcome_of(row)
    assert (done.is_final, done.passed, done.not_passed) == (True, ("o1", "o2"), ("o3", "o4"))
    assert [one.number for one in done.rounds] == [1, 2]
    assert {key: votes["for"] for key, votes in done.counts.items()} == {"o1": 8, "o2": 5, "o3": 3, "o4": 0}


def test_no_further_round_where_the_result_is_whole(cast: Cast) -> None:
    row = make.announced(cast, TEN)
    with pytest.raises(Refused, match="不用再投"):
        services.ballot_next_round(actor=cast.presidium, ballot=row)
    done = services.outcome_of(row)
    assert (done.is_final, done.passed, done.not_passed) == (True, ("o1", "o2"), ("o3", "o4"))


def test_a_shortfall_is_settled_as_the_method_says(cast: Cast) -> None:
    method = Method("approval_max_n", 2, shortfall="second_round")
    row = make.announced(cast, ["1"] * 10, method)
    second = services.ballot_next_round(actor=cast.presidium, ballot=row)
    assert (second.places, second.among_tied) == (1, False)
    assert list(second.options.values_list("key", flat=True)) == ["o2", "o3", "o4"]
    assert second.shortfall == "accept_fewer" and row.shortfall == "second_round"


def test_after_the_second_ballot_a_place_stays_open(cast: Cast) -> None:
    method = Method("approval_max_n", 3, shortfall="second_round")
    row = make.announced(cast, ["1"] * 10, method)
    second = services.ballot_next_round(actor=cast.presidium, ballot=row)
    with pytest.raises(Invalid) as said:
        services.ballot_change(
            actor=cast.presidium, ballot=second, options=make.options(), method=replace(method, places=2)
        )
    assert "有几项算几项" in said.value.fields["shortfall"]
    services.ballot_change(  # two places for two that stand: the surplus was that of the first round
        actor=cast.presidium, ballot=second, options=make.options()[1:3], method=Method("approval_max_n", 2)
    )
    services.method_pass(actor=cast.presidium, ballot=second)
    make.held(cast, second, ["1"] * 8 + ["2"] * 2)
    assert (second.outcome["needs_round"], second.outcome["open_places"]) == (False, 1)
    with pytest.raises(Refused, match="不用再投"):
        services.ballot_next_round(actor=cast.presidium, ballot=second)
    done = services.outcome_of(row)
    assert (done.is_final, done.passed, done.not_passed) == (True, ("o1", "o2"), ("o3", "o4"))


def test_a_second_ballot_held_anew_is_still_the_second(cast: Cast) -> None:
    row = make.announced(cast, ["1"] * 10, Method("approval_max_n", 2, shortfall="second_round"))
    void = make.held_to_the_box(
        cast, services.ballot_next_round(actor=cast.presidium, ballot=row), ["1"] * 10
    )
    services.ballot_void(actor=cast.presidium, ballot=void, reason="会场停电，选票封存")
    anew = services.ballot_start_anew(actor=cast.presidium, ballot=void)
    assert (anew.round_number, anew.shortfall) == (2, "accept_fewer")
    make.held(cast, anew, ["0"] * 10)
    assert services.outcome_of(row).is_final


def test_a_first_vote_held_anew_may_still_lead_to_a_second_ballot(cast: Cast) -> None:
    method = Method("approval_max_n", 2, shortfall="second_round")
    void = make.matched(cast, ["1"] * 10, method)
    services.ballot_void(actor=cast.presidium, ballot=void, reason="会场停电，选票封存")
    anew = make.held(cast, services.ballot_start_anew(actor=cast.presidium, ballot=void), ["1"] * 10)
    assert anew.outcome["needs_round"] and not services.outcome_of(void).is_final


def test_each_item_for_against_abstain(cast: Cast) -> None:
    row = make.decided(cast, ["1122"] * 8 + ["0000", "1111"], Method("per_item", 2))
    assert row.outcome["passed"] == ["o1", "o2"]
    assert row.outcome["counts"]["o3"] == {"for": 0, "against": 8, "abstain": 1}
    assert row.outcome["void"] == 1


def test_a_duty_report_is_tested_by_grades(cast: Cast) -> None:
    method = Method("grades", 2, grades=SATISFACTION)
    subjects = [NewOption("a", "述职代表甲"), NewOption("b", "述职代表乙")]
    row = make.announced(
        cast, ["12"] * 6 + ["23"] * 3 + ["04"], method, purpose="duty_review", options=subjects
    )
    done = services.outcome_of(row)
    assert done.verdicts == {"a": "satisfied", "b": "basically_satisfied"}
    assert done.counts["a"] == {
        "satisfied": 6, "basically_satisfied": 3, "dissatisfied": 0, "unknown": 0, "unmarked": 1,
    }  # fmt: skip


def test_a_tested_report_stands_in_the_ledger_and_is_told_to_its_deputy(cast: Cast) -> None:
    mine, method = cast.deputy_row("deputy_town"), Method("grades", 1, grades=SATISFACTION)
    options = [NewOption("a", "述职代表甲", owner=mine.pk)]
    row = make.decided(cast, ["1"] * 9, method, purpose="duty_review", options=options)
    services.scan_attach(actor=cast.presidium, ballot=row, scan=make.scan())
    assert not DutyRecord.objects.filter(source_room="ballots").exists()
    services.ballot_announce(actor=cast.presidium, ballot=row, chair="陈主席")
    record = DutyRecord.objects.get(source_room="ballots")
    assert (record.deputy_id, record.values) == (mine.pk, {"ballot": str(row.pk)})
    assert Notice.objects.filter(recipient_key=str(mine.account_id), about_id=row.pk).exists()


def test_another_vote_enters_nothing_in_the_ledger(cast: Cast) -> None:
    make.announced(cast, TEN)
    assert not DutyRecord.objects.filter(source_room="ballots").exists()


def test_a_void_vote_says_why(cast: Cast) -> None:
    row = make.matched(cast, TEN)
    with pytest.raises(Invalid):
        services.ballot_void(actor=cast.presidium, ballot=row, reason="断")
    services.ballot_void(actor=cast.presidium, ballot=row, reason="会场停电，选票封存")
    assert row.state == "void" and row.events.get(act="void").note == "会场停电，选票封存"
    anew = services.ballot_start_anew(actor=cast.presidium, ballot=row)
    assert services.outcome_of(row).last == anew.pk


def test_every_act_of_the_table_has_been_walked() -> None:
    assert set(BALLOT.acts) >= {"issue", "close_box", "void_excess", "match", "announce", "start_anew"}
    assert all(one.basis for one in BALLOT.acts.values())


def test_votes_of_earlier_years_are_entered_by_the_same_rules(cast: Cast) -> None:
    past = services.PastBallot(
        body=TOWN, purpose="projects", subject="2023年项目票决", session="第三次会议", held_on=cast_day(),
        options=make.options(3), method=Method("approval_max_n", 2), electorate=50, present=45, issued=45,
        returned=44, void=1, votes={"o1": {"for": 40}, "o2": {"for": 30}, "o3": {"for": 10}},
    )  # fmt: skip
    row = services.ballots_register(actor=cast.office, rows=[past], home6="610981")[0]
    assert services.outcome_of(row).passed == ("o1", "o2")
    with pytest.raises(Denied):
        services.ballots_register(actor=cast.presidium, rows=[past], home6="610981")
    with pytest.raises(Refused):
        services.ballots_register(actor=cast.office, rows=[_over(past)], home6="610981")


def cast_day() -> date:
    return date(2023, 1, 12)


def _over(past: services.PastBallot) -> services.PastBallot:
    return replace(past, issued=43)
