"""Reading suggestions: keyset lists, timeline, ledger, figures that their lists reproduce."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import NotFound
from lianxin.documents.models import LetterVersion
from lianxin.handling.models import Assignment, AssignmentEvent
from lianxin.handling.selectors import letters_of
from lianxin.handling.workflow import HANDLING, UNIT
from lianxin.people.selectors import organ_name
from lianxin.search.matcher import Match, similar_to
from lianxin.suggestions.models import (
    Commitment,
    Cosignature,
    Delivery,
    Evaluation,
    Suggestion,
    SuggestionEvent,
)
from lianxin.suggestions.permissions import BODY, visible_to
from lianxin.suggestions.workflow import ENDED, SUGGESTION, State

TABS: dict[str, Q] = {
    "review": Q(state=State.SUBMITTED),
    "assign": Q(state=State.REGISTERED),
    "handling": Q(
        state__in=[
            State.ASSIGNED,
            State.ACCEPTED,
            State.RETURN_REQUESTED,
            State.IN_HANDLING,
            State.EXTENDED,
            State.REPLY_DRAFTED,
            State.REHANDLING,
        ]
    ),
    "evaluation": Q(state__in=[State.REPLIED, State.EVALUATED, State.EVALUATION_LAPSED]),
    "dissatisfied": Q(state=State.EVALUATED, overall="dissatisfied"),
    "tracking": Q(state__in=[State.TRACKING, State.ESCALATED]),
    "key": Q(is_key=True),
    "done": Q(state__in=ENDED),
}


def suggestions_page(
    actor: Actor,
    *,
    tab: str = "",
    state: str = "",
    after: UUID | None = None,
    limit: int = 50,
    mine: bool = False,
    year: int | None = None,
) -> list[Suggestion]:
    """Return one page of what the actor may see, the newest first (two queries at most)."""
    found = visible_to(actor).select_related("lead").order_by("-id")
    if mine:
        found = found.filter(Q(lead__account=actor.id) | Q(Exists(_signed_by(actor))))
    if tab in TABS:
        found = found.filter(_tabs(actor)[tab])
    if state:
        found = found.filter(state=state)
    if year:
        found = found.filter(replied_on__year=year)
    return _veiled(actor, list((found.filter(id__lt=after) if after else found)[:limit]))


def suggestions_waiting(actor: Actor, tabs: Iterable[str], *, limit: int) -> list[Suggestion]:
    """Return what stands in any of the tabs, the newest first (one query for the body's own desk)."""
    known, rule = _tabs(actor), Q(pk=None)
    for tab in tabs:
        rule |= known[tab]
    return _veiled(actor, list(visible_to(actor).select_related("lead").filter(rule).order_by("-id")[:limit]))


def suggestion_for(actor: Actor, pk: UUID) -> Suggestion:
    """Return a suggestion that the actor may see."""
    row = visible_to(actor).select_related("lead", "merged_into").filter(pk=pk).first()
    if row is None:
        raise NotFound("没有找到这件建议，或者您不能查看。")
    return _veiled(actor, [row])[0]


def _signed_by(actor: Actor) -> QuerySet[Cosignature]:
    mine = Cosignature.objects.filter(suggestion=OuterRef("pk"), deputy__account=actor.id)
    return mine.exclude(state__in=["removed", "declined"])


def _sees_marks(actor: Actor) -> bool:
    return actor.has(*BODY, Role.DEPUTY)


def _not_final() -> QuerySet[Evaluation]:
    return Evaluation.objects.filter(is_lead=True, final_at__gt=clock.now())


def _tabs(actor: Actor) -> dict[str, Q]:
    """Return the tabs for an actor; none of a unit's tabs gives a mark away before it is final."""
    if _sees_marks(actor):
        return TABS
    veil = ~Q(Exists(_not_final().filter(suggestion=OuterRef("pk"))))
    return {**TABS, "dissatisfied": TABS["dissatisfied"] & veil}


def _veiled(actor: Actor, rows: list[Suggestion]) -> list[Suggestion]:
    """Blank the marks that are not final for everybody but the body and deputies (防止施压)."""
    marked = [] if _sees_marks(actor) else [row for row in rows if row.overall]
    if marked:
        hidden = set(_not_final().filter(suggestion__in=marked).values_list("suggestion_id", flat=True))
        for row in marked:
            row.overall = "" if row.pk in hidden else row.overall
    return rows


def timeline(suggestion: Suggestion) -> list[dict[str, Any]]:
    """Return every step of the suggestion and its units, in order (two queries)."""
    own = [
        {
            "at": row.at,
            "who": row.actor_name,
            "act": row.act,
            "label": _verb(row.act),
            "note": row.note,
            "to": row.to_state,
        }
        for row in SuggestionEvent.objects.filter(suggestion=suggestion)
        if not row.act.startswith("follow_")
    ]
    units = AssignmentEvent.objects.filter(
        assignment__matter_kind="suggestion", assignment__matter_id=suggestion.id
    ).select_related("assignment")
    theirs = [
        {
            "at": row.at,
            "who": organ_name(row.assignment.unit_code),
            "act": row.act,
            "label": _verb(row.act),
            "note": row.note,
            "to": row.to_state,
        }
        for row in units
    ]
    return sorted(own + theirs, key=lambda step: step["at"])


def cosignatures(suggestion: Suggestion) -> QuerySet[Cosignature]:
    """Return the co-signatures with their deputies."""
    return suggestion.cosignatures.exclude(state="removed").select_related("deputy").order_by("created_at")


def evaluations_for(actor: Actor, suggestion: Suggestion) -> list[Evaluation]:
    """Return the evaluations that the actor may read.

    Who is neither of the body nor a deputy reads final ones only; remarks on pressure are for the
    body and their author.
    """
    found = (
        Evaluation.objects.filter(suggestion=suggestion)
        .select_related("deputy")
        .order_by("round", "-is_lead")
    )
    if not _sees_marks(actor):
        found = found.filter(final_at__lte=clock.now())
    rows = list(found)
    if suggestion.division_code not in actor.places(*BODY):
        for row in rows:
            row.pressured = row.pressured and row.given_by == actor.id
    return rows


def text_before(suggestion: Suggestion, signature: Cosignature) -> str:
    """Return the text that a co-signature confirmed before it was changed; empty where none was."""
    edits = suggestion.events.filter(act="edit").order_by("-at", "-id")
    changed = [facts for facts in edits.values_list("facts", flat=True) if facts.get("before")]
    own = [facts for facts in changed if facts.get("before_hash") == signature.text_hash]
    return str((own or changed)[0]["before"]) if changed else ""


def asked_before(suggestion: Suggestion) -> set[UUID]:
    """Return the deputies who need no new invitation; who declined may be asked about a new text."""
    asked = suggestion.cosignatures.exclude(state__in=["removed", "declined"])
    return set(asked.values_list("deputy_id", flat=True)) | {suggestion.lead_id}


def cosigned(actor: Actor) -> list[Suggestion]:
    """Return the suggestions that the actor has co-signed (one query)."""
    rows = Cosignature.objects.filter(deputy__account=actor.id, state="confirmed").select_related(
        "suggestion__lead"
    )
    return [row.suggestion for row in rows.order_by("-suggestion_id")]


def deliveries_to(actor: Actor, suggestion: Suggestion) -> QuerySet[Delivery]:
    """Return the replies delivered to the actor for this paper."""
    return suggestion.deliveries.filter(deputy__account=actor.id).order_by("created_at")


def takes_part(actor: Actor, suggestion: Suggestion) -> bool:
    """Say whether the actor has a part in the matter, and does not only read what is public."""
    bodies = actor.places(Role.OFFICE, Role.PRESIDIUM, Role.OVERSIGHT)
    if suggestion.division_code in bodies or _is_signer(actor, suggestion):
        return True
    units = actor.units(*UNIT)
    return bool(units) and Assignment.objects.filter(matter_id=suggestion.id, unit_code__in=units).exists()


def letters_for(actor: Actor, suggestion: Suggestion) -> list[LetterVersion]:
    """Return the letters that the actor may read: the public only replies that are published."""
    found = list(letters_of(suggestion.id))
    if takes_part(actor, suggestion):
        return found
    return [one for one in found if one.kind == "reply" and one.content.get("publish") == "public"]


def letter_content(actor: Actor, suggestion: Suggestion, letter: LetterVersion) -> dict[str, Any]:
    """Return what stands in a letter, as this actor may read it.

    The public reads no telephone and no name; a paper whose author asked for confidence shows its
    names to nobody but the unit that answers, the body and the deputies themselves.
    """
    hidden: frozenset[str] = frozenset()
    if not takes_part(actor, suggestion):
        hidden = NAMES | {"contact"}
    elif suggestion.confidential and not _knows_names(actor, suggestion, letter):
        hidden = NAMES
    return {name: part for name, part in letter.content.items() if name not in hidden}


NAMES = frozenset({"recipients", "addressee", "feedback"})


def _knows_names(actor: Actor, suggestion: Suggestion, letter: LetterVersion) -> bool:
    if suggestion.division_code in actor.places(*BODY) or _is_signer(actor, suggestion):
        return True
    own = Assignment.objects.filter(unit_code__in=actor.units(*UNIT))
    return letter.part_id is not None and own.filter(pk=letter.part_id).exists()


def _is_signer(actor: Actor, suggestion: Suggestion) -> bool:
    if actor.id is None:
        return False
    signed = cosignatures(suggestion).filter(deputy__account=actor.id).exists()
    return signed or suggestion.lead.account_id == actor.id


def commitments_for(actor: Actor, *, state: str = "") -> QuerySet[Commitment]:
    """Return the ledger of promises that the actor may see."""
    found = (
        Commitment.objects.filter(suggestion__in=visible_to(actor))
        .select_related("suggestion")
        .order_by("due_on")
    )
    return found.filter(state=state) if state else found


def similar_earlier(text: str, suggestion: Suggestion) -> list[Match]:
    """Return numbered papers of the same congress like this one; a warning, never a block."""
    known = Suggestion.objects.filter(division_code=suggestion.division_code, number__isnull=False)
    return similar_to(text, kind="suggestion", limit=5, exclude=(suggestion.pk,), within=known)


def invitations(actor: Actor) -> list[Suggestion]:
    """Return the suggestions that wait for the actor's co-signature."""
    rows = Cosignature.objects.filter(
        deputy__account=actor.id, state__in=["invited", "void"], suggestion__state=State.COSIGNING
    ).select_related("suggestion__lead")
    return [row.suggestion for row in rows]


def figures(actor: Actor) -> dict[str, int]:
    """Return how many stand in each tab; each equals the tab's list (one query)."""
    return visible_to(actor).aggregate(**figure_counts(actor))


def figure_counts(actor: Actor) -> dict[str, Count]:
    """Return what `figures` counts, so that a page may count other things with it."""
    return {"total": Count("id"), **{name: Count("id", filter=rule) for name, rule in _tabs(actor).items()}}


def units_of(suggestions: list[Suggestion]) -> dict[UUID, list[Assignment]]:
    """Return the parts of many suggestions at once (one query)."""
    found: dict[UUID, list[Assignment]] = {}
    for part in Assignment.objects.filter(matter_id__in=[row.id for row in suggestions]):
        found.setdefault(part.matter_id, []).append(part)
    return found


def _verb(act: str) -> str:
    row = SUGGESTION.acts.get(act) or HANDLING.acts.get(act)
    return row.verb if row else {"draft": "起草", "hand_over": "交办"}.get(act, act)
