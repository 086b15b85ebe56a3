"""Visits: one contact with what was heard; recorded once, also days later from a telephone without signal."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied, Invalid, NotFound, Refused
from lianxin.common.writes import write
from lianxin.contacts.models import ContactVisit, Kind, Pairing, VisitMatter, VisitWay
from lianxin.contacts.permissions import may, own_ids
from lianxin.contacts.services.keys import sealed_for
from lianxin.contacts.workflow import KEPT
from lianxin.duties.services.posting import duty_post
from lianxin.rulebook.deadlines import due_for

MOST_MATTERS = 5
MOST_WORDS = 1000
DUTY = "household_visit"


@write
def visit_record(
    *,
    actor: Actor,
    pairing: Pairing,
    on: date,
    way: str,
    text: str = "",
    matters: Sequence[str] = (),
    return_on: date | None = None,
    device_time: datetime | None = None,
    is_online: bool = True,
    request_id: str | None = None,
) -> ContactVisit:
    """Record one contact. `on` is the day of the visit; `device_time` what the telephone's clock said.

    A visit that took place while the pairing was in force counts, also where it arrives after its end.
    """
    if not may(actor, "visit", pairing):
        raise Denied("只有联系人本人（或临时接替的人）可以记走访。")
    heard = [words.strip() for words in matters if words.strip()]
    _check(pairing, on, way, text, heard, return_on)
    visit = _row(actor, pairing, on, way, text)
    visit.return_on, visit.told_at, visit.is_online = return_on, device_time, is_online
    visit.save(force_insert=True)
    VisitMatter.objects.bulk_create([_matter(pairing, visit, words) for words in heard])
    if pairing.last_contact_on is None or pairing.last_contact_on < on:
        pairing.last_contact_on = on
        pairing.save(update_fields=["last_contact_on"])
    _on_record(actor, visit, len(heard))
    _post(actor, visit)
    return visit


def _check(
    pairing: Pairing, on: date, way: str, text: str, heard: Sequence[str], return_on: date | None
) -> None:
    problems: dict[str, str] = {}
    if on > clock.today():
        problems["on"] = "走访日期还没有到，请核对。"
    if way not in VisitWay.values:
        problems["way"] = "请选一种联系方式。"
    if len(text) > MOST_WORDS or any(len(words) > MOST_WORDS for words in heard):
        problems["text"] = f"写得太长了，请不要超过 {MOST_WORDS} 个字。"
    if len(heard) > MOST_MATTERS:
        problems["matters"] = f"一次最多记 {MOST_MATTERS} 件事，其余的请再记一次。"
    if return_on and return_on < on:
        problems["return_on"] = "约好再来的日子要在走访之后。"
    if problems:
        raise Invalid("有几项还没填好，请看每一项的提示。", fields=problems)
    _in_force(pairing, on)


def _in_force(pairing: Pairing, on: date) -> None:
    if pairing.valid_from is None or on < pairing.valid_from:
        raise Refused("那一天还没有结对，不能记走访；可以记在日记里。")
    if pairing.state not in KEPT and (pairing.valid_to is None or on > pairing.valid_to):
        raise Refused("那一天这一对已经结束，不能记走访；请看看现在由谁联系。")
    moved = pairing.household.moved_on if pairing.household else None
    if moved and on > moved:
        raise Refused("这户已经搬走，不能再记走访；请告诉联络员。")


def _row(actor: Actor, pairing: Pairing, on: date, way: str, text: str) -> ContactVisit:
    covers = pairing.cover_id is not None and pairing.deputy_id not in own_ids(actor)
    return ContactVisit(
        home6=pairing.home6,
        division_code=pairing.division_code,
        pairing=pairing,
        deputy=pairing.cover if covers else pairing.deputy,
        on=on,
        way=way,
        text=_kept(pairing, text.strip()),
        recorder_id=actor.id,
    )


def _kept(pairing: Pairing, text: str) -> str:
    """Return words as they are stored: under the household's key, or plain where it is about no household."""
    return sealed_for(pairing.household_id, text) if pairing.household_id else text


def _matter(pairing: Pairing, visit: ContactVisit, words: str) -> VisitMatter:
    """Make a row for what was heard; what a deputy says to a member is due an outcome."""
    due = due_for("contact.heard_months", visit.on, home6=pairing.home6).on
    return VisitMatter(
        visit=visit, text=_kept(pairing, words), due_on=due if pairing.kind == Kind.MEMBER_DEPUTY else None
    )


def _post(actor: Actor, visit: ContactVisit) -> None:
    """Put a visit of a household into the ledger; where the region has no such kind it stands alone."""
    if visit.pairing.household_id is None:
        return
    with suppress(NotFound):
        duty_post(
            actor=actor,
            deputy_id=visit.deputy_id,
            kind=DUTY,
            on=visit.on,
            home6=visit.home6,
            division_code=visit.division_code,
            source_room="contacts",
            source_id=str(visit.id),
            online=visit.is_online,
            facts={"title": visit.get_way_display(), "pairing": str(visit.pairing_id)},
        )


def _on_record(actor: Actor, visit: ContactVisit, matters: int) -> None:
    record(
        actor=actor,
        tag="contacts.visit",
        kind="pairing",
        target=visit.pairing_id,
        home6=visit.home6,
        facts={"visit": str(visit.id), "way": visit.way, "matters": matters, "online": visit.is_online},
    )
