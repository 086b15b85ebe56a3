"""Parameters, calendar days and institutions; changes are new rows, old ones keep their dates."""

from __future__ import annotations

import re

from django.db import models

from lianxin.common.models import Row

LAW = re.compile(r"第[一二三四五六七八九十百零\d]+条|网络安全法")


class Parameter(Row):
    """A number or list that a rule reads, with the text that it rests on.

    `mark` says how sure the basis is: K statute or text read, L likely, A assumed. L and A are
    never shown as law. An empty `home6` or `place` means everywhere. `upper_bound` and
    `lower_bound` are a statute's own limits; `is_fixed` says that a statute leaves no choice at all.
    """

    name = models.CharField(max_length=60)
    home6 = models.CharField(max_length=6, blank=True)
    place = models.CharField(max_length=12, blank=True)
    value = models.JSONField()
    label = models.CharField(max_length=80)
    unit = models.CharField(max_length=16, blank=True)
    basis = models.CharField(max_length=200)
    mark = models.CharField(max_length=2)
    upper_bound = models.IntegerField(null=True)
    lower_bound = models.IntegerField(null=True)
    is_fixed = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["home6", "place", "name", "valid_from"], name="parameter_once_a_day"
            )
        ]

    @property
    def standing(self) -> str:
        """Return what the value rests on: `law`, `text` (read, but no law here), `like`, `own`."""
        if self.mark == "K":
            return "law" if LAW.search(self.basis) else "text"
        return "like" if self.mark == "L" else "own"


class CalendarDay(Row):
    """An edited day of the work calendar, over the shipped table."""

    home6 = models.CharField(max_length=6)
    date = models.DateField()
    kind = models.CharField(max_length=6)
    note = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home6", "date"], name="calendar_day_once")]


class CalendarYear(Row):
    """A year whose notice has been entered, so that its due dates are no longer provisional."""

    home6 = models.CharField(max_length=6)
    year = models.PositiveSmallIntegerField()
    notice = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home6", "year"], name="calendar_year_once")]


class RulebookVersion(models.Model):
    """Counts edits, so that every process notices them."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveIntegerField(default=0)


class Institution(Row):
    """A document of the library 制度库; titles keep the name that they were issued under."""

    slug = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    issuer = models.CharField(max_length=80)
    number = models.CharField(max_length=60, blank=True)
    issued_on = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=12)
    note = models.CharField(max_length=200, blank=True)


class Clause(Row):
    """One clause with its anchor, so that a check can point at it."""

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="clauses")
    anchor = models.CharField(max_length=40)
    heading = models.CharField(max_length=80)
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "anchor"], name="clause_once")]
