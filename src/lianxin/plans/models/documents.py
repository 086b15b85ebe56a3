"""Documents of superiors (上级文件): who issued them, what they rest on, their files."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianxin.common.models import RegionalRow


class DocumentLevel(models.TextChoices):
    """Who issued a document, from above to below."""

    PROVINCE = "province", _("省级")
    PREFECTURE = "prefecture", _("安康市级")
    COMMITTEE = "committee", _("旬阳市委")
    CONGRESS = "congress", _("市人大")


class SuperiorDocument(RegionalRow):
    """A document that was received, or that the congress made itself to carry one out."""

    level = models.CharField(max_length=12, choices=DocumentLevel.choices)
    title = models.CharField(max_length=120)
    issuer = models.CharField(max_length=60)
    number = models.CharField(max_length=40, blank=True)
    issued_on = models.DateField()
    received_on = models.DateField()
    summary = models.TextField(blank=True)
    settled_note = models.CharField(max_length=200, blank=True)
    settled_on = models.DateField(null=True)

    class Meta:
        ordering = ("-received_on", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["home6", "issuer", "number"], condition=~Q(number=""), name="document_number_once"
            )
        ]


class DocumentLink(RegionalRow):
    """`lower` carries out `upper` (贯彻); seen from below, `upper` is its basis (依据)."""

    lower = models.ForeignKey(SuperiorDocument, on_delete=models.CASCADE, related_name="uppers")
    upper = models.ForeignKey(SuperiorDocument, on_delete=models.CASCADE, related_name="lowers")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home6", "lower", "upper"], name="document_link_once"),
            models.CheckConstraint(condition=~Q(lower=F("upper")), name="document_link_not_to_itself"),
        ]


class DocumentFile(RegionalRow):
    """One version of a document's file; a later one stands beside it, none is replaced."""

    document = models.ForeignKey(SuperiorDocument, on_delete=models.CASCADE, related_name="files")
    version = models.PositiveSmallIntegerField()
    file = models.UUIDField()
    note = models.CharField(max_length=80, blank=True)
    by_name = models.CharField(max_length=60)

    class Meta:
        ordering = ("-version",)
        constraints = [
            models.UniqueConstraint(fields=["home6", "document", "version"], name="document_version_once")
        ]
