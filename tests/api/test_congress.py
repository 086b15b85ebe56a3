"""Projects and votes over the API: years, results, the board; a milestone, a wish; nobody sees a paper."""

from __future__ import annotations

import pytest

from lianxin.projects.models import Milestone, Wish
from tests.api.client import Api
from tests.factories import ballots as votes
from tests.factories import projects as make
from tests.factories.cast import TOWN, Cast

pytestmark = pytest.mark.django_db


def test_a_year_is_read_with_the_votes_of_each_candidate(cast: Cast) -> None:
    row = make.announced(cast, places=2)
    deputy = Api("deputy_town")
    assert [one["id"] for one in deputy.get("/project-rounds").json()["items"]] == [str(row.pk)]
    told = deputy.get(f"/project-rounds/{row.pk}").json()
    assert (told["electorate"], told["present"], told["state"]) == (45, 40, "announced")
    assert [one["votes_for"] for one in told["items"]] == [30, 30, 10]
    refused = Api("keeper_other").get(f"/project-rounds/{row.pk}")
    assert (refused.status_code, refused["Content-Type"]) == (404, "application/problem+json")


def test_the_board_tells_lamp_and_milestones(cast: Cast) -> None:
    project = make.reported(cast, make.underway(cast))
    office = Api("presidium")
    line = office.get("/projects?lamp=green").json()["items"][0]
    assert (line["id"], line["done"], line["steps"], line["paid"]) == (str(project.pk), 1, 3, 100_000)
    assert office.get("/projects?lamp=red").json()["items"] == []
    assert len(office.get(f"/projects/{project.pk}").json()["milestones"]) == 3
    assert Api("presidium_other").get(f"/projects/{project.pk}").status_code == 404


def test_a_unit_reports_a_milestone_once_and_nobody_for_it(cast: Cast) -> None:
    project = make.underway(cast)
    step = project.milestones.all()[0]
    sent = {"milestone": str(step.pk), "told": "放线完成，材料进场。", "paid": 120_000}
    path = f"/projects/{project.pk}/actions/report"
    assert Api("presidium").post(path, **sent).status_code == 403
    assert Api("clerk_power").post(path, **sent).status_code == 404
    unit = Api("clerk_town")
    assert "report" in [one["name"] for one in unit.get(f"/projects/{project.pk}/actions").json()["items"]]
    for _again in range(2):
        assert unit.post(path, key="step-1", **sent).status_code == 200
    assert Milestone.objects.get(pk=step.pk).paid == 120_000
    wrong = unit.post(path, **{**sent, "paid": -1})
    assert (wrong.status_code, wrong["Content-Type"]) == (422, "application/problem+json")


def test_anybody_wishes_while_the_year_collects_and_gets_a_code(cast: Cast) -> None:
    row = make.opened(cast)
    sent = {"text": "把二组到河边的路硬化", "place": "李家庄村", "who_benefits": "三十多户"}
    answer = Api().post(f"/project-rounds/{row.pk}/wishes", **sent)
    assert answer.status_code == 201 and answer.json()["code"]
    assert Wish.objects.get().round_id == row.pk
    assert Api().post(f"/project-rounds/{row.pk}/wishes", **{**sent, "text": "路"}).status_code == 422
    closed = make.screening(cast, "610981000000")
    assert Api().post(f"/project-rounds/{closed.pk}/wishes", **sent).status_code == 404


def test_a_result_stands_there_once_it_is_announced_and_for_its_holder_before(cast: Cast) -> None:
    votes.deputies()
    row = votes.decided(cast, ["12"] * 9 + ["3"])
    holder, deputy = Api("presidium"), Api("deputy_town")
    assert deputy.get(f"/ballots/{row.pk}").status_code == 404
    told = holder.get(f"/ballots/{row.pk}").json()
    assert [one["standing"] for one in told["items"]] == ["passed", "passed", "failed", "failed"]
    assert told["items"][0]["figures"]["赞成"] == 9 and told["division_code"] == TOWN
    assert [one["id"] for one in holder.get("/ballots").json()["items"]] == [str(row.pk)]
    assert deputy.get("/ballots").json()["items"] == []


def test_figures_of_an_open_count_are_told_to_nobody(cast: Cast) -> None:
    votes.deputies()
    row = votes.matched(cast, ["12"] * 10)
    told = Api("presidium").get(f"/ballots/{row.pk}").json()
    assert told["items"] == [] and told["valid"] is None
