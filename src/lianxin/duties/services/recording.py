"""A deputy writes down what he did; an organiser enters later what stands on paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Denied, Invalid
from lianxin.common.writes import write
from lianxin.documents.services import photo_accept, voice_accept
from lianxin.duties.copies import copies
from lianxin.duties.fields import checked
from lianxin.duties.models import DutyKind, DutyProof, DutyRecord, EnteredBy, Privacy, SealedDuty
from lianxin.duties.permissions import may_enter_for
from lianxin.duties.selectors import kind_in_force, own_words
from lianxin.duties.services.posting import mark_suspected, sealed_row
from lianxin.duties.services.step import step, tell_trail
from lianxin.duties.words import Words
from lianxin.duties.workflow import State
from lianxin.people.actors import deputy_of
from lianxin.people.models import Deputy
from lianxin.people.terms import refuse_ended_term
from lianxin.regions.selectors import place_name
from lianxin.rulebook.services import value

MOST_PROOFS = 6
COMPARED = 400
"""At most so many diaries of the town are compared: the newest ones."""


@write
def duty_record(  # noqa: PLR0913 - a record has as many columns as it has
    *,
    actor: Actor,
    kind: str,
    on: date,
    title: str,
    text: str = "",
    privacy: str = Privacy.STATION,
    values: Mapping[str, Any] | None = None,
    division_code: str = "",
    hours: float | None = None,
    device_time: datetime | None = None,
    online: bool = True,
    draft: bool = False,
    deputy_id: UUID | None = None,
    request_id: str | None = None,
) -> DutyRecord:
    """Write one thing down; with `deputy_id` an organiser enters it later for that deputy (补录)."""
    deputy, own = _whose(actor, deputy_id)
    version = kind_in_force(kind, deputy.home6, on)
    words = _words(version, title, text, values or {})
    _check(version, deputy, on, privacy, own=own, hours=hours)
    row = DutyRecord(
        home6=deputy.home6,
        division_code=_place(division_code or deputy.division_code),
        deputy=deputy,
        kind=version,
        on=on,
        hours=hours,
        privacy=privacy,
        entered_by=EnteredBy.SELF if own else EnteredBy.ORGANISER,
        entered_by_id=actor.id,
        online=online and own,
        state=State.DRAFT if draft and own else State.RECORDED,
        told_at=device_time,
    )
    _write(row, words)
    tell_trail(actor, row, "record", {"kind": kind, "private": row.is_private, "online": row.online})
    return row


@write
def duty_amend(
    *,
    actor: Actor,
    record: DutyRecord,
    title: str,
    text: str = "",
    privacy: str = "",
    values: Mapping[str, Any] | None = None,
    request_id: str | None = None,
) -> DutyRecord:
    """Correct one's own record before it is verified; a new privacy moves the words to where they belong."""
    words = _words(record.kind, title, text, values or {})
    privacy = privacy or record.privacy
    _check(record.kind, record.deputy, record.on, privacy, own=True, hours=record.hours)
    step(actor=actor, record=record, act="amend", facts={"private": privacy == Privacy.SELF})
    record.privacy, record.copy_state, record.similar_to, record.similarity = privacy, "", None, None
    _write(record, words)
    return record


@write
def duty_submit(*, actor: Actor, record: DutyRecord, request_id: str | None = None) -> DutyRecord:
    """Record a draft, or a record that came back and was corrected."""
    act = "record" if record.state == State.DRAFT else "resubmit"
    return step(actor=actor, record=record, act=act, received_at=clock.now(), reason="")


@write
def proof_add(
    *,
    actor: Actor,
    record: DutyRecord,
    data: bytes,
    note: str = "",
    voice: bool = False,
    request_id: str | None = None,
) -> DutyProof:
    """Keep a photo (or a recording) with one's own record; the picture's place and time data are dropped."""
    if record.proofs.count() >= MOST_PROOFS:
        raise Invalid("材料够多了。", fields={"photos": f"每条最多 {MOST_PROOFS} 份材料。"})
    about: dict[str, Any] = {"owner_kind": "duty", "owner_id": record.id, "home6": record.home6}
    file = voice_accept(data=data, **about) if voice else photo_accept(data=data, **about)
    step(actor=actor, record=record, act="add_proof", facts={"file": str(file.id)})
    row, _ = DutyProof.objects.get_or_create(record=record, file=file, defaults={"note": note[:80]})
    return row


def _whose(actor: Actor, deputy_id: UUID | None) -> tuple[Deputy, bool]:
    own = deputy_of(actor)
    if own and actor.has(Role.DEPUTY) and deputy_id in {None, own.id}:
        return own, True
    deputy = Deputy.objects.filter(pk=deputy_id).first() if deputy_id else None
    if deputy is None or not may_enter_for(actor, deputy):
        raise Denied("只能记自己的履职；补录由联络站、镇人大主席团或市人大代工委办理。")
    return deputy, False


def _words(kind: DutyKind, title: str, text: str, values: Mapping[str, Any]) -> Words:
    title, text = title.strip(), text.strip()
    clean, wrong = checked(kind.fields, values)
    if not 2 <= len(title) <= 80:
        wrong["title"] = "请用一句话写明做了什么（2 到 80 个字）。"
    if kind.counting.get("checks_copies") and len(text) < 10:
        wrong["text"] = "请再多写几句（至少 10 个字）。"
    if len(text) > 5000:
        wrong["text"] = "写得太长了，请不要超过 5000 个字。"
    if wrong:
        raise Invalid("有几项还没填好，请看每一项的提示。", fields=wrong)
    return Words(title, text, clean)


def _check(kind: DutyKind, deputy: Deputy, on: date, privacy: str, *, own: bool, hours: float | None) -> None:
    wrong: dict[str, str] = {}
    today, back = clock.today(), int(value("duty.back_days", home6=deputy.home6))
    if not today - timedelta(days=back) <= on <= today:
        wrong["on"] = f"日期请填今天或以前 {back} 天内的日子。"
    if privacy not in Privacy.values:
        wrong["privacy"] = "请选谁能看到。"
    elif privacy == Privacy.SELF and not (own and kind.counting.get("may_be_private")):
        wrong["privacy"] = "这一类记录不能仅自己可见，请选小组、联络站或公开。"
    if own and not kind.self_entered:
        wrong["kind"] = f"「{kind.name}」在办事时自动记下，不用自己登记。"
    if hours is not None and not 0 < hours <= 24:
        wrong["hours"] = "用时请填 0 到 24 小时之间的数。"
    if wrong:
        raise Invalid("有几项还没填好，请看每一项的提示。", fields=wrong)
    refuse_ended_term(on, deputy.home6)


def _write(row: DutyRecord, words: Words) -> None:
    """Save a record with its words where they belong: in its columns, or under a seal of their own."""
    private = row.is_private
    row.title, row.text, row.values = (
        ("", "", {}) if private else (words.title, words.text, dict(words.values))
    )
    if row.kind.counting.get("checks_copies"):
        _compare(row, words.text)
    row.save()
    SealedDuty.objects.filter(record=row).delete()  # the old key goes with the old words
    if private:
        sealed_row(row, words).save()


def _compare(row: DutyRecord, text: str) -> None:
    """Look for an earlier diary that says the same: one's own, or one that the town may read."""
    since = row.on - timedelta(days=366)
    diaries = DutyRecord.objects.filter(kind__slug=row.kind.slug, on__gte=since).exclude(pk=row.pk)
    diaries = diaries.exclude(state=State.WITHDRAWN)
    own = list(diaries.filter(deputy=row.deputy).select_related("deputy", "sealed"))
    known = {str(one.id): own_words(row.deputy.account_id, one).text for one in own}
    if not row.is_private:
        near = diaries.filter(division_code__startswith=row.division_code[:9]).exclude(deputy=row.deputy)
        near = near.exclude(privacy=Privacy.SELF).order_by("-on")[:COMPARED]
        known |= {str(key): said for key, said in near.values_list("id", "text")}
    least = int(value("duty.copy_percent", home6=row.home6))
    for other, much in copies({str(row.id): text}, known, least=least).values():
        mark_suspected(row, DutyRecord.objects.get(pk=other), much)


def _place(code: str) -> str:
    if len(code) != 12 or not code.isdigit() or not place_name(code):
        raise Invalid("没有找到这个地方。", fields={"division_code": "请从列出的村、社区中选一个。"})
    return code
