"""An inspection or research: its team, its list, what was found, what was put right."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.common.models import EventRow, RegionalRow
from lianxin.meetings.inquiries_workflow import FindingState, Kind, State
from lianxin.people.models import Deputy


class InquiryKind(models.TextChoices):
    """Kinds as people read them."""

    INSPECTION = Kind.INSPECTION.value, _("执法检查")
    RESEARCH = Kind.RESEARCH.value, _("专题调研")


class InquiryState(models.TextChoices):
    """States as people read them."""

    PLANNED = State.PLANNED.value, _("已定方案")
    AT_WORK = State.AT_WORK.value, _("检查调研中")
    REPORTED = State.REPORTED.value, _("已报告")
    HANDED_OVER = State.HANDED_OVER.value, _("已交办")
    CLOSED = State.CLOSED.value, _("已办结")


class FindingLabel(models.TextChoices):
    """States of a finding as people read them."""

    OPEN = FindingState.OPEN.value, _("待交办")
    HANDED_OVER = FindingState.HANDED_OVER.value, _("整改中")
    REPORTED = FindingState.REPORTED.value, _("已报告，待复查")
    PASSED = FindingState.PASSED.value, _("复查通过")


class Inquiry(RegionalRow):
    """One 执法检查 of a law, or one 专题调研 with its 审议意见."""

    kind = models.CharField(max_length=10, choices=InquiryKind.choices)
    title = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    plan = models.TextField(blank=True)
    begins_on = models.DateField()
    report = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=InquiryState.choices, default=State.PLANNED)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["home6", "division_code", "title", "begins_on"], name="inquiry_once"
            )
        ]


class InquiryMember(RegionalRow):
    """A deputy in the team."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="members")
    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "inquiry", "deputy"], name="inquiry_member_once")
        ]


class InquiryCheck(RegionalRow):
    """One line of the list: an article of the law, or a question of the research, and what was seen."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="checks")
    article = models.CharField(max_length=40)
    text = models.CharField(max_length=200)
    seen = models.TextField(blank=True)

    class Meta:
        ordering = ("created_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["home6", "inquiry", "article"], name="inquiry_check_once")
        ]


class Finding(RegionalRow):
    """A problem found or an 审议意见: which department, until when, what it reported."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="findings")
    number = models.PositiveSmallIntegerField()
    article = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    unit = models.CharField(max_length=40)
    due_on = models.DateField()
    report = models.TextField(blank=True)
    reported_on = models.DateField(null=True)
    recheck = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=FindingLabel.choices, default=FindingState.OPEN)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["home6", "inquiry", "number"], name="finding_number_once")
        ]
        indexes = [models.Index(fields=["home6", "unit", "state"], name="finding_unit")]


class InquiryEvent(EventRow):
    """A step of an inquiry or of one of its findings."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="events")
    finding = models.ForeignKey(Finding, null=True, on_delete=models.CASCADE, related_name="events")
