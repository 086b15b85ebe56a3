"""Sessions are entered by who keeps the congress; attendance is a duty, twice missed is told; papers have their hour."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lianxin.common import clock
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.congress import selectors, services
from lianxin.congress.models import SessionAttendance
from lianxin.congress.services import NewSession
from lianxin.documents.models import LetterVersion
from lianxin.duties.models import DutyRecord
from lianxin.handling.models import Deadline
from lianxin.notifications.models import Outbox
from lianxin.people.models import Seat
from lianxin.suggestions.rules import RejectReason
from tests.factories import congress as hold
from tests.factories import suggestions as make
from tests.factories.cast import CITY, OTHER_TOWN, TOWN, Cast

pytestmark = pytest.mark.django_db


def marks(session: object, presence: str) -> dict[object, str]:
    return {known.deputy.pk: presence for known in selectors.roll(session)}  # type: ignore[arg-type]


def test_a_session_bears_the_term_of_its_seats_and_stands_once(cast: Cast) -> None:
    row = hold.session(cast.presidium, TOWN)
    assert row.term == Seat.objects.filter(body_code=TOWN)[0].term and "第六次会议" in row.name
    with pytest.raises(Conflict, match="已经登记过"):
        hold.session(cast.presidium, TOWN)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row).objects.create(
            home6=row.home6, division_code=TOWN, level="town", term=row.term, ordinal=6,
            opens_on=row.opens_on, closes_on=row.closes_on, papers_until=row.papers_until,
        )  # fmt: skip
    assert hold.session(cast.office, OTHER_TOWN).pk != row.pk


@pytest.mark.parametrize("who", ["presidium_other", "keeper", "leader", "deputy_town", "admin"])
def test_who_does_not_keep_the_congress_enters_no_session(cast: Cast, who: str) -> None:
    with pytest.raises(Denied):
        hold.session(getattr(cast, who), TOWN)
    row = hold.session(cast.presidium, TOWN)
    with pytest.raises(Denied):
        services.attendance_save(actor=getattr(cast, who), session=row, marks=marks(row, "present"))
    with pytest.raises(Denied):
        services.session_change(
            actor=getattr(cast, who), session=row, new=NewSession(6, row.opens_on, row.closes_on)
        )


def test_the_roll_is_who_may_act_on_the_first_day(cast: Cast) -> None:
    row = hold.session(cast.presidium, TOWN)
    names = {known.deputy.pk for known in selectors.roll(row)}
    assert cast.deputy_row("deputy_town").pk in names and cast.deputy_row("deputy_city").pk not in names
    with pytest.raises(Invalid, match="对不上"):
        services.attendance_save(
            actor=cast.presidium, session=row, marks={cast.deputy_row("deputy_city").pk: "present"}
        )
    with pytest.raises(Invalid):
        services.attendance_save(actor=cast.presidium, session=row, marks=marks(row, "asleep"))
    coming = hold.session(cast.presidium, TOWN, ordinal=7, ago=-3)
    with pytest.raises(Refused, match="还没有开幕"):
        services.attendance_save(actor=cast.presidium, session=coming, marks=marks(coming, "present"))


def test_presence_is_one_duty_and_mending_takes_it_back(cast: Cast) -> None:
    row = hold.session(cast.presidium, TOWN)
    deputy = cast.deputy_row("deputy_town")
    live = DutyRecord.objects.filter(deputy=deputy, source_room="congress").exclude(state="withdrawn")
    for presence, duties in (("present", 1), ("present", 1), ("absent", 0), ("on_leave", 0), ("present", 1)):
        services.attendance_save(actor=cast.presidium, session=row, marks={deputy.pk: presence})
        assert live.count() == duties
        assert SessionAttendance.objects.get(session=row, deputy=deputy).presence == presence
    with pytest.raises(Refused, match="不能再改"):
        services.session_change(
            actor=cast.presidium,
            session=row,
            new=NewSession(6, row.opens_on - timedelta(days=1), row.closes_on),
        )


def test_two_sessions_missed_without_leave_are_told_once_and_leave_is_not_counted(cast: Cast) -> None:
    deputy, excused = cast.deputy_row("deputy_town"), cast.deputy_row("deputy_town_2")
    told = Outbox.objects.filter(subject__contains="法定次数")
    for place, ordinal in enumerate((6, 7, 8)):
        row = hold.session(cast.presidium, TOWN, ordinal=ordinal, ago=90 - 30 * place, days=1)
        services.attendance_save(
            actor=cast.presidium, session=row, marks={deputy.pk: "absent", excused.pk: "on_leave"}
        )
        often = selectors.absent_too_often(row)
        assert often == (set() if place == 0 else {deputy.pk})
        assert told.values("dedupe").distinct().count() == (0 if place == 0 else 1)
    assert told.filter(recipient_key=f"presidium@{TOWN}").exists()


def test_a_paper_of_the_session_is_filed_until_its_hour(cast: Cast) -> None:
    with pytest.raises(Refused, match="现在没有开会") as none_on:
        make.submitted(cast, at_session=True)
    assert "at_session" in none_on.value.fields
    row = hold.session(cast.office, until=clock.now() + timedelta(minutes=5))
    paper = make.submitted(cast, at_session=True)
    assert paper.congress_session == row
    draft = make.drafted(
        cast, at_session=True, title="关于在三组修水渠的建议", situation="另一件事的情况" * 5
    )
    until = f"{row.papers_until.astimezone(clock.SHANGHAI):%H:%M}为止，已经截止"
    row.refresh_from_db()
    with clock.at(row.papers_until + timedelta(minutes=1)), pytest.raises(Refused, match=until):
        make.services.suggestion_submit(actor=cast.deputy_city, suggestion=draft)
    assert make.submitted(cast, by="deputy_city_2").congress_session is None


def test_what_a_session_took_is_handed_over_after_it_and_answered_under_its_name(cast: Cast) -> None:
    row = hold.session(cast.office, days=4)
    paper = make.registered(cast, at_session=True)
    due = Deadline.objects.get(matter_id=paper.id, what="assign")
    assert due.rule == "suggestion.session_assign_days" and due.start_on == row.closes_on
    assert due.due_on >= row.closes_on + timedelta(days=30)
    ready = make.services.suggestion_assign(
        actor=cast.office, suggestion=paper, parts=[make.Part("transport", make.Mode.SOLE)]
    )
    make.replied(cast, ready)
    titles = [one.content["title"] for one in LetterVersion.objects.filter(kind="reply")]
    assert titles and all("人大第六次会议第" in title for title in titles)


def test_a_paper_sent_back_keeps_the_session_it_was_filed_at(cast: Cast) -> None:
    row = hold.session(cast.office)
    paper = make.submitted(cast, at_session=True)
    make.services.suggestion_send_back(
        actor=cast.office, suggestion=paper, reason=RejectReason.SEVERAL_MATTERS, words="请分成两件写。"
    )
    with clock.at(clock.now() + timedelta(days=5)):
        make.services.suggestion_edit(
            actor=cast.deputy_city, suggestion=paper, draft=make.draft(at_session=True, analysis="改过了。")
        )
        assert (
            make.services.suggestion_submit(actor=cast.deputy_city, suggestion=paper).congress_session == row
        )


def test_the_city_is_the_offices(cast: Cast) -> None:
    assert hold.session(cast.office).division_code == CITY
    with pytest.raises(Denied):
        hold.session(cast.presidium, ordinal=7)


def test_a_slip_in_the_number_is_mended_until_a_paper_is_filed(cast: Cast) -> None:
    hold.session(cast.office, ordinal=5, ago=300)
    row = hold.session(cast.office, ordinal=6)

    def renumbered(ordinal: int) -> int:
        new = NewSession(ordinal, row.opens_on, row.closes_on)
        return services.session_change(actor=cast.office, session=row, new=new).ordinal

    with pytest.raises(Conflict, match="第五次会议已经登记过"):
        renumbered(5)
    assert renumbered(7) == 7
    make.submitted(cast, at_session=True)
    with pytest.raises(Refused, match="不能再改"):
        renumbered(8)


def test_who_may_not_submit_is_denied_before_the_hour_is_asked(cast: Cast) -> None:
    draft = make.drafted(cast, at_session=True)
    with pytest.raises(Denied):
        make.services.suggestion_submit(actor=cast.deputy_city_2, suggestion=draft)
