"""A 两说一商: what was to be talked over, what both sides said, what was agreed, what came of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.common.models import EventRow, RegionalRow
from lianxin.meetings.consults_workflow import Result, State
from lianxin.people.models import Deputy


class ConsultState(models.TextChoices):
    """States as people read them."""

    PLANNED = State.PLANNED.value, _("已约好")
    FIRST_SAID = State.FIRST_SAID.value, _("一说完")
    SECOND_SAID = State.SECOND_SAID.value, _("二说完")
    SETTLED = State.SETTLED.value, _("有结果")
    FOLLOWED = State.FOLLOWED.value, _("已落实")


class ConsultResult(models.TextChoices):
    """Results as people read them."""

    AGREED = Result.AGREED.value, _("谈成了")
    NOT_AGREED = Result.NOT_AGREED.value, _("没谈成")


class Consult(RegionalRow):
    """One 两说一商; `stages` are the names of its stages as they were when it was planned."""

    title = models.CharField(max_length=80)
    held_on = models.DateField()
    place = models.CharField(max_length=80)
    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(max_length=40)
    stages = models.JSONField(default=list)
    first_words = models.TextField(blank=True)
    second_words = models.TextField(blank=True)
    result = models.CharField(max_length=12, choices=ConsultResult.choices, blank=True)
    plan = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    follow_on = models.DateField(null=True)
    followed_words = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=ConsultState.choices, default=State.PLANNED)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["home6", "division_code", "title", "held_on"], name="consult_once"
            )
        ]
        indexes = [models.Index(fields=["division_code", "-held_on"], name="consult_place")]


class ConsultEvent(EventRow):
    """A step of a 两说一商."""

    consult = models.ForeignKey(Consult, on_delete=models.CASCADE, related_name="events")
