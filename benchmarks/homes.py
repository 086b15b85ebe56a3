"""What first screens cost on the full demo city: queries, CPU and wall medians in milliseconds.

Loads the full city into a folder of its own (minutes), or uses one that is loaded:

    .venv/bin/python -m benchmarks.homes [--scale full] [--data FOLDER]

Aim: at most 12 queries for the first screen of a deputy, a group's leader, a presidium and a member
of the standing committee, signing in and the menu included.
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

HOMES = {
    "deputy_city": "/deputy",
    "deputy_town": "/deputy",
    "group_leader": "/deputy",
    "presidium": "/desk",
    "leader": "/desk",
    "office": "/desk",
    "keeper": "/desk",
    "clerk": "/desk",
}


def opened(username: str, address: str) -> dict[str, float]:
    """Return what it costs somebody who has signed in to open his first screen."""
    client = Client(headers={"host": "localhost"})
    client.force_login(
        Account.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend"
    )

    def look(_turn: int) -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{username} {address}: {answer.status_code}")

    return measured(look)


def main() -> None:
    """Load where nothing is loaded, measure, print."""
    if not GIVEN.data:
        call_command("migrate", verbosity=0)
        call_command("demo", scale=GIVEN.scale, seed=321, verbosity=0)
    found: dict[str, Any] = {"database": connection.vendor, "scale": GIVEN.scale}
    found["homes"] = {who: opened(who, address) for who, address in HOMES.items()}
    print(json.dumps(found, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
