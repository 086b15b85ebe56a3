"""Rows of units (承办单位): a full name is one unit; its code is made once and never changes."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.common.actor import Actor
from lianxin.common.romanised import romanised
from lianxin.enrolment.rules import Unit, read_unit
from lianxin.enrolment.services.parts import Brought, Cells
from lianxin.people.loading import NewOrgan, organs_register
from lianxin.people.models import Organ
from lianxin.regions.selectors import names_within

MOST = 34


def take(actor: Actor, place: str, rows: Sequence[Cells]) -> Brought:
    """Enter the units that are not there yet."""
    home6, brought = place[:6], Brought()
    city, places = f"{home6}000000", names_within(f"{home6}000000")
    named = set(Organ.objects.filter(home6=home6).values_list("name", flat=True))
    codes = set(Organ.objects.values_list("code", flat=True))
    new = []
    for cells in rows:
        said = read_unit(cells, places, city)
        if isinstance(said, list):
            brought.refuse(cells, *said)
        elif said.name in named:
            brought.repeated += 1
        else:
            named.add(said.name)
            new.append(_organ(said, codes))
    if new:
        organs_register(actor=actor, organs=new, home6=home6)
    brought.taken = len(new)
    return brought


def _organ(said: Unit, codes: set[str]) -> NewOrgan:
    """Return the unit with a code of its own, made of its short name."""
    stem = romanised(said.short_name).replace(" ", "-")[:MOST] or "unit"
    code = next(one for n in range(1, 10_000) if (one := stem if n == 1 else f"{stem}-{n}") not in codes)
    codes.add(code)
    return NewOrgan(code, said.name, said.short_name, "government", said.level, said.place)
