"""Every step of a matter in an organ's hands, defined once.

Upper rooms call these inside their own transaction and then derive their own progress.
"""

from lianxin.handling.services.contact import contact_confirm, contact_record, progress_record
from lianxin.handling.services.deadlines import deadline_meet, deadline_set, deadlines_start
from lianxin.handling.services.extension import extension_decide, extension_request
from lianxin.handling.services.hand_over import check_parts, hand_over, withdraw_all
from lianxin.handling.services.notices import tell_escalated, tell_oversight, tell_unit
from lianxin.handling.services.recounting import deadlines_recount
from lianxin.handling.services.reply import (
    ReplyDraft,
    reply_correct,
    reply_draft,
    reply_send_back,
    reply_sign,
)
from lianxin.handling.services.unit import accept, opinion_give, return_decide, return_request, start
from lianxin.handling.services.urging import remind_of_progress, urge, urge_overdue, warn_soon

__all__ = [
    "ReplyDraft",
    "accept",
    "check_parts",
    "contact_confirm",
    "contact_record",
    "deadline_meet",
    "deadline_set",
    "deadlines_recount",
    "deadlines_start",
    "extension_decide",
    "extension_request",
    "hand_over",
    "opinion_give",
    "progress_record",
    "remind_of_progress",
    "reply_correct",
    "reply_draft",
    "reply_send_back",
    "reply_sign",
    "return_decide",
    "return_request",
    "start",
    "tell_escalated",
    "tell_oversight",
    "tell_unit",
    "urge",
    "urge_overdue",
    "warn_soon",
    "withdraw_all",
]
