"""四民主 × 四自我, the index of documents by quarter, participation in totals; each number has its list."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lianxin.common.errors import NotFound
from lianxin.insight import democracy, democracy_index
from lianxin.insight.democracy import DEMOCRACY, PAGE, PLAIN_RECORD, SELF
from lianxin.regions.selectors import division_names, place_name
from lianxin.rulebook.selectors import parameter
from lianxin.villages.permissions import OVERSEERS
from lianxin.web.door import actor_of, for_roles


@for_roles(*OVERSEERS)
@never_cache
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show the matrix, the index and the totals."""
    actor = actor_of(request)
    village = request.GET.get("village", "")
    trend = democracy_index.trend(actor, village=village)
    if village and not trend[-1].villages:
        raise NotFound("没有找到这个村，或者不在您的范围内。")
    rows = [
        (DEMOCRACY[row], row, [(SELF[column], column, count) for column, count in cells])
        for row, cells in democracy.matrix(actor)
    ]
    page = {
        "rows": rows,
        "columns": list(SELF.values()),
        "kinds": [
            (PLAIN_RECORD[kind], DEMOCRACY[row], SELF[column])
            for kind, (row, column) in democracy.tags().items()
        ],
        "basis": parameter("village.democracy_tags").basis,
        "trend": trend,
        "village": place_name(village) if village else "",
        "participation": democracy.participation(actor),
        "at": "/village/board",
    }
    return render(request, "web/village/democracy.html", page)


@for_roles(*OVERSEERS)
@never_cache
@require_GET
def records(request: HttpRequest) -> HttpResponse:
    """List the records behind one cell: the list is as long as the cell says."""
    row, column = request.GET.get("row", "election"), request.GET.get("column", "manage")
    if row not in DEMOCRACY or column not in SELF:
        raise NotFound("没有这一格，请从表里点。")
    typed = request.GET.get("page", "1")
    number = int(typed) if typed.isdecimal() and 0 < int(typed) < 10_000 else 1
    total, found = democracy.records(actor_of(request), row, column, page=number)
    names = division_names()
    page = {
        "title": f"{DEMOCRACY[row]} × {SELF[column]}",
        "total": total,
        "found": [(one, names.get(one.village, "")) for one in found],
        "row": row,
        "column": column,
        "before": number - 1,
        "after": number + 1 if number * PAGE < total else 0,
        "at": "/village/board",
    }
    return render(request, "web/village/democracy_records.html", page)
