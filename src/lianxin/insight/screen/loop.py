"""Scene 2, 办理闭环: where a year's matters went, what is due next, the units in three colours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q, QuerySet

from lianxin.common import clock
from lianxin.handling.models import Assignment
from lianxin.opinions.models import Opinion
from lianxin.opinions.workflow import ENDED
from lianxin.people.selectors import organ_name
from lianxin.rulebook.selectors import value

NEXT = 10
HIGH, GAP, LEAST = 640, 26, 34
LEFT, MIDDLE, RIGHT, BAR = 0, 430, 860, 26


@dataclass(frozen=True, slots=True)
class Node:
    """A box of the flow: its words, its number and where it stands."""

    name: str
    count: int
    x: int
    y: float
    high: float

    @property
    def text_y(self) -> float:
        """Return the height of its words: the middle of the box."""
        return self.y + self.high / 2


@dataclass(frozen=True, slots=True)
class Flow:
    """A band between two boxes."""

    path: str


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline that comes next; a unit and a number, never a person."""

    unit: str
    number: str
    on: date
    days: int


@dataclass(frozen=True, slots=True)
class LoopScene:
    """What the second scene shows."""

    nodes: list[Node]
    flows: list[Flow]
    due: list[Due]
    red: int
    yellow: int
    green: int
    total: int


def loop_scene(home6: str) -> LoopScene:
    """Return the flow of this year's matters of a region (four queries)."""
    ways, total = _ways(home6)
    nodes, flows = sankey(total, ways)
    red, yellow, green = _units(home6)
    return LoopScene(nodes, flows, _due(home6), red, yellow, green, total)


def _ways(home6: str) -> tuple[list[tuple[str, int, int]], int]:
    """Return (way, how many, how many of them ended) of the matters received this year."""
    rows: QuerySet[Opinion] = Opinion.objects.filter(
        home6=home6, is_sealed=False, received_at__year=clock.today().year
    )
    handed = Assignment.objects.filter(matter_kind="opinion", home6=home6).values("matter_id")
    paper = Q(outcome="suggestion") | Q(state="converted")
    unit = Q(pk__in=handed) & ~paper
    station = ~paper & ~unit
    done = Q(state__in=ENDED)
    names = (("站内解答和协调", station), ("转有关单位办理", unit), ("代表依法提成建议", paper))
    wanted = {f"all{place}": Count("id", filter=rule) for place, (_, rule) in enumerate(names)}
    wanted |= {f"done{place}": Count("id", filter=rule & done) for place, (_, rule) in enumerate(names)}
    counts = rows.aggregate(**wanted)
    ways = [(name, counts[f"all{place}"], counts[f"done{place}"]) for place, (name, _) in enumerate(names)]
    return ways, sum(way[1] for way in ways)


def sankey(total: int, ways: list[tuple[str, int, int]]) -> tuple[list[Node], list[Flow]]:
    """Lay out received → ways → ended or still in hand; heights are in proportion, thin ones stay visible."""
    free = HIGH - GAP * (len(ways) - 1)
    scale = free / max(1, total)
    nodes, flows = [Node("收到民情", total, LEFT, 0, HIGH)], []
    ended = Node("有了结果", sum(way[2] for way in ways), RIGHT, 0, 0)
    open_ = total - ended.count
    high_ended = max(LEAST, ended.count * scale)
    ended = Node(ended.name, ended.count, RIGHT, 0, high_ended)
    waiting = Node("还在办", open_, RIGHT, high_ended + GAP, max(LEAST, open_ * scale))
    top, source, to_ended, to_waiting = 0.0, 0.0, ended.y, waiting.y
    for name, count, done in ways:
        high = max(LEAST, count * scale)
        nodes.append(Node(name, count, MIDDLE, top, high))
        flows.append(_band(LEFT + BAR, source, MIDDLE, top, HIGH * count / max(1, total), high))
        flows.append(_band(MIDDLE + BAR, top, RIGHT, to_ended, done * scale, done * scale))
        rest = (count - done) * scale
        flows.append(_band(MIDDLE + BAR, top + done * scale, RIGHT, to_waiting, rest, rest))
        source += HIGH * count / max(1, total)
        to_ended, to_waiting, top = to_ended + done * scale, to_waiting + rest, top + high + GAP
    return [*nodes, ended, waiting], flows


def _band(x: int, y: float, to_x: int, to_y: float, high: float, to_high: float) -> Flow:  # noqa: PLR0913 - two ends
    half = (x + to_x) / 2
    return Flow(
        f"M{x} {y:.1f} C{half} {y:.1f} {half} {to_y:.1f} {to_x} {to_y:.1f} L{to_x} {to_y + to_high:.1f} "
        f"C{half} {to_y + to_high:.1f} {half} {y + high:.1f} {x} {y + high:.1f} Z"
    )


def _due(home6: str) -> list[Due]:
    today = clock.today()
    rows = (
        Assignment.objects.filter(home6=home6, ended=False, reply_due_on__gte=today)
        .exclude(matter_number="")
        .order_by("reply_due_on", "id")
        .values_list("unit_code", "matter_number", "reply_due_on")[:NEXT]
    )
    return [
        Due(organ_name(unit).rpartition("市")[2], number, on, (on - today).days)
        for unit, number, on in rows
        if on
    ]


def _units(home6: str) -> tuple[int, int, int]:
    """Return how many units are red (something late), yellow (due soon) and green."""
    today = clock.today()
    rows = (
        Assignment.objects.filter(home6=home6)
        .order_by()
        .values("unit_code")
        .annotate(
            late=Count("id", filter=Q(ended=False, reply_due_on__lt=today)),
            soonest=Min("reply_due_on", filter=Q(ended=False, reply_due_on__gte=today)),
        )
    )
    red = yellow = green = 0
    near = int(value("matter.yellow_days"))
    for row in rows:
        if row["late"]:
            red += 1
        elif row["soonest"] and (row["soonest"] - today).days <= near:
            yellow += 1
        else:
            green += 1
    return red, yellow, green
