"""The supervision committee: who may sit in it, and what it lacks (art. 32)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.common.writes import write
from lianxin.elections import rules
from lianxin.elections.bodies import SupervisionMember
from lianxin.elections.permissions import may_record
from lianxin.elections.services.office import in_office
from lianxin.rulebook.selectors import value


def sitting(village: str) -> QuerySet[SupervisionMember]:
    """Return the members of the supervision committee."""
    return SupervisionMember.objects.filter(division_code=village, until=None).order_by("-is_head", "id")


def gaps(village: str) -> tuple[str, ...]:
    """Return what the supervision committee of a village lacks."""
    rows = list(sitting(village))
    return rules.body_gaps(
        rules.Body(
            members=len(rows),
            heads=sum(row.is_head for row in rows),
            knows_finance=sum(row.knows_finance for row in rows),
            least=value("village.supervision_least", home6=village[:6]),
            most=value("village.supervision_most", home6=village[:6]),
        )
    )


@write
def supervisor_add(  # noqa: PLR0913 - what makes somebody eligible
    *,
    actor: Actor,
    village: str,
    name: str,
    relative_of: UUID | None = None,
    is_secretary: bool = False,
    is_head: bool = False,
    knows_finance: bool = False,
    since: date | None = None,
    request_id: str | None = None,
) -> SupervisionMember:
    """Seat a member of the supervision committee; relatives of the committee are refused with the reason."""
    if not may_record(actor, village):
        raise Denied("只有本村可以记监督委员会成员。")
    name = name.strip()[:20]
    if len(name) < 2:
        raise Invalid("请写姓名。", fields={"name": "至少 2 个字。"})
    _eligible(village, name, relative_of, is_secretary)
    _room(village, name, is_head)
    row = SupervisionMember.objects.create(
        home6=village[:6],
        division_code=village,
        name=name,
        is_head=is_head,
        knows_finance=knows_finance,
        since=since or clock.today(),
    )
    _record(actor, row, "add")
    return row


def _eligible(village: str, name: str, relative_of: UUID | None, is_secretary: bool) -> None:
    members = {one.pk: one.name for one in in_office(village)}
    if relative_of is not None and relative_of not in members:
        raise Invalid("请从名单里选村委会成员。", fields={"relative_of": "请从列出的成员中选。"})
    said = rules.supervision_refusal(
        is_committee_member=name in members.values(),
        is_secretary=is_secretary,
        relative_of=members[relative_of] if relative_of else "",
    )
    if said:
        raise Refused(said, fields={"name": said})


def _room(village: str, name: str, is_head: bool) -> None:
    most = value("village.supervision_most", home6=village[:6])
    rows = list(sitting(village))
    if any(row.name == name for row in rows):
        raise Conflict("这个人已经在监督委员会里了。")
    if len(rows) >= most:
        raise Refused(f"监督委员会最多 {most} 人，请先记离任。")
    if is_head and any(row.is_head for row in rows):
        raise Refused("已经有主任了，请先记离任。")


@write
def supervisor_end(
    *, actor: Actor, member: SupervisionMember, request_id: str | None = None
) -> SupervisionMember:
    """Note that a member has left."""
    if not may_record(actor, member.division_code):
        raise Denied("只有本村可以记监督委员会成员。")
    if SupervisionMember.objects.filter(pk=member.pk, until=None).update(until=clock.today()) != 1:
        raise Conflict("这位成员已经离任了。")
    member.refresh_from_db()
    _record(actor, member, "end")
    return member


def _record(actor: Actor, row: SupervisionMember, act: str) -> None:
    record(
        actor=actor,
        tag=f"village_supervision.{act}",
        kind="village_supervision",
        target=row.id,
        home6=row.home6,
    )
