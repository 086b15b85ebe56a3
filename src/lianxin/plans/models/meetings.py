"""A work meeting (推进工作会): who is asked and answers, who came, what was decided, what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianxin.common.models import EventRow, RegionalRow
from lianxin.plans.models.plans import Plan, PlanTask
from lianxin.plans.rules import Answer
from lianxin.plans.workflow import MeetingState


class MeetingStateLabel(models.TextChoices):
    """States as people read them."""

    PLANNED = MeetingState.PLANNED.value, _("筹备")
    NOTICED = MeetingState.NOTICED.value, _("已通知")
    MINUTED = MeetingState.MINUTED.value, _("纪要等签发")
    CONFIRMED = MeetingState.CONFIRMED.value, _("纪要已签发")
    TASKED = MeetingState.TASKED.value, _("已列入方案")
    CANCELLED = MeetingState.CANCELLED.value, _("不开了")


class WorkMeeting(RegionalRow):
    """A meeting that pushes a plan."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(max_length=80)
    held_at = models.DateTimeField()
    place = models.CharField(max_length=60)
    agenda = models.TextField()
    state = models.CharField(max_length=10, choices=MeetingStateLabel.choices, default=MeetingState.PLANNED)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "title", "held_at"], name="work_meeting_once")
        ]


class AnswerLabel(models.TextChoices):
    """Receipts as people read them."""

    COMING = Answer.COMING.value, _("参加")
    LEAVE = Answer.LEAVE.value, _("请假")


class MeetingSeat(RegionalRow):
    """One unit or town that is asked to come; it answers and signs in once."""

    meeting = models.ForeignKey(WorkMeeting, on_delete=models.CASCADE, related_name="seats")
    owner = models.CharField(max_length=40)
    answer = models.CharField(max_length=8, choices=AnswerLabel.choices, blank=True)
    who = models.CharField(max_length=40, blank=True)
    why = models.CharField(max_length=100, blank=True)
    answered_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    signed_name = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("owner",)
        constraints = [
            models.UniqueConstraint(fields=["home6", "meeting", "owner"], name="meeting_seat_once"),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_name="")
                | (Q(signed_at__isnull=False) & ~Q(signed_name="")),
                name="meeting_signature_has_a_name",
            ),
        ]


class MeetingMinutes(RegionalRow):
    """One version of the minutes; none is overwritten."""

    meeting = models.ForeignKey(WorkMeeting, on_delete=models.CASCADE, related_name="minutes")
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    decisions = models.JSONField(default=list)
    by_name = models.CharField(max_length=60)

    class Meta:
        ordering = ("-version",)
        constraints = [
            models.UniqueConstraint(fields=["home6", "meeting", "version"], name="minutes_version_once")
        ]


class MeetingDecision(RegionalRow):
    """One decision of minutes that were signed, and the task that it became: one, once."""

    meeting = models.ForeignKey(WorkMeeting, on_delete=models.CASCADE, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    owner = models.CharField(max_length=40)
    due_on = models.DateField()
    goal = models.PositiveSmallIntegerField()
    task = models.OneToOneField(PlanTask, null=True, on_delete=models.PROTECT, related_name="decision")

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["home6", "meeting", "number"], name="meeting_decision_once")
        ]


class WorkMeetingEvent(EventRow):
    """A step of a work meeting."""

    meeting = models.ForeignKey(WorkMeeting, on_delete=models.CASCADE, related_name="events")
