"""Who may be given a task: departments of the city, its towns, the office itself; and how they are called."""

from __future__ import annotations

from lianxin.people.selectors import organ_of, organs
from lianxin.regions.selectors import place_name, towns

OFFICE_SUFFIX = "人大代工委"
Owner = tuple[str, str]


def owner_name(code: str) -> str:
    """Return the name of a unit or a place as a plan says it."""
    organ = organ_of(code)
    if organ is not None:
        return organ.short_name or organ.name
    name = place_name(code)
    return f"市{OFFICE_SUFFIX}" if code.endswith("000000") else f"{name}人大主席团" if name else code


def owners_in(place: str) -> list[Owner]:
    """Return everybody who may be given a task of a city, its own office first."""
    home6 = place[:6]
    known = [(place, owner_name(place))]
    known += [(town.code, owner_name(town.code)) for town in towns().filter(home6=home6)]
    return known + [
        (one.code, one.short_name or one.name) for one in organs().filter(level="city", home6=home6)
    ]


def is_owner(code: str, place: str) -> bool:
    """Say whether a code can be given a task of a city."""
    organ = organ_of(code)
    if organ is not None:
        return organ.home6 == place[:6] and organ.level == "city"
    return code == place or towns().filter(code=code, home6=place[:6]).exists()
