"""What a deputy encloses with a suggestion: photos and PDFs, read by who has to do with the paper."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from lianxin.common.actor import Actor
from lianxin.common.errors import NotFound
from lianxin.documents.models import StoredFile
from lianxin.suggestions.permissions import is_party
from lianxin.suggestions.selectors import suggestion_for

OWNER = "suggestion"


def attachments(suggestion: UUID) -> QuerySet[StoredFile]:
    """Return the files enclosed with a suggestion, in the order in which they came."""
    return StoredFile.objects.filter(owner_kind=OWNER, owner_id=suggestion, erased_at=None).order_by("id")


def attachment_for(actor: Actor, suggestion: UUID, pk: UUID) -> StoredFile:
    """Return one file of a suggestion that is the actor's business; publishing the text publishes no file."""
    row = suggestion_for(actor, suggestion)
    found = attachments(row.pk).filter(pk=pk).first()
    if found is None or not is_party(actor, row):
        raise NotFound("没有找到这份附件。")
    return found
