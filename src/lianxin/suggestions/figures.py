"""Figures of suggestions, each with the list that reproduces it: the figure is that list's length."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.handling.models import Assignment, Consultation
from lianxin.handling.workflow import Mode
from lianxin.handling.workflow import State as Part
from lianxin.suggestions.models import Commitment, Suggestion
from lianxin.suggestions.permissions import visible_to
from lianxin.suggestions.rules import INDICATORS, Rate


def year_rates(actor: Actor, year: int) -> list[Rate]:
    """Return the indicators of one year over what the actor may see (one query)."""
    return rates_from(visible_to(actor).aggregate(**rate_counts(year)))


def rate_counts(year: int) -> dict[str, Count]:
    """Return what to count for a year's indicators, so that a page may count other things with it."""
    whole, share = _rules(year)
    counts = {f"{key}_of": Count("pk", filter=whole[key]) for key in INDICATORS}
    return counts | {f"{key}_in": Count("pk", filter=whole[key] & share[key]) for key in INDICATORS}


def rates_from(found: dict[str, int]) -> list[Rate]:
    """Return the indicators from the counts of `rate_counts`."""
    return [
        Rate(row.name, found[f"{key}_in"], found[f"{key}_of"], row.definition, key)
        for key, row in INDICATORS.items()
    ]


def year_list(actor: Actor, year: int, key: str, *, counted: bool) -> QuerySet[Suggestion]:
    """Return the suggestions behind an indicator: those `counted` above the line, or all below it."""
    whole, share = _rules(year)
    rule = whole[key] & share[key] if counted else whole[key]
    return visible_to(actor).filter(rule).select_related("lead").order_by("-id")


def _rules(year: int) -> tuple[dict[str, Q], dict[str, Q]]:
    """Return for each indicator what stands below the line and what above it."""
    replied = Q(replied_on__year=year)
    rated = replied & ~Q(overall="")
    whole = {
        "in_time": due_in(year),
        "contacted": replied,
        "content": rated,
        "solved": replied,
        "published": replied,
    }
    share = {
        "in_time": Q(replied_in_time=True),
        "contacted": Q(Exists(_contacts())),
        "content": ~Q(overall="dissatisfied"),
        "solved": Q(reply_class="A") | (Q(reply_class="B") & Q(Exists(_promises())) & ~Q(Exists(_broken()))),
        "published": Q(is_public=True),
    }
    return whole, share


def due_in(year: int) -> Q:
    """Due in a year: replied in it, or to be replied in it and already late."""
    last = min(date(year, 12, 31), clock.today())
    late = Assignment.objects.filter(
        matter_kind="suggestion",
        matter_id=OuterRef("pk"),
        round=OuterRef("round"),
        ended=False,
        reply_due_on__range=(date(year, 1, 1), last),
        reply_due_on__lt=clock.today(),
    ).exclude(mode=Mode.ASSIST)
    return Q(replied_on__year=year) | (Q(replied_on=None) & Q(Exists(late)))


def _contacts() -> QuerySet[Consultation]:
    held = Consultation.objects.filter(
        assignment__matter_kind="suggestion",
        assignment__matter_id=OuterRef("pk"),
        assignment__state=Part.REPLIED,
    )
    return held.exclude(confirmed=False)


def _promises() -> QuerySet[Commitment]:
    return Commitment.objects.filter(suggestion=OuterRef("pk"))


def _broken() -> QuerySet[Commitment]:
    return _promises().exclude(state="fulfilled")
