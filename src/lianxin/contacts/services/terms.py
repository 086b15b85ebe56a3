"""How long things hold: a consent, the words of a household that has left."""

from __future__ import annotations

from datetime import date, timedelta

from lianxin.rulebook.services import value


def valid_until(day: date, home6: str) -> date:
    """Return the last day of a consent given on `day`."""
    return day + timedelta(days=value("contact.consent_days", on=day, home6=home6))


def erase_on(day: date, home6: str) -> date:
    """Return the day on which a household that left on `day` is forgotten."""
    return day + timedelta(days=value("retention.household_days", on=day, home6=home6))
