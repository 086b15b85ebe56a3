"""届次对比: what was done in each term of the congress, kind by kind; a figure is its list's length.

A record belongs to the term that its day lies in, so nothing is copied when a new term begins.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from lianxin.archives.permissions import visible_to as earlier_visible_to
from lianxin.campaigns.permissions import (
    campaigns_visible_to,
    contests_visible_to,
    inspections_visible_to,
    key_tasks_visible_to,
)
from lianxin.campaigns.rules import quarter_words
from lianxin.charters.permissions import rounds_visible_to
from lianxin.charters.permissions import visible_to as charters_visible_to
from lianxin.common.actor import Actor
from lianxin.common.errors import NotFound
from lianxin.duties.permissions import visible_to as duties_visible_to
from lianxin.elections.permissions import elections_visible_to
from lianxin.meetings.permissions import inquiries_visible_to
from lianxin.people.models import CongressTerm
from lianxin.suggestions.permissions import visible_to as suggestions_visible_to

PAGE = 50
Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One record of a list: what it is, where, when, its page."""

    title: str
    place: str
    on: date
    link: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One kind of record: how it is found, which day counts, how it is shown."""

    slug: str
    name: str
    means: str
    rows: Callable[[Actor], Rows]
    day: str
    title: Callable[[Any], str]
    page: str

    def line(self, row: Any) -> Line:
        """Return how a row stands in its list."""
        return Line(self.title(row), row.division_code, getattr(row, self.day), f"{self.page}{row.pk}")


def _title(row: Any) -> str:
    return str(row.title)


def _name(row: Any) -> str:
    return str(row.name)


def _election(row: Any) -> str:
    return f"{row.year}年{row.get_kind_display()}"


def _sheet(row: Any) -> str:
    return f"{quarter_words(row.quarter)}巡查单"


def _numbered(row: Any) -> str:
    return f"{row.number} {row.title}"


def _duty(row: Any) -> str:
    return f"{row.deputy.name}　{row.kind.name}"


def _duties(actor: Actor) -> Rows:
    return duties_visible_to(actor).select_related("kind", "deputy")


MEASURES = (
    Measure("key-tasks", "重点任务", "按完成期限算在哪一届",
            key_tasks_visible_to, "due_on", _title, "/campaigns/work/"),
    Measure("themes", "主题年", "按完成期限算",
            campaigns_visible_to, "due_on", _name, "/campaigns/themes/"),
    Measure("inquiries", "执法检查和专题调研", "按开始那天算",
            inquiries_visible_to, "begins_on", _title, "/forums/inquiries/"),
    Measure("rounds", "章程公约修订轮次", "按开始那天算",
            rounds_visible_to, "opened_on", _name, "/charters/rounds/"),
    Measure("texts", "表决通过的章程公约", "按表决那天算，每个版本一份",
            charters_visible_to, "adopted_on", _title, "/charters/"),
    Measure("elections", "村委会选举", "按当选公布那天算",
            elections_visible_to, "elected_on", _election, "/elections/"),
    Measure("contests", "金牌公约评选", "按公布那天算",
            contests_visible_to, "published_on", _name, "/campaigns/contests/"),
    Measure("inspections", "监督代表的巡查单", "按巡查那天算",
            inspections_visible_to, "on", _sheet, "/campaigns/inspections/"),
    Measure("suggestions", "代表建议", "按提交那天算",
            suggestions_visible_to, "submitted_on", _numbered, "/office/suggestions/"),
    Measure("duties", "履职记录", "按履职那天算，不公开的不算",
            _duties, "on", _duty, "/office/duties/records/"),
    Measure("earlier", "历史资料", "系统以前的，按发生那天算",
            earlier_visible_to, "on", _title, "/archive/records/"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure; `share` is its part of the largest of its row, in percent."""

    term: CongressTerm
    count: int
    share: int


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of record across all terms."""

    measure: Measure
    cells: list[Cell]


def measure(slug: str) -> Measure:
    """Return a kind of record by its name in addresses."""
    found = next((one for one in MEASURES if one.slug == slug), None)
    if found is None:
        raise NotFound("没有这一项，请从「届次对比」里点。")
    return found


def compared(actor: Actor, terms: Sequence[CongressTerm]) -> list[Row]:
    """Return every kind across the terms: one query a kind, however many terms."""
    return [_row(actor, one, terms) for one in MEASURES]


def _row(actor: Actor, one: Measure, terms: Sequence[CongressTerm]) -> Row:
    wanted = {
        f"t{place}": Count("pk", filter=_within(one, term), distinct=True) for place, term in enumerate(terms)
    }
    found = one.rows(actor).order_by().aggregate(**wanted)
    counts = [found[f"t{place}"] for place in range(len(terms))]
    most = max(counts, default=0) or 1
    return Row(
        one,
        [Cell(term, count, round(100 * count / most)) for term, count in zip(terms, counts, strict=True)],
    )


def _within(one: Measure, term: CongressTerm) -> Q:
    rule = Q(**{f"{one.day}__gte": term.starts_on})
    return rule & Q(**{f"{one.day}__lte": term.ends_on}) if term.ends_on else rule


def lines(actor: Actor, slug: str, term: CongressTerm, *, page: int = 1) -> tuple[int, list[Line]]:
    """Return the length of a figure's list and one page of it, the latest first."""
    one = measure(slug)
    rows = one.rows(actor).filter(_within(one, term)).distinct()
    first = (page - 1) * PAGE
    shown = rows.order_by(f"-{one.day}", "-pk")[first : first + PAGE]
    return rows.count(), [one.line(row) for row in shown]
