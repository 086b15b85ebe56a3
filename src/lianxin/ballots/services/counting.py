"""Two tellers count apart; a vote goes on only when their figures agree in every bundle."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from lianxin.ballots.models import Ballot, BallotBatch, OfficerKind, TallySheet
from lianxin.ballots.papers import Counted, said_against
from lianxin.ballots.permissions import holder_of, slot_of
from lianxin.ballots.scheme import count_of, scheme_of
from lianxin.ballots.services.step import step
from lianxin.ballots.workflow import State
from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.common.writes import write
from lianxin.notifications.services import Recipient, enqueue

ENTERED = "这一捆您已经录过了。要改，请大会工作人员让两位一起重新清点。"


@write
def sheet_enter(
    *,
    actor: Actor,
    ballot: Ballot,
    batch: BallotBatch,
    counted: Counted,
    request_id: str | None = None,
) -> TallySheet:
    """Enter what one teller counted in a bundle; once entered only a recount by both replaces it."""
    slot = slot_of(actor, ballot)
    if slot is None:
        raise Denied("只有这次票决的计票人可以录入。")
    if batch.count_run != ballot.count_run:
        raise Conflict("已经重新开箱清点，这一捆的编号变了，请刷新后再录。")
    _check(ballot, batch, counted)
    step(
        actor=actor,
        ballot=ballot,
        act="enter_sheet",
        facts={"batch": batch.number, "again": batch.again, "slot": slot},
    )
    sheet = _keep(ballot, batch, counted, slot)
    match_if_agreed(ballot)
    return sheet


def _check(ballot: Ballot, batch: BallotBatch, counted: Counted) -> None:
    errors = said_against(counted, scheme_of(ballot), batch.size)
    if errors:
        raise Invalid("这一捆的数对不上，请再点一遍。", fields=errors)


def _keep(ballot: Ballot, batch: BallotBatch, counted: Counted, slot: int) -> TallySheet:
    try:
        with transaction.atomic():
            return TallySheet.objects.create(
                batch=batch,
                home6=ballot.home6,
                again=batch.again,
                slot=slot,
                valid=counted.valid,
                void=counted.void,
                blank=counted.blank,
                votes=plain(counted.votes),
            )
    except IntegrityError:
        raise Conflict(ENTERED) from None


def plain(votes: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """Return votes as they are kept."""
    return {key: dict(said) for key, said in votes.items()}


def match_if_agreed(ballot: Ballot) -> None:
    """Go on when both have entered all bundles alike; tell the organiser when they differ."""
    count = count_of(ballot)
    if ballot.state != State.COUNTING or not count.entered:
        return
    if not count.differing:
        step(actor=SYSTEM, ballot=ballot, act="match")
    _tell_holder(ballot, len(count.differing))


def _tell_holder(ballot: Ballot, apart: int) -> None:
    words = f"两份计票有 {apart} 处不一样，请安排重新清点。" if apart else "两份计票一致，可以算出结果了。"
    enqueue(
        to=Recipient.role(holder_of(ballot.level), ballot.division_code),
        subject=f"{ballot.subject}：{'计票要核对' if apart else '计票一致'}",
        text=words,
        link=f"/ballots/{ballot.id}/compare",
        about_kind="ballot",
        about_id=ballot.id,
        home6=ballot.home6,
        dedupe=f"ballot-compare:{ballot.id}:{ballot.count_run}:{apart}",
    )


@write
def batch_recount(
    *, actor: Actor, ballot: Ballot, batch: BallotBatch, request_id: str | None = None
) -> Ballot:
    """Have both tellers count one bundle anew, neither knowing what the other had."""
    if batch.ballot_id != ballot.pk or batch.count_run != ballot.count_run:
        raise Conflict("已经重新开箱清点，请刷新后再看。")
    facts = {"batch": batch.number, "again": batch.again + 1}
    step(actor=actor, ballot=ballot, act="recount_batch", facts=facts)
    same = BallotBatch.objects.filter(pk=batch.pk, again=batch.again)
    if same.update(again=batch.again + 1) != 1:
        raise Conflict("这一捆刚刚已经安排重新清点了。")
    for officer in ballot.officers.filter(kind=OfficerKind.TELLER, account_id__isnull=False):
        assert officer.account_id is not None
        enqueue(
            to=Recipient.account(officer.account_id),
            subject=f"请重新清点第 {batch.number} 捆：{ballot.subject}",
            text="两份计票在这一捆不一样。请两位各自重新数，不用看原来的数。",
            link=f"/ballots/{ballot.id}/entry/{batch.number}",
            about_kind="ballot",
            about_id=ballot.id,
            home6=ballot.home6,
            dedupe=f"ballot-recount:{batch.id}:{batch.again + 1}",
        )
    return ballot
