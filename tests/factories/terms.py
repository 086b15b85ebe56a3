"""Terms in the tests: one that has ended, and the present one."""

from __future__ import annotations

from datetime import date, timedelta

from lianxin.common import clock
from lianxin.common.actor import SYSTEM
from lianxin.people.rules import Span
from lianxin.people.terms import terms_register
from lianxin.regions.loading import CITY

OLD, PRESENT = "旬阳县第十八届", "旬阳市第一届"


def registered(days_ago: int = 1000) -> None:
    """Register an old term and the present one, which began some days ago."""
    began = clock.today() - timedelta(days=days_ago)
    rows = [Span(OLD, date(2012, 1, 1), began - timedelta(days=1)), Span(PRESENT, began)]
    terms_register(actor=SYSTEM, body=CITY, rows=rows)
