"""The nightly purge: contact data, recordings and photos go on time; the matter stays.

A contact is erased by destroying its key: copies of the sealed row in backups stay closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.errors import Conflict, Refused
from lianxin.documents.models import StoredFile
from lianxin.documents.services import file_erase
from lianxin.opinions.models import Channel, Contact, Opinion, Post, PurgeReport
from lianxin.opinions.services.keys import CONTACT, key_destroy
from lianxin.opinions.services.step import step
from lianxin.opinions.workflow import ENDED, State
from lianxin.rulebook.services import value


@dataclass(frozen=True, slots=True)
class Purged:
    """How much was erased."""

    contacts: int
    files: int
    closed: int = 0


def purge(today: date) -> Purged:
    """Erase what has passed its time, close what stayed quiet, and report; safe to repeat."""
    closed = _close_quiet(today)
    due = Contact.objects.filter(erase_on__lte=today, erased_at=None).select_related("opinion")
    contacts = sum(contact_erase(contact) for contact in due)
    Post.objects.filter(at__lt=clock.now() - timedelta(hours=2)).delete()
    done = Purged(contacts, _old_voices(today) + _old_photos(today), closed)
    if done != Purged(0, 0):
        PurgeReport.objects.create(day=today, contacts=done.contacts, files=done.files, closed=done.closed)
    return done


def contact_erase(contact: Contact, *, actor: Actor = SYSTEM) -> int:
    """Destroy the key and empty the row, which stays as a tombstone without content."""
    with transaction.atomic():
        key_destroy(contact.opinion_id, CONTACT)
        gone = Contact.objects.filter(pk=contact.pk, erased_at=None).update(
            name="", phone="", phone_hash="", tail_hash="", call_back=False, erased_at=clock.now()
        )
        if gone:
            record(
                actor=actor,
                tag="opinion.contact_erased",
                kind="opinion",
                target=contact.opinion_id,
                home6=contact.opinion.home6,
            )
    return gone


def _close_quiet(today: date) -> int:
    """Close what was fed back and stayed quiet for the time in which it could be reopened."""
    since = today - timedelta(days=value("opinion.reopen_days"))
    over = Q(fed_back_on__lt=since) | Q(fed_back_on=None, closed_on__lt=since)
    quiet = Opinion.objects.select_related("station").filter(over, state__in=[State.FED_BACK, State.RATED])
    return sum(_lapsed(opinion) for opinion in quiet[:500])


def _lapsed(opinion: Opinion) -> bool:
    """Close one; where somebody moved it meanwhile, or its place gives more time, it waits."""
    try:
        with transaction.atomic():
            step(actor=SYSTEM, opinion=opinion, act="lapse", public="答复已满期限，这件事归档了。")
    except (Conflict, Refused):
        return False
    return True


def _old_voices(today: date) -> int:
    """Erase recordings some time after they were written down, or after the end of a matter not heard."""
    before = _before("voice", today)
    ended = Q(state__in=ENDED, closed_on__lt=clock.local_date(before))
    heard = Opinion.objects.filter(Q(written_down_at__lt=before) | ended, channel=Channel.VOICE)
    return _erase(_files("voice").filter(owner_id__in=heard.values("pk")))


def _old_photos(today: date) -> int:
    return _erase(_files("photo").filter(created_at__lt=_before("photo", today)))


def _before(purpose: str, today: date) -> datetime:
    return clock.day_start(today - timedelta(days=value(f"retention.{purpose}_days")))


def _files(purpose: str) -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(owner_kind="opinion", purpose=purpose, erased_at=None)


def _erase(files: QuerySet[StoredFile]) -> int:
    count = 0
    for file in files:
        file_erase(file)
        record(
            actor=SYSTEM,
            tag=f"opinion.{file.purpose}_erased",
            kind="opinion",
            target=file.owner_id,
            home6=file.home6,
        )
        count += 1
    return count
