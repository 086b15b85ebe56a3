"""Figures of the opinions room: each equals the list behind it."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.opinions.models import ONLINE, HotTopic, Opinion
from lianxin.opinions.permissions import visible_to
from lianxin.opinions.workflow import ENDED, State

TODO = (
    State.NEW,
    State.NEED_MORE,
    State.RECORDED,
    State.SORTED,
    State.OBJECTED,
    State.REPLIED,
    State.ANSWERED,
)
TABS = {
    "todo": TODO,
    "going": (State.TRANSFERRED, State.CONVERTED, State.MERGED),
    "done": (State.FED_BACK, State.RATED, *ENDED),
}


def topic_size(home6: str, category: str) -> int:
    """Return how many opinions of a category came in the last twelve months."""
    return topic_opinions(home6, category).count()


def topic_opinions(home6: str, category: str) -> QuerySet[Opinion]:
    """Return the opinions behind a topic's figure."""
    since = clock.now() - timedelta(days=365)
    return Opinion.objects.filter(home6=home6, category=category, received_at__gte=since, is_sealed=False)


def topics(actor: Actor) -> list[dict[str, Any]]:
    """Return categories by size in what the actor may see: trend against the month before, listed or not."""
    now = clock.now()
    month, before, year = (now - timedelta(days=days) for days in (30, 60, 365))
    sizes = (
        visible_to(actor)
        .filter(received_at__gte=year, is_sealed=False)
        .exclude(category="")
        .values("category")
        .annotate(
            count=Count("id"),
            month=Count("id", filter=Q(received_at__gte=month)),
            before=Count("id", filter=Q(received_at__gte=before, received_at__lt=month)),
        )
        .order_by("-count")[:8]
    )
    listed = set(HotTopic.objects.filter(year=clock.today().year).values_list("category", flat=True))
    return [
        {**row, "trend": row["month"] - row["before"], "listed": row["category"] in listed} for row in sizes
    ]


def topic_months(home6: str, category: str) -> list[tuple[str, int]]:
    """Return a topic's size in each of the last twelve months, the oldest first."""
    rows = topic_opinions(home6, category).values_list("received_at", flat=True)
    counts = Counter(clock.local_date(at).strftime("%Y-%m") for at in rows)
    return [(month, counts[month]) for month in sorted(counts)]


def yearly_list(home6: str, year: int) -> QuerySet[HotTopic]:
    """Return the year's priorities (年度重点), the largest first."""
    return HotTopic.objects.filter(home6=home6, year=year, listed_on__isnull=False).order_by(
        "-opinions_count"
    )


def figures(actor: Actor) -> dict[str, int]:
    """Return the desk's figures; each equals the list of the same name (one query)."""
    today = clock.today()
    return visible_to(actor).aggregate(
        todo=Count("id", filter=Q(state__in=TABS["todo"])),
        going=Count("id", filter=Q(state__in=TABS["going"])),
        done=Count("id", filter=Q(state__in=TABS["done"])),
        late=Count("id", filter=Q(state=State.NEW, sort_due_on__lt=today)),
    )


def channels(actor: Actor) -> list[dict[str, Any]]:
    """Return how many opinions came by each channel, and whether it is 线下."""
    rows = visible_to(actor).values("channel").annotate(count=Count("id")).order_by("-count")
    return [{**row, "offline": row["channel"] not in ONLINE} for row in rows]


def open_by_place(actor: Actor, width: int) -> dict[str, int]:
    """Return open matters by place: `width` 9 for towns, 12 for villages (one query)."""
    rows = (
        visible_to(actor).exclude(state__in=TABS["done"]).values("division_code").annotate(count=Count("id"))
    )
    found: dict[str, int] = {}
    for row in rows:
        code = row["division_code"][:width].ljust(12, "0")
        found[code] = found.get(code, 0) + row["count"]
    return found
