"""Themed years, the contest, moral reviews, inspections: each rule with its refused twin."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from lianxin.audit.models import AuditEntry
from lianxin.campaigns import models, selectors, services
from lianxin.campaigns.models import CampaignTask, Contest, Inspection, MoralMeeting, Nomination, VoteTurn
from lianxin.common import clock
from lianxin.common.actor import RESIDENT
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.duties.models import DutyRecord
from lianxin.notifications.models import Notice
from lianxin.villages.models import VillageProfile
from tests.factories import campaigns as make
from tests.factories import villages as ground
from tests.factories.cast import OTHER_VILLAGE, TOWN, VILLAGE, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _villages(cast: Cast) -> None:
    ground.profiles(deputy=cast.deputy_row("deputy_town"))


def vote(row: Nomination, token: str = "a") -> VoteTurn:  # noqa: S107 - a browser's mark
    row.refresh_from_db()
    return services.vote_cast(actor=RESIDENT, row=row, browser_token=token)


def test_a_themed_year_has_a_row_for_each_village_and_evidence_makes_it_done(cast: Cast) -> None:
    row = make.theme(cast)
    assert row.tasks.count() == VillageProfile.objects.count()
    task = row.tasks.get(division_code=VILLAGE)
    with pytest.raises(Invalid):
        services.task_finish(actor=cast.village, task=task, evidence="做了")
    for who in (cast.village_other, cast.presidium, cast.office):
        with pytest.raises(Denied):
            services.task_finish(actor=who, task=task, evidence="会议记录都补齐了，公开栏看得到。")
    services.task_finish(actor=cast.village, task=task, evidence="会议记录都补齐了，公开栏看得到。")
    with pytest.raises(Conflict):
        services.task_finish(actor=cast.village, task=task, evidence="再填一遍，看看行不行。")
    assert selectors.campaigns(cast.office)[0][1] == {"campaign": row.pk, "total": 2, "done": 1}


def test_only_the_office_opens_and_closes_a_themed_year(cast: Cast) -> None:
    row = make.theme(cast)
    with pytest.raises(Conflict):
        make.theme(cast)
    for who in (cast.presidium, cast.village, cast.deputy_city):
        with pytest.raises(Denied):
            services.campaign_close(actor=who, row=row, summary="今年做得很好，明年接着做。")
    with pytest.raises(Invalid):
        services.campaign_close(actor=cast.office, row=row, summary="好")
    services.campaign_close(actor=cast.office, row=row, summary="两个村完成了一个，另一个明年补。")
    task = CampaignTask.objects.get(division_code=VILLAGE)
    with pytest.raises(Conflict):
        services.task_finish(actor=cast.village, task=task, evidence="结束以后再来填，不算数。")


def test_a_contest_from_the_nomination_to_exactly_ten(cast: Cast) -> None:
    row = make.contest(cast)
    mine = make.nominated(cast, row)
    with pytest.raises(Conflict):
        make.nominated(cast, row)
    with pytest.raises(Denied):
        services.nomination_review(actor=cast.presidium_other, row=mine, passed=True)
    with pytest.raises(Invalid):
        services.nomination_review(actor=cast.presidium, row=mine, passed=False)
    services.nomination_review(actor=cast.presidium, row=mine, passed=True)
    with pytest.raises(Conflict):
        services.nomination_review(actor=cast.presidium, row=mine, passed=True)
    with pytest.raises(Refused, match="至少要 10 份"):
        services.contest_move(actor=cast.office, contest=row, act="open_voting")
    others = make.many(cast, row, 11)
    services.contest_move(actor=cast.office, contest=row, act="open_voting")
    with pytest.raises(Conflict):
        make.nominated(cast, row, OTHER_VILLAGE, "village_other")
    services.contest_move(actor=cast.office, contest=row, act="close_voting")
    ids = [mine.pk, *(one.pk for one in others)]
    for count in (9, 11, 12):
        with pytest.raises(Refused, match="正好选 10 份"):
            services.contest_publish(actor=cast.office, contest=row, winners=ids[:count])
    with pytest.raises(Denied):
        services.contest_publish(actor=cast.presidium, contest=row, winners=ids[:10])
    services.contest_publish(actor=cast.office, contest=row, winners=ids[:10])
    assert [one.place for one in selectors.ballot_list(row)] == list(range(1, 11))


def test_the_database_itself_refuses_an_eleventh(cast: Cast) -> None:
    row = make.contest(cast)
    eleven = make.many(cast, row, 11)
    for place, one in enumerate(eleven[:10], 1):
        Nomination.objects.filter(pk=one.pk).update(place=place)
    for place in (10, 11):
        with pytest.raises(IntegrityError), transaction.atomic():
            Nomination.objects.filter(pk=eleven[10].pk).update(place=place)


def test_one_vote_a_browser_a_day_and_nothing_says_for_what(cast: Cast) -> None:
    row = make.voting(cast)
    first, second = row.nominations.order_by("division_code")[:2]
    turn = vote(first)
    with pytest.raises(Conflict, match="明天"):
        vote(second)
    vote(second, "b")
    with clock.at(clock.now() + timedelta(days=1)):
        vote(first)
    first.refresh_from_db()
    assert first.online_votes == 2 and VoteTurn.objects.count() == 3
    assert turn.created_at == clock.day_start(turn.day)
    assert not {field.name for field in VoteTurn._meta.get_fields()} & {"nomination", "covenant", "village"}
    assert not AuditEntry.objects.filter(tag__startswith="contest.vote").exists()
    assert row.events.filter(act="vote").count() == 0


def test_nobody_votes_before_or_after_and_only_for_what_passed(cast: Cast) -> None:
    row = make.contest(cast)
    early = make.many(cast, row, 10)[0]
    with pytest.raises(Conflict):
        vote(early)
    Nomination.objects.filter(pk=early.pk).update(passed=False)
    with pytest.raises(Denied):
        vote(early)
    make.many(cast, Contest.objects.get(), 0)
    Nomination.objects.update(passed=True)
    services.contest_move(actor=cast.office, contest=row, act="open_voting")
    with pytest.raises(Invalid, match="纸票"):
        vote(early, "")
    with pytest.raises(Denied):
        services.vote_cast(actor=cast.keeper, row=Nomination.objects.get(pk=early.pk), browser_token="x")  # noqa: S106 - a browser's mark


def test_paper_votes_are_entered_once_a_station(cast: Cast) -> None:
    row = make.voting(cast).nominations.first()
    assert row
    services.paper_count(actor=cast.keeper, row=row, count=12)
    with pytest.raises(Conflict):
        services.paper_count(actor=cast.keeper, row=row, count=3)
    services.paper_count(actor=cast.keeper_other, row=row, count=3)
    with pytest.raises(Denied):
        services.paper_count(actor=cast.village, row=row, count=3)
    with pytest.raises(Invalid):
        services.paper_count(actor=cast.keeper_city, row=row, count=0)
    row.refresh_from_db()
    assert row.paper_votes == 15 == row.votes


def moral(cast: Cast, **more: Any) -> MoralMeeting:
    given = {
        "held_on": clock.today(),
        "topic": "customs",
        "reviewers": 9,
        "outcome": "praise",
        "words": "红白理事会帮着办了三场喜事，礼金都没有超过一百元。",
    }
    return services.moral_record(**{"actor": cast.village, "village": VILLAGE, **given, **more})


def test_a_moral_review_is_noted_without_a_name(cast: Cast) -> None:
    row = moral(cast, words="我叫王晓璐，电话 13987654321，两家的地界说清楚了。", outcome="mediated")
    assert "王晓璐" not in row.words and "13987654321" not in row.words
    with pytest.raises(Invalid) as refusal:
        moral(
            cast, topic="x", outcome="bad", words="短", reviewers=1, held_on=clock.today() + timedelta(days=1)
        )
    assert set(refusal.value.fields) == {"topic", "outcome", "words", "reviewers", "held_on"}
    for who in (cast.village_other, cast.presidium, cast.deputy_town):
        with pytest.raises(Denied):
            moral(cast, actor=who)


def test_no_row_of_guidance_holds_a_score_or_a_resident() -> None:
    banned = ("score", "rank", "grade", "points", "resident", "person", "household", "voter", "level")
    found = [
        f"{model.__name__}.{field.name}"
        for model in vars(models).values()
        if isinstance(model, type)
        and getattr(model, "__module__", "") == models.__name__
        and hasattr(model, "_meta")
        for field in model._meta.get_fields()
        if any(word in field.name for word in banned)
    ]
    assert found == []
    assert set(models.MoralOutcome.values) == {"praise", "mediated", "agreed"}


def test_the_supervising_deputy_fills_the_sheet_and_a_problem_gets_a_day(cast: Cast) -> None:
    row = make.inspected(cast)
    finding = row.findings.get()
    assert finding.due_on == clock.today() + timedelta(days=30) and finding.link == "disclosure"
    assert Notice.objects.filter(about_id=row.pk, recipient_key=f"village@{VILLAGE}").exists()
    assert DutyRecord.objects.filter(source_room="campaigns", source_id=str(row.pk)).count() == 1
    with pytest.raises(Conflict, match="已经交过"):
        make.inspected(cast)


def test_others_do_not_fill_it(cast: Cast) -> None:
    for who in (cast.deputy_town_2, cast.deputy_city, cast.village, cast.presidium_other, cast.office):
        with pytest.raises(Denied):
            make.inspected(cast, who)
    assert make.inspected(cast, cast.presidium).deputy is None


def test_a_sheet_with_gaps_is_refused_line_by_line(cast: Cast) -> None:
    answers = make.answers()
    del answers["board"]
    with pytest.raises(Invalid) as refusal:
        services.inspection_record(
            actor=cast.deputy_town, village=VILLAGE, on=clock.today(), answers=answers, problems={}
        )
    assert set(refusal.value.fields) == {"board", make.BAD}
    with pytest.raises(Invalid):
        services.inspection_record(
            actor=cast.deputy_town,
            village=VILLAGE,
            on=clock.today() + timedelta(days=1),
            answers=make.answers(""),
            problems={},
        )


def test_a_finding_is_mended_looked_at_again_and_closed(cast: Cast) -> None:
    row = make.found(cast)
    for who in (cast.village_other, cast.deputy_town):
        with pytest.raises(Denied):
            services.finding_mend(actor=who, row=row, note="已经逐笔列出来了。")
    services.finding_mend(actor=cast.village, row=row, note="已经逐笔列出来了。")
    with pytest.raises(Denied):
        services.finding_close(actor=cast.deputy_town_2, row=row, note="看过了，账目清楚。")
    with pytest.raises(Denied):
        services.finding_close(actor=cast.village, row=row, note="自己说好了不算。")
    day = clock.today() + timedelta(days=10)
    services.finding_reopen(actor=cast.deputy_town, row=row, note="还差两笔没有列。", due_on=day)
    assert row.state == "open" and row.due_on == day
    with pytest.raises(Refused, match="晚于今天"):
        services.finding_reopen(
            actor=cast.deputy_town, row=row, note="还差两笔没有列。", due_on=clock.today()
        )
    services.finding_close(actor=cast.presidium, row=row, note="看过了，账目清楚。")
    assert row.state == "closed" and row.rechecked_on == clock.today()
    with pytest.raises((Conflict, Refused)):
        services.finding_close(actor=cast.presidium, row=row, note="看过了，账目清楚。")


def test_past_its_day_the_town_hears_once(cast: Cast) -> None:
    row = make.found(cast)
    with clock.at(clock.now() + timedelta(days=31)):
        assert services.inspection_tick() == 1
        services.inspection_tick()
        assert [one.pk for one in selectors.findings_page(cast.presidium)] == [row.pk]
    told = Notice.objects.filter(recipient_key=f"presidium@{TOWN}", subject__contains="没有复查")
    assert told.count() == 1
    services.finding_close(actor=cast.presidium, row=row, note="看过了，账目清楚。")
    with clock.at(clock.now() + timedelta(days=31)):
        assert services.inspection_tick() == 0 and selectors.findings_page(cast.presidium) == []


def test_the_town_names_the_supervising_deputy_and_a_village_without_one_is_a_gap(cast: Cast) -> None:
    profile = VillageProfile.objects.get(division_code=VILLAGE)
    VillageProfile.objects.filter(pk=profile.pk).update(supervising_deputy=None)
    assert [one.profile.supervising_deputy for one in selectors.watched(cast.presidium)] == [None]
    with pytest.raises(Denied):
        services.supervisor_assign(
            actor=cast.presidium_other, profile=profile, deputy=cast.deputy_row("deputy_town")
        )
    services.supervisor_assign(actor=cast.presidium, profile=profile, deputy=cast.deputy_row("deputy_town"))
    assert [one.name for one in selectors.watched(cast.deputy_town, own=True)] != []
    assert selectors.watched(cast.deputy_town_2, own=True) == []


def test_the_same_sheet_sent_twice_is_one(cast: Cast) -> None:
    given = {"village": VILLAGE, "on": clock.today(), "answers": make.answers(""), "problems": {}}
    one = services.inspection_record(actor=cast.deputy_town, request_id="k", **given)
    two = services.inspection_record(actor=cast.deputy_town, request_id="k", **given)
    assert one == two and Inspection.objects.count() == 1
