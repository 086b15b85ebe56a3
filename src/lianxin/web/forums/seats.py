"""At the table and in the seats: a department's tablet, a deputy's telephone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lianxin.common.actor import Role
from lianxin.common.errors import LianxinError, NotFound
from lianxin.meetings import selectors, services
from lianxin.meetings.models import Forum, ForumItem, ItemRating
from lianxin.meetings.workflow import UNIT
from lianxin.people.actors import deputy_of
from lianxin.people.models import Deputy
from lianxin.web.answering import REFUSALS
from lianxin.web.door import actor_of, for_roles
from lianxin.web.forums.parts import shown


@for_roles(*UNIT)
@never_cache
@require_GET
def unit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a department what it has to answer; `part` asks for the items alone."""
    return _unit_page(request, selectors.forum_for(actor_of(request), pk))


def _unit_page(
    request: HttpRequest, forum: Forum, tried: str = "", refusal: LianxinError | None = None
) -> HttpResponse:
    actor = actor_of(request)
    seat = selectors.own_unit(actor, forum)
    page: dict[str, Any] = {
        "forum": forum,
        "seat": seat,
        "unit_name": selectors.short_name(seat.unit),
        "pairs": selectors.unit_items(forum, seat.unit),
        "tried": tried,
    }
    if request.GET.get("part"):
        return shown(request, "web/forums/unit_part.html", page)
    page |= {
        "papers": forum.papers.order_by("created_at"),
        "has_read": selectors.has_read(actor, forum),
        "questions": forum.questions.filter(unit=seat.unit).select_related("deputy"),
        "letters": forum.letters.filter(unit=seat.unit).select_related("item").order_by("created_at"),
    }
    return shown(request, "web/forums/unit.html", page, refusal)


@for_roles(*UNIT)
@require_POST
def unit_sign_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign the own department in."""
    actor, typed = actor_of(request), request.POST
    forum = selectors.forum_for(actor, pk)
    try:
        services.unit_sign_in(
            actor=actor,
            forum=forum,
            unit=selectors.own_unit(actor, forum).unit,
            attendee=typed.get("attendee", ""),
            is_delegate=typed.get("who") == "delegate",
            delegate_note=typed.get("delegate_note", ""),
            request_id=typed.get("request_id"),
        )
    except REFUSALS as refusal:
        return _unit_page(request, forum, "sign_in", refusal)
    messages.success(request, _("签到好了。"))
    return redirect("forum_unit", pk=pk)


@for_roles(*UNIT)
@require_POST
def unit_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer an item in the hall, or leave it to a written answer."""
    actor, typed = actor_of(request), request.POST
    item = selectors.item_for(actor, pk)
    about: dict[str, Any] = {"actor": actor, "item": item, "request_id": typed.get("request_id")}
    try:
        if typed.get("later"):
            services.item_defer(**about)
            messages.success(request, _("第 %(n)s 件会后书面答复。") % {"n": item.number})
        else:
            services.item_answer(text=typed.get("answer", ""), **about)
            messages.success(request, _("第 %(n)s 件已现场答复，等代表认可。") % {"n": item.number})
    except REFUSALS as refusal:
        return _unit_page(request, item.forum, str(item.pk), refusal)
    return redirect("forum_unit", pk=item.forum_id)


@for_roles(*UNIT, Role.DEPUTY)
@require_POST
def read(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that somebody invited has read the pack."""
    actor = actor_of(request)
    forum = selectors.forum_for(actor, pk)
    where = "forum_unit" if actor.units(*UNIT) else "forum_mine"
    try:
        services.papers_read(actor=actor, forum=forum, request_id=request.POST.get("request_id"))
        messages.success(request, _("资料签收好了。"))
    except REFUSALS as refusal:
        messages.warning(request, refusal.message)
    return redirect(where, pk=pk)


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def mine(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a deputy his own items; `part` asks for them alone."""
    return _mine_page(request, selectors.forum_for(actor_of(request), pk))


def _invited(request: HttpRequest, forum: Forum) -> Deputy:
    deputy = deputy_of(actor_of(request))
    if deputy is None or not forum.deputies.filter(deputy=deputy).exists():
        raise NotFound(_("您不在这次议政会的名单上。"))
    return deputy


def _mine_page(
    request: HttpRequest, forum: Forum, tried: str = "", refusal: LianxinError | None = None
) -> HttpResponse:
    deputy = _invited(request, forum)
    items = selectors.deputy_items(forum, deputy)
    replies = selectors.replies_of(items)
    page: dict[str, Any] = {
        "forum": forum,
        "deputy": deputy,
        "rows": [
            (one, [(part, selectors.short_name(part.unit)) for part in one.units.all()], _told(one, replies))
            for one in items
        ],
        "ratings": ItemRating.choices,
        "tried": tried,
        "tab": "more",
    }
    if request.GET.get("part"):
        return shown(request, "web/forums/mine_part.html", page)
    page |= {
        "papers": forum.papers.order_by("created_at"),
        "has_read": selectors.has_read(actor_of(request), forum),
        "questions": forum.questions.filter(deputy=deputy),
        "unit_options": selectors.unit_options(forum),
    }
    return shown(request, "web/forums/mine.html", page, refusal)


def _told(item: ForumItem, replies: dict[UUID, list[Any]]) -> list[tuple[str, Any]]:
    return [(selectors.short_name(one.assignment.unit_code), one) for one in replies.get(item.pk, [])]


@for_roles(Role.DEPUTY)
@require_POST
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a question ahead."""
    actor, typed = actor_of(request), request.POST
    forum = selectors.forum_for(actor, pk)
    _invited(request, forum)
    try:
        services.question_ahead(
            actor=actor,
            forum=forum,
            unit=typed.get("unit", ""),
            text=typed.get("text", ""),
            request_id=typed.get("request_id"),
        )
    except REFUSALS as refusal:
        return _mine_page(request, forum, "ask", refusal)
    messages.success(request, _("问题已经发给部门。"))
    return redirect("forum_mine", pk=pk)


@for_roles(Role.DEPUTY)
@require_POST
def judge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Accept an answer or send it on; after the written reply, rate it."""
    actor, typed = actor_of(request), request.POST
    item = selectors.item_for(actor, pk)
    about: dict[str, Any] = {"actor": actor, "item": item, "request_id": typed.get("request_id")}
    try:
        if "rating" in typed:
            services.item_rate(rating=typed["rating"], note=typed.get("note", ""), **about)
        else:
            services.item_judge(agree=typed.get("agree") == "yes", **about)
    except REFUSALS as refusal:
        return _mine_page(request, item.forum, str(item.pk), refusal)
    messages.success(request, _("记下了，谢谢您。"))
    return redirect("forum_mine", pk=item.forum_id)
