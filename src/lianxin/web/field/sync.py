"""What telephones bring home: each record in a transaction of its own, once, with an answer of its own."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST
from pydantic import ValidationError

from lianxin.common import clock
from lianxin.common.actions import parse
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Conflict, Invalid, LianxinError
from lianxin.common.models import WriteKey
from lianxin.common.writes import content_of_request
from lianxin.contacts.models import ContactVisit
from lianxin.duties.models import DutyRecord
from lianxin.opinions.models import Opinion
from lianxin.web.door import actor_of, for_roles
from lianxin.web.field.answers import UNREADABLE, in_json, sent
from lianxin.web.field.diaries import Clash, shown
from lianxin.web.field.forms import Brought
from lianxin.web.field.records import KINDS

MOST = 20
"""Records in one batch."""
SLACK = timedelta(minutes=10)
"""A telephone's clock that is off by more is not believed."""
OFF = "手机时间不准，日期已按平台时间更正，手机上的时间也留着。"


@in_json
@for_roles(Role.DEPUTY)
@require_POST
def sync(request: HttpRequest) -> HttpResponse:
    """Take in a batch; the answer says for each record: done, conflict or refused."""
    body, actor = sent(request), actor_of(request)
    records = body.get("records")
    if not isinstance(records, list) or len(records) > MOST:
        raise Invalid(f"一次最多同步 {MOST} 条。")
    skew = _skew(body.get("sent_at"))
    return JsonResponse({"results": [_one(actor, one, skew) for one in records]})


def _one(actor: Actor, raw: Any, skew: timedelta) -> dict[str, Any]:
    """Take in one record; what is refused leaves no trace and hinders no other."""
    key = str(raw.get("id", "")) if isinstance(raw, dict) else ""
    try:
        brought = _read(raw)
        told = _straightened(brought, skew)
        with content_of_request(_digest(brought)), transaction.atomic():
            form, take = KINDS[brought.kind]
            taken = take(actor, told, parse(form, brought.data))
        notes = [taken.note, OFF if told.on != brought.on else ""]
        return {"id": key, "state": "done", "message": "".join(notes), "row": str(taken.row.pk)}
    except Clash as clash:
        return {"id": key, "state": "conflict", "message": clash.message, "theirs": clash.theirs}
    except Conflict as conflict:
        theirs = _theirs(actor, key)
        state = "conflict" if theirs else "refused"
        return {"id": key, "state": state, "message": conflict.message, "theirs": theirs}
    except LianxinError as refusal:
        return {"id": key, "state": "refused", "message": refusal.message, "fields": refusal.fields}


def _read(raw: Any) -> Brought:
    try:
        brought = Brought.model_validate(raw)
    except ValidationError as caught:
        raise Invalid(UNREADABLE) from caught
    if brought.kind not in KINDS or brought.device_time.tzinfo is None:
        raise Invalid(UNREADABLE)
    return brought


def _skew(sent_at: Any) -> timedelta:
    """Return how far the telephone's clock is behind ours, as it was when it sent."""
    try:
        told = datetime.fromisoformat(str(sent_at).replace("Z", "+00:00"))
    except ValueError as caught:
        raise Invalid(UNREADABLE) from caught
    if told.tzinfo is None:
        raise Invalid(UNREADABLE)
    return clock.now() - told


def _straightened(brought: Brought, skew: timedelta) -> Brought:
    """Put a day right that came from a wrong clock; what the telephone told is kept beside it."""
    if abs(skew) <= SLACK or brought.on != clock.local_date(brought.device_time):
        return brought
    return brought.model_copy(update={"on": _day(brought.device_time, skew)})


def _day(told: datetime, skew: timedelta) -> date:
    try:
        return clock.local_date(told.astimezone(UTC) + skew)
    except OverflowError as caught:
        raise Invalid(UNREADABLE) from caught


def _digest(brought: Brought) -> str:
    """Return what stands for the content: the same record sent again is the same, a changed one is not."""
    content = json.dumps([brought.kind, str(brought.on), brought.data], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def _theirs(actor: Actor, key: str) -> dict[str, Any] | None:
    """Return what the platform took in under this record's id, for its author; None if there is nothing."""
    row = taken_before(actor, key)
    if isinstance(row, DutyRecord):
        return shown(actor, row)
    if isinstance(row, ContactVisit):
        return {"title": "走访", "text": "", "on": row.on.isoformat()}
    if isinstance(row, Opinion):
        return {"title": row.number, "text": row.text}
    return None


def taken_before(actor: Actor, key: str) -> models.Model | None:
    """Return the row that a record of this actor became."""
    claim = WriteKey.objects.filter(scope=actor.scope, key=key).exclude(result_id="").first()
    if claim is None:
        return None
    model: type[models.Model] = apps.get_model(claim.result_model)
    found: models.Model | None = model._default_manager.filter(pk=claim.result_id).first()
    return found
