"""Every act on an opinion."""

from lianxin.opinions.services.contacts import (
    contact_ask,
    contact_decide,
    contact_open,
    hears,
    sealed_open,
    voice_open,
)
from lianxin.opinions.services.counter import counter_find
from lianxin.opinions.services.feedback import (
    opinion_close,
    opinion_evaluate,
    opinion_feed_back,
    opinion_give_more,
    opinion_reopen,
    opinion_support,
    opinion_support_register,
    opinion_withdraw,
)
from lianxin.opinions.services.following import (
    opinion_converted,
    opinion_suggestion_answered,
    opinion_unit_act,
    opinion_unlinked,
)
from lianxin.opinions.services.intake import Said, Submitted, event_take_in, opinion_submit, paper_batch
from lianxin.opinions.services.merging import opinion_unmerge, opinions_merge
from lianxin.opinions.services.retention import purge
from lianxin.opinions.services.rights import opinion_consent_withdraw, opinion_contact_forget
from lianxin.opinions.services.routing import (
    opinion_consult,
    opinion_escalate,
    opinion_give_view,
    opinion_send_down,
    opinion_transfer,
)
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
    "counter_find",
    "event_take_in",
    "hears",
    "opinion_answer",
    "opinion_close",
    "opinion_consent_withdraw",
    "opinion_consult",
    "opinion_contact_forget",
    "opinion_converted",
    "opinion_escalate",
    "opinion_evaluate",
    "opinion_feed_back",
    "opinion_give_more",
    "opinion_give_view",
    "opinion_move",
    "opinion_outgoing_check",
    "opinion_reopen",
    "opinion_send_down",
    "opinion_submit",
    "opinion_suggestion_answered",
    "opinion_support",
    "opinion_support_register",
    "opinion_transfer",
    "opinion_unit_act",
    "opinion_unlinked",
    "opinion_unmerge",
    "opinion_withdraw",
    "opinions_merge",
    "paper_batch",
    "purge",
    "sealed_open",
    "topic_promote",
    "voice_open",
    "voice_write_down",
]
