"""Base rows, client request keys and number series, used by every room."""

from __future__ import annotations

from django.db import models

from lianxin.common import clock
from lianxin.common.ids import uuid7


class Row(models.Model):
    """A row born anywhere: UUIDv7 key and the instant at which it was made."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False, db_index=False)

    class Meta:
        abstract = True


class RegionalRow(Row):
    """A row that belongs to a region.

    `home6` is the county's 6-digit code when the row was made and never changes; `division_code`
    is the 12-digit code of the place today.
    """

    home6 = models.CharField(max_length=6)
    division_code = models.CharField(max_length=12)

    class Meta:
        abstract = True


class EventRow(Row):
    """One step of an aggregate's history; the aggregate's state column is only a cache of it."""

    at = models.DateTimeField(default=clock.now)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=60)
    act = models.CharField(max_length=40)
    from_state = models.CharField(max_length=24, blank=True)
    to_state = models.CharField(max_length=24, blank=True)
    note = models.TextField(blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        abstract = True
        ordering = ("at", "id")


class WriteKey(models.Model):
    """A client's request id: the same request, sent again, finds the first one's result."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    scope = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    operation = models.CharField(max_length=80)
    result_model = models.CharField(max_length=60, blank=True)
    result_id = models.CharField(max_length=40, blank=True)
    extra = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="write_key_once")]


class Counter(models.Model):
    """The last number given in a series of a region and a year."""

    home6 = models.CharField(max_length=6)
    series = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home6", "series", "year"], name="counter_once")]
