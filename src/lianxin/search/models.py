"""What can be found. Upper rooms filter hits through their own `visible_to`."""

from __future__ import annotations

from django.db import models

from lianxin.common.models import Row


class SearchEntry(Row):
    """One findable thing; `rowid` is the number that the full-text index gave its words."""

    rowid = models.BigIntegerField(unique=True)
    home6 = models.CharField(max_length=6)
    kind = models.CharField(max_length=16)
    object_id = models.UUIDField()
    scope_code = models.CharField(max_length=12, blank=True)
    title = models.CharField(max_length=160)
    number = models.CharField(max_length=40, blank=True)
    body = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "kind", "object_id"], name="search_entry_once")
        ]


class Vector(models.Model):
    """The meaning of an entry as numbers, computed by the worker, never in a resident's request."""

    entry = models.OneToOneField(
        SearchEntry, on_delete=models.CASCADE, primary_key=True, related_name="vector"
    )
    kind = models.CharField(max_length=16)
    object_id = models.UUIDField()
    home6 = models.CharField(max_length=6)
    model = models.CharField(max_length=40)
    data = models.BinaryField()
