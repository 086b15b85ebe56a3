"""Load a little demo city into a database of its own at a told time, and print what it is.

Run as a program by the tests: `python -m tests.demo.telling` with LIANXIN_DATA of its own.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - the settings come first

from lianxin.common import clock  # noqa: E402
from lianxin.demo import loading  # noqa: E402
from lianxin.demo.suggestion_plans import SMALL_OPEN  # noqa: E402
from lianxin.insight.homes import home_of  # noqa: E402
from lianxin.notifications.models import CallTask  # noqa: E402
from lianxin.people.actors import actor_of  # noqa: E402
from lianxin.people.models import Account  # noqa: E402
from tests.demo.digest import fingerprints  # noqa: E402
from tests.factories.tables import FILE, tables_copy  # noqa: E402

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TOUR = ("deputy_city", "deputy_town", "keeper", "presidium", "office", "clerk", "head", "oversight")


def main() -> None:
    """Migrate, load, print one line of JSON."""
    loading.SCALES["small"] = loading.Scale(60, 60, 3, 30, 2, SMALL_OPEN, 0)
    tables_copy(Path(os.environ["LIANXIN_DATA"]) / FILE)
    call_command("migrate", verbosity=0, skip_checks=True)
    with clock.at(NOW):
        loading.demo_load(
            scale="small", seed=321, password="told-twice-the-same", progress=lambda done, total: None
        )
        print(
            json.dumps(
                {"digest": fingerprints(), "todos": _todos(), "calls": _late_calls()}, ensure_ascii=False
            )
        )


def _todos() -> dict[str, list[str]]:

    people = {name: actor_of(Account.objects.get(username=name)) for name in TOUR}
    return {name: [todo.verb for todo in home_of(actor).todos] for name, actor in people.items()}


def _late_calls() -> int:

    return CallTask.objects.filter(state="open", due_on__lt=clock.today()).count()


if __name__ == "__main__":
    main()
