"""Villages govern themselves: S12d (disclosure), S22 (meetings), S23 (议→定→办→晒)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import F

from lianxin.common import clock
from lianxin.demo.villages_stories import ITEMS, LATE, MISSING, REPRESENTATIVES, TALKS, share
from lianxin.notifications.models import Notice
from lianxin.villages.models import DisclosureItem, MeetingTopic, VillageMeeting, VillageProfile
from lianxin.villages.services import disclosure_tick
from tests.acceptance.conftest import TOWN, VILLAGE, Doors

ACCOUNT = "6217000012345678901"


def _item(doors: Doors) -> DisclosureItem:
    """Make a major matter through the clerk's page."""
    what = f"第{uuid4().hex[:6]}号便民桥招标结果"
    form = {"what": what, "happened_on": str(clock.today())}
    assert doors.page("village").post("/village/items/new", form).status_code == 302
    return DisclosureItem.objects.get(what=what)


def _act(doors: Doors, who: str, item: DisclosureItem, name: str, **typed: Any) -> int:
    return int(doors.page(who).post(f"/village/items/{item.pk}/acts/{name}", typed).status_code)


def _published(doors: Doors) -> DisclosureItem:
    item = _item(doors)
    assert _act(doors, "village", item, "submit", text=f"中标价 12000 元，保证金账号 {ACCOUNT}。") == 302
    assert _act(doors, "village_supervisor", item, "approve") == 302
    assert _act(doors, "village", item, "publish") == 302
    return item


@pytest.mark.acceptance("S12d")
def test_two_persons_publish_and_everybody_reads_it_without_account_numbers(doors: Doors) -> None:
    item = _published(doors)
    page = doors.page().get(f"/villages/items/{item.pk}").content.decode()
    assert "中标价 12000 元" in page and ACCOUNT not in page and "账号已隐去" in page
    village = doors.page().get(f"/villages/{VILLAGE}")
    assert item.what in village.content.decode() and len(village.content) < 60_000


@pytest.mark.acceptance("S12d")
def test_what_the_supervision_committee_has_not_reviewed_stays_hidden(doors: Doors) -> None:
    item = _item(doors)
    assert _act(doors, "village", item, "submit", text="还没有审核的内容。") == 302
    assert _act(doors, "village", item, "publish") == 409
    assert _act(doors, "village", item, "approve") == 403
    assert doors.page().get(f"/villages/items/{item.pk}").status_code == 404


@pytest.mark.acceptance("S12d")
def test_an_overdue_quarterly_item_turns_red_and_reminds_village_town_and_deputy(doors: Doors) -> None:
    due = DisclosureItem.objects.filter(division_code=VILLAGE, kind="relief", state="to_prepare").first()
    assert due is not None and due.due_trace and "第三十条" in due.due_basis
    for days in (-7, -1, 1, 3):
        with clock.at(clock.day_start(due.due_on + timedelta(days=days))):
            disclosure_tick()
    due.refresh_from_db()
    assert due.state == "overdue"
    told = Notice.objects.filter(about_id=due.pk)
    assert told.filter(recipient_key=f"village@{VILLAGE}").count() >= 3
    assert told.filter(recipient_key=f"presidium@{TOWN}").exists()
    deputy = VillageProfile.objects.get(division_code=VILLAGE).supervising_deputy
    assert deputy is not None
    assert told.filter(recipient_kind="account", recipient_key=str(deputy.account_id)).exists()
    with clock.at(clock.day_start(due.due_on + timedelta(days=3))):
        board = doors.page("presidium").get(f"/village/board/{VILLAGE}").content.decode()
    row = board.split(due.what)[0].rsplit("<li>", 1)[1]
    assert "红灯" in row


@pytest.mark.acceptance("S12d")
def test_a_question_without_login_gets_a_code_a_date_and_an_answer(doors: Doors) -> None:
    item, resident = _published(doors), doors.page()
    asked = resident.post(f"/villages/items/{item.pk}/ask", {"text": "保证金退了没有？"}, follow=True)
    code = re.search(r"XY-\w{4}-\w{4}", asked.content.decode())
    assert code is not None
    question = item.questions.get()
    assert clock.today() < question.due_on <= clock.today() + timedelta(days=20)
    answer = {"answer": "中标公示满三天就退，已经退了。"}
    assert (
        doors.page("village_supervisor").post(f"/village/questions/{question.pk}", answer).status_code == 403
    )
    assert doors.page("village").post(f"/village/questions/{question.pk}", answer).status_code == 302
    read = doors.page().post("/villages/answer", {"code": code[0]}).content.decode()
    assert answer["answer"] in read


@pytest.mark.acceptance("S12d")
def test_the_demo_citys_books_have_the_figures_of_the_plan(doors: Doors) -> None:
    villages = VillageProfile.objects.count()
    wanted = share(ITEMS, villages)
    items = DisclosureItem.objects.filter(events__act="register", due_on__lt=clock.today())
    assert items.count() == wanted
    assert items.filter(published_on__gt=F("due_on")).count() == round(LATE * wanted)
    assert items.filter(published_on=None).count() == round(MISSING * wanted)


def _meeting(doors: Doors, kind: str, *, days: int = 12) -> VillageMeeting:
    """Prepare a meeting with one topic and send its notice, through the clerk's pages."""
    page, title = doors.page("village"), f"第{uuid4().hex[:6]}次会议"
    day = str(clock.today() + timedelta(days=days))
    form = {"kind": kind, "title": title, "place": "村委会院坝", "day": day, "hour": "09:00"}
    assert page.post("/village/meetings/new", form).status_code == 302
    row = VillageMeeting.objects.get(title=title)
    topic = {"title": "整修三组到河边的路", "matter": "ordinary"}
    assert page.post(f"/village/meetings/{row.pk}/acts/add_topic", topic).status_code == 302
    return row


def _do(doors: Doors, row: VillageMeeting, name: str, at: datetime | None = None, **typed: Any) -> Any:
    with clock.at(at or clock.now()):
        page = doors.page("village")
        return page.post(f"/village/meetings/{row.pk}/acts/{name}", typed)


def _signing_in(doors: Doors, kind: str, present: int) -> VillageMeeting:
    row = _meeting(doors, kind)
    assert _do(doors, row, "give_notice").status_code == 302
    assert _do(doors, row, "open_sign_in", row.held_at).status_code == 302
    typed = {"present": str(present), "households_present": "0"}
    assert _do(doors, row, "count", row.held_at, **typed).status_code == 302
    return row


@pytest.mark.acceptance("S22")
def test_a_meeting_below_quorum_cannot_be_closed_as_valid(doors: Doors) -> None:
    adults = VillageProfile.objects.get(division_code=VILLAGE).adults
    row = _signing_in(doors, "assembly", adults // 2 + 1 - 17)
    shown = doors.page("village").get(f"/village/meetings/{row.pk}").content.decode()
    assert "还差 17 人" in shown
    refused = _do(doors, row, "declare_valid", row.held_at)
    assert refused.status_code == 409 and "只能记为座谈" in refused.content.decode()
    assert _do(doors, row, "record_talk", row.held_at).status_code == 302
    row.refresh_from_db()
    assert row.state == "talk"
    assert _do(doors, row, "decide", row.held_at).status_code == 409


@pytest.mark.acceptance("S22")
def test_with_one_more_than_half_it_is_valid(doors: Doors) -> None:
    adults = VillageProfile.objects.get(division_code=VILLAGE).adults
    row = _signing_in(doors, "assembly", adults // 2 + 1)
    assert _do(doors, row, "declare_valid", row.held_at).status_code == 302


@pytest.mark.acceptance("S22")
def test_a_late_notice_and_a_reserved_matter_are_refused_with_the_article(doors: Doors) -> None:
    row = _meeting(doors, "assembly", days=3)
    refused = _do(doors, row, "give_notice")
    assert refused.status_code == 409 and "提前 10 天" in refused.content.decode()
    held = _meeting(doors, "representatives")
    for matter, article in (("covenant", "第二十七条"), ("homesteads", "第二十四条")):
        said = _do(doors, held, "add_topic", title="要村民会议定的事", matter=matter)
        assert said.status_code == 422 and article in said.content.decode()


@pytest.mark.acceptance("S22")
def test_the_demo_citys_representatives_met_and_those_too_few_only_talked(doors: Doors) -> None:
    wanted = share(REPRESENTATIVES, VillageProfile.objects.count())
    held = VillageMeeting.objects.filter(kind="representatives", events__act="register")
    assert held.count() == wanted
    assert held.filter(state="talk").count() == round(TALKS * wanted)
    assert not MeetingTopic.objects.filter(meeting__state="talk", passed__isnull=False).exists()


@pytest.mark.acceptance("S23")
def test_the_villages_page_shows_talked_decided_done_and_shown_with_dates(doors: Doors) -> None:
    members = VillageProfile.objects.get(division_code=VILLAGE).meeting_members
    row = _signing_in(doors, "representatives", members)
    held, pk = row.held_at, str(row.topics.get().pk)
    vote = {"topic": pk, "in_favour": str(members), "against": "0", "abstained": "0"}
    assert _do(doors, row, "declare_valid", held).status_code == 302
    assert _do(doors, row, "vote", held, **vote).status_code == 302
    assert _do(doors, row, "write_minutes", held, minutes="逐项讨论，全体同意修路。").status_code == 302
    assert _do(doors, row, "decide", held).status_code == 302
    mark = uuid4().hex[:6]
    assert _do(doors, row, "show_result", held, topic=pk, text="还没办就晒").status_code == 422
    assert _do(doors, row, "carry_out", held, topic=pk, text=f"施工队{mark}进场。").status_code == 302
    assert _do(doors, row, "show_result", held, topic=pk, text=f"路修好了{mark}。").status_code == 302
    page = doors.page().get(f"/villages/{VILLAGE}").content.decode()
    assert f"施工队{mark}进场。" in page and f"路修好了{mark}。" in page


@pytest.mark.acceptance("S23")
def test_the_demo_city_shows_all_four_stages_and_never_a_result_of_what_did_not_pass(doors: Doors) -> None:
    shown = MeetingTopic.objects.filter(meeting__division_code=VILLAGE, shown_on__isnull=False)
    assert shown.exists()
    for topic in shown:
        assert topic.decided_on and topic.carried_on and topic.shown_on
        assert topic.decided_on <= topic.carried_on <= topic.shown_on
    assert not MeetingTopic.objects.exclude(passed=True).filter(carried_on__isnull=False).exists()
