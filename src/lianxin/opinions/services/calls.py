"""Asking the keeper to call, or to visit, the person behind a matter."""

from __future__ import annotations

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.notifications.services import Recipient, call_task_add, enqueue
from lianxin.opinions.models import Contact, Opinion
from lianxin.rulebook.deadlines import due_for


def ask_for_call(opinion: Opinion, reason: str) -> None:
    """Ask the receiving keeper to call where a call was wished; the number stays with the matter."""
    if not Contact.objects.filter(opinion=opinion, call_back=True, erased_at=None).exists():
        return
    call_task_add(
        about_kind="opinion",
        about_id=opinion.id,
        number=opinion.number,
        reason=reason,
        due_on=due_for("opinion.feedback_workdays", clock.today(), home6=opinion.home6).on,
        home6=opinion.home6,
        division_code=opinion.received_place or opinion.station.division_code,
    )


def tell_keeper(opinion: Opinion, subject: str, text: str, *, dedupe: str) -> None:
    """Tell the keeper of the station that has the matter now."""
    enqueue(
        to=Recipient.role(Role.KEEPER, opinion.station.town_code or opinion.station.division_code),
        subject=f"{subject} {opinion.number}",
        text=text,
        link=f"/station/opinions/{opinion.id}",
        about_kind="opinion",
        about_id=opinion.id,
        home6=opinion.home6,
        dedupe=f"{dedupe}:{opinion.id}",
    )
