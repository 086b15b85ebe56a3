"""Unlocking the sum by enough scrutineers, and publishing it once the paper's result is announced.

Shares are kept apart until then: nobody, the organiser included, knows the sum before the paper is read out.
"""

from __future__ import annotations

import json

from lianxin.ballots.electronic import elections, tool
from lianxin.ballots.electronic.permissions import trustee_of
from lianxin.ballots.electronic.questions import said_of_sum, sum_of
from lianxin.ballots.electronic.services.step import ask_of, facts_of, file_keep, step
from lianxin.ballots.electronic.services.voting import board_close
from lianxin.ballots.electronic.workflow import TRIAL
from lianxin.ballots.models import Trial, Trustee
from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.common.writes import write

WRONG = "这份开锁材料不对：可能拿错了文件，或者不是这次投票的。请在自己的设备上重新生成，再交一次。"
FALSE = "有一份开锁材料没有通过核对，算不出结果。请监票人重新交；还不行就停用电子试用，以纸票为准。"


@write
def share_give(*, actor: Actor, trial: Trial, content: str, request_id: str | None = None) -> Trustee:
    """Take a scrutineer's share of the decryption; enough of them unlock the sum."""
    mine = trustee_of(actor, trial)
    if mine is None:
        raise Denied("只有管钥匙的监票人可以交这份材料。")
    if mine.share:
        raise Conflict("您的开锁材料已经交过了，请等其他监票人。")
    step(actor=actor, trial=trial, act="give_share", facts={"slot": mine.slot})
    mine.share = _own_share(content, mine.slot)
    mine.save(update_fields=["share"])
    if TRIAL.refusal(trial.state, "unseal", facts_of(trial)) is None:
        step(actor=SYSTEM, trial=trial, act="unseal")
    return mine


def _own_share(content: str, slot: int) -> str:
    """Return the two lines of a share; it must say that it is this scrutineer's."""
    lines = content.strip().splitlines()
    try:
        owner = json.loads(lines[1])["owner"]
        is_share = "decryption_factors" in json.loads(lines[0])
    except (ValueError, IndexError, KeyError, TypeError):
        raise Invalid(WRONG, fields={"part": "请选 share.json。"}) from None
    if owner != slot or not is_share or len(lines) != 2:
        raise Invalid(WRONG, fields={"part": "请选您自己的 share.json。"})
    return "\n".join(lines)


@write
def trial_publish(*, actor: Actor, trial: Trial, request_id: str | None = None) -> Trial:
    """Compute the sum from the shares and publish it beside the paper's result, whatever it says."""
    if TRIAL.refusal(trial.state, "publish", facts_of(trial)):
        return step(actor=actor, trial=trial, act="publish")  # says why not
    board, found = _opened(trial)
    step(actor=actor, trial=trial, act="publish", result=found)
    file_keep(trial, elections.FULL, board)
    return trial


def _opened(trial: Trial) -> tuple[bytes, dict[str, object]]:
    closed = board_close(trial)
    try:
        board, said = elections.opened(closed, [one.share for one in trial.trustees.all() if one.share])
    except tool.ToolFailed:
        raise Refused(FALSE) from None
    ask = ask_of(trial.ballot)
    found = sum_of(said["result"], ask, trial.cast)
    if wrong := said_of_sum(found, ask):
        raise Refused(wrong)
    counts = {key: dict(row) for key, row in found.counts.items()}
    return board, {"ballots": found.ballots, "blank": found.blank, "counts": counts}
