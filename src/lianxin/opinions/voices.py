"""Who said the same: the sources of a matter, and how many spoke of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lianxin.opinions.models import ONLINE, Channel, ClusterMember, Opinion
from lianxin.opinions.rules import about


@dataclass(frozen=True, slots=True)
class Source:
    """One way by which a matter came in."""

    number: str
    channel: str
    offline: bool
    station: str
    received_at: datetime


def sources_of(lead: Opinion) -> list[Source]:
    """Return every source of a matter: its own and those of the opinions merged with it (two queries)."""
    members = Opinion.objects.filter(memberships__cluster__lead=lead, memberships__left_at=None)
    rows = [lead, *members.select_related("station").order_by("received_at")]
    return [
        Source(
            row.number,
            str(Channel(row.channel).label),
            row.channel not in ONLINE,
            row.station.name,
            row.received_at,
        )
        for row in rows
    ]


def voices(opinion: Opinion) -> int:
    """Return how many said the same: authors merged, browsers, persons registered at a station."""
    merged = ClusterMember.objects.filter(cluster__lead=opinion, left_at=None).count()
    return 1 + merged + opinion.supports.count() + opinion.registered_support


def voices_about(opinion: Opinion) -> str:
    """Return the support as people see it: 「约 n 人次」, an estimate that says so."""
    return about(opinion.supports.count() + opinion.registered_support)
