"""Yearly files: the snapshot of a year's score, objections, the decision; leave and avoidance."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.common.models import EventRow, RegionalRow, Row
from lianxin.duties.assessment_workflow import State
from lianxin.people.models import Deputy


class FileState(models.TextChoices):
    """States of a yearly file as people read them."""

    ACCRUING = State.ACCRUING.value, _("平时累计")
    CONFIRMING = State.CONFIRMING.value, _("待本人确认")
    OBJECTING = State.OBJECTING.value, _("异议处理中")
    GROUP_VIEW = State.GROUP_VIEW.value, _("小组意见")
    DECIDING = State.DECIDING.value, _("审定")
    ARCHIVED = State.ARCHIVED.value, _("已归档")


class Result(models.TextChoices):
    """What people decide on a year; a score never decides."""

    EXCELLENT = "excellent", _("优秀")
    COMPETENT = "competent", _("称职")
    BASICALLY = "basically_competent", _("基本称职")
    NOT_COMPETENT = "not_competent", _("不称职")


class Ground(models.TextChoices):
    """What a poor result rests on beside the score."""

    ABSENCE = "absence", _("无故缺席会议或活动")
    REPORT = "report", _("述职评议群众不满意")
    CONTACT = "contact", _("长期不联系群众")
    PROMISE = "promise", _("承诺不兑现又不说明")
    DISCIPLINE = "discipline", _("违反代表纪律")
    OTHER = "other", _("其他情况")


class LeaveKind(models.TextChoices):
    """Leave that lowers the year's targets in proportion."""

    MATERNITY = "maternity", _("产假")
    SICK = "sick", _("病假")


class YearlyFile(RegionalRow):
    """One deputy's file of one year: 8 parts, score lines with record ids, and the way to a result.

    `rules` is the table as it stood on the first of January; what is scored is kept as ids only, the
    records stay where they are. `body_code` is the congress whose body reviews.
    """

    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="yearly_files")
    year = models.PositiveSmallIntegerField()
    body_code = models.CharField(max_length=12)
    state = models.CharField(max_length=12, choices=FileState.choices, default=FileState.ACCRUING)
    rules_from = models.DateField()
    rules = models.JSONField(default=list)
    good_rules = models.JSONField(default=list)
    lines = models.JSONField(default=list)
    parts = models.JSONField(default=dict)
    away = models.CharField(max_length=16, default="0")
    points = models.DecimalField(max_digits=4, decimal_places=1, default=Decimal(0))
    told_points = models.DecimalField(max_digits=4, decimal_places=1, default=Decimal(0))
    object_by = models.DateField(null=True)
    object_trace = models.JSONField(default=list)
    sign_by = models.DateField(null=True)
    note = models.CharField(max_length=500, blank=True)
    group_view = models.TextField(blank=True)
    group_by = models.UUIDField(null=True)
    result = models.CharField(max_length=20, choices=Result.choices, blank=True)
    result_reason = models.TextField(blank=True)
    ground = models.CharField(max_length=12, choices=Ground.choices, blank=True)
    good_said = models.JSONField(default=dict)
    decided_by = models.UUIDField(null=True)
    decided_on = models.DateField(null=True)
    signed_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deputy", "year"], name="yearly_file_once")]
        indexes = [
            models.Index(fields=["year", "body_code", "state"], name="yearly_file_desk"),
            models.Index(fields=["year", "home6", "state"], name="yearly_file_region"),
        ]


class FileEvent(EventRow):
    """One step of a yearly file."""

    file = models.ForeignKey(YearlyFile, on_delete=models.CASCADE, related_name="events")


class FileObjection(Row):
    """异议: one item, a reason, at most five pieces of evidence; answered by a person with a reason."""

    file = models.ForeignKey(YearlyFile, on_delete=models.CASCADE, related_name="objections")
    item = models.CharField(max_length=30)
    reason = models.TextField()
    evidence = models.JSONField(default=list)
    made_on = models.DateField()
    due_on = models.DateField()
    due_trace = models.JSONField(default=list)
    state = models.CharField(max_length=10, default="open")
    answer = models.TextField(blank=True)
    answered_by = models.UUIDField(null=True)
    answered_on = models.DateField(null=True)


class DutyLeave(RegionalRow):
    """A deputy's leave, entered by his body; only its days and kind are kept."""

    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="leaves")
    kind = models.CharField(max_length=10, choices=LeaveKind.choices)
    begins_on = models.DateField()
    ends_on = models.DateField()
    approved_by = models.UUIDField(null=True)
    is_cancelled = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["deputy", "begins_on"], name="leave_deputy_day")]


class ReviewAvoidance(Row):
    """A reviewer has said that he stands aside from a deputy; no reason is asked or kept."""

    account_id = models.UUIDField()
    deputy = models.ForeignKey(Deputy, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account_id", "deputy"], name="review_avoidance_once")]
