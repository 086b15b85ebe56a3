"""What the supervision committee does: the quarter's review, the yearly appraisal (arts. 32, 33)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.common.writes import write
from lianxin.elections import rules
from lianxin.elections.bodies import Appraisal, AppraisalResult, SupervisionReview
from lianxin.elections.models import Candidate, OfficeEnd
from lianxin.elections.services.office import in_office
from lianxin.people.terms import refuse_ended_term
from lianxin.villages.calendar import period_of
from lianxin.villages.hiding import hidden
from lianxin.villages.models import VillageProfile

ONLY_WATCH = "只有本村监督委员会可以记。"


@write
def review_note(
    *,
    actor: Actor,
    village: str,
    held_on: date,
    text: str,
    vouchers: int = 0,
    request_id: str | None = None,
) -> SupervisionReview:
    """Note what was looked through in a quarter; one review a quarter."""
    if not actor.has_in(village, Role.VILLAGE_SUPERVISOR):
        raise Denied(ONLY_WATCH)
    words = text.strip()
    if not 10 <= len(words) <= 1000:
        raise Invalid("请写审核意见。", fields={"text": "写 10 到 1000 个字：看了什么、有什么问题、怎么改。"})
    if held_on > clock.today():
        raise Invalid("日期还没到。", fields={"held_on": "请填今天或以前的日期。"})
    refuse_ended_term(held_on, village[:6])
    period = period_of(held_on, "quarter").code
    if SupervisionReview.objects.filter(division_code=village, period=period).exists():
        raise Conflict("这个季度已经记过审核了。")
    row = SupervisionReview.objects.create(
        home6=village[:6],
        division_code=village,
        period=period,
        vouchers=vouchers,
        text=hidden(words)[0],
        reviewed_on=held_on,
        reviewed_by=actor.id,
    )
    record(
        actor=actor,
        tag="village_supervision.review",
        kind="village_supervision",
        target=row.id,
        home6=row.home6,
        facts={"period": period},
    )
    return row


@write
def appraisal_note(
    *,
    actor: Actor,
    village: str,
    held_on: date,
    by_assembly: bool,
    present: int,
    unfit_votes: Mapping[str, int],
    request_id: str | None = None,
) -> Appraisal:
    """Note the yearly appraisal; who is found unfit twice running leaves his post (art. 33)."""
    if not actor.has_in(village, Role.VILLAGE_SUPERVISOR):
        raise Denied(ONLY_WATCH)
    profile = VillageProfile.objects.get(division_code=village)
    most = profile.adults if by_assembly else profile.meeting_members
    if not 1 <= present <= most:
        raise Invalid("到会人数不对。", fields={"present": f"请填 1 到 {most}。"})
    if held_on > clock.today():
        raise Invalid("日期还没到。", fields={"held_on": "请填今天或以前的日期。"})
    refuse_ended_term(held_on, village[:6])
    members = {str(one.pk): one for one in in_office(village)}
    if not members or set(unfit_votes) != set(members):
        raise Invalid("在任的村委会成员都要评议。", fields={"present": "每个人都要填，没有的填 0。"})
    if any(not 0 <= votes <= present for votes in unfit_votes.values()):
        raise Invalid("票数不能多于到会人数。", fields={"present": f"到会 {present} 人。"})
    if Appraisal.objects.filter(division_code=village, year=held_on.year).exists():
        raise Conflict("这一年已经评议过了。")
    row = Appraisal.objects.create(
        home6=village[:6],
        division_code=village,
        year=held_on.year,
        held_on=held_on,
        by_assembly=by_assembly,
        present=present,
    )
    for pk, member in members.items():
        _result(row, member, unfit_votes[pk])
    record(
        actor=actor,
        tag="village_supervision.appraise",
        kind="village_supervision",
        target=row.id,
        home6=row.home6,
        facts={"year": row.year, "present": present},
    )
    return row


def _result(row: Appraisal, member: Candidate, votes: int) -> None:
    check = rules.unfit(by_assembly=row.by_assembly, present=row.present, votes=votes)
    AppraisalResult.objects.create(appraisal=row, candidate=member, unfit_votes=votes, is_unfit=check.ok)
    before = member.appraisals.filter(appraisal__year=row.year - 1, is_unfit=True)
    if check.ok and before.exists():
        Candidate.objects.filter(pk=member.pk, office_ended_on=None).update(
            office_ended_on=row.held_on, office_end_reason=OfficeEnd.UNFIT
        )
