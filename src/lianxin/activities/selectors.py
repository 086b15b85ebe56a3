"""Reading groups, plans, activities and who was there; every list begins with what the actor may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lianxin.activities.models import (
    Activity,
    Gathering,
    GroupPlan,
    GroupProposal,
    PlanItem,
    Presence,
)
from lianxin.activities.permissions import MASTERS, groups_visible_to, may_keep, visible_to
from lianxin.activities.services.step import GATHERING
from lianxin.common import clock
from lianxin.common.actor import Actor, place_prefix
from lianxin.common.errors import NotFound
from lianxin.people.actors import active_seats
from lianxin.people.models import Deputy, DeputyGroup, GroupMember

OPEN = ("planned", "notified", "running", "minutes_due")
TABS: dict[str, Q] = {
    "open": Q(state__in=OPEN),
    "minutes": Q(state="minutes_due"),
    "done": Q(state="done"),
    "cancelled": Q(state="cancelled"),
}


def own_group(actor: Actor) -> DeputyGroup | None:
    """Return the group that the deputy belongs to today."""
    mine = DeputyGroup.objects.filter(members__deputy__account=actor.id, members__valid_to=None)
    return mine.select_related("leader").first()


def group_for(actor: Actor, pk: UUID) -> DeputyGroup:
    """Return a group that the actor may see."""
    group = groups_visible_to(actor).select_related("leader").filter(pk=pk).first()
    if group is None:
        raise NotFound("没有找到这个小组，或者不在您的范围内。")
    return group


def members_of(group: DeputyGroup) -> list[Deputy]:
    """Return a group's members of today, the leader first, then by name."""
    rows = Deputy.objects.filter(memberships__group=group, memberships__valid_to=None)
    return sorted(rows, key=lambda one: (one.pk != group.leader_id, one.pinyin, str(one.pk)))


def levels_of(deputies: list[Deputy]) -> dict[UUID, list[str]]:
    """Return the levels at which deputies sit today (one query)."""
    found: dict[UUID, list[str]] = {}
    seats = active_seats(clock.today()).filter(deputy__in=deputies).order_by("level")
    for seat in seats:
        names = found.setdefault(seat.deputy_id, [])
        label = str(seat.get_level_display())
        if label not in names:
            names.append(label)
    return found


def groups_table(actor: Actor, *, town: str = "") -> QuerySet[DeputyGroup]:
    """Return the groups with members, each with size, levels, plan lines and activities of this year.

    One query, whatever the number of groups.
    """
    year = clock.today().year
    now = GroupMember.objects.filter(group=OuterRef("pk"), valid_to=None)
    seats = active_seats(clock.today()).filter(
        deputy__memberships__group=OuterRef("pk"), deputy__memberships__valid_to=None
    )
    lines = PlanItem.objects.filter(plan__group=OuterRef("pk"), plan__year=year)
    held = Activity.objects.filter(group=OuterRef("pk"), state="done", starts_at__gte=_year_start(year))
    rows = groups_visible_to(actor).select_related("leader").filter(Exists(now))
    if town:
        rows = rows.filter(division_code__startswith=place_prefix(town))
    return rows.annotate(
        size=_count(now, "group"),
        level_count=Coalesce(
            Subquery(
                seats.order_by()
                .values("deputy__memberships__group")
                .annotate(n=Count("level", distinct=True))
                .values("n")
            ),
            0,
        ),
        plan_lines=_count(lines, "plan__group"),
        held=_count(held, "group"),
    ).order_by("division_code", "name")


def _count(rows: QuerySet[GroupMember] | QuerySet[PlanItem] | QuerySet[Activity], by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _year_start(year: int) -> datetime:
    return clock.day_start(clock.today().replace(year=year, month=1, day=1))


def plan_of(group: DeputyGroup, year: int) -> GroupPlan | None:
    """Return a group's plan of a year with its lines and what has come of each (three queries)."""
    plans = GroupPlan.objects.filter(group=group, year=year)
    return plans.prefetch_related("items__person", "items__activities").first()


def item_for(actor: Actor, pk: UUID) -> PlanItem:
    """Return a line of a plan that the actor may see."""
    rows = PlanItem.objects.select_related("plan__group__leader")
    item = rows.filter(pk=pk, plan__group__in=groups_visible_to(actor)).first()
    if item is None:
        raise NotFound("没有找到这一项计划。")
    return item


def minutes_owed(actor: Actor) -> QuerySet[Activity]:
    """Return the activities of the groups that the actor leads whose minutes are still owed."""
    return Activity.objects.filter(state="minutes_due", group__leader__account=actor.id)


def activities_page(
    actor: Actor,
    *,
    tab: str = "",
    group: DeputyGroup | None = None,
    kind: str = "",
    after: UUID | None = None,
    limit: int = 50,
) -> list[Activity]:
    """Return one page of activities, the newest first (one query)."""
    rows = visible_to(actor).select_related("group__leader").order_by("-starts_at", "-id")
    if tab in TABS:
        rows = rows.filter(TABS[tab])
    if group is not None:
        rows = rows.filter(group=group)
    if kind:
        rows = rows.filter(kind=kind)
    return list((rows.filter(id__lt=after) if after else rows)[:limit])


def activity_for(actor: Actor, pk: UUID) -> Activity:
    """Return an activity that the actor may see."""
    rows = visible_to(actor).select_related("group__leader", "plan_item")
    activity = rows.filter(pk=pk).first()
    if activity is None:
        raise NotFound("没有找到这次活动，或者不在您的范围内。")
    return activity


@dataclass(frozen=True)
class Attendee:
    """One who belongs to an activity, and since when he is there."""

    deputy: Deputy
    spans: list[Presence]

    @property
    def is_present(self) -> bool:
        """Say whether he is there now."""
        return any(row.left_at is None for row in self.spans)


def attendance(gathering: Gathering, invited: list[Deputy]) -> list[Attendee]:
    """Return who belongs to a gathering with the intervals of presence (one query)."""
    spans: dict[UUID, list[Presence]] = {}
    for row in gathering.presences.select_related("deputy").order_by("came_at"):
        spans.setdefault(row.deputy_id, []).append(row)
    known = {one.pk: one for one in invited}
    known |= {rows[0].deputy_id: rows[0].deputy for rows in spans.values()}
    return [Attendee(one, spans.get(one.pk, [])) for one in known.values()]


def gathering_for(pk: UUID) -> Gathering:
    """Return a gathering by its key, which stands in the QR; what one may do there is checked apart."""
    row = Gathering.objects.filter(pk=pk).first()
    if row is None:
        raise NotFound("没有找到这次活动的签到，请向组长或联络员问一下。")
    return row


def gathering_kept(actor: Actor, pk: UUID) -> Gathering:
    """Return a gathering whose list the actor keeps."""
    row = gathering_for(pk)
    if not may_keep(actor, row):
        raise NotFound("没有找到这次活动的签到，或者不由您组织。")
    return row


def gathering_of_activity(activity: Activity) -> Gathering | None:
    """Return an activity's list of those present."""
    return Gathering.objects.filter(kind=GATHERING, source_id=activity.pk).first()


def proposal_open(actor: Actor, town: str) -> GroupProposal | None:
    """Return the proposal of a town that waits for a decision."""
    if not actor.has_in(town, *MASTERS):
        return None
    return GroupProposal.objects.filter(division_code=town, state="open").first()


def activity_counts(deputies: list[Deputy], year: int) -> dict[UUID, int]:
    """Return in how many activities of a year each deputy was (one query)."""
    start = clock.day_start(clock.today().replace(year=year, month=1, day=1))
    rows = Presence.objects.filter(deputy__in=deputies, gathering__kind=GATHERING, came_at__gte=start)
    pairs = rows.values_list("deputy_id").annotate(n=Count("gathering", distinct=True))
    return dict(pairs.values_list("deputy_id", "n"))
