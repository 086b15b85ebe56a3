"""The first screen of a station keeper and of a grid worker."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lianxin.common.actor import Actor, Role
from lianxin.contacts.selectors import unasked
from lianxin.insight.homes.congress import congress_lists, congress_todos
from lianxin.insight.homes.counting import Waiting, waiting_of
from lianxin.insight.homes.shapes import MOST, Figure, Home, Recent, Todo, counted
from lianxin.insight.homes.tiles import tiles_of
from lianxin.notifications.selectors import call_tasks_for
from lianxin.opinions import selectors as opinions
from lianxin.opinions.models import Channel, Opinion
from lianxin.opinions.workflow import State
from lianxin.regions.selectors import place_name
from lianxin.rulebook.selectors import value
from lianxin.stations.selectors import checks_with_gaps, unconfirmed

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
    if actor.has(Role.KEEPER):
        todos = [*_reception(actor), *_owed(actor), *todos]
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


def _reception(actor: Actor) -> list[Todo]:
    """Return the near reception days that no deputy has confirmed."""
    days = unconfirmed(actor, int(value("reception.alarm_days")))
    return [
        Todo("接待日", "clock", _("还没有代表确认"), day.station.name, "安排", "/station/rota", day.on)
        for day in days[:3]
    ]


def _owed(actor: Actor) -> list[Todo]:
    """Return papers to count, households nobody has asked yet, rooms that lack something of the ten."""
    own = {"homes": Waiting(unasked(actor)), "rooms": Waiting(checks_with_gaps(actor))}
    told = waiting_of(**own, **congress_lists(actor))
    found = congress_todos(actor, told)
    if "homes" in told:
        title = _("有 %(n)s 户还没有问过愿不愿意结对") % {"n": told["homes"].number}
        link = "/office/pairing/consents"
        found.append(Todo("征求意见", "hand-heart", title, _("结对连心"), "去问", link))
    if "rooms" in told:
        title = _("有 %(n)s 个工作室缺项，请补齐") % {"n": told["rooms"].number}
        found.append(Todo("十有缺项", "list-checks", title, _("十有自查"), "补齐", "/station/standards"))
    return found


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
