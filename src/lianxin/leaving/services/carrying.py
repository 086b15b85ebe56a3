"""How each kind of thing moves: always by the service of the room that owns it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from lianxin.activities.services import leader_appoint
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.contacts.models import OF_HOUSEHOLDS, Pairing
from lianxin.contacts.services import cover_set, pairing_approve, pairing_break, pairing_reassign
from lianxin.contacts.workflow import KEPT
from lianxin.contacts.workflow import State as PairState
from lianxin.duties.models import DutyPledge
from lianxin.duties.services import pledge_release, pledge_take_over
from lianxin.duties.workflow import UNFULFILLED
from lianxin.leaving.models import LeavingItem
from lianxin.leaving.workflow import Kind
from lianxin.notifications.services import call_task_add
from lianxin.people.models import Deputy, DeputyGroup
from lianxin.stations.models import DutyTurn, GridPost, GridRole
from lianxin.stations.services import grid_role_end, grid_role_give, turn_leave
from lianxin.stations.workflow import OPEN as OPEN_TURNS
from lianxin.villages.models import VillageProfile
from lianxin.villages.services import supervisor_set

CALL_WITHIN_DAYS = 7
REASON = "离任移交"


def carry(actor: Actor, item: LeavingItem) -> bool:
    """Move one thing to its receiver; say no where it has settled meanwhile."""
    move = _MOVES.get(Kind(item.kind))
    return move(actor, item) if move else True  # papers and posts stay where they are


def _pairing(actor: Actor, item: LeavingItem) -> bool:
    """The receiver stands in at once; he is the contact person as soon as both sides have agreed."""
    pairing = Pairing.objects.select_related("household", "deputy").filter(pk=item.target).first()
    if pairing is None or pairing.state not in KEPT:
        return False
    receiver = _receiver(item)
    if pairing.state == PairState.ACTIVE:
        pairing_break(actor=actor, pairing=pairing, reason=REASON)
    cover_set(actor=actor, pairing=pairing, deputy=receiver)
    new = pairing_reassign(actor=actor, pairing=pairing, deputy=receiver, reason=REASON)
    if new.state == PairState.WAITING:
        pairing_approve(actor=actor, pairing=new)
    elif new.kind in OF_HOUSEHOLDS:
        _ask_household(new)
    return True


def _ask_household(new: Pairing) -> None:
    assert new.household is not None
    call_task_add(
        about_kind="pairing", about_id=new.id, number=new.household.number, reason="征求对新联系人的意见",
        due_on=clock.today() + timedelta(days=CALL_WITHIN_DAYS), home6=new.home6,
        division_code=f"{new.division_code[:9]}000",
    )  # fmt: skip


def _grid(actor: Actor, item: LeavingItem) -> bool:
    role = GridRole.objects.select_related("grid").filter(pk=item.target, valid_to=None).first()
    if role is None:
        return False
    grid_role_end(actor=actor, role=role)
    GridRole.objects.filter(
        grid=role.grid, deputy=_receiver(item), valid_to=None, post=GridPost.MEMBER
    ).update(valid_to=clock.today())  # a member who becomes its leader is not both
    grid_role_give(actor=actor, grid=role.grid, deputy=_receiver(item), post=GridPost(role.post))
    return True


def _group(actor: Actor, item: LeavingItem) -> bool:
    group = DeputyGroup.objects.filter(pk=item.target, leader=item.leaving.deputy).first()
    if group is None:
        return False
    leader_appoint(actor=actor, group=group, deputy=_receiver(item))
    return True


def _village(actor: Actor, item: LeavingItem) -> bool:
    village = VillageProfile.objects.filter(pk=item.target, supervising_deputy=item.leaving.deputy).first()
    if village is None:
        return False
    supervisor_set(actor=actor, village=village, deputy=_receiver(item))
    return True


def _turn(actor: Actor, item: LeavingItem) -> bool:
    turn = DutyTurn.objects.select_related("day__station", "deputy").filter(pk=item.target).first()
    if turn is None or turn.state not in OPEN_TURNS or turn.day.on < clock.today():
        return False
    turn_leave(actor=actor, turn=turn, swap=_receiver(item).pk, by_keeper=True)
    return True


def _pledge(actor: Actor, item: LeavingItem) -> bool:
    pledge = DutyPledge.objects.select_related("deputy").filter(pk=item.target).first()
    if pledge is None or pledge.state not in UNFULFILLED:
        return False
    if item.with_body:
        pledge_release(actor=actor, pledge=pledge, reason="承诺人离任，由本级人大接着督促")
    else:
        pledge_take_over(actor=actor, pledge=pledge, deputy=_receiver(item))
    return True


def _receiver(item: LeavingItem) -> Deputy:
    assert item.receiver is not None
    return item.receiver


_MOVES: dict[Kind, Callable[[Actor, LeavingItem], bool]] = {
    Kind.HOUSEHOLD: _pairing,
    Kind.RELATION: _pairing,
    Kind.GRID: _grid,
    Kind.GROUP: _group,
    Kind.VILLAGE: _village,
    Kind.TURN: _turn,
    Kind.PLEDGE: _pledge,
}
