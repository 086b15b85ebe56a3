"""From the draft to the file: each rule with its refused twin."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from lianxin.audit.models import AuditEntry
from lianxin.charters import selectors, services
from lianxin.charters.models import CharterComment, CharterText, RevisionRound
from lianxin.charters.services.drafting import model_clauses
from lianxin.common import clock
from lianxin.common.actor import RESIDENT
from lianxin.common.errors import Conflict, Denied, Invalid, Refused, TooMany
from lianxin.notifications.models import Notice
from lianxin.regions.loading import HOME6
from lianxin.villages.models import VillageProfile
from tests.factories import charters as make
from tests.factories import villages as ground
from tests.factories.cast import OTHER_VILLAGE, VILLAGE, Cast


@pytest.fixture(autouse=True)
def _villages(cast: Cast) -> None:
    ground.profiles(deputy=cast.deputy_row("deputy_town"))


def change(cast: Cast, text: CharterText, words: str, **more: Any) -> Any:
    row = make.clause(text)
    return services.clause_change(actor=cast.village, clause=row, words=words, reason="村里的做法", **more)


def week(days: int = 7) -> Any:
    return clock.today() + timedelta(days=days)


def test_a_draft_begins_with_the_models_clauses(cast: Cast) -> None:
    text = make.draft(cast)
    model = [row.text for row in model_clauses(text.model_slug)]
    assert [row.words for row in text.clauses.all()] == model and len(model) >= 10
    assert text.number == 1 and text.state == "draft"
    entry = AuditEntry.objects.filter(tag="charter.start").latest("seq")
    assert "村" not in str(entry.facts)


def test_only_the_own_village_begins_and_only_one_at_a_time(cast: Cast) -> None:
    for who in (cast.village_other, cast.presidium, cast.village_supervisor, cast.office):
        with pytest.raises(Denied):
            services.charter_start(actor=who, village=VILLAGE, kind="covenant")
    make.draft(cast)
    with pytest.raises(Conflict, match="正在修订"):
        make.draft(cast)
    assert make.draft(cast, "charter").kind == "charter"
    with pytest.raises(Invalid):
        services.charter_start(actor=cast.village, village=VILLAGE, kind="x")


def test_the_database_itself_holds_one_text_in_the_making(cast: Cast) -> None:
    text = make.draft(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        CharterText.objects.create(
            home6=HOME6, division_code=VILLAGE, kind="covenant", number=9, model_slug=text.model_slug
        )


def test_a_village_that_is_not_registered_cannot_begin(cast: Cast) -> None:
    VillageProfile.objects.all().delete()
    with pytest.raises(Refused, match="村的人数"):
        make.draft(cast)


def test_clauses_are_added_changed_moved_and_taken_out_with_reasons(cast: Cast) -> None:
    text = make.draft(cast)
    added = services.clause_add(
        actor=cast.village, text=text, heading="文明养犬", words="养狗要拴绳，按时打疫苗。", reason="有人被咬"
    )
    assert added.change == "added"
    row = change(cast, text, "房前屋后各家打扫，每月逢五大扫除。")
    assert row.change == "changed" and row.was.startswith("房前屋后")
    first, second = list(text.clauses.all())[:2]
    services.clause_move(actor=cast.village, clause=second, up=True)
    assert [one.pk for one in text.clauses.all()][:2] == [second.pk, first.pk]
    gone = services.clause_remove(actor=cast.village, clause=first, reason="和章程重复")
    assert gone.change == "removed" and gone.pk in {one.pk for one in text.clauses.all()}
    assert gone.pk not in {one.pk for one in selectors.standing(text)}


def test_a_change_without_a_reason_is_refused(cast: Cast) -> None:
    row = make.clause(make.draft(cast))
    for words, reason, field in (("改成这样的新文。", "", "reason"), ("短", "有理由", "words")):
        with pytest.raises(Invalid) as refusal:
            services.clause_change(actor=cast.village, clause=row, words=words, reason=reason)
        assert field in refusal.value.fields
    with pytest.raises(Invalid):
        services.clause_remove(actor=cast.village, clause=row, reason="")
    with pytest.raises(Invalid):
        services.clause_add(
            actor=cast.village, text=row.text, heading="", words="一条新的内容。", reason="要"
        )


def test_moving_at_the_edge_changes_nothing(cast: Cast) -> None:
    text = make.draft(cast)
    first = text.clauses.first()
    assert (
        first and services.clause_move(actor=cast.village, clause=first, up=True).position == first.position
    )


def test_numbers_of_papers_are_hidden_in_clauses(cast: Cast) -> None:
    row = change(cast, make.draft(cast), "有事找组长，电话 13987654321。")
    assert "13987654321" not in row.words


def test_an_unanswered_hint_stops_the_text_and_a_reason_or_a_change_lets_it_go(cast: Cast) -> None:
    text = make.draft(cast)
    change(cast, text, "乱倒垃圾的罚款五十元。")
    with pytest.raises(Refused, match="合法性提示"):
        services.comments_open(actor=cast.village, text=text, until=week())
    kept = change(cast, text, "依法应当罚款的，由有权的机关处理。", kept_why="只是提醒，村里不罚款")
    assert kept.kept_why
    assert services.comments_open(actor=cast.village, text=text, until=week()).state == "commenting"


def test_comments_are_asked_for_seven_days_at_least(cast: Cast) -> None:
    text = make.draft(cast)
    with pytest.raises(Refused, match="至少 7 天"):
        services.comments_open(actor=cast.village, text=text, until=week(6))
    assert services.comments_open(actor=cast.village, text=text, until=week(7)).state == "commenting"
    assert Notice.objects.filter(about_id=text.pk, recipient_kind="account").exists()


def test_a_resident_comments_without_a_name_and_numbers_are_hidden(cast: Cast) -> None:
    text = make.commenting(cast)
    said = services.comment_say(
        actor=RESIDENT,
        text=text,
        words="我叫王晓璐，电话 13987654321，垃圾桶太少。",
        clause=make.clause(text),
    )
    assert "王晓璐" not in said.words and "13987654321" not in said.words
    with pytest.raises(Invalid):
        services.comment_say(actor=RESIDENT, text=text, words="好")
    with pytest.raises(Denied):
        services.comment_say(actor=cast.deputy_town, text=text, words="我也来说一句。")


def test_after_its_day_nobody_comments_any_more(cast: Cast) -> None:
    text = make.commenting(cast)
    with clock.at(make.after_comments()), pytest.raises(Refused, match="结束"):
        services.comment_say(actor=RESIDENT, text=text, words="再加两个垃圾桶吧。")


def test_a_browser_that_floods_has_to_wait(cast: Cast) -> None:
    text = make.commenting(cast)
    for number in range(10):
        services.comment_say(actor=RESIDENT, text=text, words=f"第{number}条意见，请看。", browser_token="t")  # noqa: S106 - a browser's mark
    with pytest.raises(TooMany):
        services.comment_say(actor=RESIDENT, text=text, words="第十一条意见，请看。", browser_token="t")  # noqa: S106 - a browser's mark


def test_while_people_read_the_words_stay(cast: Cast) -> None:
    text = make.commenting(cast)
    with pytest.raises(Refused, match="文字不能动"):
        change(cast, text, "期满以前不能改。")
    with clock.at(make.after_comments()):
        assert change(cast, text, "按意见修改以后的新文。").change == "changed"


def test_the_town_is_asked_after_the_week_with_every_comment_settled(cast: Cast) -> None:
    text = make.commenting(cast)
    paper = services.comment_from_paper(actor=cast.village, text=text, words="加一条管水的办法。")
    with pytest.raises(Refused, match="期满以后"):
        services.check_ask(actor=cast.village, text=text)
    with clock.at(make.after_comments()):
        with pytest.raises(Refused, match="没有写怎么处理"):
            services.check_ask(actor=cast.village, text=text)
        services.comment_settle(actor=cast.village, comment=paper, outcome="taken", why="已加到第七条")
        assert services.check_ask(actor=cast.village, text=text).state == "checking"
        with pytest.raises((Conflict, Refused)):
            services.comment_settle(actor=cast.village, comment=paper, outcome="taken", why="再写一遍")


def test_a_draft_that_nobody_has_read_does_not_go_to_the_town(cast: Cast) -> None:
    with pytest.raises(Refused, match="没有征求过意见"):
        services.check_ask(actor=cast.village, text=make.draft(cast))


def test_the_town_sends_an_unlawful_clause_back(cast: Cast) -> None:
    text = make.commenting(cast)
    with clock.at(make.after_comments()):
        services.check_ask(actor=cast.village, text=text)
        with pytest.raises(Invalid):
            services.check_return(actor=cast.presidium, text=text, note="不行")
        for who in (cast.village, cast.presidium_other, cast.office):
            with pytest.raises(Denied):
                services.check_return(actor=who, text=text, note="第五条违反行政处罚法，请删去罚款。")
        back = services.check_return(
            actor=cast.presidium, text=text, note="第五条违反行政处罚法，请删去罚款。"
        )
        assert back.state == "draft" and "行政处罚法" in back.town_note
        change(cast, text, "乱倒垃圾的，上门劝导。")
        assert services.check_ask(actor=cast.village, text=text).state == "checking"


def test_the_assembly_adopts(cast: Cast) -> None:
    text = make.adopted(cast)
    assert text.state == "adopted" and text.adopted_on and text.topic


def test_the_representatives_meeting_is_refused_with_the_article(cast: Cast) -> None:
    text = make.to_vote(cast)
    topic = make.voted(cast)
    topic.meeting.kind = "representatives"
    topic.meeting.save()
    with pytest.raises(Refused, match="第二十七条"):
        services.vote_record(actor=cast.village, text=text, topic=topic)
    text.refresh_from_db()
    assert text.state == "to_vote"


def test_a_missed_quorum_leaves_the_text_to_be_voted(cast: Cast) -> None:
    text = make.to_vote(cast)
    after = services.vote_record(actor=cast.village, text=text, topic=make.voted(cast, present=4))
    assert after.state == "to_vote" and after.topic is None
    assert "座谈" in text.events.get(act="vote_failed").note
    assert services.vote_record(actor=cast.village, text=text, topic=make.voted(cast)).state == "adopted"


def test_a_vote_without_majority_leaves_it_too_and_it_can_be_taken_back(cast: Cast) -> None:
    text = make.to_vote(cast)
    topic = make.voted(cast, in_favour=15)
    assert topic.passed is False
    assert services.vote_record(actor=cast.village, text=text, topic=topic).state == "to_vote"
    assert services.redraft(actor=cast.village, text=text).state == "draft"


def test_a_vote_on_another_matter_or_an_unfinished_meeting_is_refused(cast: Cast) -> None:
    text = make.to_vote(cast)
    with pytest.raises(Refused, match="不是这份文本"):
        services.vote_record(actor=cast.village, text=text, topic=make.voted(cast, "charter"))
    row = ground.meeting(cast)
    with pytest.raises(Refused, match="还没有形成决议"):
        services.vote_record(actor=cast.village, text=text, topic=ground.topic(cast, row, "covenant"))


def test_the_old_version_stays_in_force_until_the_new_ones_day(cast: Cast) -> None:
    old = make.filed(cast)
    text = make.published(cast, in_days=30)
    assert text.number == 2 and text.earlier_id == old.pk
    assert selectors.in_force(VILLAGE, "covenant") == old
    with clock.at(clock.now() + timedelta(days=30)):
        assert selectors.in_force(VILLAGE, "covenant") == text
    old.refresh_from_db()
    assert old.state == "filed" and old.clauses.count() == text.clauses.count()


def test_it_cannot_be_in_force_before_it_is_published(cast: Cast) -> None:
    text = make.adopted(cast)
    with pytest.raises(Refused, match="生效日"):
        services.charter_publish(actor=cast.village, text=text, effective_on=week(-1))


def test_filing_is_due_in_ten_days_and_gets_a_number(cast: Cast) -> None:
    text = make.published(cast)
    assert text.adopted_on and text.file_due_on
    assert timedelta(days=10) <= text.file_due_on - text.adopted_on <= timedelta(days=18)
    with pytest.raises(Refused, match="还没有报来"):
        services.charter_file(actor=cast.presidium, text=text)
    services.charter_send(actor=cast.village, text=text)
    with pytest.raises(Refused, match="已经报镇"):
        services.charter_send(actor=cast.village, text=text)
    with pytest.raises(Denied):
        services.charter_file(actor=cast.presidium_other, text=text)
    assert services.charter_file(actor=cast.presidium, text=text).filing_number.startswith("段家河约备〔")


def test_an_ordered_correction_brings_the_old_version_back_and_begins_the_next(cast: Cast) -> None:
    old = make.filed(cast)
    text = make.filed(cast)
    note = "第五条罚款违反行政处罚法第十七条，请删去。"
    services.correction_order(actor=cast.presidium, text=text, note=note)
    assert text.state == "correction" and text.correct_due_on and text.correct_due_on >= week(30)
    assert selectors.in_force(VILLAGE, "covenant") == old
    again = make.draft(cast, source="current")
    assert again.number == 3 and again.earlier_id == text.pk
    with pytest.raises((Conflict, Refused)):
        services.correction_order(actor=cast.presidium, text=text, note=note)


def test_both_texts_filed_make_the_village_done_in_the_round(cast: Cast) -> None:
    row = services.round_open(actor=cast.office, home6=HOME6, name="第三轮修订", due_on=week(200))
    entry = row.entries.get(division_code=VILLAGE)
    make.filed(cast)
    entry.refresh_from_db()
    assert entry.done_on is None
    make.filed(cast, "charter")
    entry.refresh_from_db()
    assert entry.done_on == clock.today()
    assert row.entries.get(division_code=OTHER_VILLAGE).done_on is None
    services.round_close(actor=cast.office, row=row)
    with pytest.raises(Conflict):
        services.round_close(actor=cast.office, row=row)


def test_only_the_office_opens_a_round_and_one_at_a_time(cast: Cast) -> None:
    for who in (cast.presidium, cast.village, cast.deputy_city):
        with pytest.raises(Denied):
            services.round_open(actor=who, home6=HOME6, name="第三轮修订", due_on=week(200))
    with pytest.raises(Invalid):
        services.round_open(actor=cast.office, home6=HOME6, name="三", due_on=week(-1))
    services.round_open(actor=cast.office, home6=HOME6, name="第三轮修订", due_on=week(200))
    with pytest.raises(Conflict):
        services.round_open(actor=cast.office, home6=HOME6, name="又一轮修订", due_on=week(200))
    assert RevisionRound.objects.count() == 1


def test_the_clock_tells_once_of_what_is_late(cast: Cast) -> None:
    text = make.published(cast)
    with clock.at(clock.now() + timedelta(days=25)):
        assert services.charter_tick() == 1
        services.charter_tick()
    told = Notice.objects.filter(about_id=text.pk, subject__contains="备案期限已过")
    assert told.count() == 1
    services.charter_send(actor=cast.village, text=text)
    services.correction_order(actor=cast.presidium, text=text, note="第五条违反行政处罚法，请删去罚款。")
    with clock.at(clock.now() + timedelta(days=45)):
        assert services.charter_tick() == 1
        make.draft(cast)
        assert services.charter_tick() == 0


def test_the_same_request_sent_twice_is_one_text(cast: Cast) -> None:
    one = services.charter_start(actor=cast.village, village=VILLAGE, kind="covenant", request_id="k")
    two = services.charter_start(actor=cast.village, village=VILLAGE, kind="covenant", request_id="k")
    assert one == two and CharterText.objects.count() == 1


def test_a_comments_outcome_needs_a_reason(cast: Cast) -> None:
    text = make.commenting(cast)
    paper = services.comment_from_paper(actor=cast.village, text=text, words="加一条管水的办法。")
    with pytest.raises(Invalid) as refusal:
        services.comment_settle(actor=cast.village, comment=paper, outcome="", why="")
    assert set(refusal.value.fields) == {"outcome", "why"}
    with pytest.raises(Denied):
        services.comment_settle(actor=cast.presidium, comment=paper, outcome="taken", why="已经加上")
    assert CharterComment.objects.filter(outcome="").count() == 1


def test_a_community_says_it_in_its_own_words_and_the_meeting_is_only_recorded(cast: Cast) -> None:
    VillageProfile.objects.update(is_community=True)
    text = make.draft(cast)
    assert text.title == "居民公约" and not any("村民" in one.words for one in text.clauses.all())
    CharterText.objects.filter(pk=text.pk).update(state="to_vote")
    text.refresh_from_db()
    topic = make.voted(cast)
    topic.meeting.kind = "representatives"
    topic.meeting.save()
    assert services.vote_record(actor=cast.village, text=text, topic=topic).state == "adopted"
