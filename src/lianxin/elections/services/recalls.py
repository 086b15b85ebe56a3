"""A recall: a fifth of the voters or a third of the representatives ask, then both halves vote (art. 16)."""

from __future__ import annotations

from datetime import date

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.common.writes import write
from lianxin.elections.models import Candidate, OfficeEnd, Recall
from lianxin.elections.permissions import may_record
from lianxin.elections.workflow import RecallState
from lianxin.rulebook.calendar import due_after_days, due_after_months
from lianxin.rulebook.selectors import calendar_for, value
from lianxin.villages.hiding import hidden
from lianxin.villages.models import VillageProfile
from lianxin.villages.rules import Check, more_than_half
from lianxin.villages.rules import recall as counted


def checked(row: Recall) -> Check:
    """Return the first threshold that the recall does not reach, or the last one."""
    return counted(
        registered=row.registered,
        voting=row.voting or 0,
        in_favour=row.in_favour or 0,
        petitioners=row.petitioners,
        representatives=row.representatives,
        representatives_asking=row.representatives_asking,
    )


@write
def recall_ask(
    *,
    actor: Actor,
    candidate: Candidate,
    reasons: str,
    petitioners: int,
    representatives_asking: int = 0,
    request_id: str | None = None,
) -> Recall:
    """Note the demand for a recall with its reasons; too few who ask are refused with the number needed."""
    election = candidate.election
    if not may_record(actor, election.division_code):
        raise Denied("只有本村可以记罢免。")
    _in_office(candidate)
    words = reasons.strip()
    if not 10 <= len(words) <= 1000:
        raise Invalid("请写罢免理由。", fields={"reasons": "写 10 到 1000 个字；被罢免的人可以申辩。"})
    profile = VillageProfile.objects.get(division_code=election.division_code)
    row = Recall(
        home6=election.home6,
        division_code=election.division_code,
        candidate=candidate,
        asked_on=clock.today(),
        reasons=hidden(words)[0],
        registered=election.registered,
        petitioners=petitioners,
        representatives=profile.representatives,
        representatives_asking=representatives_asking,
        vote_due=_vote_due(election.home6),
    )
    _asked(row)
    row.save(force_insert=True)
    _record(actor, row, "ask")
    return row


def _in_office(candidate: Candidate) -> None:
    if candidate.elected_on is None or candidate.office_ended_on is not None:
        raise Invalid("这个人现在不是村委会成员。", fields={"candidate": "请选在任的成员。"})
    if candidate.recalls.filter(state=RecallState.ASKED).exists():
        raise Conflict("已经有一件罢免在办，请先投票。")
    last = candidate.recalls.filter(state=RecallState.FAILED).order_by("-voted_on").first()
    if last is None or last.voted_on is None:
        return
    months = value("village.recall_wait_months", home6=candidate.election.home6)
    again = due_after_months(last.voted_on, months, calendar_for(candidate.election.home6)).on
    if clock.today() < again:
        raise Refused(f"上次罢免没有通过，{again} 以后才可以再提（参照浙江等省规定）。")


def _vote_due(home6: str) -> date:
    days = value("village.recall_vote_days", home6=home6)
    return due_after_days(clock.today(), days, calendar_for(home6)).on


def _asked(row: Recall) -> None:
    """Refuse a demand by too few: with nobody voting, the check that fails names who is missing."""
    found = checked(row)
    if "联名" in found.basis and not found.ok:
        raise Refused(f"联名人数不够：要 {found.need}，现在 {found.have}（{found.basis}）。")


@write
def recall_vote(
    *, actor: Actor, recall: Recall, voting: int, in_favour: int, request_id: str | None = None
) -> Recall:
    """Note the totals of the vote; more than half must vote and more than half of them agree."""
    if not may_record(actor, recall.division_code):
        raise Denied("只有本村可以记罢免。")
    if not 0 <= in_favour <= voting <= recall.registered:
        words = f"同意的不能多于投票的，投票的不能多于登记的 {recall.registered} 人。"
        raise Invalid(words, fields={"voting": words})
    recall.voting, recall.in_favour = voting, in_favour
    found = checked(recall)
    state = RecallState.PASSED if found.ok else RecallState.FAILED
    said = f"{found.basis}：要 {found.need}，有 {found.have}"
    open_one = Recall.objects.filter(pk=recall.pk, state=RecallState.ASKED)
    changes = {"voting": voting, "in_favour": in_favour, "state": state, "said": said[:120]}
    if open_one.update(voted_on=clock.today(), **changes) != 1:
        raise Conflict("这件罢免已经投过票了。")
    recall.refresh_from_db()
    if found.ok:
        Candidate.objects.filter(pk=recall.candidate_id, office_ended_on=None).update(
            office_ended_on=clock.today(), office_end_reason=OfficeEnd.RECALLED
        )
    _record(actor, recall, "vote")
    return recall


def _record(actor: Actor, row: Recall, act: str) -> None:
    record(
        actor=actor,
        tag=f"village_recall.{act}",
        kind="village_recall",
        target=row.id,
        home6=row.home6,
        facts={"candidate": str(row.candidate_id), "state": row.state},
    )


def half_needed(row: Recall) -> int:
    """Return how many of the registered have to vote."""
    return more_than_half(row.registered)
