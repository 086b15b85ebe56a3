"""Keys of single matters: made when something is sealed, destroyed when it is to be forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from lianxin.common.sealing import new_wrapped_key, seal, unseal
from lianxin.opinions.models import ClusterMember, Contact, MatterKey, Opinion, SealedText

CONTACT, TEXT = "contact", "text"


def key_make(opinion: Opinion, purpose: str) -> str:
    """Make and keep the key of one matter for one purpose."""
    return MatterKey.objects.create(opinion_id=opinion.id, purpose=purpose, wrapped=new_wrapped_key()).wrapped


def key_of(opinion_id: UUID, purpose: str) -> str | None:
    """Return a matter's wrapped key, or None where it was destroyed."""
    return (
        MatterKey.objects.filter(opinion_id=opinion_id, purpose=purpose)
        .values_list("wrapped", flat=True)
        .first()
    )


def key_destroy(opinion_id: UUID, purpose: str) -> None:
    """Destroy a key: what it sealed can never be opened again, copies of the rows included."""
    MatterKey.objects.filter(opinion_id=opinion_id, purpose=purpose).delete()


def opened(sealed: str, *, opinion_id: UUID, purpose: str) -> str:
    """Return sealed words; empty where the key is gone."""
    key = key_of(opinion_id, purpose)
    return unseal(sealed, wrapped_key=key) if key and sealed else ""


def sealed_with(key: str, text: str) -> str:
    """Seal text under a wrapped key."""
    return seal(text, wrapped_key=key)


def words_of(opinion: Opinion) -> str:
    """Return the words as they were said, opened where they are sealed; for machines, never for pages."""
    row = SealedText.objects.filter(opinion=opinion).first() if opinion.is_sealed else None
    return opened(row.sealed, opinion_id=opinion.id, purpose=TEXT) if row else opinion.text


def words_seal(opinion: Opinion, text: str) -> None:
    """Put words that came later under the seal of a sealed matter; nothing of them stays in the open."""
    key = key_of(opinion.id, TEXT)
    if key is not None:
        SealedText.objects.filter(opinion=opinion).update(sealed=sealed_with(key, text))


def known_of(opinion: Opinion) -> tuple[str, ...]:
    """Return the name and phone that no text about the matter may show; for machines, never for pages."""
    return _known([opinion.pk])


def known_around(opinion: Opinion) -> tuple[str, ...]:
    """Return names and phones of the author and of all whose matters are handled together with his."""
    mine = ClusterMember.objects.filter(opinion=opinion, left_at=None).values("cluster__lead")
    together = Q(cluster__lead=opinion) | Q(cluster__lead__in=mine)
    rows = ClusterMember.objects.filter(together, left_at=None).values_list("opinion", "cluster__lead")
    return _known({opinion.pk, *(pk for row in rows for pk in row)})


def _known(matters: Iterable[UUID]) -> tuple[str, ...]:
    found: list[str] = []
    for contact in Contact.objects.filter(opinion__in=matters, erased_at=None):
        fields = (contact.name, contact.phone)
        found += [opened(field, opinion_id=contact.opinion_id, purpose=CONTACT) for field in fields]
    return tuple(word for word in found if word)
