"""What a telephone brings home, kind by kind, and the services that take it in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models, transaction

from lianxin.campaigns.services import inspection_record
from lianxin.common.actor import Actor
from lianxin.common.errors import Invalid, Refused
from lianxin.contacts.models import ContactVisit, Pairing
from lianxin.contacts.selectors import pairing_for
from lianxin.contacts.services import matter_convert, visit_record
from lianxin.contacts.services.matters import matter_words
from lianxin.contacts.workflow import KEPT
from lianxin.duties.models import DutyRecord, Privacy
from lianxin.duties.services import duty_record
from lianxin.opinions.models import Channel
from lianxin.opinions.services import Said, opinion_submit
from lianxin.regions.selectors import station_by_code
from lianxin.stations.permissions import days_visible_to
from lianxin.stations.services.reception import Visit as Reception
from lianxin.stations.services.reception import reception_register
from lianxin.web.field.diaries import DIARY, diary_correct
from lianxin.web.field.forms import Brought, Correction, Deed, Diary, FieldVisit, Heard, Sent, Sheet, Table
from lianxin.web.station.entry import stations_of

MOVED = "（原结对户）"


class Taken:
    """What came of one record: the row, and a sentence where there is something to know."""

    def __init__(self, row: models.Model, note: str = "") -> None:
        self.row, self.note = row, note


def diary_take(actor: Actor, sent: Brought, form: Diary) -> Taken:
    """Take in a diary."""
    return Taken(_diary(actor, sent, form, str(sent.id)))


def correction_take(actor: Actor, sent: Brought, form: Correction) -> Taken:
    """Take in a corrected diary, or raise `Clash` with the version that the platform holds."""
    words = form.model_dump(include={"target", "base", "title", "text", "privacy", "tags"})
    return Taken(diary_correct(actor=actor, request_id=str(sent.id), **words))


def visit_take(actor: Actor, sent: Brought, form: FieldVisit) -> Taken:
    """Take in a visit with the opinions and the diary that were born of it, all or none."""
    if len(form.text.strip()) < 10:
        raise Invalid("谈了什么请至少写 10 个字。", fields={"text": "至少 10 个字。"})
    pairing = pairing_for(actor, form.pairing)
    row = _visited(actor, sent, form, pairing)
    for place, matter in enumerate(form.matters):
        if matter.opinion:
            said = Said(text=matter.text, village=pairing.division_code)
            opinion = _opinion(actor, said, "", f"{sent.id}:{place}")
            _joined(actor, row, matter.text, opinion, f"{sent.id}:{place}:joined")
    if form.diary:
        _diary(actor, sent, form.diary, f"{sent.id}:diary")
    return Taken(row, "这户现在不由您联系，记录已按原结对户保存。" if _is_former(pairing) else "")


def heard_take(actor: Actor, sent: Brought, form: Heard) -> Taken:
    """Take in an opinion."""
    return Taken(_opinion(actor, _said(form), form.station, str(sent.id)))


def table_take(actor: Actor, sent: Brought, form: Table) -> Taken:
    """Take in a reception at the table of a day."""
    day = days_visible_to(actor).filter(pk=form.day).first()
    turn = day.turns.filter(deputy__account=actor.id).first() if day else None
    if day is None or turn is None:
        raise Invalid("没有找到这个接待日，或者您不在当天的班上。", fields={"day": "请另选接待日。"})
    visit = Reception(
        said=_said(form),
        deputy=turn.deputy_id,
        outcome=form.outcome,
        confirmed=form.confirmed,
        words=form.words,
        online=False,
    )
    return Taken(reception_register(actor=actor, day=day, visit=visit, request_id=str(sent.id)).reception)


def deed_take(actor: Actor, sent: Brought, form: Deed) -> Taken:
    """Take in a deed; its photos follow as proof."""
    row = duty_record(
        actor=actor,
        kind="practical_deed",
        on=sent.on,
        title=form.title,
        text=form.text,
        privacy=Privacy.STATION,
        values={"people": form.people, "field": form.field},
        device_time=sent.device_time,
        request_id=str(sent.id),
    )
    return Taken(row)


def sheet_take(actor: Actor, sent: Brought, form: Sheet) -> Taken:
    """Take in the quarterly sheet of a village that the deputy supervises."""
    row = inspection_record(
        actor=actor,
        village=form.village,
        on=sent.on,
        answers=form.answers,
        problems=form.problems,
        note=form.note,
        device_time=sent.device_time,
        request_id=str(sent.id),
    )
    return Taken(row)


def _visited(actor: Actor, sent: Brought, form: FieldVisit, pairing: Pairing) -> models.Model:
    """Record the visit; where the pairing had ended before that day its words become a private diary."""
    try:
        with transaction.atomic():
            return visit_record(
                actor=actor,
                pairing=pairing,
                on=sent.on,
                way=form.way,
                text=_with_place(form),
                matters=[one.text for one in form.matters],
                return_on=form.return_on,
                device_time=sent.device_time,
                request_id=str(sent.id),
            )
    except Refused:
        if not _is_former(pairing):
            raise
    number = pairing.household.number if pairing.household else ""
    heard = "\n".join([_with_place(form), *(one.text for one in form.matters)])
    kept = Diary(title=f"走访 {number}{MOVED}", text=heard[:1000], privacy=Privacy.SELF)
    return _diary(actor, sent, kept, str(sent.id))


def _joined(actor: Actor, row: models.Model, words: str, opinion: models.Model, key: str) -> None:
    """Join what was heard with the opinion that was made of it."""
    heard = row.matters.order_by("id") if isinstance(row, ContactVisit) else ()
    found = next((one for one in heard if matter_words(one) == words.strip()), None)
    if found is not None:
        matter_convert(actor=actor, matter=found, opinion_id=opinion.pk, request_id=key)


def _is_former(pairing: Pairing) -> bool:
    moved = pairing.household is not None and pairing.household.moved_on is not None
    return moved or pairing.state not in KEPT


def _with_place(form: FieldVisit) -> str:
    return f"{form.text.strip()}\n（位置约 {form.place}）" if form.place else form.text.strip()


def _diary(actor: Actor, sent: Brought, form: Diary, key: str) -> DutyRecord:
    return duty_record(
        actor=actor,
        kind=DIARY,
        on=sent.on,
        title=form.title,
        text=form.text,
        privacy=form.privacy,
        values={"tags": form.tags},
        device_time=sent.device_time,
        request_id=key,
    )


def _said(form: Heard) -> Said:
    return Said(**form.model_dump(include={"text", "village", "spot", "category", "name", "phone"}))


def _opinion(actor: Actor, said: Said, code: str, key: str) -> models.Model:
    station = station_by_code(code) if code else next(iter(stations_of(actor)), None)
    if station is None:
        raise Invalid("请选记在哪个联络站。", fields={"station": "请选一个站。"})
    return opinion_submit(
        actor=actor, station=station, said=said, channel=Channel.VISIT, request_id=key
    ).opinion


KINDS: dict[str, tuple[type[Sent], Callable[[Actor, Brought, Any], Taken]]] = {
    "visit": (FieldVisit, visit_take),
    "diary": (Diary, diary_take),
    "correction": (Correction, correction_take),
    "opinion": (Heard, heard_take),
    "reception": (Table, table_take),
    "deed": (Deed, deed_take),
    "village_inspection": (Sheet, sheet_take),
}
"""Kind → its form and what takes it in."""
