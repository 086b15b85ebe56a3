"""Two public pages of duties: the beneficiary of a deed answers; anybody reads a deputy's pledges."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lianxin.common import clock
from lianxin.common.actor import RESIDENT
from lianxin.common.errors import Conflict, Invalid
from lianxin.common.ids import uuid7
from lianxin.duties.models import Beneficiary
from lianxin.duties.pledging import pledges_public
from lianxin.duties.services import beneficiary_say, deed_of_code
from lianxin.people.models import Deputy
from lianxin.regions.selectors import place_name
from lianxin.web.door import public


@public
@never_cache
@require_http_methods(["GET", "POST"])
def deed_asked(request: HttpRequest, code: str) -> HttpResponse:
    """Ask the person whom a deed helped whether it is so; no name, no sign-in, one answer."""
    row = deed_of_code(code)
    page = {"deed": row.record, "place": place_name(row.record.division_code), "request_id": str(uuid7())}
    if request.method == "POST" and not row.said:
        try:
            row = _said(request, code)
        except (Conflict, Invalid) as refusal:
            return render(
                request, "web/resident/deed.html", {**page, "problem": refusal}, status=refusal.status
            )
    return render(request, "web/resident/deed.html", {**page, "said": row.said})


def _said(request: HttpRequest, code: str) -> Beneficiary:
    answer = request.POST.get("done", "")
    if answer not in {"yes", "no"}:
        raise Invalid("请选一个。", fields={"done": "办成了，或没有办成。"})
    key = request.POST.get("request_id") or None
    return beneficiary_say(
        actor=RESIDENT, code=code, done=answer == "yes", words=request.POST.get("words", ""), request_id=key
    )


@public
@never_cache
@require_GET
def deputy_pledges(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what a deputy promised in public and whether it came true."""
    deputy = get_object_or_404(Deputy, pk=pk)
    today = clock.today()
    rows = [(row, row.overdue(today)) for row in pledges_public(pk)[:60]]
    return render(request, "web/resident/pledges.html", {"deputy": deputy, "rows": rows, "today": today})
