"""Who sits in the villagers' committee, and how a seat falls vacant before its term ends."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.common.writes import write
from lianxin.elections.models import Candidate, OfficeEnd
from lianxin.elections.permissions import may_record

NOTED = (OfficeEnd.RESIGNED, OfficeEnd.DIED, OfficeEnd.INCAPABLE, OfficeEnd.SENTENCED, OfficeEnd.OTHER)
"""What the village notes itself; a recall, an appraisal, a new committee end an office by their own acts."""


def in_office(village: str) -> QuerySet[Candidate]:
    """Return the members of the villagers' committee in office."""
    found = Candidate.objects.filter(election__division_code=village, office_ended_on=None)
    return found.exclude(elected_on=None).select_related("post").order_by("post__key", "id")


@write
def office_end(
    *, actor: Actor, member: Candidate, reason: str, on: date, request_id: str | None = None
) -> Candidate:
    """Note that a member has left; a by-election may fill the seat (村民委员会组织法第十八、十九条)."""
    election = member.election
    if not may_record(actor, election.division_code):
        raise Denied("只有本村可以登记村委会成员离任。")
    if reason not in NOTED:
        raise Invalid("请选离任的原因。", fields={"reason": "请从列出的原因中选。"})
    if member.elected_on is None or not member.elected_on <= on <= clock.today():
        words = f"请写当选（{member.elected_on}）以后、今天以前的一天。"
        raise Invalid("日期不对。", fields={"on": words})
    open_office = Candidate.objects.filter(pk=member.pk, office_ended_on=None)
    if open_office.update(office_ended_on=on, office_end_reason=reason) != 1:
        raise Conflict("已经登记过他离任了。")
    member.refresh_from_db()
    record(
        actor=actor,
        tag="village_election.office_end",
        kind="village_election",
        target=election.id,
        home6=election.home6,
        facts={"candidate": str(member.pk), "reason": reason, "on": str(on)},
    )
    return member
