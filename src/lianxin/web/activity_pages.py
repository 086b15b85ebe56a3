"""What the pages of activities share, at the deputy's phone and at the desk."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from lianxin.activities import actions, selectors, services
from lianxin.activities.models import Activity, Kind, PlanItem
from lianxin.activities.permissions import may_keep
from lianxin.activities.services.holding import invited
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Invalid, NotFound, Refused
from lianxin.common.ids import uuid7
from lianxin.documents.models import StoredFile
from lianxin.documents.services import file_read
from lianxin.people.models import DeputyGroup
from lianxin.web.acts import Sheet, Tried, sheet, typed_data

REFUSALS = (Invalid, Refused, Conflict)
TABS = (("open", "要办的"), ("minutes", "待纪要"), ("done", "已完成"), ("cancelled", "取消的"))


def planned_from(request: HttpRequest) -> services.Planned:
    """Return what was typed as a plan of an activity; an unreadable time is said at its field."""
    typed = request.POST
    return services.Planned(
        kind=typed.get("kind", ""),
        title=typed.get("title", "").strip(),
        place=typed.get("place", "").strip(),
        starts_at=_instant(typed.get("starts_at", ""), "starts_at"),
        ends_at=_instant(typed.get("ends_at", ""), "ends_at"),
        notice=typed.get("notice", "").strip()[:500],
        material=typed.get("material", "").strip()[:4000],
    )


def _instant(typed: str, field: str) -> datetime:
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=clock.SHANGHAI)
    except ValueError as caught:
        raise Invalid("时间还没有填好。", fields={field: "请选日期和时间。"}) from caught


def new_page(request: HttpRequest, group: DeputyGroup | None, item: PlanItem | None) -> dict[str, Any]:
    """Return what the form of a new activity shows."""
    start: dict[str, Any] = {"kind": item.kind, "title": item.title} if item else {}
    return {
        "group": group,
        "item": item,
        "kinds": Kind.choices,
        "typed": request.POST or start,
        "request_id": str(uuid7()),
    }


def item_asked(actor: Actor, typed: str) -> PlanItem | None:
    """Return the line of a plan from which an activity is made, if one was named."""
    try:
        return selectors.item_for(actor, UUID(typed)) if typed else None
    except ValueError:
        return None


def activity_page(actor: Actor, row: Activity, *, base: str, tried: Tried | None = None) -> dict[str, Any]:
    """Return what the page of one activity shows."""
    gathering = selectors.gathering_of_activity(row)
    people = selectors.attendance(gathering, invited(row)) if gathering else []
    return {
        "row": row,
        "acts": _sheets(actor, row, base, tried),
        "gathering": gathering,
        "keeps": gathering is not None and may_keep(actor, gathering),
        "attendees": people,
        "came": sum(bool(one.spans) for one in people),
        "photos": photos_of(row),
        "events": row.events.order_by("at", "id"),
        "base": base,
    }


def _sheets(actor: Actor, row: Activity, base: str, tried: Tried | None) -> dict[str, Sheet]:
    start = {
        "place": row.place,
        "starts_at": _local(row.starts_at),
        "ends_at": _local(row.ends_at),
    }
    return {
        offer.act.name: sheet(
            offer, url=f"{base}/acts/{offer.act.name}", options={}, tried=tried, start=start
        )
        for offer in actions.BOOK.open_for(actor, row)
    }


def _local(instant: datetime) -> str:
    return f"{instant.astimezone(clock.SHANGHAI):%Y-%m-%dT%H:%M}"


def photos_of(row: Activity) -> list[StoredFile]:
    """Return an activity's photos."""
    return list(StoredFile.objects.filter(owner_kind="activity", owner_id=row.pk, erased_at=None))


def photo_answer(row: Activity, file: UUID) -> HttpResponse:
    """Return one photo of an activity that the caller may see."""
    photos = StoredFile.objects.filter(owner_kind="activity", owner_id=row.pk, erased_at=None)
    found = get_object_or_404(photos, pk=file)
    return HttpResponse(file_read(found), content_type=found.mime)


def perform(request: HttpRequest, actor: Actor, row: Activity, name: str) -> Activity:
    """Carry out an act with what was typed; minutes bring their photos along."""
    if name == "write_minutes":
        photos = tuple(upload.read() for upload in request.FILES.getlist("photos"))
        return services.minutes_write(
            actor=actor,
            activity=row,
            minutes=request.POST.get("minutes", ""),
            photos=photos,
            request_id=request.POST.get("request_id"),
        )
    if name not in actions.BOOK.workflow.acts:
        raise NotFound("没有这个操作，请刷新页面。")
    done: Activity = actions.BOOK.perform(
        actor=actor,
        obj=row,
        name=name,
        data=typed_data(actions.BOOK.input(name), request.POST),
        request_id=request.POST.get("request_id"),
    )
    return done
