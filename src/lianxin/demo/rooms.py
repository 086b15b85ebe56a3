"""What each room adds to the demo city: one line a room.

A room's `stories(city, scale, now)` returns stories (see `telling`); what must stand before the first
story (bulk registers) it does in its first step.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from lianxin.demo import (
    activities_stories,
    archives_stories,
    assessment_stories,
    ballots_stories,
    campaigns_stories,
    charters_stories,
    colleagues_stories,
    congress_stories,
    contacts_stories,
    duties_stories,
    elections_stories,
    leaving_stories,
    meetings_stories,
    plans_stories,
    projects_stories,
    stations_stories,
    villages_stories,
    work_stories,
)
from lianxin.demo.city import City
from lianxin.demo.telling import Story

RoomStories = Callable[[City, str, datetime], list[Story]]
ROOMS: tuple[RoomStories, ...] = (
    activities_stories.stories,
    colleagues_stories.stories,
    contacts_stories.stories,
    duties_stories.stories,
    assessment_stories.stories,
    villages_stories.stories,
    stations_stories.stories,
    ballots_stories.stories,
    projects_stories.stories,
    meetings_stories.stories,
    charters_stories.stories,
    elections_stories.stories,
    campaigns_stories.stories,
    work_stories.stories,
    archives_stories.stories,
    plans_stories.stories,
    leaving_stories.stories,
    congress_stories.stories,
)


def room_stories(city: City, scale: str, now: datetime) -> list[Story]:
    """Return the stories of all rooms, in the order of `ROOMS`."""
    return [story for room in ROOMS for story in room(city, scale, now)]
