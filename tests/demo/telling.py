"""Load a little demo city into a database of its own at a told time, and print what it is.

Run as a program by the tests: `python -m tests.demo.telling` with LIANXIN_DATA of its own.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - the settings come first

from lianxin.common import clock  # noqa: E402
from lianxin.demo import loading  # noqa: E402
from lianxin.demo.suggestion_plans import SMALL_OPEN  # noqa: E402
from lianxin.handling.models import Assignment  # noqa: E402
from lianxin.insight.homes import home_of  # noqa: E402
from lianxin.notifications.models import CallTask  # noqa: E402
from lianxin.opinions.models import Opinion, OpinionEvent  # noqa: E402
from lianxin.people.actors import actor_of  # noqa: E402
from lianxin.people.models import Account, Deputy  # noqa: E402
from lianxin.suggestions.models import Suggestion, SuggestionEvent  # noqa: E402

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TOUR = ("deputy_city", "deputy_town", "keeper", "presidium", "office", "clerk", "head", "oversight")


def main() -> None:
    """Migrate, load, print one line of JSON."""
    loading.SCALES["small"] = loading.Scale(60, 60, 3, 30, 2, SMALL_OPEN, 0)
    call_command("migrate", verbosity=0, skip_checks=True)
    with clock.at(NOW):
        loading.demo_load(
            scale="small", seed=321, password="told-twice-the-same", progress=lambda done, total: None
        )
        print(
            json.dumps({"digest": _digest(), "todos": _todos(), "calls": _late_calls()}, ensure_ascii=False)
        )


def _digest() -> str:
    """Return the fingerprint of what the city holds, without keys and machine time."""
    parts = [
        Deputy.objects.values_list("name", "division_code", "sex", "card_number"),
        Opinion.objects.values_list("number", "text", "state", "channel", "anonymity", "received_at"),
        OpinionEvent.objects.values_list("opinion__number", "act", "at", "public_text"),
        Suggestion.objects.values_list("title", "number", "state", "reply_class", "overall", "replied_on"),
        SuggestionEvent.objects.values_list("suggestion__title", "act", "at", "note"),
        Assignment.objects.values_list("matter_number", "unit_code", "state", "reply_due_on"),
    ]
    return hashlib.sha256(repr([sorted(map(repr, part)) for part in parts]).encode()).hexdigest()


def _todos() -> dict[str, list[str]]:

    people = {name: actor_of(Account.objects.get(username=name)) for name in TOUR}
    return {name: [todo.verb for todo in home_of(actor).todos] for name, actor in people.items()}


def _late_calls() -> int:

    return CallTask.objects.filter(state="open", due_on__lt=clock.today()).count()


if __name__ == "__main__":
    main()
