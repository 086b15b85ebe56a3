"""Who may leave: the deputies, keepers and grid workers of a town, as a form offers them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from lianxin.common import clock
from lianxin.common.actor import Actor, Role, covers, place_prefix
from lianxin.common.errors import Invalid
from lianxin.leaving.holdings import POSTS
from lianxin.leaving.workflow import TOWN
from lianxin.people.models import Account, Deputy, RoleHeld
from lianxin.people.selectors import deputies_in
from lianxin.regions.selectors import place_name, towns

Who = Deputy | Account


def towns_of(actor: Actor) -> list[tuple[str, str]]:
    """Return the towns in which the actor may begin a leaving."""
    return [(one.code, one.name) for one in towns() if actor.has_in(one.code, *TOWN)]


def leavers_in(actor: Actor, town: str) -> list[tuple[str, str]]:
    """Return who may leave in a town: (kind:id, words). Nobody for a town that is not the actor's."""
    if not any(covers(place, town) for place in actor.places(*TOWN)):
        return []
    people = [(f"deputy:{one.pk}", one.name) for one in deputies_in(town).order_by("pinyin")]
    return people + [
        (
            f"{row.role}:{row.account_id}",
            f"{row.account.display_name}（{POSTS[Role(row.role)]}，{_where(row)}）",
        )
        for row in _posts(town)
    ]


def picked(typed: str, offered: set[str]) -> tuple[Who, str]:
    """Return who was picked and as what; only what the form offered."""
    role, given = typed.partition(":")[::2]
    if typed not in offered:
        raise Invalid("请选谁离任。", fields={"who": "请从名单里选一位。"})
    if role == "deputy":
        return Deputy.objects.select_related("account").get(pk=UUID(given)), role
    return Account.objects.get(pk=UUID(given)), role


def _posts(town: str) -> list[RoleHeld]:
    today = clock.today()
    rows = RoleHeld.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=today),
        role__in=list(POSTS),
        place__startswith=place_prefix(town),
        valid_from__lte=today,
        account__is_active=True,
    )
    return list(rows.select_related("account").order_by("role", "place", "id"))


def _where(row: RoleHeld) -> str:
    return place_name(row.place)
