"""An act as a form of a page's own: what stands against it, what was typed, where it goes.

The template lays the fields out and words them; this only carries the act's rule to the page and what
was typed back to the act.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, get_args, get_origin

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext
from pydantic import BaseModel

from lianxin.common.actions import ActionBook
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Invalid, LianxinError, Refused
from lianxin.common.ids import uuid7
from lianxin.web.basis import said_basis

REFUSALS = (Invalid, Refused, Conflict)


@dataclass(frozen=True)
class Press:
    """One act that a page offers."""

    name: str
    url: str
    verb: str
    basis: str
    confirm: str
    refusal: str
    request_id: str
    problem: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    typed: QueryDict = field(default_factory=QueryDict)


@dataclass(frozen=True)
class Missed:
    """An act that was refused: which one, and why."""

    name: str
    refusal: LianxinError


def presses(
    book: ActionBook[Any],
    actor: Actor,
    row: Any,
    *,
    base: str,
    request: HttpRequest,
    facts: object,
    missed: Missed | None = None,
) -> dict[str, Press]:
    """Return the acts open to the actor by name; `facts` are the matter's as this actor meets it."""
    return {
        offer.act.name: _press(
            offer.act.name, offer.act, offer.act.said_against(facts), base, request, missed
        )
        for offer in book.open_for(actor, row)
    }


def _press(
    name: str, act: Any, refusal: str | None, base: str, request: HttpRequest, missed: Missed | None
) -> Press:
    mine = missed.refusal if missed and missed.name == name else None
    return Press(
        name=name,
        url=f"{base}/acts/{name}",
        verb=gettext(act.verb),
        basis=said_basis(act.basis),
        confirm=gettext(act.confirm) if act.confirm else "",
        refusal=refusal or "",
        request_id=str(uuid7()),
        problem=mine.message if mine else "",
        errors={f"{name}_{key}": words for key, words in mine.fields.items()} if mine else {},
        typed=request.POST if mine else QueryDict(),
    )


def press_done(
    request: HttpRequest, book: ActionBook[Any], actor: Actor, row: Any, name: str
) -> Missed | None:
    """Carry an act out with what was typed; return why it was refused, if it was."""
    try:
        data = typed_in(book.input(name), request.POST)
        request_id = request.POST.get("request_id") or None
        book.perform(actor=actor, obj=row, name=name, data=data, request_id=request_id)
    except REFUSALS as refusal:
        return Missed(name, refusal)
    messages.success(request, gettext("已办好。"))
    return None


def back_to(name: str, **where: Any) -> HttpResponse:
    """Return to the page of the matter."""
    answer: HttpResponse = redirect(name, **where)
    return answer


def typed_in(form: type[BaseModel], typed: QueryDict) -> dict[str, Any]:
    """Return what was typed in the shape of a form; what is empty is left out."""
    data: dict[str, Any] = {}
    for name, info in form.model_fields.items():
        kind = _plain(info.annotation)
        if get_origin(kind) is list:
            data[name] = _many(name, get_args(kind)[0], typed)
        elif kind is bool:
            if info.is_required() or name in typed:
                data[name] = typed.get(name, "") in {"on", "yes", "true"} if name in typed else ""
        elif typed.get(name, "").strip() or info.is_required():
            data[name] = typed.get(name, "")
    return data


def _many(name: str, kind: Any, typed: QueryDict) -> list[Any]:
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return [one for one in typed.getlist(name) if one.strip()]
    columns = {part: typed.getlist(f"{name}_{part}") for part in kind.model_fields}
    size = max((len(told) for told in columns.values()), default=0)
    rows = [{part: told[n].strip() for part, told in columns.items() if n < len(told)} for n in range(size)]
    return [row for row in rows if any(row.values())]


def _plain(annotation: Any) -> Any:
    """Return the type of a field without `| None`."""
    if get_origin(annotation) in {typing.Union, types.UnionType}:
        return next(kind for kind in get_args(annotation) if kind is not type(None))
    return annotation
