"""Rows of the trail. Facts hold ids and codes, never free text, names, phones or search words."""

from __future__ import annotations

from django.db import models

from lianxin.common.models import Row


class AuditEntry(Row):
    """One act, chained to the one before it in the same region."""

    home6 = models.CharField(max_length=6)
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=12)
    actor_id = models.UUIDField(null=True)
    tag = models.CharField(max_length=60)
    target_kind = models.CharField(max_length=30)
    target_id = models.CharField(max_length=40)
    facts = models.TextField()
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home6", "seq"], name="audit_entry_seq_once")]
        indexes = [models.Index(fields=["target_kind", "target_id"], name="audit_target")]


class AuditHead(models.Model):
    """Where a region's chain ends; locking this row orders the writers."""

    home6 = models.CharField(max_length=6, primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)


class DailyRoot(models.Model):
    """The Merkle root of a day's entries, for the notice board."""

    home6 = models.CharField(max_length=6)
    day = models.DateField()
    first_seq = models.PositiveBigIntegerField()
    last_seq = models.PositiveBigIntegerField()
    root = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home6", "day"], name="daily_root_once")]


class PersonalRead(Row):
    """Somebody looked at somebody's personal data: who, when, what for, on what ground."""

    home6 = models.CharField(max_length=6)
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    role = models.CharField(max_length=20)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.CharField(max_length=40)
    purpose = models.CharField(max_length=40)
    approved_by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="personal_read_subject")]


class ChainCheck(Row):
    """One walk over the whole trail: when, how many entries, and what was found broken."""

    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    entries = models.PositiveBigIntegerField()
    problem = models.CharField(max_length=200, blank=True)
