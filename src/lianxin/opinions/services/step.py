"""The one way in which an opinion moves: permission, rule, row, event, audit."""

from __future__ import annotations

from typing import Any

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied
from lianxin.opinions.models import Opinion, OpinionEvent
from lianxin.opinions.permissions import may
from lianxin.opinions.rules import is_about_cadre
from lianxin.opinions.workflow import ENDED, OPINION, Facts
from lianxin.regions.models import StationLevel
from lianxin.rulebook.services import value


def facts_of(opinion: Opinion) -> Facts:
    """Return the plain facts that guards look at."""
    return Facts(
        today=clock.today(),
        outgoing_checked=opinion.outgoing_checked_at is not None,
        sealed=opinion.is_sealed,
        reopened=opinion.reopened,
        fed_back_on=opinion.fed_back_on,
        reopen_days=value("opinion.reopen_days", home6=opinion.home6),
        about_cadre=is_about_cadre(opinion.text),
        can_rise=opinion.station.level != StationLevel.CITY,
    )


def step(
    *,
    actor: Actor,
    opinion: Opinion,
    act: str,
    public: str = "",
    note: str = "",
    by_code: bool = False,
    facts: dict[str, Any] | None = None,
    **changes: Any,
) -> Opinion:
    """Move the opinion by `act` and set `changes`, on the record; `by_code`: the resident himself."""
    if OPINION.acts[act].by and not may(actor, act, opinion):
        raise Denied("您没有办理这一步的权限。")
    old = opinion.state
    new = OPINION.next_state(old, act, facts_of(opinion))
    changes["state"] = new
    if new in ENDED and old not in ENDED:
        changes.setdefault("closed_on", clock.today())
    if Opinion.objects.filter(pk=opinion.pk, state=old).update(**changes) != 1:
        raise Conflict("这一步刚刚有人办过了，请刷新后再看。")
    for name, changed in changes.items():
        setattr(opinion, name, changed)
    event_add(actor=actor, opinion=opinion, act=act, old=old, new=new, public=public, note=note, facts=facts)
    return opinion


def event_add(
    *,
    actor: Actor,
    opinion: Opinion,
    act: str,
    old: str,
    new: str,
    public: str,
    note: str = "",
    facts: dict[str, Any] | None = None,
) -> None:
    """Append a step to the history and to the trail."""
    OpinionEvent.objects.create(
        opinion=opinion,
        at=clock.now(),
        actor_id=actor.id,
        actor_name=actor.name,
        act=act,
        from_state=old,
        to_state=new,
        note=note,
        public_text=public,
        facts=facts or {},
    )
    record(
        actor=actor, tag=f"opinion.{act}", kind="opinion", target=opinion.id, home6=opinion.home6, facts=facts
    )
