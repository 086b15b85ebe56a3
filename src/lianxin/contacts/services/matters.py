"""What came of what was heard: helped along, settled with words, or made an opinion of the station."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.common.writes import write
from lianxin.contacts.models import ContactVisit, VisitMatter
from lianxin.contacts.permissions import is_contact_person
from lianxin.contacts.services.keys import keys_of, opened
from lianxin.contacts.workflow import MATTER


@write
def matter_coordinate(
    *, actor: Actor, matter: VisitMatter, with_whom: str, request_id: str | None = None
) -> VisitMatter:
    """Note with whom the difficulty is being talked over."""
    return _step(actor, matter, "coordinate", outcome=_words(with_whom, "with_whom", "请写正在和谁商量。"))


@write
def matter_settle(
    *, actor: Actor, matter: VisitMatter, outcome: str, request_id: str | None = None
) -> VisitMatter:
    """Say what came of it."""
    words = _words(outcome, "outcome", "请写结果，哪怕是「办不了」和为什么。")
    return _step(actor, matter, "settle", outcome=words, settled_on=clock.today())


@write
def matter_convert(
    *, actor: Actor, matter: VisitMatter, opinion_id: UUID, request_id: str | None = None
) -> VisitMatter:
    """Join the matter with the opinion that the door has made of it."""
    return _step(actor, matter, "convert", opinion_id=opinion_id, settled_on=clock.today())


def matter_words(matter: VisitMatter) -> str:
    """Return what was heard, opened for its contact person; empty once the household is forgotten."""
    home = matter.visit.pairing.household_id
    return opened(matter.text, keys_of([home]).get(home)) if home else matter.text


def visit_words(visit: ContactVisit) -> str:
    """Return what was written of a visit, opened for its contact person."""
    home = visit.pairing.household_id
    return opened(visit.text, keys_of([home]).get(home)) if home else visit.text


def _words(text: str, field: str, hint: str) -> str:
    if len(text.strip()) < 2:
        raise Invalid(hint, fields={field: hint})
    return text.strip()[:500]


def _step(actor: Actor, matter: VisitMatter, act: str, **changes: Any) -> VisitMatter:
    if not is_contact_person(actor, matter.visit.pairing):
        raise Denied("只有听到这件事的联系人可以办。")
    old = matter.state
    changes["state"] = MATTER.next_state(old, act)
    if VisitMatter.objects.filter(pk=matter.pk, state=old).update(**changes) != 1:
        raise Conflict("这件事刚刚有人办过了，请刷新后再看。")
    for name, changed in changes.items():
        setattr(matter, name, changed)
    facts = {"matter": str(matter.id), **({"opinion": str(matter.opinion_id)} if matter.opinion_id else {})}
    record(
        actor=actor,
        tag=f"contacts.matter_{act}",
        kind="pairing",
        target=matter.visit.pairing_id,
        home6=matter.visit.home6,
        facts=facts,
    )
    return matter
