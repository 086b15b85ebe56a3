"""A round: thirty days open, candidates more than places, heard, sent in time, voted, announced."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianxin.ballots.models import Ballot
from lianxin.ballots.services import ballot_next_round
from lianxin.common import clock
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.notifications.models import Notice
from lianxin.projects import services
from lianxin.projects.models import Project, ProjectRound
from lianxin.projects.services import Card
from tests.factories import ballots
from tests.factories import projects as make
from tests.factories.cast import CITY, TOWN, Cast

pytestmark = pytest.mark.django_db


def test_a_congress_has_one_round_a_year(cast: Cast) -> None:
    row = make.opened(cast)
    assert row.level == "town"
    with pytest.raises(Conflict):
        services.round_open(actor=cast.presidium, division_code=TOWN, year=row.year, places=3)


def test_the_office_runs_the_citys_round_and_the_presidium_its_towns(cast: Cast) -> None:
    year = clock.today().year + 1
    with pytest.raises(Denied):
        services.round_open(actor=cast.office, division_code=TOWN, year=year, places=3)
    with pytest.raises(Denied):
        services.round_open(actor=cast.presidium, division_code=CITY, year=year, places=3)
    with pytest.raises(Denied):
        services.round_open(actor=cast.presidium_other, division_code=TOWN, year=year, places=3)
    assert services.round_open(actor=cast.office, division_code=CITY, year=year, places=3).level == "city"


@pytest.mark.parametrize(("years", "places"), [(-1, 3), (5, 3), (1, 0), (1, 99)])
def test_odd_numbers_are_refused(cast: Cast, years: int, places: int) -> None:
    with pytest.raises(Invalid):
        services.round_open(
            actor=cast.presidium, division_code=TOWN, year=clock.today().year + years, places=places
        )


def test_the_call_stays_open_for_thirty_days(cast: Cast) -> None:
    row = make.opened(cast, days=29)
    with pytest.raises(Refused, match="30 天"):
        services.collection_close(actor=cast.presidium, row=row)
    with clock.at(clock.now() + timedelta(days=1)):
        assert services.collection_close(actor=cast.presidium, row=row).state == "screening"


def test_candidates_must_outnumber_the_places(cast: Cast) -> None:
    row = make.screening(cast, places=2)
    make.nominated(cast, row, 2)
    with pytest.raises(Refused, match="至少要 3 项"):
        services.candidates_fix(actor=cast.presidium, row=row)
    project = make.agreed(cast, make.card(cast, row, "第三组道路硬化"))
    services.project_nominate(actor=cast.presidium, project=project)
    assert services.candidates_fix(actor=cast.presidium, row=row).state == "candidates"


@pytest.mark.parametrize("missing", [{"amount": None}, {"fund_source": ""}])
def test_without_cost_or_source_there_is_no_vote(cast: Cast, missing: dict[str, object]) -> None:
    project = make.agreed(cast, make.card(cast, make.screening(cast), **missing))
    with pytest.raises(Refused, match="投资估算"):
        services.project_nominate(actor=cast.presidium, project=project)


LACKING = [
    ({"place": " "}, "地点"),
    ({"beneficiaries": None}, "受益人数"),
    ({"due_on": None}, "完成时限"),
    ({"unit_code": ""}, "责任单位"),
    ({"due_on": None, "unit_code": ""}, "完成时限、责任单位"),
]


@pytest.mark.parametrize(("lacking", "named"), LACKING)
def test_a_card_names_place_good_day_and_unit_before_the_vote(
    cast: Cast, lacking: dict[str, object], named: str
) -> None:
    project = make.agreed(cast, make.card(cast, make.screening(cast), **lacking))
    with pytest.raises(Refused, match=f"缺{named}，"):
        services.project_nominate(actor=cast.presidium, project=project)
    whole = make.agreed(cast, make.card(cast, project.round))
    assert services.project_nominate(actor=cast.presidium, project=whole).state == "candidate"


@pytest.mark.parametrize(("lacking", "named"), LACKING)
def test_no_candidate_of_earlier_days_goes_to_the_vote_without_them(
    cast: Cast, lacking: dict[str, object], named: str
) -> None:
    row = make.screening(cast)
    short = make.nominated(cast, row, 2)[1]
    Project.objects.filter(pk=short.pk).update(**lacking)
    with pytest.raises(Refused, match=f"「{short.title}」的项目卡缺{named}，"):
        services.candidates_fix(actor=cast.presidium, row=row)
    Project.objects.filter(pk=short.pk).update(
        place=short.place, beneficiaries=9, due_on=short.due_on, unit_code=short.unit_code
    )
    assert services.candidates_fix(actor=cast.presidium, row=row).state == "candidates"


def test_a_missing_or_contrary_opinion_stops_a_card(cast: Cast) -> None:
    project = make.card(cast, make.screening(cast))
    with pytest.raises(Refused, match="意见还不齐"):
        services.project_nominate(actor=cast.presidium, project=project)
    make.agreed(cast, project)
    services.opinion_give(
        actor=cast.presidium,
        project=project,
        kind="legal",
        agrees=False,
        text="增加群众负担。",
        organ="司法所",
    )
    with pytest.raises(Refused):
        services.project_nominate(actor=cast.presidium, project=project)


def test_a_card_is_changed_only_in_the_store(cast: Cast) -> None:
    row = make.screening(cast)
    project = make.nominated(cast, row, 1)[0]
    card = Card(title="改一个名字", need="雨季出行不便。", content="硬化通组路。")
    with pytest.raises(Conflict):
        services.card_edit(actor=cast.presidium, project=project, card=card)
    fresh = make.card(cast, row)
    assert services.card_edit(actor=cast.presidium, project=fresh, card=card).title == "改一个名字"
    with pytest.raises(Denied):
        services.card_edit(actor=cast.office, project=fresh, card=card)


def test_a_card_left_out_needs_its_reason(cast: Cast) -> None:
    project = make.card(cast, make.screening(cast))
    with pytest.raises(Invalid):
        services.project_withdraw(actor=cast.presidium, project=project, reason="不办")
    done = services.project_withdraw(
        actor=cast.presidium, project=project, reason="明年有上级专项，暂不列入。"
    )
    assert done.state == "withdrawn" and done.reason


def test_both_previews_come_before_the_papers(cast: Cast) -> None:
    row = make.fixed(cast)
    with pytest.raises(Refused, match="党委"):
        services.papers_send(actor=cast.presidium, row=row)
    services.preview_record(
        actor=cast.presidium, row=row, kind="party", held_on=clock.today(), note="同意提请票决。"
    )
    with pytest.raises(Conflict):
        services.preview_record(
            actor=cast.presidium, row=row, kind="party", held_on=clock.today(), note="再记一次。"
        )
    with pytest.raises(Refused, match="主席团"):
        services.papers_send(actor=cast.presidium, row=row)


def test_the_list_is_opened_again_before_the_papers_and_heard_anew(cast: Cast) -> None:
    row, who = make.fixed(cast), cast.presidium
    project = row.projects.order_by("number")[0]
    with pytest.raises(Refused, match="候选项目已经定了"):
        services.project_put_back(actor=who, project=project)
    services.preview_record(actor=who, row=row, kind="party", held_on=clock.today(), note="同意提请票决。")
    with pytest.raises(Invalid):
        services.screening_reopen(actor=who, row=row, reason="改一下")
    for stranger in (cast.office, cast.presidium_other, cast.deputy_town):
        with pytest.raises(Denied):
            services.screening_reopen(actor=stranger, row=row, reason="第一项的投资少写了一个零。")
    services.screening_reopen(actor=who, row=row, reason="第一项的投资少写了一个零。")
    assert row.state == "screening" and not row.previews.exists()
    assert row.events.get(act="reopen_screening").note == "第一项的投资少写了一个零。"
    project = row.projects.order_by("number")[0]
    assert services.project_put_back(actor=who, project=project).state == "pool"
    card = Card(project.title, project.place, project.need, project.content, 8_600_000, project.fund_source,
                project.beneficiaries, project.due_on, project.unit_code)  # fmt: skip
    services.card_edit(actor=who, project=project, card=card)
    services.project_nominate(actor=who, project=project)
    assert services.candidates_fix(actor=who, row=row).state == "candidates"
    with pytest.raises(Refused, match="党委"):
        services.papers_send(actor=who, row=row)


def test_nothing_is_opened_again_once_the_papers_are_out(cast: Cast) -> None:
    row = make.sent(cast)
    with pytest.raises(Conflict):
        services.screening_reopen(actor=cast.presidium, row=row, reason="第一项的投资少写了一个零。")


def test_what_was_left_out_by_mistake_comes_back_into_the_store(cast: Cast) -> None:
    project = make.nominated(cast, make.screening(cast), 1)[0]
    services.project_withdraw(actor=cast.presidium, project=project, reason="明年有上级专项，暂不列入。")
    with pytest.raises(Denied):
        services.project_put_back(actor=cast.office, project=project)
    back = services.project_put_back(actor=cast.presidium, project=project)
    assert (back.state, back.reason) == ("pool", "")


def test_papers_go_out_seven_days_ahead_to_the_towns_deputies_only(cast: Cast) -> None:
    row = make.fixed(cast)
    for kind in ("party", "committee"):
        services.preview_record(
            actor=cast.presidium, row=row, kind=kind, held_on=clock.today(), note="同意提请票决。"
        )
    with clock.at(clock.now() + timedelta(days=4)), pytest.raises(Refused, match="7 天"):
        services.papers_send(actor=cast.presidium, row=row)
    services.papers_send(actor=cast.presidium, row=row)
    told = set(Notice.objects.filter(about_id=row.pk).values_list("recipient_key", flat=True))
    assert str(cast.deputy_town.id) in told
    assert str(cast.deputy_city.id) not in told and str(cast.deputy_other.id) not in told


def test_the_vote_is_prepared_once_with_all_candidates(cast: Cast) -> None:
    row = make.sent(cast)
    services.vote_open(actor=cast.presidium, row=row, session="第一次人民代表大会会议")
    assert row.vote_id
    with pytest.raises(Refused):
        services.vote_open(actor=cast.presidium, row=row, session="第一次人民代表大会会议")
    with pytest.raises(Refused, match="监票人"):
        services.result_take(actor=cast.presidium, row=row)


def test_the_result_comes_from_the_ballots_and_is_announced_with_every_count(cast: Cast) -> None:
    row = make.voted(cast)
    first, second = row.projects.order_by("number")
    assert (first.state, first.rank, first.votes_for) == ("approved", 1, 30)
    assert (second.state, second.rank, second.votes_for) == ("not_chosen", None, 10)
    assert row.electorate == 45 and row.present == 40 and row.vote_id
    assert services.round_announce(actor=cast.presidium, row=row).state == "announced"
    with pytest.raises(Conflict):
        services.round_announce(actor=cast.presidium, row=ProjectRound.objects.get(pk=row.pk))


def test_who_is_chosen_in_a_further_round_is_announced_with_its_votes(cast: Cast) -> None:
    ballots.deputies()
    row = make.sent(cast, places=2)
    services.vote_open(actor=cast.presidium, row=row, session="第一次人民代表大会会议")
    first = ballots.manned(cast, Ballot.objects.get(pk=row.vote_id))
    ballots.held(cast, first, ["12"] * 4 + ["13"] * 4 + ["23"] * 4)
    with pytest.raises(Refused, match="监票人"):
        services.result_take(actor=cast.presidium, row=row)
    ballots.held(cast, ballot_next_round(actor=cast.presidium, ballot=first), ["12"] * 5 + ["13"] * 3 + ["1"])
    services.result_take(actor=cast.presidium, row=row)
    found = list(row.projects.order_by("number").values_list("state", "rank", "votes_for", "votes_abstain"))
    assert found == [("approved", 1, 9, 0), ("approved", 2, 5, 4), ("not_chosen", None, 3, 6)]


def test_nobody_takes_a_result_that_is_not_there(cast: Cast) -> None:
    row = make.sent(cast)
    with pytest.raises(Refused, match="监票人"):
        services.result_take(actor=cast.presidium, row=row)
    with pytest.raises(Denied):
        services.vote_open(actor=cast.office, row=row, session="第一次人民代表大会会议")
