"""Writing: themed years, contests, moral reviews, inspections; one transaction each, on the record."""

from lianxin.campaigns.services.contests import (
    contest_move,
    contest_open,
    contest_publish,
    covenant_nominate,
    nomination_review,
    paper_count,
    vote_cast,
)
from lianxin.campaigns.services.inspections import (
    finding_close,
    finding_mend,
    finding_reopen,
    inspection_record,
    inspection_tick,
    supervisor_assign,
)
from lianxin.campaigns.services.key_tasks import key_task_open, part_finish, part_reopen, part_report
from lianxin.campaigns.services.moral import moral_record
from lianxin.campaigns.services.proofs import MOST_FILES, proof_open, proofs_counted, proofs_of, task_prove
from lianxin.campaigns.services.themes import campaign_close, campaign_open, task_finish

__all__ = [
    "MOST_FILES",
    "campaign_close",
    "campaign_open",
    "contest_move",
    "contest_open",
    "contest_publish",
    "covenant_nominate",
    "finding_close",
    "finding_mend",
    "finding_reopen",
    "inspection_record",
    "inspection_tick",
    "key_task_open",
    "moral_record",
    "nomination_review",
    "paper_count",
    "part_finish",
    "part_reopen",
    "part_report",
    "proof_open",
    "proofs_counted",
    "proofs_of",
    "supervisor_assign",
    "task_finish",
    "task_prove",
    "vote_cast",
]
