"""The nightly purge: contact data, recordings and photos go on time; the matter stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import SYSTEM
from lianxin.documents.models import StoredFile
from lianxin.documents.services import file_erase
from lianxin.opinions.models import Contact, Post
from lianxin.rulebook.services import value


@dataclass(frozen=True, slots=True)
class Purged:
    """How much was erased."""

    contacts: int
    files: int


def purge(today: date) -> Purged:
    """Erase what has passed its time; safe to repeat. Destroying the key erases backups too."""
    due = Contact.objects.filter(erase_on__lte=today, erased_at=None).select_related("opinion")
    contacts = 0
    for contact in due:
        Contact.objects.filter(pk=contact.pk).update(
            wrapped_key="", name="", phone="", phone_hash="", erased_at=clock.now()
        )
        record(
            actor=SYSTEM,
            tag="opinion.contact_erased",
            kind="opinion",
            target=contact.opinion_id,
            home6=contact.opinion.home6,
        )
        contacts += 1
    Post.objects.filter(at__lt=clock.now() - timedelta(hours=2)).delete()
    return Purged(contacts, _old_files("voice", today) + _old_files("photo", today))


def _old_files(purpose: str, today: date) -> int:
    before = clock.now() - timedelta(days=value(f"retention.{purpose}_days"))
    old = StoredFile.objects.filter(
        owner_kind="opinion", purpose=purpose, created_at__lt=before, erased_at=None
    )
    count = 0
    for file in old:
        file_erase(file)
        count += 1
    return count
