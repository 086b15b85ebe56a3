"""Every act on a suggestion."""

from lianxin.suggestions.services.assigning import (
    express_refuse,
    suggestion_assign,
    suggestion_mark,
    suggestion_reassign,
    suggestion_unmark,
)
from lianxin.suggestions.services.attaching import file_attach, file_detach
from lianxin.suggestions.services.citing import sources_drop
from lianxin.suggestions.services.cosigning import (
    cosign_answer,
    cosigner_remove,
    cosigners_invite,
    cosigners_reask,
)
from lianxin.suggestions.services.drafting import (
    Draft,
    suggestion_draft,
    suggestion_edit,
    suggestion_submit,
    suggestion_withdraw,
)
from lianxin.suggestions.services.evaluation import (
    Marks,
    evaluation_change,
    evaluation_for_body,
    evaluation_give,
    evaluation_take_over,
)
from lianxin.suggestions.services.following import suggestion_unit_act
from lianxin.suggestions.services.promises import promise_confirm, promise_proof, promise_report
from lianxin.suggestions.services.publishing import (
    publication_propose,
    suggestion_publish,
    suggestion_unpublish,
)
from lianxin.suggestions.services.review import (
    suggestion_appeal,
    suggestion_merge,
    suggestion_register,
    suggestion_reject,
    suggestion_rejection_propose,
    suggestion_send_back,
)
from lianxin.suggestions.services.supervision import (
    suggestion_close,
    suggestion_escalate,
    suggestion_rehandle,
    suggestion_track,
)
from lianxin.suggestions.services.timers import tick

__all__ = [
    "Draft",
    "Marks",
    "cosign_answer",
    "cosigner_remove",
    "cosigners_invite",
    "cosigners_reask",
    "evaluation_change",
    "evaluation_for_body",
    "evaluation_give",
    "evaluation_take_over",
    "file_attach",
    "file_detach",
    "express_refuse",
    "promise_confirm",
    "promise_proof",
    "promise_report",
    "publication_propose",
    "sources_drop",
    "suggestion_appeal",
    "suggestion_assign",
    "suggestion_close",
    "suggestion_draft",
    "suggestion_edit",
    "suggestion_escalate",
    "suggestion_mark",
    "suggestion_merge",
    "suggestion_publish",
    "suggestion_reassign",
    "suggestion_register",
    "suggestion_rehandle",
    "suggestion_reject",
    "suggestion_rejection_propose",
    "suggestion_send_back",
    "suggestion_submit",
    "suggestion_track",
    "suggestion_unit_act",
    "suggestion_unmark",
    "suggestion_unpublish",
    "suggestion_withdraw",
    "tick",
]
