"""Rows of earlier records."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.common.models import RegionalRow

OWNER = "earlier_record"
"""The kind under which the scans of a record are kept."""


class Kind(models.TextChoices):
    """What an earlier record is about."""

    MEETING = "meeting", _("会议")
    RESEARCH = "research", _("视察调研")
    INSPECTION = "inspection", _("执法检查")
    DOCUMENT = "document", _("制度文件")
    CAMPAIGN = "campaign", _("专项活动")
    ACTIVITY = "activity", _("代表活动")
    STATION = "station", _("站室建设")
    PROJECT = "project", _("民生实事")
    OTHER = "other", _("其他")


class ImportBatch(RegionalRow):
    """One sheet that was brought in; `refused` keeps the faulty rows as typed, with their faults."""

    file_name = models.CharField(max_length=120)
    imported_by = models.UUIDField(null=True)
    importer = models.CharField(max_length=60)
    taken = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["home6", "-created_at"], name="import_latest")]


class EarlierRecord(RegionalRow):
    """Something that was done before the system; its source is always 历史."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="records")
    on = models.DateField()
    exact = models.CharField(max_length=5)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=120)
    number = models.CharField(max_length=60, blank=True)
    summary = models.TextField(blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home6", "digest"], name="earlier_record_once")]
        indexes = [models.Index(fields=["home6", "division_code", "-on"], name="earlier_record_time")]
