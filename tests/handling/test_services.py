"""A unit's part, walked by the people who act; each rule with its refused twin."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianxin.audit.models import AuditEntry
from lianxin.common import clock
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.documents.models import LetterVersion
from lianxin.handling import services
from lianxin.handling.matters import Part
from lianxin.handling.models import Assignment, Consultation, Deadline, Reply, Urging
from lianxin.handling.permissions import may, visible_to
from lianxin.handling.rules import UrgingKind
from lianxin.handling.selectors import deadlines_of, earlier_replies
from lianxin.handling.workflow import Mode, State
from lianxin.notifications.models import Notice
from lianxin.rulebook.models import Parameter
from lianxin.rulebook.selectors import forget
from tests.factories import suggestions as make
from tests.factories.cast import Cast

MAIN_ASSIST = (Part("transport", Mode.MAIN), Part("power", Mode.ASSIST))
ASKED = {"reason": "支路要等电网改造，涉及三个单位，难度大。", "plan": "先装主路，再装支路"}


def set_parameter(name: str, value: object) -> None:
    Parameter.objects.filter(name=name).update(value=value)
    forget()


def test_hand_over_starts_three_clocks_with_their_calculation(cast: Cast) -> None:
    row = make.assigned(cast)
    clocks = {one.what: one for one in deadlines_of("suggestion", row.id) if one.assignment_id}
    assert set(clocks) == {"return", "reply", "contact"}
    assert all("依据" in one.trace[0] or "本地设置" in one.trace[0] for one in clocks.values())
    assert make.part_of(row).reply_due_on == clocks["reply"].due_on


def test_only_the_own_unit_signs_for_its_part(cast: Cast) -> None:
    row = make.assigned(cast)
    with pytest.raises(Denied):
        make.unit_act(cast, row, "clerk_power", "accept", officer="别人", leader="别人")
    assert make.unit_act(cast, row, "clerk", "accept", officer="孙", leader="周").officer == "孙"


@pytest.mark.parametrize("who", ["clerk", "head", "keeper", "deputy_city", "grid"])
def test_nobody_but_the_desk_decides_on_a_return(cast: Cast, who: str) -> None:
    row = make.assigned(cast)
    make.unit_act(
        cast, row, "head", "request_return", reason="不属于我局职责，属供电公司", proposed_unit="power"
    )
    with pytest.raises(Denied):
        make.unit_act(cast, row, who, "approve_return", note="同意")


def test_the_head_asks_to_give_back_and_the_clerk_does_not(cast: Cast) -> None:
    row = make.assigned(cast)
    ask = {"reason": "不属于我局职责，属供电公司", "proposed_unit": "power"}
    with pytest.raises(Denied):
        make.unit_act(cast, row, "clerk", "request_return", **ask)
    assert make.part_of(row).state == State.ASSIGNED
    asked = make.unit_act(cast, row, "head", "request_return", **ask)
    assert asked.state == State.RETURN_REQUESTED


@pytest.mark.parametrize("unit", ["transport", "nobody"])
def test_a_return_names_another_unit(cast: Cast, unit: str) -> None:
    row = make.assigned(cast)
    with pytest.raises(Invalid):
        make.unit_act(
            cast, row, "head", "request_return", reason="不属于我局职责，属供电公司", proposed_unit=unit
        )


def test_a_return_comes_in_time_or_not_at_all(cast: Cast) -> None:
    row = make.assigned(cast)
    Assignment.objects.filter(matter_id=row.id).update(return_until=clock.today() - timedelta(days=1))
    with pytest.raises(Refused, match="退办期限"):
        make.unit_act(
            cast, row, "head", "request_return", reason="不属于我局职责，属供电公司", proposed_unit="power"
        )


def test_a_refused_return_is_final(cast: Cast) -> None:
    row = make.assigned(cast)
    ask = {"reason": "不属于我局职责，属供电公司", "proposed_unit": "power"}
    make.unit_act(cast, row, "head", "request_return", **ask)
    assert make.unit_act(cast, row, "office", "refuse_return", note="属贵局职责").state == State.ASSIGNED
    with pytest.raises(Refused, match="最终"):
        make.unit_act(cast, row, "head", "request_return", **ask)


def test_the_assisting_unit_speaks_before_the_main_unit(cast: Cast) -> None:
    row = make.assigned(cast, MAIN_ASSIST)
    make.reply_drafted(cast, row)
    with pytest.raises(Refused, match="协办"):
        make.unit_act(cast, row, "head", "sign_reply")
    make.working(cast, row, "power")
    with pytest.raises(Refused, match="协办意见"):
        make.unit_act(cast, row, "clerk_power", "draft_reply", "power", **make.reply())
    make.unit_act(cast, row, "clerk_power", "give_opinion", "power", opinion="电源由我司接入")
    assert make.unit_act(cast, row, "head", "sign_reply").state == State.REPLIED


def test_the_assisting_unit_has_a_month(cast: Cast) -> None:
    row = make.assigned(cast, MAIN_ASSIST)
    assert (
        Deadline.objects.get(assignment=make.part_of(row, "power"), what="reply").rule
        == "suggestion.assist_opinion_months"
    )


def test_no_signature_without_a_contact(cast: Cast) -> None:
    row = make.assigned(cast)
    make.working(cast, row)
    make.unit_act(cast, row, "clerk", "draft_reply", **make.reply())
    with pytest.raises(Refused, match="沟通"):
        make.unit_act(cast, row, "head", "sign_reply")
    make.contact(cast, row)
    assert make.unit_act(cast, row, "head", "sign_reply").state == State.REPLIED


def test_a_denied_contact_blocks_until_there_is_a_new_one(cast: Cast) -> None:
    row = make.assigned(cast)
    make.reply_drafted(cast, row)
    make.unit_act(cast, row, "deputy_city", "confirm_contact", happened=False, note="没有联系我")
    with pytest.raises(Refused, match="沟通"):
        make.unit_act(cast, row, "head", "sign_reply")
    assert Notice.objects.filter(subject__startswith="代表说没有联系过", recipient_key="transport").exists()
    make.contact(cast, row)
    assert make.unit_act(cast, row, "head", "sign_reply").state == State.REPLIED


def test_a_denial_of_the_latest_outweighs_an_earlier_unconfirmed_one(cast: Cast) -> None:
    row = make.assigned(cast)
    make.working(cast, row)
    make.contact(cast, row)
    make.contact(cast, row)
    make.unit_act(cast, row, "deputy_city", "confirm_contact", happened=False)
    make.unit_act(cast, row, "clerk", "draft_reply", **make.reply())
    with pytest.raises(Refused):
        make.unit_act(cast, row, "head", "sign_reply")
    make.unit_act(cast, row, "deputy_city", "confirm_contact", happened=True)
    assert make.unit_act(cast, row, "head", "sign_reply").state == State.REPLIED


def test_only_the_deputies_of_the_matter_confirm_a_contact_once(cast: Cast) -> None:
    row = make.assigned(cast)
    make.working(cast, row)
    make.contact(cast, row)
    with pytest.raises(Denied):
        make.unit_act(cast, row, "deputy_city_2", "confirm_contact", happened=True)
    make.unit_act(cast, row, "deputy_city", "confirm_contact", happened=True)
    assert Consultation.objects.get(assignment=make.part_of(row)).confirmed is True
    with pytest.raises(Conflict):
        make.unit_act(cast, row, "deputy_city", "confirm_contact", happened=True)


@pytest.mark.parametrize("days", [1, -1])
def test_a_contact_lies_between_hand_over_and_today(cast: Cast, days: int) -> None:
    row = make.assigned(cast)
    make.working(cast, row)
    with pytest.raises(Invalid):
        make.unit_act(
            cast, row, "clerk", "record_contact", held_on=clock.today() + timedelta(days=days), form="visit",
            persons="孙经办", deputy_view="同意",
        )  # fmt: skip


def test_an_extension_moves_the_date_with_its_calculation_and_the_deputy_is_told(cast: Cast) -> None:
    row = make.assigned(cast)
    make.working(cast, row)
    until = make.part_of(row).reply_due_on + timedelta(days=30)
    make.unit_act(cast, row, "clerk", "request_extension", **ASKED, until=until)
    make.unit_act(cast, row, "office", "approve_extension", note="情况属实")
    row.refresh_from_db()
    assert row.state == "extended" and make.part_of(row).reply_due_on == until
    due = Deadline.objects.get(assignment=make.part_of(row), what="reply", replaced=False)
    assert due.due_on == until and "延期" in due.trace[-1]
    assert Notice.objects.filter(
        subject__contains="延期答复", recipient_key=str(cast.deputy_city.id)
    ).exists()


def test_an_extension_is_asked_once_and_within_six_months(cast: Cast) -> None:
    row = make.assigned(cast)
    make.working(cast, row)
    due = make.part_of(row).reply_due_on
    for until in (due, due + timedelta(days=200)):
        with pytest.raises(Refused, match="六个月"):
            make.unit_act(cast, row, "clerk", "request_extension", **ASKED, until=until)
    until = due + timedelta(days=20)
    make.unit_act(cast, row, "clerk", "request_extension", **ASKED, until=until)
    make.unit_act(cast, row, "office", "refuse_extension", note="请按期办")
    with pytest.raises(Refused, match="一次"):
        make.unit_act(cast, row, "clerk", "request_extension", **ASKED, until=until)
    assert make.part_of(row).reply_due_on == due


def test_an_extension_comes_before_the_date(cast: Cast) -> None:
    row = make.assigned(cast)
    make.working(cast, row)
    Assignment.objects.filter(matter_id=row.id).update(reply_due_on=clock.today() - timedelta(days=1))
    with pytest.raises(Refused, match="已经超过"):
        make.unit_act(
            cast, row, "clerk", "request_extension", **ASKED, until=clock.today() + timedelta(days=20)
        )


def test_where_no_approval_is_asked_an_extension_holds_at_once(cast: Cast) -> None:
    set_parameter("suggestion.extension_needs_approval", value=False)
    row = make.assigned(cast)
    make.working(cast, row)
    until = make.part_of(row).reply_due_on + timedelta(days=20)
    make.unit_act(cast, row, "clerk", "request_extension", **ASKED, until=until)
    assert make.part_of(row).reply_due_on == until
    assert Notice.objects.filter(
        subject__contains="延期答复", recipient_key=str(cast.deputy_city.id)
    ).exists()


def test_the_head_signs_and_the_clerk_does_not(cast: Cast) -> None:
    row = make.assigned(cast)
    make.reply_drafted(cast, row)
    with pytest.raises(Denied):
        make.unit_act(cast, row, "clerk", "sign_reply")
    with pytest.raises(Denied):
        make.unit_act(cast, row, "head_power", "sign_reply")
    part = make.unit_act(cast, row, "head", "sign_reply")
    reply = Reply.objects.get(assignment=part)
    assert reply.state == "signed" and reply.number and reply.letter_id


def test_an_unanswered_demand_blocks_the_signature_and_the_head_sends_it_back(cast: Cast) -> None:
    row = make.assigned(cast)
    make.reply_drafted(cast, row, answers=["只答了第一条诉求，主路已经装好。"])
    with pytest.raises(Refused, match="第 2 条"):
        make.unit_act(cast, row, "head", "sign_reply")
    make.unit_act(cast, row, "head", "send_back_draft", note="第二条没有答")
    make.unit_act(cast, row, "clerk", "draft_reply", **make.reply())
    assert make.unit_act(cast, row, "head", "sign_reply").state == State.REPLIED


def test_the_head_signs_the_draft_that_he_saw(cast: Cast) -> None:
    row = make.assigned(cast)
    make.reply_drafted(cast, row)
    make.unit_act(cast, row, "head", "send_back_draft", note="第二条写清由谁管护")
    make.unit_act(cast, row, "clerk", "draft_reply", **make.reply())
    with pytest.raises(Conflict, match="第 2 稿"):
        make.unit_act(cast, row, "head", "sign_reply", version=1)
    assert make.part_of(row).state == State.REPLY_DRAFTED and not LetterVersion.objects.filter(kind="reply")
    make.unit_act(cast, row, "head", "sign_reply", version=2)
    assert Reply.objects.get(state="signed").version == 2


def test_two_heads_sign_at_once_and_one_is_told(cast: Cast) -> None:
    row = make.assigned(cast)
    make.reply_drafted(cast, row)
    first, second = make.part_of(row), make.part_of(row)
    services.reply_sign(actor=cast.head, assignment=first, version=1)
    with pytest.raises(Conflict):
        services.reply_sign(actor=cast.head, assignment=second, version=1)
    assert Reply.objects.filter(assignment=first, state="signed").count() == 1


def test_a_correction_is_a_new_version_and_the_old_one_stays(cast: Cast) -> None:
    row = make.replied(cast)
    answers = ["路灯装好十三盏，由周局长负责验收。", "路灯由段家河镇政府管护，每月检查一次。"]
    part = make.unit_act(cast, row, "head", "correct_reply", note="盏数写错了", answers=answers)
    states = Reply.objects.filter(assignment=part).order_by("version").values_list("state", flat=True)
    assert list(states) == ["superseded", "signed"]
    with pytest.raises(Refused):
        make.unit_act(cast, row, "head", "correct_reply", note="只留下第一条", answers=answers[:1])


def late(cast: Cast, days: int) -> Assignment:
    row = make.assigned(cast)
    Assignment.objects.filter(matter_id=row.id).update(reply_due_on=clock.today() - timedelta(days=days))
    return make.part_of(row)


@pytest.mark.parametrize(("days", "kind"), [(1, "reminder"), (10, "supervision"), (30, "talk")])
def test_urging_goes_out_by_time_once_on_the_record(cast: Cast, days: int, kind: str) -> None:
    part = late(cast, days)
    assert services.urge_overdue(today=clock.today()) == 1
    assert services.urge_overdue(today=clock.today()) == 0
    issued = Urging.objects.get(assignment=part)
    assert (issued.kind, bool(issued.number), bool(issued.letter_id)) == (kind, True, True)
    assert part.events.filter(act="urge_by_time").count() == 1
    assert AuditEntry.objects.filter(tag="handling.urge_by_time", target_id=part.matter_id).exists()


def test_nothing_is_urged_on_the_last_day(cast: Cast) -> None:
    late(cast, 0)
    assert services.urge_overdue(today=clock.today()) == 0


def test_the_desk_urges_once_and_the_unit_never(cast: Cast) -> None:
    row = make.assigned(cast)
    words = {"kind": "reminder", "reason": "请尽快签收并联系代表"}
    make.unit_act(cast, row, "office", "urge", **words)
    with pytest.raises(Conflict):
        make.unit_act(cast, row, "oversight", "urge", **words)
    with pytest.raises(Denied):
        make.unit_act(cast, row, "clerk", "urge", **words)
    assert Urging.objects.filter(kind=UrgingKind.REMINDER).count() == 1


@pytest.mark.parametrize(("left", "told"), [(16, 0), (15, 1), (7, 1), (1, 1)])
def test_warnings_come_before_the_date_and_are_told_once(cast: Cast, left: int, told: int) -> None:
    late(cast, -left)
    for _ in range(2):
        services.warn_soon(today=clock.today())
    assert Notice.objects.filter(recipient_key="transport", dedupe__startswith="warn:").count() == told


def test_a_quiet_month_is_noticed(cast: Cast) -> None:
    row = make.assigned(cast)
    make.working(cast, row)
    assert services.remind_of_progress(today=clock.today()) == 0
    Assignment.objects.filter(matter_id=row.id).update(handed_over_on=clock.today() - timedelta(days=40))
    assert services.remind_of_progress(today=clock.today()) == 1
    make.unit_act(cast, row, "clerk", "record_progress", text="已勘察现场")
    assert services.remind_of_progress(today=clock.today()) == 0


def test_earlier_replies_are_those_of_the_unit_to_other_matters(cast: Cast) -> None:
    first = make.replied(cast)
    second = make.assigned(
        cast,
        title="关于在蜀河镇河街安装护栏的建议",
        situation="河街临水一侧没有护栏，汛期有孩子落水的危险，居民多次反映。",
        demands=("装护栏",),
        proposal="由交通部门安装护栏并定期检修。",
    )
    found = earlier_replies(make.part_of(second))
    assert found == ["".join(make.reply()["answers"])]
    assert earlier_replies(make.part_of(first)) == []


def test_what_is_listed_is_what_may_be_opened(cast: Cast) -> None:
    make.assigned(cast, MAIN_ASSIST)
    for who in Cast.names:
        actor = getattr(cast, who)
        opened = {row for row in Assignment.objects.all() if may(actor, "view", row)}
        assert set(visible_to(actor)) == opened, who
