"""Rows of 重点任务: what the congress set itself in a year about villages' self-government, town by town."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.campaigns import workflow
from lianxin.common.models import EventRow, RegionalRow


class KeyTask(RegionalRow):
    """One task of a year with the document it rests on; a themed year may belong to it."""

    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    basis = models.CharField(max_length=160)
    aim = models.TextField()
    due_on = models.DateField()
    campaign = models.ForeignKey(
        "campaigns.Campaign", null=True, on_delete=models.SET_NULL, related_name="key_tasks"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home6", "year", "title"], name="key_task_once")]


class PartState(models.TextChoices):
    """States of a town's part as people read them."""

    OPEN = workflow.Part.OPEN.value, _("在办")
    DONE = workflow.Part.DONE.value, _("办完了")


class KeyTaskPart(RegionalRow):
    """One town's part of a task: how far it is, in the town's own words."""

    task = models.ForeignKey(KeyTask, on_delete=models.CASCADE, related_name="parts")
    state = models.CharField(max_length=8, choices=PartState.choices, default=workflow.Part.OPEN)
    words = models.TextField(blank=True)
    said_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "task", "division_code"], name="key_task_part_once")
        ]


class KeyTaskEvent(EventRow):
    """A step of a town's part."""

    part = models.ForeignKey(KeyTaskPart, on_delete=models.CASCADE, related_name="events")
