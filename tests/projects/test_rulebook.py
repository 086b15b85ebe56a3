"""What the rulebook says of projects is what happens: ties, shares, when to collect, how often to report."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from lianxin.ballots.models import Ballot
from lianxin.common import clock
from lianxin.common.errors import Invalid, Refused
from lianxin.insight.homes import home_of
from lianxin.projects import services, waiting
from lianxin.projects.lines import lines
from lianxin.projects.models import Project
from lianxin.projects.rules import Body, period_end
from lianxin.projects.services import changes
from lianxin.rulebook.models import Parameter
from lianxin.rulebook.selectors import forget
from lianxin.rulebook.services import parameter_change
from tests.factories import projects as make
from tests.factories.cast import HOME6, Cast
from tests.web.pages import entered

pytestmark = pytest.mark.django_db


def set_to(cast: Cast, name: str, value: str) -> None:
    parameter_change(
        actor=cast.admin, name=name, value=value, basis="本地约定", valid_from=clock.today(), home6=HOME6
    )


def set_everywhere(name: str, value: str) -> None:
    """Give the shipped row another value: what the law fixes nobody may edit, code reads it all the same."""
    Parameter.objects.filter(name=name).update(value=value)
    forget()


@contextmanager
def on(day: date) -> Iterator[None]:
    with clock.at(clock.day_start(day) + timedelta(hours=9)):
        yield


def vote(cast: Cast) -> Ballot:
    row = make.sent(cast)
    services.vote_open(actor=cast.presidium, row=row, session="第一次人民代表大会会议")
    return Ballot.objects.get(pk=row.vote_id)


@pytest.mark.parametrize(("rule", "kept"), [("revote_tied", "most_votes"), ("revote_majority", "majority")])
def test_a_vote_begins_with_the_rulebooks_word_on_ties(cast: Cast, rule: str, kept: str) -> None:
    set_to(cast, "project.tie_rule", rule)
    assert vote(cast).tie_rule == kept


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("project.tie_rule", "toss_a_coin"),
        ("project.collect_start", "Q5"),
        ("project.progress_interval", "week"),
    ],
)
def test_a_word_that_no_code_knows_is_refused_with_those_it_knows(cast: Cast, name: str, typed: str) -> None:
    with pytest.raises(Invalid) as said:
        set_to(cast, name, typed)
    assert "请从这几种里选" in said.value.fields["value"]


def test_what_passes_and_what_a_meeting_needs_are_the_laws_and_read(cast: Cast) -> None:
    for name in ("project.pass", "project.quorum", "committee.quorum", "committee.pass"):
        with pytest.raises(Refused, match="法律直接规定"):
            set_to(cast, name, "1/10")
    assert changes.shares_of(Body.CONGRESS, HOME6).quorum == Fraction(2, 3)
    set_everywhere("project.quorum", "3/4")
    assert changes.shares_of(Body.CONGRESS, HOME6).quorum == Fraction(3, 4)


def test_the_share_that_passes_is_the_rulebooks(cast: Cast) -> None:
    set_everywhere("project.pass", "2/3")
    row = make.sent(cast)
    with pytest.raises(Refused, match="还没有有效的结果"):
        services.result_take(actor=cast.presidium, row=row)
    make.hold_vote(row)  # 30 of 45 for the first: two thirds are not more than two thirds
    services.result_take(actor=cast.presidium, row=row)
    assert not row.projects.exclude(rank=None).exists()


def test_a_vote_shows_how_many_votes_pass_and_on_what_it_rests(cast: Cast) -> None:
    row = vote(cast)
    page = entered(cast, "presidium").get(f"/ballots/{row.pk}").content.decode()
    assert "多少票算通过" in page and "第二十五条" in page


def test_a_year_is_collected_from_the_quarter_on_and_the_body_is_asked_to_begin(cast: Cast) -> None:
    row = make.opened(cast, year=clock.today().year + 1, days=0)
    with on(date(row.year, 6, 30)):
        assert not waiting.rounds_to_begin(cast.presidium).exists()
        early = entered(cast, "presidium").get("/projects/rounds/new").content.decode()
        assert f"{row.year}年7月1日" in early and "现在还没到这一天" in early
    with on(date(row.year, 7, 1)):
        assert list(waiting.rounds_to_begin(cast.presidium)) == [row]
        assert not waiting.rounds_to_begin(cast.presidium_other).exists()
        assert (
            "现在还没到这一天" not in entered(cast, "presidium").get("/projects/rounds/new").content.decode()
        )
        make.opened(cast, year=row.year + 1, days=0)
        assert not waiting.rounds_to_begin(cast.presidium).exists()


def test_a_chosen_project_waits_for_its_plan_with_its_day(cast: Cast) -> None:
    project = make.chosen(cast)
    found = [one for one in home_of(cast.presidium).todos if one.kind == "实施计划"]
    assert [one.due_on for one in found] == [clock.today() + timedelta(days=30)]
    assert not waiting.plans_unpublished(cast.office).exists()
    services.plan_publish(actor=cast.presidium, project=make.planned(cast, project))
    assert not waiting.plans_unpublished(cast.presidium).exists()


def lamp_of(project: Project) -> Any:
    return lines(Project.objects.filter(pk=project.pk))[0].reading


def test_a_period_without_a_report_turns_the_lamp_yellow_and_waits_for_the_unit(cast: Cast) -> None:
    with on(period_end(clock.today(), "month")):
        set_everywhere("project.progress_interval", "month")
        project = make.underway(cast)  # its first milestone is 45 days away
        end = period_end(clock.today() + timedelta(days=1), "month")
    with on(end):
        assert lamp_of(project).lamp == "green"
        soon = [one for one in home_of(cast.clerk_town).todos if one.kind == "定期报进度"]
        assert [one.due_on for one in soon] == [end]
    with on(end + timedelta(days=1)):
        assert lamp_of(project).lamp == "yellow" and "进度还没有报" in lamp_of(project).why
        assert list(waiting.reports_due(cast.clerk_town)) == [project]
        assert waiting.reports_due(cast.clerk_town).get().report_due_on == end
        assert not waiting.reports_due(cast.clerk).exists()
        make.reported(cast, project)
        assert lamp_of(project).lamp == "green"
        assert not waiting.reports_due(cast.clerk_town).exists()
