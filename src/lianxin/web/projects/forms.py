"""From what was typed to an act's fields: lists, photos, plain fields; empty optional ones are left out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from pydantic import BaseModel

from lianxin.common.errors import Conflict, Invalid, Refused
from lianxin.projects.services import Card, Wished
from lianxin.web.typed import typed_day_or_none

REFUSALS = (Invalid, Refused, Conflict)


def typed_fields(request: HttpRequest, form: type[BaseModel]) -> dict[str, Any]:
    """Return what was typed or taken for the fields of a form."""
    data: dict[str, Any] = {}
    for name, info in form.model_fields.items():
        if name == "photos":
            data[name] = [photo.read() for photo in request.FILES.getlist("photos")]
        elif name == "deputies":
            data[name] = request.POST.getlist("deputies")
        elif request.POST.get(name, "").strip() or info.is_required():
            data[name] = request.POST.get(name, "")
    return data


def typed_wish(request: HttpRequest) -> Wished:
    """Return a typed wish."""
    typed = request.POST
    return Wished(
        text=typed.get("text", ""),
        place=typed.get("place", ""),
        who_benefits=typed.get("who_benefits", ""),
        division_code=typed.get("division_code", ""),
    )


def typed_card(request: HttpRequest) -> Card:
    """Return a typed card; empty numbers and days stay empty, they are asked for before the vote."""
    typed = request.POST
    return Card(
        title=typed.get("title", ""),
        place=typed.get("place", ""),
        need=typed.get("need", ""),
        content=typed.get("content", ""),
        amount=_number(typed.get("amount", ""), "amount"),
        fund_source=typed.get("fund_source", ""),
        beneficiaries=_number(typed.get("beneficiaries", ""), "beneficiaries"),
        due_on=typed_day_or_none(request, "due_on"),
        unit_code=typed.get("unit_code", ""),
    )


def typed_number(typed: str, name: str) -> int:
    """Return a typed number that must be there."""
    found = _number(typed, name)
    if found is None:
        words = _("请填数字。")
        raise Invalid(words, fields={name: words})
    return found


def _number(typed: str, name: str) -> int | None:
    clean = typed.strip().replace(",", "").replace("，", "")
    if not clean:
        return None
    if not clean.isdecimal() or len(clean) > 12:
        words = _("请只填数字，不写单位。")
        raise Invalid(words, fields={name: words})
    return int(clean)
