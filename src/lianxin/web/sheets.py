"""Sheets at the page door, one way for every room: a sheet that was sent, a sheet that is given back."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from lianxin.common.errors import Invalid
from lianxin.documents.tables import XLSX


def sent_sheet(request: HttpRequest) -> UploadedFile[Any]:
    """Return the sheet that was chosen; refuse a form without one beside its field."""
    sent = request.FILES.get("sheet")
    if not isinstance(sent, UploadedFile):
        words = _("请先选一个填好的表。")
        raise Invalid(words, fields={"sheet": words})
    return sent


def book(data: bytes, name: str) -> HttpResponse:
    """Return a sheet to be saved under a name."""
    answer = HttpResponse(data, content_type=XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return answer
