"""会前: the list of forums, a new one, its roster, its papers with receipts, the notice."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common.actor import Actor
from lianxin.common.errors import LianxinError, NotFound
from lianxin.meetings import selectors, services
from lianxin.meetings.models import Forum
from lianxin.meetings.permissions import hosts
from lianxin.meetings.services.step import facts_of, forum_gathering
from lianxin.meetings.workflow import FORUM, HOSTS
from lianxin.people.selectors import deputies_of_body, organs
from lianxin.web.answering import REFUSALS
from lianxin.web.door import actor_of, for_roles
from lianxin.web.forums.parts import READERS, WATCHERS, basis_of, shown, uuid_of
from lianxin.web.typed import typed_instant

SAID = {
    "notify": "通知已发，代表和部门都收到了。",
    "begin": "开始签到和记录。",
    "end": "记录结束，请逐件核对。",
    "resume": "可以接着记了。",
    "hand_over": "已转办，各部门收到转办函。",
    "follow_up": "回访完成。",
    "close": "已确认纪要，会议闭会。",
}


@for_roles(*READERS)
@never_cache
@require_GET
def forum_list(request: HttpRequest) -> HttpResponse:
    """List the forums that the actor may see."""
    actor = actor_of(request)
    rows = [(forum, told, _link(actor, forum)) for forum, told in selectors.forums_page(actor)]
    return shown(request, "web/forums/list.html", {"rows": rows, "hosts": actor.has(*HOSTS)})


def _link(actor: Actor, forum: Forum) -> str:
    """Return the page that somebody works on: the host's, the department's or the deputy's."""
    if actor.has_in(forum.division_code, *WATCHERS):
        return f"/forums/{forum.pk}"
    return f"/forums/{forum.pk}/{'unit' if actor.units() else 'mine'}"


@for_roles(*HOSTS)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan a forum."""
    actor, problem = actor_of(request), None
    if request.method == "POST":
        try:
            made = services.forum_plan(
                actor=actor,
                division_code=actor.places(*HOSTS)[0],
                held_at=typed_instant(request),
                request_id=request.POST.get("request_id"),
                **{name: request.POST.get(name, "") for name in ("title", "theme", "place")},
            )
            return redirect("forum", pk=made.pk)
        except REFUSALS as refusal:
            problem = refusal
    return shown(request, "web/forums/new.html", {}, problem)


@for_roles(*WATCHERS)
@never_cache
@require_GET
def forum(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the preparation: roster, pack with receipts, questions ahead, what comes next."""
    return _page(request, _hosted(request, pk))


def _hosted(request: HttpRequest, pk: UUID) -> Forum:
    """Return a forum in the actor's own place."""
    actor = actor_of(request)
    row = selectors.forum_for(actor, pk)
    if not actor.has_in(row.division_code, *WATCHERS):
        raise NotFound(_("这个页面只给组织会议的人用。"))
    return row


def _page(
    request: HttpRequest, row: Forum, tried: str = "", refusal: LianxinError | None = None
) -> HttpResponse:
    actor = actor_of(request)
    facts = facts_of(row, actor)
    writes = hosts(actor, row.division_code)
    gathering = forum_gathering(row)
    page: dict[str, Any] = {
        "forum": row,
        "writes": writes,
        "deputies": selectors.deputy_seats(row),
        "units": selectors.unit_seats(row),
        "papers": row.papers.order_by("created_at"),
        "questions": [
            (one, selectors.short_name(one.unit)) for one in row.questions.select_related("deputy")
        ],
        "count": selectors.counts_of(row),
        "refusals": {name: FORUM.refusal(row.state, name, facts) for name in ("notify", "begin")},
        "basis": {name: basis_of(name) for name in ("notify", "begin")},
        "gathering": gathering,
        "tried": tried,
    }
    if writes and row.state in {"preparing", "notified"}:
        page |= _choices(row)
    return shown(request, "web/forums/forum.html", page, refusal)


def _choices(row: Forum) -> dict[str, Any]:
    """Return who can be invited, ticked where they are."""
    chosen = set(row.deputies.values_list("deputy_id", flat=True))
    units = set(row.units.values_list("unit", flat=True))
    people = deputies_of_body(row.division_code).distinct()
    level = "town" if not row.division_code.endswith("000000") else "city"
    offered = (
        organs(level=level, town_code=row.division_code).exclude(level="town")
        if level == "city"
        else (organs(level=level, town_code=row.division_code))
    )
    return {
        "people": [(one, one.pk in chosen) for one in people],
        "organs": [(one, one.code in units) for one in offered],
    }


@for_roles(*HOSTS)
@require_POST
def roster(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set who is invited."""
    row = _hosted(request, pk)
    try:
        services.roster_set(
            actor=actor_of(request),
            forum=row,
            deputies=[uuid_of(one) for one in request.POST.getlist("deputies")],
            units=request.POST.getlist("units"),
            request_id=request.POST.get("request_id"),
        )
    except REFUSALS as refusal:
        return _page(request, row, "roster", refusal)
    messages.success(request, _("名单存好了。"))
    return redirect("forum", pk=pk)


@for_roles(*WATCHERS)
@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Move a forum on; a refusal is said on the page where the button stands."""
    row, actor = _hosted(request, pk), actor_of(request)
    service = _service(act)
    try:
        service(actor=actor, forum=row, request_id=request.POST.get("request_id"))
    except REFUSALS as refusal:
        if act in {"notify", "begin"}:
            return _page(request, row, act, refusal)
        messages.warning(request, refusal.message)
        return redirect(_next(act), pk=pk)
    messages.success(request, _(SAID[act]))
    return redirect(_next(act), pk=pk)


def _service(act: str) -> Any:
    known: dict[str, Any] = {
        "notify": services.forum_notify,
        "begin": services.forum_begin,
        "close": services.forum_close,
        "hand_over": services.forum_hand_over,
    }
    if act in known:
        return known[act]
    if act not in SAID:
        raise NotFound(_("没有这个操作，请刷新页面。"))
    return lambda **given: services.forum_move(act=act, **given)


def _next(act: str) -> str:
    """Return the page on which the work goes on."""
    pages = {"begin": "forum_ledger", "resume": "forum_ledger", "end": "forum_check", "close": "forum_check"}
    return pages.get(act, "forum_effect" if act in {"hand_over", "follow_up"} else "forum")
