"""Opening an identity or a sealed accusation: for a stated purpose, on the record.

The keeper of the receiving station opens a contact for the purpose of the matter, one at a time;
anybody else asks with a reason and a second person approves, for one person and a limited time.
Sealed matters need two persons always. No approver means closed. Every look is shown to the
person on the code page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from lianxin.audit.services import personal_read, record
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Conflict, Denied, Invalid, NotFound
from lianxin.common.writes import write
from lianxin.documents.models import StoredFile
from lianxin.documents.services import file_read
from lianxin.opinions.models import Contact, ContactAccess, Opinion, SealedText
from lianxin.opinions.permissions import may
from lianxin.opinions.services.keys import CONTACT, TEXT, opened
from lianxin.rulebook.services import value

PURPOSES = {"call_back": "电话告知", "ask_more": "了解情况", "visit": "上门回访"}
APPROVERS = (Role.PRESIDIUM, Role.OFFICE)


@dataclass(frozen=True, slots=True)
class Person:
    """Who said it, for the one who opened it."""

    name: str
    phone: str


def contact_open(*, actor: Actor, opinion: Opinion, purpose: str) -> Person:
    """Return one contact; the look is on the record before anything is shown."""
    if purpose not in PURPOSES:
        raise Invalid("请选择查看的用途。", fields={"purpose": "请选一个用途。"})
    own = receives(actor, opinion) and not opinion.is_sealed
    grant = None if own else _grant(actor, opinion, CONTACT)
    contact = Contact.objects.filter(opinion=opinion, erased_at=None).first()
    if contact is None:
        raise NotFound("没有留联系方式，或已按期删除。")
    with transaction.atomic():
        _log(actor, opinion, purpose, grant)
        name, phone = (
            opened(field, opinion_id=opinion.id, purpose=CONTACT) for field in (contact.name, contact.phone)
        )
    return Person(name, phone)


def sealed_open(*, actor: Actor, opinion: Opinion) -> str:
    """Return the words of a sealed accusation to the one for whom a second person approved it."""
    grant = _grant(actor, opinion, TEXT)
    row = SealedText.objects.filter(opinion=opinion).first()
    if row is None:
        raise NotFound("这件民情不是密件。")
    with transaction.atomic():
        _log(actor, opinion, "unseal", grant)
        return opened(row.sealed, opinion_id=opinion.id, purpose=TEXT)


def voice_open(*, actor: Actor, opinion: Opinion) -> tuple[bytes, str]:
    """Return a recording and its media type to those who write it down; a voice betrays a person too."""
    if not may(actor, "write_down", opinion):
        raise Denied("录音只能由本站听写的人听。")
    grant = _grant(actor, opinion, TEXT) if opinion.is_sealed else None
    files = StoredFile.objects.filter(owner_kind="opinion", owner_id=opinion.id, purpose="voice")
    file = files.filter(erased_at=None).first()
    if file is None:
        raise NotFound("没有录音，或已按期删除。")
    with transaction.atomic():
        _log(actor, opinion, "listen", grant)
        return file_read(file), file.mime


def hears(actor: Actor, opinion: Opinion) -> bool:
    """Say whether the actor may open the recording now: of a sealed matter, only with leave."""
    if not may(actor, "write_down", opinion):
        return False
    return not opinion.is_sealed or _granted(actor, opinion, TEXT) is not None


@write
def contact_ask(
    *, actor: Actor, opinion: Opinion, reason: str, what: str = CONTACT, request_id: str | None = None
) -> ContactAccess:
    """Ask to open a contact (`what` 「contact」) or a sealed text (「text」), with a reason."""
    if not may(actor, "view", opinion):
        raise Denied("您不能查看这件民情。")
    if what not in {CONTACT, TEXT}:
        raise Invalid("请选择要看什么。", fields={"what": "联系方式，或密件原文。"})
    if len(reason.strip()) < 5:
        raise Invalid("请写明为什么要看。", fields={"reason": "至少写 5 个字。"})
    row = ContactAccess.objects.create(
        opinion=opinion, asked_by=_id(actor), reason=reason.strip()[:200], what=what
    )
    _on_record(actor, row, "contact_ask", {"what": what})
    return row


@write
def contact_decide(
    *, actor: Actor, access: ContactAccess, agree: bool, request_id: str | None = None
) -> ContactAccess:
    """A second person approves or refuses, once; nobody approves his own request."""
    opinion = access.opinion
    if access.asked_by == actor.id or not actor.has_in(opinion.station.division_code, *APPROVERS):
        raise Denied("要由另一位负责人批准。")
    minutes = value("contact_access.minutes", home6=opinion.home6)
    until = clock.now() + timedelta(minutes=minutes) if agree else None
    waiting = ContactAccess.objects.filter(pk=access.pk, approved_by=None, refused=False)
    if waiting.update(approved_by=actor.id if agree else None, refused=not agree, expires_at=until) != 1:
        raise Conflict("这个申请已经办过了。")
    access.refresh_from_db()
    _on_record(actor, access, "contact_decide", {"agree": agree})
    return access


def receives(actor: Actor, opinion: Opinion) -> bool:
    """Say whether the actor is the keeper of the very station that received the opinion."""
    place = opinion.received_place or opinion.station.town_code or opinion.station.division_code
    return place in actor.places(Role.KEEPER)


def _granted(actor: Actor, opinion: Opinion, what: str) -> ContactAccess | None:
    return ContactAccess.objects.filter(
        opinion=opinion,
        what=what,
        asked_by=_id(actor),
        approved_by__isnull=False,
        expires_at__gt=clock.now(),
    ).first()


def _grant(actor: Actor, opinion: Opinion, what: str) -> ContactAccess:
    grant = _granted(actor, opinion, what)
    if grant is None:
        raise Denied("要先写明理由申请，由另一位负责人批准后才能看。")
    return grant


def _log(actor: Actor, opinion: Opinion, purpose: str, grant: ContactAccess | None) -> None:
    personal_read(
        actor=actor,
        role=_role(actor, opinion),
        kind="opinion",
        subject=opinion.id,
        home6=opinion.home6,
        purpose=purpose,
        approved_by=grant.approved_by if grant else None,
    )


def _on_record(actor: Actor, access: ContactAccess, tag: str, facts: dict[str, object]) -> None:
    record(
        actor=actor,
        tag=f"opinion.{tag}",
        kind="opinion",
        target=access.opinion_id,
        home6=access.opinion.home6,
        facts={"access": str(access.id), **facts},
    )


def _id(actor: Actor) -> UUID:
    if actor.id is None:
        raise Denied("请先登录。")
    return actor.id


def _role(actor: Actor, opinion: Opinion) -> str:
    """Return the role by which the actor looks: the one held nearest to the matter."""
    near = [held for held in actor.roles if actor.has_in(opinion.division_code, held.role)]
    first = next(iter(near or actor.roles), None)
    return first.role.value if first else ""
