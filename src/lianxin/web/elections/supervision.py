"""The supervision committee of a village, and recalls: who may sit, who asks, what the vote says."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common.actor import Role
from lianxin.common.errors import Invalid, LianxinError, NotFound
from lianxin.elections import selectors, services
from lianxin.elections.permissions import READERS, may_record
from lianxin.elections.services.office import NOTED, in_office
from lianxin.elections.services.recalls import half_needed
from lianxin.elections.services.supervision import gaps, sitting
from lianxin.regions.selectors import place_name
from lianxin.web.answering import REFUSALS, shown
from lianxin.web.door import actor_of, for_roles
from lianxin.web.typed import typed_count, typed_day
from lianxin.web.village.forms import own_village


@for_roles(Role.VILLAGE, Role.VILLAGE_SUPERVISOR)
@never_cache
@require_GET
def body(request: HttpRequest) -> HttpResponse:
    """Show the committee in office and the supervision committee."""
    return _body(request)


@for_roles(Role.VILLAGE)
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Seat a member of the supervision committee."""
    try:
        services.supervisor_add(
            actor=actor_of(request),
            village=own_village(actor_of(request)),
            name=request.POST.get("name", ""),
            relative_of=_uuid(request.POST.get("relative_of", "")),
            request_id=request.POST.get("request_id"),
            is_secretary=request.POST.get("is_secretary") == "1",
            is_head=request.POST.get("is_head") == "1",
            knows_finance=request.POST.get("knows_finance") == "1",
        )
    except REFUSALS as refusal:
        return _body(request, refusal)
    messages.success(request, _("监督委员会成员记下了。"))
    return redirect("election_supervision")


def _uuid(typed: str) -> UUID | None:
    if not typed:
        raise Invalid("请选有没有近亲属在村委会。", fields={"relative_of": "没有的请选「都不是近亲属」。"})
    try:
        return None if typed == "none" else UUID(typed)
    except ValueError:
        raise Invalid("请从名单里选。", fields={"relative_of": "请从列出的成员中选。"}) from None


@for_roles(Role.VILLAGE)
@require_POST
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that a member has left."""
    row = selectors.supervisor_for(actor_of(request), pk)
    try:
        services.supervisor_end(
            actor=actor_of(request), member=row, request_id=request.POST.get("request_id")
        )
    except REFUSALS as refusal:
        return _body(request, refusal)
    messages.success(request, _("已记离任。"))
    return redirect("election_supervision")


@for_roles(Role.VILLAGE)
@require_POST
def office_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that a member of the villagers' committee has left office."""
    actor, typed = actor_of(request), request.POST
    member = next((one for one in in_office(own_village(actor)) if one.pk == pk), None)
    if member is None:
        raise NotFound(_("没有找到这名在任的成员。"))
    reason, key = typed.get("reason", ""), typed.get("request_id")
    try:
        on = typed_day(request, "on")
        services.office_end(actor=actor, member=member, reason=reason, on=on, request_id=key)
    except REFUSALS as refusal:
        return _body(request, refusal, left=pk)
    messages.success(request, _("已登记离任。缺额可以发起补选。"))
    return redirect("election_supervision")


def _body(
    request: HttpRequest, refusal: LianxinError | None = None, left: UUID | None = None
) -> HttpResponse:
    village = own_village(actor_of(request))
    page: dict[str, Any] = {
        "place": place_name(village),
        "members": list(in_office(village)),
        "supervisors": list(sitting(village)),
        "gaps": gaps(village),
        "left": left,
        "end_reasons": [(one.value, one.label) for one in NOTED],
        "writes": may_record(actor_of(request), village),
        "watches": actor_of(request).has_in(village, Role.VILLAGE_SUPERVISOR),
        "at": "/elections/supervision",
    }
    return shown(request, "web/elections/supervision.html", page, refusal)


@for_roles(Role.VILLAGE)
@never_cache
@require_http_methods(["GET", "POST"])
def recall_new(request: HttpRequest) -> HttpResponse:
    """Note the demand for a recall."""
    village = own_village(actor_of(request))
    problem: LianxinError | None = None
    members = list(in_office(village).select_related("election"))
    if request.method == "POST":
        try:
            made = services.recall_ask(
                actor=actor_of(request),
                candidate=_chosen(members, request.POST.get("candidate", "")),
                reasons=request.POST.get("reasons", ""),
                petitioners=typed_count(request, "petitioners"),
                representatives_asking=typed_count(request, "representatives_asking"),
                request_id=request.POST.get("request_id"),
            )
            return redirect("election_recall", pk=made.pk)
        except REFUSALS as refusal:
            problem = refusal
    page = {
        "members": members,
        "at": "/elections/supervision",
    }
    return shown(request, "web/elections/recall_new.html", page, problem)


def _chosen(members: list[Any], typed: str) -> Any:
    found = next((one for one in members if str(one.pk) == typed), None)
    if found is None:
        raise Invalid("请选要罢免的成员。", fields={"candidate": "请从在任的成员中选。"})
    return found


@for_roles(*READERS)
@never_cache
@require_GET
def recall(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a recall."""
    return _recall(request, pk)


@for_roles(Role.VILLAGE)
@require_POST
def recall_vote(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note the totals of the vote on a recall."""
    row = selectors.recall_for(actor_of(request), pk)
    try:
        services.recall_vote(
            actor=actor_of(request),
            recall=row,
            voting=typed_count(request, "voting"),
            in_favour=typed_count(request, "in_favour"),
            request_id=request.POST.get("request_id"),
        )
    except REFUSALS as refusal:
        return _recall(request, pk, refusal)
    return redirect("election_recall", pk=pk)


def _recall(request: HttpRequest, pk: UUID, refusal: LianxinError | None = None) -> HttpResponse:
    row = selectors.recall_for(actor_of(request), pk)
    page = {
        "row": row,
        "place": place_name(row.division_code),
        "half": half_needed(row),
        "votes": row.state == "asked" and may_record(actor_of(request), row.division_code),
        "at": "/elections",
    }
    return shown(request, "web/elections/recall.html", page, refusal)
