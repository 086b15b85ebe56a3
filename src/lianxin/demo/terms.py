"""The terms of the demo city's congresses."""

from __future__ import annotations

from datetime import date, timedelta

from lianxin.people.rules import Span

SINCE = date(2021, 11, 1)
TERMS = {
    "city": "旬阳市第一届",
    "town": "第二十届",
    "prefecture": "安康市第五届",
    "province": "陕西省第十四届",
}
EARLIER_TERMS = (
    Span("旬阳县第十七届", date(2012, 1, 1), date(2016, 12, 31)),
    Span("旬阳县第十八届", date(2017, 1, 1), SINCE - timedelta(days=1)),
)
"""The county's terms before it became a city; their days are assumed, as all of the demo is."""
