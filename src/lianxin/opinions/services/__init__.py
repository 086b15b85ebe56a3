"""Every act on an opinion."""

from lianxin.opinions.services.contacts import contact_ask, contact_decide, contact_open
from lianxin.opinions.services.feedback import (
    opinion_close,
    opinion_evaluate,
    opinion_feed_back,
    opinion_give_more,
    opinion_reopen,
    opinion_support,
    opinion_withdraw,
)
from lianxin.opinions.services.following import (
    opinion_converted,
    opinion_suggestion_answered,
    opinion_unit_act,
    opinion_unlinked,
)
from lianxin.opinions.services.intake import Said, Submitted, opinion_submit
from lianxin.opinions.services.merging import opinion_unmerge, opinions_merge
from lianxin.opinions.services.retention import purge
from lianxin.opinions.services.routing import opinion_escalate, opinion_send_down, opinion_transfer
from lianxin.opinions.services.sorting import (
    opinion_answer,
    opinion_move,
    opinion_outgoing_check,
    voice_write_down,
)
from lianxin.opinions.services.topics import topic_promote

__all__ = [
    "Said",
    "Submitted",
    "contact_ask",
    "contact_decide",
    "contact_open",
    "opinion_answer",
    "opinion_close",
    "opinion_converted",
    "opinion_escalate",
    "opinion_evaluate",
    "opinion_feed_back",
    "opinion_give_more",
    "opinion_move",
    "opinion_outgoing_check",
    "opinion_reopen",
    "opinion_send_down",
    "opinion_submit",
    "opinion_suggestion_answered",
    "opinion_support",
    "opinion_transfer",
    "opinion_unit_act",
    "opinion_unlinked",
    "opinion_unmerge",
    "opinion_withdraw",
    "opinions_merge",
    "purge",
    "topic_promote",
    "voice_write_down",
]
