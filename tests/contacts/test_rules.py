"""How far, how many, why."""

from __future__ import annotations

from lianxin.contacts.geography import centroids, minutes_between, point_of
from lianxin.contacts.rules import (
    USUAL,
    Off,
    Point,
    Why,
    group_point,
    quota_wanted,
    quotas_off,
    reason_sentence,
    travel_minutes,
)

WANTS = {"deputies": 5, "households": 5}


def test_a_way_grows_with_the_distance_and_is_the_same_back() -> None:
    here, near, far = Point(0, 0), Point(1, 0), Point(3, 4)
    assert travel_minutes(here, here) == USUAL.setting_out
    assert travel_minutes(here, near) < travel_minutes(here, far) == travel_minutes(far, here)
    assert travel_minutes(here, far) == 98


def test_groups_of_a_village_lie_apart() -> None:
    village = Point(2, 2)
    assert group_point(village, 0) == village
    assert len({group_point(village, number) for number in range(1, 13)}) == 12


def test_every_village_has_a_marked_centroid_and_a_strange_one_stands_at_its_town() -> None:
    assert len(centroids()) == 309 + 21
    assert all(point.estimated for point in centroids().values())
    assert point_of("610981113999") == point_of("610981113000")
    assert minutes_between("610981113202", "610981113202", 0) == USUAL.setting_out


def test_who_is_off_is_listed_and_who_is_right_is_not() -> None:
    counts = {("a", "deputies"): 5, ("a", "households"): 5, ("b", "deputies"): 4, ("b", "households"): 6}
    off = quotas_off(["a", "b", "c"], WANTS, counts)
    assert off == [
        Off("b", "deputies", 4, 5),
        Off("b", "households", 6, 5),
        Off("c", "deputies", 0, 5),
        Off("c", "households", 0, 5),
    ]
    assert [one.difference for one in off] == [-1, 1, -5, -5]


def test_a_reason_names_what_decided() -> None:
    assert reason_sentence(Why(18, True, False)) == "同一选区，步行约 18 分钟（估）。"
    assert (
        reason_sentence(Why(18, False, True, estimated=False))
        == "原来就由他联系，步行约 18 分钟（按登记的路程）。"
    )
    assert reason_sentence(Why(18, True, True, by_hand="语言不通")) == "人工改派：语言不通"
    assert reason_sentence(Why(None, False, False)) == "按名单结对。"


def test_the_quota_that_would_do() -> None:
    assert quota_wanted(101, 10) == 11
    assert quota_wanted(100, 10) == 10
    assert quota_wanted(5, 0) == 0
