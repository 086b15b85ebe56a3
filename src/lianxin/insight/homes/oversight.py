"""The first screen of the government's oversight office: units in time, urging, extensions."""

from __future__ import annotations

from lianxin.common.actor import Actor
from lianxin.handling.models import Assignment
from lianxin.insight import lists
from lianxin.insight.board import unit_board
from lianxin.insight.homes.shapes import Bar, Chart, Figure, Home, Recent, Todo
from lianxin.people.selectors import organ_name


def home(actor: Actor) -> Home:
    """Return requests to decide and matters to urge."""
    todos = [_todo(part, "延期审批", "hourglass", "审批") for part in lists.parts(actor, "extension")[:8]]
    todos += [_todo(part, "申请退办", "undo-2", "协调") for part in lists.parts(actor, "returned")[:6]]
    todos += [_todo(part, "逾期", "bell-ring", "催办") for part in lists.parts(actor, "late")[:10]]
    opened, soon, late, returned = (
        lists.parts(actor, tab).count() for tab in ("open", "soon", "late", "returned")
    )
    return Home(
        todos,
        [
            Figure("在办", opened, "/unit/matters?tab=open"),
            Figure("15 日内到期", soon, "/unit/matters?tab=soon"),
            Figure("逾期", late, "/unit/matters?tab=late"),
            Figure("申请退办", returned, "/unit/matters?tab=returned"),
        ],
        _chart(actor),
        recent=[
            Recent(row.title, organ_name(row.unit_code), f"/unit/matters/{row.id}", row.replied_on)
            for row in lists.parts(actor, "done").order_by("-replied_on")[:4]
        ],
    )


def _todo(part: Assignment, kind: str, icon: str, verb: str) -> Todo:
    meta = f"{organ_name(part.unit_code)} · {part.matter_number}"
    return Todo(kind, icon, part.title, meta, verb, f"/unit/matters/{part.id}", part.reply_due_on)


def _chart(actor: Actor) -> Chart | None:
    rows = unit_board(actor)[:8]
    bars = [
        Bar(row.name, row.on_time or 0, f"{row.on_time}%" if row.on_time is not None else "还没有", row.note)
        for row in rows
    ]
    return Chart("各单位按时答复率", bars, "%") if bars else None
