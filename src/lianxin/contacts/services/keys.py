"""Keys of single households: made when one registers, destroyed when it is to be forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from lianxin.common.sealing import seal, unseal
from lianxin.contacts.models import Household, HouseholdKey


@dataclass(frozen=True, slots=True)
class Person:
    """Who a household is, for the one who may know."""

    name: str
    phone: str


def keys_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return household id → wrapped key; destroyed keys are missing."""
    rows = HouseholdKey.objects.filter(household_id__in=list(ids))
    return dict(rows.values_list("household_id", "wrapped"))


def key_destroy(household_id: UUID) -> None:
    """Destroy a key: what it sealed can never be opened again, copies of the rows included."""
    HouseholdKey.objects.filter(household_id=household_id).delete()


def sealed_for(household_id: UUID, text: str) -> str:
    """Seal words about a household under its key; once the household is forgotten nothing is kept."""
    key = keys_of([household_id]).get(household_id)
    return seal(text, wrapped_key=key) if key else ""


def opened(sealed: str, key: str | None) -> str:
    """Return sealed words; empty where the key is gone."""
    return unseal(sealed, wrapped_key=key) if key and sealed else ""


def person_of(household: Household, key: str | None) -> Person:
    """Return who a household is; empty where it has been forgotten."""
    return Person(opened(household.name, key), opened(household.phone, key))
