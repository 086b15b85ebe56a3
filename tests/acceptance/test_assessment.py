"""Honours, meetings, five good and the yearly file: S44, S46, S50."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from lianxin.common import clock
from lianxin.duties.models import DutyRecord, ExcellenceBid, MeetingRequest, YearlyFile
from tests.acceptance.conftest import Doors

STATEMENT = "今年走访二十多户，帮两户老人修好水窖，接待选民五次，推动路灯装好。"
DOUBT = "走访的户数和村里说的对不上，请核实。"


def _said(answer: Any) -> str:
    return re.sub(r"<[^>]+>", " ", answer.content.decode())


def _later(days: int) -> Any:
    return clock.at(clock.now() + timedelta(days=days))


def _desk_of(row: ExcellenceBid) -> str:
    """Return who reviews: the city's office for whoever sits in the city congress, else the presidium."""
    return "office" if row.body_code.endswith("000000") else "presidium"


def _on_notice(doors: Doors, who: str = "deputy_town") -> ExcellenceBid:
    """Nominate, recommend and put on notice through the pages."""
    doors.page(who).post("/deputy/excellence", {"statement": STATEMENT})
    row = ExcellenceBid.objects.filter(deputy__account__username=who).latest("created_at")
    desk = doors.page(_desk_of(row))
    words = {"words": "小组讨论后一致推荐"}
    assert desk.post(f"/office/excellence/{row.id}/acts/recommend", words).status_code == 302
    assert desk.post(f"/office/excellence/{row.id}/acts/notice").status_code == 302
    row.refresh_from_db()
    return row


@pytest.mark.acceptance("S44")
def test_an_honour_stands_on_public_notice_and_an_objection_blocks_it_until_it_is_handled(
    doors: Doors,
) -> None:
    row = _on_notice(doors)
    assert row.notice_to is not None
    assert row.notice_from is not None
    assert (row.notice_to - row.notice_from).days >= 5
    assert STATEMENT in _said(doors.page().get("/honours"))
    said = {"came_by": "phone", "text": DOUBT}
    assert doors.page("keeper").post(f"/office/excellence/{row.id}/acts/object", said).status_code == 302
    base = f"/office/excellence/{row.id}"
    with _later(12):
        desk = doors.page("presidium")
        blocked = desk.post(f"{base}/acts/confirm")
        assert blocked.status_code == 409
        assert "没有处理" in _said(blocked)
        answer = {"objection": row.objections.get().id, "answer": "核对走访台账，户数相符。"}
        assert doors.page("keeper").post(f"{base}/acts/settle", answer).status_code == 403, (
            "not the keeper's to settle"
        )
        assert desk.post(f"{base}/acts/settle", answer).status_code == 302
        assert desk.post(f"{base}/acts/confirm").status_code == 302
    row.refresh_from_db()
    assert row.state == "honoured"
    assert DutyRecord.objects.filter(source_id=f"excellence:{row.pk}").exists()


@pytest.mark.acceptance("S44")
def test_nobody_honours_before_the_notice_is_over_and_the_city_has_fifteen(doors: Doors) -> None:
    honoured = ExcellenceBid.objects.filter(state="honoured")
    assert honoured.count() >= 15
    assert all(
        (row.notice_to - row.notice_from).days >= 5 for row in honoured if row.notice_from and row.notice_to
    )
    row = _on_notice(doors, "group_leader")
    early = doors.page(_desk_of(row)).post(f"/office/excellence/{row.id}/acts/confirm")
    assert early.status_code == 409
    assert "期满" in _said(early)


@pytest.mark.acceptance("S46")
def test_a_meeting_is_asked_for_screened_arranged_held_with_a_delegate_and_its_promises_followed(
    doors: Doors,
) -> None:
    deputy, desk = doors.page("deputy_city"), doors.page("office")
    form = {
        "organ": "transport",
        "whom": "局长",
        "topic": "便民桥的修复时间",
        "question": "桥面断裂已经三个月，什么时候能修好？",
    }
    assert deputy.post("/deputy/meetings/new", form).status_code == 302
    row = MeetingRequest.objects.filter(topic=form["topic"]).latest("created_at")
    base = f"/office/meetings/{row.id}"
    assert doors.page("head").get(base).status_code == 404, "the organ learns of it by the letter"
    assert doors.page("presidium").post(f"{base}/acts/screen").status_code == 404, "not a town's meeting"
    assert desk.post(f"{base}/acts/screen").status_code == 302
    day = clock.today().isoformat()
    assert desk.post(f"{base}/acts/schedule", {"meet_on": day, "place": "会议室"}).status_code == 302
    assert doors.page("head").get(f"{base}/letter.pdf").content.startswith(b"%PDF")
    held = {
        "came": "delegate",
        "came_name": "周副局长",
        "minutes": "周副局长介绍了检测情况，代表问了工期和绕行。",
        "promises_item": ["年底前修好桥面"],
        "promises_due_on": [(clock.today() + timedelta(days=30)).isoformat()],
        "promises_person": ["周副局长"],
    }
    assert desk.post(f"{base}/acts/hold", {**held, "came": ""}).status_code == 422
    assert desk.post(f"{base}/acts/hold", held).status_code == 302
    page = _said(deputy.get(f"/deputy/meetings/{row.id}"))
    assert "委托他人到场" in page
    assert "年底前修好桥面" in page
    assert (
        doors.page("head").post(f"{base}/acts/answer", {"answer": "年底前修好桥面并验收。"}).status_code
        == 302
    )
    rated = deputy.post(f"/deputy/meetings/{row.id}/acts/rate", {"rating": "satisfied"})
    assert rated.status_code == 302
    assert desk.post(f"{base}/acts/close").status_code == 302
    assert "年底前修好桥面" in _said(desk.get("/office/meetings"))
    kept = {"promise": row.promises.get().id, "proof": "桥面已经验收"}
    assert desk.post(f"{base}/acts/keep_promise", kept).status_code == 302
    due = {one.what: one for one in row.deadlines.all()}
    assert set(due) == {"screen", "hold", "answer"}
    assert all(one.trace and one.met_on for one in due.values())
    assert DutyRecord.objects.filter(deputy_id=row.deputy_id, values__meeting=str(row.pk)).count() == 1


@pytest.mark.acceptance("S46")
def test_the_city_has_eleven_meetings_and_each_promise_stands_in_the_ledger(doors: Doors) -> None:
    rows = MeetingRequest.objects.filter(created_at__lt=clock.day_start(clock.today()))
    assert rows.count() == 11
    assert rows.filter(came="delegate").exists()
    assert rows.filter(state="rejected").exclude(words="").exists()
    held = rows.exclude(held_on=None)
    assert all(row.promises.count() == 1 for row in held)
    assert doors.page("deputy_town").get(f"/office/meetings/{held[0].id}").status_code == 403


@pytest.mark.acceptance("S50")
def test_five_good_is_met_or_unmet_by_the_records_and_by_people(doors: Doors) -> None:
    file = YearlyFile.objects.filter(deputy__account__username="deputy_town").earliest("year")
    page = doors.page("deputy_town").get(f"/deputy/duty-score/files/{file.id}")
    said = _said(page)
    for label in ("政治素质好", "履职尽责好", "联系群众好", "模范作用好", "廉洁自律好"):
        assert label in said
    assert "等评审人认定" in said
    assert re.search(r"凭 \d+ 条记录", said)
    assert doors.page("deputy_city").get(f"/deputy/duty-score/files/{file.id}").status_code == 404


@pytest.mark.acceptance("S50")
def test_each_bar_of_the_score_equals_its_list_and_the_files_cover_every_own_deputy(doors: Doors) -> None:
    client = doors.page("deputy_town")
    bars = re.findall(
        r'href="(/deputy/duty-score/[a-z_]+\?year=\d+)"', client.get("/deputy/duty-score").content.decode()
    )
    assert len(bars) == 8
    for link in bars:
        html = client.get(link).content.decode()
        figures = [int(one) for one in re.findall(r"data-counted>(\d+)<", html)]
        assert figures
        assert sum(figures) == html.count("data-counted-row"), link
    year = clock.today().year
    mine, last = (YearlyFile.objects.filter(year=one) for one in (year, year - 1))
    assert set(mine.values_list("deputy_id", flat=True)) == set(last.values_list("deputy_id", flat=True))
    assert last.filter(state="objecting").count() >= 3
    assert last.filter(result="").exclude(state="accruing").exists()
    assert doors.page("presidium").get("/office/assessment").status_code == 200
    assert doors.page("keeper").get("/office/assessment").status_code == 403
