"""What came in by tables: answers of many households, walks between villages."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from lianxin.common.models import RegionalRow, Row


class ReplySheet(RegionalRow):
    """One sheet of answers; `refused` keeps the faulty rows as typed until `erase_on`, then only counts."""

    file_name = models.CharField(max_length=120)
    imported_by = models.UUIDField(null=True)
    importer = models.CharField(max_length=60)
    taken = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)
    faults = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list)
    erase_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["home6", "division_code", "-created_at"], name="reply_sheet_latest")]


class TravelTime(Row):
    """How long one walks between two villages, as this installation knows it; either way takes the same."""

    home6 = models.CharField(max_length=6)
    start = models.CharField(max_length=12)
    end = models.CharField(max_length=12)
    minutes = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "start", "end"], name="travel_time_once"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="travel_time_one_way_round"),
        ]
