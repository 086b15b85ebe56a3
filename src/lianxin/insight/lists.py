"""The lists behind the figures of the first screens: a figure and its page ask the same function."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.handling.models import Assignment
from lianxin.handling.permissions import visible_to as parts_visible
from lianxin.handling.workflow import State as Part
from lianxin.opinions.models import Opinion
from lianxin.opinions.permissions import visible_to as opinions_visible
from lianxin.opinions.selectors import TABS as OPINION_TABS
from lianxin.suggestions.models import Commitment, Suggestion
from lianxin.suggestions.permissions import visible_to as suggestions_visible
from lianxin.suggestions.selectors import commitments_for
from lianxin.suggestions.workflow import ENDED

UNIT = (Role.UNIT_CLERK, Role.UNIT_HEAD)
SOON_DAYS = 15
OPEN_PROMISES = ("open", "proof_given", "not_fulfilled")


def parts(actor: Actor, tab: str = "") -> QuerySet[Assignment]:
    """Return the units' parts that the actor sees in one tab, the most urgent first."""
    found = parts_visible(actor).order_by("ended", "reply_due_on", "id")
    rule = _part_tabs().get(tab)
    return found.filter(rule) if rule is not None else found


def _part_tabs() -> dict[str, Q]:
    today = clock.today()
    opened = Q(ended=False)
    return {
        "open": opened,
        "sign_for": Q(state=Part.ASSIGNED),
        "soon": opened & Q(reply_due_on__range=(today, today + timedelta(days=SOON_DAYS))),
        "late": opened & Q(reply_due_on__lt=today),
        "to_sign": Q(state=Part.REPLY_DRAFTED),
        "returned": Q(state=Part.RETURN_REQUESTED),
        "extension": opened & Q(extension__state="requested"),
        "done": Q(ended=True),
    }


def own_suggestions(actor: Actor, tab: str = "") -> QuerySet[Suggestion]:
    """Return a deputy's own and co-signed suggestions, the newest first."""
    lead = Q(lead__account=actor.id)
    signed = Q(cosignatures__deputy__account=actor.id) & ~Q(cosignatures__state="removed")
    rules = {"lead": lead, "going": lead & ~Q(state__in=ENDED), "cosigned": signed & ~lead}
    found = suggestions_visible(actor).select_related("lead").filter(rules.get(tab, lead | signed))
    return found.distinct().order_by("-id")


def promises(actor: Actor, tab: str = "") -> QuerySet[Commitment]:
    """Return the ledger of promises: a deputy's own, a unit's own, all that a desk may see."""
    found = commitments_for(actor)
    if actor.has(Role.DEPUTY):
        found = found.filter(suggestion__lead__account=actor.id)
    elif actor.has(*UNIT):
        found = found.filter(unit_code__in=actor.units(*UNIT))
    late = Q(state="open", due_on__lt=clock.today())
    rules = {
        "open": Q(state__in=OPEN_PROMISES),
        "late": late,
        "proof": Q(state="proof_given"),
        "fulfilled": Q(state="fulfilled"),
    }
    return found.filter(rules[tab]) if tab in rules else found


def open_in(actor: Actor, place: str, width: int) -> QuerySet[Opinion]:
    """Return the open opinions of a place, as a tile of the cartogram counts them."""
    found = opinions_visible(actor).exclude(state__in=OPINION_TABS["done"])
    return found.filter(division_code__startswith=place[:width]).select_related("station").order_by("-id")
