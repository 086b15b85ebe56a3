"""The keeper's desk: the list beside the matter in hand, and the acts on it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import LianxinError, NotFound
from lianxin.common.masking import mask
from lianxin.contacts.selectors import matter_of_opinion
from lianxin.handling.selectors import assignments_of
from lianxin.opinions import selectors
from lianxin.opinions.actions import BOOK
from lianxin.opinions.models import Channel, Contact, ContactAccess, Opinion
from lianxin.opinions.services.contacts import APPROVERS, PURPOSES, receives
from lianxin.opinions.voices import sources_of
from lianxin.opinions.workflow import State
from lianxin.people.selectors import organ_name, organs
from lianxin.regions.selectors import place_name, stations
from lianxin.web.acts import Option, Sheet, Tried, sheet, typed_data
from lianxin.web.door import actor_of, for_roles
from lianxin.web.station.files import files_of
from lianxin.web.station.icons import icon_of
from lianxin.web.station.marks import marked

STAFF = (Role.KEEPER, Role.PRESIDIUM, Role.OFFICE, Role.GRID_WORKER)
TABS = (("todo", "待办"), ("going", "办理中"), ("done", "已完成"), ("", "全部"))
PAGE = 50
USUAL = (
    "accept",
    "write_down",
    "feed_back",
    "answer",
    "check_outgoing",
    "transfer",
    "offer",
    "take_up",
    "go_on",
    "take_back",
    "give_view",
)
"""What a keeper does most, in the order in which it comes; everything else is folded away."""


@for_roles(*STAFF)
@never_cache
@require_GET
def opinion_list(request: HttpRequest) -> HttpResponse:
    """List opinions of the actor's area; on a wide screen the first stands beside the list."""
    page = _list(request)
    first = page["rows"][0][0] if page["rows"] else None
    if first is not None:
        first = selectors.opinion_for(actor_of(request), first.id)
        page |= {**_detail(request, first), "preview": True}
    return render(request, "web/station/opinions.html", page)


def _list(request: HttpRequest) -> dict[str, Any]:
    tab, category = request.GET.get("tab", "todo"), request.GET.get("category", "")
    rows = selectors.opinions_page(
        actor_of(request), tab=tab, category=category, after=_uuid(request.GET.get("after", "")), limit=PAGE
    )
    return {
        "rows": [(row, place_name(row.division_code), icon_of(row.category), _due(row)) for row in rows],
        "tab": tab,
        "category": category,
        "tabs": TABS,
        "at": "/station/opinions",
        "next": rows[-1].id if len(rows) == PAGE else "",
    }


def _uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed) if typed else None
    except ValueError:
        raise NotFound(_("没有这一页，请回到列表。")) from None


def _due(row: Opinion) -> tuple[str, str]:
    """Return the tone and the words of the time left to take a matter in."""
    if row.state != State.NEW or row.sort_due_on is None:
        return "", ""
    left = (row.sort_due_on - clock.today()).days
    if left < 0:
        return "late", _("逾期 %(n)s 天") % {"n": -left}
    if left == 0:
        return "late", _("今天到期")
    return ("warn" if left <= 2 else "plain"), _("还剩 %(n)s 天") % {"n": left}


@for_roles(*STAFF)
@never_cache
@require_GET
def opinion(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one opinion: words, like ones, who handles it, what may be done."""
    return opinion_page(request, selectors.opinion_for(actor_of(request), pk))


def opinion_page(request: HttpRequest, row: Opinion, tried: Tried | None = None) -> HttpResponse:
    """Show the list with one opinion beside it; a refused act keeps what was typed."""
    page = {**_list(request), **_detail(request, row, tried)}
    return render(request, "web/station/opinion.html", page, status=tried.refusal.status if tried else 200)


def _detail(request: HttpRequest, row: Opinion, tried: Tried | None = None) -> dict[str, Any]:
    actor = actor_of(request)
    like = selectors.similar_for(actor, row.outgoing_text, exclude=(row.id,)) if not row.is_sealed else []
    sheets = _sheets(actor, row, like, tried)
    words = selectors.text_for(actor, row)
    photos, voice = files_of(actor, row)
    may = {one.name for one in sheets if not one.refusal}
    return {
        "row": row,
        "due": _due(row),
        "place": place_name(row.division_code),
        "words": words,
        "marked": marked(words, mask(words).spans),
        "like": like,
        "steps": selectors.public_steps(row),
        "sheets": [one for one in sheets if one.name in USUAL],
        "others": [one for one in sheets if one.name not in USUAL],
        "others_open": any(one.is_open for one in sheets if one.name not in USUAL),
        "may": may,
        "parts": [(part, organ_name(part.unit_code)) for part in assignments_of("opinion", row.id)],
        "photos": photos,
        "voice": voice,
        "looks": selectors.who_looked(row),
        "rejoin": [(member.opinion.id, member.opinion) for member in _members(row)],
        "sources": sources_of(row) if hasattr(row, "cluster") else [],
        "visit_matter": matter_of_opinion(row.id) if row.channel == Channel.VISIT else None,
        "path": [one for one in selectors.path_of(row) if one.act != "submit"],
        **_access(actor, row),
    }


def _members(row: Opinion) -> list[Any]:
    """Return the opinions merged into this one."""
    if not hasattr(row, "cluster"):
        return []
    return list(row.cluster.members.filter(left_at=None).select_related("opinion"))


def _access(actor: Actor, row: Opinion) -> dict[str, Any]:
    """Return what the actor may do about the identity or the sealed words: open, ask, or decide."""
    own = receives(actor, row) and not row.is_sealed
    asked = ContactAccess.objects.filter(opinion=row).order_by("-id")
    me = actor.id or UUID(int=0)
    grants = asked.filter(asked_by=me, approved_by__isnull=False, expires_at__gt=clock.now())
    what = "text" if row.is_sealed else "contact"
    approver = actor.has_in(row.station.division_code, *APPROVERS)
    waiting = asked.filter(approved_by=None, refused=False)
    return {
        "purposes": PURPOSES,
        "has_contact": Contact.objects.filter(opinion=row, erased_at=None).exists(),
        "may_open": own or grants.filter(what="contact").exists(),
        "may_unseal": grants.filter(what="text").exists(),
        "what": what,
        "my_asks": list(waiting.filter(asked_by=me)),
        "to_decide": list(waiting.exclude(asked_by=me)) if approver else [],
    }


def _sheets(actor: Actor, row: Opinion, like: list[Any], tried: Tried | None) -> list[Sheet]:
    near = [(one.code, one.name) for one in stations().filter(level__in=["city", "town"])]
    options: dict[str, list[Option]] = {
        "units": [(organ.code, organ.short_name) for organ in organs()],
        "lead": [(str(match.object_id), f"{match.number} {match.title}") for match in like],
        "to": [(room.code, room.name) for room in stations().filter(parent=row.station)],
        "stations": [pair for pair in near if pair[0] != row.station.code],
    }
    start = {
        "check_outgoing": {"text": row.outgoing_text},
        "feed_back": {"text": row.answer},
    }
    found = [
        sheet(
            action,
            url=f"/station/opinions/{row.id}/acts/{action.act.name}",
            options=options,
            tried=tried,
            start=start.get(action.act.name),
        )
        for action in BOOK.open_for(actor, row)
    ]
    found.sort(key=lambda one: USUAL.index(one.name) if one.name in USUAL else len(USUAL))
    for one in found[:1]:
        one.first = True
    return found


@for_roles(*STAFF)
@require_POST
def opinion_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Carry out one act; a refusal keeps what was typed."""
    actor = actor_of(request)
    row = selectors.opinion_for(actor, pk)
    if act not in BOOK.workflow.acts:
        raise NotFound(_("没有这个操作，请刷新页面。"))
    try:
        data = typed_data(BOOK.input(act), request.POST)
        BOOK.perform(actor=actor, obj=row, name=act, data=data, request_id=request.POST.get("request_id"))
    except LianxinError as refusal:
        row.refresh_from_db()
        return opinion_page(request, row, Tried(act, request.POST, refusal))
    messages.success(request, _("已办：%(act)s") % {"act": _(BOOK.workflow.acts[act].verb)})
    return redirect("opinion", pk=pk)


@for_roles(*STAFF)
@never_cache
@require_GET
def topics(request: HttpRequest) -> HttpResponse:
    """Show what people talk about most (焦点): each figure is the length of the list behind it."""
    found = selectors.topics(actor_of(request))
    most = max((row["count"] for row in found), default=1)
    page = {
        "topics": [(row, icon_of(row["category"])) for row in found],
        "most": most,
        "at": "/station/topics",
    }
    return render(request, "web/station/topics.html", page)
