"""From rows to the plain facts that guards look at."""

from __future__ import annotations

from lianxin.common import clock
from lianxin.handling.models import Assignment, AssignmentEvent, Consultation, Extension, Reply
from lianxin.handling.rules import ReplyText, reply_problems
from lianxin.handling.workflow import ENDED, Facts, Mode
from lianxin.rulebook.services import value

SIGNING = frozenset({"sign_reply"})
RETURNING = frozenset({"request_return"})
EXTENDING = frozenset({"request_extension", "approve_extension", "refuse_extension"})


def facts_of(assignment: Assignment, act: str | None = None) -> Facts:
    """Return the facts for one act (only what its guards read), or for all acts."""
    signing = act is None or act in SIGNING
    extending = act is None or act in EXTENDING
    return Facts(
        today=clock.today(),
        mode=Mode(assignment.mode),
        kind=assignment.matter_kind,
        round=assignment.round,
        needs_contact=assignment.needs_contact,
        contacted=signing and _contacted(assignment),
        return_until=assignment.return_until,
        reply_due=assignment.reply_due_on,
        extension=_extension_state(assignment) if extending else "",
        return_refused=(act is None or act in RETURNING) and _return_refused(assignment),
        assist_outstanding=_assist_outstanding(assignment) if signing else 0,
        draft_problems=_draft_problems(assignment) if signing else (),
    )


def reply_text(reply: Reply) -> ReplyText:
    """Return a reply row as the check-up reads it."""
    return ReplyText(
        reply_class=reply.reply_class,
        answers=tuple(str(answer) for answer in reply.answers),
        promise_text=reply.promise_text,
        promise_due=reply.promise_due,
        promise_person=reply.promise_person,
        reason=reply.reason,
        publish_level=reply.publish_level,
        publish_reason=reply.publish_reason,
    )


def class_scheme(home6: str) -> tuple[str, ...]:
    """Return the letters of the reply classes in force: ABC or ABCD."""
    return tuple(str(value("suggestion.class_scheme", home6=home6)))


def _contacted(assignment: Assignment) -> bool:
    """Say whether there was a contact: one that the deputy confirmed, or the last one, not denied."""
    if not assignment.needs_contact:
        return True
    held = Consultation.objects.filter(assignment=assignment).order_by("created_at", "id")
    words = list(held.values_list("confirmed", flat=True))
    return True in words or (bool(words) and words[-1] is not False)


def _return_refused(assignment: Assignment) -> bool:
    return AssignmentEvent.objects.filter(assignment=assignment, act="refuse_return").exists()


def _extension_state(assignment: Assignment) -> str:
    asked = Extension.objects.filter(assignment=assignment).values_list("state", flat=True)
    return asked.first() or ""


def _assist_outstanding(assignment: Assignment) -> int:
    if assignment.mode != Mode.MAIN:
        return 0
    parts = Assignment.objects.filter(
        matter_kind=assignment.matter_kind,
        matter_id=assignment.matter_id,
        round=assignment.round,
        mode=Mode.ASSIST,
    )
    return parts.exclude(state__in=ENDED).count()


def _draft_problems(assignment: Assignment) -> tuple[str, ...]:
    draft = Reply.objects.filter(assignment=assignment).order_by("-version").first()
    if draft is None:
        return ("还没有起草答复",)
    found = reply_problems(reply_text(draft), assignment.demands, class_scheme(assignment.home6))
    return tuple(finding.message for finding in found)
