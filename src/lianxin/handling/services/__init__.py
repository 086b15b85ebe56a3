"""Every step of a matter in an organ's hands, defined once.

Upper rooms call these inside their own transaction and then derive their own progress.
"""

from pydantic import BaseModel

from lianxin.common.actor import Actor
from lianxin.handling.models import Assignment
from lianxin.handling.services.contact import contact_confirm, contact_record, progress_record
from lianxin.handling.services.deadlines import deadline_meet, deadline_set
from lianxin.handling.services.extension import extension_decide, extension_request
from lianxin.handling.services.hand_over import hand_over, withdraw_all
from lianxin.handling.services.reply import reply_correct, reply_draft, reply_send_back, reply_sign
from lianxin.handling.services.unit import accept, opinion_give, return_decide, return_request, start
from lianxin.handling.services.urging import urge, urge_overdue

__all__ = [
    "accept",
    "contact_confirm",
    "contact_record",
    "deadline_meet",
    "deadline_set",
    "extension_decide",
    "extension_request",
    "hand_over",
    "opinion_give",
    "perform",
    "progress_record",
    "reply_correct",
    "reply_draft",
    "reply_send_back",
    "reply_sign",
    "return_decide",
    "return_request",
    "start",
    "urge",
    "urge_overdue",
    "withdraw_all",
]


def perform(*, actor: Actor, assignment: Assignment, act: str, form: BaseModel) -> Assignment:
    """Perform any act of the table with its checked form (see `handling.actions.BOOK`)."""
    from lianxin.handling.actions import BOOK  # the book imports these services

    done: Assignment = BOOK.perform(
        actor=actor, obj=assignment, name=act, data=form.model_dump(), request_id=None
    )
    return done
