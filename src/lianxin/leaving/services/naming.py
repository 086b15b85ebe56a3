"""Naming a receiver, for one thing or for many; asking somebody to stand in for the time being."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from lianxin.common import clock
from lianxin.common.actor import Actor, Role, covers
from lianxin.common.errors import Conflict, Invalid
from lianxin.common.writes import write
from lianxin.contacts.models import Avoidance, ContactMember, Pairing
from lianxin.contacts.services import cover_set, pairing_break
from lianxin.contacts.workflow import State as PairState
from lianxin.duties.models import MeetingRequest
from lianxin.leaving.models import Leaving, LeavingItem
from lianxin.leaving.rules import Candidate, unfit
from lianxin.leaving.services.step import item_step
from lianxin.leaving.services.telling import tell_receiver
from lianxin.leaving.workflow import ItemFacts, Kind
from lianxin.people.actors import active_seats
from lianxin.people.models import Account, Deputy, GroupMember, RoleHeld
from lianxin.stations.models import DutyTurn
from lianxin.stations.services.rota import free_deputy
from lianxin.suggestions.models import Cosignature


@write
def receiver_name(
    *, actor: Actor, leaving: Leaving, items: Sequence[UUID], deputy: Deputy | None = None,
    account: Account | None = None, request_id: str | None = None,
) -> Leaving:  # fmt: skip
    """Ask one person to take these things over; one that does not suit stops the whole list."""
    rows = list(leaving.items.filter(pk__in=list(items)).select_related("leaving"))
    if not rows:
        raise Invalid("请至少选一项。", fields={"rows": "请至少选一项。"})
    if (deputy is None) == (account is None):
        raise Invalid("请选接手人。", fields={"receiver": "请从名单里选一位。"})
    for item in rows:
        item_step(
            actor=actor, item=item, act="name_receiver", about=_about(item, deputy, account),
            facts={"to": str((deputy or account).pk)},  # type: ignore[union-attr] # one of the two is there
            receiver=deputy, receiver_account=account, with_body=False, note="", asked_at=clock.now(),
        )  # fmt: skip
    tell_receiver(leaving, deputy.account_id if deputy else account.pk if account else None, len(rows))
    return leaving


@write
def item_keep(*, actor: Actor, item: LeavingItem, request_id: str | None = None) -> LeavingItem:
    """Let the body itself go on with a paper or a promise that no deputy takes over."""
    return item_step(
        actor=actor, item=item, act="keep_with_body", with_body=True, receiver=None, receiver_account=None
    )


@write
def item_cover(
    *, actor: Actor, item: LeavingItem, deputy: Deputy, request_id: str | None = None
) -> LeavingItem:
    """Ask somebody to keep a contact from today until the receiver has taken it over."""
    pairing = Pairing.objects.filter(pk=item.target).first()
    item_step(
        actor=actor, item=item, act="cover", about=_about(item, deputy, None),
        facts={"cover": str(deputy.pk)}, cover=deputy,
    )  # fmt: skip
    if pairing is None:
        raise Conflict("这一对已经不在了，请重新清点。")
    if pairing.state == PairState.ACTIVE:
        pairing_break(actor=actor, pairing=pairing, reason="联系人离任，临时换人")
    cover_set(actor=actor, pairing=pairing, deputy=deputy)
    return item


def _about(item: LeavingItem, deputy: Deputy | None, account: Account | None) -> ItemFacts:
    """Return what the rules ask about a receiver of one thing."""
    leaver = item.leaving
    if deputy is None:
        held = account is not None and _holds_post(item, account)
        return ItemFacts(
            item.kind,
            is_leaver=account is not None and leaver.account_id == account.pk,
            unfit=unfit(item.kind, Candidate(holds_post=held)),
        )
    return ItemFacts(
        item.kind,
        is_leaver=leaver.deputy_id == deputy.pk,
        in_office=active_seats(clock.today()).filter(deputy=deputy).exists(),
        unfit=unfit(item.kind, _candidate(item, deputy)) or _not_free(item, deputy),
    )


def _candidate(item: LeavingItem, deputy: Deputy) -> Candidate:
    town = f"{item.division_code[:9]}000"
    return Candidate(
        in_town=covers(town, deputy.division_code),
        in_group=item.kind == Kind.GROUP
        and GroupMember.objects.filter(group=UUID(item.target), deputy=deputy, valid_to=None).exists(),
        in_body=item.kind == Kind.RELATION
        and ContactMember.objects.filter(deputy=deputy, until=None).exists(),
        has_signed=_signed(item, deputy),
        kept_apart=_apart(item, deputy),
    )


def _signed(item: LeavingItem, deputy: Deputy) -> bool:
    if item.kind == Kind.SUGGESTION:
        mine = Cosignature.objects.filter(suggestion=UUID(item.target), deputy=deputy, state="confirmed")
        return mine.exists()
    if item.kind == Kind.MEETING:
        return MeetingRequest.objects.filter(pk=item.target, joint=deputy).exists()
    return False


def _apart(item: LeavingItem, deputy: Deputy) -> bool:
    if item.kind not in {Kind.HOUSEHOLD, Kind.RELATION}:
        return False
    sides = Pairing.objects.filter(pk=item.target).values("target")
    return Avoidance.objects.filter(deputy=deputy, target__in=sides, ended_at=None).exists()


def _not_free(item: LeavingItem, deputy: Deputy) -> str:
    turn = DutyTurn.objects.select_related("day__station__parent").filter(pk=item.target).first()
    if item.kind != Kind.TURN or turn is None:
        return ""
    try:
        free_deputy(turn.day, deputy.pk)
    except Invalid as refusal:
        return refusal.message
    return ""


def _holds_post(item: LeavingItem, account: Account) -> bool:
    today = clock.today()
    post = RoleHeld.objects.filter(pk=item.target).first()
    if item.kind != Kind.POST or post is None:
        return False
    held = RoleHeld.objects.filter(account=account, role=post.role, valid_from__lte=today)
    held = held.filter(Q(valid_to=None) | Q(valid_to__gte=today))
    return any(covers(place, post.place) for place in held.values_list("place", flat=True))


def receivers_of_post(item: LeavingItem) -> list[Account]:
    """Return who may take a post over: those who hold the same role there today."""
    post = RoleHeld.objects.filter(pk=item.target).first()
    if post is None:
        return []
    rows = RoleHeld.objects.filter(role=Role(post.role), account__is_active=True)
    accounts = {row.account for row in rows.select_related("account") if covers(row.place, post.place)}
    return sorted(
        (one for one in accounts if one.pk != item.leaving.account_id and _holds_post(item, one)),
        key=lambda one: one.display_name,
    )
