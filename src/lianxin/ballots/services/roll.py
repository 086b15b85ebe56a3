"""签到: the roll of all deputies is called; the figure of those present follows from it and is not typed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from lianxin.ballots.models import Ballot, BallotAttendance, Coming
from lianxin.ballots.permissions import may
from lianxin.ballots.services.holding import present_set
from lianxin.ballots.services.step import step
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied, Invalid
from lianxin.common.writes import write
from lianxin.people.actors import deputy_of
from lianxin.people.models import Deputy


@write
def roll_call(
    *,
    actor: Actor,
    ballot: Ballot,
    present: Collection[UUID],
    leave: Mapping[UUID, str],
    request_id: str | None = None,
) -> Ballot:
    """Note who of all deputies is there and who is on leave; who was there and is no more has left."""
    if not may(actor, "sign_in", ballot):
        raise Denied("您没有办理这一步的权限。")
    everybody = set(ballot.electors.values_list("deputy_id", flat=True))
    _checked(everybody, set(present), leave)
    known = {row.deputy_id: row for row in ballot.attendance.filter(deputy__in=everybody)}
    _write(ballot, known, {one: _coming(one, present, leave, known) for one in everybody}, leave)
    there = ballot.attendance.filter(coming=Coming.PRESENT).count()
    return present_set(actor, ballot, there)


def _checked(everybody: set[UUID], present: set[UUID], leave: Mapping[UUID, str]) -> None:
    if (present | set(leave)) - everybody:
        raise Invalid("有人不在开会时定下的名册上。", fields={"present": "请从名册里勾，不能另外加人。"})
    if present & set(leave):
        raise Invalid("同一位代表不能既到会又请假。", fields={"present": "到会的，请去掉请假原因。"})
    if any(len(why.strip()) < 2 for why in leave.values()):
        raise Invalid("请写明请假原因。", fields={"present": "请假原因至少 2 个字，例如「住院」。"})


def _coming(
    deputy: UUID, present: Collection[UUID], leave: Mapping[UUID, str], known: Mapping[UUID, BallotAttendance]
) -> str:
    """Return what the roll says of one deputy now, or nothing where he has never come."""
    if deputy in present:
        return Coming.PRESENT
    if deputy in leave:
        return Coming.LEAVE
    row = known.get(deputy)
    return Coming.LEFT if row and row.coming in {Coming.PRESENT, Coming.LEFT} else ""


def _write(
    ballot: Ballot,
    known: Mapping[UUID, BallotAttendance],
    said: Mapping[UUID, str],
    leave: Mapping[UUID, str],
) -> None:
    """Keep one row for each deputy of whom the roll says something, in a fixed number of queries."""
    rows = [
        BallotAttendance(
            ballot=ballot,
            home6=ballot.home6,
            deputy_id=deputy,
            coming=coming,
            reason=leave[deputy].strip()[:100] if coming == Coming.LEAVE else "",
        )
        for deputy, coming in said.items()
        if coming
    ]
    for row in rows:
        row.pk = known[row.deputy_id].pk if row.deputy_id in known else row.pk
    gone = [row.pk for deputy, row in known.items() if not said[deputy]]
    BallotAttendance.objects.filter(pk__in=gone).delete()
    BallotAttendance.objects.bulk_update(
        [row for row in rows if row.deputy_id in known], ["coming", "reason"]
    )
    BallotAttendance.objects.bulk_create([row for row in rows if row.deputy_id not in known])


@write
def leave_ask(
    *, actor: Actor, ballot: Ballot, reason: str, request_id: str | None = None
) -> BallotAttendance:
    """A deputy says before the roll is called that he cannot come, and why."""
    deputy, words = deputy_of(actor), reason.strip()[:100]
    if deputy is None or not may(actor, "ask_leave", ballot):
        raise Denied("只有本级人大代表可以为自己请假。")
    if len(words) < 2:
        raise Invalid("请写明请假原因。", fields={"reason": "至少 2 个字，例如「住院」。"})
    _not_there(ballot, deputy)
    step(actor=actor, ballot=ballot, act="ask_leave", facts={"deputy": str(deputy.pk)})
    row, _made = BallotAttendance.objects.update_or_create(
        ballot=ballot,
        home6=ballot.home6,
        deputy=deputy,
        defaults={"coming": Coming.LEAVE, "reason": words},
    )
    return row


def _not_there(ballot: Ballot, deputy: Deputy) -> None:
    if ballot.attendance.filter(deputy=deputy).exclude(coming=Coming.LEAVE).exists():
        raise Invalid("您已经签到，不用请假。", fields={"reason": "要提前离会，请告诉会务。"})
