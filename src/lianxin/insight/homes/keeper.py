"""The first screen of a station keeper and of a grid worker."""

from __future__ import annotations

from lianxin.common.actor import Actor
from lianxin.insight.homes.shapes import MOST, Figure, Home, Recent, Todo, counted
from lianxin.insight.homes.tiles import tiles_of
from lianxin.notifications.selectors import call_tasks_for
from lianxin.opinions import selectors as opinions
from lianxin.opinions.models import Channel, Opinion
from lianxin.opinions.workflow import State
from lianxin.regions.selectors import place_name

VERBS = {
    State.NEW: "受理",
    State.REPLIED: "反馈",
    State.ANSWERED: "反馈",
    State.OBJECTED: "改办",
    State.NEED_MORE: "看一看",
}


def home(actor: Actor) -> Home:
    """Return opinions to sort, calls to make, channels and villages."""
    todos = [_opinion(row) for row in opinions.opinions_page(actor, tab="todo", limit=MOST)]
    todos += [
        Todo(
            "电话告知",
            "phone",
            task.reason,
            task.number,
            "打电话",
            f"/station/opinions/{task.about_id}",
            task.due_on,
        )
        for task in call_tasks_for(actor)[:4]
    ]
    counts = opinions.figures(actor)
    tiles, height = tiles_of(actor)
    return Home(
        todos,
        [
            Figure("待办", counts["todo"], "/station/opinions?tab=todo"),
            Figure("办理中", counts["going"], "/station/opinions?tab=going"),
            Figure("已完成", counts["done"], "/station/opinions?tab=done"),
            Figure("超时未受理", counts["late"], "/station/opinions?tab=late"),
        ],
        counted("从哪里来的", _channels(actor)),
        tiles,
        height,
        _recent(actor),
        counts["todo"],
    )


def _channels(actor: Actor) -> list[tuple[str, int]]:
    labels = dict(Channel.choices)
    return [(str(labels[row["channel"]]), row["count"]) for row in opinions.channels(actor)]


def _opinion(row: Opinion) -> Todo:
    return Todo(
        "民情",
        "inbox",
        row.title,
        f"{row.number} · {place_name(row.division_code)}",
        VERBS.get(State(row.state), "办理"),
        f"/station/opinions/{row.id}",
        row.sort_due_on if row.state == State.NEW else None,
    )


def _recent(actor: Actor) -> list[Recent]:
    rows = opinions.opinions_page(actor, tab="done", limit=4)
    return [
        Recent(row.title, str(row.get_state_display()), f"/station/opinions/{row.id}", row.received_at)
        for row in rows
    ]
