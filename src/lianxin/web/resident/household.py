"""A household's own page: with its code it says yes or no, sees who contacts it, takes it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lianxin.common.actor import RESIDENT
from lianxin.common.errors import Invalid, LianxinError, NotFound
from lianxin.common.ids import uuid7
from lianxin.contacts import services
from lianxin.contacts.models import Answer, Household, Pairing
from lianxin.contacts.workflow import KEPT, State
from lianxin.opinions import guesses
from lianxin.people.models import Deputy
from lianxin.regions.selectors import town_station
from lianxin.web.door import address_of, keep_token, public, with_token


@public
@never_cache
@require_http_methods(["GET", "POST"])
def household(request: HttpRequest) -> HttpResponse:
    """Ask for the code, show what stands, take an answer; the code never stands in an address."""
    with_token(request)
    page: dict[str, object] = {"request_id": uuid7()}
    status = 200
    if request.method == "POST":
        try:
            page |= _own(request)
        except LianxinError as refusal:
            page |= {"problem": refusal.message, "typed": request.POST.get("code", "")}
            status = refusal.status
    return keep_token(request, render(request, "web/resident/household.html", page, status=status))


def _own(request: HttpRequest) -> dict[str, object]:
    code, answer = request.POST.get("code", ""), request.POST.get("answer", "")
    row = _found(request, code)
    if answer == "withdraw":
        services.consent_withdraw(actor=RESIDENT, household=row, request_id=request.POST.get("request_id"))
        messages.success(request, _("已撤回。不会再有人按结对名单联系您，您的称呼和电话到期删除。"))
    elif answer:
        key = request.POST.get("request_id")
        services.consent_by_code(actor=RESIDENT, code=code, answer=answer, request_id=key)
        messages.success(request, _("记下了，谢谢您。"))
    return _shown(row, code)


def _found(request: HttpRequest, code: str) -> Household:
    """Return the household of a code; whoever guesses has to wait, as with query codes."""
    if not code.strip():
        raise Invalid("请输入纸条上的码。", fields={"code": "请输入纸条上的码。"})
    token, address = with_token(request), address_of(request)
    guesses.hold(token, address)
    try:
        return services.household_by_code(code)
    except NotFound:
        guesses.note(token, address)
        raise


def _shown(row: Household, code: str) -> dict[str, object]:
    row.refresh_from_db()
    said = row.consents.filter(replaced_at=None).first()
    pairing = row.pairings.filter(state__in=KEPT).select_related("deputy", "cover").first()
    return {
        "code": code,
        "said": said,
        "pairing": pairing,
        "contact": _contact(pairing) if pairing else None,
        "station": town_station(row.division_code),
        "erase_on": row.erase_on,
        "answers": Answer.choices if pairing else [one for one in Answer.choices if one[0] != Answer.CHANGE],
    }


def _contact(pairing: Pairing) -> Deputy | None:
    """Return who comes now: the contact person, or whoever covers for one who comes no more."""
    return pairing.deputy if pairing.state == State.ACTIVE else pairing.cover
