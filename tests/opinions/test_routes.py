"""Where a matter goes: to departments and back, up and down between stations, to its end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lianxin.common import clock
from lianxin.common.actor import RESIDENT
from lianxin.common.errors import Conflict, Denied, Invalid, NotFound, Refused
from lianxin.handling.actions import BOOK as UNIT_BOOK
from lianxin.handling.models import Assignment, Deadline
from lianxin.notifications.models import CallTask, Notice, Outbox
from lianxin.opinions import selectors, services
from lianxin.opinions.actions import BOOK, CODE_BOOK
from lianxin.opinions.models import Opinion, OpinionEvaluation, OpinionEvent
from tests.factories import opinions as make
from tests.factories.cast import Cast
from tests.factories.suggestions import reply


def unit(
    cast: Cast, opinion: Opinion, who: str, act: str, code: str = "transport", **data: object
) -> Opinion:
    part = Assignment.objects.filter(matter_id=opinion.id, unit_code=code).order_by("-created_at")[0]
    form = UNIT_BOOK.form(act, dict(data))
    services.opinion_unit_act(actor=getattr(cast, who), assignment=part, act=act, form=form)
    return Opinion.objects.select_related("station").get(pk=opinion.pk)


def answered(
    cast: Cast, opinion: Opinion, code: str = "transport", clerk: str = "clerk", head: str = "head"
) -> Opinion:
    unit(cast, opinion, clerk, "accept", code, officer="孙经办", leader="周局长")
    unit(cast, opinion, clerk, "start", code, plan="到现场看后提出办法")
    unit(cast, opinion, clerk, "draft_reply", code, **{**reply(), "answers": ["已于本月装好路灯十二盏。"]})
    return unit(cast, opinion, head, "sign_reply", code, version=1)


def objecting(cast: Cast, *units: str) -> Opinion:
    opinion = make.transferred(cast, units=units or ("transport",))
    return unit(
        cast,
        opinion,
        "head",
        "request_return",
        reason="路灯一直归供电公司管护，不归本局",
        proposed_unit="power",
    )


def open_deadlines(opinion: Opinion) -> set[str]:
    mine = Deadline.objects.filter(matter_kind="opinion", matter_id=opinion.id, assignment=None)
    return set(mine.filter(met_on=None, replaced=False).values_list("what", flat=True))


def test_the_whole_way_through_a_department(cast: Cast) -> None:
    opinion = make.said(cast).opinion
    assert open_deadlines(opinion) == {"sort", "notify"}
    opinion = make.transferred(cast, "二组到镇上的路灯坏了")
    assert open_deadlines(opinion) == set()
    opinion = answered(cast, opinion)
    assert opinion.state == "replied" and open_deadlines(opinion) == {"feedback"}
    services.opinion_feed_back(actor=cast.keeper, opinion=opinion, text="路灯装好了")
    assert open_deadlines(opinion) == set()
    services.opinion_evaluate(opinion=opinion, rating="satisfied")
    services.opinion_close(actor=cast.keeper, opinion=opinion)
    assert opinion.state == "closed" and opinion.closed_on == clock.today()


def test_nothing_leaves_before_the_copy_was_checked(cast: Cast) -> None:
    with pytest.raises(Refused):
        services.opinion_transfer(actor=cast.keeper, opinion=make.recorded(cast), units=["transport"])


def test_an_objection_turned_down_leaves_the_matter_with_its_unit(cast: Cast) -> None:
    opinion = objecting(cast)
    assert opinion.state == "objected"
    opinion = unit(cast, opinion, "keeper", "refuse_return", note="路灯由贵局管护")
    assert opinion.state == "transferred"
    assert answered(cast, opinion).state == "replied"


def test_an_objection_agreed_to_goes_to_another_unit(cast: Cast) -> None:
    opinion = unit(cast, objecting(cast), "keeper", "approve_return", note="改由供电公司")
    assert opinion.state == "objected"
    services.opinion_transfer(actor=cast.keeper, opinion=opinion, units=["power"])
    assert answered(cast, opinion, "power", "clerk_power", "head_power").state == "replied"


def test_an_objection_agreed_to_can_come_back_to_the_desk(cast: Cast) -> None:
    opinion = objecting(cast)
    with pytest.raises(Denied):
        services.opinion_move(actor=cast.keeper_other, opinion=opinion, act="take_back")
    opinion = unit(cast, opinion, "keeper", "approve_return", note="不归你们管")
    services.opinion_move(actor=cast.keeper, opinion=opinion, act="take_back")
    assert opinion.state == "recorded"


def test_the_other_units_go_on_when_one_gives_back(cast: Cast) -> None:
    opinion = unit(cast, objecting(cast, "transport", "power"), "keeper", "approve_return", note="同意")
    with pytest.raises(Refused):
        services.opinion_move(actor=cast.keeper, opinion=opinion, act="take_back")
    services.opinion_move(actor=cast.keeper, opinion=opinion, act="go_on")
    assert answered(cast, opinion, "power", "clerk_power", "head_power").state == "replied"


def test_an_objection_after_five_working_days_is_too_late(cast: Cast) -> None:
    opinion = make.transferred(cast)
    with clock.at(clock.now() + timedelta(days=20)), pytest.raises(Refused):
        unit(
            cast,
            opinion,
            "head",
            "request_return",
            reason="路灯一直归供电公司管护，不归本局",
            proposed_unit="power",
        )


def test_up_and_down_keeps_the_path_and_tells_who_gets_it(cast: Cast) -> None:
    opinion = make.recorded(cast)
    services.opinion_escalate(actor=cast.keeper, opinion=opinion, note="超出本镇权限，请市站办理")
    assert opinion.station.level == "city"
    assert Notice.objects.filter(about_id=opinion.id, subject__startswith="下级站上报").exists()
    assert selectors.opinion_for(cast.keeper, opinion.pk)  # who received it still sees it
    with pytest.raises(Denied):
        services.opinion_answer(actor=cast.keeper, opinion=opinion, text="已经不在本站了")
    down = cast.station()
    services.opinion_send_down(actor=cast.keeper_city, opinion=opinion, to=down, note="请就近核实")
    assert [event.act for event in selectors.path_of(opinion)] == ["submit", "escalate", "send_down"]
    assert selectors.path_of(opinion)[1].facts == {"from": "113", "to": "1"}


def test_only_to_a_station_below(cast: Cast) -> None:
    opinion = make.recorded(cast)
    with pytest.raises(Invalid):
        services.opinion_send_down(actor=cast.keeper, opinion=opinion, to=cast.station("103"), note="请办理")


def test_a_consulted_station_reads_the_copy_and_says_its_view(cast: Cast) -> None:
    opinion = make.recorded(cast, "我叫王大山，两镇交界处的桥坏了")
    other = [cast.station("103")]
    with pytest.raises(NotFound):
        selectors.opinion_for(cast.keeper_other, opinion.pk)
    services.opinion_consult(
        actor=cast.keeper, opinion=opinion, stations=other, note="桥在两镇交界，请看一下"
    )
    seen = selectors.opinion_for(cast.keeper_other, opinion.pk)
    assert "王大山" not in selectors.text_for(cast.keeper_other, seen)
    services.opinion_give_view(actor=cast.keeper_other, opinion=seen, text="桥面归我镇，愿意共同出资")
    with pytest.raises(Denied):
        services.opinion_answer(actor=cast.keeper_other, opinion=seen, text="不归它答复")
    with pytest.raises(Denied):
        services.opinion_give_view(actor=cast.presidium, opinion=seen, text="没有人问过他")
    facts = OpinionEvent.objects.get(opinion=opinion, act="consult").facts
    assert facts == {"with": ["103"]}


def test_consulting_oneself_is_no_consultation(cast: Cast) -> None:
    with pytest.raises(Invalid):
        services.opinion_consult(
            actor=cast.keeper, opinion=make.recorded(cast), stations=[cast.station()], note="自己问自己"
        )


def test_urgent_is_told_the_same_day_to_both_bodies(cast: Cast) -> None:
    opinion = make.said(cast).opinion
    services.opinion_move(
        actor=cast.keeper, opinion=opinion, act="report_urgent", note="电线落地，有人触电危险"
    )
    assert opinion.is_urgent and opinion.state == "new"
    told = Notice.objects.filter(about_id=opinion.id, subject__startswith="紧急")
    assert {key.split("@")[0] for key in told.values_list("recipient_key", flat=True)} == {
        "presidium",
        "office",
    }
    assert Outbox.objects.filter(about_id=opinion.id).exists()


@pytest.mark.parametrize(
    ("act", "state", "outcome"), [("guide", "guided", "guided"), ("refuse", "invalid", "refused")]
)
def test_guiding_and_refusing_say_where_to_go(cast: Cast, act: str, state: str, outcome: str) -> None:
    opinion = make.recorded(cast)
    with pytest.raises(Invalid):
        services.opinion_move(actor=cast.keeper, opinion=opinion, act=act, note="否")
    note = "这是劳动争议，请到市劳动仲裁院（文化路）"
    services.opinion_move(actor=cast.keeper, opinion=opinion, act=act, note=note)
    assert (opinion.state, opinion.outcome) == (state, outcome)
    assert note in selectors.public_steps(opinion)[-1].text


def fed_back(cast: Cast, **fields: object) -> Opinion:
    opinion = make.recorded(cast, **fields)
    services.opinion_answer(actor=cast.keeper, opinion=opinion, text="已经看过，下周就修")
    return services.opinion_feed_back(actor=cast.keeper, opinion=opinion, text="已经看过，下周就修")


def test_the_last_word_within_seven_days_counts(cast: Cast) -> None:
    opinion = fed_back(cast)
    services.opinion_evaluate(opinion=opinion, rating="satisfied")
    services.opinion_evaluate(opinion=opinion, rating="dissatisfied", unresolved=True)
    assert OpinionEvaluation.objects.get(opinion=opinion).rating == "dissatisfied"
    assert Notice.objects.filter(about_id=opinion.id, subject__startswith="群众回访").exists()
    with clock.at(clock.now() + timedelta(days=8)), pytest.raises(Refused):
        services.opinion_evaluate(opinion=opinion, rating="fair")


def test_no_evaluation_before_an_answer(cast: Cast) -> None:
    with pytest.raises(Conflict):
        services.opinion_evaluate(opinion=make.recorded(cast), rating="satisfied")


def test_reopening_works_once_and_within_thirty_days(cast: Cast) -> None:
    opinion = fed_back(cast)
    with clock.at(clock.now() + timedelta(days=31)), pytest.raises(Refused):
        services.opinion_reopen(opinion=opinion, text="还是没有修")
    services.opinion_reopen(opinion=opinion, text="还是没有修")
    assert opinion.state == "recorded" and "sort" in open_deadlines(opinion)
    services.opinion_answer(actor=cast.keeper, opinion=opinion, text="这次真的修好了")
    services.opinion_feed_back(actor=cast.keeper, opinion=opinion, text="这次真的修好了")
    with pytest.raises(Refused):
        services.opinion_reopen(opinion=opinion, text="第三次了")


def test_a_key_of_one_matter_does_nothing_for_another(cast: Cast) -> None:
    one, other = fed_back(cast), fed_back(cast, text="另一件事情也办了")
    services.opinion_evaluate(opinion=one, rating="satisfied", request_id="same-key")
    services.opinion_evaluate(opinion=other, rating="fair", request_id="same-key")
    assert OpinionEvaluation.objects.get(opinion=other).rating == "fair"


def test_the_desk_does_not_evaluate_and_the_resident_does_not_sort(cast: Cast) -> None:
    opinion = fed_back(cast)
    with pytest.raises(Denied):
        services.opinion_evaluate(opinion=opinion, rating="satisfied", actor=cast.keeper)
    with pytest.raises(Denied):
        services.opinion_close(actor=RESIDENT, opinion=opinion)
    with pytest.raises(Denied):
        services.opinion_move(actor=cast.clerk, opinion=opinion, act="take_up")
    offered = {action.act.name for action in CODE_BOOK.open_for(RESIDENT, opinion)}
    assert offered == {"evaluate", "reopen"}
    assert not CODE_BOOK.open_for(cast.keeper, opinion)
    assert not {action.act.name for action in BOOK.open_for(cast.clerk, opinion)}


def test_a_withdrawn_matter_ends_at_the_units_too(cast: Cast) -> None:
    opinion = make.transferred(cast)
    services.opinion_withdraw(opinion=opinion)
    assert opinion.state == "withdrawn"
    assert set(Assignment.objects.filter(matter_id=opinion.id).values_list("state", flat=True)) == {
        "withdrawn"
    }
    with pytest.raises(Conflict):
        services.opinion_withdraw(opinion=opinion)


def test_a_quiet_matter_is_filed_after_the_time_for_reopening(cast: Cast) -> None:
    opinion = fed_back(cast)
    assert services.purge(clock.today() + timedelta(days=30)).closed == 0
    with clock.at(clock.now() + timedelta(days=31)):
        assert services.purge(clock.today()).closed == 1
    opinion.refresh_from_db()
    assert opinion.state == "closed" and not OpinionEvaluation.objects.filter(opinion=opinion).exists()


def test_who_wished_a_call_is_called_at_the_transfer_and_the_answer(cast: Cast) -> None:
    opinion = make.transferred(cast, name="张三", phone="13800001111", call_back=True)
    opinion = answered(cast, opinion)
    services.opinion_feed_back(actor=cast.keeper, opinion=opinion, text="装好了路灯")
    reasons = set(CallTask.objects.filter(about_id=opinion.id).values_list("reason", flat=True))
    assert reasons == {"告知已转办", "告知答复结果"}


def test_a_consent_taken_back_at_the_same_moment_wins(cast: Cast) -> None:
    seen = make.recorded(cast, "桥头的护栏断了一截", may_publish=True)
    services.opinion_outgoing_check(actor=cast.keeper, opinion=seen, text="桥头的护栏断了一截")
    services.opinion_consent_withdraw(opinion=Opinion.objects.get(pk=seen.pk))
    with pytest.raises(Conflict):
        services.opinion_move(actor=cast.presidium, opinion=seen, act="publish")
    assert not selectors.published(seen.home6).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.filter(pk=seen.pk).update(visibility="public")


def test_a_newer_answer_is_not_overwritten_by_a_publication(cast: Cast) -> None:
    seen = make.recorded(cast, "桥头的护栏断了一截", may_publish=True)
    services.opinion_outgoing_check(actor=cast.keeper, opinion=seen, text="桥头的护栏断了一截")
    Opinion.objects.filter(pk=seen.pk).update(answer="刚刚更正的答复")
    with pytest.raises(Conflict):
        services.opinion_move(actor=cast.presidium, opinion=seen, act="publish")


def test_publishing_needs_consent_a_checked_copy_and_a_second_body(cast: Cast) -> None:
    opinion = fed_back(cast, may_publish=True)
    with pytest.raises(Refused):
        services.opinion_move(actor=cast.presidium, opinion=opinion, act="publish")
    open_one = make.recorded(cast, "桥头的护栏断了一截", may_publish=True)
    services.opinion_outgoing_check(actor=cast.keeper, opinion=open_one, text="桥头的护栏断了一截")
    with pytest.raises(Denied):
        services.opinion_move(actor=cast.keeper, opinion=open_one, act="publish")
    services.opinion_move(actor=cast.presidium, opinion=open_one, act="publish")
    assert [row.pk for row in selectors.published(open_one.home6)] == [open_one.pk]
    services.opinion_consent_withdraw(opinion=open_one)
    assert not selectors.published(open_one.home6).exists()
