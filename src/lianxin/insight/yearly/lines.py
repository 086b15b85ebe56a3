"""How a row of a list behind a figure reads: its address, what it is, whose or where."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lianxin.activities.models import Activity
from lianxin.charters.models import CharterText
from lianxin.common import clock
from lianxin.duties.models import DutyPledge, DutyRecord
from lianxin.meetings.models import ForumItem
from lianxin.opinions.models import Opinion
from lianxin.people.models import Deputy
from lianxin.projects.models import Project
from lianxin.regions.selectors import place_name
from lianxin.stations.models import ReceptionDay
from lianxin.suggestions.models import Suggestion
from lianxin.villages.models import DisclosureItem, VillageMeeting

Told = tuple[str, str, str]


def line_of(row: Any) -> Told:
    """Return (address, what it is, whose or where) of one row; no resident is named."""
    return TELLERS[type(row)](row)


def _opinion(row: Opinion) -> Told:
    return f"/station/opinions/{row.pk}", f"{row.number} {row.title}", place_name(row.division_code)


def _suggestion(row: Suggestion) -> Told:
    return f"/office/suggestions/{row.pk}", f"{row.number} {row.title}", row.lead.name


def _record(row: DutyRecord) -> Told:
    return f"/office/duties/records/{row.pk}", f"{row.on} {row.kind.name}", row.deputy.name


def _pledge(row: DutyPledge) -> Told:
    return f"/office/duties/deputies/{row.deputy_id}", row.item, row.deputy.name


def _deputy(row: Deputy) -> Told:
    return f"/office/duties/deputies/{row.pk}", row.name, place_name(row.division_code)


def _day(row: ReceptionDay) -> Told:
    return f"/station/days/{row.pk}", str(row.on), row.station.name


def _activity(row: Activity) -> Told:
    held = clock.local_date(row.starts_at)
    return f"/office/activities/{row.pk}", f"{held} {row.title}", place_name(row.division_code)


def _item(row: DisclosureItem) -> Told:
    return f"/village/items/{row.pk}", f"{row.published_on} {row.what}", place_name(row.division_code)


def _meeting(row: VillageMeeting) -> Told:
    held = clock.local_date(row.held_at)
    return f"/village/meetings/{row.pk}", f"{held} {row.title}", place_name(row.division_code)


def _project(row: Project) -> Told:
    return f"/projects/work/{row.pk}", row.title, place_name(row.division_code)


def _raised(row: ForumItem) -> Told:
    return f"/forums/items/{row.pk}", f"{row.forum.title} {row.number}", row.deputy.name


def _charter(row: CharterText) -> Told:
    return f"/charters/read/{row.pk}", str(row.get_kind_display()), place_name(row.division_code)


TELLERS: dict[type, Callable[[Any], Told]] = {
    Opinion: _opinion,
    Suggestion: _suggestion,
    DutyRecord: _record,
    DutyPledge: _pledge,
    Deputy: _deputy,
    ReceptionDay: _day,
    Activity: _activity,
    DisclosureItem: _item,
    VillageMeeting: _meeting,
    Project: _project,
    ForumItem: _raised,
    CharterText: _charter,
}
