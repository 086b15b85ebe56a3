"""An implementation plan (实施方案): versions as documents, tasks as what is worked on, reports on them."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianxin.common.models import EventRow, RegionalRow
from lianxin.plans.models.documents import SuperiorDocument
from lianxin.plans.rules import TaskState, task_state
from lianxin.plans.workflow import PlanState, Standing


class PlanStateLabel(models.TextChoices):
    """States of a plan as people read them."""

    DRAFT = PlanState.DRAFT.value, _("起草")
    REVIEW = PlanState.REVIEW.value, _("等批准")
    ISSUED = PlanState.ISSUED.value, _("实施中")
    AMENDING = PlanState.AMENDING.value, _("实施中，正在修改")
    AMENDED = PlanState.AMENDED.value, _("实施中，修改稿等批准")
    CLOSED = PlanState.CLOSED.value, _("已结束")


class Plan(RegionalRow):
    """A plan; what it says stands in its versions."""

    title = models.CharField(max_length=120)
    document = models.ForeignKey(SuperiorDocument, null=True, on_delete=models.PROTECT, related_name="plans")
    state = models.CharField(max_length=10, choices=PlanStateLabel.choices, default=PlanState.DRAFT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home6", "title"], name="plan_title_once")]


class PlanVersion(RegionalRow):
    """One version: once issued it is never changed; at most one is being written."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField(default=dict)
    why = models.CharField(max_length=200, blank=True)
    issued_on = models.DateField(null=True)
    approved_by = models.CharField(max_length=60, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["home6", "plan", "number"], name="plan_version_once"),
            models.UniqueConstraint(
                fields=["home6", "plan"], condition=Q(issued_on=None), name="plan_one_version_in_writing"
            ),
        ]


class PlanEvent(EventRow):
    """A step of a plan."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="events")


class StandingLabel(models.TextChoices):
    """Whether a task is under way, as people read it."""

    LIVE = Standing.LIVE.value, _("推进中")
    PARKED = Standing.PARKED.value, _("暂缓")
    CANCELLED = Standing.CANCELLED.value, _("取消")
    DONE = Standing.DONE.value, _("办完")


class PlanTask(RegionalRow):
    """A task of the version in force; `percent` is that of the last report that was accepted.

    `owner` is a unit's code, or the code of a town or of the city for its own office.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="tasks")
    number = models.PositiveSmallIntegerField()
    goal = models.PositiveSmallIntegerField()
    goal_text = models.CharField(max_length=200)
    text = models.CharField(max_length=200)
    owner = models.CharField(max_length=40)
    due_on = models.DateField()
    document = models.ForeignKey(SuperiorDocument, null=True, on_delete=models.PROTECT, related_name="tasks")
    state = models.CharField(max_length=10, choices=StandingLabel.choices, default=Standing.LIVE)
    percent = models.PositiveSmallIntegerField(default=0)
    done_on = models.DateField(null=True)

    class Meta:
        ordering = ("goal", "number")
        constraints = [
            models.UniqueConstraint(fields=["home6", "plan", "number"], name="plan_task_once"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="plan_task_percent"),
            models.CheckConstraint(
                condition=(Q(done_on=None) & ~Q(state="done"))
                | (Q(state="done", percent=100) & ~Q(done_on=None)),
                name="plan_task_done_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["home6", "owner", "state", "due_on"], name="plan_task_owner")]

    def stands(self, today: date) -> TaskState:
        """Return how far the task is on a day."""
        return task_state(self.state, self.percent, self.due_on, self.done_on, today)


class ReportState(models.TextChoices):
    """States of a report as people read them."""

    WAITING = "waiting", _("等人大审")
    ACCEPTED = "accepted", _("已认可")
    RETURNED = "returned", _("已退回")


class ProgressReport(RegionalRow):
    """What an owner reported: how far, what was done, a proof."""

    task = models.ForeignKey(PlanTask, on_delete=models.CASCADE, related_name="reports")
    number = models.PositiveSmallIntegerField()
    percent = models.PositiveSmallIntegerField()
    words = models.TextField()
    proof = models.UUIDField(null=True)
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=60)
    on = models.DateField()
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.WAITING)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["home6", "task", "number"], name="progress_report_once"),
            models.UniqueConstraint(
                fields=["home6", "task"], condition=Q(state="waiting"), name="one_report_waits"
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="progress_report_percent"),
        ]


class TaskEvent(EventRow):
    """A step of a task."""

    task = models.ForeignKey(PlanTask, on_delete=models.CASCADE, related_name="events")
