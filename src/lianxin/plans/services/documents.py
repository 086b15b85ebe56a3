"""上级文件: registering, linking to what it rests on, its files, noting that nothing has to follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.common.inserting import insert_if_new
from lianxin.common.writes import write
from lianxin.documents.services import scan_accept
from lianxin.plans.models import DocumentFile, DocumentLevel, DocumentLink, SuperiorDocument
from lianxin.plans.permissions import may_document, registers
from lianxin.plans.rules import makes_ring
from lianxin.plans.services.step import NOT_YOURS, words
from lianxin.plans.services.telling import tell_office

LINK = "/plans/documents"


@dataclass(frozen=True, slots=True)
class Received:
    """What is written down of a document."""

    level: str
    title: str
    issuer: str
    number: str
    issued_on: date
    received_on: date
    summary: str = ""


@write
def document_register(
    *,
    actor: Actor,
    place: str,
    paper: Received,
    uppers: Sequence[SuperiorDocument] = (),
    request_id: str | None = None,
) -> SuperiorDocument:
    """Register a document with what it rests on; the office sees it until something comes of it."""
    if not registers(actor, place):
        raise Denied("只有人大代工委可以登记上级文件。")
    _checked(paper)
    told = {name: getattr(paper, name) for name in Received.__slots__}
    told |= {name: text.strip() for name, text in told.items() if isinstance(text, str)}
    row = SuperiorDocument(home6=place[:6], division_code=place, **told)
    if not insert_if_new(row):
        raise Conflict(
            "这个文号已经登记过了，请在登记簿里找。", fields={"number": "同一机关的文号只登记一次。"}
        )
    for upper in uppers:
        _link(actor, row, upper)
    _recorded(actor, "register", row)
    if not uppers:
        tell_office(row, f"收到{row.issuer}的文件，请定怎么贯彻", f"{LINK}/{row.pk}", "received")
    return row


def _checked(paper: Received) -> None:
    fields = {}
    for name, what, least, most in (
        ("title", "标题", 4, 120),
        ("issuer", "发文机关", 2, 60),
        ("number", "文号", 0, 40),
        ("summary", "摘要", 0, 2000),
    ):
        if not least <= len(getattr(paper, name).strip()) <= most:
            fields[name] = f"请写{what}，{least or 1} 到 {most} 个字。"
    if paper.level not in DocumentLevel.values:
        fields["level"] = "请选哪一级的文件。"
    if paper.received_on > clock.today():
        fields["received_on"] = "收到的日期不能在今天以后。"
    if paper.issued_on > paper.received_on:
        fields["issued_on"] = "成文日期不能在收到以后。"
    if fields:
        raise Invalid("还没有登记，请看每一项的提示。", fields=fields)


@write
def document_link(
    *, actor: Actor, lower: SuperiorDocument, upper: SuperiorDocument, request_id: str | None = None
) -> SuperiorDocument:
    """Say that a document carries out another one (依据)."""
    _may(actor, "link", lower)
    _link(actor, lower, upper)
    return lower


def _link(actor: Actor, lower: SuperiorDocument, upper: SuperiorDocument) -> None:
    if upper.home6 != lower.home6:
        raise Invalid("请从登记簿里选。", fields={"upper": "没有找到这份文件。"})
    below: dict[str, list[str]] = {}
    for high, low in DocumentLink.objects.filter(home6=lower.home6).values_list("upper", "lower"):
        below.setdefault(str(high), []).append(str(low))
    if makes_ring(below, str(lower.pk), str(upper.pk)):
        raise Invalid("不能这样连。", fields={"upper": "这份文件就是依据它来的，不能反过来作它的依据。"})
    row = DocumentLink(home6=lower.home6, division_code=lower.division_code, lower=lower, upper=upper)
    if not insert_if_new(row):
        raise Conflict("这条依据已经连过了。", fields={"upper": "已经连过了。"})
    _recorded(actor, "link", lower, {"upper": str(upper.pk)})


@write
def document_attach(
    *, actor: Actor, document: SuperiorDocument, data: bytes, note: str = "", request_id: str | None = None
) -> DocumentFile:
    """Add a file (PDF or photo): the first one or a later version; no version is replaced."""
    _may(actor, "attach", document)
    kept = scan_accept(data=data, owner_kind="superior_document", owner_id=document.pk, home6=document.home6)
    if document.files.filter(file=kept.pk).exists():
        raise Conflict("这份文件已经传过了。", fields={"file": "和已有的一版完全一样。"})
    row = DocumentFile(
        home6=document.home6,
        division_code=document.division_code,
        document=document,
        version=document.files.count() + 1,
        file=kept.pk,
        note=note.strip()[:80],
        by_name=actor.name,
    )
    if not insert_if_new(row):
        raise Conflict("刚刚有人传了一版，请刷新后再传。")
    _recorded(actor, "attach", document, {"version": row.version})
    return row


@write
def document_settle(
    *, actor: Actor, document: SuperiorDocument, note: str, request_id: str | None = None
) -> SuperiorDocument:
    """Note why no task has to follow (存阅), so that it no longer waits."""
    _may(actor, "settle", document)
    said = words(note, "note", least=4, most=200, what="为什么不用分解任务")
    open_ones = SuperiorDocument.objects.filter(pk=document.pk, settled_on=None)
    if open_ones.update(settled_note=said, settled_on=clock.today()) != 1:
        raise Conflict("这份文件已经写过存阅说明了。")
    document.refresh_from_db()
    _recorded(actor, "settle", document)
    return document


def _may(actor: Actor, act: str, row: SuperiorDocument) -> None:
    if not may_document(actor, act, row):
        raise Denied(NOT_YOURS)


def _recorded(actor: Actor, act: str, row: SuperiorDocument, facts: dict[str, Any] | None = None) -> None:
    record(
        actor=actor,
        tag=f"superior_document.{act}",
        kind="superior_document",
        target=row.pk,
        home6=row.home6,
        facts=facts,
    )
