"""What may stand in a field of an act: the choices of this matter, written into its JSON Schema."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lianxin.handling.models import Assignment
from lianxin.handling.selectors import latest_reply
from lianxin.opinions.models import Opinion
from lianxin.people.selectors import deputies_of_body, organs
from lianxin.regions.selectors import stations
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.selectors import cosignatures

Choices = dict[str, Sequence[tuple[str | int, str]]]


def choices_of_suggestion(row: Suggestion) -> Choices:
    """Return the choices of a suggestion's fields by name."""
    units = [(one.code, one.name) for one in organs(level=row.level, town_code=row.division_code)]
    seats = [(str(one.pk), one.name) for one in deputies_of_body(row.division_code) if one.pk != row.lead_id]
    signing = [(str(one.deputy_id), one.deputy.name) for one in cosignatures(row)]
    promises = [(str(one.pk), one.item) for one in row.commitments.all()]
    return {
        "unit": units,
        "units": units,
        "proposed_unit": units,
        "deputies": seats,
        "deputy": signing,
        "commitment": promises,
    }


def choices_of_part(part: Assignment | None) -> Choices:
    """Return the draft that a head may sign now: the newest, by its number."""
    draft = latest_reply(part) if part else None
    return {"version": [(draft.version, f"第 {draft.version} 稿")]} if draft else {}


def choices_of_opinion(row: Opinion) -> Choices:
    """Return the choices of an opinion's fields by name."""
    below = stations().filter(parent=row.station)
    return {
        "units": [(one.code, one.name) for one in organs()],
        "to": [(one.code, one.name) for one in below],
    }


def with_choices(schema: dict[str, Any], choices: Choices) -> dict[str, Any]:
    """Return the schema with `oneOf` constants where a field has choices (inside lists, in their items)."""
    shapes = [schema, *schema.get("$defs", {}).values()]
    for shape in shapes:
        for name, field in shape.get("properties", {}).items():
            if choices.get(name):
                known = [{"const": value, "title": title} for value, title in choices[name]]
                (field["items"] if field.get("type") == "array" else field)["oneOf"] = known
    return schema
