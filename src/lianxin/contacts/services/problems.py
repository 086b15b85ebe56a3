"""From rows to numbers: who may contact, who is to be contacted, how far, who must be kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Q, QuerySet

from lianxin.common import clock
from lianxin.common.actor import place_prefix
from lianxin.contacts.assignment import Problem
from lianxin.contacts.models import Answer, Avoidance, Consent, ContactMember, Household, Kind, Pairing, Plan
from lianxin.contacts.services.roads import roads_of
from lianxin.contacts.workflow import KEPT, LIVE
from lianxin.people.actors import active_seats
from lianxin.people.models import Deputy
from lianxin.people.selectors import deputies_in
from lianxin.regions.selectors import division_names

PLANNED = (Kind.DEPUTY_HOUSEHOLD, Kind.MEMBER_HOUSEHOLD)


@dataclass(frozen=True, slots=True)
class Ground:
    """Who stands on both sides of a plan."""

    people: list[Deputy]
    homes: list[Household]


def ground_of(plan: Plan) -> Ground:
    """Return who may contact and who is to be contacted."""
    return Ground(_people(plan), _homes(plan))


def _people(plan: Plan) -> list[Deputy]:
    """Return who may contact: in office, living in the town (members: of its presidium), and agreed."""
    rows = deputies_in(plan.division_code)
    if plan.kind == Kind.MEMBER_HOUSEHOLD:
        members = ContactMember.objects.filter(until=None)
        rows = rows.filter(pk__in=members.values("deputy_id"))
    agreed = valid_answers().filter(answer=Answer.AGREE, deputy__isnull=False)
    return list(rows.filter(pk__in=agreed.values("deputy_id")).order_by("id"))


def valid_answers() -> QuerySet[Consent]:
    """Return the answers that hold today."""
    return Consent.objects.filter(replaced_at=None).filter(
        Q(valid_until=None) | Q(valid_until__gte=clock.today())
    )


def _homes(plan: Plan) -> list[Household]:
    """Return the households to place: neither refused, nor expired, nor contacted in the other way."""
    place = Q(division_code__startswith=place_prefix(plan.division_code))
    homes = Household.objects.filter(place, erased_at=None, moved_on=None)
    said = Consent.objects.filter(replaced_at=None, household__isnull=False)
    out = said.filter(Q(answer=Answer.NO) | Q(valid_until__lt=clock.today()))
    other = Pairing.objects.filter(kind__in=set(PLANNED) - {Kind(plan.kind)}, state__in=LIVE)
    return list(
        homes.exclude(pk__in=out.values("household_id"))
        .exclude(pk__in=other.values("household_id"))
        .order_by("number")
    )


def problem_of(plan: Plan, ground: Ground) -> Problem:
    """Return the numbers of a town for the solver."""
    people, homes = ground.people, ground.homes
    column = {person.pk: place for place, person in enumerate(people)}
    row = {home.pk: place for place, home in enumerate(homes)}
    shape = (len(homes), len(people))
    roads = roads_of(plan.home6)
    walks = [
        [roads.walk(one.division_code, home.division_code, home.group_no) for one in people] for home in homes
    ]
    minutes = np.array([[one.minutes for one in row] for row in walks], dtype=np.float64).reshape(shape)
    measured = np.array([[one.measured for one in row] for row in walks], dtype=np.bool_).reshape(shape)
    blocked = np.zeros(shape, dtype=np.bool_)
    for person, home in _kept_apart(set(column), set(row)):
        blocked[row[home], column[person]] = True
    before = np.full(len(homes), -1, dtype=np.int64)
    kept = Pairing.objects.filter(kind=plan.kind, state__in=KEPT, household__in=homes)
    for home_id, deputy_id in kept.values_list("household_id", "deputy_id"):
        before[row[home_id]] = column.get(deputy_id, -1)
    return Problem(minutes, blocked, _same_area(people, homes), before, [plan.quota] * len(people), measured)


def _kept_apart(people: set[UUID], homes: set[UUID]) -> set[tuple[UUID, UUID]]:
    """Return pairs that must not be: declared avoidances, and whom a household asked to be spared."""
    declared = Avoidance.objects.filter(ended_at=None, deputy__in=people)
    pairs = {
        (deputy, UUID(target))
        for deputy, target in declared.values_list("deputy_id", "target")
        if "-" in target
    }
    asked = Consent.objects.filter(replaced_at=None, answer=Answer.CHANGE, not_deputy__in=people)
    pairs |= set(asked.exclude(household=None).values_list("not_deputy_id", "household_id"))
    return {(deputy, home) for deputy, home in pairs if home in homes}


def _same_area(people: Sequence[Deputy], homes: Sequence[Household]) -> Any:
    """Say which households live in a deputy's constituency (named after its village) or home village."""
    seats = active_seats(clock.today()).filter(deputy__in=people).values_list("deputy_id", "constituency")
    named: dict[UUID, set[str]] = {}
    for deputy, constituency in seats:
        named.setdefault(deputy, set()).add(constituency.removesuffix("选区"))
    names = division_names()
    places = sorted({home.division_code for home in homes})
    fits = {
        place: [one.division_code == place or names.get(place, "") in named.get(one.pk, ()) for one in people]
        for place in places
    }
    return np.array([fits[home.division_code] for home in homes], dtype=np.bool_).reshape(
        len(homes), len(people)
    )
