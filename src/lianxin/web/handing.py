"""Handing a file out: it opens in the browser, keeps its name when saved, is never guessed to be a page."""

from __future__ import annotations

from django.http import HttpResponse

from lianxin.documents.models import StoredFile
from lianxin.documents.services import PDF, file_read


def handed(data: bytes, name: str, mime: str = PDF) -> HttpResponse:
    """Hand a paper out; it opens in the browser and keeps its name when it is saved."""
    answer = HttpResponse(data, content_type=mime)
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def handed_file(found: StoredFile) -> HttpResponse:
    """Hand out a stored file as it was kept."""
    ending = "pdf" if found.mime == PDF else "jpg"
    return handed(file_read(found), f"{found.pk}.{ending}", found.mime)
