"""Photos come after their record, one by one, so that a bad network loses one at most."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from lianxin.audit.services import record
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Invalid, NotFound
from lianxin.contacts.models import ContactVisit
from lianxin.contacts.services import visit_photo_add
from lianxin.documents.models import StoredFile
from lianxin.documents.photos import MAX_BYTES
from lianxin.documents.services import photo_accept
from lianxin.duties.models import DutyRecord
from lianxin.duties.services import proof_add
from lianxin.opinions.models import Opinion
from lianxin.rulebook.services import value
from lianxin.stations.models import Reception
from lianxin.web.door import actor_of, for_roles
from lianxin.web.field.answers import UNREADABLE, in_json
from lianxin.web.field.sync import taken_before


@in_json
@for_roles(Role.DEPUTY)
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Keep one photo with its record, for the deputy who brought it home; sent again it is the same one."""
    actor, upload = actor_of(request), request.FILES.get("photo")
    key = _id(request.POST.get("id", ""))
    if upload is None or (upload.size or 0) > MAX_BYTES:
        raise Invalid("没有收到照片，或者照片太大。")
    row = taken_before(actor, _id(request.POST.get("record", "")))
    if row is None:
        raise NotFound("这张照片的记录还没有同步，请先同步记录。")
    with transaction.atomic():
        _keep(actor, row, upload.read(), key)
    return JsonResponse({"id": key, "state": "done"})


def _keep(actor: Actor, row: models.Model, data: bytes, key: str) -> None:
    """Keep a photo where its record belongs."""
    if isinstance(row, DutyRecord):
        proof_add(actor=actor, record=row, data=data, request_id=key)
    elif isinstance(row, Reception) and row.opinion:
        _beside(actor, row.opinion, "opinion", int(value("opinion.max_photos", home6=row.home6)), data)
    elif isinstance(row, Opinion):
        _beside(actor, row, "opinion", int(value("opinion.max_photos", home6=row.home6)), data)
    elif isinstance(row, ContactVisit):
        visit_photo_add(actor=actor, visit=row, data=data, request_id=key)
    else:
        raise Invalid("这一类记录不带照片。")


def _beside(actor: Actor, row: Any, kind: str, most: int, data: bytes) -> None:
    """Keep a sealed photo beside its row, at most `most` of them; the same picture is kept once."""
    file = photo_accept(data=data, owner_kind=kind, owner_id=row.pk, home6=row.home6)
    there = StoredFile.objects.filter(owner_kind=kind, owner_id=row.pk, purpose="photo", erased_at=None)
    if there.count() > most:
        raise Invalid(f"最多放 {most} 张照片，请挑最清楚的。")
    facts = {"file": str(file.pk)}
    record(actor=actor, tag="field.photo", kind=kind, target=row.pk, home6=row.home6, facts=facts)


def _id(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError as caught:
        raise Invalid(UNREADABLE) from caught
