"""代表互联: the group's messages, asking a colleague, co-signing, side by side."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.activities.selectors import own_group as group_or_none
from lianxin.colleagues import selectors, services
from lianxin.colleagues.models import Post
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Conflict, Invalid, LianxinError, NotFound, Refused
from lianxin.common.ids import uuid7
from lianxin.people.actors import deputy_of
from lianxin.people.models import Deputy
from lianxin.rulebook.selectors import value
from lianxin.suggestions.selectors import invitations
from lianxin.web.deputy.group import own_group
from lianxin.web.door import actor_of, for_roles

REFUSALS = (Invalid, Refused, Conflict)
TABS = (("to_me", "问我的"), ("mine", "我问的"))


def _me(actor: Actor) -> Deputy:
    deputy = deputy_of(actor)
    if deputy is None:
        raise NotFound("这个账号没有对应的代表，请向人代工委问一下。")
    return deputy


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what colleagues want of the deputy: to co-sign, to answer, to read."""
    actor = actor_of(request)
    me, group = _me(actor), group_or_none(actor)
    page = {
        "group": group,
        "unread": selectors.unread_posts(actor, me, group) if group else 0,
        "waiting": selectors.questions_waiting(actor, me),
        "invitations": invitations(actor),
        "tab": "more",
    }
    return render(request, "web/deputy/colleagues.html", page)


@for_roles(Role.DEPUTY)
@never_cache
@require_http_methods(["GET", "POST"])
def channel(request: HttpRequest) -> HttpResponse:
    """Show the group's messages and say something; opening the page marks them as read."""
    actor = actor_of(request)
    group = own_group(actor)
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            services.post_write(
                actor=actor,
                group=group,
                text=request.POST.get("text", ""),
                reply_to=_replied(actor, request.POST.get("reply_to", "")),
                request_id=request.POST.get("request_id"),
            )
            return redirect("deputy_channel")
        except REFUSALS as refusal:
            problem = refusal
    services.channel_read(actor=actor, group=group)
    minutes = int(value("channel.retract_minutes", home6=group.home6))
    me = _me(actor)
    page = {
        "group": group,
        "posts": [
            (post, post.author_id == me.pk, _fresh(post.at, minutes))
            for post in selectors.channel(actor, group)
        ],
        "read_by": len(selectors.readers(group)),
        "reply_to": _replied(actor, request.GET.get("reply", "")),
        "minutes": minutes,
        "typed": request.POST.get("text", ""),
        "problem": problem,
        "request_id": str(uuid7()),
        "tab": "more",
    }
    return render(request, "web/deputy/channel.html", page, status=problem.status if problem else 200)


def _fresh(at: datetime, minutes: int) -> bool:
    return (clock.now() - at).total_seconds() <= minutes * 60


def _replied(actor: Actor, typed: str) -> Post | None:
    try:
        return selectors.post_for(actor, UUID(typed)) if typed else None
    except ValueError:
        return None


@for_roles(Role.DEPUTY)
@require_POST
def retract(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back one's own message."""
    actor = actor_of(request)
    services.post_retract(
        actor=actor, post=selectors.post_for(actor, pk), request_id=request.POST.get("request_id")
    )
    messages.success(request, _("已收回，别人看不到原话了。"))
    return redirect("deputy_channel")


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def question_list(request: HttpRequest) -> HttpResponse:
    """List the questions put to oneself, and one's own."""
    actor = actor_of(request)
    shown = request.GET.get("tab", "to_me")
    page = {
        "rows": selectors.questions_page(actor, _me(actor), tab=shown),
        "tabs": TABS,
        "shown": shown,
        "tab": "more",
    }
    return render(request, "web/deputy/questions.html", page)


@for_roles(Role.DEPUTY)
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask one colleague, or all of a field of work."""
    actor = actor_of(request)
    me = _me(actor)
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            row = services.question_ask(
                actor=actor,
                title=request.POST.get("title", ""),
                text=request.POST.get("text", ""),
                to=_colleague(request.POST.get("to", "")),
                field=request.POST.get("field", ""),
                request_id=request.POST.get("request_id"),
            )
            messages.success(request, _("已问出去，对方的消息里会看到。"))
            return redirect("deputy_question", pk=row.pk)
        except REFUSALS as refusal:
            problem = refusal
    words = request.GET.get("q", "").strip()
    page = {
        "q": words,
        "people": selectors.colleagues(me, words) if words else [],
        "to": _colleague(request.POST.get("to") or request.GET.get("to", "")),
        "fields": selectors.fields_of(me),
        "typed": request.POST,
        "problem": problem,
        "request_id": str(uuid7()),
        "tab": "more",
    }
    return render(request, "web/deputy/ask.html", page, status=problem.status if problem else 200)


def _colleague(typed: str) -> Deputy | None:
    try:
        return Deputy.objects.filter(pk=UUID(typed)).first() if typed else None
    except ValueError:
        return None


@for_roles(Role.DEPUTY)
@never_cache
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a question with its answers; answer, accept or close it."""
    actor = actor_of(request)
    row = selectors.question_for(actor, pk)
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            _question_act(request, actor, pk)
            messages.success(request, _("已办好。"))
            return redirect("deputy_question", pk=pk)
        except REFUSALS as refusal:
            problem = refusal
    is_asker = row.asker_id == _me(actor).pk
    page = {
        "row": row,
        "is_asker": is_asker,
        "open": row.state in {"open", "answered"},
        "typed": request.POST,
        "problem": problem,
        "request_id": str(uuid7()),
        "tab": "more",
    }
    return render(request, "web/deputy/question.html", page, status=problem.status if problem else 200)


def _question_act(request: HttpRequest, actor: Actor, pk: UUID) -> None:
    row, key = selectors.question_for(actor, pk), request.POST.get("request_id")
    act = request.POST.get("act", "answer")
    if act == "accept":
        answer = request.POST.get("answer", "")
        known = {str(one.pk): one.pk for one in row.answers.all()}
        if answer not in known:
            raise Invalid("请选一个回答。", fields={"answer": "请点有用的那一条。"})
        services.question_accept(actor=actor, question=row, answer=known[answer], request_id=key)
    elif act == "close":
        services.question_close(actor=actor, question=row, request_id=key)
    else:
        services.question_answer(actor=actor, question=row, text=request.POST.get("text", ""), request_id=key)
