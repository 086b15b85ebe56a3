"""The chain 领导 › 镇 › 组 › 代表 › 户, one level at a time; households by number only."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count

from lianxin.common.actor import covers
from lianxin.contacts.models import OF_HOUSEHOLDS, Kind, Pairing
from lianxin.contacts.workflow import KEPT
from lianxin.people.models import DeputyGroup, GroupMember
from lianxin.regions.selectors import place_name

MOST = 60


@dataclass(frozen=True, slots=True)
class Link:
    """One place of the chain: what it is, who keeps it, how many are below, when there was contact last."""

    key: str
    name: str
    keeper: str
    below: int
    last: date | None = None
    pair: str = ""


def towns_of(places: list[str]) -> list[Link]:
    """Return the towns inside places, each with the leader who contacts it."""
    led = Pairing.objects.filter(kind=Kind.LEADER_TOWN, state__in=KEPT).select_related("deputy")
    groups = Counter(code[:9] + "000" for code in DeputyGroup.objects.values_list("division_code", flat=True))
    return [
        Link(
            row.target,
            place_name(row.target),
            row.deputy.name,
            groups[row.target],
            row.last_contact_on,
            str(row.pk),
        )
        for row in led.order_by("target")
        if any(covers(place, row.target) for place in places)
    ]


def groups_of(town: str) -> list[Link]:
    """Return a town's groups, each with the member of the presidium who answers for it."""
    owned = Pairing.objects.filter(
        kind=Kind.PRESIDIUM_GROUP, state__in=KEPT, division_code__startswith=town[:9]
    )
    owners = {row.group_id: row for row in owned.select_related("deputy")}
    groups = DeputyGroup.objects.filter(division_code__startswith=town[:9]).annotate(n=Count("members"))
    return [_group(row, owners.get(row.pk)) for row in groups.order_by("name")[:MOST]]


def _group(row: DeputyGroup, owner: Pairing | None) -> Link:
    count: int = row.n  # type: ignore[attr-defined] # annotated above
    if owner is None:
        return Link(str(row.pk), row.name, "", count)
    return Link(str(row.pk), row.name, owner.deputy.name, count, owner.last_contact_on, str(owner.pk))


def deputies_of(town: str, group: str) -> list[Link]:
    """Return a group's deputies, each with the member who contacts him."""
    key = _uuid(group)
    rows = GroupMember.objects.filter(group=key, group__division_code__startswith=town[:9], valid_to=None)
    members = [row.deputy for row in rows.select_related("deputy").order_by("deputy__pinyin")]
    contacted = Pairing.objects.filter(kind=Kind.MEMBER_DEPUTY, state__in=KEPT, other__in=members)
    by = {row.other_id: row for row in contacted.select_related("deputy")}
    homes = Counter(
        Pairing.objects.filter(kind__in=OF_HOUSEHOLDS, state__in=KEPT, deputy__in=members).values_list(
            "deputy_id", flat=True
        )
    )
    return [
        Link(
            str(one.pk),
            one.name,
            by[one.pk].deputy.name if one.pk in by else "",
            homes[one.pk],
            by[one.pk].last_contact_on if one.pk in by else None,
            str(by[one.pk].pk) if one.pk in by else "",
        )
        for one in members
    ]


def households_of(town: str, deputy: str) -> list[Link]:
    """Return a deputy's households by number and group; never a name."""
    rows = Pairing.objects.filter(
        deputy=_uuid(deputy),
        kind__in=OF_HOUSEHOLDS,
        state__in=KEPT,
        deputy__division_code__startswith=town[:9],
    )
    return [
        Link(
            str(row.target),
            row.household.number if row.household else "",
            f"{place_name(row.division_code)} {row.household.group_no if row.household else ''} 组",
            0,
            row.last_contact_on,
            str(row.pk),
        )
        for row in rows.select_related("household").order_by("household__number")[:MOST]
    ]


def _uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
