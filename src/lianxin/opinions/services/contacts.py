"""Opening an identity: one at a time, for a stated purpose, on the record.

The keeper of the receiving station opens for the purpose of the matter; anybody else asks with a
reason and a second person approves, for one person and a limited time. Sealed matters need two
persons always. No approver means closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from lianxin.audit.services import personal_read, record
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Denied, Invalid, NotFound
from lianxin.common.sealing import unseal
from lianxin.common.writes import write
from lianxin.opinions.models import Contact, ContactAccess, Opinion
from lianxin.opinions.permissions import may
from lianxin.rulebook.services import value

PURPOSES = {"call_back": "电话告知", "ask_more": "了解情况", "visit": "上门回访"}
APPROVERS = (Role.PRESIDIUM, Role.OFFICE)


@dataclass(frozen=True, slots=True)
class Person:
    """Who said it, for the one who opened it."""

    name: str
    phone: str


def contact_open(*, actor: Actor, opinion: Opinion, purpose: str) -> Person:
    """Return the contact; every look is logged and shown to the person on the code page."""
    if purpose not in PURPOSES:
        raise Invalid("请选择查看的用途。", fields={"purpose": "请选一个用途。"})
    grant = _grant(actor, opinion)
    contact = Contact.objects.filter(opinion=opinion).first()
    if contact is None or contact.erased_at:
        raise NotFound("没有留联系方式，或已按期删除。")
    personal_read(
        actor=actor,
        role=_role(actor),
        kind="opinion",
        subject=opinion.id,
        home6=opinion.home6,
        purpose=purpose,
        approved_by=grant.approved_by if grant else None,
    )
    return Person(
        unseal(contact.name, wrapped_key=contact.wrapped_key),
        unseal(contact.phone, wrapped_key=contact.wrapped_key),
    )


@write
def contact_ask(
    *, actor: Actor, opinion: Opinion, reason: str, request_id: str | None = None
) -> ContactAccess:
    """Ask to see a contact, with a reason."""
    if not may(actor, "view", opinion):
        raise Denied("您不能查看这件民情。")
    if len(reason.strip()) < 5:
        raise Invalid("请写明为什么要看。", fields={"reason": "至少写 5 个字。"})
    row = ContactAccess.objects.create(opinion=opinion, asked_by=actor.id, reason=reason)
    record(
        actor=actor,
        tag="opinion.contact_ask",
        kind="opinion",
        target=opinion.id,
        home6=opinion.home6,
        facts={"access": str(row.id)},
    )
    return row


@write
def contact_decide(
    *, actor: Actor, access: ContactAccess, agree: bool, request_id: str | None = None
) -> ContactAccess:
    """A second person approves or refuses; nobody approves his own request."""
    opinion = access.opinion
    if access.asked_by == actor.id or not actor.has_in(opinion.station.division_code, *APPROVERS):
        raise Denied("要由另一位负责人批准。")
    minutes = value("contact_access.minutes", home6=opinion.home6)
    access.approved_by, access.refused = (actor.id, False) if agree else (None, True)
    access.expires_at = clock.now() + timedelta(minutes=minutes) if agree else None
    access.save(update_fields=["approved_by", "refused", "expires_at"])
    record(
        actor=actor,
        tag="opinion.contact_decide",
        kind="opinion",
        target=opinion.id,
        home6=opinion.home6,
        facts={"access": str(access.id), "agree": agree},
    )
    return access


def _grant(actor: Actor, opinion: Opinion) -> ContactAccess | None:
    own_keeper = actor.has_in(opinion.station.division_code, Role.KEEPER) and not opinion.is_sealed
    grant = ContactAccess.objects.filter(
        opinion=opinion, asked_by=actor.id, approved_by__isnull=False, expires_at__gt=clock.now()
    ).first()
    if not own_keeper and grant is None:
        raise Denied("要先写明理由申请，由另一位负责人批准后才能看。")
    return grant


def _role(actor: Actor) -> str:
    return str(actor.roles[0].role) if actor.roles else ""
