"""Sessions, entered by who keeps them."""

from __future__ import annotations

from datetime import datetime, timedelta

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.congress import services
from lianxin.congress.models import CongressSession
from lianxin.congress.services import NewSession
from lianxin.regions.loading import CITY


def session(
    keeper: Actor,
    body: str = CITY,
    *,
    ordinal: int = 6,
    ago: int = 0,
    days: int = 2,
    until: datetime | None = None,
) -> CongressSession:
    """Return a session that opened `ago` days before today and lasts `days`."""
    opens = clock.today() - timedelta(days=ago)
    new = NewSession(ordinal, opens, opens + timedelta(days=days - 1), until)
    return services.session_enter(actor=keeper, body=body, new=new)
