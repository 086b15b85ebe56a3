"""How a page answers a refusal: what was wrong, beside what was typed, with its status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lianxin.common.errors import Conflict, Invalid, LianxinError, Refused
from lianxin.common.ids import uuid7

REFUSALS = (Invalid, Refused, Conflict)
"""What a person can put right on the same page."""


def shown(
    request: HttpRequest, template: str, page: Mapping[str, Any], refusal: LianxinError | None = None
) -> HttpResponse:
    """Render a page with a form; after a refusal it says what was wrong, and what was typed stays."""
    basics = {
        "problem": refusal,
        "errors": refusal.fields if refusal else {},
        "typed": request.POST,
        "request_id": str(uuid7()),
    }
    return render(request, template, {**basics, **page}, status=refusal.status if refusal else 200)
