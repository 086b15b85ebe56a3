"""The accounts of the five heads of departments who sit in the demo city's live forum."""

from __future__ import annotations

from lianxin.common.actor import SYSTEM
from lianxin.demo.city import City
from lianxin.demo.forums_texts import LIVE_UNITS
from lianxin.people.loading import account_open
from lianxin.people.models import Account
from lianxin.regions.loading import HOME6


def accounts_open(city: City) -> None:
    """Open the accounts of the five heads who sit in today's hall, with the password of the tour."""
    encoded = Account.objects.get(username="head").password
    for unit in LIVE_UNITS:
        head = city.staff[f"head:{unit}"]
        assert head.id is not None
        account_open(
            actor=SYSTEM,
            account=Account.objects.get(pk=head.id),
            username=f"head_{unit}",
            display_name=head.name,
            encoded=encoded,
            home6=HOME6,
            email=f"head_{unit}@demo.invalid",
            is_demo=True,
        )
