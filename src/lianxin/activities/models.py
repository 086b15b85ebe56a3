"""Gatherings with presence, groups' leaders and proposals, yearly plans, activities."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.activities.workflow import State
from lianxin.common.models import EventRow, RegionalRow, Row
from lianxin.people.models import Deputy, DeputyGroup


class Gathering(RegionalRow):
    """A time and place where deputies sign in: an activity, a reception day, a course.

    `kind` and `source_id` name what it belongs to; the room that owns that opens the gathering.
    """

    kind = models.CharField(max_length=24)
    source_id = models.UUIDField()
    title = models.CharField(max_length=120)
    group = models.ForeignKey(DeputyGroup, null=True, on_delete=models.PROTECT, related_name="+")
    leader_account = models.UUIDField(null=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    by_invitation = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "source_id"], name="gathering_once")]


class Guest(Row):
    """A deputy invited to a gathering that is held by invitation; nobody else signs in there."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="guests")
    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gathering", "deputy"], name="gathering_guest_once")]


class Way(models.TextChoices):
    """How somebody's coming was noted."""

    CODE = "code", _("扫码或输码")
    TICK = "tick", _("联络员或组长代签")


class Presence(Row):
    """One interval in which a deputy was there; who comes back has a second one."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="presences")
    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="+")
    came_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    way = models.CharField(max_length=4, choices=Way.choices)
    noted_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "deputy"],
                condition=models.Q(left_at=None),
                name="present_once_at_a_time",
            ),
            models.UniqueConstraint(fields=["gathering", "deputy", "came_at"], name="presence_interval_once"),
        ]


class WrongCode(Row):
    """A wrong sign-in code; a few of them and one has to ask the keeper."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="+")
    account_id = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["gathering", "account_id", "created_at"], name="wrong_code_by")]


class LeaderTerm(RegionalRow):
    """Who led a group from when to when, and who appointed him."""

    group = models.ForeignKey(DeputyGroup, on_delete=models.CASCADE, related_name="leader_terms")
    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="+")
    appointed_by = models.UUIDField(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group"], condition=models.Q(valid_to=None), name="group_has_one_leader"
            )
        ]


class GroupProposal(RegionalRow):
    """A proposal to regroup a town's deputies by where they live; a person adopts or drops it."""

    groups = models.JSONField(default=list)
    state = models.CharField(max_length=8, default="open")
    made_by = models.UUIDField(null=True)
    decided_by = models.UUIDField(null=True)
    decided_on = models.DateField(null=True)


class Kind(models.TextChoices):
    """Kinds of activities (活动种类) in which deputies come together."""

    LEARNING = "learning", _("学习交流")
    RECEPTION = "voter_reception", _("接待选民")
    VISIT = "household_visit", _("走访选民")
    GROUP = "group_activity", _("代表小组活动")
    INSPECTION = "inspection", _("视察")
    RESEARCH = "field_research", _("专题调研")
    LAW_CHECK = "law_enforcement_check", _("执法检查")
    SEMINAR = "seminar", _("座谈")
    FORUM = "briefing_forum", _("代表知情议政会")
    TWO_SAY = "two_say_one_consult", _("两说一商")
    REPORT = "duty_report_review", _("述职评议")
    TRAINING = "training", _("培训")
    ATTENDING = "attending", _("列席会议")
    MEETING = "official_meeting", _("约见")
    PROJECTS = "livelihood_supervision", _("民生实事监督")
    PUBLICITY = "publicity", _("宣传宣讲")
    VOLUNTEER = "volunteering", _("志愿/办实事")


class GroupPlan(RegionalRow):
    """A group's plan for a year."""

    group = models.ForeignKey(DeputyGroup, on_delete=models.CASCADE, related_name="plans")
    year = models.PositiveSmallIntegerField()
    made_by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "year"], name="plan_once_a_year")]


class PlanItem(Row):
    """One line of a plan: in which month, what, who looks after it."""

    plan = models.ForeignKey(GroupPlan, on_delete=models.CASCADE, related_name="items")
    month = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=24, choices=Kind.choices)
    title = models.CharField(max_length=80)
    person = models.ForeignKey(Deputy, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("month", "id")


class StateLabel(models.TextChoices):
    """States as people read them."""

    PLANNED = State.PLANNED.value, _("筹备")
    NOTIFIED = State.NOTIFIED.value, _("已通知")
    RUNNING = State.RUNNING.value, _("进行中")
    MINUTES_DUE = State.MINUTES_DUE.value, _("待纪要")
    DONE = State.DONE.value, _("已完成")
    CANCELLED = State.CANCELLED.value, _("取消")


class Activity(RegionalRow):
    """An activity of a group, or (without a group) of all deputies of a town or the city."""

    group = models.ForeignKey(DeputyGroup, null=True, on_delete=models.PROTECT, related_name="activities")
    plan_item = models.ForeignKey(PlanItem, null=True, on_delete=models.SET_NULL, related_name="activities")
    kind = models.CharField(max_length=24, choices=Kind.choices)
    title = models.CharField(max_length=80)
    place = models.CharField(max_length=80)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    notice = models.TextField(blank=True)
    material = models.TextField(blank=True)
    minutes = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=StateLabel.choices, default=State.PLANNED.value)
    organiser_id = models.UUIDField(null=True)
    finished_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["group", "-starts_at"], name="activity_group"),
            models.Index(fields=["division_code", "-starts_at"], name="activity_place"),
            models.Index(fields=["state", "starts_at"], name="activity_state"),
        ]


class ActivityEvent(EventRow):
    """One step of an activity."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="events")
