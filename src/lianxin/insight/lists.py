"""The lists behind the figures of the first screens: a figure and its page ask the same function."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.handling.models import Assignment, Deadline
from lianxin.handling.permissions import visible_to as parts_visible
from lianxin.handling.workflow import State as Part
from lianxin.opinions.models import Opinion
from lianxin.opinions.permissions import visible_to as opinions_visible
from lianxin.opinions.selectors import TABS as OPINION_TABS
from lianxin.rulebook.selectors import value
from lianxin.suggestions.models import Commitment, Cosignature, Suggestion
from lianxin.suggestions.permissions import visible_to as suggestions_visible
from lianxin.suggestions.selectors import commitments_for
from lianxin.suggestions.workflow import ENDED, State

UNIT = (Role.UNIT_CLERK, Role.UNIT_HEAD)
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
        "soon": opened & Q(reply_due_on__range=(today, today + timedelta(days=value("matter.yellow_days")))),
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


class PaperNotes(TypedDict):
    """What `deputy_papers` adds to a suggestion."""

    is_lead: bool
    is_invited: bool
    agreed: int
    evaluate_by: date | None


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    Paper = WithAnnotations[Suggestion, PaperNotes]


def deputy_papers(actor: Actor) -> QuerySet[Paper]:
    """Return a deputy's own papers and those he may sign, with what his first screen says of them.

    Annotated: `is_lead`, `is_invited` (his signature is asked for), `agreed` (signatures given),
    `evaluate_by` (the open deadline of his evaluation). One query.
    """
    mine = Cosignature.objects.filter(suggestion=OuterRef("pk"), deputy__account=actor.id)
    given = Cosignature.objects.filter(suggestion=OuterRef("pk"), state="confirmed").order_by()
    due = Deadline.objects.filter(matter_kind="suggestion", matter_id=OuterRef("pk"), what="evaluate")
    due = due.filter(met_on=None, replaced=False)
    found = (
        suggestions_visible(actor).select_related("lead").alias(signs=Exists(mine.exclude(state="removed")))
    )
    return (
        found.filter(Q(lead__account=actor.id) | Q(signs=True))
        .annotate(
            is_lead=Case(When(lead__account=actor.id, then=True), default=False),
            is_invited=Exists(mine.filter(state__in=["invited", "void"])) & Q(state=State.COSIGNING),
            agreed=Coalesce(Subquery(given.values("suggestion").annotate(n=Count("pk")).values("n")), 0),
            evaluate_by=Subquery(due.order_by("due_on").values("due_on")[:1]),
        )
        .order_by("-id")
    )


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
