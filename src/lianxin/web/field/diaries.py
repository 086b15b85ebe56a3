"""Own diaries that may be corrected on the telephone; two telephones never overwrite each other silently."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, NotFound
from lianxin.common.writes import done_before
from lianxin.duties.models import DutyRecord
from lianxin.duties.permissions import may
from lianxin.duties.selectors import own_words
from lianxin.duties.services import duty_amend
from lianxin.duties.workflow import State
from lianxin.people.actors import deputy_of

DIARY = "field_diary"
MOST = 10


class Clash(Conflict):
    """The platform holds another version than the one that was changed; both are shown, a person chooses."""

    def __init__(self, theirs: dict[str, Any]) -> None:
        super().__init__("平台上的这一篇已经改过了，请选保留哪一份。")
        self.theirs = theirs


def diaries_of(actor: Actor) -> list[dict[str, Any]]:
    """Return the deputy's newest diaries that may still be corrected, with their versions."""
    deputy = deputy_of(actor)
    rows = DutyRecord.objects.filter(deputy=deputy, kind__slug=DIARY, state=State.RECORDED)
    return [
        shown(actor, row) for row in rows.select_related("deputy", "sealed").order_by("-on", "-id")[:MOST]
    ]


def shown(actor: Actor, row: DutyRecord) -> dict[str, Any]:
    """Return a record of one's own as the telephone shows it."""
    words = own_words(actor.id, row)
    version = hashlib.sha256("\n".join([row.privacy, words.title, words.text]).encode()).hexdigest()[:16]
    about = {"target": str(row.pk), "on": row.on.isoformat(), "privacy": row.privacy, "version": version}
    return {**about, "title": words.title, "text": words.text, "tags": str(words.values.get("tags", ""))}


def diary_correct(
    *, actor: Actor, target: UUID, base: str, title: str, text: str, privacy: str, tags: str, request_id: str
) -> DutyRecord:
    """Correct a diary if it is still the version that was on the telephone (`base`)."""
    row = DutyRecord.objects.select_for_update().filter(pk=target, kind__slug=DIARY).first()
    if row is None or not may(actor, "amend", row):
        raise NotFound("没有找到这篇日记，或者它已经核实、不能再改。")
    if not done_before(actor, request_id) and shown(actor, row)["version"] != base:
        raise Clash(shown(actor, row))
    values = {"tags": tags}
    return duty_amend(
        actor=actor, record=row, title=title, text=text, privacy=privacy, values=values, request_id=request_id
    )
