"""The group's view, the decision by people with reasons, the signature, and how a file opens again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.common.writes import write
from lianxin.duties.assessing.files import scores_refresh
from lianxin.duties.assessing.step import step, tell_body, tell_deputy
from lianxin.duties.assessment_workflow import BODY, NEGATIVE, RESULTS
from lianxin.duties.five_good import HUMAN
from lianxin.duties.models import DutyLeave, LeaveKind, Result, ReviewAvoidance, YearlyFile
from lianxin.people.models import Deputy
from lianxin.rulebook.deadlines import due_for

LEAST = 10


@write
def file_comment(*, actor: Actor, file: YearlyFile, words: str, request_id: str | None = None) -> YearlyFile:
    """Write the view of the deputy's group."""
    if len(words.strip()) < LEAST:
        raise Invalid("请写得具体一些。", fields={"words": f"至少 {LEAST} 个字，代表会看到。"})
    step(actor=actor, file=file, act="comment", group_view=words.strip(), group_by=actor.id)
    tell_body(file, "小组意见写好了，请审定", f"{file.year} 年度档案", dedupe="commented")
    return file


@write
def file_decide(
    *,
    actor: Actor,
    file: YearlyFile,
    result: str,
    reason: str,
    ground: str = "",
    good: Sequence[str] = (),
    request_id: str | None = None,
) -> YearlyFile:
    """Decide the year's result; a poor one needs a ground beside the score and words of a person."""
    decision_check(file, result, reason, ground, good)
    asked = {row["code"] for row in file.good_rules if any(one["kind"] == HUMAN for one in row["conditions"])}
    due = due_for("assessment.sign_days", clock.today(), home6=file.home6)
    step(
        actor=actor,
        file=file,
        act="decide",
        facts={"result": result, "ground": ground},
        result=result,
        result_reason=reason.strip(),
        ground=ground,
        good_said={code: code in good for code in sorted(asked)},
        decided_by=actor.id,
        decided_on=clock.today(),
        sign_by=due.on,
    )
    words = f"结果：{Result(result).label}。请看理由，{due.on:%Y-%m-%d} 前签收。"
    tell_deputy(file, f"您的 {file.year} 年度考核审定了", words, dedupe=f"decided:{clock.today()}")
    return file


def decision_check(file: YearlyFile, result: str, reason: str, ground: str, good: Sequence[str]) -> None:
    """Refuse a decision without words of a person, and a poor one that rests on the score alone."""
    wrong: dict[str, str] = {}
    if result not in RESULTS:
        wrong["result"] = "请选一个结果。"
    if len(reason.strip()) < LEAST:
        wrong["reason"] = f"请写明理由，至少 {LEAST} 个字；代表会看到。"
    if set(good) - {row["code"] for row in file.good_rules}:
        wrong["good"] = "请从列出的五好里选。"
    if wrong:
        raise Invalid("审定还没填好，请看每一项的提示。", fields=wrong)
    if result in NEGATIVE and not ground:
        raise Refused(
            "得分不能是不好结果的唯一理由，请选一条得分以外的事实依据。", fields={"ground": "必选一条。"}
        )


@write
def file_sign(*, actor: Actor, file: YearlyFile, request_id: str | None = None) -> YearlyFile:
    """Let the deputy sign for the result; the file goes to the archive."""
    return step(actor=actor, file=file, act="sign", signed_on=clock.today())


@write
def file_archive(*, actor: Actor, file: YearlyFile, reason: str, request_id: str | None = None) -> YearlyFile:
    """Archive a decided file that the deputy did not sign in time."""
    if not reason.strip():
        raise Invalid("请写明情况。", fields={"reason": "写明怎样联系过代表。"})
    return step(actor=actor, file=file, act="archive", note=reason.strip())


@write
def file_reopen(*, actor: Actor, file: YearlyFile, reason: str, request_id: str | None = None) -> YearlyFile:
    """Look at an archived file again, because a record was put right; the old result stays on its history."""
    if len(reason.strip()) < LEAST:
        raise Invalid("请写明为什么重新审定。", fields={"reason": f"至少 {LEAST} 个字。"})
    facts = {"result": file.result, "points": str(file.points)}
    step(
        actor=actor,
        file=file,
        act="reopen",
        note=reason.strip(),
        facts=facts,
        result="",
        ground="",
        signed_on=None,
        sign_by=None,
    )
    tell_deputy(
        file, f"您的 {file.year} 年度档案重新审定", reason.strip(), dedupe=f"reopened:{clock.today()}"
    )
    return file


@write
def avoidance_declare(*, actor: Actor, deputy: Deputy, request_id: str | None = None) -> ReviewAvoidance:
    """Stand aside from a deputy; no reason is asked."""
    if actor.id is None or not actor.roles:
        raise Denied("请先登录。")
    row, made = ReviewAvoidance.objects.get_or_create(account_id=actor.id, deputy=deputy)
    if made:
        record(actor=actor, tag="assessment.avoid", kind="deputy", target=deputy.id, home6=deputy.home6)
    return row


@write
def leave_enter(
    *,
    actor: Actor,
    deputy: Deputy,
    kind: str,
    begins_on: date,
    ends_on: date,
    request_id: str | None = None,
) -> DutyLeave:
    """Enter a deputy's leave; his targets fall in proportion."""
    if not actor.has_in(deputy.division_code, *BODY):
        raise Denied("请假由代工委或镇人大主席团登记。")
    if kind not in LeaveKind.values:
        raise Invalid("请选请假的种类。", fields={"kind": "产假或病假。"})
    if ends_on < begins_on:
        raise Invalid("日期不对。", fields={"ends_on": "结束的日子不能早于开始的日子。"})
    held = DutyLeave.objects.filter(
        deputy=deputy, is_cancelled=False, begins_on__lte=ends_on, ends_on__gte=begins_on
    )
    if held.exists():
        raise Conflict("这几天已经登记过请假。")
    row = DutyLeave.objects.create(
        deputy=deputy,
        home6=deputy.home6,
        division_code=deputy.division_code,
        kind=kind,
        begins_on=begins_on,
        ends_on=ends_on,
        approved_by=actor.id,
    )
    days = {"kind": kind, "from": str(begins_on), "to": str(ends_on), "leave": str(row.id)}
    record(
        actor=actor, tag="assessment.leave", kind="deputy", target=deputy.id, home6=deputy.home6, facts=days
    )
    years = (begins_on.year, ends_on.year)
    scores_refresh(YearlyFile.objects.filter(deputy=deputy, year__in=years).select_related("deputy"))
    return row
