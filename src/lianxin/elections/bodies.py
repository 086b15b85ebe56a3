"""The supervision committee: who sits in it, its quarterly reviews, the yearly appraisal of the committee."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from lianxin.common.models import RegionalRow, Row


class SupervisionMember(RegionalRow):
    """A member of the supervision committee, with what made him eligible (art. 32)."""

    name = models.CharField(max_length=20)
    is_head = models.BooleanField(default=False)
    knows_finance = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["home6", "division_code", "name"], condition=Q(until=None), name="supervisor_once"
            )
        ]
        indexes = [models.Index(fields=["home6", "division_code", "until"], name="supervision_of_village")]


class SupervisionReview(RegionalRow):
    """What the supervision committee looked through in a quarter (art. 32)."""

    period = models.CharField(max_length=8)
    vouchers = models.PositiveIntegerField(default=0)
    text = models.TextField()
    reviewed_on = models.DateField()
    reviewed_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "division_code", "period"], name="review_once")
        ]


class Appraisal(RegionalRow):
    """The yearly 民主评议 of the committee's members, presided by the supervision committee (art. 33)."""

    year = models.PositiveSmallIntegerField()
    held_on = models.DateField()
    by_assembly = models.BooleanField()
    present = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "division_code", "year"], name="appraisal_once")
        ]


class AppraisalResult(Row):
    """How many found a member of the committee unfit for his post; nobody knows who."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="results")
    candidate = models.ForeignKey("elections.Candidate", on_delete=models.PROTECT, related_name="appraisals")
    unfit_votes = models.PositiveIntegerField()
    is_unfit = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appraisal", "candidate"], name="appraised_once")]
