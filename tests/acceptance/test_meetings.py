"""The congress in its meetings: S10 and S11 (inspections, research), S71 (live forum), S72 (两说一商), S75–S79 (the first forum)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from lianxin.activities.models import Presence
from lianxin.common import clock
from lianxin.demo.consults_story import ALL_TOWNS, CONSULTS
from lianxin.demo.forums_story import FIRST_AT, SHARES
from lianxin.demo.forums_texts import FIRST, LIVE, SPOT
from lianxin.documents.letters import letter_pdf
from lianxin.documents.models import LetterVersion
from lianxin.meetings.models import Consult, Forum, ForumItem, Inquiry
from lianxin.people.models import Deputy
from lianxin.regions.models import Division
from tests.acceptance.conftest import TOWN, Doors


def _first() -> Forum:
    return Forum.objects.get(held_at=FIRST_AT)


def _live() -> Forum:
    return Forum.objects.filter(state="running").latest("held_at")


def _row(doors: Doors, forum: Forum, **more: Any) -> Any:
    mark = uuid4().hex
    typed = {"deputy": "1", "units": "1", "text": f"{mark[:12]} {mark[12:]}", "request_id": mark, **more}
    answer = doors.page("office").post(f"/forums/{forum.pk}/rows", typed, headers={"X-Ledger": "1"})
    return answer.status_code, answer.json()


@pytest.mark.acceptance("S71")
def test_the_live_board_counts_what_is_said_answered_and_handed_over(doors: Doors) -> None:
    forum, page = _live(), doors.page("office")
    before = page.get(f"/forums/{forum.pk}/live").json()
    assert before["total"] >= len(LIVE)
    status, told = _row(doors, forum)
    assert status == 200
    item = ForumItem.objects.get(forum=forum, number=told["number"])
    assert page.post(f"/forums/items/{item.pk}/acts/force").status_code == 302
    after = page.get(f"/forums/{forum.pk}/live").json()
    assert (after["total"], after["after"]) == (before["total"] + 1, before["after"] + 1)
    assert after["version"] > before["version"]
    assert f">{after['total']}<" in page.get(f"/forums/{forum.pk}/screen").content.decode()


@pytest.mark.acceptance("S71")
def test_a_row_without_deputy_is_refused_and_takes_no_number(doors: Doors) -> None:
    forum = _live()
    status, told = _row(doors, forum, deputy="没有这个人")
    assert status == 422 and "deputy" in told["fields"]
    assert Forum.objects.get(pk=forum.pk).last_number == forum.last_number
    assert doors.page("deputy_town").get(f"/forums/{forum.pk}/mine").status_code == 404


@pytest.mark.acceptance("S72")
def test_two_say_one_consult_does_not_end_without_a_result(doors: Doors) -> None:
    page, title = doors.page("keeper"), f"第{uuid4().hex[:6]}号夜市线路"
    deputy = Deputy.objects.get(account__username="deputy_town")
    form = {"title": title, "held_on": str(clock.today()), "place": "联络站", "deputy": str(deputy.pk)}
    assert page.post("/forums/consults/new", {**form, "unit": ""}).status_code == 422
    assert page.post("/forums/consults/new", {**form, "unit": "power"}).status_code == 302
    row = Consult.objects.get(title=title)
    acts = f"/forums/consults/{row.pk}/acts"
    for act in ("say_first", "say_second"):
        assert page.post(f"{acts}/{act}", {"words": "夜市一开就跳闸。"}).status_code == 302
    assert page.post(f"{acts}/settle", {"result": ""}).status_code == 409
    assert page.post(f"{acts}/settle", {"result": "not_agreed", "next_step": ""}).status_code == 409
    assert page.post(f"{acts}/settle", {"result": "agreed", "plan": "下月换线。"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "settled" and len(row.stages) == 3


@pytest.mark.acceptance("S72")
def test_the_city_has_held_its_share_of_them(doors: Doors) -> None:
    towns = Division.objects.filter(kind="town").count()
    assert towns == ALL_TOWNS
    assert Consult.objects.exclude(title__startswith="第").count() == CONSULTS
    assert doors.page("keeper").get(f"/forums/consults?town={TOWN}").status_code == 200


@pytest.mark.acceptance("S75")
def test_twelve_deputies_and_five_departments_signed_in(doors: Doors) -> None:
    forum = _first()
    assert clock.local_date(forum.held_at).isoformat().startswith("2021-08")
    there = Presence.objects.filter(gathering__source_id=forum.pk).values("deputy").distinct()
    assert there.count() == forum.deputies.count() == 12
    assert forum.units.exclude(signed_at=None).count() == forum.units.count() == 5


@pytest.mark.acceptance("S76")
def test_42_items_are_numbered_from_one_each_with_its_speaker(doors: Doors) -> None:
    forum = _first()
    rows = list(forum.items.values_list("number", "deputy"))
    assert [number for number, _ in rows] == list(range(1, 43))
    each = sorted((sum(who == one for _, who in rows) for one in {who for _, who in rows}), reverse=True)
    assert tuple(each) == SHARES
    page = doors.page("office").get(f"/forums/{forum.pk}/ledger").content.decode()
    assert all(text in page for texts in FIRST.values() for text in texts)


@pytest.mark.acceptance("S77")
def test_eight_were_answered_in_the_hall_and_accepted(doors: Doors) -> None:
    spot = _first().items.filter(state="on_spot")
    assert spot.count() == sum(SPOT.values()) == 8
    assert not spot.filter(units__answer="").exists()
    assert all(item.events.filter(act="accept").exists() for item in spot)


@pytest.mark.acceptance("S77")
def test_an_answer_that_the_deputy_denies_is_no_answer_in_the_hall(doors: Doors) -> None:
    forum = _live()
    _status, told = _row(doors, forum)
    item = ForumItem.objects.get(forum=forum, number=told["number"])
    head = doors.page(f"head_{item.units.get().unit}")
    assert head.post(f"/forums/items/{item.pk}/answer", {"answer": "这个不好办。"}).status_code == 302
    assert doors.page("office").post(f"/forums/items/{item.pk}/acts/deny").status_code == 302
    item.refresh_from_db()
    assert item.state == "after"
    again = head.post(f"/forums/items/{item.pk}/answer", {"answer": "再答一次也不行。"})
    assert again.status_code == 409


@pytest.mark.acceptance("S78")
def test_34_went_out_in_five_letters_with_number_and_annex(doors: Doors) -> None:
    forum = _first()
    rows = list(forum.letters.filter(item=None).order_by("-items"))  # the later ones are about one item
    assert [row.items for row in rows] == [10, 8, 6, 6, 4] and sum(row.items for row in rows) == 34
    assert all(row.number and row.due_on > forum.closed_on for row in rows if forum.closed_on)
    letter = LetterVersion.objects.get(pk=rows[0].letter_id)
    assert len(letter.content["annex"]["rows"]) == 10 and letter_pdf(letter).startswith(b"%PDF")
    assert doors.page("office").get(f"/papers/letters/{letter.pk}.pdf").status_code == 200
    assert doors.page("clerk").get(f"/papers/letters/{letter.pk}.pdf").status_code == 404


@pytest.mark.acceptance("S78")
def test_a_forum_whose_sum_is_wrong_is_not_closed(doors: Doors) -> None:
    page, title = doors.page("office"), f"第{uuid4().hex[:6]}次议政会"
    form = {"title": title, "theme": "核对", "day": str(clock.today()), "hour": "23:50", "place": "会议室"}
    assert page.post("/forums/new", form).status_code == 302
    forum = Forum.objects.get(title=title)
    deputy = Deputy.objects.get(account__username="deputy_city")
    page.post(f"/forums/{forum.pk}/roster", {"deputies": [str(deputy.pk)], "units": ["transport"]})
    for act in ("notify", "begin"):
        assert page.post(f"/forums/{forum.pk}/acts/{act}").status_code == 302
    _row(doors, forum)
    page.post(f"/forums/{forum.pk}/acts/end")
    page.post(f"/forums/{forum.pk}/check", {"minutes": "会议纪要：代表提出意见一件，等待部门答复。"})
    chair = doors.page("leader")
    chair.post(f"/forums/{forum.pk}/acts/close")
    forum.refresh_from_db()
    assert forum.state == "checking"
    assert page.post(f"/forums/items/{forum.items.get().pk}/acts/force").status_code == 302
    chair.post(f"/forums/{forum.pk}/acts/close")
    forum.refresh_from_db()
    assert forum.state == "closed"


@pytest.mark.acceptance("S79")
def test_the_effect_page_shows_replies_classes_and_ratings(doors: Doors) -> None:
    forum = _first()
    after = forum.items.exclude(state="on_spot")
    assert after.filter(state="replied").exclude(rating="").count() == 34
    words = doors.page("office").get(f"/forums/{forum.pk}/effect").content.decode()
    satisfied = after.filter(rating="satisfied").count()
    assert "A 类" in words and f'<dd class="num">{satisfied}</dd>' in words
    assert doors.page("deputy_city").get(f"/forums/{forum.pk}/effect").status_code == 403


@pytest.mark.acceptance("S10")
def test_two_inspections_of_the_village_law_each_finding_with_department_day_and_state(doors: Doors) -> None:
    rows = Inquiry.objects.filter(kind="inspection", subject="村民委员会组织法", state="closed")
    assert rows.filter(begins_on__lt="2022-01-01").count() == 2
    for row in rows.filter(begins_on__lt="2022-01-01"):
        findings = list(row.findings.all())
        assert findings and all(one.unit and one.due_on and one.state == "passed" for one in findings)
        words = doors.page("office").get(f"/forums/inquiries/{row.pk}").content.decode()
        assert findings[0].text in words and "第三十条" in words
    assert doors.page("deputy_town").get(f"/forums/inquiries/{rows[0].pk}").status_code == 404


def _research(doors: Doors) -> Inquiry:
    """Make a research at work through the office's pages."""
    page, title = doors.page("office"), f"第{uuid4().hex[:6]}号专题调研"
    deputy = Deputy.objects.get(account__username="deputy_city")
    form = {
        "kind": "research", "title": title, "subject": "村民自治", "begins_on": str(clock.today()),
        "team": [str(deputy.pk)],
    }  # fmt: skip
    assert page.post("/forums/inquiries/new", form).status_code == 302
    row = Inquiry.objects.get(title=title)
    acts = f"/forums/inquiries/{row.pk}/acts"
    assert page.post(f"{acts}/start").status_code == 409
    assert page.post(f"{acts}/add_check", {"article": "题目一", "text": "村民自治的做法"}).status_code == 302
    assert page.post(f"{acts}/start").status_code == 302
    return row


@pytest.mark.acceptance("S11")
def test_an_opinion_of_a_research_is_followed_to_the_report_on_carrying_it_out(doors: Doors) -> None:
    row, page, unit = _research(doors), doors.page("office"), doors.page("head")
    acts = f"/forums/inquiries/{row.pk}/acts"
    page.post(f"{acts}/check", {"check": str(row.checks.get().pk), "seen": "开了三次座谈会。"})
    opinion = {"text": "加强换届后的业务培训", "unit": "transport", "due_on": str(clock.today())}
    assert page.post(f"{acts}/add_finding", opinion).status_code == 302
    assert page.post(f"{acts}/report", {"report": "调研报告：提出一条审议意见。"}).status_code == 302
    assert page.post(f"{acts}/hand_over").status_code == 302
    finding = row.findings.get()
    about = f"/forums/findings/{finding.pk}/acts"
    assert unit.post(f"{about}/report", {"report": "已经安排三期培训。"}).status_code == 302
    assert doors.page("head2").post(f"{about}/report", {"report": "不是我们的。"}).status_code == 404
    assert page.post(f"{acts}/close").status_code == 409
    assert page.post(f"{about}/pass").status_code == 302
    assert page.post(f"{acts}/close").status_code == 302


@pytest.mark.acceptance("S11")
def test_the_demo_city_holds_three_researches_with_their_opinions(doors: Doors) -> None:
    rows = Inquiry.objects.filter(kind="research", begins_on__lt="2022-01-01")
    assert rows.count() == 3 and all(row.findings.count() == 3 for row in rows)
    assert doors.page("office").get("/forums/inquiries").status_code == 200
