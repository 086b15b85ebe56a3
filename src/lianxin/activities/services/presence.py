"""Signing in where deputies meet: by the code that changes, or by a tick of whoever keeps the list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from lianxin.activities.models import Gathering, Guest, Presence, Way, WrongCode
from lianxin.activities.permissions import may_attend, may_keep
from lianxin.activities.signin import code_at, code_is_good, seconds_left
from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Conflict, Denied, Invalid, Refused, TooMany
from lianxin.common.sealing import keyed_hash
from lianxin.common.writes import write
from lianxin.people.actors import deputy_of
from lianxin.people.models import Deputy, DeputyGroup
from lianxin.rulebook.services import value


@write
def gathering_open(
    *,
    actor: Actor,
    kind: str,
    source_id: UUID,
    title: str,
    home6: str,
    division_code: str,
    opens_at: datetime,
    closes_at: datetime,
    group: DeputyGroup | None = None,
    leader_account: UUID | None = None,
    guests: Sequence[UUID] | None = None,
    request_id: str | None = None,
) -> Gathering:
    """Open the list of those present for something that a room holds; opened again it gets the new times.

    The room that owns the event has checked that the actor may hold it. With `guests` (ids of deputies)
    only they sign in.
    """
    row, _made = Gathering.objects.update_or_create(
        kind=kind,
        source_id=source_id,
        defaults={
            "title": title[:120],
            "home6": home6,
            "division_code": division_code,
            "opens_at": opens_at,
            "closes_at": closes_at,
            "group": group,
            "leader_account": leader_account,
            "by_invitation": guests is not None,
        },
    )
    guests_add(row, guests or ())
    record(actor=actor, tag="activities.gathering_open", kind=kind, target=source_id, home6=home6)
    return row


def guests_add(event: Gathering, deputies: Sequence[UUID]) -> None:
    """Invite deputies to a gathering, each once."""
    rows = [Guest(gathering=event, deputy_id=one) for one in deputies]
    Guest.objects.bulk_create(rows, ignore_conflicts=True)


def code_now(*, actor: Actor, event: Gathering) -> tuple[str, int]:
    """Return the code that is shown now and the seconds it will stay, to whoever keeps the list."""
    if not may_keep(actor, event):
        raise Denied("签到码只由组织活动的人出示。")
    return code_at(_secret(event), clock.now()), seconds_left(clock.now())


def presence_sign_in(*, actor: Actor, event: Gathering, code: str, request_id: str | None = None) -> Presence:
    """Sign oneself in by the code on the screen; signed in already, nothing changes."""
    deputy = deputy_of(actor)
    if deputy is None or not actor.has(Role.DEPUTY):
        raise Denied("扫码签到只给人大代表用。")
    there = _present(event, deputy)
    if there is not None:
        return there
    _attends(deputy, event)
    _open_now(event)
    _code_check(actor, event, code)
    return _come(actor=actor, event=event, deputy=deputy, way=Way.CODE, request_id=request_id)


def presence_tick(
    *, actor: Actor, event: Gathering, deputy: Deputy, request_id: str | None = None
) -> Presence:
    """Note for somebody that he is there: for whoever has no telephone or cannot scan."""
    if not may_keep(actor, event):
        raise Denied("代签只能由组长或本地联络员、主席团办理。")
    there = _present(event, deputy)
    if there is not None:
        return there
    _attends(deputy, event)
    _open_now(event)
    return _come(actor=actor, event=event, deputy=deputy, way=Way.TICK, request_id=request_id)


@write
def presence_sign_out(
    *, actor: Actor, event: Gathering, deputy: Deputy | None = None, request_id: str | None = None
) -> Presence:
    """Note that somebody has left: oneself, or (by the keeper) another."""
    mine = deputy_of(actor)
    leaving = deputy or mine
    if leaving is None or (leaving != mine and not may_keep(actor, event)):
        raise Denied("只能给自己签退；替别人签退请找组长或联络员。")
    there = _present(event, leaving)
    if there is None:
        raise Conflict("没有签到记录，或已经签退过了。")
    there.left_at = max(clock.now(), there.came_at)
    if Presence.objects.filter(pk=there.pk, left_at=None).update(left_at=there.left_at) != 1:
        raise Conflict("已经签退过了。")
    _recorded(actor, event, "sign_out", leaving)
    return there


@write
def _come(
    *, actor: Actor, event: Gathering, deputy: Deputy, way: Way, request_id: str | None = None
) -> Presence:
    made = Presence(gathering=event, deputy=deputy, came_at=clock.now(), way=way, noted_by=actor.id)
    Presence.objects.bulk_create([made], ignore_conflicts=True)
    there = Presence.objects.get(gathering=event, deputy=deputy, left_at=None)
    if there.pk == made.pk:
        _recorded(actor, event, "sign_in", deputy)
    return there


def _present(event: Gathering, deputy: Deputy) -> Presence | None:
    return Presence.objects.filter(gathering=event, deputy=deputy, left_at=None).first()


def _attends(deputy: Deputy, event: Gathering) -> None:
    if event.by_invitation and not may_attend(deputy, event):
        raise Denied("不在这次会的名单上，不能签到。来替别人的，请主持单位先办临时替换，写明原因。")
    if not may_attend(deputy, event):
        raise Denied("这个活动不是您所在小组或地方的，不能签到。")


def _open_now(event: Gathering) -> None:
    if not event.opens_at <= clock.now() <= event.closes_at:
        raise Refused("现在不在签到时间内。已经结束的活动，请组长在纪要里说明。")


def _code_check(actor: Actor, event: Gathering, code: str) -> None:
    """Refuse a wrong code, and count it outside of the transaction that the refusal undoes."""
    assert actor.id is not None
    minutes = int(value("activity.wrong_code_minutes", home6=event.home6))
    recent = clock.now() - timedelta(minutes=minutes)
    wrong = WrongCode.objects.filter(gathering=event, account_id=actor.id, created_at__gte=recent)
    if wrong.count() >= value("activity.wrong_codes", home6=event.home6):
        raise TooMany("签到码错了太多次，请稍后再试，或请组长、联络员代签。", retry_after=minutes * 60)
    if not code_is_good(_secret(event), code, clock.now()):
        WrongCode.objects.create(gathering=event, account_id=actor.id)
        raise Invalid(
            "签到码不对或已经过期。", fields={"code": "请看屏幕上现在的 6 位数字再输一次，或重新扫码。"}
        )


def _secret(event: Gathering) -> bytes:
    """Return the gathering's secret; it follows from the pepper, so the database does not hold it."""
    return bytes.fromhex(keyed_hash(str(event.pk), purpose="sign-in-code"))


def _recorded(actor: Actor, event: Gathering, what: str, deputy: Deputy) -> None:
    record(
        actor=actor,
        tag=f"activities.{what}",
        kind=event.kind,
        target=event.source_id,
        home6=event.home6,
        facts={"deputy": str(deputy.pk)},
    )
