"""Groups, activities, deputies among themselves, circulars, the 321 page: through pages, by named people."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from lianxin.activities.models import Activity, Gathering, Presence
from lianxin.colleagues.models import Circular, Post, Question
from lianxin.common import clock
from lianxin.duties.models import DutyRecord
from lianxin.people.actors import active_seats
from lianxin.people.models import Deputy, DeputyGroup, GroupMember
from tests.acceptance.conftest import CITY, TOWN, Doors

TAGS = re.compile(r"<[^>]+>")
MINUTES = "到会代表看了三处山塘，议定列清单交联络站，下月再看办得怎样。"


def _said(answer: Any) -> str:
    return TAGS.sub(" ", answer.content.decode())


def _held(doors: Doors, kind: str, title: str) -> tuple[Client, Activity]:
    """Plan an activity an hour from now as the leader of the group, tell the members, open the signing in."""
    leader = doors.page("group_leader")
    now = clock.now().astimezone(clock.SHANGHAI)
    form = {
        "kind": kind,
        "title": title,
        "place": "村党群服务中心",
        "starts_at": (now + timedelta(minutes=30)).strftime("%Y-%m-%dT%H:%M"),
        "ends_at": (now + timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M"),
        "material": "代表法（2025）第三章",
    }
    assert leader.post("/deputy/group/activities/new", form).status_code == 302
    row = Activity.objects.filter(title=title).latest("created_at")
    for act in ("notify", "begin"):
        assert leader.post(f"/deputy/group/activities/{row.pk}/acts/{act}").status_code == 302
    return leader, row


def _digits(leader: Client, event: Gathering) -> str:
    """Read the code of the moment from the leader's screen."""
    found = re.search(r"(\d{3}) (\d{3})", _said(leader.get(f"/gatherings/{event.pk}")))
    assert found
    return "".join(found.groups())


def _signed_and_closed(doors: Doors, kind: str, title: str) -> Activity:
    leader, row = _held(doors, kind, title)
    event = Gathering.objects.get(source_id=str(row.pk))
    wrong = leader.post(f"/sign-in/{event.pk}", {"code": "000000"})
    assert wrong.status_code in {409, 422}
    assert not Presence.objects.filter(gathering=event).exists()
    assert leader.post(f"/sign-in/{event.pk}", {"code": _digits(leader, event)}).status_code == 302
    base = f"/deputy/group/activities/{row.pk}/acts"
    assert leader.post(f"{base}/end").status_code == 302
    assert leader.post(f"{base}/write_minutes", {"minutes": "短"}).status_code == 422
    assert leader.post(f"{base}/write_minutes", {"minutes": MINUTES}).status_code == 302
    row.refresh_from_db()
    assert row.state == "done"
    return row


@pytest.mark.acceptance("S52")
def test_an_activity_with_sign_in_and_minutes_feeds_the_ledger_once(doors: Doors) -> None:
    row = _signed_and_closed(doors, "group_activity", f"看山塘{uuid4().hex[:4]}")
    came = DutyRecord.objects.filter(
        deputy__account__username="group_leader", kind__slug="group_activity", source_room="activities"
    )
    assert came.filter(on=clock.today(), source_id__contains=str(row.pk)[:8]).count() <= 1
    assert came.filter(on=clock.today()).count() >= 1


@pytest.mark.acceptance("S52")
def test_only_the_leader_holds_an_activity_of_the_group(doors: Doors) -> None:
    assert doors.page("deputy_town").get("/deputy/group/activities/new").status_code == 403
    assert doors.page("clerk").get("/office/groups").status_code == 403


@pytest.mark.acceptance("S69")
def test_learning_has_material_and_counts_as_training(doors: Doors) -> None:
    row = _signed_and_closed(doors, "learning", f"学习代表法{uuid4().hex[:4]}")
    assert row.material
    page = _said(doors.page("group_leader").get(f"/deputy/group/activities/{row.pk}"))
    assert "代表法（2025）第三章" in page
    learned = DutyRecord.objects.filter(deputy__account__username="group_leader", kind__slug="training")
    assert learned.filter(on=clock.today()).exists()


@pytest.mark.acceptance("S53")
def test_every_deputy_is_in_one_group_and_most_groups_mix_levels(doors: Doors) -> None:
    members = GroupMember.objects.filter(valid_to=None)
    per_deputy = Counter(members.values_list("deputy_id", flat=True))
    own = set(
        active_seats(clock.today()).filter(level__in=["city", "town"]).values_list("deputy_id", flat=True)
    )
    assert own <= set(per_deputy)
    assert set(per_deputy.values()) == {1}
    groups = DeputyGroup.objects.filter(members__valid_to=None).distinct()
    assert groups.count() == 145
    assert not groups.filter(leader=None).exists()
    levels = Counter()  # type: ignore[var-annotated]  # group → number of levels
    seats = active_seats(clock.today()).filter(deputy__memberships__valid_to=None)
    for group in set(seats.values_list("deputy__memberships__group_id", "level")):
        levels[group[0]] += 1
    assert sum(n >= 2 for n in levels.values()) >= 0.8 * groups.count()
    assert "145" in _said(doors.page("office").get("/office/groups"))


@pytest.mark.acceptance("S2")
def test_the_321_page_counts_the_three_lines_and_anybody_may_read_it(doors: Doors) -> None:
    page = _said(doors.page().get("/321"))
    for word in ("三线", "两化", "一平台", "人大代表联系选民"):
        assert word in page
    placed = GroupMember.objects.filter(valid_to=None, deputy__seats__in=active_seats(clock.today()))
    assert str(placed.values("deputy").distinct().count()) in page.replace(",", "")
    listed = _said(doors.page().get("/321/groups")).replace(",", "")
    assert "145" in listed


@pytest.mark.acceptance("S90a")
def test_a_town_reads_and_replies_and_the_city_sees_who_has_not(doors: Doors) -> None:
    title = f"关于报送活动情况的通知{uuid4().hex[:4]}"
    form = {
        "sender": CITY,
        "receivers": [TOWN],
        "kind": "notice",
        "title": title,
        "text": "请报送本月代表小组活动次数和主要做法。",
        "wants": "reply",
        "due_on": (clock.today() + timedelta(days=7)).isoformat(),
    }
    office = doors.page("office")
    assert office.post("/office/circulars/new", form).status_code == 302
    row = Circular.objects.get(title=title)
    assert "还没看" in _said(office.get(f"/office/circulars/{row.pk}"))
    keeper = doors.page("keeper")
    assert title in _said(keeper.get(f"/office/circulars/{row.pk}"))
    reply = {"text": "本月活动四次，纪要都已入册。"}
    assert keeper.post(f"/office/circulars/{row.pk}/acts/reply", reply).status_code == 302
    assert reply["text"] in _said(office.get(f"/office/circulars/{row.pk}"))


@pytest.mark.acceptance("S90a")
def test_a_town_cannot_send_in_the_citys_name(doors: Doors) -> None:
    form = {
        "sender": CITY,
        "receivers": [TOWN],
        "kind": "notice",
        "title": "冒名的通知",
        "text": "一二三四五六七八九十",
    }
    before = Circular.objects.count()
    assert doors.page("keeper").post("/office/circulars/new", form).status_code in {403, 422}
    assert Circular.objects.count() == before


@pytest.mark.acceptance("S90c")
def test_deputies_talk_in_their_group_and_ask_a_colleague(doors: Doors) -> None:
    leader = doors.page("group_leader")
    words = f"下周二去看山塘，八点在村部集合{uuid4().hex[:4]}"
    assert leader.post("/deputy/colleagues/channel", {"text": words}).status_code == 302
    assert words in _said(leader.get("/deputy/colleagues/channel"))
    phone = leader.post("/deputy/colleagues/channel", {"text": "李大叔的电话是13891505566，大家都打一下"})
    assert phone.status_code in {409, 422}
    assert not Post.objects.filter(text__contains="13891505566").exists()
    to = Deputy.objects.get(account__username="deputy_town")
    ask = {"title": "山塘管护怎么收费", "text": "你们村的山塘管护费是怎么定的？", "to": str(to.pk)}
    assert leader.post("/deputy/colleagues/questions/new", ask).status_code == 302
    row = Question.objects.filter(title=ask["title"]).latest("created_at")
    answered = doors.page("deputy_town").get(f"/deputy/colleagues/questions/{row.pk}")
    assert ask["text"] in _said(answered)


@pytest.mark.acceptance("S90c")
def test_nobody_outside_the_group_reads_its_channel(doors: Doors) -> None:
    words = f"只给本组看的话{uuid4().hex[:6]}"
    assert doors.page("group_leader").post("/deputy/colleagues/channel", {"text": words}).status_code == 302
    for who in ("deputy_city", "office", "keeper", "admin"):
        answer = doors.page(who).get("/deputy/colleagues/channel")
        assert words not in answer.content.decode(), who
