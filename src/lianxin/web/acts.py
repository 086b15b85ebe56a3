"""From an act's form (pydantic) to fields on a page, and from what was typed back to the form."""

from __future__ import annotations

import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any, Literal, get_args, get_origin
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from lianxin.common.actions import OpenAction
from lianxin.common.errors import LianxinError
from lianxin.common.ids import uuid7
from lianxin.web.act_words import HIDDEN, ICONS, LONG, PICKED, WORDS
from lianxin.web.basis import said_basis

Option = tuple[str, str]


@dataclass
class Box:
    """One field of a form as the template shows it."""

    name: str
    id: str
    label: str
    widget: str
    required: bool
    value: Any = ""
    error: str = ""
    options: list[tuple[Any, ...]] = field(default_factory=list)


@dataclass
class Sheet:
    """One act as the template shows it."""

    key: str
    name: str
    verb: str
    icon: str
    url: str
    basis: str
    confirm: str
    refusal: str | None
    boxes: list[Box]
    request_id: str
    target: UUID | None = None
    unit: str = ""
    first: bool = False
    is_open: bool = False
    problem: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def errors_password(self) -> str:
        """Return what was wrong with the password typed before a solemn act."""
        return self.errors.get(f"{self.key}_password", "")

    @property
    def by(self) -> dict[str, Box]:
        """Return the boxes by the name of their field, for templates that lay them out by hand."""
        return {box.name: box for box in self.boxes}


@dataclass
class Tried:
    """An act that was refused: which, what was typed, and why."""

    key: str
    typed: QueryDict
    refusal: LianxinError


def sheet(
    action: OpenAction,
    *,
    url: str,
    options: Mapping[str, list[Option]],
    demands: Iterable[str] = (),
    target: UUID | None = None,
    unit: str = "",
    tried: Tried | None = None,
    start: Mapping[str, Any] | None = None,
) -> Sheet:
    """Return an open act as a sheet; after a refusal it keeps what was typed."""
    key = f"{action.act.name}-{target}" if target else action.act.name
    mine = tried if tried and tried.key == key else None
    boxes = [
        _box(key, name, info, options, list(demands), mine, (start or {}).get(name))
        for name, info in action.input.model_fields.items()
        if name not in HIDDEN
    ]
    return Sheet(
        key=key,
        name=action.act.name,
        verb=gettext(action.act.verb),
        icon=ICONS.get(action.act.name, "circle-dot"),
        url=url,
        basis=said_basis(action.act.basis),
        confirm=gettext(action.act.confirm),
        refusal=action.refusal,
        boxes=boxes,
        request_id=str(uuid7()),
        target=target,
        unit=unit,
        is_open=mine is not None,
        problem=mine.refusal.message if mine else "",
        errors={f"{key}_{name}": words for name, words in mine.refusal.fields.items()} if mine else {},
    )


def _box(
    key: str,
    name: str,
    info: FieldInfo,
    options: Mapping[str, list[Option]],
    demands: list[str],
    tried: Tried | None,
    start: Any,
) -> Box:
    typed = tried.typed if tried else None
    value = typed.get(name, "") if typed is not None else (start if start is not None else _default(info))
    many = typed.getlist(name) if typed is not None else (start if isinstance(start, list) else [])
    box = Box(
        name,
        f"{key}_{name}",
        gettext(str(info.title or name)),
        _widget(name, info),
        info.is_required(),
        value,
    )
    box.error = _error(tried, name)
    if box.widget == "texts":
        box.options = [
            (f"{place}. {demand}", many[place - 1] if len(many) >= place else "")
            for place, demand in enumerate(demands or [box.label], 1)
        ]
    elif name == "demand_numbers":
        box.options = [
            (str(place), f"{place}. {demand}", str(place) in many) for place, demand in enumerate(demands, 1)
        ]
    elif box.widget in {"select", "radio", "checks"}:
        known = options[name] if name in options else _choices(info)
        chosen = {str(one) for one in many} | {str(value)}
        box.options = [(pk, words, pk in chosen) for pk, words in known]
    return box


def _error(tried: Tried | None, name: str) -> str:
    if tried is None:
        return ""
    found = [words for field_name, words in tried.refusal.fields.items() if field_name.split(".")[0] == name]
    return found[0] if found else ""


def _default(info: FieldInfo) -> Any:
    return info.default if isinstance(info.default, str) else ""


def _plain(info: FieldInfo) -> Any:
    """Return the type of a field without `| None`."""
    kinds = [kind for kind in get_args(info.annotation) if kind is not type(None)]
    is_union = get_origin(info.annotation) in {typing.Union, getattr(__import__("types"), "UnionType", None)}
    return kinds[0] if is_union and kinds else info.annotation


def _widget(name: str, info: FieldInfo) -> str:
    if name in PICKED:
        return PICKED[name]
    kind = _plain(info)
    if kind is bool:
        return "check"
    if kind is date:
        return "date"
    if get_origin(kind) is Literal or (isinstance(kind, type) and issubclass(kind, Enum)):
        return "radio"
    return "textarea" if name in LONG else "text"


def _choices(info: FieldInfo) -> list[Option]:
    kind = _plain(info)
    if get_origin(kind) is not Literal and not (isinstance(kind, type) and issubclass(kind, Enum)):
        return []
    values = get_args(kind) if get_origin(kind) is Literal else [member.value for member in kind]
    return [(str(one), gettext(WORDS.get(str(one), str(one)))) for one in values if one != ""]


def typed_data(form: type[BaseModel], typed: QueryDict) -> dict[str, Any]:
    """Return what was typed in the shape of the form; empty optional fields are left out."""
    data: dict[str, Any] = {}
    for name, info in form.model_fields.items():
        widget = _widget(name, info)
        if name == "parts":
            data[name] = _parts(typed)
        elif widget in {"texts", "checks"}:
            data[name] = [text for text in typed.getlist(name) if text.strip() or name == "answers"]
        elif widget == "check":
            data[name] = name in typed
        elif typed.get(name, "").strip() or info.is_required():
            data[name] = typed.get(name, "")
    return data


def _parts(typed: QueryDict) -> list[dict[str, str]]:
    """Return the units of a hand-over: one main (or sole), assisting ones, or separate ones."""
    main, assist = typed.get("main_unit", ""), [unit for unit in typed.getlist("assist_units") if unit]
    separate = [unit for unit in typed.getlist("separate_units") if unit]
    if separate:
        return [
            {"unit": unit, "mode": "separate", "scope": typed.get(f"scope_{unit}", "")} for unit in separate
        ]
    if not main:
        return []
    first = {"unit": main, "mode": "main" if assist else "sole", "scope": typed.get("scope", "")}
    return [first, *({"unit": unit, "mode": "assist"} for unit in assist)]
