"""年度数据报告: the year in figures, each opening its list; one press makes the PDF or the DOCX."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.documents.yearly_report import yearly_report_docx, yearly_report_pdf
from lianxin.insight.yearly import chapters, report
from lianxin.insight.yearly.lines import line_of
from lianxin.regions.selectors import place_name
from lianxin.web.deputy.duties import year_of, years
from lianxin.web.door import actor_of, for_roles
from lianxin.web.office.effect import PAGE

BODY = (Role.OFFICE, Role.PRESIDIUM)
HOME = "/office/report"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@for_roles(*BODY)
@never_cache
@require_GET
def yearly(request: HttpRequest) -> HttpResponse:
    """Show the report of a year."""
    year = year_of(request)
    page = {"report": report.report(actor_of(request), year), "year": year, "years": years(), "at": HOME}
    return render(request, "web/office/report.html", page)


@for_roles(*BODY)
@never_cache
@require_GET
def behind(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the list behind a figure, or behind one line of its table."""
    year, split, value = year_of(request), request.GET.get("by", ""), request.GET.get("is", "")
    one = chapters.entry(slug)
    rows = report.rows_of(actor_of(request), slug, year, split=split, value=value)
    typed = request.GET.get("page", "")
    start = PAGE * (int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0)
    page = {
        "entry": one,
        "of": chapters.split_of(one, split).name_of(value) if split else "",
        "total": rows.count(),
        "rows": [line_of(row) for row in rows[start : start + PAGE]],
        "next": _list(slug, year, split, value, start // PAGE + 1)
        if rows[start + PAGE : start + PAGE + 1]
        else "",
        "year": year,
        "at": HOME,
    }
    return render(request, "web/office/report_list.html", page)


@for_roles(*BODY)
@never_cache
@require_GET
def paper(request: HttpRequest, form: str) -> HttpResponse:
    """Return the report as PDF or DOCX."""
    facts = _facts(request)
    if form == "docx":
        answer = HttpResponse(yearly_report_docx(facts), content_type=DOCX)
    else:
        made = yearly_report_pdf(facts, demo=settings.LIANXIN_DEMO)
        answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(facts['title'])}.{form}"
    return answer


def _facts(request: HttpRequest) -> dict[str, Any]:
    """Return what a paper says; official papers are Chinese whatever the reader's language."""
    actor, year = actor_of(request), year_of(request)
    made = report.report(actor, year)
    body = place_name(actor.places(*BODY)[0])
    today = clock.today()
    return {
        "title": f"{body}人大{year}年度数据报告",
        "body": body,
        "made": f"{today.year}年{today.month}月{today.day}日",
        "preface": _preface(made, body),
        "complete": made.complete,
        "parts": [
            {"title": part.title, "lines": [_line(one, year) for one in part.lines]} for part in made.parts
        ],
    }


def _preface(made: report.Report, body: str) -> list[str]:
    """Return the opening sentences; their numbers are lines of the report."""
    said = {line.entry.slug: line.count for part in made.parts for line in part.lines}
    return [
        f"{made.year}年，{body}各级代表联络站收到民情{said['opinions']}件，已经反馈{said['fed_back']}件，"
        f"依法转为代表建议{said['converted']}件。代表走访选民{said['visits']}次，接待选民{said['receptions']}次，"
        f"办实事{said['deeds']}件。",
        f"交办代表建议{said['handed']}件，已经答复{said['replied']}件，其中按期答复{said['in_time']}件。"
        f"本报告同上年和本届（{made.term_from}年起）对照，每个数都可以点开核对。",
    ]


def _line(line: report.Line, year: int) -> dict[str, Any]:
    slug = line.entry.slug
    return {
        "name": line.entry.name,
        "means": line.entry.means,
        "unit": line.entry.unit,
        "count": line.count,
        "percent": None if line.percent is None else f"{line.percent}%",
        "last_year": line.last_year,
        "change": f"{line.change:+d}" if line.change else "0",
        "term_mean": line.term_mean,
        "link": settings.LIANXIN_SITE_URL + _list(slug, year),
        "tables": [
            {
                "title": table.split.title,
                "cells": [
                    {
                        "name": cell.name,
                        "count": cell.count,
                        "link": settings.LIANXIN_SITE_URL + _list(slug, year, table.split.slug, cell.value),
                    }
                    for cell in table.cells
                ],
            }
            for table in line.tables
        ],
    }


def _list(slug: str, year: int, split: str = "", value: str = "", page: int = 0) -> str:
    """Return the address of the list behind a number."""
    asked: dict[str, Any] = {"year": year}
    if split:
        asked |= {"by": split, "is": value}
    if page:
        asked["page"] = page
    return f"{HOME}/{slug}?{urlencode(asked)}"
