"""执法检查 and 专题调研: plan, team, list, findings with department and day, report, recheck."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid, NotFound
from lianxin.common.writes import write
from lianxin.meetings.inquiries_workflow import FINDING, INQUIRY, Facts, FindingState
from lianxin.meetings.models import Finding, Inquiry, InquiryCheck, InquiryEvent, InquiryKind, InquiryMember
from lianxin.meetings.permissions import may_find, may_inquire
from lianxin.meetings.services.step import FASTER, NOT_YOURS
from lianxin.notifications.services import Recipient, enqueue
from lianxin.people.selectors import organ_of


@write
def inquiry_plan(
    *,
    actor: Actor,
    division_code: str,
    kind: str,
    title: str,
    subject: str,
    begins_on: date,
    plan: str,
    team: Sequence[UUID],
    request_id: str | None = None,
) -> Inquiry:
    """Plan an inspection of a law or a research, with its team."""
    if not may_inquire(actor, "plan", division_code):
        raise Denied("只有代工委和主席团可以安排检查和调研。")
    fields = {}
    if kind not in InquiryKind.values:
        fields["kind"] = "请选执法检查或专题调研。"
    if len(title.strip()) < 4:
        fields["title"] = "请写名称，至少 4 个字。"
    if len(subject.strip()) < 2:
        fields["subject"] = "请写检查哪部法、调研什么。"
    if fields:
        raise Invalid("有几项还没填好。", fields=fields)
    row = Inquiry.objects.create(
        home6=division_code[:6],
        division_code=division_code,
        kind=kind,
        title=title.strip()[:80],
        subject=subject.strip()[:120],
        begins_on=begins_on,
        plan=plan.strip()[:4000],
    )
    InquiryMember.objects.bulk_create(
        [InquiryMember(deputy_id=one, **_about(row)) for one in dict.fromkeys(team)]
    )
    _on_record(actor, row, "plan", "", row.state)
    return row


def _about(row: Inquiry) -> dict[str, Any]:
    return {"inquiry": row, "home6": row.home6, "division_code": row.division_code}


@write
def check_add(
    *, actor: Actor, inquiry: Inquiry, article: str, text: str, request_id: str | None = None
) -> InquiryCheck:
    """Put a line on the list: an article of the law, or a question of the research."""
    _allowed(actor, "add_check", inquiry)
    if not article.strip() or len(text.strip()) < 4:
        raise Invalid(
            "清单这一条还没写好。", fields={"article": "写第几条或题目。", "text": "写看什么，至少 4 个字。"}
        )
    if inquiry.checks.filter(article=article.strip()).exists():
        raise Conflict("清单上已经有这一条。")
    _step(actor, inquiry, "add_check")
    return InquiryCheck.objects.create(
        article=article.strip()[:40], text=text.strip()[:200], **_about(inquiry)
    )


@write
def check_note(
    *, actor: Actor, inquiry: Inquiry, check: UUID, seen: str, request_id: str | None = None
) -> InquiryCheck:
    """Write down what was seen about one line."""
    _allowed(actor, "check", inquiry)
    row = inquiry.checks.filter(pk=check).first()
    if row is None:
        raise NotFound("清单上没有这一条。")
    if len(seen.strip()) < 4:
        raise Invalid("请写看到了什么。", fields={"seen": "至少 4 个字。"})
    _step(actor, inquiry, "check")
    row.seen = seen.strip()[:4000]
    row.save(update_fields=["seen"])
    return row


@write
def finding_add(
    *,
    actor: Actor,
    inquiry: Inquiry,
    text: str,
    unit: str,
    due_on: date,
    article: str = "",
    request_id: str | None = None,
) -> Finding:
    """Write a problem or an 审议意见: each has a department and a day."""
    _allowed(actor, "add_finding", inquiry)
    fields = {}
    if len(text.strip()) < 5:
        fields["text"] = "请写清问题或意见，至少 5 个字。"
    if organ_of(unit) is None:
        fields["unit"] = "请选一个部门。"
    if due_on < clock.today():
        fields["due_on"] = "期限已经过了，请改成今天以后。"
    if fields:
        raise Invalid("这一件还没写好。", fields=fields)
    _step(actor, inquiry, "add_finding")
    return Finding.objects.create(
        number=inquiry.findings.count() + 1,
        text=text.strip()[:2000],
        unit=unit,
        due_on=due_on,
        article=article.strip()[:40],
        **_about(inquiry),
    )


@write
def inquiry_report(*, actor: Actor, inquiry: Inquiry, report: str, request_id: str | None = None) -> Inquiry:
    """Hand in the report; every line of the list has been looked at."""
    _allowed(actor, "report", inquiry)
    inquiry.report = report.strip()[:20_000]
    return _step(actor, inquiry, "report", report=inquiry.report)


@write
def inquiry_move(*, actor: Actor, inquiry: Inquiry, act: str, request_id: str | None = None) -> Inquiry:
    """Start, hand the findings over, or close when all have passed the recheck."""
    if act not in {"start", "hand_over", "close"}:
        raise NotFound("没有这个操作，请刷新页面。")
    inquiry = _step(actor, inquiry, act)
    for finding in inquiry.findings.all() if act == "hand_over" else ():
        _find(actor, finding, "hand_over")
        _tell(
            finding,
            f"交办：{inquiry.title}第 {finding.number} 件",
            f"请在 {finding.due_on} 前报告。",
            "given",
        )
    return inquiry


@write
def finding_report(*, actor: Actor, finding: Finding, report: str, request_id: str | None = None) -> Finding:
    """A department reports how it has put things right (落实情况报告)."""
    if not may_find(actor, "report", finding):
        raise Denied(NOT_YOURS)
    if len(report.strip()) < 5:
        raise Invalid("请写清整改落实情况。", fields={"report": "至少 5 个字。"})
    return _find(actor, finding, "report", report=report.strip()[:4000], reported_on=clock.today())


@write
def finding_recheck(
    *, actor: Actor, finding: Finding, passed: bool, note: str = "", request_id: str | None = None
) -> Finding:
    """Look again: it is put right, or it goes back with the reason."""
    act = "pass" if passed else "send_back"
    if not may_find(actor, act, finding):
        raise Denied(NOT_YOURS)
    if not passed and len(note.strip()) < 4:
        raise Invalid("请写还差在哪里。", fields={"note": "至少 4 个字。"})
    finding = _find(actor, finding, act, recheck=note.strip()[:1000])
    if not passed:
        _tell(finding, "复查没有通过", "请看还差在哪里，改好后再报告。", f"back:{clock.now():%Y%m%d%H%M%S}")
    return finding


def inquiry_facts(inquiry: Inquiry) -> Facts:
    """Return the plain facts that an inquiry's guards look at."""
    findings = list(inquiry.findings.values_list("state", flat=True))
    return Facts(
        team=inquiry.members.count(),
        checks=inquiry.checks.count(),
        unchecked=inquiry.checks.filter(seen="").count(),
        findings=len(findings),
        not_passed=sum(state != FindingState.PASSED for state in findings),
        has_report=len(inquiry.report) >= 10,
    )


def _allowed(actor: Actor, act: str, inquiry: Inquiry) -> None:
    if not may_inquire(actor, act, inquiry.division_code):
        raise Denied(NOT_YOURS)


def _step(actor: Actor, inquiry: Inquiry, act: str, **changes: Any) -> Inquiry:
    _allowed(actor, act, inquiry)
    old = inquiry.state
    changes["state"] = INQUIRY.next_state(old, act, inquiry_facts(inquiry))
    if Inquiry.objects.filter(pk=inquiry.pk, state=old).update(**changes) != 1:
        raise Conflict(FASTER)
    inquiry.refresh_from_db()
    _on_record(actor, inquiry, act, old, inquiry.state)
    return inquiry


def _find(actor: Actor, finding: Finding, act: str, **changes: Any) -> Finding:
    old = finding.state
    changes["state"] = FINDING.next_state(old, act)
    if Finding.objects.filter(pk=finding.pk, state=old).update(**changes) != 1:
        raise Conflict(FASTER)
    finding.refresh_from_db()
    _on_record(actor, finding.inquiry, act, old, finding.state, finding)
    return finding


def _tell(finding: Finding, subject: str, text: str, dedupe: str) -> None:
    enqueue(
        to=Recipient.unit(finding.unit),
        subject=subject[:120],
        text=text,
        link=f"/forums/findings/{finding.id}",
        about_kind="inquiry",
        about_id=finding.inquiry_id,
        home6=finding.home6,
        dedupe=f"{dedupe}:{finding.id}",
    )


def _on_record(
    actor: Actor, row: Inquiry, act: str, old: str, new: str, finding: Finding | None = None
) -> None:
    facts = {"finding": finding.number, "unit": finding.unit} if finding else {}
    InquiryEvent.objects.create(
        inquiry=row,
        finding=finding,
        at=clock.now(),
        actor_id=actor.id,
        actor_name=actor.name,
        act=act,
        from_state=old,
        to_state=new,
        facts=facts,
    )
    tag = f"finding.{act}" if finding else f"inquiry.{act}"
    record(actor=actor, tag=tag, kind="inquiry", target=row.id, home6=row.home6, facts=facts)
