"""Photos and recordings of a matter, handed only to those who may read its original words."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Denied
from lianxin.documents.models import StoredFile
from lianxin.documents.services import file_read
from lianxin.opinions import selectors
from lianxin.opinions.models import Opinion
from lianxin.opinions.services import hears, voice_open
from lianxin.web.door import actor_of, for_roles

STAFF = (Role.KEEPER, Role.PRESIDIUM, Role.OFFICE, Role.GRID_WORKER)


def files_of(actor: Actor, row: Opinion) -> tuple[list[StoredFile], StoredFile | None]:
    """Return the photos and the recording that the actor may open."""
    files = StoredFile.objects.filter(owner_kind="opinion", owner_id=row.id, erased_at=None)
    photos = list(files.filter(purpose="photo")) if selectors.reads_original(actor, row) else []
    return photos, files.filter(purpose="voice").first() if hears(actor, row) else None


@for_roles(*STAFF)
@never_cache
@require_GET
def photo(request: HttpRequest, pk: UUID, file: UUID) -> HttpResponse:
    """Return one photo."""
    actor = actor_of(request)
    row = selectors.opinion_for(actor, pk)
    if not selectors.reads_original(actor, row):
        raise Denied("照片只有收到这件事的联络站能看。")
    photos = StoredFile.objects.filter(owner_kind="opinion", owner_id=row.id, purpose="photo", erased_at=None)
    found = get_object_or_404(photos, pk=file)
    return HttpResponse(file_read(found), content_type=found.mime)


@for_roles(*STAFF)
@never_cache
@require_GET
def voice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the recording to whoever writes it down; each listening is on the record."""
    actor = actor_of(request)
    data, mime = voice_open(actor=actor, opinion=selectors.opinion_for(actor, pk))
    return HttpResponse(data, content_type=mime)
