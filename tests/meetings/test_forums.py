"""A forum from planning to the effect, each rule with its refused twin."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianxin.activities.models import Presence
from lianxin.audit.models import AuditEntry
from lianxin.common import clock
from lianxin.common.errors import Conflict, Denied, Invalid, NotFound, Refused
from lianxin.documents.letters import letter_docx, letter_pdf
from lianxin.documents.models import LetterVersion
from lianxin.duties.models import DutyRecord
from lianxin.handling.models import Assignment
from lianxin.meetings import services
from lianxin.meetings.models import ForumLetter
from lianxin.notifications.models import Notice
from lianxin.web.papers.letters import letter_for
from tests.factories import forums as make
from tests.factories.cast import TOWN, Cast


def test_a_forum_gets_the_next_number_of_the_year(cast: Cast) -> None:
    one, two = make.planned(cast), make.planned(cast)
    assert (one.sequence, two.sequence) == (1, 2) and one.state == "preparing"


def test_nobody_else_plans_a_forum(cast: Cast) -> None:
    for who in ("deputy_city", "head", "presidium"):
        with pytest.raises(Denied):
            make.planned(cast, who=who)


def test_a_town_plans_its_own(cast: Cast) -> None:
    assert make.planned(cast, place=TOWN, who="presidium").division_code == TOWN
    with pytest.raises(Denied):
        make.planned(cast, place=TOWN, who="presidium_other")


def test_a_day_that_has_passed_is_refused(cast: Cast) -> None:
    with pytest.raises(Invalid) as caught:
        make.planned(cast, days=-1)
    assert "day" in caught.value.fields


def test_no_notice_without_a_roster(cast: Cast) -> None:
    with pytest.raises(Refused, match="名单还不全"):
        services.forum_notify(actor=cast.office, forum=make.planned(cast))


def test_a_department_where_nobody_signs_cannot_be_invited(cast: Cast) -> None:
    with pytest.raises(Invalid, match="还没有负责人账号"):
        services.roster_set(actor=cast.office, forum=make.planned(cast), deputies=[], units=["court"])


def test_deputies_of_another_congress_are_not_invited(cast: Cast) -> None:
    with pytest.raises(Invalid, match="不在本级"):
        services.roster_set(
            actor=cast.office,
            forum=make.planned(cast),
            deputies=[cast.deputy_row("deputy_town").pk],
            units=[],
        )


def test_the_notice_reaches_everybody_and_the_pack_has_receipts(cast: Cast) -> None:
    forum = make.invited(cast, days=3)
    services.paper_add(actor=cast.office, forum=forum, title="农口情况", text="今年的灌溉和用电情况。")
    forum = services.forum_notify(actor=cast.office, forum=make.refreshed(forum))
    assert Notice.objects.filter(about_id=forum.pk, dedupe__startswith="invited").count() == 5
    services.papers_read(actor=cast.deputy_city, forum=forum)
    services.papers_read(actor=cast.head, forum=make.refreshed(forum))
    assert forum.reads.count() == 2
    services.paper_add(actor=cast.office, forum=make.refreshed(forum), title="补充", text="补充一份资料。")
    assert forum.reads.count() == 0
    with pytest.raises(Denied):
        services.papers_read(actor=cast.deputy_other, forum=make.refreshed(forum))


def test_a_question_ahead_goes_to_a_department_that_comes(cast: Cast) -> None:
    forum = services.forum_notify(actor=cast.office, forum=make.invited(cast, days=3))
    services.question_ahead(actor=cast.deputy_city, forum=forum, unit="power", text="冷库的电价怎么算？")
    assert Notice.objects.filter(about_id=forum.pk, recipient_key="power", subject="有代表会前提问").exists()
    with pytest.raises(Invalid):
        services.question_ahead(
            actor=cast.deputy_city, forum=make.refreshed(forum), unit="court", text="这个部门不来吧？"
        )


def test_the_ledger_opens_on_the_day(cast: Cast) -> None:
    forum = services.forum_notify(actor=cast.office, forum=make.invited(cast, days=3))
    with pytest.raises(Refused, match="还没到开会那天"):
        services.forum_begin(actor=cast.office, forum=forum)
    with clock.at(clock.now() + timedelta(days=3)):
        assert services.forum_begin(actor=cast.office, forum=make.refreshed(forum)).state == "running"


def test_a_delegate_needs_an_explanation(cast: Cast) -> None:
    forum = make.running(cast)
    with pytest.raises(Invalid) as caught:
        services.unit_sign_in(
            actor=cast.head, forum=forum, unit="transport", attendee="副局长", is_delegate=True
        )
    assert "delegate_note" in caught.value.fields
    row = services.unit_sign_in(
        actor=cast.head,
        forum=make.refreshed(forum),
        unit="transport",
        attendee="李副局长",
        is_delegate=True,
        delegate_note="局长在省里开会，委托李副局长到会",
    )
    assert row.is_delegate and row.signed_at
    with pytest.raises(NotFound):
        services.unit_sign_in(actor=cast.head, forum=make.refreshed(forum), unit="power", attendee="甲")


def test_items_get_numbers_and_their_department_hears_at_once(cast: Cast) -> None:
    forum = make.running(cast)
    assert [make.item(cast, forum, place).number for place in range(4)] == [1, 2, 3, 4]
    assert Notice.objects.filter(about_id=forum.pk, recipient_key="power", subject="第 2 件请答复").exists()


def test_the_same_key_is_the_same_row(cast: Cast) -> None:
    forum = make.running(cast)
    one = make.item(cast, forum, request_id="row-1")
    again = make.item(cast, forum, request_id="row-1")
    assert one.pk == again.pk and make.refreshed(forum).last_number == 1


def test_a_row_like_another_is_asked_about_and_merged_or_kept(cast: Cast) -> None:
    forum = make.running(cast)
    make.item(cast, forum, text="三组的灌溉渠塌了两处，插秧前要修好")
    with pytest.raises(services.Alike) as caught:
        make.item(
            cast, forum, text="三组灌溉渠塌了两处，插秧前要修好", deputy=cast.deputy_row("deputy_city_2").pk
        )
    assert caught.value.number == 1
    merged = services.item_merge(
        actor=cast.office_second,
        forum=make.refreshed(forum),
        into=1,
        deputy=cast.deputy_row("deputy_city_2").pk,
    )
    assert merged.number == 1 and merged.speakers.count() == 1
    kept = make.item(cast, forum, text="三组灌溉渠塌了两处，插秧前要修好", anyway=True)
    assert kept.number == 2 and make.refreshed(forum).last_number == 2


@pytest.mark.parametrize(
    ("more", "field"),
    [({"text": "短"}, "text"), ({"units": ["court"]}, "units"), ({"deputy": None}, "deputy")],
)
def test_a_row_that_is_not_complete_says_what_is_missing(
    cast: Cast, more: dict[str, object], field: str
) -> None:
    forum = make.running(cast)
    with pytest.raises(Invalid) as caught:
        make.item(cast, forum, **more)
    assert field in caught.value.fields and make.refreshed(forum).last_number == 0


def test_only_hosts_write_the_ledger(cast: Cast) -> None:
    forum = make.running(cast)
    for who in ("deputy_city", "head", "leader", "presidium", "keeper"):
        with pytest.raises(Denied):
            services.item_note(
                actor=getattr(cast, who),
                forum=make.refreshed(forum),
                deputy=cast.deputy_row("deputy_city").pk,
                units=[],
                text="没有资格记的一件事",
            )


def test_an_answer_counts_only_when_the_deputy_accepts(cast: Cast) -> None:
    row = make.item(cast, make.running(cast))
    row = services.item_answer(actor=cast.head, item=make.fresh(row), text="明天派人去修。")
    assert row.state == "answered"
    row = services.item_judge(actor=cast.deputy_city, item=make.fresh(row), agree=True)
    assert row.state == "on_spot"


def test_a_denied_answer_goes_to_the_written_ones(cast: Cast) -> None:
    row = make.item(cast, make.running(cast))
    services.item_answer(actor=cast.head, item=make.fresh(row), text="这个不好办。")
    row = services.item_judge(actor=cast.deputy_city, item=make.fresh(row), agree=False)
    assert (row.state, row.why_after) == ("after", "denied")


def test_nobody_judges_for_another_deputy_and_nobody_answers_for_another_department(cast: Cast) -> None:
    row = make.item(cast, make.running(cast))
    with pytest.raises(Denied):
        services.item_answer(actor=cast.head_power, item=make.fresh(row), text="不是我们的事。")
    with pytest.raises(Denied):
        services.item_defer(actor=cast.head_power, item=make.fresh(row))
    services.item_answer(actor=cast.head, item=make.fresh(row), text="明天派人去修。")
    for who in ("deputy_city_2", "head"):
        with pytest.raises(Denied):
            services.item_judge(actor=getattr(cast, who), item=make.fresh(row), agree=True)


def test_an_item_for_two_departments_waits_for_both(cast: Cast) -> None:
    row = make.item(cast, make.running(cast), units=["transport", "power"])
    row = services.item_answer(actor=cast.head, item=make.fresh(row), text="路由我们来挖。")
    assert row.state == "noted"
    row = services.item_answer(actor=cast.head_power, item=make.fresh(row), text="线由我们来架。")
    assert row.state == "answered"


def test_a_head_who_leaves_early_owes_written_answers(cast: Cast) -> None:
    forum = make.running(cast)
    one, two = make.item(cast, forum, 0), make.item(cast, forum, 1)
    answered = make.item(cast, forum, 2)
    services.item_answer(actor=cast.head, item=make.fresh(answered), text="这件现场就能定。")
    left = services.unit_leave(actor=cast.office, forum=make.refreshed(forum), unit="transport")
    assert left.left_at
    states = [make.fresh(row).state for row in (one, two, answered)]
    assert states == ["after", "noted", "answered"] and make.fresh(one).why_after == "left"
    with pytest.raises(Conflict):
        services.unit_leave(actor=cast.office, forum=make.refreshed(forum), unit="transport")


def test_an_item_without_department_or_outcome_keeps_the_forum_open(cast: Cast) -> None:
    forum = make.running(cast)
    row = make.item(cast, forum, units=[])
    forum = services.forum_move(actor=cast.office, forum=make.refreshed(forum), act="end")
    services.minutes_draft(
        actor=cast.office, forum=forum, minutes="会议纪要：代表提出意见一件，还没有指向部门。"
    )
    with pytest.raises(Refused, match="第 1 件没有指向部门"):
        services.forum_close(actor=cast.leader, forum=make.refreshed(forum))
    services.item_amend(
        actor=cast.office, item=make.fresh(row), text=row.text, deputy=row.deputy_id, units=["power"]
    )
    with pytest.raises(Refused, match="不等于共 1 件"):
        services.forum_close(actor=cast.leader, forum=make.refreshed(forum))
    services.item_force(actor=cast.office, item=make.fresh(row))
    assert services.forum_close(actor=cast.leader, forum=make.refreshed(forum)).state == "closed"


def test_the_chair_confirms_minutes_that_another_drafted(cast: Cast) -> None:
    forum = make.running(cast, place=TOWN, who="presidium")
    row = make.item(cast, forum)
    services.item_force(actor=cast.presidium, item=make.fresh(row))
    forum = services.forum_move(actor=cast.presidium, forum=make.refreshed(forum), act="end")
    with pytest.raises(Refused, match="还没有会议纪要"):
        services.forum_close(actor=cast.presidium_second, forum=forum)
    services.minutes_draft(
        actor=cast.presidium, forum=forum, minutes="会议纪要：代表提出意见一件，会后书面答复。"
    )
    with pytest.raises(Refused, match="另一位主持人"):
        services.forum_close(actor=cast.presidium, forum=make.refreshed(forum))
    assert services.forum_close(actor=cast.presidium_second, forum=make.refreshed(forum)).state == "closed"


def test_attendance_stands_in_the_ledger_of_duties_once(cast: Cast) -> None:
    forum = make.closed(cast)
    assert Presence.objects.filter(gathering__source_id=forum.pk).count() == 3
    assert DutyRecord.objects.filter(source_room="meetings").count() == 3


def test_one_letter_a_department_with_number_due_date_and_annex(cast: Cast) -> None:
    forum = make.handed_over(cast)
    rows = list(ForumLetter.objects.filter(forum=forum).order_by("unit"))
    assert [(row.unit, row.items) for row in rows] == [("power", 1), ("transport", 1)]
    assert all(row.number and row.due_on > clock.today() for row in rows)
    letter = LetterVersion.objects.get(pk=rows[0].letter_id)
    assert [line[0] for line in letter.content["annex"]["rows"]] == ["2"]
    assert letter_pdf(letter).startswith(b"%PDF") and letter_docx(letter)
    for who in ("office", "head_power", "leader"):
        assert letter_for(getattr(cast, who), letter.pk)
    for who in ("head", "deputy_city", "presidium"):
        with pytest.raises(NotFound):
            letter_for(getattr(cast, who), letter.pk)


def test_before_closing_nothing_is_handed_over_and_twice_never(cast: Cast) -> None:
    forum = make.running(cast)
    with pytest.raises(Conflict):
        services.forum_hand_over(actor=cast.office, forum=forum)
    done = make.handed_over(cast)
    with pytest.raises(Conflict):
        services.forum_hand_over(actor=cast.office, forum=make.refreshed(done))


def test_a_linked_item_gets_no_second_letter(cast: Cast) -> None:
    forum = make.running(cast)
    row = make.item(cast, forum)
    services.item_link(actor=cast.office, item=make.fresh(row), suggestion=row.pk, number="旬人建〔2026〕1号")
    with pytest.raises(Conflict, match="已经并入"):
        services.item_link(actor=cast.office, item=make.fresh(row), suggestion=row.pk, number="另一件")
    forum = services.forum_move(actor=cast.office, forum=make.refreshed(forum), act="end")
    services.minutes_draft(
        actor=cast.office, forum=forum, minutes="会议纪要：代表提出意见一件，并入已有的建议。"
    )
    forum = services.forum_close(actor=cast.leader, forum=make.refreshed(forum))
    forum = services.forum_hand_over(actor=cast.office, forum=forum)
    assert not forum.letters.exists() and not Assignment.objects.filter(matter_kind="forum").exists()
    assert make.fresh(row).state == "handed_over"


def test_the_department_replies_and_the_deputy_rates(cast: Cast) -> None:
    forum = make.handed_over(cast)
    row = forum.items.get(number=2)
    row = make.replied(cast, row)
    assert row.state == "replied" and row.replied_on
    with pytest.raises(Invalid):
        services.item_rate(actor=cast.deputy_city, item=row, rating="unsatisfied")
    with pytest.raises(Denied):
        services.item_rate(actor=cast.deputy_city_2, item=row, rating="satisfied")
    row = services.item_rate(actor=cast.deputy_city, item=make.fresh(row), rating="satisfied")
    assert row.rating == "satisfied"
    with pytest.raises(Refused, match="已经评价过"):
        services.item_rate(actor=cast.deputy_city, item=make.fresh(row), rating="basically")


def test_the_follow_up_waits_for_replies_or_for_its_day(cast: Cast) -> None:
    forum = make.handed_over(cast)
    with pytest.raises(Refused, match="还有 2 件没有答复"):
        services.forum_move(actor=cast.office, forum=forum, act="follow_up")
    with clock.at(clock.now() + timedelta(days=100)):
        done = services.forum_move(actor=cast.office, forum=make.refreshed(forum), act="follow_up")
    assert done.state == "followed"


def test_the_trail_holds_ids_and_codes_only(cast: Cast) -> None:
    make.handed_over(cast)
    entries = AuditEntry.objects.filter(target_kind="forum")
    told = " ".join(str(entry.facts) for entry in entries)
    assert entries.count() > 15
    assert not [text for text in make.TEXTS if text[:6] in told] and "测试" not in told
