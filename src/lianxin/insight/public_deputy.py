"""A deputy as everybody may see him: what 代表法第五十八条 asks to be published, and nothing else."""

from __future__ import annotations

from typing import Any

from lianxin.duties.assessing.selectors import public_performance
from lianxin.people.models import Deputy
from lianxin.suggestions.models import Suggestion

MOST = 30


def public_deputy(deputy: Deputy, year: int) -> dict[str, Any]:
    """Return the public part of a deputy's year; suggestions only where text and replies were published."""
    found = public_performance(deputy, year)
    if "suggestions" in found["fields"]:
        rows = Suggestion.objects.filter(lead=deputy, is_public=True, published_on__year=year)
        found["suggestions"] = list(rows.order_by("-published_on", "-id")[:MOST])
    membership = deputy.memberships.filter(valid_to=None).select_related("group").first()
    found["group"] = membership.group.name if membership else ""
    return found
