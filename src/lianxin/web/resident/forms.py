"""What residents type."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from lianxin.documents.photos import MAX_BYTES
from lianxin.opinions.services import Said

MAX_VOICE_BYTES = 4 * 1024 * 1024


class SayForm(forms.Form):
    """说件事: one thing, a place, and an optional way to call back."""

    text = forms.CharField(required=False, max_length=4000, strip=True)
    village = forms.CharField(required=False, max_length=12)
    spot = forms.CharField(required=False, max_length=80)
    category = forms.CharField(required=False, max_length=20)
    name = forms.CharField(required=False, max_length=40)
    phone = forms.CharField(required=False, max_length=30)
    call_back = forms.BooleanField(required=False)
    may_publish = forms.BooleanField(required=False)
    insists = forms.BooleanField(required=False, label=_("仍要在这里说"))

    def said(self, photos: list[UploadedFile[Any]], voice: UploadedFile[Any] | None = None) -> Said:
        """Return what was said; an oversized file is cut off, so that the room refuses it kindly."""
        given: dict[str, Any] = {"text": "", **self.cleaned_data}
        given["insists_sealed"] = given.pop("insists", False)
        return Said(
            photos=tuple(photo.read(MAX_BYTES + 1) for photo in photos),
            voice=voice.read(MAX_VOICE_BYTES + 1) if voice else b"",
            **given,
        )
