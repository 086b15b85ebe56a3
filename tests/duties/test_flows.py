"""约见 and 代表创优, each step with those who may not."""

from __future__ import annotations

from datetime import date

import pytest

from lianxin.common.errors import Conflict, Denied, Invalid, NotFound, Refused
from lianxin.duties.flows import excellence, meetings
from lianxin.duties.flows.meetings import Promised
from lianxin.duties.flows.permissions import bids_visible_to, may_bid, may_meeting, meetings_visible_to
from lianxin.duties.flows.selectors import honours_on_notice, promises_open
from lianxin.duties.models import DutyRecord, ExcellenceBid, MeetingDeadline, MeetingEvent, MeetingRequest
from lianxin.notifications.models import Notice
from tests.factories import assessment as make
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db
MEET = date(2026, 11, 20)
MINUTES = "局长介绍了大桥检测情况，代表问了绕行和工期。"
PROMISES = (Promised("年底前恢复单车道通行", date(2026, 12, 31), "副局长"),)


def held(cast: Cast, *, on_spot: bool = False, came: str = "delegate") -> MeetingRequest:
    with make.on(11, 10):
        row = make.scheduled(cast, MEET)
    with make.on(11, 20):
        return meetings.meeting_hold(
            actor=cast.presidium,
            row=row,
            came=came,
            came_name="周副局长",
            minutes=MINUTES,
            on_spot=on_spot,
            promises=PROMISES,
        )


def test_a_meeting_is_held_with_a_delegate_and_its_promise_is_followed(cast: Cast) -> None:
    row = held(cast)
    assert (row.state, row.came, row.came_name) == ("answer_due", "delegate", "周副局长")
    assert [one.item for one in promises_open(cast.presidium)] == ["年底前恢复单车道通行"]
    record = DutyRecord.objects.get(kind__slug="organ_interview")
    assert record.deputy == cast.deputy_row("deputy_town")
    with make.on(12, 1):
        with pytest.raises(Denied):
            meetings.meeting_answer(actor=cast.head_power, row=row, answer="大桥年底单车道通行。")
        row = meetings.meeting_answer(actor=cast.head, row=row, answer="大桥年底前恢复单车道通行。")
        with pytest.raises(Denied):
            meetings.meeting_rate(actor=cast.deputy_town_2, row=row, rating="satisfied")
        with pytest.raises(Invalid):
            meetings.meeting_rate(actor=cast.deputy_town, row=row, rating="dissatisfied")
        row = meetings.meeting_rate(actor=cast.deputy_town, row=row, rating="satisfied")
        row = meetings.meeting_close(actor=cast.presidium, row=row)
        assert row.state == "closed"
        assert promises_open(cast.deputy_town).count() == 1, "a closed meeting forgets no promise"
        promise = row.promises.get()
        kept = {"row": row, "promise": promise.id, "proof": "单车道已通车"}
        with pytest.raises(Denied):
            meetings.meeting_promise_keep(actor=cast.head, **kept)
        meetings.meeting_promise_keep(actor=cast.presidium, **kept)
        with pytest.raises(Conflict):
            meetings.meeting_promise_keep(actor=cast.presidium, **kept)
        with pytest.raises(NotFound):
            meetings.meeting_promise_keep(actor=cast.presidium, **(kept | {"promise": row.pk}))
    assert not promises_open(cast.deputy_town)
    acts = list(MeetingEvent.objects.filter(request=row).order_by("at", "id").values_list("act", flat=True))
    assert acts == ["screen", "schedule", "hold", "follow_due", "answer", "rate", "close", "keep_promise"]


def test_answered_on_the_spot_needs_no_paper(cast: Cast) -> None:
    row = held(cast, on_spot=True, came="head")
    assert row.state == "answered"
    assert not row.deadlines.filter(what="answer").exists()


def test_every_deadline_is_a_parameter_and_explains_itself(cast: Cast) -> None:
    row = held(cast)
    dues = {one.what: one for one in MeetingDeadline.objects.filter(request=row)}
    assert {what: one.due_on for what, one in dues.items()} == {
        "screen": date(2026, 11, 17),
        "hold": date(2026, 12, 8),
        "answer": date(2026, 12, 21),
    }
    assert dues["screen"].met_on == date(2026, 11, 10)
    assert dues["hold"].met_on == MEET
    assert all("约见" in one.trace[0] for one in dues.values())


def test_a_refusal_names_its_ground_and_nobody_screens_his_own(cast: Cast) -> None:
    with make.on(11, 10):
        row = make.asked(cast)
        for who in ("deputy_town", "keeper", "presidium_other", "head", "admin"):
            with pytest.raises(Denied):
                meetings.meeting_screen(actor=getattr(cast, who), row=row)
        with pytest.raises(Invalid):
            meetings.meeting_reject(actor=cast.presidium, row=row, ground="because", words="不行")
        row = meetings.meeting_reject(
            actor=cast.presidium, row=row, ground="judicial", words="正在法院审理，不宜约见。"
        )
        with pytest.raises(Conflict):
            meetings.meeting_schedule(actor=cast.presidium, row=row, meet_on=MEET, place="会议室")
    assert row.state == "rejected"
    told = Notice.objects.filter(recipient_key=str(cast.account("deputy_town").id))
    assert told.filter(text__contains="法院").exists()


def test_a_meeting_moves_once_and_a_month_at_most(cast: Cast) -> None:
    with make.on(11, 10):
        row = make.scheduled(cast, MEET)
        move = {"actor": cast.presidium, "row": row, "reason": "局长出差"}
        with pytest.raises(Refused, match="2026-12-10"):
            meetings.meeting_postpone(meet_on=date(2026, 12, 11), **move)
        row = meetings.meeting_postpone(meet_on=date(2026, 12, 10), **move)
        assert row.state == "postponed"
        with pytest.raises(Conflict):
            meetings.meeting_postpone(meet_on=date(2026, 12, 9), **(move | {"row": row}))
    with make.on(12, 9), pytest.raises(Refused, match="见过以后"):
        meetings.meeting_hold(
            actor=cast.presidium, row=row, came="head", came_name="周局长", minutes=MINUTES, on_spot=True
        )


def test_a_day_beyond_the_deadline_or_in_the_past_is_refused(cast: Cast) -> None:
    with make.on(11, 10):
        row = meetings.meeting_screen(actor=cast.presidium, row=make.asked(cast))
        with pytest.raises(Refused, match="2026-12-08"):
            meetings.meeting_schedule(
                actor=cast.presidium, row=row, meet_on=date(2026, 12, 9), place="会议室"
            )
        with pytest.raises(Invalid):
            meetings.meeting_schedule(
                actor=cast.presidium, row=row, meet_on=date(2026, 11, 9), place="会议室"
            )


def test_minutes_say_who_came_and_promises_lie_ahead(cast: Cast) -> None:
    with make.on(11, 10):
        row = make.scheduled(cast, MEET)
    form = {"row": row, "actor": cast.presidium, "minutes": MINUTES, "on_spot": True, "came_name": "周局长"}
    with make.on(11, 20):
        with pytest.raises(Invalid) as caught:
            meetings.meeting_hold(**(form | {"came": "", "came_name": ""}))
        assert set(caught.value.fields) == {"came", "came_name"}
        with pytest.raises(Invalid):
            meetings.meeting_hold(**form, came="head", promises=(Promised("过去的事", date(2026, 1, 1)),))
    assert MeetingRequest.objects.get().state == "scheduled"


def test_only_a_sitting_deputy_asks_for_a_known_organ(cast: Cast) -> None:
    with pytest.raises(Denied):
        make.asked(cast, "keeper")
    with pytest.raises(Invalid):
        make.asked(cast, organ="nowhere")


def test_a_joint_request_is_everybodys_and_counts_for_each(cast: Cast) -> None:
    mate = cast.deputy_row("deputy_town_2")
    with make.on(11, 10):
        row = make.asked(cast, joint=[mate.pk])
        row = meetings.meeting_screen(actor=cast.presidium, row=row)
        row = meetings.meeting_schedule(actor=cast.presidium, row=row, meet_on=MEET, place="会议室")
        assert may_meeting(cast.deputy_town_2, "view", row)
        assert not may_meeting(cast.deputy_town_3, "view", row)
    with make.on(11, 20):
        meetings.meeting_hold(
            actor=cast.presidium, row=row, came="head", came_name="周局长", minutes=MINUTES, on_spot=True
        )
    assert DutyRecord.objects.filter(kind__slug="organ_interview").count() == 2


def test_the_list_rule_of_meetings_is_the_object_rule(cast: Cast) -> None:
    rows = [held(cast)]
    with make.on(11, 11):
        rows.append(make.asked(cast, "deputy_other"))
        rows.append(make.asked(cast, "deputy_city", organ="power"))
    for who in cast.names:
        actor = getattr(cast, who)
        listed = set(meetings_visible_to(actor).values_list("pk", flat=True))
        assert {row.pk for row in rows if may_meeting(actor, "view", row)} == listed, who
    assert not meetings_visible_to(cast.head_power).exists(), "an organ learns of it when it is arranged"


def test_the_honour_is_given_after_five_days_on_notice(cast: Cast) -> None:
    with make.on(11, 10):
        row = make.noticed(cast)
        assert row.notice_to == date(2026, 11, 16), "the fifth day is a Sunday"
        assert list(honours_on_notice()) == [row]
        with pytest.raises(Refused, match="期满"):
            excellence.excellence_confirm(actor=cast.presidium, row=row)
    with make.on(11, 16), pytest.raises(Refused):
        excellence.excellence_confirm(actor=cast.presidium, row=row)
    with make.on(11, 17):
        for who in ("deputy_town", "group_leader", "presidium_other", "keeper"):
            with pytest.raises(Denied):
                excellence.excellence_confirm(actor=getattr(cast, who), row=row)
        row = excellence.excellence_confirm(actor=cast.presidium, row=row)
    assert row.state == "honoured"
    assert DutyRecord.objects.get(kind__slug="excellence").title == "2026 年度五好代表"


def test_an_objection_on_notice_blocks_the_honour_until_it_is_handled(cast: Cast) -> None:
    with make.on(11, 10):
        row = make.noticed(cast)
        with pytest.raises(Invalid):
            excellence.excellence_object(actor=cast.keeper, row=row, text="不同意", came_by="phone")
        row = excellence.excellence_object(
            actor=cast.keeper, row=row, text="走访的户数和村里说的对不上。", came_by="phone"
        )
    with make.on(11, 20):
        with pytest.raises(Refused, match="没有处理"):
            excellence.excellence_confirm(actor=cast.presidium, row=row)
        objection = row.objections.get()
        settle = {"row": row, "objection": objection.id, "answer": "核对台账，户数相符。"}
        with pytest.raises(Denied):
            excellence.excellence_settle(actor=cast.keeper, **settle)
        excellence.excellence_settle(actor=cast.presidium, **settle)
        with pytest.raises(Refused):
            excellence.excellence_settle(actor=cast.presidium, **settle)
        assert excellence.excellence_confirm(actor=cast.presidium, row=row).state == "honoured"


def test_after_the_notice_nobody_objects_any_more(cast: Cast) -> None:
    with make.on(11, 10):
        row = make.noticed(cast)
    with make.on(11, 17), pytest.raises(Refused, match="公示已经结束"):
        excellence.excellence_object(
            actor=cast.keeper, row=row, text="走访的户数和村里说的对不上。", came_by="phone"
        )


def test_nobody_recommends_himself_and_one_bid_a_year(cast: Cast) -> None:
    with make.on(11, 10):
        row = make.bid(cast, "group_leader")
        with pytest.raises(Refused, match="自己的申报"):
            excellence.excellence_recommend(actor=cast.group_leader, row=row, words="我推荐我自己")
        with pytest.raises(Conflict):
            make.bid(cast, "group_leader")
        excellence.excellence_withdraw(actor=cast.group_leader, row=row)
        assert make.bid(cast, "group_leader").state == "nominated"
        with pytest.raises(Denied):
            make.bid(cast, "keeper")


def test_a_bid_is_private_until_the_notice(cast: Cast) -> None:
    with make.on(11, 10):
        rows = [make.bid(cast, "deputy_town_2"), make.noticed(cast)]
        for who in cast.names:
            actor = getattr(cast, who)
            listed = set(bids_visible_to(actor).values_list("pk", flat=True))
            assert {row.pk for row in rows if may_bid(actor, "view", row)} == listed, who
        assert not may_bid(cast.keeper, "view", rows[0])
        assert may_bid(cast.keeper, "view", rows[1])
        declined = excellence.excellence_decline(actor=cast.presidium, row=rows[0], words="今年名额已满")
    assert declined.state == "declined"
    assert ExcellenceBid.objects.count() == 2
