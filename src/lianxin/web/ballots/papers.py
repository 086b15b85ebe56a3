"""Papers of a vote: the blank ballot, the report for signing, minutes, announcement, the signed scan."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lianxin.ballots import paper_facts, selectors
from lianxin.ballots.models import Ballot
from lianxin.ballots.permissions import PEOPLE, may_hold
from lianxin.ballots.workflow import HOST, State
from lianxin.common.errors import NotFound
from lianxin.documents import ballot_papers
from lianxin.documents.papers import quoted
from lianxin.documents.services import file_read
from lianxin.web.door import actor_of, for_roles

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WITH_RESULT = (State.DECIDED, State.ANNOUNCED)


def _held(request: HttpRequest, pk: UUID, *states: State) -> Ballot:
    """Return a vote that the actor's organ holds, at one of these stages."""
    row = selectors.ballot_for(actor_of(request), pk)
    if not may_hold(actor_of(request), row.division_code, row.level):
        raise NotFound("没有找到这份材料，或者不在您的范围内。")
    if states and row.state not in states:
        raise NotFound("还没有结果，这份材料现在印不出来。")
    return row


def _answer(data: bytes, name: str, kind: str = PDF) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    place = "inline" if kind in {PDF, "image/jpeg"} else "attachment"
    answer["Content-Disposition"] = f"{place}; filename*=UTF-8''{quoted(name)}"
    return answer


@for_roles(*HOST)
@never_cache
@require_GET
def ballot_paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Print the blank ballot: no number, no mark by which one could be told from another."""
    row = _held(request, pk)
    return _answer(
        ballot_papers.ballot_pdf(paper_facts.ballot_facts(row), demo=settings.LIANXIN_DEMO), "选票.pdf"
    )


@for_roles(*HOST)
@never_cache
@require_GET
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Print the report of the count, for the scrutineers to sign."""
    row = _held(request, pk, *WITH_RESULT)
    facts = paper_facts.report_facts(row, selectors.result_lines(row))
    return _answer(ballot_papers.report_pdf(facts, demo=settings.LIANXIN_DEMO), "计票结果报告单.pdf")


def _minutes(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    row = _held(request, pk, *WITH_RESULT)
    return paper_facts.minutes_content(row, selectors.result_lines(row))


@for_roles(*HOST)
@never_cache
@require_GET
def minutes_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Print the minutes of the vote."""
    made = ballot_papers.paper_pdf(_minutes(request, pk), demo=settings.LIANXIN_DEMO)
    return _answer(made, "票决情况记录.pdf")


@for_roles(*HOST)
@never_cache
@require_GET
def minutes_docx(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the minutes as DOCX, to be edited."""
    made = ballot_papers.paper_docx(_minutes(request, pk), demo=settings.LIANXIN_DEMO)
    return _answer(made, "票决情况记录.docx", DOCX)


def _announcement(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """Return the announcement: once announced for everybody who may see the vote, before for its holder."""
    row = selectors.ballot_for(actor_of(request), pk)
    if row.state != State.ANNOUNCED:
        row = _held(request, pk, *WITH_RESULT)
    return paper_facts.announcement_content(row, selectors.result_lines(row))


@for_roles(*PEOPLE)
@never_cache
@require_GET
def announcement_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Print the announcement (公告)."""
    made = ballot_papers.paper_pdf(_announcement(request, pk), demo=settings.LIANXIN_DEMO)
    return _answer(made, "票决结果公告.pdf")


@for_roles(*PEOPLE)
@never_cache
@require_GET
def announcement_docx(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the announcement as DOCX."""
    made = ballot_papers.paper_docx(_announcement(request, pk), demo=settings.LIANXIN_DEMO)
    return _answer(made, "票决结果公告.docx", DOCX)


@for_roles(*HOST)
@never_cache
@require_GET
def scan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the signed report of the count."""
    row = _held(request, pk, *WITH_RESULT)
    file = selectors.scan_of(row)
    if file is None:
        raise NotFound("还没有上传签字的报告单。")
    name = "计票结果报告单（签字）" + (".pdf" if file.mime == PDF else ".jpg")
    return _answer(file_read(file), name, file.mime)
