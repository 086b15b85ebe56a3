"""Reading yearly files, and what 代表法 58 asks to be public."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import NotFound
from lianxin.duties.assessing.permissions import visible_to
from lianxin.duties.models import BidState, DutyRecord, ExcellenceBid, FileState, Privacy, YearlyFile
from lianxin.duties.pledging import pledges_public
from lianxin.duties.selectors import counted
from lianxin.people.actors import active_seats
from lianxin.people.models import Deputy
from lianxin.rulebook.selectors import value

MOST = 60
SHOWN = {
    "meetings": ("session_attendance", "group_activity", "inspection", "training", "organ_interview"),
    "reports": ("duty_report",),
}
"""Which kinds of duty stand for meetings attended and for reports to voters."""
WAITING = (FileState.OBJECTING, FileState.GROUP_VIEW, FileState.DECIDING)


def files_page(actor: Actor, *, year: int, tab: str = "", query: str = "") -> QuerySet[YearlyFile]:
    """Return the files of a year, by name; `tab` is a state or ""."""
    rows = visible_to(actor).filter(year=year).select_related("deputy")
    if tab:
        rows = rows.filter(state=tab)
    if query:
        rows = rows.filter(deputy__name__contains=query)
    return rows.order_by("deputy__pinyin", "id")


def file_for(actor: Actor, pk: UUID) -> YearlyFile:
    """Return one file, if the actor may see it."""
    row = visible_to(actor).select_related("deputy").filter(pk=pk).first()
    if row is None:
        raise NotFound("没有找到这份年度档案，或您不在它的范围内。")
    return row


def own_files(actor: Actor) -> QuerySet[YearlyFile]:
    """Return the deputy's own files, the newest first."""
    if actor.id is None:
        return YearlyFile.objects.none()
    mine = visible_to(actor).filter(deputy__account_id=actor.id)
    return mine.select_related("deputy").order_by("-year")


def years_of(actor: Actor) -> list[int]:
    """Return the years of which the actor sees files, the newest first."""
    return sorted(set(visible_to(actor).values_list("year", flat=True)), reverse=True)


def public_performance(deputy: Deputy, year: int) -> dict[str, Any]:
    """Return what is published of a deputy's year (代表法第五十八条): the fields chosen locally, no points.

    Of what he did only days and kinds stand here; kept-to-himself and group records do not enter at all.
    """
    fields = set(value("assessment.public_fields", home6=deputy.home6))
    found: dict[str, Any] = {"fields": fields}
    if "constituency" in fields:
        seats = active_seats(clock.today()).filter(deputy=deputy).order_by("level")
        found["seats"] = list(seats)
    if "pledges" in fields:
        found["pledges"] = list(pledges_public(deputy.pk).filter(year=year)[:MOST])
    if {"meetings", "reports"} & fields:
        shown = [one.record for one in counted(deputy.pk, year) if one.counted and _open(one.record)]
        for field, slugs in SHOWN.items():
            if field in fields:
                found[field] = [row for row in reversed(shown) if row.kind.slug in slugs][:MOST]
    if "honours" in fields:
        won = ExcellenceBid.objects.filter(deputy=deputy, state=BidState.HONOURED)
        found["honours"] = list(won.order_by("-year", "honour")[:MOST])
    return found


def _open(record: DutyRecord) -> bool:
    return record.privacy in {Privacy.STATION, Privacy.PUBLIC}
