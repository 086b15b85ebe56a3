"""One search over all rooms; every hit passes the room's own `visible_to`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID, uuid5

from lianxin.common.actor import Actor
from lianxin.opinions.permissions import visible_to as opinions_visible
from lianxin.people.models import Deputy
from lianxin.regions.models import Station
from lianxin.regions.selectors import divisions_find
from lianxin.rulebook.selectors import institutions_find
from lianxin.search.index import index_find
from lianxin.search.models import SearchEntry
from lianxin.suggestions.permissions import visible_to as suggestions_visible

FIRST_LOOK = 200
ROOM = 3  # of each kind, however many matters there are
PLACES = UUID("7c1f1c9a-8a36-4e0e-9d6e-61098100000f")


@dataclass
class Hit:
    """One thing found, and where it opens."""

    kind: str
    id: UUID
    number: str
    title: str
    link: str = ""


def search_all(actor: Actor, words: str, limit: int = 20) -> list[Hit]:
    """Return what the actor may see of all kinds, matters first."""
    said = words.strip()
    if not said:
        return []
    hits = [
        Hit(row.kind, row.object_id, row.number, row.title, f"/open/{row.kind}/{row.object_id}")
        for row in _matters(actor, said, limit)
    ]
    return _room_for_each(hits + _ground(said), limit)


def _room_for_each(hits: list[Hit], limit: int) -> list[Hit]:
    """Return `limit` hits in their order, the first few of every kind among them."""
    seen: Counter[str] = Counter()
    first: list[int] = []
    rest: list[int] = []
    for place, hit in enumerate(hits):
        seen[hit.kind] += 1
        (first if seen[hit.kind] <= ROOM else rest).append(place)
    return [hits[place] for place in sorted((first + rest)[:limit])]


def _matters(actor: Actor, said: str, limit: int) -> list[SearchEntry]:
    """Return the newest matters that the actor may see.

    Whoever sees much finds enough among the newest; whoever sees little is asked for by his own
    rule, so that the others' matters take no place in the limit.
    """
    newest = index_find(said, kinds=("opinion", "suggestion"), limit=FIRST_LOOK)
    ids = {entry.object_id for entry in newest}
    seen = set(opinions_visible(actor).filter(pk__in=ids).values_list("pk", flat=True))
    seen |= set(suggestions_visible(actor).filter(pk__in=ids).values_list("pk", flat=True))
    if len(newest) < FIRST_LOOK or len(seen) >= limit:
        return [entry for entry in newest if entry.object_id in seen]
    own = index_find(said, kinds=("opinion",), within=opinions_visible(actor), limit=limit)
    own += index_find(said, kinds=("suggestion",), within=suggestions_visible(actor), limit=limit)
    return sorted(own, key=lambda entry: entry.pk, reverse=True)


def _ground(said: str) -> list[Hit]:
    hits = [
        Hit("station", row.id, row.code, row.name, f"/{row.code}/")
        for row in Station.objects.filter(name__contains=said)[:6]
    ]
    hits += [
        Hit("deputy", row.id, "", f"{row.name}代表", f"/deputies/{row.id}")
        for row in Deputy.objects.filter(name__contains=said)[:6]
    ]
    hits += [
        Hit("division", uuid5(PLACES, row.code), row.code, row.name, "/stations")
        for row in divisions_find(said)[:6]
    ]
    hits += [
        Hit("institution", row.id, row.number, row.title, f"/institutions/{row.slug}")
        for row in institutions_find(said)[:6]
    ]
    return hits
