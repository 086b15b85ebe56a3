"""From what was typed to an act's fields: pasted tables, photos, plain fields."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest
from pydantic import BaseModel

from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Denied

TABLE_STARTS = {
    "finance": "项目\t收入（元）\t支出（元）\t说明\n"
    "上级补助\t\t\t\n集体经营收入\t\t\t\n误工补贴\t\t\t\n公共设施\t\t\t",
    "affairs": "决定的事\t哪次会议\t落实情况",
    "relief": "姓名\t项目\t金额（元）\t发放日期",
    "major": "",
}
_CELLS = re.compile(r"\t|\||｜| {2,}|，|,(?![0-9]{3})")


def typed_table(text: str) -> list[list[str]]:
    """Return the rows of a table as pasted from a spreadsheet (tabs) or typed with commas or bars."""
    lines = [line for line in text.splitlines() if line.strip()]
    return [[cell.strip() for cell in _CELLS.split(line.rstrip("\n"))] for line in lines]


def table_text(rows: list[list[str]]) -> str:
    """Return a table as it stands in its field."""
    return "\n".join("\t".join(row) for row in rows)


def typed_fields(request: HttpRequest, form: type[BaseModel]) -> dict[str, Any]:
    """Return what was typed or taken for the fields of a form; empty optional fields are left out."""
    data: dict[str, Any] = {}
    for name, info in form.model_fields.items():
        if name == "photo":
            photo = request.FILES.get("photo")
            data[name] = photo.read() if photo else b""
        elif name == "table":
            data[name] = typed_table(request.POST.get("table", "")[:40_000])
        elif request.POST.get(name, "").strip() or info.is_required():
            data[name] = request.POST.get(name, "")
    return data


def own_village(actor: Actor) -> str:
    """Return the village for which somebody of its committee or its supervisors works."""
    places = actor.places(Role.VILLAGE, Role.VILLAGE_SUPERVISOR)
    if not places:
        raise Denied("这个页面只给村委会和监督委员会用。")
    return places[0]
