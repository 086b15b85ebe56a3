"""From what was typed to an act's fields: names by the line, votes by candidate, ticks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from pydantic import BaseModel

MOST_LINES = 40


def typed_fields(request: HttpRequest, form: type[BaseModel]) -> dict[str, Any]:
    """Return what was typed for the fields of a form; empty optional fields are left out."""
    data: dict[str, Any] = {}
    for name, info in form.model_fields.items():
        if name == "names":
            data[name] = typed_lines(request.POST.get(name, ""))
        elif name == "votes":
            data[name] = {key[6:]: typed for key, typed in request.POST.items() if key.startswith("votes-")}
        elif name == "announced":
            data[name] = request.POST.getlist(name)
        elif info.annotation is bool:
            data[name] = request.POST.get(name) == "1"
        elif request.POST.get(name, "").strip() or info.is_required():
            data[name] = request.POST.get(name, "")
    return data


def typed_lines(text: str) -> list[str]:
    """Return the lines that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()][:MOST_LINES]
