"""The sheets in which people were brought in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianxin.common.models import RegionalRow


class SheetKind(models.TextChoices):
    """What a sheet holds."""

    DEPUTIES = "deputies", _("代表")
    UNITS = "units", _("承办单位")
    STAFF = "staff", _("工作人员")


class EnrolmentSheet(RegionalRow):
    """One sheet (or one form) that was brought in; `refused` keeps faulty rows as typed, with their faults.

    A sheet of staff only asks for roles (`asked`: account, role, place, unit): the security administrator
    grants them, once.
    """

    kind = models.CharField(max_length=8, choices=SheetKind.choices)
    file_name = models.CharField(max_length=120)
    brought_by = models.UUIDField(null=True)
    bringer = models.CharField(max_length=60)
    taken = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list)
    asked = models.JSONField(default=list)
    granted_at = models.DateTimeField(null=True)
    granted_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(granted_at=None) | Q(kind="staff"), name="enrolment_grants_staff_only"
            )
        ]
        indexes = [models.Index(fields=["home6", "kind", "-created_at"], name="enrolment_latest")]
