"""Where villages lie, from the shipped table; a place that is missing stands at its town's centre, 「估」."""

from __future__ import annotations

import csv
import functools
from importlib import resources

from lianxin.contacts.rules import Point, group_point, travel_minutes

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
def minutes_between(home: str, village: str, group_no: int) -> int:
    """Return the walk from a deputy's home village to a village group."""
    return travel_minutes(point_of(home), point_of(village, group_no))
