"""What the pages of duties share: a kind's form from its data, and what was typed back to a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, QueryDict

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Invalid
from lianxin.duties import services
from lianxin.duties.models import DutyKind, DutyRecord, Privacy
from lianxin.duties.words import Words
from lianxin.regions.selectors import place_name, villages_of

PREFIX = "v_"
MOST_PHOTOS = 6


@dataclass(frozen=True)
class Field:
    """One field of a kind as the template shows it."""

    id: str
    label: str
    type: str
    required: bool
    value: Any = ""
    error: str = ""
    choices: list[str] = field(default_factory=list)


def fields_of(
    kind: DutyKind,
    typed: Mapping[str, Any],
    errors: Mapping[str, str],
    known: Mapping[str, Any] | None = None,
) -> list[Field]:
    """Return the kind's own fields, with what was typed (or what is known) and what is wrong."""
    return [
        Field(
            id=PREFIX + one["name"],
            label=one["label"],
            type=one["type"],
            required=bool(one.get("required")),
            value=typed.get(PREFIX + one["name"], (known or {}).get(one["name"], "")),
            error=errors.get(one["name"], ""),
            choices=list(one.get("choices", [])),
        )
        for one in kind.fields
    ]


def values_typed(kind: DutyKind, typed: QueryDict) -> dict[str, Any]:
    """Return what was typed into the kind's own fields."""
    return {one["name"]: typed.get(PREFIX + one["name"], "") for one in kind.fields}


def places_near(division_code: str) -> list[tuple[str, str]]:
    """Return the villages of a town, the own one first, and the town itself."""
    town = division_code[:9] + "000"
    codes = [row.code for row in villages_of(town)]
    codes.sort(key=lambda code: code != division_code)
    return [(code, place_name(code)) for code in [*codes, town]]


def privacies(kind: DutyKind) -> list[tuple[str, str]]:
    """Return who may be allowed to see a record of this kind."""
    closed = not kind.counting.get("may_be_private")
    return [(key, str(label)) for key, label in Privacy.choices if not (closed and key == Privacy.SELF)]


def record_typed(
    request: HttpRequest, actor: Actor, kind: DutyKind, *, deputy_id: UUID | None = None
) -> DutyRecord:
    """Write a record from a page, with its photos, in one transaction."""
    typed = request.POST
    with transaction.atomic():
        row = services.duty_record(
            actor=actor,
            kind=kind.slug,
            on=day_typed(typed.get("on", "")),
            title=typed.get("title", ""),
            text=typed.get("text", ""),
            privacy=typed.get("privacy", Privacy.STATION),
            values=values_typed(kind, typed),
            division_code=typed.get("division_code", ""),
            hours=hours_typed(typed.get("hours", "")),
            draft="draft" in typed,
            deputy_id=deputy_id,
            request_id=typed.get("request_id") or None,
        )
        if deputy_id is None:
            proofs_typed(request, actor, row)
    return row


def proofs_typed(request: HttpRequest, actor: Actor, row: DutyRecord) -> int:
    """Keep the photos and the recording that came with a form; return how many there were."""
    photos = request.FILES.getlist("photos")
    if len(photos) > MOST_PHOTOS:
        raise Invalid("照片太多了。", fields={"photos": f"最多 {MOST_PHOTOS} 张。"})
    for photo in photos:
        services.proof_add(actor=actor, record=row, data=photo.read())
    voices = request.FILES.getlist("voice")
    for voice in voices[:1]:
        services.proof_add(actor=actor, record=row, data=voice.read(), voice=True)
    return len(photos) + len(voices[:1])


def day_typed(typed: str) -> date:
    """Return a day that was typed; empty means today."""
    try:
        return date.fromisoformat(typed) if typed else clock.today()
    except ValueError as caught:
        raise Invalid("日期不对。", fields={"on": "日期写法不对，请写成 2026-11-23 这样。"}) from caught


def hours_typed(typed: str) -> float | None:
    """Return hours that were typed; empty means unsaid."""
    try:
        return float(typed) if typed.strip() else None
    except ValueError as caught:
        raise Invalid("用时不对。", fields={"hours": "请填数字，例如 1.5。"}) from caught


def shown_values(kind: DutyKind, words: Words) -> list[tuple[str, str]]:
    """Return the kind's own fields with their labels, as a reader sees them."""
    said = {True: "是", False: "否"}
    return [
        (one["label"], said.get(value, str(value)) if isinstance(value, bool) else str(value))
        for one in kind.fields
        if (value := words.values.get(one["name"], "")) != ""
    ]
