"""Votes on paper: the interface for the rooms above (projects, meetings) and the doors.

Prepare one (only the body's own organ may: the office for the city, a presidium for its town)::

    ballot = ballot_prepare(
        actor=office, body="610981000000", purpose="projects", subject="2026年民生实事项目票决",
        session="旬阳市第一届人大第六次会议", held_on=day,
        options=[NewOption(key=str(project.pk), label=project.title, note="投资 120 万元")],
        method=Method(mode="approval_max_n", places=10, shortfall="accept_fewer", tie_rule="most_votes"),
        about_kind="project_year", about_id=year.pk)

`mode` is `approval_max_n`, `per_item` or `grades` (then `grades=SATISFACTION` or pairs of your own, best
first). `purpose` is one of `models.Purpose`. `about_kind`/`about_id` are yours; one vote a round each.

Then its own pages lead through it (`/ballots/<pk>`), or the services do, in this order: `method_pass`,
`teller_appoint` ×2, `scrutineer_appoint`, `ballot_open`, `roll_call` (or the bare number,
`ballot_sign_in`), `ballot_declare_quorum`, `ballot_issue`, `ballot_close_box`, `sheet_enter` by both
tellers for every bundle, `ballot_decide`,
`scan_attach`, `ballot_announce`; `ballot_next_round` or `ballot_start_anew` return the vote that follows.

Nothing is pushed upwards: the room above pulls `outcome_of(ballot)` or `outcome_about(kind=…, pk=…)` and
looks at `Result.is_final`, `.passed` (keys, best first), `.not_passed`, `.counts`, `.verdicts`, `.rounds`.

Votes of earlier years come in by `ballots_register(actor=SYSTEM, rows=[PastBallot(…)], home6=…)`, which
decides by the same rules and returns the rows; for a story of the demo city use it too.
"""

from lianxin.ballots.services.counting import batch_recount, sheet_enter
from lianxin.ballots.services.deciding import (
    ballot_announce,
    ballot_decide,
    ballot_next_round,
    ballot_start_anew,
    ballot_void,
    scan_attach,
)
from lianxin.ballots.services.holding import (
    ballot_close_box,
    ballot_declare_quorum,
    ballot_issue,
    ballot_open,
    ballot_sign_in,
    ballot_suspend,
)
from lianxin.ballots.services.methods import Method
from lianxin.ballots.services.outcomes import Result, Round, outcome_about, outcome_of
from lianxin.ballots.services.preparing import (
    SATISFACTION,
    NewOption,
    ballot_change,
    ballot_prepare,
    method_pass,
    officer_release,
    scrutineer_appoint,
    teller_appoint,
)
from lianxin.ballots.services.register import PastBallot, ballots_register
from lianxin.ballots.services.roll import leave_ask, roll_call

__all__ = [
    "SATISFACTION",
    "Method",
    "NewOption",
    "PastBallot",
    "Result",
    "Round",
    "ballot_announce",
    "ballot_change",
    "ballot_close_box",
    "ballot_decide",
    "ballot_declare_quorum",
    "ballot_issue",
    "ballot_next_round",
    "ballot_open",
    "ballot_prepare",
    "ballot_sign_in",
    "ballot_start_anew",
    "ballot_suspend",
    "ballot_void",
    "ballots_register",
    "batch_recount",
    "leave_ask",
    "method_pass",
    "officer_release",
    "outcome_about",
    "outcome_of",
    "roll_call",
    "scan_attach",
    "scrutineer_appoint",
    "sheet_enter",
    "teller_appoint",
]
