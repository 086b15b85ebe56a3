"""Signatures and voices of those who came to the table go with the contact of their matter.

The reception itself stays, and that somebody confirmed it; the deputy's own signature stays with it.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import SYSTEM
from lianxin.documents.models import StoredFile
from lianxin.documents.services import file_erase
from lianxin.opinions.models import Contact
from lianxin.rulebook.services import value
from lianxin.stations.models import Reception
from lianxin.stations.services.reception import RESIDENT_SIGN


def signs_purge() -> int:
    """Erase what no longer may be kept; return how many files (a job of every hour, safe to repeat)."""
    today = clock.today()
    heard = clock.day_start(today - timedelta(days=value("retention.voice_days")))
    old = Q(owner_id__in=_forgotten(today).values("pk")) | Q(purpose="voice", created_at__lt=heard)
    return sum(
        _erase(file) for file in StoredFile.objects.filter(old, owner_kind=RESIDENT_SIGN, erased_at=None)
    )


def _forgotten(today: date) -> QuerySet[Reception]:
    """Return receptions whose person is forgotten: with his contact; without one, as long after the end."""
    before = today - timedelta(days=value("retention.contact_days"))
    erased = Contact.objects.filter(erased_at__isnull=False).values("opinion")
    nameless = ~Q(opinion__in=Contact.objects.values("opinion")) & Q(opinion__closed_on__lte=before)
    return Reception.objects.filter(Q(opinion__in=erased) | nameless | Q(opinion=None, on__lte=before))


def _erase(file: StoredFile) -> int:
    with transaction.atomic():
        file_erase(file)
        record(
            actor=SYSTEM,
            tag="stations.sign_erased",
            kind="reception",
            target=file.owner_id,
            home6=file.home6,
            facts={"what": file.purpose},
        )
    return 1
