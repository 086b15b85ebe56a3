"""A vote on paper until the papers are handed out: who holds it, who is there, who counts, what is voted on."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from lianxin.ballots import quorum, services
from lianxin.ballots.models import Ballot, BallotEvent
from lianxin.ballots.services import Method, NewOption
from lianxin.common.errors import Conflict, Denied, Invalid, NotFound, Refused
from lianxin.people.seats import seat_end
from tests.factories import ballots as make
from tests.factories.cast import OTHER_TOWN, TOWN, Cast

pytestmark = pytest.mark.usefixtures("deputies")


def test_all_deputies_are_those_in_office_when_the_meeting_opens(cast: Cast) -> None:
    row = services.ballot_open(actor=cast.presidium, ballot=make.staffed(cast))
    assert (row.electorate, row.electors.count()) == (12, 12)
    seat = cast.deputy_row("deputy_town").seats.get(body_code=TOWN)
    seat_end(actor=cast.security, seat=seat, on=seat.valid_from, reason="辞职")
    row.refresh_from_db()
    assert (row.electorate, row.electors.count()) == (12, 12)


@pytest.mark.parametrize(("present", "enough"), [(7, False), (8, True)])
def test_two_thirds_of_all_deputies_must_be_there(cast: Cast, present: int, enough: bool) -> None:
    row = services.ballot_open(actor=cast.presidium, ballot=make.staffed(cast))
    services.ballot_sign_in(actor=cast.presidium, ballot=row, present=present)
    if enough:
        assert services.ballot_declare_quorum(actor=cast.presidium, ballot=row).state == "quorate"
    else:
        with pytest.raises(Refused, match="至少要 8 人，还差 1 人"):
            services.ballot_declare_quorum(actor=cast.presidium, ballot=row)


def test_the_share_of_the_quorum_stands_in_the_rulebook(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    row = make.staffed(cast)
    services.ballot_open(actor=cast.presidium, ballot=row)
    services.ballot_sign_in(actor=cast.presidium, ballot=row, present=8)
    with monkeypatch.context() as changed:
        changed.setattr(quorum, "value", lambda *_names, **_more: "3/4")
        with pytest.raises(Refused, match="至少要 9 人"):
            services.ballot_declare_quorum(actor=cast.presidium, ballot=row)
    assert services.ballot_declare_quorum(actor=cast.presidium, ballot=row).state == "quorate"


def test_a_lost_quorum_suspends_the_meeting_and_it_may_go_on(cast: Cast) -> None:
    row = make.quorate(cast)
    services.ballot_sign_in(actor=cast.presidium, ballot=row, present=7)
    assert row.state == "suspended"
    with pytest.raises(Conflict):
        services.ballot_issue(actor=cast.presidium, ballot=row, issued=7)
    services.ballot_sign_in(actor=cast.presidium, ballot=row, present=9)
    services.ballot_declare_quorum(actor=cast.presidium, ballot=row)
    assert services.ballot_issue(actor=cast.presidium, ballot=row, issued=9).state == "voting"


def test_papers_handed_out_before_a_suspension_do_not_count(cast: Cast) -> None:
    row = make.quorate(cast)
    services.ballot_issue(actor=cast.presidium, ballot=row, issued=10)
    services.ballot_suspend(actor=cast.presidium, ballot=row, reason="多人离席，不足三分之二")
    assert (row.state, row.issued) == ("suspended", 0)
    with pytest.raises(Invalid):
        services.ballot_suspend(actor=cast.presidium, ballot=row, reason="")
    assert BallotEvent.objects.get(ballot=row, act="suspend").facts["dropped"] == 10


def test_more_people_than_deputies_are_refused(cast: Cast) -> None:
    row = services.ballot_open(actor=cast.presidium, ballot=make.staffed(cast))
    with pytest.raises(Invalid, match="请核对"):
        services.ballot_sign_in(actor=cast.presidium, ballot=row, present=13)


def test_rules_are_locked_with_the_first_paper(cast: Cast) -> None:
    row = make.quorate(cast)
    services.ballot_change(
        actor=cast.presidium, ballot=row, options=make.options(3), method=Method("approval_max_n", 1)
    )
    with pytest.raises(Refused, match="票决办法还没有通过"):
        services.ballot_issue(actor=cast.presidium, ballot=row, issued=10)
    services.method_pass(actor=cast.presidium, ballot=row)
    services.ballot_issue(actor=cast.presidium, ballot=row, issued=10)
    with pytest.raises(Conflict, match="改票决办法"):
        services.ballot_change(
            actor=cast.presidium, ballot=row, options=make.options(), method=Method("approval_max_n", 3)
        )
    assert row.options.count() == 3


@pytest.mark.parametrize("mode", ["approval_max_n", "per_item"])
@pytest.mark.parametrize("places", [4, 5])
def test_more_projects_stand_than_are_chosen(cast: Cast, mode: str, places: int) -> None:
    """差额票决: the ballots' room does not undo what the list of candidates has kept."""
    row = make.prepared(cast, Method(mode, 3))
    with pytest.raises(Invalid) as said:
        services.ballot_change(
            actor=cast.presidium, ballot=row, options=make.options(), method=Method(mode, places)
        )
    assert "places" in said.value.fields and row.places == 3
    with pytest.raises(Invalid):
        make.prepared(cast, Method(mode, places))
    assert services.method_pass(actor=cast.presidium, ballot=row).method_passed_on


@pytest.mark.parametrize("mode", ["approval_max_n", "per_item"])
def test_a_vote_on_projects_without_surplus_is_not_opened(cast: Cast, mode: str) -> None:
    row = make.manned(cast, make.prepared(cast, Method(mode, 3)))
    Ballot.objects.filter(pk=row.pk).update(places=4)
    row.refresh_from_db()
    for act in (services.method_pass, services.ballot_open):
        with pytest.raises(Refused, match="差额票决"):
            act(actor=cast.presidium, ballot=row)
    Ballot.objects.filter(pk=row.pk).update(places=3)
    row.refresh_from_db()
    assert services.ballot_open(actor=cast.presidium, ballot=row).state == "signing_in"


def test_other_votes_may_choose_all_that_stand(cast: Cast) -> None:
    row = make.staffed(cast, Method("per_item", 4), purpose="other")
    assert services.ballot_open(actor=cast.presidium, ballot=row).state == "signing_in"


def test_nothing_is_handed_out_without_tellers_and_scrutineers(cast: Cast) -> None:
    row = make.quorate(cast)
    for officer in list(row.officers.filter(kind="scrutineer"))[:1]:
        services.officer_release(actor=cast.presidium, ballot=row, officer=officer)
    with pytest.raises(Refused, match="至少 2 名监票人"):
        services.ballot_issue(actor=cast.presidium, ballot=row, issued=10)
    services.officer_release(actor=cast.presidium, ballot=row, officer=row.officers.filter(kind="teller")[0])
    with pytest.raises(Refused, match="两名计票人"):
        services.ballot_issue(actor=cast.presidium, ballot=row, issued=10)


@pytest.mark.parametrize("issued", [0, 11])
def test_no_more_papers_than_people(cast: Cast, issued: int) -> None:
    with pytest.raises(Refused):
        services.ballot_issue(actor=cast.presidium, ballot=make.quorate(cast), issued=issued)


def test_whoever_is_on_the_paper_neither_counts_nor_watches(cast: Cast) -> None:
    mine = cast.deputy_row("deputy_town_2")
    options = [NewOption("d", "述职代表甲", owner=mine.pk), NewOption("e", "述职代表乙")]
    row = make.prepared(cast, purpose="duty_review", options=options)
    with pytest.raises(Invalid, match="他自己在选票上"):
        services.teller_appoint(actor=cast.presidium, ballot=row, account_id=cast.account("deputy_town_2").pk)
    with pytest.raises(Invalid, match="他自己在选票上"):
        services.scrutineer_appoint(actor=cast.presidium, ballot=row, deputy=mine)
    services.scrutineer_appoint(actor=cast.presidium, ballot=row, deputy=cast.deputy_row("deputy_town_3"))


def test_two_different_tellers_and_nobody_twice(cast: Cast) -> None:
    row = make.staffed(cast)
    with pytest.raises(Conflict, match="已经是"):
        services.teller_appoint(actor=cast.presidium, ballot=row, account_id=cast.account("keeper").pk)
    with pytest.raises(Conflict, match="已经够 2 名"):
        services.teller_appoint(actor=cast.presidium, ballot=row, account_id=cast.account("deputy_town").pk)
    with pytest.raises(Conflict, match="监票人"):
        services.scrutineer_appoint(actor=cast.presidium, ballot=row, deputy=cast.deputy_row("deputy_town_2"))
    with pytest.raises(NotFound):
        services.teller_appoint(actor=cast.presidium, ballot=row, account_id=cast.account("auditor").pk)


def test_each_body_holds_its_own_votes(cast: Cast) -> None:
    for who in ("office", "keeper", "presidium_other", "deputy_town", "leader"):
        with pytest.raises(Denied):
            make.prepared(cast, actor=getattr(cast, who))
    with pytest.raises(Denied):
        make.prepared(cast, body="610981000000")
    assert make.prepared(cast, actor=cast.office, body="610981000000").level == "city"
    with pytest.raises(Denied):
        services.ballot_open(actor=cast.presidium_other, ballot=make.staffed(cast))
    assert make.prepared(cast, actor=cast.presidium_other, body=OTHER_TOWN).division_code == OTHER_TOWN


def test_one_vote_a_round_about_one_thing(cast: Cast) -> None:
    thing = cast.account("office").pk
    make.prepared(cast, about_kind="project_year", about_id=thing)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.prepared(cast, about_kind="project_year", about_id=thing)
