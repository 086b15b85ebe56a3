"""Writing: rounds, wishes, cards, votes, work, changes, tests; one transaction each, on the record."""

from lianxin.projects.services.cards import (
    Card,
    card_edit,
    card_write,
    opinion_give,
    project_nominate,
    project_put_back,
    project_withdraw,
)
from lianxin.projects.services.carrying import (
    PlannedStep,
    plan_publish,
    plan_write,
    progress_report,
    project_complete,
    supervisors_name,
    visit_note,
)
from lianxin.projects.services.changes import Decision, News, change_decide, change_propose
from lianxin.projects.services.rounds import (
    candidates_fix,
    collection_close,
    papers_send,
    preview_record,
    round_announce,
    round_open,
    screening_reopen,
    session_set,
)
from lianxin.projects.services.testing import (
    poll_answer,
    rectification_check,
    rectification_list,
    rectification_report,
)
from lianxin.projects.services.timers import projects_tick
from lianxin.projects.services.voting import result_take, test_open, test_take, vote_open
from lianxin.projects.services.wishes import (
    Wished,
    wish_add,
    wish_refuse,
    wish_show,
    wish_support,
    wish_take,
)

__all__ = [
    "Card",
    "Decision",
    "News",
    "PlannedStep",
    "Wished",
    "candidates_fix",
    "card_edit",
    "card_write",
    "change_decide",
    "change_propose",
    "collection_close",
    "opinion_give",
    "papers_send",
    "plan_publish",
    "plan_write",
    "poll_answer",
    "preview_record",
    "progress_report",
    "project_complete",
    "project_nominate",
    "project_put_back",
    "project_withdraw",
    "projects_tick",
    "rectification_check",
    "rectification_list",
    "rectification_report",
    "result_take",
    "round_announce",
    "round_open",
    "screening_reopen",
    "session_set",
    "supervisors_name",
    "test_open",
    "test_take",
    "visit_note",
    "vote_open",
    "wish_add",
    "wish_refuse",
    "wish_show",
    "wish_support",
    "wish_take",
]
