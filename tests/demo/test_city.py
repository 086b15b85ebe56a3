"""The demo city: the same seed and day give the same city, alive for every account of the tour."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from lianxin.common import clock
from lianxin.demo.city import City
from lianxin.demo.loading import SCALES
from lianxin.demo.opinion_plans import cases
from lianxin.demo.shares import allot, dealt
from lianxin.demo.suggestion_plans import Plan, plans
from lianxin.demo.texts import WEIGHTS
from lianxin.demo.voices import recording
from lianxin.regions.loading import CITY
from lianxin.suggestions.rules import Rating

NOW = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
FULL = SCALES["full"]
ROOT = Path(__file__).resolve().parents[2]


def _city(seed: int = 321) -> City:
    """Return a city of two towns without people: enough to plan with."""
    towns = ["610981113000", "610981103000"]
    villages = {town: [(f"{town[:9]}{200 + n}", f"第{n}村") for n in range(11)] for town in towns}
    city = City(random.Random(seed), towns, villages)
    city.busy_villages = [(town, *village) for town in towns for village in villages[town]]
    city.busy_weights = [1 / (place + 3) for place in range(len(city.busy_villages))]
    return city


def _papers(seed: int = 321) -> list[Plan]:
    return plans(_city(seed), replied=FULL.replied, each=FULL.each, unreplied=FULL.unreplied, now=NOW)


def test_shares_are_met_to_the_piece() -> None:
    assert allot({"a": 58, "b": 31, "c": 11}, 742) == {"a": 430, "b": 230, "c": 82}
    cards = dealt(random.Random(1), {True: 38, False: 62}, 6400)
    assert Counter(cards) == {True: 2432, False: 3968}


def test_opinions_have_the_scenarios_figures() -> None:
    told = cases(_city(), FULL.opinions, clusters=FULL.clusters, now=NOW, days=FULL.days)
    assert len(told) == 6400
    assert abs(sum(case.anonymous for case in told) - 2432) <= 1
    clusters = Counter(case.cluster for case in told if case.cluster)
    assert len(clusters) == 46 and min(clusters.values()) == 3 and max(clusters.values()) == 28
    lamps = [
        case
        for case in told
        if "路灯" in case.words.text and "李家庄" in case.words.text and case.cluster == 1
    ]
    assert len(lamps) == 3 == clusters[1] and len({case.channel for case in lamps}) == 3
    by_channel = Counter(case.channel for case in told)
    on_foot = by_channel["visit"] + by_channel["diary"]  # the scenario counts a visit's diary with the visit
    assert on_foot == pytest.approx(0.27 * 6400, abs=3)
    assert by_channel["diary"] == pytest.approx(0.03 * 6400, abs=3)
    assert by_channel["voice"] == pytest.approx(0.06 * 6400, abs=3)
    by_category = Counter(case.words.category for case in told)
    for category, share in WEIGHTS.items():
        assert by_category[category] == pytest.approx(share / 100 * 6400, abs=5)


def test_floods_bring_roads_and_nothing_lies_in_the_future() -> None:
    told = cases(_city(), FULL.opinions, clusters=FULL.clusters, now=NOW, days=FULL.days)
    roads = Counter(
        case.at.astimezone(clock.SHANGHAI).month for case in told if case.words.category == "交通道路"
    )
    summer, winter = (
        sum(roads[month] for month in (6, 7, 8, 9)),
        sum(roads[month] for month in (11, 12, 1, 2)),
    )
    assert summer > 1.4 * winter
    assert all(case.at < NOW for case in told)


def test_suggestions_have_the_scenarios_figures() -> None:
    papers = _papers()
    replied = [plan for plan in papers if plan.stop not in FULL.unreplied]
    assert len(replied) == 742 and len(papers) - len(replied) == 64
    assert Counter("city" if plan.body == CITY else "town" for plan in replied) == {"city": 430, "town": 312}
    assert Counter(plan.reply_class for plan in replied) == {"A": 430, "B": 230, "C": 82}
    assert Counter(plan.promise for plan in replied if plan.promise) == {"kept": 201, "due": 21, "late": 8}
    settled = [plan for plan in replied if plan.rating is Rating.DISSATISFIED and plan.stop != "rehandling"]
    assert Counter(plan.stop for plan in settled) == {"archived": 27, "escalated": 3}
    assert min(Counter(plan.stop for plan in papers).values()) >= 3
    assert sum(plan.assisted for plan in replied) == 282
    assert (sum(plan.returned for plan in replied), sum(plan.extended for plan in replied)) == (45, 30)
    assert sum(plan.late for plan in replied) == 37
    assert sum(plan.late for plan in papers if plan.stop in FULL.unreplied) == 9
    assert sum(plan.empty for plan in papers) == 6
    assert {plan.cosigners for plan in replied} == set(range(10))


def test_every_way_fits_between_three_years_ago_and_today() -> None:
    for plan in _papers():
        assert NOW - timedelta(days=3 * 365 + 1) <= plan.at < NOW


def test_the_same_seed_gives_the_same_plans_and_another_one_others() -> None:
    assert _papers() == _papers()
    assert _papers() != _papers(seed=322)


def test_a_recording_is_a_short_real_sound() -> None:
    sound = recording(random.Random(3))
    assert sound.startswith(b"RIFF") and sound[8:12] == b"WAVE" and len(sound) < 5000


@pytest.mark.slow
def test_two_loads_of_one_day_are_the_same_city_and_alive_for_the_tour(tmp_path: Path) -> None:
    first, second = (_told(tmp_path / name) for name in ("first", "second"))
    one, other = first["digest"], second["digest"]
    assert [column for column in one if one[column] != other.get(column)] == []
    assert len(one) > 1000
    assert all(first["todos"].values()), first["todos"]
    assert first["calls"] == 0


def _told(folder: Path) -> dict[str, Any]:
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {
        "LIANXIN_DATA": str(folder),
        "LIANXIN_DEMO": "1",
        "LIANXIN_MASTER_KEY": "the same for both loads, so that keyed hashes are compared as well",
        "DJANGO_SETTINGS_MODULE": "lianxin.config.test_settings",
        "PYTHONPATH": os.pathsep.join(one for one in sys.path if one),
    }
    words = [sys.executable, "-m", "tests.demo.telling"]
    done = subprocess.run(words, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout.splitlines()[-1]))
