"""What first screens say of somebody's own contacts: who waits for a word."""

from __future__ import annotations

from datetime import timedelta

from lianxin.common import clock
from lianxin.contacts.models import Pairing
from lianxin.rulebook.selectors import value

HOUSEHOLDS = "/deputy/households"


def called_on(pairing: Pairing) -> bool:
    """Say whether the contact is fresh: at most `contact.visit_days` days ago."""
    since = clock.today() - timedelta(days=value("contact.visit_days", home6=pairing.home6))
    return bool(pairing.last_contact_on and pairing.last_contact_on >= since)
