"""Bringing in the answers of many households: good rows at once, faulty rows back with what to mend.

Each answer goes the way of a single one (`consent_record`): a no ends the pair at once and sets the day on
which the household's words are erased.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, place_prefix
from lianxin.common.errors import Denied
from lianxin.common.writes import write
from lianxin.contacts.models import Consent, Household, ReplySheet
from lianxin.contacts.permissions import STAFF
from lianxin.contacts.replies import Reply, read_reply, said_twice
from lianxin.contacts.services.consents import consent_record
from lianxin.rulebook.services import value

Cells = dict[str, str]
Refused = list[dict[str, Cells | list[str]]]
TWICE = "这一户写了两次，答复不一样；请核对后只留一行。"


@write
def replies_import(
    *, actor: Actor, town: str, file_name: str, rows: Sequence[Cells], request_id: str | None = None
) -> ReplySheet:
    """Record every answer that is understood; `refused` of the sheet says what is wrong with the others."""
    if not actor.has_in(town, *STAFF):
        raise Denied("只能登记本镇的意见。")
    homes = {home.number: home for home in _homes(town)}
    read = [(cells, read_reply(cells, homes, clock.today())) for cells in rows]
    twice = said_twice([said for _, said in read if isinstance(said, Reply)])
    faults = [(cells, _faults(said, twice)) for cells, said in read]
    good = {said.number: said for _, said in read if isinstance(said, Reply) and said.number not in twice}
    new = [reply for reply in good.values() if not _held(homes[reply.number], reply)]
    for reply in new:
        consent_record(
            actor=actor, household=homes[reply.number], answer=reply.answer, way=reply.way,
            answered_on=reply.on,
        )  # fmt: skip
    refused: Refused = [{"cells": cells, "faults": said} for cells, said in faults if said]
    return _sheet(actor, town, file_name, len(new), len(good) - len(new), refused)


def _faults(said: Reply | list[str], twice: set[str]) -> list[str]:
    if isinstance(said, list):
        return said
    return [TWICE] if said.number in twice else []


def _homes(town: str) -> list[Household]:
    here = Household.objects.filter(division_code__startswith=place_prefix(town), erased_at=None)
    return list(here.filter(moved_on=None))


def _held(home: Household, reply: Reply) -> bool:
    """Say whether the same answer of the same day, or a later answer, stands already."""
    last = Consent.objects.filter(household=home, replaced_at=None).first()
    if last is None:
        return False
    return last.answered_on > reply.on or (last.answered_on == reply.on and last.answer == reply.answer)


def _sheet(  # noqa: PLR0913 - the columns of one row
    actor: Actor,
    town: str,
    file_name: str,
    taken: int,
    repeated: int,
    refused: Refused,
) -> ReplySheet:
    days = value("retention.reply_sheet_days", home6=town[:6])
    row = ReplySheet.objects.create(
        home6=town[:6], division_code=town, file_name=file_name.strip()[-120:], imported_by=actor.id,
        importer=actor.name, taken=taken, repeated=repeated, faults=len(refused), refused=refused,
        erase_on=clock.today() + timedelta(days=days) if refused else None,
    )  # fmt: skip
    facts = {"taken": taken, "repeated": repeated, "refused": len(refused)}
    record(
        actor=actor, tag="contacts.replies_import", kind="reply_sheet", target=row.id, home6=row.home6,
        facts=facts,
    )  # fmt: skip
    return row


def reply_sheets_purge(today: date) -> int:
    """Erase refused rows whose time has come: they hold what people typed; the counts stay."""
    return ReplySheet.objects.filter(erase_on__lte=today).update(refused=[], erase_on=None)
