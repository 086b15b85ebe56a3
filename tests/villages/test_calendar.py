"""The calendar made from rules, reminders, lapse, and who hears of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.common import clock
from lianxin.common.actor import SYSTEM
from lianxin.common.errors import Denied, Invalid, Refused
from lianxin.notifications.models import Notice
from lianxin.regions.loading import HOME6
from lianxin.regions.models import Division
from lianxin.villages import services
from lianxin.villages.calendar import Kind, duties, light, period_of, period_words
from lianxin.villages.models import DisclosureItem
from lianxin.villages.services import NewVillage
from lianxin.villages.services.step import step
from tests.factories import villages as make
from tests.factories.cast import OTHER_VILLAGE, VILLAGE, Cast

Q4 = date(2026, 10, 5)


@given(st.dates(date(2012, 1, 1), date(2040, 12, 31)), st.sampled_from(["month", "quarter"]))
@settings(max_examples=60)
def test_a_day_lies_in_its_period_and_periods_join(day: date, interval: str) -> None:
    period = period_of(day, interval)
    assert period.starts <= day <= period.ends
    following = period_of(period.ends + timedelta(days=1), interval)
    assert following.starts == period.ends + timedelta(days=1) and following.code != period.code


@given(st.dates(date(2012, 1, 1), date(2040, 12, 31)), st.integers(0, 30))
@settings(max_examples=60)
def test_a_year_has_four_quarters_and_twelve_months_each_due_after_its_end(day: date, after: int) -> None:
    start, end = date(day.year, 1, 1), date(day.year, 12, 31)
    quarters = duties(Kind.AFFAIRS, "quarter", after, since=start, until=end)
    months = duties(Kind.FINANCE, "month", after, since=start, until=end)
    assert (len(quarters), len(months)) == (4, 12)
    assert all((one.due_on - one.period.ends).days == after for one in [*quarters, *months])


def test_words_of_periods() -> None:
    assert period_words("2026-Q3") == "2026年第三季度"
    assert period_words("2026-07") == "2026年7月"
    assert period_words("") == ""


@pytest.mark.parametrize(
    ("left", "published", "state", "said"),
    [
        (8, False, "to_prepare", "green"),
        (7, False, "to_prepare", "yellow"),
        (0, False, "to_review", "yellow"),
        (-1, False, "overdue", "red"),
        (-1, False, "to_review", "red"),
        (-9, True, "published", "green"),
        (-9, True, "questioned", "yellow"),
        (-9, True, "explained", "green"),
    ],
)
def test_lights(left: int, published: bool, state: str, said: str) -> None:
    due = Q4 + timedelta(days=left)
    found = light(state=state, due_on=due, published_on=Q4 if published else None, today=Q4, near_days=7)
    assert found == said


def test_the_calendar_stands_once_with_basis_and_trace(cast: Cast) -> None:
    make.profiles()
    assert services.calendar_make(Q4) == 6
    assert services.calendar_make(Q4) == 0
    affairs = DisclosureItem.objects.get(division_code=VILLAGE, kind="affairs")
    assert affairs.due_on == date(2026, 12, 31) and affairs.due_trace and "第三十条" in affairs.due_basis
    finance = DisclosureItem.objects.get(division_code=VILLAGE, kind="finance")
    assert finance.due_on == date(2027, 1, 10) and finance.what.startswith("2026年第四季度")


def test_finance_is_monthly_where_dealings_are_many(cast: Cast) -> None:
    make.profiles(many=True)
    services.calendar_make(Q4)
    finance = DisclosureItem.objects.get(division_code=VILLAGE, kind="finance")
    assert (finance.period, finance.due_on) == ("2026-10", date(2026, 11, 10))


def test_a_community_says_that_its_law_is_not_entered(cast: Cast) -> None:
    code = Division.objects.filter(kind="community").values_list("code", flat=True)[0]
    services.villages_register(actor=SYSTEM, villages=[NewVillage(code, 10, 5, 3)], home6=HOME6)
    services.calendar_make(Q4)
    bases = set(DisclosureItem.objects.filter(division_code=code).values_list("due_basis", flat=True))
    assert bases == {"居务公开：法律文本待核，参照村务公开"}


def test_a_major_matter_is_due_within_days_and_never_before_it_happened(cast: Cast) -> None:
    with clock.at(datetime(2026, 11, 24, 2, tzinfo=UTC)):
        row = make.item(cast)
        assert row.due_on == date(2026, 11, 30)  # the fifth day is a Sunday: it gives way to Monday
        assert row.due_trace
        with pytest.raises(Invalid):
            services.major_open(
                actor=cast.village, village=VILLAGE, what="明年的工程", happened_on=date(2027, 1, 1)
            )


def ticked(day: date) -> None:
    with clock.at(clock.day_start(day)):
        services.disclosure_tick()


def subjects(key: str) -> list[str]:
    return list(Notice.objects.filter(recipient_key=key).order_by("id").values_list("subject", flat=True))


def test_reminders_seven_days_and_one_day_before_each_once(cast: Cast) -> None:
    make.profiles()
    services.calendar_make(Q4)
    for day in (date(2026, 12, 20), date(2026, 12, 24), date(2026, 12, 24), date(2026, 12, 30)):
        ticked(day)
    told = subjects(f"village@{VILLAGE}")
    assert told.count("还有 7 天就到公开期限") == 2 and told.count("还有 1 天就到公开期限") == 2
    assert subjects("presidium@610981113000") == []


def test_late_goes_red_to_the_town_and_days_later_to_the_supervising_deputy(cast: Cast) -> None:
    deputy = cast.deputy_row("deputy_town")
    make.profiles(deputy=deputy)
    services.calendar_make(Q4)
    ticked(date(2026, 12, 31))
    row = DisclosureItem.objects.get(division_code=VILLAGE, kind="affairs")
    assert row.state == "to_prepare"
    ticked(date(2027, 1, 1))
    row.refresh_from_db()
    assert row.state == "overdue"
    assert "有村公开逾期" in subjects("presidium@610981113000")
    account = str(deputy.account_id)
    ticked(date(2027, 1, 2))
    assert subjects(account) == []
    ticked(date(2027, 1, 3))
    ticked(date(2027, 1, 4))
    assert subjects(account).count("您督导的村公开逾期，请去看看") == 4  # two items in each of two villages


def test_nothing_lapses_before_its_day_or_after_publication(cast: Cast) -> None:
    row = make.item(cast)
    with pytest.raises(Refused):
        step(actor=SYSTEM, item=row, act="lapse")
    done = make.published(cast)
    ticked(clock.today() + timedelta(days=60))
    done.refresh_from_db()
    assert done.state == "published"


def test_a_question_that_waits_too_long_is_told_to_the_town(cast: Cast) -> None:
    asked = make.question(make.published(cast))
    ticked(asked.due_on)
    assert "有村没有按期答复群众疑问" not in subjects("presidium@610981113000")
    ticked(asked.due_on + timedelta(days=1))
    assert "有村没有按期答复群众疑问" in subjects("presidium@610981113000")


def test_only_the_office_registers_villages_with_real_numbers(cast: Cast) -> None:
    with pytest.raises(Denied):
        services.villages_register(actor=cast.presidium, villages=[NewVillage(VILLAGE, 1, 1, 1)], home6=HOME6)
    with pytest.raises(Invalid):
        services.villages_register(
            actor=cast.office, villages=[NewVillage(OTHER_VILLAGE, 0, 1, 1)], home6=HOME6
        )
