"""村民自治监督 at one look: the four links, inspections, yearly reviews, who supervises; each a list."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from lianxin.campaigns.permissions import findings_visible_to
from lianxin.campaigns.workflow import State
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.elections.bodies import Appraisal
from lianxin.insight.four_links import board
from lianxin.insight.link_rules import PLAIN_LINK, Link
from lianxin.villages.models import VillageProfile
from lianxin.villages.permissions import villages_visible_to


@dataclass(frozen=True, slots=True)
class Bench:
    """What the city, or a town for itself, has to look at; every number is the length of a list."""

    villages: int
    red: tuple[tuple[str, str, int], ...]
    inspected: int
    findings: int
    late: int
    review_year: int
    reviewed: int
    supervised: int


def bench(actor: Actor) -> Bench:
    """Return the figures of the bench (five queries, however many villages)."""
    rows, today = board(actor), clock.today()
    open_ones = findings_visible_to(actor).exclude(state=State.CLOSED)
    found = open_ones.aggregate(n=Count("id"), late=Count("id", filter=Q(due_on__lt=today)))
    mine = villages_visible_to(actor)
    return Bench(
        villages=len(rows),
        red=tuple(
            (link.value, PLAIN_LINK[link], sum(row.cells[place].lamp == "red" for row in rows))
            for place, link in enumerate(Link)
        ),
        inspected=sum(row.is_inspected for row in rows),
        findings=found["n"],
        late=found["late"],
        review_year=today.year - 1,
        reviewed=reviewed(actor, done=True).count(),
        supervised=mine.filter(supervising_deputy__isnull=False).count(),
    )


def reviewed(actor: Actor, *, done: bool) -> QuerySet[VillageProfile]:
    """Return the villages that held last year's 民主评议, or those that did not."""
    held = Appraisal.objects.filter(year=clock.today().year - 1).values("division_code")
    mine = villages_visible_to(actor).order_by("division_code")
    return mine.filter(division_code__in=held) if done else mine.exclude(division_code__in=held)
