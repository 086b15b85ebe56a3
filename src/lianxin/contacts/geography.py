"""Where villages lie, and how long one walks: what the installation has registered, else an estimate (估).

The estimate comes from the shipped table of centres; a place that is missing stands at its town's centre.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources

from lianxin.contacts.rules import USUAL, Pace, Point, group_point, travel_minutes

NOWHERE = Point(0.0, 0.0)


@functools.cache
def centroids() -> dict[str, Point]:
    """Return code → centroid."""
    file = resources.files("lianxin.contacts").joinpath("data/centroids.csv")
    rows = csv.DictReader(file.read_text("utf-8").splitlines())
    return {row["code"]: Point(float(row["x_km"]), float(row["y_km"]), row["mark"] == "估") for row in rows}


@functools.cache
def point_of(code: str, group_no: int = 0) -> Point:
    """Return where a village group lies."""
    known = centroids()
    village = known.get(code) or known.get(code[:9] + "000", NOWHERE)
    return group_point(village, group_no)


@functools.cache
def minutes_between(home: str, village: str, group_no: int, pace: Pace = USUAL) -> int:
    """Return the estimated walk from a deputy's home village to a village group."""
    return travel_minutes(point_of(home), point_of(village, group_no), pace)


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk in minutes; `measured` where the way between the villages is registered."""

    minutes: int
    measured: bool


@dataclass(frozen=True)
class Roads:
    """The walks of a county: what is registered, (smaller code, larger code) → minutes, and the pace."""

    known: Mapping[tuple[str, str], int] = field(default_factory=dict)
    pace: Pace = USUAL

    def walk(self, home: str, village: str, group_no: int = 0) -> Walk:
        """Return the walk; to a group beyond the village's centre the last stretch is estimated."""
        way = self.known.get((min(home, village), max(home, village)))
        if way is None:
            return Walk(minutes_between(home, village, group_no, self.pace), measured=False)
        stretch = minutes_between(village, village, group_no, self.pace) - self.pace.setting_out
        return Walk(way + stretch, measured=True)
