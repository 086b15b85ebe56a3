"""Every act between colleagues."""

from lianxin.colleagues.services.channel import channel_read, post_retract, post_write
from lianxin.colleagues.services.circulars import (
    Paper,
    circular_send,
    circular_urge,
    circular_withdraw,
)
from lianxin.colleagues.services.questions import (
    question_accept,
    question_answer,
    question_ask,
    question_close,
)
from lianxin.colleagues.services.receipts import (
    circulars_remind,
    receipt_finish,
    receipt_read,
    receipt_reply,
)

__all__ = [
    "Paper",
    "channel_read",
    "circular_send",
    "circular_urge",
    "circular_withdraw",
    "circulars_remind",
    "post_retract",
    "post_write",
    "question_accept",
    "question_answer",
    "question_ask",
    "question_close",
    "receipt_finish",
    "receipt_read",
    "receipt_reply",
]
