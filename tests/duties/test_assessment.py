"""A yearly file from collecting to the archive, each step with those who may not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from lianxin.common.actor import SYSTEM
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.duties.assessing import deciding, files, objections
from lianxin.duties.assessing.permissions import may, visible_to
from lianxin.duties.assessing.scoring import good_of, kept_score, score_of
from lianxin.duties.models import DutyRecord, FileEvent, YearlyFile
from lianxin.duties.services.posting import duty_unpost
from lianxin.duties.services.results import duty_result
from lianxin.notifications.models import Notice
from lianxin.rulebook.selectors import forget, value
from lianxin.rulebook.services import parameter_change
from tests.factories import assessment as make
from tests.factories import suggestions as suggest
from tests.factories.cast import TOWN, Cast

pytestmark = pytest.mark.django_db


def notices(cast: Cast, who: str = "deputy_town") -> list[str]:
    rows = Notice.objects.filter(recipient_key=str(cast.account(who).id))
    return list(rows.order_by("created_at", "id").values_list("subject", flat=True))


def test_the_whole_way_of_a_file(cast: Cast) -> None:
    with make.on(6, 1):
        for day in (3, 10, 17):
            make.did(cast, day=date(2026, 5, day))
    with make.on(11, 20):
        file = make.generated(cast)
        assert file.state == "confirming"
        assert file.object_by == date(2026, 11, 30)
        assert "10" in "".join(file.object_trace)
        reception = next(line for line in kept_score(file).lines if line.rule.item == "reception")
        assert reception.points == Decimal("11.3")
        assert len(reception.counted) == 3
        file = objections.file_object(
            actor=cast.deputy_town,
            file=file,
            item="reception",
            reason=make.DOUBT,
            evidence=[reception.counted[0]],
        )
        objection = file.objections.get()
        assert objection.due_on == date(2026, 11, 25)
        file = objections.objection_answer(
            actor=cast.presidium,
            file=file,
            objection=objection.id,
            upheld=False,
            answer="核对过纸质登记，日期不在当年。",
        )
        assert file.state == "group_view"
        file = deciding.file_comment(actor=cast.group_leader, file=file, words=make.VIEW)
        file = deciding.file_decide(
            actor=cast.presidium, file=file, result="competent", reason=make.WHY, good=["integrity"]
        )
        assert file.state == "deciding"
        file = deciding.file_sign(actor=cast.deputy_town, file=file)
    assert file.state == "archived"
    assert {one.code: one.met for one in good_of(file)}["integrity"] is True
    acts = list(FileEvent.objects.filter(file=file).order_by("at", "id").values_list("act", flat=True))
    assert acts == ["generate", "object", "answer", "follow_answers", "comment", "decide", "sign"]
    assert any("生成" in one for one in notices(cast))
    assert any("审定" in one for one in notices(cast))


def test_nothing_is_generated_before_november(cast: Cast) -> None:
    with make.on(10, 31), pytest.raises(Refused, match="11 月 1 日"):
        make.generated(cast)


def test_only_the_body_of_the_congress_generates(cast: Cast) -> None:
    with make.on(11, 2):
        file = make.accrued(cast)
        for who in ("deputy_town", "group_leader", "keeper", "presidium_other", "clerk", "admin"):
            with pytest.raises(Denied):
                files.file_generate(actor=getattr(cast, who), file=file)
        with pytest.raises(Denied):
            files.files_generate(actor=cast.presidium_other, year=2026, body_code=TOWN)
        assert files.files_generate(actor=cast.presidium, year=2026, body_code=TOWN) == 4
        with pytest.raises(Conflict):
            files.files_generate(actor=cast.presidium, year=2026, body_code=TOWN)
    assert YearlyFile.objects.filter(state="confirming").count() == 4


def test_objections_end_with_the_tenth_day(cast: Cast) -> None:
    with make.on(11, 10):
        file = make.generated(cast)
    with make.on(11, 20):
        objections.file_object(actor=cast.deputy_town, file=file, item="diary", reason=make.DOUBT)
    with make.on(11, 10):
        other = make.generated(cast, "deputy_town_2")
    with make.on(11, 21), pytest.raises(Refused, match="异议期"):
        objections.file_object(actor=cast.deputy_town_2, file=other, item="diary", reason=make.DOUBT)
    with make.on(11, 20):
        assert files.files_tick(date(2026, 11, 20)) == 0
    with make.on(11, 21):
        files.files_tick(date(2026, 11, 21))
    other.refresh_from_db()
    assert other.state == "group_view"


@pytest.mark.parametrize(
    ("item", "reason", "evidence", "field"),
    [
        ("unknown", make.DOUBT, [], "item"),
        ("diary", "不同意", [], "reason"),
        ("diary", make.DOUBT, ["x"], "evidence"),
        ("diary", make.DOUBT, ["01890000-0000-7000-8000-000000000000"], "evidence"),
        ("diary", make.DOUBT, ["1", "2", "3", "4", "5", "6"], "evidence"),
    ],
)
def test_an_objection_names_item_reason_and_own_records(
    cast: Cast, item: str, reason: str, evidence: list[str], field: str
) -> None:
    with make.on(11, 10):
        file = make.generated(cast)
        with pytest.raises(Invalid) as caught:
            objections.file_object(
                actor=cast.deputy_town, file=file, item=item, reason=reason, evidence=evidence
            )
    assert list(caught.value.fields) == [field]


def test_nobody_objects_for_another_and_one_item_waits_once(cast: Cast) -> None:
    with make.on(11, 10):
        file = make.generated(cast)
        for who in ("deputy_town_2", "group_leader", "presidium"):
            with pytest.raises(Denied):
                objections.file_object(actor=getattr(cast, who), file=file, item="diary", reason=make.DOUBT)
        file = objections.file_object(actor=cast.deputy_town, file=file, item="diary", reason=make.DOUBT)
        with pytest.raises(Conflict):
            objections.file_object(actor=cast.deputy_town, file=file, item="diary", reason=make.DOUBT)
        file = objections.file_object(actor=cast.deputy_town, file=file, item="deed", reason=make.DOUBT)
        first, second = file.objections.order_by("id")
        file = objections.objection_answer(
            actor=cast.presidium, file=file, objection=first.id, upheld=True, answer="核对后采纳，请补登记。"
        )
        assert file.state == "objecting", "the second one still waits"
        with pytest.raises(Conflict):
            objections.objection_answer(
                actor=cast.presidium,
                file=file,
                objection=first.id,
                upheld=True,
                answer="核对后采纳，请补登记。",
            )
        file = objections.objection_answer(
            actor=cast.presidium,
            file=file,
            objection=second.id,
            upheld=False,
            answer="没有受益人确认，不能计入。",
        )
    assert file.state == "group_view"


def test_who_stands_aside_does_not_review(cast: Cast) -> None:
    with make.on(11, 10):
        file = make.objected(cast)
        deciding.avoidance_declare(actor=cast.presidium, deputy=file.deputy)
        objection = file.objections.get()
        answer = "核对过纸质登记，日期不在当年。"
        with pytest.raises(Refused, match="回避"):
            objections.objection_answer(
                actor=cast.presidium, file=file, objection=objection.id, upheld=False, answer=answer
            )
        file = objections.objection_answer(
            actor=cast.presidium_second, file=file, objection=objection.id, upheld=False, answer=answer
        )
        file = deciding.file_comment(actor=cast.group_leader, file=file, words=make.VIEW)
        with pytest.raises(Refused, match="回避"):
            deciding.file_decide(actor=cast.presidium, file=file, result="competent", reason=make.WHY)
        assert deciding.file_decide(
            actor=cast.presidium_second, file=file, result="competent", reason=make.WHY
        ).result


def test_the_leader_of_the_group_does_not_judge_himself(cast: Cast) -> None:
    with make.on(11, 10):
        file = files.file_confirm(actor=cast.group_leader, file=make.generated(cast, "group_leader"))
        with pytest.raises(Refused, match="自己的档案"):
            deciding.file_comment(actor=cast.group_leader, file=file, words=make.VIEW)
        assert deciding.file_comment(actor=cast.presidium, file=file, words=make.VIEW).state == "deciding"


def test_a_poor_result_never_rests_on_the_score_alone(cast: Cast) -> None:
    with make.on(11, 10):
        file = make.commented(cast)
        for result in ("basically_competent", "not_competent"):
            with pytest.raises(Refused, match="唯一理由"):
                deciding.file_decide(actor=cast.presidium, file=file, result=result, reason=make.WHY)
        with pytest.raises(Invalid):
            deciding.file_decide(actor=cast.presidium, file=file, result="competent", reason="好")
        file = deciding.file_decide(
            actor=cast.presidium,
            file=file,
            result="basically_competent",
            reason="两次会议无故缺席，谈过一次话。",
            ground="absence",
        )
        with pytest.raises(Refused, match="签收的时间"):
            deciding.file_archive(actor=cast.presidium, file=file, reason="电话联系过两次")
    with make.on(11, 21):
        assert (
            deciding.file_archive(actor=cast.presidium, file=file, reason="电话联系过两次").state
            == "archived"
        )


def test_only_the_deputy_signs_and_only_what_is_decided(cast: Cast) -> None:
    with make.on(11, 10):
        file = make.commented(cast)
        with pytest.raises(Refused, match="还没有审定"):
            deciding.file_sign(actor=cast.deputy_town, file=file)
        file = deciding.file_decide(actor=cast.presidium, file=file, result="competent", reason=make.WHY)
        with pytest.raises(Denied):
            deciding.file_sign(actor=cast.deputy_town_2, file=file)
        with pytest.raises(Refused, match="等代表签收"):
            deciding.file_decide(actor=cast.presidium, file=file, result="excellent", reason=make.WHY)


def test_a_record_withdrawn_after_scoring_is_recalculated_on_the_record(cast: Cast) -> None:
    with make.on(5, 20):
        record = make.did(cast, day=date(2026, 5, 4))
    with make.on(11, 10):
        file = make.decided(cast)
        before = file.points
        file = deciding.file_sign(actor=cast.deputy_town, file=file)
        duty_unpost(actor=SYSTEM, source_room=record.source_room, source_id=record.source_id)
        files.files_tick(date(2026, 11, 10))
        file.refresh_from_db()
        assert file.points == before - Decimal("3.8")
        assert file.result == "competent", "people decide again, not the arithmetic"
        event = FileEvent.objects.get(file=file, act="recalculate")
        assert event.facts == {"from": str(before), "to": str(file.points)}
        assert files.files_tick(date(2026, 11, 10)) == 0
        assert any("变动" in one for one in notices(cast))
        with pytest.raises(Denied):
            deciding.file_reopen(actor=cast.deputy_town, file=file, reason="有一条记录撤回了，请重看。")
        file = deciding.file_reopen(actor=cast.presidium, file=file, reason="有一条记录撤回了，重新审定。")
    assert (file.state, file.result) == ("deciding", "")


def test_a_changed_rule_begins_next_year_and_leaves_the_old_year_alone(cast: Cast) -> None:
    with make.on(6, 1):
        make.did(cast, day=date(2026, 5, 4))
        file = make.accrued(cast)
        old = file.points
        rows = [dict(row) for row in value("assessment.rules")]
        next(row for row in rows if row["item"] == "reception")["target"] = 1
        parameter_change(
            actor=cast.admin,
            name="assessment.rules",
            value=rows,
            basis="主任会议 2026 年 6 月通过",
            valid_from=date(2026, 6, 1),
            home6="610981",
        )
        forget()
    with make.on(11, 10):
        files.files_tick(date(2026, 11, 10))
        file = make.generated(cast)
        assert file.points == old
    with make.on(11, 10, 2027):
        make.did(cast, day=date(2027, 5, 4))
        files.files_tick(date(2027, 11, 10))
        file.refresh_from_db()
        assert file.points == old
        next_year = make.accrued(cast, year=2027)
    reception = {line.rule.item: line.points for line in kept_score(next_year).lines}["reception"]
    assert reception == 15
    assert next_year.rules_from == date(2026, 6, 1)


def test_a_deputy_hears_of_a_whole_point_and_not_of_less(cast: Cast) -> None:
    with make.on(6, 1):
        file = make.accrued(cast)
        make.did(cast, "field_diary", day=date(2026, 5, 4))
        files.files_tick(date(2026, 6, 1))
        assert notices(cast) == [], "0.8 of a point"
        make.did(cast, "field_diary", day=date(2026, 5, 18))
        files.files_tick(date(2026, 6, 1))
        assert notices(cast) == ["履职情况有变动"]
    file.refresh_from_db()
    assert file.told_points == file.points


def test_leave_lowers_the_targets(cast: Cast) -> None:
    deputy = cast.deputy_row("deputy_town")
    with make.on(6, 1):
        make.did(cast, day=date(2026, 5, 4))
        file = make.accrued(cast)
        before = {line.rule.item: line for line in kept_score(file).lines}["reception"]
        with pytest.raises(Denied):
            deciding.leave_enter(
                actor=cast.deputy_town,
                deputy=deputy,
                kind="sick",
                begins_on=date(2026, 1, 1),
                ends_on=date(2026, 5, 31),
            )
        leave = {
            "deputy": deputy,
            "kind": "maternity",
            "begins_on": date(2026, 1, 1),
            "ends_on": date(2026, 7, 1),
        }
        deciding.leave_enter(actor=cast.presidium, **leave)
        with pytest.raises(Conflict):
            deciding.leave_enter(actor=cast.presidium, **leave)
        with pytest.raises(Invalid):
            deciding.leave_enter(actor=cast.presidium, **(leave | {"kind": "holiday"}))
        with pytest.raises(Invalid):
            deciding.leave_enter(actor=cast.presidium, **(leave | {"ends_on": date(2025, 1, 1)}))
    file.refresh_from_db()
    after = {line.rule.item: line for line in kept_score(file).lines}["reception"]
    assert (before.target, before.points) == (4, Decimal("3.8"))
    assert after.target == 4 * (1 - file_share(file))
    assert after.points == Decimal("7.5")


def file_share(file: YearlyFile) -> object:
    from fractions import Fraction  # noqa: PLC0415 - only here

    assert file.away == "182/365"
    return Fraction(file.away)


def test_files_are_seen_by_those_whom_they_concern_and_by_nobody_else(cast: Cast) -> None:
    with make.on(11, 10):
        file = make.generated(cast)
        sees = {who for who in cast.names if visible_to(getattr(cast, who)).filter(pk=file.pk).exists()}
        assert sees == {"deputy_town", "presidium", "presidium_second", "office", "office_second"}
        assert sees == {who for who in cast.names if may(getattr(cast, who), "view", file)}
        files.file_confirm(actor=cast.deputy_town, file=file)
        assert visible_to(cast.group_leader).filter(pk=file.pk).exists(), "asked for the group's view"


def test_an_accepted_suggestion_counts_and_its_reply_gives_its_quality(cast: Cast) -> None:
    row = suggest.replied(cast)
    found = score_of(row.lead_id, row.replied_on.year, row.home6)
    lines = {line.rule.item: line for line in found.score.lines}
    assert len(lines["suggestion_number"].counted) == 1
    assert len(lines["suggestion_quality"].counted) == 1
    assert lines["suggestion_quality"].points > 0
    assert (
        DutyRecord.objects.get(source_room="suggestions").values["result"]
        == value("assessment.reply_classes")[row.reply_class]
    )


def test_a_suggestion_that_is_not_accepted_yet_counts_for_nothing(cast: Cast) -> None:
    row = suggest.submitted(cast)
    assert not DutyRecord.objects.filter(deputy=row.lead).exists()
    assert duty_result(actor=SYSTEM, source_room="suggestions", source_id=str(row.id), result=1) == 0
    with pytest.raises(ValueError, match="share"):
        duty_result(actor=SYSTEM, source_room="suggestions", source_id=str(row.id), result=2)
