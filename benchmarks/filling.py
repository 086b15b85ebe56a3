"""Fill the database with opinions in bulk: plain rows, the index included, nothing told by services."""

from __future__ import annotations

import random

from django.db import connection, transaction
from django.db.models import Max

from lianxin.common import clock
from lianxin.common.ids import uuid7
from lianxin.demo.texts import WEIGHTS, opinion_words
from lianxin.opinions.models import Opinion
from lianxin.regions.models import Division, Station
from lianxin.search.index import insert_sql, words_of
from lianxin.search.models import SearchEntry
from lianxin.search.rebuilding import NEXT

BATCH = 5000
EXTRA = ("停车", "校车增停", "路灯不亮", "水管老化", "垃圾清运")


def fill(total: int) -> None:
    """Add opinions until there are `total`; a quarter lie in the tour's town."""
    chance = random.Random(total)
    stations = {row.division_code: row for row in Station.objects.filter(level="village")}
    villages = list(Division.objects.filter(code__in=stations).values_list("code", "name"))
    near = [row for row in villages if row[0].startswith("610981113")]
    while (have := Opinion.objects.count()) < total:
        rows = [
            _row(chance, chance.choice(near if n % 4 == 0 else villages), stations, have + n)
            for n in range(min(BATCH, total - have))
        ]
        with transaction.atomic():
            Opinion.objects.bulk_create(rows)
            _index(rows)


def _row(chance: random.Random, place: tuple[str, str], stations: dict[str, Station], n: int) -> Opinion:
    code, name = place
    category = chance.choices(list(WEIGHTS), weights=list(WEIGHTS.values()))[0]
    words = opinion_words(chance, name, category)
    text = words.text + (chance.choice(EXTRA) if chance.random() < 0.02 else "")
    return Opinion(
        home6="610981", division_code=code, station=stations[code], channel="qr", text=text, outgoing_text=text,
        title=text[:30], category=words.category, number=f"2026-9{n:06d}", code_hash=uuid7().hex * 2, received_at=clock.now(),
    )  # fmt: skip


def _index(rows: list[Opinion]) -> None:
    first = (SearchEntry.objects.aggregate(last=Max("rowid"))["last"] or 0) + 1
    entries = [
        SearchEntry(rowid=rowid, home6=row.home6, kind="opinion", object_id=row.id, scope_code=row.division_code, title=row.title, number=row.number, body=row.text)
        for rowid, row in enumerate(rows, first)
    ]  # fmt: skip
    SearchEntry.objects.bulk_create(entries)
    pairs = [(entry.rowid, words_of(entry.number, entry.title, entry.body)) for entry in entries]
    with connection.cursor() as cursor:
        cursor.executemany(insert_sql(), pairs)
        if connection.vendor == "postgresql":
            cursor.execute(NEXT)
