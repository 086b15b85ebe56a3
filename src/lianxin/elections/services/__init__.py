"""Writing: elections, recalls, the supervision committee; one transaction each, on the record."""

from lianxin.elections.services.candidates import candidate_add, candidate_withdraw
from lianxin.elections.services.closing import (
    complaint_close,
    complaint_note,
    election_annul,
    election_file,
    handover_note,
)
from lianxin.elections.services.office import office_end
from lianxin.elections.services.opening import committee_set, election_open, registration_begin
from lianxin.elections.services.recalls import recall_ask, recall_vote
from lianxin.elections.services.roll import (
    day_move,
    list_publish,
    objection_decide,
    objection_note,
    proxies_publish,
    roll_register,
    step_tick,
)
from lianxin.elections.services.supervision import supervisor_add, supervisor_end
from lianxin.elections.services.templates import template_change
from lianxin.elections.services.timers import elections_tick
from lianxin.elections.services.voting import (
    election_reorganise,
    next_round_open,
    round_count,
    round_declare,
    vacancy_leave,
    voting_open,
    woman_seat_add,
)
from lianxin.elections.services.watching import appraisal_note, review_note

__all__ = [
    "appraisal_note",
    "candidate_add",
    "candidate_withdraw",
    "committee_set",
    "complaint_close",
    "complaint_note",
    "day_move",
    "election_annul",
    "election_file",
    "election_open",
    "election_reorganise",
    "elections_tick",
    "handover_note",
    "list_publish",
    "next_round_open",
    "objection_decide",
    "objection_note",
    "office_end",
    "proxies_publish",
    "recall_ask",
    "recall_vote",
    "registration_begin",
    "review_note",
    "roll_register",
    "round_count",
    "round_declare",
    "step_tick",
    "supervisor_add",
    "supervisor_end",
    "template_change",
    "vacancy_leave",
    "voting_open",
    "woman_seat_add",
]
