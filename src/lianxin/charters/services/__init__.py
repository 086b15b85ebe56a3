"""Writing: versions clause by clause, comments, votes, filing, rounds; one transaction each."""

from lianxin.charters.services.deciding import check_ask, check_pass, check_return, redraft, vote_record
from lianxin.charters.services.drafting import (
    charter_start,
    clause_add,
    clause_change,
    clause_move,
    clause_remove,
)
from lianxin.charters.services.filing import charter_file, charter_publish, charter_send, correction_order
from lianxin.charters.services.hearing import comment_from_paper, comment_say, comment_settle, comments_open
from lianxin.charters.services.rounds import round_close, round_open
from lianxin.charters.services.timers import charter_tick

__all__ = [
    "charter_file",
    "charter_publish",
    "charter_send",
    "charter_start",
    "charter_tick",
    "check_ask",
    "check_pass",
    "check_return",
    "clause_add",
    "clause_change",
    "clause_move",
    "clause_remove",
    "comment_from_paper",
    "comment_say",
    "comment_settle",
    "comments_open",
    "correction_order",
    "redraft",
    "round_close",
    "round_open",
    "vote_record",
]
