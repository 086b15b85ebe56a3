"""Photos of a visit: sealed, a few at most; the keeper's looks at them are noted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from lianxin.audit.services import personal_read, record
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Denied, Invalid, NotFound
from lianxin.common.writes import write
from lianxin.contacts.models import ContactVisit, Pairing
from lianxin.contacts.permissions import is_contact_person, may
from lianxin.documents.models import StoredFile
from lianxin.documents.services import file_erase, file_read, photo_accept

OWNER = "contact_visit"
MOST_PHOTOS = 6


@write
def visit_photo_add(
    *, actor: Actor, visit: ContactVisit, data: bytes, request_id: str | None = None
) -> StoredFile:
    """Keep one photo with a visit; the same picture is kept once."""
    if not is_contact_person(actor, visit.pairing):
        raise Denied("只有联系人本人（或临时接替的人）可以加照片。")
    file = photo_accept(data=data, owner_kind=OWNER, owner_id=visit.pk, home6=visit.home6)
    if _photos().filter(owner_id=visit.pk).count() > MOST_PHOTOS:
        raise Invalid(f"最多放 {MOST_PHOTOS} 张照片，请挑最清楚的。", fields={"photos": "请少选几张。"})
    facts = {"file": str(file.pk)}
    record(
        actor=actor, tag="contacts.visit_photo", kind="pairing", target=visit.pairing_id,
        home6=visit.home6, facts=facts,
    )  # fmt: skip
    return file


def photos_of(visits: Iterable[ContactVisit]) -> dict[UUID, list[StoredFile]]:
    """Return visit → its photos (one query for all)."""
    found: dict[UUID, list[StoredFile]] = defaultdict(list)
    for file in _photos().filter(owner_id__in=[one.pk for one in visits]).order_by("id"):
        found[file.owner_id].append(file)
    return found


def sees_photos(actor: Actor, pairing: Pairing) -> bool:
    """Say whether the actor may look at the photos of a contact: its contact person, the place's keeper."""
    return may(actor, "open", pairing)


def visit_photo_open(*, actor: Actor, pairing: Pairing, file: UUID) -> tuple[bytes, str]:
    """Return a photo; a look that is not the contact person's own is on the record."""
    if not sees_photos(actor, pairing):
        raise Denied("走访的照片只有联系人和本镇联络员能看。")
    visits = pairing.visits.values_list("pk", flat=True)
    found = _photos().filter(owner_id__in=list(visits), pk=file).first()
    if found is None:
        raise NotFound("没有找到这张照片，可能已按期删除。")
    if not is_contact_person(actor, pairing):
        personal_read(
            actor=actor, role=Role.KEEPER.value, kind="household",
            subject=pairing.household_id or pairing.id, home6=pairing.home6, purpose="visit_photo",
        )  # fmt: skip
    return file_read(found), found.mime


def visit_photos_erase(household: UUID) -> None:
    """Erase the photos of all visits to a household; done when its words are erased."""
    visits = ContactVisit.objects.filter(pairing__household=household).values_list("pk", flat=True)
    for file in _photos().filter(owner_id__in=list(visits)):
        file_erase(file)


def _photos() -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(owner_kind=OWNER, purpose="photo", erased_at=None)
