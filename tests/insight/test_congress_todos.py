"""What forums, votes and projects ask of somebody stands on his first screen, and its link is his page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from lianxin.ballots import services as ballots
from lianxin.common import clock
from lianxin.insight.homes import home_of
from lianxin.insight.homes.shapes import Todo
from lianxin.meetings import services
from lianxin.projects import services as projects
from tests.factories import ballots as votes
from tests.factories import forums as make
from tests.factories import projects as works
from tests.factories.cast import Cast
from tests.web.pages import entered

pytestmark = pytest.mark.django_db


def todo(cast: Cast, who: str, kind: str) -> Todo | None:
    found = [one for one in home_of(getattr(cast, who)).todos if one.kind == kind]
    return found[0] if found else None


def opens(cast: Cast, who: str, found: Todo | None) -> Todo:
    assert found is not None
    assert entered(cast, who).get(found.link).status_code == 200, found.link
    return found


def with_pack(cast: Cast) -> Any:
    forum = make.invited(cast, days=3)
    services.paper_add(actor=cast.office, forum=forum, title="农业用电情况", text="去年农业用电三百万度。")
    return services.forum_notify(actor=cast.office, forum=make.refreshed(forum))


def test_a_pack_waits_for_everybody_invited_until_he_has_read_it(cast: Cast) -> None:
    forum = with_pack(cast)
    found = opens(cast, "deputy_city", todo(cast, "deputy_city", "会前资料"))
    assert found.due_on == clock.local_date(forum.held_at)
    opens(cast, "head", todo(cast, "head", "会前资料"))
    assert todo(cast, "deputy_town", "会前资料") is None
    services.papers_read(actor=cast.deputy_city, forum=forum)
    assert todo(cast, "deputy_city", "会前资料") is None
    assert todo(cast, "deputy_city_2", "会前资料") is not None


def test_an_answer_in_the_hall_waits_for_the_deputy_who_asked(cast: Cast) -> None:
    forum = make.running(cast)
    item = make.item(cast, forum)
    opens(cast, "head", todo(cast, "head", "现场意见"))
    assert todo(cast, "head_power", "现场意见") is None
    services.item_answer(actor=cast.head, item=item, text="明天就派人去修，本周修好。")
    assert todo(cast, "head", "现场意见") is None
    assert "1 件" in opens(cast, "deputy_city", todo(cast, "deputy_city", "现场答复")).title
    assert todo(cast, "deputy_city_2", "现场答复") is None
    services.item_judge(actor=cast.deputy_city, item=make.fresh(item), agree=True)
    assert todo(cast, "deputy_city", "现场答复") is None


def test_hosts_check_chairs_confirm_and_letters_follow(cast: Cast) -> None:
    forum = make.running(cast)
    services.item_force(actor=cast.office, item=make.item(cast, forum))
    forum = services.forum_move(actor=cast.office, forum=make.refreshed(forum), act="end")
    opens(cast, "office", todo(cast, "office", "闭会核对"))
    assert todo(cast, "leader", "确认纪要") is None
    services.minutes_draft(
        actor=cast.office, forum=forum, minutes="会议纪要：代表提出意见一件，会后书面答复，记录在案。"
    )
    assert todo(cast, "office", "闭会核对") is None
    opens(cast, "leader", todo(cast, "leader", "确认纪要"))
    assert todo(cast, "presidium", "确认纪要") is None
    services.forum_close(actor=cast.leader, forum=make.refreshed(forum))
    opens(cast, "office", todo(cast, "office", "议政会转办"))
    services.forum_hand_over(actor=cast.office, forum=make.refreshed(forum))
    assert todo(cast, "office", "议政会转办") is None


def test_bundles_wait_for_each_teller_until_he_has_entered_them(cast: Cast) -> None:
    votes.deputies()
    row = votes.counting(cast)
    opens(cast, "keeper", todo(cast, "keeper", "计票"))
    votes.enter(cast, row, "keeper", ["12"] * 10)
    assert todo(cast, "keeper", "计票") is None
    assert todo(cast, "presidium_second", "计票") is not None
    assert todo(cast, "presidium", "计票") is None


def test_a_meeting_waits_for_its_quorum_and_a_result_for_its_announcement(cast: Cast) -> None:
    votes.deputies()
    row = votes.staffed(cast)
    ballots.ballot_open(actor=cast.presidium, ballot=row)
    opens(cast, "presidium", todo(cast, "presidium", "到会人数"))
    assert todo(cast, "presidium_other", "到会人数") is None
    ballots.ballot_sign_in(actor=cast.presidium, ballot=row, present=10)
    ballots.ballot_declare_quorum(actor=cast.presidium, ballot=row)
    assert todo(cast, "presidium", "到会人数") is None


def test_a_counted_vote_waits_to_be_read_out(cast: Cast) -> None:
    votes.deputies()
    votes.matched(cast, ["12"] * 10)
    opens(cast, "presidium", todo(cast, "presidium", "公布结果"))
    assert todo(cast, "office", "公布结果") is None


def test_a_milestone_waits_for_its_unit_when_its_day_is_near(cast: Cast) -> None:
    project = works.underway(cast)
    assert todo(cast, "clerk_town", "报进度") is None
    with clock.at(clock.now() + timedelta(days=40)):
        found = opens(cast, "clerk_town", todo(cast, "clerk_town", "报进度"))
        assert found.due_on == clock.today() + timedelta(days=5)
        assert todo(cast, "clerk", "报进度") is None
        works.reported(cast, project)
        assert todo(cast, "clerk_town", "报进度") is None


def _visited(cast: Cast, project: Any) -> None:
    projects.visit_note(actor=cast.deputy_town, project=project, text="到现场看了，路基已经做完。")


def _changed(cast: Cast, project: Any) -> None:
    projects.change_propose(
        actor=cast.presidium, project=project, kind="change", cause="汛期长，材料运不进来，要延期。",
        news=projects.News(due_on=clock.today() + timedelta(days=300)),
    )  # fmt: skip


def test_a_project_waits_for_the_deputy_who_watches_it(cast: Cast) -> None:
    project = works.underway(cast)
    assert todo(cast, "deputy_town", "项目监督") is None
    with clock.at(clock.now() + timedelta(days=100)):
        opens(cast, "deputy_town", todo(cast, "deputy_town", "项目监督"))
        assert todo(cast, "deputy_other", "项目监督") is None
        _visited(cast, project)
        assert todo(cast, "deputy_town", "项目监督") is None
        assert todo(cast, "deputy_town_2", "项目监督") is not None


def test_a_change_waits_for_the_body_that_decides_it(cast: Cast) -> None:
    _changed(cast, works.underway(cast))
    opens(cast, "presidium", todo(cast, "presidium", "项目调整"))
    assert todo(cast, "office", "项目调整") is None
