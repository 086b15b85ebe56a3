"""届次对比: one term's figures, all terms side by side, the list behind each figure, a new term."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lianxin.common.actor import Role
from lianxin.common.errors import LianxinError
from lianxin.insight import terms
from lianxin.people.permissions import TERM_READERS, terms_visible_to
from lianxin.people.terms import term_begin, term_for
from lianxin.regions.selectors import division_names
from lianxin.web.answering import REFUSALS, shown
from lianxin.web.door import actor_of, for_roles
from lianxin.web.typed import typed_day

AT = "/office/terms"


@for_roles(*TERM_READERS)
@never_cache
@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """Show the chosen term's figures, and all terms side by side."""
    actor = actor_of(request)
    known = list(terms_visible_to(actor))
    chosen = term_for(actor, request.GET.get("term", "")) if known else None
    rows = terms.compared(actor, known)
    page = {
        "terms": known,
        "chosen": chosen,
        "figures": [(row.measure, cell) for row in rows for cell in row.cells if cell.term == chosen],
        "rows": rows,
        "begins": actor.has(Role.OFFICE),
        "at": AT,
    }
    return render(request, "web/office/terms.html", page)


@for_roles(*TERM_READERS)
@never_cache
@require_GET
def behind(request: HttpRequest, slug: str) -> HttpResponse:
    """List the records behind one figure: as many as it says."""
    actor = actor_of(request)
    term = term_for(actor, request.GET.get("term", ""))
    typed = request.GET.get("page", "1")
    number = int(typed) if typed.isascii() and typed.isdecimal() and 0 < int(typed) < 10_000 else 1
    total, found = terms.lines(actor, slug, term, page=number)
    names = division_names()
    page = {
        "measure": terms.measure(slug),
        "term": term,
        "total": total,
        "found": [(one, names.get(one.place, "")) for one in found],
        "before": number - 1,
        "after": number + 1 if number * terms.PAGE < total else 0,
        "at": AT,
    }
    return render(request, "web/office/terms_list.html", page)


@for_roles(Role.OFFICE)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a new term; the present one is read only from that day on."""
    actor = actor_of(request)
    refusal: LianxinError | None = None
    body = actor.places(Role.OFFICE)[0]
    if request.method == "POST":
        try:
            made = term_begin(
                actor=actor,
                body=body,
                name=request.POST.get("name", ""),
                starts_on=typed_day(request, "starts_on"),
                request_id=request.POST.get("request_id"),
            )
            messages.success(request, _("登记了%(name)s，上一届从现在起只能看。") % {"name": made.name})
            return redirect("terms")
        except REFUSALS as caught:
            refusal = caught
    page = {
        "present": terms_visible_to(actor).filter(ends_on=None).first(),
        "at": AT,
    }
    return shown(request, "web/office/term_new.html", page, refusal)
