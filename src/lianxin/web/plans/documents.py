"""上级文件: the register, one document with its chain, files, tasks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common import clock
from lianxin.common.errors import Denied, Invalid, LianxinError, NotFound
from lianxin.plans import selectors, services, waiting
from lianxin.plans.models import DocumentLevel, SuperiorDocument
from lianxin.plans.permissions import may_document, tasks_visible_to
from lianxin.plans.services import Received
from lianxin.plans.workflow import OFFICE, WATCHERS
from lianxin.web.door import actor_of, for_roles
from lianxin.web.forums.parts import shown
from lianxin.web.handing import handed_file
from lianxin.web.plans.parts import REFUSALS, desk_of, document_options, sent_file, typed_uuid
from lianxin.web.typed import typed_day

AT = "/plans/documents"
SAID = {"link": "依据连上了。", "attach": "文件传上了。", "settle": "写好了，不再算待办。"}


@for_roles(*WATCHERS)
@never_cache
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List documents; those of which nothing has come yet on a tab of their own."""
    actor = actor_of(request)
    tab = "open" if request.GET.get("tab") == "open" else "all"
    page = {
        "rows": selectors.documents_page(actor, tab=tab),
        "tab": tab,
        "waiting": waiting.documents_open(actor).count(),
        "registers": actor.has(*OFFICE),
        "at": AT,
    }
    return shown(request, "web/plans/documents.html", page)


@for_roles(*OFFICE)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Register a document."""
    actor, problem = actor_of(request), None
    if request.method == "POST":
        try:
            made = _registered(request)
            messages.success(request, _("登记好了。接着写怎么贯彻：分解任务，或登记本级的实施文件。"))
            return redirect("superior_document", pk=made.pk)
        except REFUSALS as refusal:
            problem = refusal
    page = {
        "levels": DocumentLevel.choices,
        "documents": document_options(actor),
        "today": clock.today(),
        "at": AT,
    }
    return shown(request, "web/plans/document_new.html", page, problem)


def _registered(request: HttpRequest) -> SuperiorDocument:
    actor, typed = actor_of(request), request.POST
    paper = Received(
        issued_on=typed_day(request, "issued_on"),
        received_on=typed_day(request, "received_on"),
        **{name: typed.get(name, "") for name in ("level", "title", "issuer", "number", "summary")},
    )
    upper = typed.get("upper", "")
    uppers = [selectors.document_for(actor, typed_uuid(upper, "upper"))] if upper else []
    return services.document_register(
        actor=actor, place=desk_of(actor), paper=paper, uppers=uppers, request_id=typed.get("request_id")
    )


@for_roles(*WATCHERS)
@never_cache
@require_GET
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a document with what it rests on and what carries it out."""
    return _page(request, selectors.document_for(actor_of(request), pk))


def _page(
    request: HttpRequest, row: SuperiorDocument, tried: str = "", problem: LianxinError | None = None
) -> HttpResponse:
    actor = actor_of(request)
    writes = may_document(actor, "settle", row)
    tasks = tasks_visible_to(actor).filter(document=row).order_by("due_on")
    page = {
        "row": row,
        "chain": selectors.chain_of(actor, row),
        "files": list(row.files.all()),
        "plans": list(row.plans.all()),
        "petition": row.petitions.first(),
        "lines": selectors.task_lines(tasks),
        "waits": waiting.documents_open(actor).filter(pk=row.pk).exists(),
        "documents": document_options(actor) if writes else [],
        "writes": writes,
        "tried": tried,
        "at": AT,
    }
    return shown(request, "web/plans/document.html", page, problem)


@for_roles(*OFFICE)
@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Link a document to its basis, add a file, or note that nothing has to follow."""
    row = selectors.document_for(actor_of(request), pk)
    if act not in SAID:
        raise NotFound("没有这个操作，请刷新页面。")
    if not may_document(actor_of(request), act, row):
        raise Denied("只有登记文件的单位可以这样做。")
    try:
        _done(request, row, act)
    except REFUSALS as refusal:
        return _page(request, row, act, refusal)
    messages.success(request, _(SAID[act]))
    return redirect("superior_document", pk=pk)


def _done(request: HttpRequest, row: SuperiorDocument, act: str) -> None:
    actor, typed = actor_of(request), request.POST
    common: dict[str, Any] = {"actor": actor, "request_id": typed.get("request_id")}
    if act == "link":
        upper = selectors.document_for(actor, typed_uuid(typed.get("upper", ""), "upper"))
        services.document_link(lower=row, upper=upper, **common)
    elif act == "settle":
        services.document_settle(document=row, note=typed.get("note", ""), **common)
    else:
        data = sent_file(request, "file")
        if data is None:
            words = _("请先选一个文件（PDF 或照片）。")
            raise Invalid(words, fields={"file": words})
        services.document_attach(document=row, data=data, note=typed.get("file_note", ""), **common)


@for_roles(*WATCHERS)
@never_cache
@require_GET
def file(request: HttpRequest, pk: UUID, file: UUID) -> HttpResponse:
    """Hand out a version of a document's file."""
    row = selectors.document_for(actor_of(request), pk)
    return handed_file(selectors.file_of("superior_document", row.pk, file))
