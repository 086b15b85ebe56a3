"""异议: the deputy names an item and a reason; a person answers each with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.errors import Conflict, Invalid, NotFound
from lianxin.common.writes import write
from lianxin.duties.assessing.step import step, tell_body, tell_deputy
from lianxin.duties.models import DutyRecord, FileObjection, YearlyFile
from lianxin.rulebook.deadlines import due_for
from lianxin.rulebook.services import value

LEAST = 10


@write
def file_object(
    *,
    actor: Actor,
    file: YearlyFile,
    item: str,
    reason: str,
    evidence: Sequence[str] = (),
    request_id: str | None = None,
) -> YearlyFile:
    """Object to one item with a reason, and up to five pieces of evidence."""
    proofs = [one.strip() for one in evidence if one.strip()]
    _check(file, item, reason, proofs)
    if file.objections.filter(item=item, state="open").exists():
        raise Conflict("这一项的异议正在处理，请等答复。")
    due = due_for("assessment.review_days", clock.today(), home6=file.home6)
    step(actor=actor, file=file, act="object", facts={"item": item})
    made = FileObjection.objects.create(
        file=file,
        item=item,
        reason=reason.strip(),
        evidence=proofs,
        made_on=clock.today(),
        due_on=due.on,
        due_trace=due.trace,
    )
    tell_body(
        file, "有代表对年度档案提出异议", f"请在 {due.on:%Y-%m-%d} 前答复。", dedupe=f"objected:{made.id}"
    )
    return file


def _check(file: YearlyFile, item: str, reason: str, proofs: Sequence[str]) -> None:
    most = value("assessment.evidence_most", home6=file.home6)
    wrong: dict[str, str] = {}
    if item not in {row["item"] for row in file.rules}:
        wrong["item"] = "请选对哪一项有异议。"
    if len(reason.strip()) < LEAST:
        wrong["reason"] = f"请写清楚理由，至少 {LEAST} 个字。"
    if len(proofs) > most:
        wrong["evidence"] = f"证据最多附 {most} 项。"
    elif not _own_records(file, proofs):
        wrong["evidence"] = "证据请从您自己当年的履职记录里选。"
    if wrong:
        raise Invalid("异议还没填好，请看每一项的提示。", fields=wrong)


def _own_records(file: YearlyFile, proofs: Sequence[str]) -> bool:
    """Say whether every piece of evidence is one of the deputy's own records."""
    try:
        ids = {UUID(one) for one in proofs}
    except ValueError:
        return False
    own = DutyRecord.objects.filter(pk__in=ids, deputy_id=file.deputy_id, on__year=file.year)
    return own.count() == len(ids)


@write
def objection_answer(
    *,
    actor: Actor,
    file: YearlyFile,
    objection: UUID,
    upheld: bool,
    answer: str,
    request_id: str | None = None,
) -> YearlyFile:
    """Answer one objection; when all are answered the file goes to the group."""
    row = file.objections.filter(pk=objection).first()
    if row is None:
        raise NotFound("没有找到这条异议。")
    if len(answer.strip()) < LEAST:
        raise Invalid("请写明答复的理由。", fields={"answer": f"至少 {LEAST} 个字，代表会看到。"})
    step(actor=actor, file=file, act="answer", facts={"objection": str(row.id), "upheld": upheld})
    done = {"state": "upheld" if upheld else "rejected", "answer": answer.strip(), "answered_by": actor.id}
    open_one = FileObjection.objects.filter(pk=row.pk, state="open")
    if open_one.update(**done, answered_on=clock.today()) != 1:
        raise Conflict("这条异议刚刚有人答复过了。")
    tell_deputy(file, "您的异议有答复了", "点开看答复和理由。", dedupe=f"answered:{row.id}")
    if not file.objections.filter(state="open").exists():
        step(actor=SYSTEM, file=file, act="follow_answers")
    return file
