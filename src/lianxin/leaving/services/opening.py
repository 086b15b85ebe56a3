"""Beginning a leaving: everything in hand is listed at once, so that nothing is forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.common.writes import write
from lianxin.leaving.holdings import POSTS, Holding, of_account, of_deputy
from lianxin.leaving.models import LeaverRole, Leaving, LeavingItem, Why
from lianxin.leaving.permissions import may_open
from lianxin.leaving.services.step import event_add, item_step, step
from lianxin.leaving.services.telling import tell_leaver
from lianxin.leaving.workflow import STANDING
from lianxin.people.models import Account, Deputy, RoleHeld


@write
def leaving_open(
    *, actor: Actor, deputy: Deputy, why: str, leaves_on: date, request_id: str | None = None
) -> Leaving:
    """Begin the leaving of a deputy of the actor's place."""
    _check(actor, deputy.division_code, why, leaves_on)
    new = Leaving(
        home6=deputy.home6, division_code=deputy.division_code, role=LeaverRole.DEPUTY, deputy=deputy,
        account=deputy.account, why=why, leaves_on=leaves_on, opened_by=actor.id,
    )  # fmt: skip
    return _opened(actor, new, of_deputy(deputy))


@write
def leaving_open_post(
    *, actor: Actor, account: Account, role: Role, why: str, leaves_on: date, request_id: str | None = None
) -> Leaving:
    """Begin the leaving of a keeper or a grid worker; his posts are what he hands on."""
    held = RoleHeld.objects.filter(account=account, role=role).order_by("-valid_from").first()
    if role not in POSTS or held is None:
        raise Invalid("请选联络员或网格员。", fields={"who": "请从名单里选。"})
    _check(actor, held.place, why, leaves_on)
    new = Leaving(
        home6=held.place[:6], division_code=held.place, role=role.value, account=account, why=why,
        leaves_on=leaves_on, opened_by=actor.id,
    )  # fmt: skip
    return _opened(actor, new, of_account(account, [role]))


@write
def leaving_refresh(*, actor: Actor, leaving: Leaving, request_id: str | None = None) -> Leaving:
    """List anew: what came since is added, what has settled meanwhile is noted as over."""
    step(actor=actor, leaving=leaving, act="refresh")
    held = holdings_of(leaving)
    known = set(leaving.items.values_list("kind", "target"))
    _add(leaving, [one for one in held if (one.kind.value, one.target) not in known])
    now = {(one.kind.value, one.target) for one in held}
    for item in leaving.items.filter(state__in=STANDING).select_related("leaving"):
        if (item.kind, item.target) not in now:
            item_step(actor=actor, item=item, act="follow_over", done_on=clock.today())
    return leaving


def holdings_of(leaving: Leaving) -> list[Holding]:
    """Return what the one who leaves has in hand now."""
    if leaving.deputy is not None:
        return of_deputy(leaving.deputy)
    return of_account(leaving.account, [Role(leaving.role)]) if leaving.account else []


def _check(actor: Actor, place: str, why: str, leaves_on: date) -> None:
    if not may_open(actor, place):
        raise Denied("离任移交由本镇人大主席团或代工委办理。")
    if why not in Why.values:
        raise Invalid("请选为什么离任。", fields={"why": "请选一项。"})
    if leaves_on.year < clock.today().year - 1:
        raise Invalid("请核对离任的日子。", fields={"leaves_on": "请填最近的日子。"})


def _opened(actor: Actor, new: Leaving, held: Sequence[Holding]) -> Leaving:
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError as clash:
        raise Conflict("他的移交已经开始了，请在名单里打开。") from clash
    _add(new, held)
    facts = {"role": new.role, "why": new.why, "items": len(held)}
    event_add(actor=actor, leaving=new, act="open", old="", new=new.state, facts=facts)
    tell_leaver(new, "请配合办理离任移交", "open")
    return new


def _add(leaving: Leaving, held: Sequence[Holding]) -> None:
    LeavingItem.objects.bulk_create(
        [
            LeavingItem(
                home6=leaving.home6, division_code=one.place, leaving=leaving, kind=one.kind,
                target=one.target, label=one.label[:140], open_matters=one.open_matters,
            )
            for one in held
        ],
        batch_size=500,
    )  # fmt: skip
