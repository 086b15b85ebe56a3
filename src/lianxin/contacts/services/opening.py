"""Opening who a household is: for a stated purpose, one at a time, on the record.

The deputy's own list shows how to address his households; a telephone opens only when asked for. What he
takes along into a valley without signal is his own households, each look on the record.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from lianxin.audit.services import personal_read
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Denied, Invalid, NotFound
from lianxin.contacts.models import Pairing
from lianxin.contacts.permissions import may
from lianxin.contacts.selectors import own_households
from lianxin.contacts.services.keys import Person, keys_of, opened, person_of

PURPOSES = {"visit": "约时间走访", "call_back": "电话告知", "ask": "征求意见"}
TAKE_ALONG = "take_along"


def household_open(*, actor: Actor, pairing: Pairing, purpose: str) -> Person:
    """Return who one household is; the look is on the record before anything is shown."""
    if purpose not in PURPOSES:
        raise Invalid("请选择查看的用途。", fields={"purpose": "请选一个用途。"})
    if not may(actor, "open", pairing):
        raise Denied("只有这户的联系人和本镇联络员可以看。")
    home = pairing.household
    if home is None or home.erased_at is not None:
        raise NotFound("这户的信息已按期删除。")
    with transaction.atomic():
        _log(actor, pairing, purpose)
        return person_of(home, keys_of([home.id]).get(home.id))


def households_prepare(*, actor: Actor) -> list[tuple[Pairing, Person]]:
    """Return the actor's own households with who they are, to take along; every look is on the record."""
    rows = list(own_households(actor))
    keys = keys_of([row.household_id for row in rows if row.household_id])
    found = []
    with transaction.atomic():
        for row in rows:
            if row.household is not None:
                _log(actor, row, TAKE_ALONG)
                found.append((row, person_of(row.household, keys.get(row.household.id))))
    return found


def names_of(rows: Sequence[Pairing]) -> dict[str, str]:
    """Return pairing id → how to address the household, for its contact person's own list."""
    keys = keys_of([row.household_id for row in rows if row.household_id])
    return {
        str(row.id): opened(row.household.name, keys.get(row.household.id)) for row in rows if row.household
    }


def _log(actor: Actor, pairing: Pairing, purpose: str) -> None:
    held = next((one.role.value for one in actor.roles if one.role in (Role.DEPUTY, Role.KEEPER)), "")
    personal_read(
        actor=actor,
        role=held or (actor.roles[0].role.value if actor.roles else ""),
        kind="household",
        subject=pairing.household_id or pairing.id,
        home6=pairing.home6,
        purpose=purpose,
    )
