"""What a request costs: create, list of 50, act, by-code, search, at 1k, 10k and 100k opinions.

Prints JSON: queries, CPU and wall medians in milliseconds for each size, and creates per second at
eight clients against a real server. Runs in a folder of its own on the embedded database.

    .venv/bin/python benchmarks/requests.py [--sizes 1000,10000,100000] [--search 200000]
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import tempfile
import time
from typing import Any

os.environ["LIANXIN_DATA"] = tempfile.mkdtemp(prefix="lianxin-bench-")
os.environ["LIANXIN_DEMO"] = "1"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianxin.config.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - after setup
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from benchmarks.filling import fill  # noqa: E402
from benchmarks.measuring import measured  # noqa: E402
from benchmarks.serving import creates_per_second  # noqa: E402
from lianxin.demo.city import TOUR_TOWN, ground_load  # noqa: E402
from lianxin.opinions.models import Opinion  # noqa: E402

PASSWORD = "bench-password-2026"
STATIONS = itertools.count()
"""Each creation goes to the next town: a station takes sixty posts an hour without login."""


class Door:
    """The API as a client sees it, in this process."""

    def __init__(self, username: str = "") -> None:
        self.client, self.headers = Client(headers={"host": "localhost"}), {}
        if username:
            token = self.post("/tokens", {"username": username, "password": PASSWORD})["token"]
            self.headers = {"authorization": f"Bearer {token}"}

    def post(self, path: str, body: dict[str, Any], **headers: str) -> Any:
        """POST and return the JSON; anything but 2xx is an error."""
        return self._checked(
            self.client.post(
                f"/api/v1{path}", body, content_type="application/json", headers={**self.headers, **headers}
            )
        )

    def get(self, path: str) -> Any:
        """GET and return the JSON."""
        return self._checked(self.client.get(f"/api/v1{path}", headers=self.headers))

    def _checked(self, answer: Any) -> Any:
        if not 200 <= answer.status_code < 300:
            raise RuntimeError(f"{answer.status_code}: {answer.content[:300]!r}")
        return answer.json()


def measure() -> dict[str, Any]:
    """Return the costs at the present size."""
    resident, keeper = Door(), Door("keeper")
    codes: list[str] = []

    def create(turn: int) -> None:
        text = f"第{turn}次测量：李家庄三组到小学的路没有路灯 {time.perf_counter_ns()}"
        codes.append(
            resident.post(
                "/opinions",
                {"station": str(100 + next(STATIONS) % 21), "text": text},
                **{"x-browser-token": text[-19:]},
            )["code"]
        )

    waiting = iter(
        Opinion.objects.filter(state="new", station__town_code=TOUR_TOWN).values_list("pk", flat=True)
    )
    created = measured(create)
    return {
        "create": created,
        "list_50": measured(lambda turn: keeper.get("/opinions")),
        "act": measured(lambda turn: keeper.post(f"/opinions/{next(waiting)}/actions/accept", {"note": ""})),
        "by_code": measured(lambda turn: resident.get(f"/opinions/by-code/{codes[turn % len(codes)]}")),
    }


def search(rows: int) -> dict[str, Any]:
    """Return the costs of 2- and 4-character searches among `rows` texts."""
    keeper = Door("keeper")
    return {
        "rows": rows,
        "two_characters": measured(
            lambda turn: keeper.get(f"/search?q={'路灯停车饮水校车'[2 * (turn % 4) :][:2]}")
        ),
        "four_characters": measured(
            lambda turn: keeper.get(f"/search?q={'垃圾清运路灯不亮水管老化校车增停'[4 * (turn % 4) :][:4]}")
        ),
    }


def main() -> None:
    """Fill, measure, print."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--sizes", default="1000,10000,100000")
    asked.add_argument("--search", type=int, default=200_000)
    given = asked.parse_args()
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        ground_load(scale="small", seed=321, password=PASSWORD)
    found: dict[str, Any] = {"database": connection.vendor, "sizes": {}}
    for size in [int(one) for one in given.sizes.split(",")]:
        fill(size)
        found["sizes"][size] = measure()
    if given.search:
        fill(given.search)
        found["search"] = search(given.search)
    found["creates_per_second_8_clients"] = creates_per_second(os.environ["LIANXIN_DATA"])
    print(json.dumps(found, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
