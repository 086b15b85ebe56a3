"""Files by their content, and letters with their versions."""

from __future__ import annotations

from django.db import models

from lianxin.common.models import Row


class StoredFile(Row):
    """A file of one owner; the bytes lie by checksum in the file store."""

    home6 = models.CharField(max_length=6)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    mime = models.CharField(max_length=100)
    purpose = models.CharField(max_length=12)
    owner_kind = models.CharField(max_length=20)
    owner_id = models.UUIDField()
    visibility = models.CharField(max_length=10, default="sealed")
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["home6", "owner_kind", "owner_id", "purpose", "sha256"], name="stored_file_once"
            )
        ]


class LetterVersion(Row):
    """One version of an official letter: its content is fixed by a checksum when it is issued.

    PDF and DOCX are drawn from the content whenever somebody asks; the same content gives the
    same text for ever, and a changed content no longer matches its checksum.
    """

    home6 = models.CharField(max_length=6)
    matter_kind = models.CharField(max_length=20)
    matter_id = models.UUIDField()
    part_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=12)
    version = models.PositiveSmallIntegerField(default=1)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    signed_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["home6", "matter_id", "part_id", "kind", "version"], name="letter_version_once"
            )
        ]
        indexes = [models.Index(fields=["matter_kind", "matter_id"], name="letter_matter")]
