"""我的履职: a deputy's score with its bars, the records behind each bar, and his yearly files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.common.errors import Denied, NotFound
from lianxin.duties.assessing.actions import BOOK
from lianxin.duties.assessing.scoring import good_of, kept_score, score_of, table_of
from lianxin.duties.assessing.selectors import file_for, own_files
from lianxin.duties.assessing.step import facts_of
from lianxin.duties.models import YearlyFile
from lianxin.duties.permissions import is_own
from lianxin.duties.score import Score
from lianxin.people.actors import deputy_of
from lianxin.people.models import Deputy
from lianxin.rulebook.selectors import value
from lianxin.web.door import actor_of, for_roles
from lianxin.web.duty_papers import file_pdf_answer
from lianxin.web.duty_parts import bar_named, bars_of, lines_of, own_records, parts_of
from lianxin.web.presses import Missed, back_to, press_done, presses


def _deputy(request: HttpRequest) -> Deputy:
    deputy = deputy_of(actor_of(request))
    if deputy is None:
        raise Denied("这个账号没有代表身份。")
    return deputy


def _year(request: HttpRequest) -> int:
    typed = request.GET.get("year", "")
    this = clock.today().year
    return int(typed) if typed.isascii() and typed.isdigit() and 2010 <= int(typed) <= this else this


def _score(deputy: Deputy, year: int, kept: YearlyFile | None) -> tuple[Score, Any, Any]:
    """Return the score, the day from which its rules hold and the share away; kept once it is generated."""
    if kept is not None and kept.state != "accruing":
        return kept_score(kept), kept.rules_from, kept.away
    found = score_of(deputy.pk, year, deputy.home6)
    return found.score, table_of(year, deputy.home6).since, found.away


def _common(request: HttpRequest) -> dict[str, Any]:
    deputy, year = _deputy(request), _year(request)
    files = {file.year: file for file in own_files(actor_of(request))}
    score, since, away = _score(deputy, year, files.get(year))
    return {
        "deputy": deputy,
        "year": year,
        "years": sorted({*files, clock.today().year}, reverse=True),
        "file": files.get(year),
        "score": score,
        "since": since,
        "is_away": str(away) != "0",
        "only_reached": value("assessment.only_reached", home6=deputy.home6),
        "tab": "more",
    }


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def score(request: HttpRequest) -> HttpResponse:
    """Show the score of a year with its eight bars, or only what is reached."""
    page = _common(request)
    page["bars"] = bars_of(page["score"], page["deputy"].home6)
    page["reached"] = sum(bar.reached for bar in page["bars"])
    return render(request, "web/deputy/duty_score.html", page)


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def bar(request: HttpRequest, code: str) -> HttpResponse:
    """Show the records behind one bar: counted, not counted and why, with the rule and its version."""
    page = _common(request)
    found = bar_named(page["score"], code)
    if found is None:
        raise NotFound("没有这一项。")
    page |= {"bar": found, "lines": lines_of(actor_of(request), found)}
    return render(request, "web/deputy/duty_bar.html", page)


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a yearly file to its deputy, or to the leader of his group while the group is asked."""
    return _file_page(request, file_for(actor_of(request), pk))


def _file_page(request: HttpRequest, row: YearlyFile, missed: Missed | None = None) -> HttpResponse:
    actor = actor_of(request)
    own = is_own(actor, row.deputy)
    found = kept_score(row)
    base = f"/deputy/duty-score/files/{row.id}"
    page = {
        "row": row,
        "own": own,
        "bars": bars_of(found, row.home6),
        "parts": parts_of(actor, row),
        "goods": good_of(row),
        "objections": list(row.objections.order_by("id")),
        "items": [(rule["item"], rule["label"]) for rule in row.rules],
        "events": list(row.events.all()),
        "records": own_records(row) if own and row.state in {"confirming", "objecting"} else [],
        "acts": presses(
            BOOK, actor, row, facts=facts_of(row, actor), base=base, request=request, missed=missed
        ),
        "only_reached": value("assessment.only_reached", home6=row.home6),
        "days_left": (row.object_by - clock.today()).days if row.object_by else None,
        "tab": "more",
    }
    status = missed.refusal.status if missed else 200
    return render(request, "web/deputy/yearly_file.html", page, status=status)


@for_roles(Role.DEPUTY)
@require_POST
def file_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Confirm, object, comment or sign; a refusal keeps what was typed."""
    actor = actor_of(request)
    row = file_for(actor, pk)
    missed = press_done(request, BOOK, actor, row, act)
    if missed is None:
        return back_to("duty_score") if act == "comment" else back_to("deputy_file", pk=pk)
    row.refresh_from_db()
    return _file_page(request, row, missed)


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def file_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the yearly file as a paper."""
    return file_pdf_answer(actor_of(request), file_for(actor_of(request), pk))
