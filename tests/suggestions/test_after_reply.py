"""Evaluation, handling anew, escalation, promises, publication, closing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianxin.common import clock
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.documents.models import LetterVersion
from lianxin.handling.models import Assignment, Deadline
from lianxin.notifications.models import Notice
from lianxin.people.models import Seat
from lianxin.rulebook.models import Parameter
from lianxin.rulebook.selectors import forget
from lianxin.suggestions import services
from lianxin.suggestions.models import Evaluation, Suggestion
from lianxin.suggestions.rules import Rating
from lianxin.suggestions.selectors import (
    commitments_for,
    evaluations_for,
    figures,
    suggestion_for,
    suggestions_page,
)
from tests.factories import suggestions as make
from tests.factories.cast import Cast

BAD = Rating.DISSATISFIED
REASONS = "路灯只装了主路，支路一盏也没有，孩子们晚上还是摸黑走。"


@pytest.mark.parametrize(("rule", "wanted"), [("worst_of_two", "dissatisfied"), ("result", "satisfied")])
def test_the_overall_mark_follows_the_parameter(cast: Cast, rule: str, wanted: str) -> None:
    Parameter.objects.filter(name="suggestion.overall_rule").update(value=rule)
    forget()
    said = make.marks(attitude=BAD, reasons=REASONS, demand_numbers=(2,))
    row = services.evaluation_give(actor=cast.deputy_city, suggestion=make.replied(cast), marks=said)
    assert row.overall == wanted


@pytest.mark.parametrize("change", [{"reasons": "不好"}, {"demand_numbers": ()}, {"demand_numbers": (3,)}])
def test_dissatisfaction_has_its_reasons_and_its_demand(cast: Cast, change: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        services.evaluation_give(
            actor=cast.deputy_city, suggestion=make.replied(cast), marks=make.marks(BAD, **change)
        )


@pytest.mark.parametrize("who", ["deputy_city_2", "office", "clerk", "head", "deputy_town"])
def test_nobody_evaluates_for_the_deputies(cast: Cast, who: str) -> None:
    with pytest.raises(Denied):
        services.evaluation_give(actor=getattr(cast, who), suggestion=make.replied(cast), marks=make.marks())


def test_one_evaluation_from_two_windows(cast: Cast) -> None:
    row = make.replied(cast)
    stale = Suggestion.objects.get(pk=row.pk)
    make.evaluated(cast, row)
    with pytest.raises(Conflict):
        services.evaluation_give(actor=cast.deputy_city, suggestion=stale, marks=make.marks(BAD))
    assert Evaluation.objects.get(suggestion=row).overall == "satisfied"


def test_it_may_be_changed_for_a_day(cast: Cast) -> None:
    row = make.evaluated(cast)
    services.evaluation_change(actor=cast.deputy_city, suggestion=row, marks=make.marks(BAD))
    assert row.overall == "dissatisfied"
    assert Deadline.objects.filter(matter_id=row.id, what="rehandle_order", met_on=None).exists()
    with clock.at(clock.now() + timedelta(hours=25)), pytest.raises(Refused, match="可修改"):
        services.evaluation_change(actor=cast.deputy_city, suggestion=row, marks=make.marks())


@pytest.mark.parametrize("who", ["clerk", "head", "oversight"])
def test_a_unit_sees_the_mark_only_when_it_is_final(cast: Cast, who: str) -> None:
    row = make.evaluated(cast, result=BAD)
    actor = getattr(cast, who)
    seen = (
        suggestion_for(actor, row.pk).overall,
        evaluations_for(actor, row),
        suggestions_page(actor, tab="dissatisfied"),
    )
    assert seen == ("", [], []) and figures(actor)["dissatisfied"] == 0
    assert suggestion_for(cast.office, row.pk).overall == "dissatisfied"
    with clock.at(clock.now() + timedelta(hours=25)):
        assert suggestion_for(actor, row.pk).overall == "dissatisfied"
        assert len(evaluations_for(actor, row)) == figures(actor)["dissatisfied"] == 1


def test_pressure_is_told_to_the_office_alone(cast: Cast) -> None:
    row = make.replied(cast)
    services.evaluation_give(actor=cast.deputy_city, suggestion=row, marks=make.marks(pressured=True))
    with clock.at(clock.now() + timedelta(hours=25)):
        told = {who: evaluations_for(getattr(cast, who), row)[0].pressured for who in ("office", "clerk", "head", "deputy_city_2", "oversight", "presidium")}  # fmt: skip
    assert told == {"office": True, "clerk": False, "head": False, "deputy_city_2": False, "oversight": False, "presidium": False}  # fmt: skip


def replied_jointly(cast: Cast, *others: str) -> Suggestion:
    row = make.cosigned(cast, *others)
    services.suggestion_submit(actor=cast.deputy_city, suggestion=row)
    services.suggestion_register(actor=cast.office, suggestion=row)
    services.suggestion_assign(
        actor=cast.office, suggestion=row, parts=[make.Part("transport", make.Mode.SOLE)]
    )
    return make.replied(cast, row)


def test_a_co_signer_s_mark_is_shown_and_the_lead_s_counts(cast: Cast) -> None:
    row = replied_jointly(cast, "deputy_city_2")
    services.evaluation_give(actor=cast.deputy_city_2, suggestion=row, marks=make.marks(BAD))
    assert (row.state, row.overall) == ("replied", "")
    make.evaluated(cast, row)
    assert row.overall == "satisfied" and len(evaluations_for(cast.office, row)) == 2
    with pytest.raises(Conflict):
        services.evaluation_give(actor=cast.deputy_city_2, suggestion=row, marks=make.marks())


def leave(cast: Cast, name: str) -> None:
    Seat.objects.filter(deputy=cast.deputy_row(name)).update(valid_to=clock.today() - timedelta(days=1))


def test_a_co_signer_takes_over_when_the_lead_has_left(cast: Cast) -> None:
    row = replied_jointly(cast, "deputy_city_2")
    with pytest.raises(Refused, match="在任"):
        services.evaluation_take_over(actor=cast.deputy_city_2, suggestion=row, marks=make.marks())
    leave(cast, "deputy_city")
    with pytest.raises(Refused, match="联名代表"):
        services.evaluation_for_body(actor=cast.office, suggestion=row, marks=make.marks())
    services.evaluation_take_over(actor=cast.deputy_city_2, suggestion=row, marks=make.marks(BAD))
    assert (row.state, row.overall) == ("evaluated", "dissatisfied")


def test_the_office_evaluates_when_nobody_is_left(cast: Cast) -> None:
    row = make.replied(cast)
    with pytest.raises(Refused):
        services.evaluation_for_body(actor=cast.office, suggestion=row, marks=make.marks())
    actor = cast.deputy_city
    leave(cast, "deputy_city")
    with pytest.raises(Refused):
        services.evaluation_give(actor=actor, suggestion=row, marks=make.marks())
    with pytest.raises(Denied):
        services.evaluation_for_body(actor=cast.head, suggestion=row, marks=make.marks())
    services.evaluation_for_body(actor=cast.office, suggestion=row, marks=make.marks())
    assert Evaluation.objects.get(suggestion=row).by_body


def test_a_letter_that_was_tampered_with_locks_the_evaluation(cast: Cast) -> None:
    row = make.replied(cast)
    letter = LetterVersion.objects.get(matter_id=row.id, kind="reply")
    letter.content["title"] = "改过的标题"
    letter.save()
    with pytest.raises(Conflict, match="校验"):
        make.evaluated(cast, row)


def test_handling_anew_has_a_month_and_goes_to_the_same_units(cast: Cast) -> None:
    row = make.evaluated(cast, result=BAD)
    services.suggestion_rehandle(actor=cast.office, suggestion=row, note="请到现场核实后重办")
    part = make.part_of(row)
    assert (row.state, row.round, part.round, part.unit_code) == ("rehandling", 2, 2, "transport")
    assert Deadline.objects.get(assignment=part, what="reply").rule == "suggestion.rehandle_months"


def test_or_to_others(cast: Cast) -> None:
    row = make.evaluated(cast, result=BAD)
    services.suggestion_rehandle(
        actor=cast.office, suggestion=row, note="由两家重办", units=("power", "town-113")
    )
    modes = Assignment.objects.filter(matter_id=row.id, round=2).values_list("mode", flat=True)
    assert list(modes) == ["separate", "separate"]


def test_a_satisfied_deputy_s_paper_is_not_handled_anew(cast: Cast) -> None:
    with pytest.raises(Refused):
        services.suggestion_rehandle(
            actor=cast.office, suggestion=make.evaluated(cast), note="请重新办理这件"
        )


def second_time(cast: Cast, result: Rating) -> Suggestion:
    row = make.evaluated(cast, result=BAD)
    services.suggestion_rehandle(actor=cast.office, suggestion=row, note="请到现场核实后重办")
    make.answer(cast, row)
    row.refresh_from_db()
    return make.evaluated(cast, row, result=result)


def test_the_second_dissatisfaction_is_brought_before_the_chairpersons(cast: Cast) -> None:
    row = second_time(cast, BAD)
    with pytest.raises(Refused, match="提请督办"):
        services.suggestion_rehandle(actor=cast.office, suggestion=row, note="请再重新办理一次")
    services.suggestion_escalate(actor=cast.office, suggestion=row, note="两次不满意")
    assert row.state == "escalated" and row.is_key
    assert Notice.objects.filter(subject__contains="提请督办", recipient_key="transport").exists()
    assert (
        services.suggestion_close(actor=cast.office, suggestion=row, act="close_escalated").outcome
        == "escalated"
    )


def test_a_second_reply_that_satisfies_ends_the_matter(cast: Cast) -> None:
    row = second_time(cast, Rating.SATISFIED)
    with pytest.raises(Refused):
        services.suggestion_escalate(actor=cast.office, suggestion=row, note="两次不满意")
    assert services.suggestion_close(actor=cast.office, suggestion=row).outcome == "solved"
    assert Evaluation.objects.filter(suggestion=row).count() == 2


def test_a_promise_is_kept_in_the_ledger_until_it_is_true(cast: Cast) -> None:
    row = make.tracking(cast)
    promise = row.commitments.get()
    assert (promise.item, promise.person, str(promise.due_on)) == ("二期支路路灯", "周局长", "2027-06-30")
    with pytest.raises(Refused, match="承诺"):
        services.suggestion_close(actor=cast.office, suggestion=row)
    with pytest.raises(Conflict):
        make.do(cast, row, "deputy_city", "confirm_promise", commitment=str(promise.pk), fulfilled=True)
    make.do(cast, row, "clerk", "report_promise", commitment=str(promise.pk), text="已完成设计")
    make.do(cast, row, "clerk", "give_proof", commitment=str(promise.pk), proof="支路路灯已装好")
    assert Deadline.objects.get(matter_id=row.id, what="confirm_promise").rule == "suggestion.fulfil_workdays"
    make.do(
        cast,
        row,
        "deputy_city",
        "confirm_promise",
        commitment=str(promise.pk),
        fulfilled=False,
        words="还有两盏",
    )
    promise.refresh_from_db()
    assert promise.state == "not_fulfilled" and promise.progress.count() == 1
    make.do(cast, row, "clerk", "give_proof", commitment=str(promise.pk), proof="两盏也已装好")
    make.do(cast, row, "deputy_city", "confirm_promise", commitment=str(promise.pk), fulfilled=True)
    assert services.suggestion_close(actor=cast.office, suggestion=row).outcome == "solved"


@pytest.mark.parametrize("who", ["clerk_power", "office", "deputy_city"])
def test_only_the_unit_that_promised_proves(cast: Cast, who: str) -> None:
    row = make.tracking(cast)
    with pytest.raises(Denied):
        make.do(
            cast, row, who, "give_proof", commitment=str(row.commitments.get().pk), proof="支路路灯已装好"
        )


def test_promises_outlive_terms_of_office(cast: Cast) -> None:
    row = make.tracking(cast)
    promise = row.commitments.get()
    make.do(cast, row, "clerk", "give_proof", commitment=str(promise.pk), proof="支路路灯已装好")
    with pytest.raises(Refused, match="在任"):
        make.do(cast, row, "office", "confirm_promise_for_lead", commitment=str(promise.pk), fulfilled=True)
    leave(cast, "deputy_city")
    assert promise in commitments_for(cast.office)
    make.do(cast, row, "office", "confirm_promise_for_lead", commitment=str(promise.pk), fulfilled=True)
    promise.refresh_from_db()
    assert promise.state == "fulfilled"


def test_class_a_has_nothing_to_track(cast: Cast) -> None:
    with pytest.raises(Refused):
        services.suggestion_track(actor=cast.office, suggestion=make.evaluated(cast))


def test_publication_takes_consent_the_attribute_and_two_people(cast: Cast) -> None:
    row = make.replied(cast)
    assert Deadline.objects.get(matter_id=row.id, what="publish").rule == "suggestion.publish_workdays"
    with pytest.raises(Refused, match="提出公开"):
        services.suggestion_publish(actor=cast.office, suggestion=row)
    services.publication_propose(actor=cast.office, suggestion=row)
    with pytest.raises(Refused, match="另一位"):
        services.suggestion_publish(actor=cast.office, suggestion=row)
    services.suggestion_publish(actor=cast.office_second, suggestion=row)
    assert row.is_public and row.published_on == clock.today()
    assert Deadline.objects.get(matter_id=row.id, what="publish").met_on == clock.today()
    make.do(cast, row, "office", "unpublish", note="发现有个人信息，先撤下")
    assert not row.is_public
    with pytest.raises(Refused):
        services.suggestion_publish(actor=cast.office_second, suggestion=row)


@pytest.mark.parametrize("change", [{"agree_to_publish": False}, {"confidential": True}])
def test_without_the_deputy_s_consent_nothing_is_published(cast: Cast, change: dict[str, bool]) -> None:
    row = make.replied(cast, **change)
    with pytest.raises(Refused, match="不同意公开"):
        services.publication_propose(actor=cast.office, suggestion=row)
    assert not Deadline.objects.filter(matter_id=row.id, what="publish").exists()


def test_a_reply_that_is_not_for_everybody_is_not_published(cast: Cast) -> None:
    row = make.assigned(cast)
    make.answer(cast, row, publish_level="on_request")
    row.refresh_from_db()
    with pytest.raises(Refused, match="主动公开"):
        services.publication_propose(actor=cast.office, suggestion=row)


def test_a_closed_file_is_archived(cast: Cast) -> None:
    row = services.suggestion_close(actor=cast.office, suggestion=make.evaluated(cast))
    assert services.suggestion_close(actor=cast.office, suggestion=row, act="archive").state == "archived"
    with pytest.raises(Conflict):
        services.suggestion_close(actor=cast.office, suggestion=row)
