"""A holiday notice moves what was counted without it: due dates, their copies, and units are told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from lianxin.common import clock
from lianxin.handling.models import Assignment, Deadline
from lianxin.handling.services import deadline_set, deadlines_recount
from lianxin.notifications.models import Notice
from lianxin.rulebook.calendar import DayKind
from lianxin.rulebook.services import calendar_day_set, calendar_year_confirm
from lianxin.suggestions.models import Suggestion
from tests.factories import suggestions as make
from tests.factories.cast import HOME6, Cast

START = datetime.fromisoformat("2026-12-30T10:00:00+08:00")
pytestmark = pytest.mark.django_db


def handed_over(cast: Cast) -> Suggestion:
    with clock.at(START):
        return make.assigned(cast)


def new_year(cast: Cast) -> None:
    for day in (1, 4, 5):
        calendar_day_set(
            actor=cast.admin, home6=HOME6, day=date(2027, 1, day), kind=DayKind.REST, note="元旦"
        )


def day_of(row: Suggestion, what: str) -> Deadline:
    return Deadline.objects.get(matter_id=row.id, what=what, replaced=False, assignment__isnull=False)


def test_a_notice_moves_the_day_its_calculation_and_its_copy_and_the_unit_is_told(cast: Cast) -> None:
    row = handed_over(cast)
    before = day_of(row, "return")
    assert before.provisional and deadlines_recount() == 0
    new_year(cast)
    calendar_year_confirm(actor=cast.admin, home6=HOME6, year=2027, notice="国办发明电〔2026〕某号")
    assert deadlines_recount() > 0
    after = day_of(row, "return")
    assert after.due_on > before.due_on and not after.provisional and "元旦" in "".join(after.trace)
    assert make.part_of(row).return_until == after.due_on
    told = Notice.objects.filter(recipient_key="transport", dedupe=f"recounted:{after.pk}:{after.due_on}"
                                 f":{make.part_of(row).id}:unit:transport")  # fmt: skip
    assert told.count() == 1 and str(before.due_on) in told.get().text
    assert deadlines_recount() == 0 and told.count() == 1


def test_the_date_of_the_reply_follows_too(cast: Cast) -> None:
    row = handed_over(cast)
    due = day_of(row, "reply").due_on
    calendar_day_set(actor=cast.admin, home6=HOME6, day=due, kind=DayKind.REST, note="调休")
    deadlines_recount()
    part = make.part_of(row)
    assert part.reply_due_on is not None and part.reply_due_on > due
    assert part.reply_due_on == day_of(row, "reply").due_on


def test_what_is_met_ended_or_no_longer_provisional_stays(cast: Cast) -> None:
    row = handed_over(cast)
    due = day_of(row, "return").due_on
    Deadline.objects.filter(matter_id=row.id, what="return").update(met_on=due)
    Deadline.objects.filter(matter_id=row.id, what="contact").update(provisional=False)
    kept = day_of(row, "contact").due_on
    new_year(cast)
    deadlines_recount()
    assert (day_of(row, "return").due_on, day_of(row, "contact").due_on) == (due, kept)
    Deadline.objects.filter(matter_id=row.id, what="return").update(met_on=None)
    Assignment.objects.filter(matter_id=row.id).update(ended=True)
    deadlines_recount()
    assert day_of(row, "return").due_on == due


def test_a_granted_extension_is_a_day_of_its_own(cast: Cast) -> None:
    row = handed_over(cast)
    part = make.part_of(row)
    assert part.reply_due_on is not None
    until = part.reply_due_on + timedelta(days=30)
    with clock.at(START):
        make.working(cast, row)
        make.unit_act(cast, row, "clerk", "request_extension", reason="支路要等电网改造，难度大。",
                      plan="先装主路，再装支路", until=until)  # fmt: skip
        make.unit_act(cast, row, "office", "approve_extension", note="情况属实")
    calendar_day_set(actor=cast.admin, home6=HOME6, day=until, kind=DayKind.REST, note="调休")
    deadlines_recount()
    assert make.part_of(row).reply_due_on == until


def test_a_matter_s_own_day_moves_where_no_unit_has_it_yet(cast: Cast) -> None:
    row = handed_over(cast)
    due = deadline_set(
        kind="suggestion", matter_id=row.id, home6=HOME6, what="review",
        rule="suggestion.review_workdays", start=START.date(),
    )  # fmt: skip
    new_year(cast)
    deadlines_recount()
    assert Deadline.objects.get(pk=due.pk).due_on > due.due_on
