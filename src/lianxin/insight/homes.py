"""The first screen of each role: what is to do, figures, one chart, one grid picture."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.handling.models import Assignment
from lianxin.handling.permissions import visible_to as parts_visible
from lianxin.handling.rules import Light, light
from lianxin.handling.workflow import State as Part
from lianxin.notifications.selectors import call_tasks_for
from lianxin.opinions import selectors as opinions
from lianxin.opinions.models import Channel, Opinion
from lianxin.opinions.permissions import visible_to as opinions_visible
from lianxin.opinions.workflow import State as OpinionState
from lianxin.people.selectors import organ_name
from lianxin.regions.selectors import place_name, towns, villages_of
from lianxin.suggestions import selectors as suggestions
from lianxin.suggestions.workflow import ENDED
from lianxin.suggestions.workflow import State as SuggestionState

MOST = 12


@dataclass
class Todo:
    """One thing to do: one verb."""

    kind: str
    icon: str
    title: str
    meta: str
    verb: str
    link: str
    due_on: date | None = None
    due: str = ""
    tone: str = "plain"


@dataclass
class Home:
    """One role's first screen."""

    todos: list[Todo]
    figures: list[dict[str, Any]]
    bars: list[dict[str, Any]] = field(default_factory=list)
    bars_title: str = ""
    tiles: list[dict[str, Any]] = field(default_factory=list)


def home_of(actor: Actor) -> Home:
    """Return the first screen of the actor's foremost role."""
    for role, build in BUILDERS:
        if actor.has(role):
            home = build(actor)
            home.todos = _sorted(home.todos)
            return home
    return Home([], [])


def said_due(due_on: date | None, today: date) -> tuple[str, str]:
    """Return a due date in words and its tone."""
    if due_on is None:
        return "", "plain"
    left = (due_on - today).days
    words = f"逾期 {-left} 天" if left < 0 else "今天到期" if left == 0 else f"还剩 {left} 天"
    shade = light(due_on, today)
    return words, "late" if left <= 0 else "warn" if shade is Light.ORANGE else "plain"


def _sorted(todos: list[Todo]) -> list[Todo]:
    today = clock.today()
    for todo in todos:
        todo.due, todo.tone = said_due(todo.due_on, today)
    return sorted(todos, key=lambda todo: todo.due_on or date.max)[:MOST]


def _keeper(actor: Actor) -> Home:
    rows = opinions.opinions_page(actor, tab="todo", limit=MOST)
    todos = [_opinion_todo(row) for row in rows]
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
    return Home(
        todos,
        [
            _figure("待办", counts["todo"], "/station/opinions?tab=todo"),
            _figure("办理中", counts["going"], "/station/opinions?tab=going"),
            _figure("已完成", counts["done"], "/station/opinions?tab=done"),
            _figure("超时未受理", counts["late"], "/station/opinions?tab=late"),
        ],
        _channel_bars(actor),
        "从哪里来的",
        _tiles(actor),
    )


VERBS = {
    OpinionState.NEW: "受理",
    OpinionState.REPLIED: "反馈",
    OpinionState.ANSWERED: "反馈",
    OpinionState.OBJECTED: "改办",
    OpinionState.NEED_MORE: "看一看",
}


def _opinion_todo(row: Opinion) -> Todo:
    verb = VERBS.get(OpinionState(row.state), "办理")
    due = row.sort_due_on if row.state == OpinionState.NEW else None
    return Todo(
        "民情",
        "inbox",
        row.title,
        f"{row.number} · {place_name(row.division_code)}",
        verb,
        f"/station/opinions/{row.id}",
        due,
    )


def _deputy(actor: Actor) -> Home:
    mine = suggestions.suggestions_page(actor, mine=True, limit=60)
    todos = [
        Todo(
            "联名邀请",
            "users",
            row.title,
            f"{row.lead.name}代表邀请您",
            "看一看",
            f"/deputy/suggestions/{row.id}",
        )
        for row in suggestions.invitations(actor)
    ]
    own = {row.id: row for row in mine if row.lead.account_id == actor.id}
    verbs = {
        SuggestionState.REPLIED: ("答复评价", "评价"),
        SuggestionState.DRAFT: ("草稿", "接着写"),
        SuggestionState.RETURNED: ("退回修改", "修改"),
    }
    for row in own.values():
        if row.state in verbs:
            kind, verb = verbs[SuggestionState(row.state)]
            todos.append(
                Todo(kind, "stamp", row.title, row.number or "未编号", verb, f"/deputy/suggestions/{row.id}")
            )
    offered = opinions_visible(actor).filter(is_offered=True, state=OpinionState.RECORDED).order_by("-id")[:3]
    todos += [
        Todo("相似民情", "messages-square", row.title, row.number, "看一看", f"/deputy/opinions/{row.id}")
        for row in offered
    ]
    going = sum(row.state not in ENDED for row in own.values())
    ledger = suggestions.commitments_for(actor).filter(suggestion__lead__account=actor.id)
    return Home(
        todos,
        [
            _figure("我领衔的建议", len(own), "/deputy/suggestions"),
            _figure("在办", going, "/deputy/suggestions"),
            _figure(
                "承诺待兑现", ledger.filter(state__in=["open", "proof_given"]).count(), "/deputy/promises"
            ),
            _figure("已兑现", ledger.filter(state="fulfilled").count(), "/deputy/promises"),
        ],
    )


def _body(actor: Actor) -> Home:
    waiting = [
        *suggestions.suggestions_page(actor, tab="review", limit=8),
        *suggestions.suggestions_page(actor, tab="assign", limit=8),
    ]
    waiting += suggestions.suggestions_page(actor, tab="dissatisfied", limit=6)
    verbs = {
        SuggestionState.SUBMITTED: ("待审核", "审核"),
        SuggestionState.REGISTERED: ("待交办", "交办"),
        SuggestionState.EVALUATED: ("不满意", "重新办理"),
    }
    todos = []
    for row in waiting:
        kind, verb = verbs[SuggestionState(row.state)]
        todos.append(
            Todo(
                kind,
                "file-text",
                row.title,
                f"{row.number or '未编号'} · {row.lead.name}代表",
                verb,
                f"/office/suggestions/{row.id}",
            )
        )
    returned = parts_visible(actor).filter(state=Part.RETURN_REQUESTED, matter_kind="suggestion")[:6]
    todos += [
        Todo(
            "申请退办",
            "undo-2",
            part.title,
            organ_name(part.unit_code),
            "决定",
            f"/office/suggestions/{part.matter_id}",
            part.return_until,
        )
        for part in returned
    ]
    counts = suggestions.figures(actor)
    year = clock.today().year
    bars = [
        {
            "label": rate.name,
            "value": rate.percent or 0,
            "text": f"{rate.percent or 0}%",
            "note": f"{rate.definition}（{rate.numerator}／{rate.denominator}）",
        }
        for rate in suggestions.year_rates(actor, year)
    ]
    return Home(
        todos,
        [
            _figure("待审核", counts["review"], "/office/suggestions?tab=review"),
            _figure("办理中", counts["handling"], "/office/suggestions?tab=handling"),
            _figure("跟踪督办", counts["tracking"], "/office/suggestions?tab=tracking"),
            _figure("建议总数", counts["total"], "/office/suggestions"),
        ],
        bars,
        f"{year} 年办理情况",
        _tiles(actor),
    )


UNIT_VERBS = {
    Part.ASSIGNED: ("待签收", "签收"),
    Part.ACCEPTED: ("待办理", "办理"),
    Part.IN_HANDLING: ("办理中", "办理"),
    Part.REPLY_DRAFTED: ("待签发", "签发"),
}


def _unit(actor: Actor) -> Home:
    parts = list(parts_visible(actor).filter(ended=False).order_by("reply_due_on")[:40])
    head = actor.has(Role.UNIT_HEAD)
    todos = [
        _part_todo(part)
        for part in parts
        if part.state in UNIT_VERBS and (part.state == Part.REPLY_DRAFTED) == head
    ]
    today = clock.today()
    counts = [light(part.reply_due_on, today) for part in parts if part.reply_due_on]
    soon, late = (
        sum(one in {Light.YELLOW, Light.ORANGE} for one in counts),
        sum(one is Light.RED for one in counts),
    )
    return Home(
        todos,
        [
            _figure("在办", len(parts), "/unit/matters?tab=open"),
            _figure("15 日内到期", soon, "/unit/matters?tab=soon"),
            _figure("逾期", late, "/unit/matters?tab=late"),
            _figure(
                "承诺待兑现",
                suggestions.commitments_for(actor, state="open")
                .filter(unit_code__in=actor.units(Role.UNIT_CLERK, Role.UNIT_HEAD))
                .count(),
                "/unit/promises",
            ),
        ],
    )


def _part_todo(part: Assignment) -> Todo:
    kind, verb = UNIT_VERBS[Part(part.state)]
    due = part.return_until if part.state == Part.ASSIGNED else part.reply_due_on
    return Todo(kind, "briefcase", part.title, part.matter_number, verb, f"/unit/matters/{part.id}", due)


def _oversight(actor: Actor) -> Home:
    open_parts = list(parts_visible(actor).filter(ended=False).order_by("reply_due_on")[:200])
    today = clock.today()
    late = [part for part in open_parts if part.reply_due_on and part.reply_due_on < today]
    asked = parts_visible(actor).filter(extension__state="requested")[:10]
    todos = [
        Todo(
            "延期审批",
            "hourglass",
            part.title,
            organ_name(part.unit_code),
            "审批",
            f"/unit/matters/{part.id}",
            part.reply_due_on,
        )
        for part in asked
    ]
    todos += [
        Todo(
            "逾期",
            "bell-ring",
            part.title,
            organ_name(part.unit_code),
            "催办",
            f"/unit/matters/{part.id}",
            part.reply_due_on,
        )
        for part in late[:10]
    ]
    returned = sum(part.state == Part.RETURN_REQUESTED for part in open_parts)
    return Home(
        todos,
        [
            _figure("在办", len(open_parts), "/unit/matters?tab=open"),
            _figure("逾期", len(late), "/unit/matters?tab=late"),
            _figure("申请退办", returned, "/unit/matters?tab=returned"),
        ],
    )


def _administration(actor: Actor) -> Home:
    return (
        Home([], [_figure("制度参数", 1, "/administration/parameters")])
        if actor.has(Role.SYSTEM_ADMIN)
        else Home([], [])
    )


BUILDERS = (
    (Role.DEPUTY, _deputy),
    (Role.KEEPER, _keeper),
    (Role.GRID_WORKER, _keeper),
    (Role.OFFICE, _body),
    (Role.PRESIDIUM, _body),
    (Role.UNIT_CLERK, _unit),
    (Role.UNIT_HEAD, _unit),
    (Role.OVERSIGHT, _oversight),
    (Role.SYSTEM_ADMIN, _administration),
)


def _figure(label: str, value: int, link: str) -> dict[str, Any]:
    return {"label": label, "value": value, "link": link}


def _channel_bars(actor: Actor) -> list[dict[str, Any]]:
    rows = opinions.channels(actor)
    most = max((row["count"] for row in rows), default=1)
    labels = dict(Channel.choices)
    return [
        {"label": labels[row["channel"]], "value": 100 * row["count"] / most, "text": f"{row['count']} 件"}
        for row in rows
    ]


def _tiles(actor: Actor) -> list[dict[str, Any]]:
    """Return tiles of a cartogram: towns for the city, villages for a town, shaded by open matters."""
    town_places = [
        place for place in actor.places(Role.KEEPER, Role.PRESIDIUM) if not place.endswith("000000")
    ]
    town = town_places[0] if town_places else ""
    rows = list(villages_of(town)) if town else list(towns())
    counts = opinions.open_by_place(actor, 12 if town else 9)
    most = max(counts.values(), default=0)
    return [
        {
            "x": 8 + 84 * (place % 6),
            "y": 8 + 56 * (place // 6),
            "cx": 47 + 84 * (place % 6),
            "ny": 30 + 56 * (place // 6),
            "ty": 47 + 56 * (place // 6),
            "name": row.name[:5],
            "full": row.name,
            "count": counts.get(row.code, 0),
            "shade": 0 if not counts.get(row.code) else 1 + min(2, 3 * counts[row.code] // (most + 1)),
        }
        for place, row in enumerate(rows)
    ]
