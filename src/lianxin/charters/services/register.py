"""Entering older books at once: rounds, texts with clauses and filing numbers; one record a batch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from lianxin.audit.services import record
from lianxin.charters.models import CharterClause, CharterEvent, CharterText, RevisionRound
from lianxin.charters.permissions import may_open_round
from lianxin.charters.rules import community_words
from lianxin.charters.selectors import MODELS
from lianxin.charters.services.drafting import model_clauses
from lianxin.charters.services.rounds import entries_make
from lianxin.charters.workflow import Kind, State
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied
from lianxin.common.ids import uuid7
from lianxin.common.numbers import next_numbers
from lianxin.regions.selectors import division_names
from lianxin.rulebook.models import Clause
from lianxin.villages.hiding import hidden
from lianxin.villages.models import VillageProfile

BATCH = 500
Origins = dict[tuple[UUID | None, str], UUID]
"""(Version, anchor) → what stays the same through all versions of a clause."""
Change = tuple[str, str, str]
"""Anchor of the model's clause (empty: a clause of one's own with its heading), new words, reason."""


@dataclass(frozen=True, slots=True)
class OldText:
    """A text as an older book holds it: on file since a day, with what it changed of the model."""

    profile: VillageProfile
    kind: Kind
    number: int
    filed_on: date
    changes: tuple[Change, ...] = ()


def round_register(
    *,
    actor: Actor,
    home6: str,
    name: str,
    opened_on: date,
    due_on: date,
    closed_on: date | None,
    texts: Sequence[OldText],
) -> RevisionRound:
    """Enter a round with the texts that were filed in it; a village with both texts on file is done."""
    if not may_open_round(actor):
        raise Denied("只有人大代工委可以补录以前的修订轮次。")
    row = RevisionRound.objects.create(
        home6=home6,
        division_code=f"{home6}000000",
        name=name,
        year=opened_on.year,
        opened_on=opened_on,
        due_on=due_on,
        closed_on=closed_on,
    )
    entries_make(row, _done(texts))
    _texts(actor, row, texts)
    record(
        actor=actor,
        tag="charter_round.register",
        kind="charter_round",
        target=row.id,
        home6=home6,
        facts={"count": len(texts)},
    )
    return row


def _done(texts: Sequence[OldText]) -> dict[str, date]:
    """Return village → the later day of its two texts, for villages that have both."""
    days: dict[str, list[date]] = {}
    for one in texts:
        days.setdefault(one.profile.division_code, []).append(one.filed_on)
    return {code: max(found) for code, found in days.items() if len(found) == len(Kind)}


def _texts(actor: Actor, row: RevisionRound, texts: Sequence[OldText]) -> None:
    before = _before(row.home6)
    origins = _origins(before.values())
    numbers = _numbers(row, texts)
    models = {kind.value: model_clauses(MODELS[kind]) for kind in Kind}
    made = [_text(row, one, before.get((one.profile.division_code, one.kind)), numbers) for one in texts]
    clauses = [
        clause
        for text, one in zip(made, texts, strict=True)
        for clause in _clauses(text, one, models[one.kind], origins)
    ]
    CharterText.objects.bulk_create(made, batch_size=BATCH)
    CharterClause.objects.bulk_create(clauses, batch_size=BATCH)
    CharterEvent.objects.bulk_create(
        [
            CharterEvent(
                text=one,
                at=clock.now(),
                actor_id=actor.id,
                actor_name=actor.name,
                act="register",
                to_state=one.state,
            )
            for one in made
        ],
        batch_size=BATCH,
    )


def _before(home6: str) -> dict[tuple[str, str], CharterText]:
    """Return the newest version of each village and kind."""
    rows = CharterText.objects.filter(home6=home6).order_by("number")
    return {(one.division_code, one.kind): one for one in rows}


def _origins(texts: Iterable[CharterText]) -> Origins:
    """Return (text, anchor) → origin of the clauses of earlier versions."""
    found: Origins = {}
    rows = CharterClause.objects.exclude(anchor="").values_list("text_id", "anchor", "origin")
    wanted = {one.pk for one in texts}
    for text_id, anchor, origin in rows.iterator(chunk_size=2000):
        if text_id in wanted:
            found[text_id, anchor] = origin
    return found


def _numbers(row: RevisionRound, texts: Sequence[OldText]) -> dict[str, list[str]]:
    """Return town → the filing numbers for its texts."""
    counts: dict[str, int] = {}
    for one in texts:
        town = f"{one.profile.division_code[:9]}000"
        counts[town] = counts.get(town, 0) + 1
    names, found = division_names(), {}
    for town, count in counts.items():
        place = names.get(town, "").removesuffix("镇")
        series = next_numbers(home6=row.home6, series=f"charter:{town}", year=row.year, count=count)
        found[town] = [f"{place}约备〔{row.year}〕{n}号" for n in reversed(series)]
    return found


def _text(
    row: RevisionRound, one: OldText, earlier: CharterText | None, numbers: dict[str, list[str]]
) -> CharterText:
    code = one.profile.division_code
    return CharterText(
        home6=row.home6,
        division_code=code,
        kind=one.kind,
        number=one.number,
        is_community=one.profile.is_community,
        state=State.FILED,
        earlier=earlier,
        model_slug=MODELS[one.kind],
        round=row,
        adopted_on=one.filed_on - timedelta(days=8),
        published_on=one.filed_on - timedelta(days=7),
        effective_on=one.filed_on,
        sent_on=one.filed_on - timedelta(days=3),
        filed_on=one.filed_on,
        filing_number=numbers[f"{code[:9]}000"].pop(),
    )


def _clauses(text: CharterText, one: OldText, model: list[Clause], origins: Origins) -> list[CharterClause]:
    """Return the model's clauses with the village's changes."""
    changed = {anchor: (words, why) for anchor, words, why in one.changes}
    rows = []
    for place, clause in enumerate(model, 1):
        was = community_words(clause.text) if text.is_community else clause.text
        words, why = changed.get(clause.anchor, (was, ""))
        origin = origins.get((text.earlier_id, clause.anchor), uuid7())
        rows.append(
            CharterClause(
                text=text,
                position=place,
                heading=community_words(clause.heading) if text.is_community else clause.heading,
                words=hidden(words)[0],
                was=was,
                anchor=clause.anchor,
                origin=origin,
                reason=why,
            )
        )
    return rows
