"""The public calendar of a station as iCalendar (RFC 5545), for any phone's calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from icalendar import Calendar, Event

from lianxin.common import clock
from lianxin.regions.models import Station
from lianxin.stations.models import ReceptionDay
from lianxin.stations.selectors import names_of


def feed(station: Station, days: Iterable[ReceptionDay]) -> bytes:
    """Return the feed: each reception day with hours, place and the deputies who will sit."""
    calendar = Calendar()
    calendar.add("prodid", "-//lianxin//receptions//CN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{station.name}接待日")
    for day in days:
        calendar.add_component(_event(station, day))
    return bytes(calendar.to_ical())


def _event(station: Station, day: ReceptionDay) -> Event:
    event = Event()
    event.add("uid", f"{day.id}@lianxin")
    event.add("summary", f"选民接待日：{'、'.join(names_of(day))}")
    event.add("dtstart", datetime.combine(day.on, day.starts, tzinfo=clock.SHANGHAI))
    event.add("dtend", datetime.combine(day.on, day.ends, tzinfo=clock.SHANGHAI))
    event.add("dtstamp", day.published_at or day.created_at)
    event.add("location", station.address or station.name)
    return event
