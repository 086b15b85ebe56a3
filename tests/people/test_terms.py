"""届次: each day is of one term at most, a term that has ended takes nothing in, a new one follows the present one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.common import clock
from lianxin.common.errors import Denied, Invalid, Refused
from lianxin.duties.services import duty_record
from lianxin.people.models import CongressTerm
from lianxin.people.rules import Span, said_against_beginning, said_against_writing, term_of
from lianxin.people.terms import refuse_ended_term, spans, term_begin
from lianxin.regions.loading import CITY, HOME6
from tests.factories import terms
from tests.factories.cast import TOWN, Cast

DAY = date(2021, 11, 1)
TERMS = [Span("第十八届", date(2017, 1, 1), DAY - timedelta(days=1)), Span("第一届", DAY)]


@given(st.dates(date(2012, 1, 1), date(2030, 1, 1)))
def test_a_day_is_of_one_term_and_only_an_ended_one_refuses(day: date) -> None:
    holding = [one for one in TERMS if one.holds(day)]
    assert len(holding) == (day >= date(2017, 1, 1))
    assert term_of(day, TERMS) == (holding[0] if holding else None)
    said = said_against_writing(day, TERMS)
    assert (said is not None) == (date(2017, 1, 1) <= day < DAY)
    assert said is None or ("第十八届" in said and "历史资料" in said)


@given(st.dates(date(2012, 1, 1), date(2030, 1, 1)))
def test_a_new_term_follows_the_present_one_and_is_not_of_tomorrow(day: date) -> None:
    today = date(2026, 11, 29)
    wrong = said_against_beginning("第二届", day, TERMS, today)
    assert ("starts_on" in wrong) == (not DAY + timedelta(days=1) < day <= today)
    assert "name" in said_against_beginning("第一届", day, TERMS, today)
    assert "name" in said_against_beginning("二", day, TERMS, today)


def test_the_office_begins_a_term_and_the_present_one_ends_the_day_before(cast: Cast) -> None:
    terms.registered()
    made = term_begin(actor=cast.office, body=CITY, name="旬阳市第二届", starts_on=clock.today())
    old = CongressTerm.objects.get(name=terms.PRESENT)
    assert (old.ends_on, made.ends_on) == (clock.today() - timedelta(days=1), None)
    assert [one.name for one in spans(CITY)] == [terms.OLD, terms.PRESENT, "旬阳市第二届"]
    again = {"actor": cast.office, "body": CITY, "name": "旬阳市第二届", "starts_on": clock.today()}
    with pytest.raises(Invalid):
        term_begin(**again)


def test_nobody_else_begins_a_term(cast: Cast) -> None:
    terms.registered()
    for who in (cast.presidium, cast.leader, cast.admin):
        with pytest.raises(Denied):
            term_begin(actor=who, body=CITY, name="旬阳市第二届", starts_on=clock.today())
    with pytest.raises(Denied):
        term_begin(actor=cast.office, body=TOWN, name="第二十一届", starts_on=clock.today())
    assert CongressTerm.objects.filter(ends_on=None).get().name == terms.PRESENT


def test_a_duty_of_an_ended_term_is_not_written_and_one_of_today_is(cast: Cast) -> None:
    terms.registered(days_ago=3)
    form = {"kind": "field_diary", "title": "走了三户", "text": "走了三户，路灯坏了两盏，已记下位置。"}
    with pytest.raises(Refused, match="已经结束，只能看"):
        duty_record(actor=cast.deputy_town, on=clock.today() - timedelta(days=5), **form)
    assert duty_record(actor=cast.deputy_town, on=clock.today(), **form).pk


def test_where_no_terms_are_registered_nothing_is_refused(cast: Cast) -> None:
    refuse_ended_term(date(2013, 5, 1), HOME6)
