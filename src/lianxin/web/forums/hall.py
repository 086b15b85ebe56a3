"""现场台账: one row of fields for a recorder under pressure, and each row's own page.

The page's script sends a row with a key of its own and tries again until it is kept; without script the
same form posts and comes back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lianxin.common.errors import Invalid, LianxinError, NotFound
from lianxin.meetings import selectors, services
from lianxin.meetings.models import Forum, ForumItem, ItemKind
from lianxin.meetings.permissions import hosts
from lianxin.meetings.workflow import HOSTS
from lianxin.suggestions.permissions import visible_to as suggestions_visible
from lianxin.web.answering import REFUSALS
from lianxin.web.door import actor_of, for_roles
from lianxin.web.forums.parts import WATCHERS, picked_deputy, picked_units, shown
from lianxin.web.forums.planning import _hosted

AFTER = {"checking": "forum_check", "handed_over": "forum_effect"}
PLAIN: dict[str, Callable[..., ForumItem]] = {
    "force": services.item_force, "order_again": services.item_order_again,
}  # fmt: skip


@for_roles(*WATCHERS)
@never_cache
@require_GET
def ledger(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the ledger; `part` asks for its rows alone."""
    return _page(request, _hosted(request, pk))


def _page(request: HttpRequest, forum: Forum, refusal: LianxinError | None = None) -> HttpResponse:
    actor = actor_of(request)
    page: dict[str, Any] = {
        "forum": forum,
        "rows": [
            (item, [(one, selectors.short_name(one.unit)) for one in item.units.all()])
            for item in reversed(selectors.ledger(forum))
        ],
        "count": selectors.counts_of(forum),
        "writes": hosts(actor, forum.division_code),
    }
    if request.GET.get("part"):
        return shown(request, "web/forums/ledger_part.html", page)
    page |= {
        "deputy_options": selectors.deputy_options(forum),
        "unit_options": selectors.unit_options(forum),
        "seats": selectors.unit_seats(forum),
        "kinds": ItemKind.choices,
        "alike": getattr(refusal, "number", None),
    }
    return shown(request, "web/forums/ledger.html", page, refusal)


@for_roles(*HOSTS)
@require_POST
def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep one row; the page's script gets JSON, a plain form comes back to the page."""
    forum = _hosted(request, pk)
    plain = request.headers.get("X-Ledger") != "1"
    try:
        item = _kept(request, forum)
    except REFUSALS as refusal:
        if plain:
            return _page(request, forum, refusal)
        told = {"message": refusal.message, "fields": refusal.fields}
        alike = getattr(refusal, "number", None)
        return JsonResponse({**told, "alike": alike}, status=refusal.status)
    if plain:
        messages.success(request, _("记下了，第 %(n)s 件。") % {"n": item.number})
        return redirect("forum_ledger", pk=pk)
    return JsonResponse({"number": item.number})


def _kept(request: HttpRequest, forum: Forum) -> ForumItem:
    typed = request.POST
    about: dict[str, Any] = {
        "actor": actor_of(request),
        "forum": forum,
        "deputy": picked_deputy(typed.get("deputy", ""), selectors.deputy_options(forum)),
        "request_id": typed.get("request_id"),
    }
    if typed.get("merge", "").isdigit():
        return services.item_merge(into=int(typed["merge"]), **about)
    return services.item_note(
        units=picked_units(typed.get("units", ""), selectors.unit_options(forum)),
        text=typed.get("text", ""),
        kind=typed.get("kind", ItemKind.ADVICE),
        anyway=bool(typed.get("anyway")),
        **about,
    )


@for_roles(*HOSTS)
@require_POST
def unit_seat(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign a department in, or note that it left early."""
    forum, actor, typed = _hosted(request, pk), actor_of(request), request.POST
    about: dict[str, Any] = {"actor": actor, "forum": forum, "unit": typed.get("unit", "")}
    try:
        if typed.get("leave"):
            services.unit_leave(request_id=typed.get("request_id"), **about)
            messages.success(request, _("已登记离场，没答复的转为会后书面。"))
        else:
            services.unit_sign_in(
                attendee=typed.get("attendee", ""),
                is_delegate=bool(typed.get("is_delegate")),
                delegate_note=typed.get("delegate_note", ""),
                request_id=typed.get("request_id"),
                **about,
            )
            messages.success(request, _("部门签到好了。"))
    except REFUSALS as refusal:
        return _page(request, forum, refusal)
    return redirect("forum_ledger", pk=pk)


@for_roles(*HOSTS)
@never_cache
@require_GET
def item(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one row with what a recorder may do: mend it, note the deputy's word, put it off, link it."""
    return _item_page(request, _own_item(request, pk))


def _own_item(request: HttpRequest, pk: UUID) -> ForumItem:
    actor = actor_of(request)
    row = selectors.item_for(actor, pk)
    if not hosts(actor, row.division_code):
        raise NotFound(_("没有找到这一件，或者不在您的范围内。"))
    return row


def _item_page(
    request: HttpRequest, row: ForumItem, tried: str = "", refusal: LianxinError | None = None
) -> HttpResponse:
    options = selectors.unit_options(row.forum)
    parts = [(one, selectors.short_name(one.unit)) for one in row.units.all()]
    page = {
        "item": row,
        "parts": parts,
        "unit_words": " ".join(name for _one, name in parts),
        "deputy_options": selectors.deputy_options(row.forum),
        "unit_options": options,
        "live": row.forum.state in {"running", "checking"},
        "tried": tried,
    }
    return shown(request, "web/forums/item.html", page, refusal)


@for_roles(*HOSTS)
@require_POST
def item_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Carry out what a recorder does with one row."""
    row = _own_item(request, pk)
    try:
        _done(request, row, act)
    except REFUSALS as refusal:
        row.refresh_from_db()
        return _item_page(request, row, act, refusal)
    messages.success(request, _("第 %(n)s 件已办好。") % {"n": row.number})
    return redirect(AFTER.get(row.forum.state, "forum_ledger"), pk=row.forum_id)


def _done(request: HttpRequest, row: ForumItem, act: str) -> None:
    typed = request.POST
    about: dict[str, Any] = {
        "actor": actor_of(request), "item": row, "request_id": typed.get("request_id"),
    }  # fmt: skip
    if act == "amend":
        services.item_amend(
            text=typed.get("text", ""),
            deputy=picked_deputy(typed.get("deputy", ""), selectors.deputy_options(row.forum)),
            units=picked_units(typed.get("units", ""), selectors.unit_options(row.forum)),
            **about,
        )
    elif act in {"accept", "deny"}:
        services.item_judge(agree=act == "accept", **about)
    elif act in PLAIN:
        PLAIN[act](**about)
    elif act == "link":
        _link(request, about)
    else:
        raise NotFound(_("没有这个操作，请刷新页面。"))


def _link(request: HttpRequest, about: dict[str, Any]) -> None:
    number = request.POST.get("number", "").strip()
    found = suggestions_visible(about["actor"]).filter(number=number).first() if number else None
    if found is None:
        words = _("没有找到这个编号的建议，请照建议上的编号输。")
        raise Invalid(words, fields={"number": words})
    services.item_link(suggestion=found.pk, number=found.number or number, **about)
