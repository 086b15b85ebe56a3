"""What can be done with a trial, in this order.

`trial_start`; each scrutineer three times `part_give`; `cards_take`; `trial_open`; the machines in the hall
`ballot_take`; `trial_close`; enough scrutineers `share_give`; after the paper is announced `trial_publish`.
`trial_abandon` at any stage: the paper goes on. `trial_again`: the further round, with a trial beside it.
"""

from lianxin.ballots.electronic.services.ceremony import part_give, part_now, rounds_of
from lianxin.ballots.electronic.services.starting import (
    held_beside,
    said_against_start,
    trial_abandon,
    trial_again,
    trial_start,
)
from lianxin.ballots.electronic.services.tally import share_give, trial_publish
from lianxin.ballots.electronic.services.voting import (
    AlreadyCast,
    Taken,
    ballot_take,
    base_of,
    board_close,
    cards_take,
    hall_key_of,
    hall_trial,
    trial_close,
    trial_open,
)

__all__ = [
    "AlreadyCast",
    "Taken",
    "ballot_take",
    "base_of",
    "board_close",
    "cards_take",
    "hall_trial",
    "held_beside",
    "hall_key_of",
    "part_give",
    "part_now",
    "rounds_of",
    "said_against_start",
    "share_give",
    "trial_abandon",
    "trial_again",
    "trial_close",
    "trial_open",
    "trial_publish",
    "trial_start",
]
