"""An item of disclosure: prepared by the village, approved by the supervision committee, published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from lianxin.audit.moving import FASTER
from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, ActorKind
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.common.writes import write
from lianxin.documents.services import photo_accept
from lianxin.rulebook.calendar import due_after_days
from lianxin.rulebook.selectors import calendar_for, value
from lianxin.villages.calendar import Kind
from lianxin.villages.hiding import hidden, hidden_table
from lianxin.villages.models import DisclosureItem, DisclosureVersion
from lianxin.villages.permissions import may_open
from lianxin.villages.services.step import last_version, step
from lianxin.villages.services.telling import tell_supervisors, tell_village
from lianxin.villages.workflow import PLAIN, State

MAX_ROWS, MAX_CELLS, MAX_TEXT, MAX_CELL = 200, 8, 4000, 120
Table = Sequence[Sequence[str]]
MAJOR_BASIS = "陕西实施村组法办法第三十三条：批准后及时公开"


@write
def major_open(
    *, actor: Actor, village: str, what: str, happened_on: date, request_id: str | None = None
) -> DisclosureItem:
    """Put a major matter on the calendar: it is published at once, counted from the day it was approved."""
    if not may_open(actor, village):
        raise Denied("只有本村村委会可以登记要公开的事。")
    if happened_on > clock.today():
        raise Invalid("日期还没到。", fields={"happened_on": "请填事情发生或批准的日期。"})
    what = _long_enough(what.strip()[:120], 4, "what", "请写明公开什么事，至少 4 个字。")
    home6 = village[:6]
    days = value("village.approval_publish_days", home6=home6)
    due = due_after_days(happened_on, days, calendar_for(home6))
    item = DisclosureItem.objects.create(
        home6=home6,
        division_code=village,
        kind=Kind.MAJOR,
        what=what,
        due_on=due.on,
        due_trace=due.trace,
        due_basis=MAJOR_BASIS,
    )
    record(
        actor=actor,
        tag="village_disclosure.open",
        kind="disclosure",
        target=item.id,
        home6=home6,
        facts={"kind": Kind.MAJOR.value},
    )
    return item


@write
def disclosure_submit(
    *, actor: Actor, item: DisclosureItem, text: str, table: Table = (), request_id: str | None = None
) -> DisclosureItem:
    """Write the text or the table and send it to the supervision committee."""
    content = _content(text, table)
    step(actor=actor, item=item, act="submit")
    return _new_version(actor, item, content)


@write
def disclosure_correct(
    *,
    actor: Actor,
    item: DisclosureItem,
    text: str,
    table: Table = (),
    reason: str,
    request_id: str | None = None,
) -> DisclosureItem:
    """Correct what is published by a new version; until that is published the old one stays public."""
    content = _content(text, table)
    reason = _long_enough(reason.strip(), 4, "reason", "请写明哪里改了、为什么改。")[:200]
    step(actor=actor, item=item, act="correct")
    return _new_version(actor, item, content, reason=reason)


def _content(text: str, table: Table) -> dict[str, Any]:
    """Return what a version holds, with numbers of papers and accounts hidden."""
    clean = text.strip()
    rows = [list(row) for row in table if any(cell.strip() for cell in row)]
    if len(clean) < 4 and len(rows) < 2:
        raise Invalid("还没有写要公开的内容。", fields={"text": "请写文字，或粘贴一张表。"})
    if len(clean) > MAX_TEXT or len(rows) > MAX_ROWS or any(len(row) > MAX_CELLS for row in rows):
        raise Invalid(
            "内容太长了，请分成几项公开。",
            fields={"text": f"文字最多 {MAX_TEXT} 字，表最多 {MAX_ROWS} 行 {MAX_CELLS} 列。"},
        )
    if any(len(cell) > MAX_CELL for row in rows for cell in row):
        raise Invalid("表里有一格太长了。", fields={"table": f"每格最多 {MAX_CELL} 个字。"})
    words, first = hidden(clean)
    cells, second = hidden_table(rows)
    return {"text": words, "table": cells, "hidden": first + second}


def _long_enough(text: str, least: int, name: str, words: str) -> str:
    if len(text) < least:
        raise Invalid(words, fields={name: words})
    return text


def _new_version(
    actor: Actor, item: DisclosureItem, content: dict[str, Any], reason: str = ""
) -> DisclosureItem:
    assert actor.id is not None  # only accounts hold the village's role
    last = last_version(item)
    number = last.number + 1 if last else 1
    DisclosureVersion.objects.create(
        item=item, number=number, prepared_by=actor.id, reason=hidden(reason)[0], **content
    )
    tell_supervisors(item, "有一项村务公开等您审核", f"submit:{item.id}:{number}")
    return item


@write
def disclosure_approve(
    *, actor: Actor, item: DisclosureItem, note: str = "", request_id: str | None = None
) -> DisclosureItem:
    """The supervision committee approves; whoever has prepared a version cannot approve it."""
    last = _awaited(actor, item)
    step(actor=actor, item=item, act="approve", note=note, facts={"version": last.number})
    waiting = DisclosureVersion.objects.filter(pk=last.pk, approved_at=None)
    if waiting.update(approved_by=actor.id, approved_at=clock.now()) != 1:
        raise Conflict(FASTER)
    tell_village(item, "监督委员会审核通过，可以公开了", f"approve:{item.id}:{last.number}")
    return item


@write
def disclosure_send_back(
    *, actor: Actor, item: DisclosureItem, note: str, request_id: str | None = None
) -> DisclosureItem:
    """The supervision committee sends a version back with its reason."""
    last = _awaited(actor, item)
    words = _long_enough(note.strip(), 4, "note", "请写明要改哪里，至少 4 个字。")
    step(actor=actor, item=item, act="send_back", note=words, facts={"version": last.number})
    tell_village(item, "监督委员会退回一项公开，请修改", f"back:{item.id}:{last.number}")
    return item


def _awaited(actor: Actor, item: DisclosureItem) -> DisclosureVersion:
    """Return the version that waits for approval; two persons are needed for what is published."""
    last = last_version(item)
    if last is None:
        raise Conflict("村委会还没有写要公开的内容。")
    if actor.kind is ActorKind.ACCOUNT and last.prepared_by == actor.id:
        raise Denied("自己写的不能自己审核，请监督委员会另一位成员审核。")
    return last


@write
def disclosure_publish(
    *, actor: Actor, item: DisclosureItem, request_id: str | None = None
) -> DisclosureItem:
    """Publish the approved version; the first publication decides whether it was in time."""
    last = last_version(item)
    number = last.number if last else 0
    today = clock.today()
    step(
        actor=actor,
        item=item,
        act="publish",
        facts={"version": number},
        published_version=number,
        published_on=item.published_on or today,
    )
    DisclosureVersion.objects.filter(item=item, number=number).update(published_at=clock.now())
    return item


@write
def disclosure_board_photo(
    *, actor: Actor, item: DisclosureItem, photo: bytes, request_id: str | None = None
) -> DisclosureItem:
    """Keep a photo of the notice board: the paper on the wall counts for those without a telephone."""
    step(actor=actor, item=item, act="post_board", board_on=clock.today())
    photo_accept(
        data=photo,
        owner_kind="disclosure",
        owner_id=item.id,
        home6=item.home6,
        visibility="public",
    )
    return item


def plain_state(item: DisclosureItem) -> str:
    """Return the state as people read it."""
    return PLAIN[State(item.state)]
