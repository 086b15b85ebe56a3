"""Writing: documents, petitions, plans, tasks, work meetings; one transaction each, on the record."""

from lianxin.plans.services.documents import (
    Received,
    document_attach,
    document_link,
    document_register,
    document_settle,
)
from lianxin.plans.services.drafting import (
    TaskWords,
    goal_add,
    line_add,
    line_change,
    line_remove,
    plan_open,
)
from lianxin.plans.services.issuing import (
    plan_amend,
    plan_approve,
    plan_close,
    plan_drop_change,
    plan_return,
    plan_submit,
)
from lianxin.plans.services.meetings import (
    Called,
    meeting_cancel,
    meeting_mark_present,
    meeting_notify,
    meeting_plan,
    meeting_reply,
    meeting_sign_in,
)
from lianxin.plans.services.minutes import decisions_to_tasks, minutes_confirm, minutes_write
from lianxin.plans.services.petitions import (
    petition_decide,
    petition_decline,
    petition_draft,
    petition_issue,
    petition_propose,
    petition_revise,
    petition_schedule,
    petition_send,
    petition_urge,
    petition_withdraw,
)
from lianxin.plans.services.progress import progress_report, report_accept, report_return, task_park
from lianxin.plans.services.timers import plans_tick

__all__ = [
    "Called",
    "Received",
    "TaskWords",
    "decisions_to_tasks",
    "document_attach",
    "document_link",
    "document_register",
    "document_settle",
    "goal_add",
    "line_add",
    "line_change",
    "line_remove",
    "meeting_cancel",
    "meeting_mark_present",
    "meeting_notify",
    "meeting_plan",
    "meeting_reply",
    "meeting_sign_in",
    "minutes_confirm",
    "minutes_write",
    "petition_decide",
    "petition_decline",
    "petition_draft",
    "petition_issue",
    "petition_propose",
    "petition_revise",
    "petition_schedule",
    "petition_send",
    "petition_urge",
    "petition_withdraw",
    "plan_amend",
    "plan_approve",
    "plan_close",
    "plan_drop_change",
    "plan_open",
    "plan_return",
    "plan_submit",
    "plans_tick",
    "progress_report",
    "report_accept",
    "report_return",
    "task_park",
]
