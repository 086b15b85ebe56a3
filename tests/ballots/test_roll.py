"""The roll of a meeting: each deputy once, leave with a reason, the figure of those present follows from it."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from lianxin.ballots import services
from lianxin.ballots.models import Ballot, BallotAttendance
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.insight.homes import home_of
from tests.factories import ballots as make
from tests.factories.cast import Cast
from tests.web.pages import entered, words

pytestmark = pytest.mark.usefixtures("deputies")


def opened(cast: Cast) -> Ballot:
    return services.ballot_open(actor=cast.presidium, ballot=make.staffed(cast))


def people(row: Ballot) -> list[UUID]:
    return list(row.electors.order_by("deputy__pinyin", "deputy").values_list("deputy_id", flat=True))


def called(cast: Cast, row: Ballot, present: list[UUID], leave: dict[UUID, str] | None = None) -> Ballot:
    return services.roll_call(actor=cast.presidium, ballot=row, present=present, leave=leave or {})


def test_the_figure_of_those_present_follows_from_the_roll(cast: Cast) -> None:
    row = opened(cast)
    all_ = people(row)
    called(cast, row, all_[:8], {all_[8]: "住院"})
    assert (row.present, row.state) == (8, "signing_in")
    assert services.ballot_declare_quorum(actor=cast.presidium, ballot=row).state == "quorate"
    with pytest.raises(Invalid, match="不能另外填"):
        services.ballot_sign_in(actor=cast.presidium, ballot=row, present=12)
    assert row.attendance.get(deputy=all_[8]).reason == "住院"


def test_who_leaves_is_noted_and_a_lost_quorum_suspends(cast: Cast) -> None:
    row = opened(cast)
    all_ = people(row)
    called(cast, row, all_[:8])
    services.ballot_declare_quorum(actor=cast.presidium, ballot=row)
    called(cast, row, all_[1:8])
    assert (row.present, row.state) == (7, "suspended")
    assert row.attendance.get(deputy=all_[0]).coming == "left"
    called(cast, row, all_[:8])
    assert row.attendance.get(deputy=all_[0]).coming == "present"
    assert row.attendance.count() == 8


@pytest.mark.parametrize(("why", "match"), [("", "请假原因"), ("病", "请假原因")])
def test_leave_needs_a_reason(cast: Cast, why: str, match: str) -> None:
    row = opened(cast)
    with pytest.raises(Invalid, match=match):
        called(cast, row, [], {people(row)[0]: why})
    assert not row.attendance.exists()


def test_nobody_outside_the_frozen_list_and_nobody_twice(cast: Cast) -> None:
    row = opened(cast)
    first = people(row)[0]
    with pytest.raises(Invalid, match="名册"):
        called(cast, row, [cast.deputy_row("deputy_other").pk])
    with pytest.raises(Invalid, match="又请假"):
        called(cast, row, [first], {first: "住院"})
    called(cast, row, [first])
    with pytest.raises(IntegrityError), transaction.atomic():
        BallotAttendance.objects.create(ballot=row, home6=row.home6, deputy_id=first, coming="present")
    with pytest.raises(IntegrityError), transaction.atomic():
        BallotAttendance.objects.create(ballot=row, home6=row.home6, deputy_id=people(row)[1], coming="leave")


def test_only_the_body_calls_its_roll_and_only_while_it_signs_in(cast: Cast) -> None:
    row = opened(cast)
    for who in ("presidium_other", "deputy_town", "keeper"):
        with pytest.raises(Denied):
            services.roll_call(actor=getattr(cast, who), ballot=row, present=people(row), leave={})
    voting = make.quorate(cast, subject="另一次票决")
    services.ballot_issue(actor=cast.presidium, ballot=voting, issued=10)
    with pytest.raises((Conflict, Invalid)):
        called(cast, voting, people(voting))


def test_a_deputy_asks_leave_before_and_sees_it(cast: Cast) -> None:
    row = make.prepared(cast)
    todo = [one for one in home_of(cast.deputy_town).todos if one.kind == "票决"]
    assert [one.link for one in todo] == [f"/ballots/{row.pk}/seat"]
    page = entered(cast, "deputy_town")
    assert "修集市公厕" in words(page.get(f"/ballots/{row.pk}/seat"))
    assert page.post(f"/ballots/{row.pk}/seat", {"reason": "病", "request_id": "l1"}).status_code == 422
    assert page.post(f"/ballots/{row.pk}/seat", {"reason": "住院", "request_id": "l2"}).status_code == 302
    assert "住院" in words(page.get(f"/ballots/{row.pk}/seat"))
    assert "票决" not in {one.kind for one in home_of(cast.deputy_town).todos}
    assert entered(cast, "deputy_other").get(f"/ballots/{row.pk}/seat").status_code == 404


def test_leave_asked_stands_on_the_roll_and_may_still_come(cast: Cast) -> None:
    row = make.staffed(cast)
    services.leave_ask(actor=cast.deputy_town, ballot=row, reason="出差在外")
    services.ballot_open(actor=cast.presidium, ballot=row)
    page = entered(cast, "presidium")
    assert "出差在外" in page.get(f"/ballots/{row.pk}/roll").content.decode()
    mine = cast.deputy_row("deputy_town").pk
    called(cast, row, [mine])
    assert row.attendance.get(deputy=mine).coming == "present"
    with pytest.raises(Invalid, match="已经签到"):
        services.leave_ask(actor=cast.deputy_town, ballot=row, reason="又来不了")


def test_the_page_of_the_roll_keeps_what_was_typed(cast: Cast) -> None:
    row = opened(cast)
    one, two = people(row)[:2]
    page = entered(cast, "presidium")
    sent = {"present": [str(one)], f"leave-{one}": "住院", f"leave-{two}": "出差", "request_id": "r1"}
    answer = page.post(f"/ballots/{row.pk}/roll", sent)
    assert answer.status_code == 422 and 'value="出差"' in answer.content.decode()
    del sent[f"leave-{one}"]
    sent["request_id"] = "r2"
    assert page.post(f"/ballots/{row.pk}/roll", sent).status_code == 302
    assert Ballot.objects.get(pk=row.pk).present == 1
    assert "到会人数按名册算" in words(page.get(f"/ballots/{row.pk}"))
