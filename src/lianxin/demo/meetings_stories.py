"""会议 of the demo city."""

from __future__ import annotations

from datetime import datetime

from lianxin.demo.city import City
from lianxin.demo.consults_story import consults
from lianxin.demo.forums_story import forums
from lianxin.demo.inquiries_story import inquiries
from lianxin.demo.reviews_story import reviews
from lianxin.demo.telling import Story


def stories(city: City, scale: str, now: datetime) -> list[Story]:
    """Return the stories of this room."""
    return [*forums(city, scale, now), *consults(city, now), *inquiries(city, now), *reviews(city, now)]
