"""Every act on a suggestion."""

from lianxin.suggestions.services.cosigning import cosign_answer, cosigner_remove, cosigners_invite
from lianxin.suggestions.services.drafting import (
    Draft,
    suggestion_draft,
    suggestion_edit,
    suggestion_submit,
    suggestion_withdraw,
)
from lianxin.suggestions.services.evaluation import evaluation_change, evaluation_give
from lianxin.suggestions.services.following import suggestion_unit_act
from lianxin.suggestions.services.promises import promise_confirm, promise_proof
from lianxin.suggestions.services.review import (
    suggestion_appeal,
    suggestion_assign,
    suggestion_mark,
    suggestion_merge,
    suggestion_register,
    suggestion_reject,
    suggestion_rejection_propose,
    suggestion_send_back,
)
from lianxin.suggestions.services.supervision import (
    suggestion_close,
    suggestion_escalate,
    suggestion_publish,
    suggestion_rehandle,
    suggestion_track,
    tick,
)

__all__ = [
    "Draft",
    "cosign_answer",
    "cosigner_remove",
    "cosigners_invite",
    "evaluation_change",
    "evaluation_give",
    "promise_confirm",
    "promise_proof",
    "suggestion_appeal",
    "suggestion_assign",
    "suggestion_close",
    "suggestion_draft",
    "suggestion_edit",
    "suggestion_escalate",
    "suggestion_mark",
    "suggestion_merge",
    "suggestion_publish",
    "suggestion_register",
    "suggestion_rehandle",
    "suggestion_reject",
    "suggestion_rejection_propose",
    "suggestion_send_back",
    "suggestion_submit",
    "suggestion_track",
    "suggestion_unit_act",
    "suggestion_withdraw",
    "tick",
]
