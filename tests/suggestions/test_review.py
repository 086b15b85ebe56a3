"""Review, numbering, rejection by two, merging, hand-over and what is given back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Role
from lianxin.common.errors import Conflict, Denied, Invalid, NotFound, Refused
from lianxin.handling.matters import Part
from lianxin.handling.models import Assignment, Deadline, Urging
from lianxin.handling.rules import Light
from lianxin.handling.selectors import light_of
from lianxin.handling.services import urge_overdue, warn_soon
from lianxin.handling.workflow import Mode
from lianxin.notifications.models import Notice
from lianxin.people.loading import NewRole, roles_register
from lianxin.regions.loading import CITY, HOME6
from lianxin.suggestions import services
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.rules import RejectReason
from lianxin.suggestions.selectors import suggestions_page
from tests.factories import opinions as say
from tests.factories import suggestions as make
from tests.factories.cast import SINCE, Cast

BOTH = (Part("transport", Mode.SEPARATE, "路灯"), Part("power", Mode.SEPARATE, "电源"))
MAIN_ASSIST = (Part("transport", Mode.MAIN), Part("power", Mode.ASSIST))
RETURN = {"reason": "不属于我单位职责，属另一单位", "proposed_unit": "court"}


def test_numbers_run_on_in_each_congress(cast: Cast) -> None:
    numbers = [make.registered(cast, by=who).number for who in ("deputy_city", "deputy_city_2")]
    year = clock.today().year
    assert numbers == [f"旬人建〔{year}〕1号", f"旬人建〔{year}〕2号"]


@pytest.mark.parametrize("who", ["clerk", "keeper", "deputy_city", "oversight", "presidium"])
def test_nobody_but_the_body_reviews(cast: Cast, who: str) -> None:
    with pytest.raises(Denied):
        services.suggestion_register(actor=getattr(cast, who), suggestion=make.submitted(cast))


def test_a_paper_sent_back_is_mended_and_comes_again(cast: Cast) -> None:
    row = make.submitted(cast)
    services.suggestion_send_back(
        actor=cast.office, suggestion=row, reason=RejectReason.EMPTY, words="请写明地点和户数"
    )
    services.suggestion_edit(actor=cast.deputy_city, suggestion=row, draft=make.draft(analysis="三组岔路口"))
    assert services.suggestion_submit(actor=cast.deputy_city, suggestion=row).state == "submitted"


def test_a_rejection_takes_two_people(cast: Cast) -> None:
    row = make.submitted(cast)
    with pytest.raises(Refused, match="提出"):
        services.suggestion_reject(actor=cast.office, suggestion=row)
    services.suggestion_rejection_propose(
        actor=cast.office, suggestion=row, reason=RejectReason.JUDICIAL, words="涉及具体案件"
    )
    with pytest.raises(Refused, match="自己"):
        services.suggestion_reject(actor=cast.office, suggestion=row)
    assert services.suggestion_reject(actor=cast.office_second, suggestion=row).state == "rejected"


def rejected(cast: Cast) -> Suggestion:
    row = make.submitted(cast)
    services.suggestion_rejection_propose(
        actor=cast.office, suggestion=row, reason=RejectReason.OTHER, words="不属职权范围"
    )
    return services.suggestion_reject(actor=cast.office_second, suggestion=row)


def test_the_deputy_appeals_once(cast: Cast) -> None:
    row = rejected(cast)
    services.suggestion_appeal(actor=cast.deputy_city, suggestion=row, words="这是市政府的职责，请再审。")
    with pytest.raises(Refused):
        services.suggestion_reject(actor=cast.office_second, suggestion=row)
    services.suggestion_rejection_propose(
        actor=cast.office, suggestion=row, reason=RejectReason.OTHER, words="仍不属职权范围"
    )
    services.suggestion_reject(actor=cast.office_second, suggestion=row)
    with pytest.raises(Refused, match="一次"):
        services.suggestion_appeal(actor=cast.deputy_city, suggestion=row, words="请再审一次这件建议。")


def test_a_rejected_paper_leaves_no_resident_waiting(cast: Cast) -> None:
    opinion = say.recorded(cast)
    row = services.suggestion_draft(
        actor=cast.deputy_city, body_code=CITY, draft=make.draft(), opinions=(opinion.id,)
    )
    services.suggestion_submit(actor=cast.deputy_city, suggestion=row)
    services.suggestion_rejection_propose(
        actor=cast.office, suggestion=row, reason=RejectReason.OTHER, words="不属职权范围"
    )
    services.suggestion_reject(actor=cast.office_second, suggestion=row)
    opinion.refresh_from_db()
    assert opinion.state == "recorded"


def test_each_merged_deputy_is_told_sees_the_other_and_gets_the_reply(cast: Cast) -> None:
    main, mine = make.assigned(cast), make.registered(cast, by="deputy_city_2")
    services.suggestion_merge(actor=cast.office, suggestion=mine, into=main, note="同一件事")
    assert str(cast.deputy_row("deputy_city_2").pk) in make.part_of(main).deputies
    assert main.pk in {row.pk for row in suggestions_page(cast.deputy_city_2)}
    make.answer(cast, main)
    assert mine.deliveries.get().deputy == cast.deputy_row("deputy_city_2")
    assert main.deliveries.get().deputy == cast.deputy_row("deputy_city")
    assert Notice.objects.filter(
        subject__contains="已答复", recipient_key=str(cast.deputy_city_2.id)
    ).exists()


def test_nothing_is_merged_into_itself_or_what_is_over(cast: Cast) -> None:
    over, mine = make.replied(cast), make.registered(cast, by="deputy_city_2")
    for into in (mine, over):
        with pytest.raises(Invalid):
            services.suggestion_merge(actor=cast.office, suggestion=mine, into=into, note="同一件事")


def test_a_merged_paper_stands_alone_again_when_the_other_is_withdrawn(cast: Cast) -> None:
    main, mine = make.assigned(cast), make.registered(cast, by="deputy_city_2")
    services.suggestion_merge(actor=cast.office, suggestion=mine, into=main, note="同一件事")
    services.suggestion_withdraw(actor=cast.deputy_city, suggestion=main, note="已解决，撤回")
    mine.refresh_from_db()
    assert (mine.state, mine.merged_into_id) == ("registered", None)


def test_every_co_signer_gets_the_reply(cast: Cast) -> None:
    row = make.cosigned(cast, "deputy_city_2", "deputy_city_3")
    services.suggestion_submit(actor=cast.deputy_city, suggestion=row)
    services.suggestion_register(actor=cast.office, suggestion=row)
    services.suggestion_assign(actor=cast.office, suggestion=row, parts=[Part("transport", Mode.SOLE)])
    make.answer(cast, row)
    names = {one.deputy.account.username for one in row.deliveries.select_related("deputy__account")}
    assert names == {"deputy_city", "deputy_city_2", "deputy_city_3"}


@pytest.mark.parametrize(
    "parts",
    [
        [Part("transport", Mode.MAIN), Part("transport", Mode.ASSIST)],
        [Part("transport", Mode.SEPARATE, "路灯"), Part("power", Mode.SEPARATE)],
        [Part("transport", Mode.ASSIST)],
        [Part("nobody", Mode.SOLE)],
        [],
    ],
)
def test_divisions_that_are_refused(cast: Cast, parts: list[Part]) -> None:
    with pytest.raises((Invalid, Refused)):
        services.suggestion_assign(actor=cast.office, suggestion=make.registered(cast), parts=parts)


def test_a_unit_without_a_head_gets_nothing(cast: Cast) -> None:
    with pytest.raises(Refused, match="负责人"):
        services.suggestion_assign(
            actor=cast.office, suggestion=make.registered(cast), parts=[Part("court", Mode.SOLE)]
        )


def test_separate_units_each_have_their_scope_and_the_last_reply_counts(cast: Cast) -> None:
    row = make.assigned(cast, BOTH)
    assert make.part_of(row, "power").scope == "电源"
    make.answer(cast, row)
    row.refresh_from_db()
    assert row.state == "assigned"
    make.answer(cast, row, "power")
    row.refresh_from_db()
    assert row.state == "replied" and row.deliveries.count() == 2


def test_two_desks_hand_over_at_once_and_one_is_told(cast: Cast) -> None:
    row = make.registered(cast)
    stale = Suggestion.objects.get(pk=row.pk)
    services.suggestion_assign(actor=cast.office, suggestion=row, parts=[Part("transport", Mode.SOLE)])
    with pytest.raises(Conflict):
        services.suggestion_assign(
            actor=cast.office_second, suggestion=stale, parts=[Part("power", Mode.SOLE)]
        )
    assert Assignment.objects.filter(matter_id=row.id).count() == 1


def test_a_deputy_who_heads_the_unit_is_flagged(cast: Cast) -> None:
    account = cast.account("deputy_city")
    roles_register(
        actor=SYSTEM, roles=[NewRole(account.id, Role.UNIT_HEAD, CITY, "transport")], home6=HOME6, since=SINCE
    )
    row = make.assigned(cast, BOTH)
    assert make.part_of(row).conflict and not make.part_of(row, "power").conflict
    assert Notice.objects.filter(subject__contains="回避", recipient_key=f"office@{CITY}").count() == 1


def test_an_approved_return_is_handed_over_anew_with_a_new_clock_and_the_first_date(cast: Cast) -> None:
    row = make.assigned(cast, MAIN_ASSIST)
    first = clock.today() - timedelta(days=6)
    Assignment.objects.filter(matter_id=row.id).update(first_handed_over_on=first, handed_over_on=first)
    make.unit_act(cast, row, "head", "request_return", reason=RETURN["reason"], proposed_unit="power")
    row.refresh_from_db()
    assert row.state == "return_requested"
    make.unit_act(cast, row, "office", "approve_return", note="同意")
    row.refresh_from_db()
    assert row.state == "registered" and make.part_of(row, "power").state == "withdrawn"
    assert (
        Deadline.objects.get(matter_id=row.id, what="assign", met_on=None, replaced=False).rule
        == "suggestion.reassign_workdays"
    )
    services.suggestion_assign(actor=cast.office, suggestion=row, parts=[Part("power", Mode.SOLE)])
    part = Assignment.objects.get(matter_id=row.id, unit_code="power", state="assigned")
    assert (part.handed_over_on, part.first_handed_over_on) == (clock.today(), first)
    make.answer(cast, row, "power")
    row.refresh_from_db()
    assert row.state == "replied"


def test_one_separate_part_given_back_goes_to_another_unit_while_the_other_goes_on(cast: Cast) -> None:
    row = make.assigned(cast, BOTH)
    make.answer(cast, row)
    make.unit_act(cast, row, "head_power", "request_return", "power", **RETURN)
    make.unit_act(cast, row, "office", "approve_return", "power", note="同意")
    row.refresh_from_db()
    assert row.state == "assigned"
    old = make.part_of(row, "power")
    with pytest.raises(Denied):
        make.do(cast, row, "clerk", "reassign", part=str(old.id), unit="town-113")
    make.do(cast, row, "office", "reassign", part=str(old.id), unit="town-113")
    new = make.part_of(row, "town-113")
    assert (new.mode, new.scope, row.state) == ("separate", "电源", "assigned")
    with pytest.raises((NotFound, Refused)):
        make.do(cast, row, "office", "reassign", part=str(old.id), unit="power")


def test_the_key_list_names_its_leader(cast: Cast) -> None:
    row = make.registered(cast)
    make.do(cast, row, "office", "mark_key", leader="李主任")
    assert [one.key_leader for one in suggestions_page(cast.office, tab="key")] == ["李主任"]
    with pytest.raises(Refused):
        make.do(cast, row, "office", "mark_key", leader="李主任")
    make.do(cast, row, "office", "unmark_key", note="已按期办理，移出名单")
    assert suggestions_page(cast.office, tab="key") == []


def test_a_refused_express_paper_goes_the_ordinary_way(cast: Cast) -> None:
    row = make.registered(cast, fast_track=True, fast_track_reason="汛期前要办")
    make.do(cast, row, "office", "refuse_express", note="不急")
    clocks = Deadline.objects.filter(matter_id=row.id, what="assign", replaced=False)
    assert [one.rule for one in clocks] == ["suggestion.assign_workdays"]
    services.suggestion_assign(actor=cast.office, suggestion=row, parts=[Part("transport", Mode.SOLE)])
    assert Deadline.objects.get(matter_id=row.id, what="reply").rule == "suggestion.reply_months"
    with pytest.raises((Refused, Conflict)):
        services.express_refuse(actor=cast.office, suggestion=row)


def test_the_express_lane_aims_at_a_month_within_the_limit_of_the_law(cast: Cast) -> None:
    row = make.assigned(cast, fast_track=True, fast_track_reason="汛期前要办")
    rules = dict(
        Deadline.objects.filter(matter_id=row.id, assignment__isnull=False).values_list("what", "rule")
    )
    assert (rules["reply"], rules["contact"]) == ("suggestion.reply_months", "express.contact_workdays")
    assert rules["target"] == "express.reply_months"
    part = make.part_of(row)
    aim, limit = (Deadline.objects.get(assignment=part, what=what).due_on for what in ("target", "reply"))
    assert part.reply_due_on == limit > aim
    plain = make.assigned(
        cast, title="关于整修三组岔路口路面的建议", what_is_new="这次说的是另一段路，去年以后新修的"
    )
    assert not Deadline.objects.filter(matter_id=plain.id, what="target").exists()


def test_a_target_is_warned_of_and_nobody_is_urged_until_the_limit_has_passed(cast: Cast) -> None:
    row = make.assigned(cast, fast_track=True, fast_track_reason="汛期前要办")
    part = make.part_of(row)
    due = Deadline.objects.get(assignment=part, what="target")
    for day in (due.due_on, due.due_on):
        warn_soon(today=day)
    told = Notice.objects.filter(recipient_key="transport", subject__startswith="直通车力争")
    assert told.count() == 1 and f"{part.reply_due_on:%Y-%m-%d}" in told.get().text
    after = due.due_on + timedelta(days=20)
    assert urge_overdue(today=after) == 0 and not Urging.objects.exists()
    assert light_of(due, after) is Light.ORANGE
    assert part.reply_due_on is not None
    assert urge_overdue(today=part.reply_due_on + timedelta(days=2)) == 1


def test_the_reply_meets_limit_and_target(cast: Cast) -> None:
    row = make.assigned(cast, fast_track=True, fast_track_reason="汛期前要办")
    make.answer(cast, row)
    met = Deadline.objects.filter(matter_id=row.id, what__in=("reply", "target"), met_on=clock.today())
    assert met.count() == 2
