"""The meeting itself: who may vote, who is there, papers handed out and taken from the box."""

from __future__ import annotations

from lianxin.ballots.models import Ballot, BallotBatch, BallotElector, Coming, OfficerKind
from lianxin.ballots.papers import batch_sizes
from lianxin.ballots.permissions import may
from lianxin.ballots.quorum import is_quorate
from lianxin.ballots.services.counting import match_if_agreed
from lianxin.ballots.services.step import step
from lianxin.ballots.workflow import State
from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.errors import Denied, Invalid
from lianxin.common.writes import write
from lianxin.notifications.services import Recipient, enqueue
from lianxin.people.selectors import deputies_of_body
from lianxin.rulebook.selectors import value


@write
def ballot_open(*, actor: Actor, ballot: Ballot, request_id: str | None = None) -> Ballot:
    """Open the meeting: the deputies in office now are all deputies of this vote, whatever happens later."""
    deputies = list(deputies_of_body(ballot.division_code).distinct())
    step(actor=actor, ballot=ballot, act="open", given={"electorate": len(deputies)})
    BallotElector.objects.bulk_create(
        [BallotElector(ballot=ballot, home6=ballot.home6, deputy=one) for one in deputies]
    )
    return ballot


@write
def ballot_sign_in(*, actor: Actor, ballot: Ballot, present: int, request_id: str | None = None) -> Ballot:
    """Set how many deputies are there; when too few are left, the meeting is suspended."""
    if not 0 <= present <= ballot.electorate:
        words = f"全体代表 {ballot.electorate} 人，请填 0 到 {ballot.electorate}。"
        raise Invalid("到会人数不对，请核对。", fields={"present": words})
    if ballot.attendance.exclude(coming=Coming.LEAVE).exists():
        words = "这次会已经逐人签到，到会人数按名册算，请在名册上改。"
        raise Invalid("到会人数不能另外填。", fields={"present": words})
    return present_set(actor, ballot, present)


def present_set(actor: Actor, ballot: Ballot, present: int) -> Ballot:
    """Set the figure of those present; the meeting is suspended when too few are left."""
    step(actor=actor, ballot=ballot, act="sign_in", given={"present": present})
    if ballot.state == State.QUORATE and not is_quorate(ballot, present):
        step(actor=SYSTEM, ballot=ballot, act="lose_quorum")
    return ballot


@write
def ballot_declare_quorum(*, actor: Actor, ballot: Ballot, request_id: str | None = None) -> Ballot:
    """Declare that two thirds of all deputies are there (地方组织法 art. 14)."""
    return step(actor=actor, ballot=ballot, act="declare_quorum")


@write
def ballot_suspend(*, actor: Actor, ballot: Ballot, reason: str, request_id: str | None = None) -> Ballot:
    """Suspend the meeting; papers handed out before do not count, they are handed out anew."""
    words = reason_of(reason)
    return step(
        actor=actor,
        ballot=ballot,
        act="suspend",
        note=words,
        facts={"dropped": ballot.issued},
        issued=0,
    )


def reason_of(reason: str) -> str:
    """Return a reason that will stand in the minutes; refuse an empty one."""
    words = reason.strip()[:200]
    if len(words) < 4:
        raise Invalid("请写明原因。", fields={"reason": "至少 4 个字，会记进会议记录。"})
    return words


@write
def ballot_issue(*, actor: Actor, ballot: Ballot, issued: int, request_id: str | None = None) -> Ballot:
    """Hand out so many papers; from now on options and method are locked."""
    return step(actor=actor, ballot=ballot, act="issue", given={"issued": issued})


@write
def ballot_close_box(*, actor: Actor, ballot: Ballot, returned: int, request_id: str | None = None) -> Ballot:
    """Count the papers taken from the box and tie them in bundles; more than were issued voids the vote.

    Done again, it begins the whole count anew from the papers: what was entered before no longer counts.
    """
    if not 0 <= returned <= 9_999:
        raise Invalid("收回张数不对，请核对。", fields={"returned": "请填从票箱里取出的张数。"})
    if returned > ballot.issued > 0 and ballot.state in {State.VOTING, State.COUNTING, State.MATCHED}:
        return _void_excess(actor, ballot, returned)
    step(
        actor=actor,
        ballot=ballot,
        act="close_box",
        given={"returned": returned},
        count_run=ballot.count_run + 1,
    )
    _bundles(ballot)
    _tell_tellers(ballot)
    match_if_agreed(ballot)
    return ballot


def _void_excess(actor: Actor, ballot: Ballot, returned: int) -> Ballot:
    """Let the rule void the vote; whoever entered the number must have the right to open the box."""
    if not may(actor, "close_box", ballot):
        raise Denied("您没有办理这一步的权限。")
    return step(actor=SYSTEM, ballot=ballot, act="void_excess", given={"returned": returned})


def _bundles(ballot: Ballot) -> None:
    sizes = batch_sizes(ballot.returned, value("ballot.batch_size", home6=ballot.home6))
    BallotBatch.objects.bulk_create(
        [
            BallotBatch(
                ballot=ballot, home6=ballot.home6, count_run=ballot.count_run, number=number, size=size
            )
            for number, size in enumerate(sizes, start=1)
        ]
    )


def _tell_tellers(ballot: Ballot) -> None:
    for officer in ballot.officers.filter(kind=OfficerKind.TELLER, account_id__isnull=False):
        assert officer.account_id is not None
        enqueue(
            to=Recipient.account(officer.account_id),
            subject=f"可以计票了：{ballot.subject}",
            text=f"收回 {ballot.returned} 张票，请一捆一捆录入，录完为止。",
            link=f"/ballots/{ballot.id}/entry",
            about_kind="ballot",
            about_id=ballot.id,
            home6=ballot.home6,
            dedupe=f"ballot-count:{ballot.id}:{ballot.count_run}",
        )
