"""Meetings: notice, quorum, what only the assembly decides, votes, results."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from lianxin.common import clock
from lianxin.common.actor import SYSTEM
from lianxin.common.errors import Conflict, Denied, Invalid, NotFound, Refused
from lianxin.notifications.models import Notice
from lianxin.regions.loading import HOME6
from lianxin.regions.models import Division
from lianxin.villages import models, selectors, services
from lianxin.villages.actions import MEETING_BOOK
from lianxin.villages.models import VillageMeeting
from lianxin.villages.reserved import ARTICLE_24, RESERVED
from lianxin.villages.services import NewVillage
from lianxin.villages.services.meeting_step import missing
from tests.factories import villages as make
from tests.factories.cast import OTHER_VILLAGE, VILLAGE, Cast


@pytest.fixture(autouse=True)
def _villages(cast: Cast) -> None:
    make.profiles()


def noticed(cast: Cast, row: VillageMeeting, **more: str) -> VillageMeeting:
    return services.meeting_notice(actor=cast.village, meeting=row, **more)


def move(cast: Cast, row: VillageMeeting, act: str) -> VillageMeeting:
    with clock.at(row.held_at):
        return services.meeting_move(actor=cast.village, meeting=row, act=act)


def test_an_assembly_is_noticed_ten_days_ahead(cast: Cast) -> None:
    row = make.meeting(cast, days=10)
    make.topic(cast, row)
    assert noticed(cast, row).state == "noticed" and row.noticed_on == clock.today()


def test_a_shorter_notice_needs_a_reason(cast: Cast) -> None:
    row = make.meeting(cast, days=9)
    make.topic(cast, row)
    with pytest.raises(Refused, match="提前 10 天"):
        noticed(cast, row)
    row.refresh_from_db()
    with pytest.raises(Invalid, match="太短"):
        noticed(cast, row, urgent_reason="急")
    row.refresh_from_db()
    assert noticed(cast, row, urgent_reason="汛期转移安置必须马上定").short_notice
    page = Client().get(f"/villages/{row.division_code}").content.decode()
    assert "未按十天通知" in page and "汛期转移安置必须马上定" in page


@pytest.mark.parametrize("matter", sorted(RESERVED))
def test_what_is_the_assemblys_is_never_urgent(cast: Cast, matter: str) -> None:
    row = make.meeting(cast, days=9)
    make.topic(cast, row, matter, "income" if matter == "authorisation" else "")
    with pytest.raises(Refused, match="不能按紧急办"):
        noticed(cast, row, urgent_reason="汛期转移安置必须马上定")
    early = make.meeting(cast, days=10)
    make.topic(cast, early, matter, "income" if matter == "authorisation" else "")
    assert noticed(cast, early).state == "noticed"


def test_a_reason_that_was_not_needed_is_not_kept(cast: Cast) -> None:
    row = make.meeting(cast, days=10)
    make.topic(cast, row)
    assert noticed(cast, row, urgent_reason="汛期转移安置必须马上定").urgent_reason == ""
    assert "未按十天通知" not in Client().get(f"/villages/{row.division_code}").content.decode()


def test_everybody_reads_what_meeting_is_coming_and_prints_its_notice(cast: Cast) -> None:
    row = make.meeting(cast)
    made = make.topic(cast, row)
    address, page = f"/villages/meetings/{row.pk}/notice.pdf", f"/villages/{row.division_code}"
    assert made.title not in Client().get(page).content.decode()
    assert Client().get(address).status_code == 404
    noticed(cast, row)
    shown = Client().get(page).content.decode()
    assert made.title in shown and row.place in shown and address in shown
    paper = Client().get(address)
    assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF")
    with clock.at(row.held_at + timedelta(days=1)):
        assert address not in Client().get(page).content.decode()


def test_two_days_before_village_and_supervisors_are_told_once(cast: Cast) -> None:
    row = make.meeting(cast)
    make.topic(cast, row)
    told = Notice.objects.filter(about_id=row.pk)
    on = clock.local_date(row.held_at)
    services.disclosure_tick(on - timedelta(days=2))
    assert not told.exists()
    noticed(cast, row)
    services.disclosure_tick(on - timedelta(days=3))
    assert not told.exists()
    for _ in range(2):
        services.disclosure_tick(on - timedelta(days=2))
    assert {one.recipient_key for one in told} == {f"village@{VILLAGE}", f"village_supervisor@{VILLAGE}"}
    assert told.count() == 2


def test_a_representatives_meeting_needs_no_ten_days(cast: Cast) -> None:
    row = make.meeting(cast, "representatives", days=2)
    make.topic(cast, row)
    assert noticed(cast, row).state == "noticed"


def test_no_notice_without_a_topic_and_no_meeting_in_the_past(cast: Cast) -> None:
    with pytest.raises(Refused, match="议题"):
        noticed(cast, make.meeting(cast))
    with pytest.raises(Invalid):
        make.meeting(cast, days=-1)


def test_sign_in_opens_on_the_day(cast: Cast) -> None:
    row = make.meeting(cast)
    make.topic(cast, row)
    noticed(cast, row)
    with pytest.raises(Refused, match="还没到"):
        services.meeting_move(actor=cast.village, meeting=row, act="open_sign_in")
    assert move(cast, row, "open_sign_in").state == "signing_in"


@pytest.mark.parametrize(
    ("kind", "present", "households", "left"),
    [
        ("assembly", 4, 0, 17),
        ("assembly", 20, 0, 1),  # 41 adults: half is not enough
        ("assembly", 21, 0, 0),
        ("assembly", 0, 9, 21),
        ("assembly", 0, 10, 0),  # two thirds of 15 households
        ("representatives", 6, 0, 2),  # 9 representatives and a committee of three: two thirds of 12
        ("representatives", 7, 0, 1),
        ("representatives", 8, 0, 0),
    ],
)
def test_quorum_to_the_head(cast: Cast, kind: str, present: int, households: int, left: int) -> None:
    row = make.signing_in(cast, kind, present=present, households=households)
    assert missing(row) == left
    if left:
        with pytest.raises(Refused, match=f"不足法定人数，还差 {left} 人，只能记为座谈"):
            move(cast, row, "declare_valid")
        assert move(cast, row, "record_talk").state == "talk"
    else:
        with pytest.raises(Refused):
            move(cast, row, "record_talk")
        assert move(cast, row, "declare_valid").state == "valid"


def test_the_committee_comes_to_the_representatives_meeting_as_well(cast: Cast) -> None:
    row = make.signing_in(cast, "representatives", present=make.MEMBERS)
    assert row.present == make.REPRESENTATIVES + 3
    with clock.at(row.held_at), pytest.raises(Invalid):
        services.meeting_count(actor=cast.village, meeting=row, present=make.MEMBERS + 1)
    with clock.at(row.held_at), pytest.raises(Invalid, match="人数不对"):
        services.meeting_count_one(actor=cast.village, meeting=row)


def test_a_talk_never_becomes_a_decision(cast: Cast) -> None:
    row = move(cast, make.signing_in(cast, present=3), "record_talk")
    for act in ("declare_valid", "decide"):
        with pytest.raises(Conflict):
            move(cast, row, act)


def test_counts_are_totals_within_the_roll(cast: Cast) -> None:
    row = make.signing_in(cast, present=3)
    with clock.at(row.held_at), pytest.raises(Invalid):
        services.meeting_count(actor=cast.village, meeting=row, present=make.ADULTS + 1)
    with clock.at(row.held_at), pytest.raises(Invalid):
        services.meeting_count(
            actor=cast.village, meeting=row, present=1, households_present=make.HOUSEHOLDS + 1
        )


def test_nobody_is_named_as_present() -> None:
    people = {"name", "person", "resident", "villager", "phone", "sex", "score", "rank", "label", "level"}
    tables = [one for one in vars(models).values() if isinstance(one, type) and hasattr(one, "_meta")]
    for table in tables:
        if table.__module__ != models.__name__:
            continue
        for column in table._meta.get_fields():
            assert not people & set(column.name.split("_")) or column.name == "actor_name", (table, column)


@pytest.mark.parametrize("matter", ARTICLE_24)
def test_what_article_24_reserves_is_blocked_in_the_representatives_meeting(cast: Cast, matter: str) -> None:
    with pytest.raises(Invalid, match="没有村民会议授权的记录"):
        make.topic(cast, make.meeting(cast, "representatives"), matter)
    make.topic(cast, make.meeting(cast, "assembly"), matter)


def authorise(cast: Cast, matter: str, in_favour: int) -> None:
    row = make.meeting(cast)
    made = make.topic(cast, row, "authorisation", matter)
    noticed(cast, row)
    with clock.at(row.held_at):
        services.meeting_move(actor=cast.village, meeting=row, act="open_sign_in")
        services.meeting_count(actor=cast.village, meeting=row, present=30)
        services.meeting_move(actor=cast.village, meeting=row, act="declare_valid")
        services.topic_vote(
            actor=cast.village, meeting=row, topic=made, in_favour=in_favour, against=0, abstained=0
        )


def test_the_assemblys_authorisation_opens_that_matter_only(cast: Cast) -> None:
    authorise(cast, "income", 16)
    row = make.meeting(cast, "representatives")
    assert make.topic(cast, row, "income").matter == "income"
    with pytest.raises(Invalid):
        make.topic(cast, row, "property")


def test_a_lost_vote_authorises_nothing(cast: Cast) -> None:
    authorise(cast, "income", 15)
    with pytest.raises(Invalid):
        make.topic(cast, make.meeting(cast, "representatives"), "income")


@pytest.mark.parametrize("matter", ["charter", "covenant"])
def test_charter_and_covenant_are_never_delegated(cast: Cast, matter: str) -> None:
    with pytest.raises(Invalid, match="第二十七条"):
        make.topic(cast, make.meeting(cast, "representatives"), matter)
    with pytest.raises(Invalid, match="只有第二十四条"):
        make.topic(cast, make.meeting(cast), "authorisation", matter)


def test_a_topic_that_is_not_on_the_notice_waits_for_the_next_meeting(cast: Cast) -> None:
    row = make.signing_in(cast, present=30)
    move(cast, row, "declare_valid")
    late = make.topic(cast, row)
    assert not late.on_notice
    with clock.at(row.held_at), pytest.raises(Invalid, match="留到下次"):
        services.topic_vote(actor=cast.village, meeting=row, topic=late, in_favour=30, against=0, abstained=0)
    following = make.meeting(cast)
    assert [one.title for one in following.topics.all()] == [late.title]
    assert make.meeting(cast).topics.count() == 0


@pytest.mark.parametrize(("in_favour", "passed"), [(15, False), (16, True)])
def test_more_than_half_of_those_present_decide(cast: Cast, in_favour: int, passed: bool) -> None:
    row = make.signing_in(cast, present=30)
    move(cast, row, "declare_valid")
    with clock.at(row.held_at):
        topic = services.topic_vote(
            actor=cast.village,
            meeting=row,
            topic=row.topics.get(),
            in_favour=in_favour,
            against=30 - in_favour,
            abstained=0,
        )
        assert topic.passed is passed
        with pytest.raises(Conflict):
            services.topic_vote(
                actor=cast.village, meeting=row, topic=topic, in_favour=1, against=0, abstained=0
            )


def test_more_votes_than_people_are_refused(cast: Cast) -> None:
    row = make.signing_in(cast, present=30)
    move(cast, row, "declare_valid")
    with clock.at(row.held_at), pytest.raises(Invalid, match="30"):
        services.topic_vote(
            actor=cast.village, meeting=row, topic=row.topics.get(), in_favour=29, against=1, abstained=1
        )


def test_no_decision_without_votes_and_minutes(cast: Cast) -> None:
    row = make.signing_in(cast, present=30)
    move(cast, row, "declare_valid")
    with pytest.raises(Refused, match="没有表决"):
        move(cast, row, "decide")
    with clock.at(row.held_at):
        services.topic_vote(
            actor=cast.village, meeting=row, topic=row.topics.get(), in_favour=30, against=0, abstained=0
        )
    with pytest.raises(Refused, match="会议记录"):
        move(cast, row, "decide")


def test_decided_carried_out_shown(cast: Cast) -> None:
    row = make.decided(cast)
    topic = row.topics.get()
    with pytest.raises(Invalid, match="先写办理情况"):
        services.topic_show(actor=cast.village, meeting=row, topic=topic, text="路修通了，都能走。")
    services.topic_carry(actor=cast.village, meeting=row, topic=topic, text="已经请了施工队，下月开工。")
    assert row.state == "carrying_out"
    services.topic_show(actor=cast.village, meeting=row, topic=topic, text="路修通了，都能走。")
    assert row.state == "shown"
    assert [one.result_text for one in selectors.decisions_of(row.division_code)] == ["路修通了，都能走。"]
    topic.refresh_from_db()
    with pytest.raises(Conflict):
        services.topic_show(actor=cast.village, meeting=row, topic=topic, text="再晒一次结果看看。")


def test_what_did_not_pass_is_not_carried_out(cast: Cast) -> None:
    row = make.decided(cast)
    topic = row.topics.get()
    type(topic).objects.filter(pk=topic.pk).update(passed=False)
    topic.refresh_from_db()
    with pytest.raises(Invalid, match="没有通过"):
        services.topic_carry(actor=cast.village, meeting=row, topic=topic, text="办理情况写在这里。")


def test_only_the_own_village_holds_its_meetings(cast: Cast) -> None:
    row = make.meeting(cast)
    with pytest.raises(Denied):
        services.meeting_notice(actor=cast.village_other, meeting=row)
    with pytest.raises(Denied):
        make.meeting(cast, village=OTHER_VILLAGE)
    with pytest.raises(NotFound):
        selectors.meeting_for(cast.village_other, row.pk)
    assert selectors.meeting_for(cast.village_supervisor, row.pk).pk == row.pk


def test_a_communitys_meeting_is_recorded_without_a_verdict(cast: Cast) -> None:
    code = Division.objects.filter(kind="community").values_list("code", flat=True)[0]
    services.villages_register(actor=SYSTEM, villages=[NewVillage(code, 40, 15, 9)], home6=HOME6)
    row = make.signing_in(cast, present=3)
    VillageMeeting.objects.filter(pk=row.pk).update(is_community=True)
    row.refresh_from_db()
    assert move(cast, row, "declare_valid").state == "valid"


def test_every_act_is_bound_or_follows_by_itself() -> None:
    assert MEETING_BOOK.unbound() == {"finish"}


def test_the_meetings_photo_stays_in_the_archive(cast: Cast) -> None:
    row = make.signing_in(cast, present=3)
    services.meeting_photo(actor=cast.village, meeting=row, photo=make.photo())
    with pytest.raises(Denied):
        services.meeting_photo(actor=cast.village_supervisor, meeting=row, photo=make.photo())


def test_two_telephones_at_one_door_add_up(cast: Cast) -> None:
    row = make.signing_in(cast, present=3)
    before = row.present
    stale = VillageMeeting.objects.get(pk=row.pk)
    services.meeting_count_one(actor=cast.village, meeting=row)
    services.meeting_count_one(actor=cast.village, meeting=stale)
    row.refresh_from_db()
    assert row.present == before + 2


def test_nobody_is_counted_beyond_those_who_may_come(cast: Cast) -> None:
    row = make.signing_in(cast, present=3)
    services.meeting_count(actor=cast.village, meeting=row, present=make.ADULTS)
    with pytest.raises(Invalid, match="人数不对"):
        services.meeting_count_one(actor=cast.village, meeting=row)
