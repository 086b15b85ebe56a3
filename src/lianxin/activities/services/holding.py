"""Holding an activity: prepared, told, signed in, minuted, closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from lianxin.activities.models import Activity, Kind, PlanItem, Presence
from lianxin.activities.permissions import STAFF, may_host
from lianxin.activities.services.attendance import attendance_post
from lianxin.activities.services.presence import gathering_open
from lianxin.activities.services.step import GATHERING, TRAIL, gathering_of, step
from lianxin.audit.moving import event_add
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied, Invalid
from lianxin.common.writes import write
from lianxin.documents.services import photo_accept
from lianxin.notifications.services import Recipient, enqueue
from lianxin.people.models import Deputy, DeputyGroup
from lianxin.people.selectors import deputies_in
from lianxin.rulebook.services import value

EARLY, LATE = timedelta(hours=1), timedelta(hours=6)
MAX_PHOTOS = 9


@dataclass(frozen=True)
class Planned:
    """What is planned: the kind, the words and the time."""

    kind: str
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    notice: str = ""
    material: str = ""


@write
def activity_plan(
    *,
    actor: Actor,
    group: DeputyGroup | None,
    planned: Planned,
    place_code: str = "",
    home6: str = "",
    item: PlanItem | None = None,
    request_id: str | None = None,
) -> Activity:
    """Prepare an activity of a group, or (without a group) for all deputies of a place."""
    where, region = _where(actor, group, place_code, home6)
    check(planned)
    if item is not None and item.plan.group_id != (group.pk if group else None):
        raise Invalid("这一项不在本组的年度计划里。", fields={"item": "请从本组计划里选。"})
    activity = Activity.objects.create(
        home6=region,
        division_code=where,
        group=group,
        plan_item=item,
        organiser_id=actor.id,
        **vars(planned),
    )
    event_add(activity, actor=actor, act="plan", old="", trail=TRAIL)
    return activity


def _where(actor: Actor, group: DeputyGroup | None, place_code: str, home6: str) -> tuple[str, str]:
    if group is not None:
        if not may_host(actor, group):
            raise Denied("小组活动由组长、本地联络员或主席团组织。")
        return group.division_code, group.home6
    if not place_code or not actor.has_in(place_code, *STAFF):
        raise Denied("全镇、全市的活动由主席团、联络员或人代工委组织。")
    return place_code, home6 or place_code[:6]


def check(planned: Planned) -> None:
    """Refuse what cannot be held."""
    fields = {}
    if planned.kind not in Kind.values:
        fields["kind"] = "请从列出的活动种类里选。"
    if not 2 <= len(planned.title.strip()) <= 80:
        fields["title"] = "请写活动名称，2 到 80 个字。"
    if not planned.place.strip():
        fields["place"] = "请写在哪里举行。"
    if planned.ends_at <= planned.starts_at:
        fields["ends_at"] = "结束时间要在开始时间之后。"
    elif planned.ends_at - planned.starts_at > timedelta(days=5):
        fields["ends_at"] = "一次活动最长 5 天，请核对日期。"
    if fields:
        raise Invalid("活动还没有建成，请看每一项的提示。", fields=fields)


@write
def activity_notify(*, actor: Actor, activity: Activity, request_id: str | None = None) -> Activity:
    """Tell all who belong to it: what, when, where."""
    step(actor=actor, activity=activity, act="notify")
    _tell(activity, f"活动通知：{activity.title}", "notify")
    return activity


@write
def activity_change(
    *,
    actor: Actor,
    activity: Activity,
    place: str,
    starts_at: datetime,
    ends_at: datetime,
    request_id: str | None = None,
) -> Activity:
    """Set another time or place; who has been told is told again."""
    planned = Planned(activity.kind, activity.title, place, starts_at, ends_at)
    check(planned)
    step(actor=actor, activity=activity, act="change", place=place, starts_at=starts_at, ends_at=ends_at)
    if activity.state == "notified":
        _tell(activity, f"活动改了时间或地点：{activity.title}", f"change:{clock.now():%Y%m%d%H%M%S}")
    return activity


@write
def activity_begin(*, actor: Actor, activity: Activity, request_id: str | None = None) -> Activity:
    """Open the signing in."""
    step(actor=actor, activity=activity, act="begin")
    leader = activity.group.leader if activity.group else None
    gathering_open(
        actor=actor,
        kind=GATHERING,
        source_id=activity.pk,
        title=activity.title,
        home6=activity.home6,
        division_code=activity.division_code,
        opens_at=min(clock.now(), activity.starts_at - EARLY),
        closes_at=activity.ends_at + LATE,
        group=activity.group,
        leader_account=leader.account_id if leader else None,
    )
    return activity


@write
def activity_end(*, actor: Actor, activity: Activity, request_id: str | None = None) -> Activity:
    """Close the signing in; attendance goes into the records of duty."""
    step(actor=actor, activity=activity, act="end", finished_on=clock.today())
    gathering = gathering_of(activity)
    assert gathering is not None  # `end` is refused as long as nobody has signed in
    Presence.objects.filter(gathering=gathering, left_at=None).update(left_at=clock.now())
    gathering.closes_at = clock.now()
    gathering.save(update_fields=["closes_at"])
    attendance_post(actor=actor, activity=activity, gathering=gathering)
    return activity


@write
def minutes_write(
    *,
    actor: Actor,
    activity: Activity,
    minutes: str,
    photos: tuple[bytes, ...] = (),
    request_id: str | None = None,
) -> Activity:
    """Write the minutes, with photos; the activity is complete."""
    if not 10 <= len(minutes.strip()) <= 4000:
        raise Invalid(
            "纪要还没有写好。", fields={"minutes": "请写 10 到 4000 个字：谈了什么、定了什么、谁去办。"}
        )
    if len(photos) > MAX_PHOTOS:
        raise Invalid("照片太多了。", fields={"photos": f"最多 {MAX_PHOTOS} 张。"})
    step(actor=actor, activity=activity, act="write_minutes", minutes=minutes.strip())
    for data in photos:
        photo_accept(data=data, owner_kind="activity", owner_id=activity.pk, home6=activity.home6)
    return activity


@write
def activity_cancel(
    *, actor: Actor, activity: Activity, reason: str, request_id: str | None = None
) -> Activity:
    """Call an activity off; who has been told is told why."""
    if len(reason.strip()) < 2:
        raise Invalid("请写取消的原因。", fields={"reason": "大家会看到这句话。"})
    told = activity.state != "planned"
    step(actor=actor, activity=activity, act="cancel", note=reason.strip())
    if told:
        _tell(activity, f"活动取消：{activity.title}", "cancel", text=reason.strip())
    return activity


def minutes_remind() -> int:
    """Remind whoever leads of minutes that are overdue; return how many there are."""
    late = Activity.objects.filter(state="minutes_due").select_related("group__leader")
    found = 0
    for row in late:
        days = int(value("activity.minutes_days", home6=row.home6))
        leader = row.group.leader.account_id if row.group and row.group.leader else row.organiser_id
        if row.finished_on is None or leader is None or (clock.today() - row.finished_on).days <= days:
            continue
        found += 1
        enqueue(
            to=Recipient.account(leader),
            subject=f"活动纪要还没有交：{row.title}"[:160],
            text="",
            link=f"/deputy/group/activities/{row.pk}" if row.group else f"/office/activities/{row.pk}",
            about_kind="activity",
            about_id=row.pk,
            home6=row.home6,
            dedupe=f"minutes:{row.pk}",
        )
    return found


def invited(activity: Activity) -> list[Deputy]:
    """Return who belongs to an activity: the group's members, or the deputies of the place."""
    if activity.group is not None:
        return list(Deputy.objects.filter(memberships__group=activity.group, memberships__valid_to=None))
    return list(deputies_in(activity.division_code))


def _tell(activity: Activity, subject: str, dedupe: str, *, text: str = "") -> None:
    starts = activity.starts_at.astimezone(clock.SHANGHAI)
    when = f"{starts.month}月{starts.day}日 {starts:%H:%M}，{activity.place}。"
    for deputy in invited(activity):
        if deputy.account_id is None:
            continue
        enqueue(
            to=Recipient.account(deputy.account_id),
            subject=subject[:160],
            text=text or f"{when}{activity.notice}",
            link=f"/deputy/group/activities/{activity.pk}",
            about_kind="activity",
            about_id=activity.pk,
            home6=activity.home6,
            dedupe=f"{dedupe}:{activity.pk}",
        )
