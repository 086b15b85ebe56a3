"""Telling units and desks; the outbox row is written in the writer's transaction."""

from __future__ import annotations

from lianxin.common.actor import Role
from lianxin.handling.models import Assignment
from lianxin.handling.senders import oversight_of
from lianxin.notifications.services import Channel, Recipient, enqueue


def tell_unit(assignment: Assignment, subject: str, text: str, *, dedupe: str) -> None:
    """Tell the people of the handling unit, in the app and by mail."""
    to = Recipient.unit(assignment.unit_code)
    _tell(assignment, to, subject, text, f"{dedupe}:{assignment.id}", f"/unit/matters/{assignment.id}")


def tell_oversight(assignment: Assignment, subject: str, text: str, *, dedupe: str) -> None:
    """Tell the government's oversight office (督查室) of the city's matters in its own departments."""
    if _is_the_city_s(assignment) and oversight_of(assignment):
        to = Recipient.role(Role.OVERSIGHT, assignment.division_code)
        _tell(assignment, to, subject, text, f"{dedupe}:{assignment.id}", f"/unit/matters/{assignment.id}")


def tell_escalated(assignment: Assignment, note: str) -> None:
    """Tell unit, oversight office and leaders that a second reply did not satisfy either (督办)."""
    words = f"两次评价不满意，已提请督办：{assignment.title}"
    tell_unit(assignment, words, note, dedupe="escalated")
    tell_oversight(assignment, words, note, dedupe="escalated")
    if _is_the_city_s(assignment):
        to = Recipient.role(Role.LEADER, assignment.division_code)
        _tell(assignment, to, words, note, f"escalated:{assignment.matter_id}:{assignment.round}")


def _is_the_city_s(assignment: Assignment) -> bool:
    return assignment.division_code == assignment.home6.ljust(12, "0")


def _tell(
    assignment: Assignment, to: Recipient, subject: str, text: str, dedupe: str, link: str = ""
) -> None:
    enqueue(
        to=to,
        subject=subject[:160],
        text=text,
        link=link,
        about_kind="assignment",
        about_id=assignment.id,
        home6=assignment.home6,
        dedupe=dedupe,
        channels=(Channel.IN_APP, Channel.EMAIL),
    )
