"""A group's plan for the year, line by line."""

from __future__ import annotations

from lianxin.activities.models import Activity, GroupPlan, Kind, PlanItem
from lianxin.activities.permissions import may_host
from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.common.writes import write
from lianxin.people.models import Deputy, DeputyGroup, GroupMember


@write
def plan_item_add(
    *,
    actor: Actor,
    group: DeputyGroup,
    year: int,
    month: int,
    kind: str,
    title: str,
    person: Deputy | None = None,
    request_id: str | None = None,
) -> PlanItem:
    """Add a line to the group's plan of a year; the first line begins the plan."""
    if not may_host(actor, group):
        raise Denied("年度计划由组长、本地联络员或主席团来排。")
    check_item(year, month, kind, title)
    if person is not None and not _is_member(group, person):
        raise Invalid("负责人要是本组代表。", fields={"person": "请从本组成员里选。"})
    plan, _made = GroupPlan.objects.get_or_create(
        group=group,
        year=year,
        defaults={"home6": group.home6, "division_code": group.division_code, "made_by": actor.id},
    )
    item = PlanItem.objects.create(plan=plan, month=month, kind=kind, title=title.strip(), person=person)
    _recorded(actor, "plan_item_add", plan)
    return item


@write
def plan_item_remove(*, actor: Actor, item: PlanItem, request_id: str | None = None) -> GroupPlan:
    """Take a line out of the plan as long as nothing has come of it."""
    if not may_host(actor, item.plan.group):
        raise Denied("年度计划由组长、本地联络员或主席团来排。")
    if Activity.objects.filter(plan_item=item).exists():
        raise Conflict("这一项已经建了活动，不能删去。活动不办了，请在活动里「取消」。")
    plan = item.plan
    PlanItem.objects.filter(pk=item.pk).delete()
    _recorded(actor, "plan_item_remove", plan)
    return plan


def check_item(year: int, month: int, kind: str, title: str) -> None:
    """Refuse a line that cannot stand in a plan."""
    fields = {}
    if not clock.today().year - 1 <= year <= clock.today().year + 1:
        fields["year"] = "只能排今年前后一年的计划。"
    if not 1 <= month <= 12:
        fields["month"] = "请选 1 到 12 月。"
    if kind not in Kind.values:
        fields["kind"] = "请从列出的活动种类里选。"
    if not 2 <= len(title.strip()) <= 80:
        fields["title"] = "请写做什么，2 到 80 个字。"
    if fields:
        raise Invalid("这一项还没有填好。", fields=fields)


def _is_member(group: DeputyGroup, person: Deputy) -> bool:
    return GroupMember.objects.filter(group=group, deputy=person, valid_to=None).exists()


def _recorded(actor: Actor, what: str, plan: GroupPlan) -> None:
    record(
        actor=actor,
        tag=f"activities.{what}",
        kind="group_plan",
        target=plan.pk,
        home6=plan.home6,
        facts={"group": str(plan.group_id), "year": plan.year},
    )
