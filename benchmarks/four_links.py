"""What the board of the four links costs on the full demo city: queries, CPU and wall medians in milliseconds.

    .venv/bin/python -m benchmarks.four_links [--scale full] [--data FOLDER]

Aim: at most 10 queries and 150 ms of CPU for 309 villages, signing in and the menu included.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from typing import Any

asked = argparse.ArgumentParser()
asked.add_argument("--scale", default="full")
asked.add_argument("--data", default="")
GIVEN = asked.parse_args()
os.environ["LIANXIN_DATA"] = GIVEN.data or tempfile.mkdtemp(prefix="lianxin-bench-")
os.environ["LIANXIN_DEMO"] = "1"
os.environ.setdefault("LIANXIN_DEMO_PASSWORD", "bench-password-2026")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianxin.config.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - after setup
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from benchmarks.measuring import measured  # noqa: E402
from lianxin.people.models import Account  # noqa: E402
from lianxin.villages.models import VillageProfile  # noqa: E402

PAGES = ("/village/board", "/village/board?light=red", "/village/democracy")


def opened(address: str) -> dict[str, float]:
    """Return what it costs the city's office to open a page."""
    client = Client(headers={"host": "localhost"})
    office = Account.objects.get(username="office")
    client.force_login(office, backend="django.contrib.auth.backends.ModelBackend")

    def look(_turn: int) -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")

    return measured(look)


def main() -> None:
    """Load where nothing is loaded, measure, print."""
    if not GIVEN.data:
        call_command("migrate", verbosity=0)
        call_command("demo", scale=GIVEN.scale, seed=321, verbosity=0)
    found: dict[str, Any] = {"database": connection.vendor, "villages": VillageProfile.objects.count()}
    found["pages"] = {address: opened(address) for address in PAGES}
    print(json.dumps(found, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
