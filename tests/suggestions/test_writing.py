"""Writing, co-signing, submitting, withdrawing: only a deputy, only at his own level."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from lianxin.common import clock
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.handling.models import Assignment, Deadline
from lianxin.notifications.models import Notice
from lianxin.opinions.models import Opinion
from lianxin.people.models import Seat
from lianxin.people.seats import seat_end, seat_suspend
from lianxin.regions.loading import CITY
from lianxin.suggestions import services
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.selectors import invitations
from tests.factories import congress as hold
from tests.factories import opinions as say
from tests.factories import suggestions as make
from tests.factories.cast import OTHER_TOWN, TOWN, Cast


@pytest.mark.parametrize("who", ["office", "keeper", "clerk", "presidium", "grid", "admin"])
def test_only_a_deputy_files(cast: Cast, who: str) -> None:
    with pytest.raises(Denied, match="代表"):
        make.drafted(cast, by=who)


@pytest.mark.parametrize(
    ("who", "body"), [("deputy_town", CITY), ("deputy_city", TOWN), ("deputy_town", OTHER_TOWN)]
)
def test_a_paper_goes_to_the_own_congress_only(cast: Cast, who: str, body: str) -> None:
    with pytest.raises(Denied, match="那一级"):
        make.drafted(cast, by=who, body=body)


def test_a_town_deputy_files_with_his_presidium(cast: Cast) -> None:
    row = make.drafted(cast, by="deputy_town", body=TOWN)
    services.suggestion_submit(actor=cast.deputy_town, suggestion=row)
    with pytest.raises(Denied):
        services.suggestion_register(actor=cast.office, suggestion=row)
    assert services.suggestion_register(actor=cast.presidium, suggestion=row).number.startswith("段家河人建")


def seat_of(cast: Cast, name: str) -> Seat:
    return Seat.objects.get(deputy=cast.deputy_row(name))


@pytest.mark.parametrize("over", [seat_end, seat_suspend])
def test_a_seat_that_ended_or_is_suspended_at_that_moment_submits_nothing(cast: Cast, over: Any) -> None:
    row, actor = make.drafted(cast), cast.deputy_city
    yesterday = clock.today() - timedelta(days=1)
    over(actor=cast.office, seat=seat_of(cast, "deputy_city"), on=yesterday, reason="公告第3号")
    with pytest.raises(Refused, match="第六十一"):
        services.suggestion_submit(actor=actor, suggestion=row)


def test_somebody_else_neither_edits_nor_submits(cast: Cast) -> None:
    row = make.drafted(cast)
    for act in (
        lambda: services.suggestion_submit(actor=cast.deputy_city_2, suggestion=row),
        lambda: services.suggestion_edit(actor=cast.office, suggestion=row, draft=make.draft()),
    ):
        with pytest.raises(Denied):
            act()


def test_a_change_of_text_voids_every_co_signature_and_asks_again(cast: Cast) -> None:
    row = make.cosigned(cast, "deputy_city_2")
    services.suggestion_edit(actor=cast.deputy_city, suggestion=row, draft=make.draft(analysis="又补充了"))
    assert (row.state, row.cosignatures.get().state) == ("draft", "void")
    with pytest.raises(Refused, match="没有确认联名"):
        services.suggestion_submit(actor=cast.deputy_city, suggestion=row)
    services.cosigners_invite(
        actor=cast.deputy_city, suggestion=row, deputies=[cast.deputy_row("deputy_city_2").pk]
    )
    assert [one.pk for one in invitations(cast.deputy_city_2)] == [row.pk]
    services.cosign_answer(actor=cast.deputy_city_2, suggestion=row, agree=True)
    assert services.suggestion_submit(actor=cast.deputy_city, suggestion=row).state == "submitted"


def changed(cast: Cast) -> Suggestion:
    """Return a draft whose text was changed after one colleague consented and another was asked."""
    row = make.cosigned(cast, "deputy_city_2")
    silent = cast.deputy_row("deputy_city_3").pk
    services.cosigners_invite(actor=cast.deputy_city, suggestion=row, deputies=[silent])
    edited = make.draft(analysis="又补充了")
    return services.suggestion_edit(actor=cast.deputy_city, suggestion=row, draft=edited)


def told(cast: Cast, who: str, words: str) -> int:
    found = Notice.objects.filter(recipient_key=str(getattr(cast, who).id), subject__startswith=words)
    return found.count()


def test_after_a_change_everybody_who_has_not_confirmed_it_is_asked_anew(cast: Cast) -> None:
    row = changed(cast)
    assert invitations(cast.deputy_city_2) == invitations(cast.deputy_city_3) == []
    services.cosigners_reask(actor=cast.deputy_city, suggestion=row)
    assert row.state == "cosigning"
    assert told(cast, "deputy_city_2", "文字改过，请重新确认联名") == 1
    assert told(cast, "deputy_city_3", "测试deputy_city代表邀请您联名") == 2
    services.cosign_answer(actor=cast.deputy_city_2, suggestion=row, agree=True)
    with pytest.raises(Refused, match="1 位代表没有确认"):
        services.suggestion_submit(actor=cast.deputy_city, suggestion=row)
    services.cosign_answer(actor=cast.deputy_city_3, suggestion=row, agree=False)
    assert services.suggestion_submit(actor=cast.deputy_city, suggestion=row).state == "submitted"


def test_inviting_one_more_asks_those_of_the_old_text_too(cast: Cast) -> None:
    row = make.cosigned(cast, "deputy_city_2")
    services.suggestion_edit(actor=cast.deputy_city, suggestion=row, draft=make.draft(analysis="又补充了"))
    more = cast.deputy_row("deputy_city_3").pk
    services.cosigners_invite(actor=cast.deputy_city, suggestion=row, deputies=[more])
    assert told(cast, "deputy_city_2", "文字改过，请重新确认联名") == 1


def test_the_old_text_again_is_asked_about_again(cast: Cast) -> None:
    row = make.cosigned(cast, "deputy_city_2")
    for analysis in ("又补充了", make.draft().analysis):
        services.suggestion_edit(actor=cast.deputy_city, suggestion=row, draft=make.draft(analysis=analysis))
        services.cosigners_reask(actor=cast.deputy_city, suggestion=row)
    assert told(cast, "deputy_city_2", "文字改过，请重新确认联名") == 2


def test_only_the_lead_asks_anew_and_only_where_somebody_waits(cast: Cast) -> None:
    row = changed(cast)
    with pytest.raises(Denied):
        services.cosigners_reask(actor=cast.deputy_city_2, suggestion=row)
    with pytest.raises(Refused, match="没有代表要重新确认"):
        services.cosigners_reask(
            actor=cast.deputy_city, suggestion=make.drafted(cast, title="关于修缮李家庄桥的建议")
        )
    services.cosigners_reask(actor=cast.deputy_city, suggestion=row)
    with pytest.raises(Conflict):
        services.cosigners_reask(actor=cast.deputy_city, suggestion=row)


def test_the_same_text_again_keeps_the_co_signatures(cast: Cast) -> None:
    row = make.cosigned(cast, "deputy_city_2")
    services.suggestion_edit(actor=cast.deputy_city, suggestion=row, draft=make.draft())
    assert row.cosignatures.get().state == "confirmed"


def test_who_was_silent_is_removed_and_the_rest_is_submitted(cast: Cast) -> None:
    row = make.drafted(cast)
    silent = cast.deputy_row("deputy_city_2").pk
    services.cosigners_invite(actor=cast.deputy_city, suggestion=row, deputies=[silent])
    with pytest.raises(Refused):
        services.suggestion_submit(actor=cast.deputy_city, suggestion=row)
    services.cosigner_remove(actor=cast.deputy_city, suggestion=row, deputy=silent)
    assert services.suggestion_submit(actor=cast.deputy_city, suggestion=row).state == "submitted"


@pytest.mark.parametrize("who", ["deputy_town", "deputy_city"])
def test_only_others_of_the_same_congress_are_invited(cast: Cast, who: str) -> None:
    row = make.drafted(cast)
    with pytest.raises(Invalid):
        services.cosigners_invite(actor=cast.deputy_city, suggestion=row, deputies=[cast.deputy_row(who).pk])


def test_a_co_signature_confirms_the_text_that_was_read(cast: Cast) -> None:
    row = make.drafted(cast)
    services.cosigners_invite(
        actor=cast.deputy_city, suggestion=row, deputies=[cast.deputy_row("deputy_city_2").pk]
    )
    with pytest.raises(Conflict, match="刚刚改过"):
        services.cosign_answer(actor=cast.deputy_city_2, suggestion=row, agree=True, seen_hash="0" * 64)
    services.cosign_answer(actor=cast.deputy_city_2, suggestion=row, agree=True, seen_hash=row.text_hash)
    with pytest.raises(Denied):
        services.cosign_answer(actor=cast.deputy_city_2, suggestion=row, agree=True)


def test_a_co_signature_on_a_stale_text_is_refused(cast: Cast) -> None:
    row = make.drafted(cast)
    services.cosigners_invite(
        actor=cast.deputy_city, suggestion=row, deputies=[cast.deputy_row("deputy_city_2").pk]
    )
    stale = Suggestion.objects.get(pk=row.pk)
    services.suggestion_edit(actor=cast.deputy_city, suggestion=row, draft=make.draft(analysis="换了"))
    services.cosigners_invite(
        actor=cast.deputy_city, suggestion=row, deputies=[cast.deputy_row("deputy_city_2").pk]
    )
    with pytest.raises(Conflict):
        services.cosign_answer(actor=cast.deputy_city_2, suggestion=stale, agree=True)


def test_two_devices_never_overwrite_each_other(cast: Cast) -> None:
    row = make.drafted(cast)
    stale = Suggestion.objects.get(pk=row.pk)
    services.suggestion_edit(actor=cast.deputy_city, suggestion=row, draft=make.draft(analysis="手机上写的"))
    with pytest.raises(Conflict):
        services.suggestion_edit(
            actor=cast.deputy_city, suggestion=stale, draft=make.draft(analysis="电脑上写的")
        )
    row.refresh_from_db()
    assert row.analysis == "手机上写的"


def test_nearly_the_same_within_a_year_says_what_is_new(cast: Cast) -> None:
    make.submitted(cast)
    again = make.drafted(cast)
    with pytest.raises(Refused, match="什么新情况"):
        services.suggestion_submit(actor=cast.deputy_city, suggestion=again)
    again.refresh_from_db()
    assert again.state == "draft"


def test_with_news_the_same_matter_is_taken(cast: Cast) -> None:
    make.submitted(cast)
    again = make.drafted(cast, what_is_new="今年又有一名学生摔伤，且支路已经硬化。")
    assert services.suggestion_submit(actor=cast.deputy_city, suggestion=again).state == "submitted"


def test_a_matter_of_long_ago_is_no_repetition(cast: Cast) -> None:
    old = make.submitted(cast)
    Suggestion.objects.filter(pk=old.pk).update(submitted_on=clock.today() - timedelta(days=400))
    assert make.submitted(cast).state == "submitted"


def test_submitting_twice_from_two_windows_is_one_submission(cast: Cast) -> None:
    row = make.drafted(cast)
    stale = Suggestion.objects.get(pk=row.pk)
    services.suggestion_submit(actor=cast.deputy_city, suggestion=row)
    with pytest.raises(Conflict):
        services.suggestion_submit(actor=cast.deputy_city, suggestion=stale)


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ({}, ("suggestion.review_workdays", "suggestion.assign_workdays")),
        ({"at_session": True}, ("suggestion.review_workdays", "suggestion.session_assign_days")),
        (
            {"fast_track": True, "fast_track_reason": "汛期前要办"},
            ("express.accept_workdays", "express.assign_workdays"),
        ),
    ],
)
def test_each_lane_has_its_clocks(cast: Cast, change: dict[str, object], rules: tuple[str, str]) -> None:
    hold.session(cast.office)
    row = make.registered(cast, **change)
    found = dict(Deadline.objects.filter(matter_id=row.id).values_list("what", "rule"))
    assert (found["review"], found["assign"]) == rules


def test_the_express_lane_is_for_closing_periods_and_has_a_reason(cast: Cast) -> None:
    for change in ({"fast_track_reason": ""}, {"fast_track_reason": "汛期前要办", "at_session": True}):
        with pytest.raises(Invalid):
            make.drafted(cast, fast_track=True, **change)


def test_withdrawal_ends_handling_and_everybody_is_told(cast: Cast) -> None:
    row = make.cosigned(cast, "deputy_city_2")
    services.suggestion_submit(actor=cast.deputy_city, suggestion=row)
    services.suggestion_register(actor=cast.office, suggestion=row)
    services.suggestion_assign(
        actor=cast.office, suggestion=row, parts=[make.Part("transport", make.Mode.SOLE)]
    )
    services.suggestion_withdraw(actor=cast.deputy_city, suggestion=row, note="已经解决，不用再办")
    told = set(Notice.objects.filter(subject__contains="撤回").values_list("recipient_key", flat=True))
    assert {str(cast.deputy_city_2.id), "transport", f"office@{CITY}"} <= told
    assert Assignment.objects.get(matter_id=row.id).state == "withdrawn" and row.outcome == "withdrawn"


def test_after_the_reply_it_is_too_late_to_withdraw(cast: Cast) -> None:
    row = make.replied(cast)
    with pytest.raises(Conflict):
        services.suggestion_withdraw(actor=cast.deputy_city, suggestion=row, note="不想办了，撤回")


def cited(cast: Cast) -> tuple[Suggestion, Opinion]:
    opinion = say.recorded(cast)
    row = services.suggestion_draft(
        actor=cast.deputy_city, body_code=CITY, draft=make.draft(), opinions=(opinion.id,)
    )
    services.suggestion_submit(actor=cast.deputy_city, suggestion=row)
    opinion.refresh_from_db()
    return row, opinion


def test_cited_opinions_follow_the_paper_and_come_back(cast: Cast) -> None:
    row, opinion = cited(cast)
    assert opinion.state == "converted"
    services.suggestion_withdraw(actor=cast.deputy_city, suggestion=row, note="并到另一件，撤回")
    opinion.refresh_from_db()
    assert opinion.state == "recorded"


def test_the_resident_gets_the_answer(cast: Cast) -> None:
    row, opinion = cited(cast)
    services.suggestion_register(actor=cast.office, suggestion=row)
    services.suggestion_assign(
        actor=cast.office, suggestion=row, parts=[make.Part("transport", make.Mode.SOLE)]
    )
    make.answer(cast, row)
    opinion.refresh_from_db()
    assert opinion.state == "fed_back" and "路灯十二盏" in opinion.answer


def test_the_residents_of_a_merged_paper_get_the_answer_too(cast: Cast) -> None:
    row, opinion = cited(cast)
    services.suggestion_register(actor=cast.office, suggestion=row)
    other = make.drafted(cast, by="deputy_city_2")
    services.suggestion_submit(actor=cast.deputy_city_2, suggestion=other)
    services.suggestion_register(actor=cast.office, suggestion=other)
    services.suggestion_assign(
        actor=cast.office, suggestion=other, parts=[make.Part("transport", make.Mode.SOLE)]
    )
    services.suggestion_merge(actor=cast.office, suggestion=row, into=other, note="同一件事")
    make.answer(cast, other)
    opinion.refresh_from_db()
    assert opinion.state == "fed_back"
