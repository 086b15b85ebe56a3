"""Do the like matters come up? Recall of the labelled pairs among 6,000 invented opinions, as JSON.

Each planted text lies in a village of its own among the filler; its neighbour's words are asked from
the same village. Three views: the wording alone; wording and meaning without knowing the place; both
with the place. `town` is what the town's keeper sees, `city` what the city's office sees.

The pairs of each label are dealt into two halves in turn: `open_half` may be looked at while the
likeness is worked on, `closed_half` is only counted.

`LIANXIN_BENCH_DATA` names a folder to keep: a second run then reads the vectors of the first.

    .venv/bin/python benchmarks/similar_matters.py [--filler 6000] [--no-vectors] [--save]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ["LIANXIN_DATA"] = os.environ.get("LIANXIN_BENCH_DATA") or tempfile.mkdtemp(
    prefix="lianxin-similar-"
)
os.environ["LIANXIN_DEMO"] = "1"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianxin.config.settings")
sys.path.insert(0, str(Path(__file__).parents[1]))

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - after setup
from django.db import transaction  # noqa: E402

from lianxin.common.ids import uuid7  # noqa: E402
from lianxin.demo.texts import WEIGHTS, opinion_words  # noqa: E402
from lianxin.regions.loading import HOME6, divisions_load  # noqa: E402
from lianxin.regions.models import Division  # noqa: E402
from lianxin.search.index import index_put  # noqa: E402
from lianxin.search.matcher import similar_to  # noqa: E402
from lianxin.search.models import SearchEntry  # noqa: E402
from lianxin.search.vectors import embedder, vectors_fill  # noqa: E402

HERE = Path(__file__).parent
PAIRS = HERE / "similar" / "pairs.jsonl"
LABELS = ("near_copy", "same_matter", "different")
RESULTS = HERE / "results" / "similar_matters.json"


def main() -> None:
    """Fill, ask, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--filler", type=int, default=6000)
    parser.add_argument("--no-vectors", action="store_true")
    parser.add_argument("--save", action="store_true")
    wanted = parser.parse_args()
    call_command("migrate", verbosity=0)
    divisions_load()
    pairs = [json.loads(line) for line in PAIRS.read_text("utf-8").splitlines()]
    places = _fill(pairs, wanted.filler)
    vectors = not wanted.no_vectors and embedder() is not None
    seconds = _embed() if vectors else 0.0
    found = {
        "pairs": len(pairs),
        "opinions": wanted.filler + len(pairs),
        "vectors": vectors,
        "embedding_seconds": round(seconds, 1) if seconds > 1 else None,  # None: read from a kept folder
        "views": _views(pairs, places, vectors=vectors),
    }
    text = json.dumps(found, ensure_ascii=False, indent=1)
    print(text)
    if wanted.save:
        RESULTS.write_text(text + "\n", "utf-8")


def _fill(pairs: list[dict[str, str]], count: int) -> list[str]:
    """Put the filler and the planted texts into the index; return the village of each pair."""
    kept = dict(SearchEntry.objects.values_list("number", "scope_code"))
    if kept:
        return [kept[pair["id"]] for pair in pairs]
    chance = random.Random(321)
    villages = list(
        Division.objects.filter(home6=HOME6)
        .exclude(code__endswith="000")
        .order_by("code")
        .values_list("code", "name")
    )
    chance.shuffle(villages)
    weights = [1 / (place + 3) for place in range(len(villages))]
    with transaction.atomic():
        for number in range(count):
            code, name = chance.choices(villages, weights=weights)[0]
            _put(f"F{number}", opinion_words(chance, name, _category(chance)).text, code)
        places = [chance.choice(villages)[0] for _ in pairs]
        for pair, place in zip(pairs, places, strict=True):
            _put(pair["id"], pair["planted"], place)
    return places


def _category(chance: random.Random) -> str:
    return chance.choices(list(WEIGHTS), weights=list(WEIGHTS.values()))[0]


def _put(number: str, text: str, place: str) -> None:
    index_put(
        kind="opinion", object_id=uuid7(), home6=HOME6, title=text[:30], text=text, scope_code=place,
        number=number,
    )  # fmt: skip


def _embed() -> float:
    start = time.perf_counter()
    while vectors_fill(64):
        pass
    return time.perf_counter() - start


def _views(pairs: list[dict[str, str]], places: list[str], *, vectors: bool) -> dict[str, Any]:
    views: dict[str, Any] = {
        "city_by_wording": {"by_meaning": False},
        "city_by_wording_and_place": {"by_meaning": False, "near": True},
        "town_by_wording_and_place": {"by_meaning": False, "near": True, "town": True},
    }
    if vectors:
        views |= {
            "city_by_meaning": {},
            "city_by_meaning_and_place": {"near": True},
            "town_by_meaning_and_place": {"near": True, "town": True},
        }
    return {name: _view(pairs, places, **how) for name, how in views.items()}


def _view(
    pairs: list[dict[str, str]],
    places: list[str],
    *,
    by_meaning: bool = True,
    near: bool = False,
    town: bool = False,
) -> dict[str, Any]:
    ranks: dict[str, list[int]] = {label: [] for label in LABELS}
    claimed, times = 0, []
    for pair, place in zip(pairs, places, strict=True):
        start = time.perf_counter()
        matches = similar_to(
            pair["asked"],
            home6=HOME6,
            limit=8,
            near=place if near else "",
            prefixes=[place[:9]] if town else [],
            by_meaning=by_meaning,
        )
        times.append((time.perf_counter() - start) * 1000)
        numbers = [match.number for match in matches]
        ranks[pair["label"]].append(numbers.index(pair["id"]) + 1 if pair["id"] in numbers else 99)
        if pair["label"] == "different":
            claimed += any(match.number == pair["id"] and match.why == "near_copy" for match in matches)
    return _shares(ranks, claimed) | {"milliseconds": round(statistics.median(times), 1)}


def _shares(ranks: dict[str, list[int]], claimed: int) -> dict[str, Any]:
    """Recall for those that are the same; false alarms for those that only sound alike."""
    found: dict[str, Any] = {
        label: {f"recall@{top}": _share(ranks[label], top) for top in (1, 5)}
        for label in ("near_copy", "same_matter")
    }
    for half, first in (("open_half", 0), ("closed_half", 1)):
        found["same_matter"][half] = {
            f"recall@{top}": _share(ranks["same_matter"][first::2], top) for top in (1, 5)
        }
    other = ranks["different"]
    found["different"] = {
        "shown_in_first_5": _share(other, 5),
        "claimed_near_copy": round(claimed / len(other), 3),
    }
    return found


def _share(ranks: list[int], top: int) -> float:
    return round(sum(rank <= top for rank in ranks) / len(ranks), 3)


if __name__ == "__main__":
    main()
