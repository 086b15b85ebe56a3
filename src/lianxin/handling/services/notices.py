"""Telling units and desks; the outbox row is written in the writer's transaction."""

from __future__ import annotations

from lianxin.handling.models import Assignment
from lianxin.notifications.services import Channel, Recipient, enqueue


def tell_unit(assignment: Assignment, subject: str, text: str, *, dedupe: str) -> None:
    """Tell the people of the handling unit, in the app and by mail."""
    enqueue(
        to=Recipient.unit(assignment.unit_code),
        subject=subject,
        text=text,
        link=f"/unit/matters/{assignment.id}",
        about_kind="assignment",
        about_id=assignment.id,
        home6=assignment.home6,
        dedupe=f"{dedupe}:{assignment.id}",
        channels=(Channel.IN_APP, Channel.EMAIL),
    )
