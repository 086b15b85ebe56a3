"""Guidance on the demo city: S6–S9, S14, S20, S25, S26."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from lianxin.campaigns import models
from lianxin.campaigns.models import Campaign, Contest, Finding, Inspection, MoralMeeting
from lianxin.campaigns.rules import checklist
from lianxin.campaigns.services import inspection_tick
from lianxin.common import clock
from lianxin.notifications.models import Notice
from lianxin.people.models import Deputy
from lianxin.villages.models import VillageProfile
from tests.acceptance.conftest import PASSWORD, TOWN, VILLAGE, Doors


def _theme(doors: Doors, name: str) -> Campaign:
    row = Campaign.objects.get(name=name)
    assert row.tasks.count() == VillageProfile.objects.count()
    page = doors.page("office").get("/campaigns").content.decode()
    done = row.tasks.exclude(done_on=None).count()
    share = done * 100 // row.tasks.count()
    assert f"完成 {done}/{row.tasks.count()}" in page and f"{share}%" in page
    return row


@pytest.mark.acceptance("S6")
def test_the_year_of_quality_has_a_row_for_each_village_and_its_share(doors: Doors) -> None:
    row = _theme(doors, "村民自治质量提升年")
    assert row.summary and row.tasks.filter(done_on=None).count() == 0
    task = row.tasks.get(division_code=VILLAGE)
    assert task.evidence in doors.page("presidium").get(f"/campaigns/tasks/{task.pk}").content.decode()


@pytest.mark.acceptance("S6")
def test_a_finished_year_takes_no_more_evidence_and_a_town_opens_none(doors: Doors) -> None:
    task = Campaign.objects.get(name="村民自治全面规范年").tasks.filter(division_code=VILLAGE).get()
    late = doors.page("village").post(f"/campaigns/tasks/{task.pk}", {"evidence": "结束以后再补一份材料。"})
    assert late.status_code == 409
    assert doors.page("presidium").post("/campaigns/themes/new", {"name": "镇里的主题年"}).status_code == 403


@pytest.mark.acceptance("S7")
def test_the_year_of_order_shows_who_is_missing(doors: Doors) -> None:
    row = _theme(doors, "村民自治全面规范年")
    gaps = row.tasks.filter(done_on=None).count()
    page = doors.page("office").get(f"/campaigns/themes/{row.pk}").content.decode()
    assert f"没有完成 {gaps}" in page


@pytest.mark.acceptance("S7")
def test_a_new_themed_year_without_a_plan_is_refused_and_with_one_gives_each_village_a_row(
    doors: Doors,
) -> None:
    office, name = doors.page("office"), f"第{uuid4().hex[:6]}号主题年"
    form = {"name": name, "wanted": "写清做法", "due_on": str(clock.today() + timedelta(days=90))}
    assert office.post("/campaigns/themes/new", form).status_code == 422
    assert (
        office.post("/campaigns/themes/new", {**form, "plan": "把协商议事办规范，逐村验收。"}).status_code
        == 302
    )
    row = Campaign.objects.get(name=name)
    assert row.tasks.count() == VillageProfile.objects.count()
    task = row.tasks.get(division_code=VILLAGE)
    words = {"evidence": f"协商议事厅办起来了，编号{name[1:7]}。"}
    assert doors.page("village").post(f"/campaigns/tasks/{task.pk}", words).status_code == 302


@pytest.mark.acceptance("S8")
def test_the_result_lists_ten_with_their_texts(doors: Doors) -> None:
    contest = Contest.objects.filter(state="published").latest("year")
    winners = contest.nominations.exclude(place=None)
    assert winners.count() == 10
    page = doors.page("office").get(f"/campaigns/contests/{contest.pk}").content.decode()
    assert page.count("入选</span>") >= 10
    assert all(len(row.clauses) >= 8 for row in winners)


@pytest.mark.acceptance("S8")
def test_one_vote_a_browser_a_day_and_eleven_are_refused(doors: Doors) -> None:
    contest = Contest.objects.get(year=clock.today().year)
    row = contest.nominations.filter(passed=True)[0]
    someone = Client()
    before = row.online_votes
    if contest.state == "voting":
        assert someone.get("/campaigns/golden").status_code == 200
        assert someone.post(f"/campaigns/golden/{row.pk}/vote").status_code == 302
        again = someone.post(f"/campaigns/golden/{row.pk}/vote")
        assert again.status_code == 409 and "今天已经投过" in again.content.decode()
        row.refresh_from_db()
        assert row.online_votes == before + 1
        office = doors.page("office")
        assert office.post(f"/campaigns/contests/{contest.pk}/acts/close_voting").status_code == 302
    ids = [str(pk) for pk in contest.nominations.filter(passed=True).values_list("pk", flat=True)]
    assert len(ids) >= 11
    office, address = doors.page("office"), f"/campaigns/contests/{contest.pk}/publish"
    refused = office.post(address, {"winners": ids[:11]})
    assert refused.status_code == 409 and "正好选 10 份" in refused.content.decode()
    assert doors.page("presidium").post(address, {"winners": ids[:10]}).status_code == 403
    assert office.post(address, {"winners": ids[:10]}).status_code == 302
    shown = Client().get("/campaigns/golden").content.decode()
    assert len(set(re.findall(r"/campaigns/golden/([0-9a-f-]{36})", shown))) == 10


@pytest.mark.acceptance("S9")
def test_a_moral_review_is_noted_and_no_public_page_names_anybody(doors: Doors) -> None:
    form = {"held_on": str(clock.today()), "topic": "neighbours", "reviewers": "9", "outcome": "mediated"}
    words = "我叫王晓璐，两家地界量清了，都认。"
    assert doors.page("village").post("/campaigns/moral/new", {**form, "words": words}).status_code == 302
    row = MoralMeeting.objects.filter(division_code=VILLAGE).latest("id")
    assert "王晓璐" not in row.words and "地界" in row.words
    for address in (f"/villages/{VILLAGE}", f"/charters/of/{VILLAGE}", "/campaigns/golden"):
        assert "地界量清" not in doors.page().get(address).content.decode()
    assert doors.page().get("/campaigns/moral").status_code in {302, 401, 403}


@pytest.mark.acceptance("S9")
def test_no_column_of_guidance_scores_or_names_a_resident(doors: Doors) -> None:
    fields = {field.name for field in MoralMeeting._meta.get_fields()}
    assert fields == {
        "id", "created_at", "home6", "division_code", "held_on", "topic", "reviewers", "outcome", "words",
    }  # fmt: skip
    assert "bad" not in models.MoralOutcome.values
    form = {"held_on": str(clock.today()), "topic": "neighbours", "reviewers": "1", "outcome": "criticised"}
    refused = doors.page("village").post("/campaigns/moral/new", {**form, "words": "批评了某一个人。"})
    assert refused.status_code == 422


@pytest.mark.acceptance("S14")
def test_a_lines_basis_opens_the_clause_of_the_procedures(doors: Doors) -> None:
    meetings = doors.page("village").get("/village/meetings").content.decode()
    one = re.search(r"/village/meetings/[0-9a-f-]{36}", meetings)
    assert one is not None
    page = doors.page("village").get(one[0]).content.decode()
    link = re.search(r'href="(/institutions/village-procedures)#([\w-]+)"', page)
    assert link is not None
    library = doors.page().get(link[1]).content.decode()
    assert f'id="{link[2]}"' in library


@pytest.mark.acceptance("S14")
def test_every_line_of_the_sheet_points_at_a_clause_that_is_there(doors: Doors) -> None:
    library = doors.page().get("/institutions/village-procedures").content.decode()
    named = [one.clause.partition("#")[2] for one in checklist() if one.clause]
    assert len(named) >= 8 and all(f'id="{anchor}"' in library for anchor in named)
    assert doors.page().get("/institutions/no-such-procedures").status_code == 404


def _own_deputy() -> tuple[Client, Deputy]:
    """Return the browser of the deputy who supervises the tour's village, and the deputy."""
    deputy = VillageProfile.objects.get(division_code=VILLAGE).supervising_deputy
    assert deputy is not None and deputy.account is not None
    client = Client()
    client.force_login(deputy.account, backend="django.contrib.auth.backends.ModelBackend")
    return client, deputy


def _sheet(client: Client, bad: str = "accounts", **more: Any) -> Any:
    typed = {one.key: "bad" if one.key == bad else "ok" for one in checklist()}
    words = {f"{bad}_words": "账目只有总数，看不出花在哪里。"}
    form = {"on": str(clock.today()), **typed, **words, **more}
    return client.post(f"/campaigns/inspections/new/{VILLAGE}", form)


@pytest.mark.acceptance("S20")
def test_a_problem_without_a_second_look_stands_among_the_towns_todos(doors: Doors) -> None:
    client, _ = _own_deputy()
    if not Inspection.objects.filter(division_code=VILLAGE, on=clock.today()).exists():
        assert _sheet(client, accounts_words="").status_code == 422
        assert _sheet(client).status_code == 302
    row = Finding.objects.filter(division_code=VILLAGE, inspection__on=clock.today()).get()
    page = doors.page("village")
    assert page.post(f"/campaigns/findings/{row.pk}/acts/mend", {"note": "逐笔列出来了。"}).status_code == 302
    with clock.at(clock.now() + timedelta(days=33)):
        inspection_tick()
        late = doors.page("presidium").get("/campaigns/findings?tab=late").content.decode()
        assert row.words in late
    told = Notice.objects.filter(about_id=row.inspection_id, recipient_key=f"presidium@{TOWN}")
    assert told.exists()
    closed = client.post(f"/campaigns/findings/{row.pk}/acts/close", {"note": "看过了，账目清楚。"})
    assert closed.status_code == 302
    with clock.at(clock.now() + timedelta(days=40)):
        late = doors.page("presidium").get(f"/campaigns/inspections/{row.inspection_id}").content.decode()
        assert "已销号" in late


@pytest.mark.acceptance("S20")
def test_a_village_does_not_close_its_own_finding(doors: Doors) -> None:
    row = Finding.objects.exclude(state="closed").filter(division_code__startswith=TOWN[:9]).first()
    row = row or Finding.objects.exclude(state="closed")[0]
    note = {"note": "自己说好了不算。"}
    assert doors.page("village").post(f"/campaigns/findings/{row.pk}/acts/close", note).status_code in {
        403,
        404,
    }


@pytest.mark.acceptance("S25")
def test_every_village_has_a_supervising_deputy_and_the_deputy_sees_his_own(doors: Doors) -> None:
    villages = VillageProfile.objects.count()
    page = doors.page("office").get("/campaigns/supervisors").content.decode()
    assert f"有监督代表的村 {villages}/{villages}" in page
    client, deputy = _own_deputy()
    own = client.get("/campaigns/mine").content.decode()
    count = VillageProfile.objects.filter(supervising_deputy=deputy).count()
    assert own.count('<li class="card stack"><h2>') == count >= 1 and "李家庄" in own


@pytest.mark.acceptance("S25")
def test_a_village_without_one_is_listed_as_a_gap_and_a_stranger_fills_no_sheet(doors: Doors) -> None:
    profile = VillageProfile.objects.get(division_code=VILLAGE)
    kept = profile.supervising_deputy
    VillageProfile.objects.filter(pk=profile.pk).update(supervising_deputy=None)
    gaps = doors.page("presidium").get("/campaigns/supervisors?tab=gap").content.decode()
    assert "李家庄" in gaps and "没有监督代表 1" in gaps
    assert doors.page("deputy_city").get(f"/campaigns/inspections/new/{VILLAGE}").status_code == 403
    assert kept is not None
    named = doors.page("presidium").post(f"/campaigns/supervisors/{VILLAGE}", {"deputy": str(kept.pk)})
    profile.refresh_from_db()
    if named.status_code != 302:
        VillageProfile.objects.filter(pk=profile.pk).update(supervising_deputy=kept)
    assert PASSWORD is not None


@pytest.mark.acceptance("S26")
def test_the_demo_citys_sheets_cover_the_last_quarter_and_find_problems(doors: Doors) -> None:
    villages = VillageProfile.objects.count()
    assert Inspection.objects.values("division_code").distinct().count() >= villages * 0.8
    assert Finding.objects.filter(state="closed").exists()
    page = doors.page("presidium").get("/campaigns/findings?tab=open")
    assert page.status_code == 200 and "还没有巡查的村" in page.content.decode()


@pytest.mark.acceptance("S26")
def test_a_sheet_with_gaps_or_a_second_one_in_the_quarter_is_refused(doors: Doors) -> None:
    client, _ = _own_deputy()
    if Inspection.objects.filter(division_code=VILLAGE, on=clock.today()).exists():
        assert _sheet(client).status_code == 409
    else:
        assert (
            client.post(f"/campaigns/inspections/new/{VILLAGE}", {"on": str(clock.today())}).status_code
            == 422
        )
