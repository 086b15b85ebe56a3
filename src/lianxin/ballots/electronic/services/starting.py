"""Beginning a trial beside a vote on paper, and giving it up."""

from __future__ import annotations

from lianxin.audit.moving import event_add
from lianxin.ballots.electronic import elections, questions, tool
from lianxin.ballots.electronic.permissions import may_hold_trial
from lianxin.ballots.electronic.services.step import TRAIL, step
from lianxin.ballots.electronic.workflow import State
from lianxin.ballots.models import Ballot, BallotOfficer, OfficerKind, Trial, Trustee
from lianxin.ballots.services.deciding import ballot_next_round
from lianxin.ballots.services.holding import reason_of
from lianxin.ballots.workflow import BEFORE_ISSUE
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Refused
from lianxin.common.writes import write
from lianxin.notifications.services import Recipient, enqueue
from lianxin.rulebook.selectors import value


def said_against_start(ballot: Ballot) -> str | None:
    """Return why no trial can be held beside this vote now, or None."""
    if not tool.is_installed():
        return tool.MISSING
    if ballot.state not in BEFORE_ISSUE:
        return "选票已经发出，这次来不及准备电子试用，只用纸票。"
    if said := questions.said_against(ballot.mode, ballot.options.count()):
        return said
    return _said_against_keyholders(ballot)


def _said_against_keyholders(ballot: Ballot) -> str | None:
    need, found = _trustees_needed(ballot), scrutineers_of(ballot)
    if len(found) != need:
        return f"电子试用要正好 {need} 名监票人管钥匙，现在定了 {len(found)} 名。"
    without = [one.name for one in found if one.account_id is None]
    return f"{'、'.join(without)}没有账号，不能管钥匙，请换人。" if without else None


def scrutineers_of(ballot: Ballot) -> list[BallotOfficer]:
    """Return the scrutineers of a vote in their order."""
    return list(ballot.officers.filter(kind=OfficerKind.SCRUTINEER).order_by("slot"))


def _trustees_needed(ballot: Ballot) -> int:
    return int(value("ballot.trustees", home6=ballot.home6))


@write
def trial_start(*, actor: Actor, ballot: Ballot, request_id: str | None = None) -> Trial:
    """Begin a trial: the scrutineers of the vote are asked to make their keys, each on his own device."""
    if not may_hold_trial(actor, ballot):
        raise Denied("电子试用由组织这次票决的机关准备。")
    if said := said_against_start(ballot):
        raise Refused(said)
    if ballot.trials.exclude(state=State.ABANDONED).exists():
        raise Conflict("这次票决已经在准备电子试用了。")
    trial = Trial.objects.create(
        ballot=ballot,
        home6=ballot.home6,
        code=elections.new_code(),
        threshold=min(int(value("ballot.trustees_needed", home6=ballot.home6)), _trustees_needed(ballot)),
    )
    for place, one in enumerate(scrutineers_of(ballot), start=1):
        _entrust(trial, place, one)
    event_add(trial, actor=actor, act="start", old="", trail=TRAIL, facts={"threshold": trial.threshold})
    return trial


@write
def trial_again(*, actor: Actor, ballot: Ballot, request_id: str | None = None) -> Trial:
    """Prepare the further round and begin a trial beside it: same scrutineers, keys and cards made anew.

    A key opens the lock of one round only, and a card that was drawn is used up: neither is carried over.
    """
    if not may_hold_trial(actor, ballot):
        raise Denied("电子试用由组织这次票决的机关准备。")
    if not held_beside(ballot):
        raise Conflict("这一轮没有电子试用，请直接准备再投一轮。")
    following = ballot_next_round(actor=actor, ballot=ballot)
    return trial_start(actor=actor, ballot=following)


def held_beside(ballot: Ballot | None) -> bool:
    """Say whether a trial was held beside a vote, and not given up."""
    return ballot is not None and ballot.trials.exclude(state=State.ABANDONED).exists()


def _entrust(trial: Trial, place: int, officer: BallotOfficer) -> None:
    assert officer.account_id is not None
    Trustee.objects.create(
        trial=trial, home6=trial.home6, slot=place, account_id=officer.account_id, name=officer.name
    )
    enqueue(
        to=Recipient.account(officer.account_id),
        subject=f"请您管一把钥匙：{trial.ballot.subject}",
        text="电子试用的钥匙制在您自己的设备上，谁也拿不走。请打开页面，按第一步做。",
        link=f"/ballots/{trial.ballot_id}/trial/mine",
        about_kind="ballot",
        about_id=trial.ballot_id,
        home6=trial.home6,
        dedupe=f"trial-key:{trial.id}",
    )


@write
def trial_abandon(*, actor: Actor, trial: Trial, reason: str, request_id: str | None = None) -> Trial:
    """Give the trial up at any stage; the paper goes on as if nothing had been."""
    return step(actor=actor, trial=trial, act="abandon", note=reason_of(reason))
