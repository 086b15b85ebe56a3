"""Charters and covenants on the demo city: S16 (model text), S18 (rounds), S21 (every village has both)."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from lianxin.charters.models import CharterText, RevisionRound
from lianxin.common import clock
from lianxin.demo.charters_stories import DONE
from lianxin.demo.villages_stories import ALL_VILLAGES
from lianxin.villages.models import VillageMeeting, VillageProfile
from tests.acceptance.conftest import TOWN, VILLAGE, Doors


def _draft(doors: Doors) -> CharterText:
    """Return the village's covenant in the making, begun from the model where there is none."""
    making = CharterText.objects.filter(division_code=VILLAGE, kind="covenant", state="draft").first()
    if making is None:
        form = {"kind": "covenant", "source": "model"}
        assert doors.page("village").post("/charters/new", form).status_code == 302
        making = CharterText.objects.filter(division_code=VILLAGE, kind="covenant").latest("number")
    return making


@pytest.mark.acceptance("S16")
def test_a_draft_begins_from_the_model_and_the_comparison_shows_what_is_local(doors: Doors) -> None:
    text, mark = _draft(doors), uuid4().hex[:6]
    clause = text.clauses.filter(is_removed=False, anchor="clean").get()
    form = {"words": f"房前屋后各家打扫，垃圾投到第{mark}号分类亭。", "reason": "建了分类亭"}
    assert doors.page("village").post(f"/charters/clauses/{clause.pk}", form).status_code == 302
    diff = doors.page("village").get(f"/charters/{text.pk}/diff").content.decode()
    assert re.search(rf"<ins>[^<]*<span[^>]*>[^<]*</span>[^<]*{mark}", diff) and "<del>" in diff
    model = doors.page().get("/institutions/covenant-model").content.decode()
    assert 'id="clean"' in model and mark not in model


@pytest.mark.acceptance("S16")
def test_a_change_without_a_reason_and_another_villages_clerk_are_refused(doors: Doors) -> None:
    clause = _draft(doors).clauses.filter(anchor="clean").get()
    page = doors.page("village").post(
        f"/charters/clauses/{clause.pk}", {"words": "改成这样的新文。", "reason": ""}
    )
    assert page.status_code == 422 and "为什么这样改" in page.content.decode()
    for who in ("village_supervisor", "presidium", "deputy_city"):
        assert doors.page(who).post(f"/charters/clauses/{clause.pk}", {"words": "改"}).status_code == 403


@pytest.mark.acceptance("S12c")
def test_an_unlawful_clause_is_hinted_at_with_the_law_and_stops_the_text(doors: Doors) -> None:
    text = _draft(doors)
    clause = text.clauses.filter(anchor="water").get()
    form = {"words": "不交水费的停水停电，并罚款一百元。", "reason": "有人不交"}
    page = doors.page("village").post(f"/charters/clauses/{clause.pk}", form, follow=True).content.decode()
    assert "行政处罚法" in page and "第二十七条" in page
    until = str(clock.today() + timedelta(days=10))
    refused = doors.page("village").post(f"/charters/{text.pk}/acts/open_comments", {"until": until})
    assert refused.status_code == 409 and "合法性提示" in refused.content.decode()
    mended = {"words": "爱护水管，水费按村民会议定的办法收取并公布。", "reason": "照法律改回来"}
    assert doors.page("village").post(f"/charters/clauses/{clause.pk}", mended).status_code == 302


@pytest.mark.acceptance("S12c")
def test_a_version_shows_its_comparison_its_vote_and_its_number_with_the_town(doors: Doors) -> None:
    filed = CharterText.objects.filter(division_code__startswith=TOWN[:9], state="filed").latest("filed_on")
    page = doors.page("presidium").get(f"/charters/{filed.pk}").content.decode()
    assert filed.filing_number in page and "和示范文本比" in page and "和上一版比" in page
    earlier = doors.page("presidium").get(f"/charters/{filed.pk}/diff?against=earlier")
    assert earlier.status_code == 200


@pytest.mark.acceptance("S12c")
def test_a_meeting_without_quorum_does_not_adopt_and_the_assembly_does(doors: Doors) -> None:
    text = CharterText.objects.filter(division_code=VILLAGE, kind="charter").latest("number")
    clerk, town, acts = doors.page("village"), doors.page("presidium"), f"/charters/{text.pk}/acts"
    if text.state == "commenting":
        for comment in text.comments.filter(outcome=""):
            settled = {"outcome": "taken", "why": "已经加上"}
            assert clerk.post(f"/charters/comments/{comment.pk}", settled).status_code == 302
        assert clerk.post(f"{acts}/ask_check").status_code == 302
        assert town.post(f"{acts}/check_return", {"note": "不行"}).status_code == 422
        assert town.post(f"{acts}/check_pass").status_code == 302
    meetings = VillageMeeting.objects.filter(division_code=VILLAGE, topics__matter="charter")
    talk, held = meetings.filter(state="talk").first(), meetings.filter(state="decided").first()
    assert talk is not None and held is not None
    page = clerk.post(f"{acts}/record_vote", {"topic": str(talk.topics.get().pk)}, follow=True)
    text.refresh_from_db()
    assert text.state == "to_vote" and "不足法定人数" in page.content.decode()
    assert clerk.post(f"{acts}/record_vote", {"topic": str(held.topics.get().pk)}).status_code == 302
    text.refresh_from_db()
    assert text.state == "adopted" and text.topic is not None


@pytest.mark.acceptance("S18")
def test_two_rounds_are_finished_with_a_row_for_each_village_and_the_third_has_gaps(doors: Doors) -> None:
    villages = VillageProfile.objects.count()
    old = RevisionRound.objects.filter(closed_on__isnull=False).order_by("year")
    assert [row.year for row in old] == [2013, 2018]
    for row in old:
        assert row.entries.count() == villages == row.entries.exclude(done_on=None).count()
    third = RevisionRound.objects.get(closed_on=None)
    done = round(DONE * villages / ALL_VILLAGES)
    assert third.entries.exclude(done_on=None).count() == done
    page = doors.page("office").get(f"/charters/rounds/{third.pk}").content.decode()
    assert f"没有完成 {villages - done}" in page and f"完成 {done}/{villages}" in page


@pytest.mark.acceptance("S18")
def test_a_town_sees_its_own_rows_and_does_not_open_a_round(doors: Doors) -> None:
    third = RevisionRound.objects.get(closed_on=None)
    own = third.entries.filter(division_code__startswith=TOWN[:9])
    page = doors.page("presidium").get("/charters/rounds").content.decode()
    assert f"/{own.count()}" in page
    form = {"name": "镇里自己的一轮", "due_on": "2099-01-01"}
    assert doors.page("presidium").post("/charters/rounds/new", form).status_code == 403
    again = doors.page("office").post("/charters/rounds/new", form)
    assert again.status_code == 409 and "一轮修订" in again.content.decode()


@pytest.mark.acceptance("S21")
def test_every_village_has_a_charter_and_a_covenant_that_anybody_reads(doors: Doors) -> None:
    villages = VillageProfile.objects.count()
    board = doors.page("office").get("/charters/board").content.decode()
    assert f"章程 {villages}/{villages}" in board and f"公约 {villages}/{villages}" in board
    for code in VillageProfile.objects.order_by("?").values_list("division_code", flat=True)[:5]:
        page = doors.page().get(f"/charters/of/{code}")
        body = page.content.decode()
        assert len(page.content) < 60_000 and 'id="charter"' in body and 'id="covenant"' in body
        assert body.count("<li><h3>") >= 20


@pytest.mark.acceptance("S21")
def test_a_draft_is_not_read_and_a_village_without_texts_is_a_gap(doors: Doors) -> None:
    assert doors.page().get(f"/charters/read/{_draft(doors).pk}").status_code == 404
    gap = CharterText.objects.filter(division_code=VILLAGE, kind="covenant", state="filed")
    ids = list(gap.values_list("pk", flat=True))
    CharterText.objects.filter(pk__in=ids).update(state="correction", correct_due_on=clock.today())
    page = doors.page("presidium").get("/charters/board?tab=gap").content.decode()
    assert "李家庄" in page and "没有" in page
    CharterText.objects.filter(pk__in=ids).update(state="filed", correct_due_on=None)
