"""Contact that has broken: a deputy left, a group or a town has nobody. Seen within a day, told, listed."""

from __future__ import annotations

from collections import Counter

from django.db import transaction
from django.db.models import QuerySet

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.errors import Denied, Invalid, Refused
from lianxin.common.writes import write
from lianxin.contacts.models import Avoidance, Household, Kind, Pairing
from lianxin.contacts.permissions import STAFF, own_ids
from lianxin.contacts.services.alarms import BROKEN_PAGE, AlarmKind, Broken, alarms_keep
from lianxin.contacts.services.step import step
from lianxin.contacts.workflow import KEPT, State
from lianxin.people.actors import active_seats, held_seats
from lianxin.people.models import Deputy, DeputyGroup

LEFT, NO_OWNER, NO_LEADER = "left", "no_owner", "no_leader"
KINDS = (
    AlarmKind(LEFT, "代表离任，{n} 户待重新结对", BROKEN_PAGE),
    AlarmKind(NO_OWNER, "代表小组没有主席团成员负责", BROKEN_PAGE),
    AlarmKind(NO_LEADER, "这个镇没有常委会领导联系", BROKEN_PAGE, to_city=True),
)


@write
def avoidance_declare(
    *,
    actor: Actor,
    deputy: Deputy,
    household: Household | None = None,
    other: Deputy | None = None,
    request_id: str | None = None,
) -> Avoidance:
    """Declare that two sides are not to be paired; nobody is asked why."""
    side = household or other
    if side is None or (other is not None and other.pk == deputy.pk):
        raise Invalid("请选另一方。", fields={"target": "请选户或代表。"})
    if deputy.pk not in own_ids(actor) and not actor.has_in(side.division_code, *STAFF):
        raise Denied("回避由本人声明，或由联络员代为登记。")
    row, made = Avoidance.objects.get_or_create(
        deputy=deputy, target=str(side.pk), ended_at=None, defaults={"declared_by": actor.id}
    )
    if made:
        record(actor=actor, tag="contacts.avoidance", kind="avoidance", target=row.id, home6=deputy.home6)
        for pairing in Pairing.objects.filter(deputy=deputy, target=str(side.pk), state=State.ACTIVE):
            step(actor=actor, pairing=pairing, act="follow_change")
    return row


@write
def cover_set(*, actor: Actor, pairing: Pairing, deputy: Deputy, request_id: str | None = None) -> Pairing:
    """Ask somebody to keep the contact until a new pair is approved."""
    if not active_seats(clock.today()).filter(deputy=deputy).exists():
        raise Refused("这位代表已不在任，请另选一位。")
    return step(actor=actor, pairing=pairing, act="cover", facts={"cover": str(deputy.pk)}, cover=deputy)


@write
def pairing_break(*, actor: Actor, pairing: Pairing, reason: str, request_id: str | None = None) -> Pairing:
    """Put a pair on the list of those to be replaced."""
    if len(reason.strip()) < 2:
        raise Invalid("请写明原因。", fields={"reason": "至少写 2 个字。"})
    return step(actor=actor, pairing=pairing, act="break", note=reason.strip())


def alarms_refresh() -> int:
    """Look for broken links, raise and end alarms; return how many are new (a job of every hour)."""
    with transaction.atomic():
        _hand_over_those_who_left()
        return alarms_keep(KINDS, {**_left(), **_without_owner(), **_without_leader()})


def _hand_over_those_who_left() -> None:
    """Put the pairs of those who sit no more on the list; who is suspended (代表法 61) keeps his."""
    sitting = held_seats(clock.today())
    for pairing in Pairing.objects.filter(state=State.ACTIVE).exclude(deputy__seats__in=sitting):
        step(actor=SYSTEM, pairing=pairing, act="follow_leaving")


def _left() -> Broken:
    """Return (left, deputy and town) → town, households that wait."""
    waiting = Pairing.objects.filter(state=State.REPLACING).values_list("deputy_id", "division_code")
    counts = Counter((deputy, place[:9] + "000") for deputy, place in waiting)
    return {(LEFT, f"{deputy}:{town[6:9]}"): (town, count) for (deputy, town), count in counts.items()}


def _without_owner() -> Broken:
    owned = _in_force(Kind.PRESIDIUM_GROUP)
    if not owned.exists():
        return {}
    groups = DeputyGroup.objects.exclude(pk__in=owned.values("group_id"))
    return {
        (NO_OWNER, str(pk)): (place[:9] + "000", 1) for pk, place in groups.values_list("pk", "division_code")
    }


def _without_leader() -> Broken:
    led = _in_force(Kind.LEADER_TOWN)
    if not led.exists():
        return {}
    homes = Deputy.objects.filter(seats__in=active_seats(clock.today())).values_list(
        "division_code", flat=True
    )
    towns = {home[:9] + "000" for home in homes} - set(led.values_list("target", flat=True))
    return {(NO_LEADER, town): (town, 1) for town in towns}


def _in_force(kind: Kind) -> QuerySet[Pairing]:
    return Pairing.objects.filter(kind=kind, state__in=KEPT)
