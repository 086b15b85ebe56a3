"""Reading a matter's handling."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from lianxin.common.actor import Actor
from lianxin.common.errors import NotFound
from lianxin.documents.models import LetterVersion
from lianxin.handling.models import Assignment, Deadline, Reply
from lianxin.handling.permissions import visible_to
from lianxin.handling.rules import Light, light
from lianxin.rulebook.selectors import value


def assignments_of(kind: str, matter_id: UUID) -> list[Assignment]:
    """Return a matter's parts with everything that pages show of them (five queries)."""
    parts = Assignment.objects.filter(matter_kind=kind, matter_id=matter_id).order_by("round", "created_at")
    return list(
        parts.prefetch_related("consultations", "replies", "progress", "urgings").select_related("extension")
    )


def assignment_for(actor: Actor, pk: UUID) -> Assignment:
    """Return a part that the actor may see."""
    part = (
        visible_to(actor)
        .filter(pk=pk)
        .select_related("extension")
        .prefetch_related("consultations", "replies", "progress", "urgings", "events")
        .first()
    )
    if part is None:
        raise NotFound("没有找到这件事，或者不归您的单位办理。")
    return part


def assignments_for(actor: Actor, *, states: Iterable[str] = ()) -> QuerySet[Assignment]:
    """Return the actor's parts, the most urgent first."""
    found = visible_to(actor).order_by("ended", "reply_due_on", "id")
    return found.filter(state__in=list(states)) if states else found


def latest_reply(part: Assignment) -> Reply | None:
    """Return the newest version of a part's reply."""
    return max(part.replies.all(), key=lambda reply: reply.version, default=None)


def earlier_replies(part: Assignment, *, limit: int = 200) -> list[str]:
    """Return the texts of the unit's earlier signed replies to other matters, for the check-up."""
    found = Reply.objects.filter(assignment__unit_code=part.unit_code, state="signed")
    found = found.exclude(assignment__matter_id=part.matter_id).order_by("-signed_at")
    return ["".join(map(str, answers)) for answers in found.values_list("answers", flat=True)[:limit]]


def deadlines_of(kind: str, matter_id: UUID) -> list[Deadline]:
    """Return a matter's due dates that still count."""
    found = Deadline.objects.filter(matter_kind=kind, matter_id=matter_id, replaced=False)
    return list(found.order_by("due_on"))


def shade(due: date, today: date, *, met_on: date | None = None) -> Light:
    """Return the light of a due date by the days that the rulebook sets."""
    yellow, orange = int(value("matter.yellow_days")), int(value("matter.orange_days"))
    return light(due, today, yellow=yellow, orange=orange, met_on=met_on)


def light_of(deadline: Deadline, today: date) -> Light:
    """Return the light of a stored due date; a target (力争) that has passed is no breach of a limit."""
    found = shade(deadline.due_on, today, met_on=deadline.met_on)
    return Light.ORANGE if deadline.what == "target" and found is Light.RED else found


def letters_of(matter_id: UUID) -> QuerySet[LetterVersion]:
    """Return a matter's letters, the newest first."""
    return LetterVersion.objects.filter(matter_id=matter_id).order_by("-id")


def with_replies(parts: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Return parts with their signed replies at hand as `signed`."""
    signed = Reply.objects.filter(state="signed").order_by("-version")
    return parts.prefetch_related(Prefetch("replies", queryset=signed, to_attr="signed"))
