"""Who signs and who gets copies: a congress's own organs, the government's oversight office."""

from __future__ import annotations

from django.conf import settings

from lianxin.common import clock
from lianxin.handling.models import Assignment
from lianxin.people.actors import active_seats
from lianxin.people.selectors import organ_of
from lianxin.regions.selectors import place_name


def body_name(assignment: Assignment) -> str:
    """Return the organ that hands over: 主席团 in a town, the deputies' committee (代工委) in the city."""
    if _is_town(assignment):
        return f"{place_name(_town_code(assignment))}人民代表大会主席团"
    return f"{city_name(assignment)}人大常委会代表工作委员会"


def oversight_of(assignment: Assignment) -> list[str]:
    """Return the government's oversight office (督查室) when the city's government answers for the unit."""
    organ = organ_of(assignment.unit_code)
    under_government = organ is not None and organ.kind == "government" and organ.level == "city"
    if not under_government:
        return []
    return [f"{city_name(assignment)}人民政府督查室"]


def copies_of(assignment: Assignment) -> list[str]:
    """Return who gets a copy of a reply (抄送)."""
    return [body_name(assignment), *oversight_of(assignment)]


def mark_of(unit_code: str) -> str:
    """Return the organ's mark in a letter's number."""
    organ = organ_of(unit_code)
    return (organ.short_name or organ.name) if organ else unit_code


def congress_name(assignment: Assignment) -> str:
    """Return 市×届人大 as it stands in the title of a reply; the term is the lead deputy's seat."""
    term = _term(assignment)
    if _is_town(assignment):
        return f"{place_name(_town_code(assignment))}{term}人大"
    return f"市{term}人大"


def _term(assignment: Assignment) -> str:
    if not assignment.deputies:
        return ""
    seats = active_seats(clock.today()).filter(
        deputy=assignment.deputies[0], body_code=assignment.division_code
    )
    term = seats.values_list("term", flat=True).first() or ""
    return term.removeprefix(place_name(assignment.division_code))


def city_name(assignment: Assignment) -> str:
    """Return the name of the city that an assignment belongs to."""
    return region_name(assignment.home6)


def region_name(home6: str) -> str:
    """Return the city's name; in a demo no paper bears the name of a real organ of the city."""
    name = place_name(home6.ljust(12, "0"))
    return f"{name.removesuffix('市')}示范市" if settings.LIANXIN_DEMO else name


def _town_code(assignment: Assignment) -> str:
    """Return the town's code: an opinion's matter carries the code of its village."""
    return assignment.division_code[:9] + "000"


def _is_town(assignment: Assignment) -> bool:
    return not assignment.division_code.endswith("000000")
