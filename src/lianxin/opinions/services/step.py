"""The one way in which an opinion moves: permission, rule, row, event, audit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from lianxin.audit import moving
from lianxin.common import clock
from lianxin.common.actor import Actor, ActorKind
from lianxin.common.errors import Denied
from lianxin.common.masking import hide
from lianxin.handling.models import Assignment
from lianxin.handling.workflow import State as Part
from lianxin.opinions.models import Channel, Contact, Opinion
from lianxin.opinions.permissions import may
from lianxin.opinions.rules import is_about_cadre
from lianxin.opinions.services.clocks import clocks_follow
from lianxin.opinions.services.keys import known_around
from lianxin.opinions.workflow import BY_CODE, ENDED, NOT_PUBLIC, OPINION, Facts, State
from lianxin.regions.models import StationLevel
from lianxin.rulebook.services import value

TRAIL = moving.Trail("opinion", "opinion")


def facts_of(opinion: Opinion) -> Facts:
    """Return the plain facts that guards look at."""
    return Facts(
        today=clock.today(),
        outgoing_checked=opinion.outgoing_checked_at is not None,
        sealed=opinion.is_sealed,
        reopened=opinion.reopened,
        fed_back_on=opinion.fed_back_on or opinion.closed_on,
        reopen_days=value("opinion.reopen_days", home6=opinion.home6),
        about_cadre=is_about_cadre(opinion.text),
        can_rise=opinion.station.level != StationLevel.CITY,
        is_voice=opinion.channel == Channel.VOICE,
        live_parts=_live_parts(opinion) if opinion.state == State.OBJECTED else 0,
        consents=opinion.may_publish,
        is_public=opinion.visibility == "public",
    )


def _live_parts(opinion: Opinion) -> int:
    parts = Assignment.objects.filter(matter_kind="opinion", matter_id=opinion.id, round=opinion.reopened + 1)
    return parts.exclude(state__in=[Part.RETURNED, Part.WITHDRAWN, Part.RETURN_REQUESTED]).count()


def step(
    *,
    actor: Actor,
    opinion: Opinion,
    act: str,
    public: str = "",
    note: str = "",
    facts: dict[str, Any] | None = None,
    **changes: Any,
) -> Opinion:
    """Move the opinion by `act` and set `changes`, on the record.

    An answer may stand on the public pages one day, and units read it: it never names those who asked.
    """
    _may_step(actor, act, opinion)
    old = opinion.state
    new = OPINION.next_state(old, act, facts_of(opinion))
    changes["state"] = new
    if "answer" in changes:
        known = known_around(opinion)
        changes["answer"], public = hide(changes["answer"], known), hide(public, known)
    if new in ENDED and old not in ENDED:
        changes.setdefault("closed_on", clock.today())
        _erase_later(opinion)
    if new in NOT_PUBLIC:
        changes["visibility"] = "station"
    moving.row_change(opinion, **changes)
    event_add(actor=actor, opinion=opinion, act=act, old=old, public=public, note=note, facts=facts)
    clocks_follow(opinion, act)
    return opinion


def _may_step(actor: Actor, act: str, opinion: Opinion) -> None:
    """Refuse whoever may not: the desk by its roles, the resident by his code, the rest by the system."""
    if OPINION.acts[act].by:
        allowed = may(actor, act, opinion)
    else:
        allowed = actor.kind is (ActorKind.RESIDENT if act in BY_CODE else ActorKind.SYSTEM)
    if not allowed:
        raise Denied("您没有办理这一步的权限。")


def _erase_later(opinion: Opinion) -> None:
    """Set the day on which the contact goes, whichever way the matter ended; a second end moves nothing."""
    erase_on = clock.today() + timedelta(days=value("retention.contact_days", home6=opinion.home6))
    Contact.objects.filter(opinion=opinion, erased_at=None, erase_on=None).update(erase_on=erase_on)


def event_add(
    *,
    actor: Actor,
    opinion: Opinion,
    act: str,
    old: str,
    public: str,
    note: str = "",
    facts: dict[str, Any] | None = None,
) -> None:
    """Append a step to the history and to the trail; `public` is what the author reads on his code page."""
    moving.event_add(
        opinion, actor=actor, act=act, old=old, trail=TRAIL, note=note, facts=facts, public_text=public
    )
