"""Meetings of villagers and of their representatives, from the notice to the shown result."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common.actor import Role
from lianxin.common.errors import LianxinError, NotFound
from lianxin.regions.selectors import place_name
from lianxin.rulebook.selectors import value
from lianxin.villages import selectors, services
from lianxin.villages.actions import MEETING_BOOK
from lianxin.villages.models import MatterKind, MeetingKind, VillageMeeting
from lianxin.villages.permissions import READERS
from lianxin.villages.reserved import ARTICLE_24
from lianxin.villages.services.meeting_step import missing, quorum
from lianxin.villages.workflow import MEETING_PLAIN, TEXT_OPEN, Meeting
from lianxin.web.answering import REFUSALS, shown
from lianxin.web.basis import said_basis
from lianxin.web.door import actor_of, for_roles
from lianxin.web.typed import typed_instant
from lianxin.web.village.forms import own_village, typed_fields

WAY = (
    Meeting.PREPARING, Meeting.NOTICED, Meeting.SIGNING_IN, Meeting.VALID, Meeting.DECIDED,
    Meeting.CARRYING_OUT, Meeting.SHOWN,
)  # fmt: skip
SAID = {
    "add_topic": "议题加上了。",
    "give_notice": "会议通知已发，村民在村务页看得到；请打印一份贴到公示栏，到开会那天再来开始签到。",
    "open_sign_in": "开始签到，来一个记一个。",
    "count": "人数记下了。",
    "count_one": "人数记下了。",
    "declare_valid": "会议有效，可以表决了。",
    "record_talk": "已记为座谈，不能作出决议。",
    "vote": "表决记下了。",
    "write_minutes": "会议记录存好了。",
    "add_photo": "会场照片收到了。",
    "decide": "决议已形成，村民在村务页看得到。",
    "carry_out": "办理情况写上了。",
    "show_result": "结果晒出来了。",
}


@for_roles(*READERS)
@never_cache
@require_GET
def meeting_list(request: HttpRequest) -> HttpResponse:
    """List the meetings that the actor may see."""
    actor = actor_of(request)
    rows = [(row, place_name(row.division_code), _verdict(row)) for row in selectors.meetings_page(actor)]
    page = {"rows": rows, "writes": actor.has(Role.VILLAGE), "at": "/village/meetings"}
    return render(request, "web/village/meetings.html", page)


@for_roles(Role.VILLAGE)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Prepare a meeting."""
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            made = services.meeting_prepare(
                actor=actor_of(request),
                village=own_village(actor_of(request)),
                held_at=typed_instant(request),
                request_id=request.POST.get("request_id"),
                **{name: request.POST.get(name, "") for name in ("kind", "title", "place")},
            )
            return redirect("village_meeting", pk=made.pk)
        except REFUSALS as refusal:
            problem = refusal
    page = {
        "kinds": MeetingKind.choices,
        "notice_days": value("village.assembly_notice_days"),
        "at": "/village/meetings",
    }
    return shown(request, "web/village/new_meeting.html", page, problem)


@for_roles(*READERS)
@never_cache
@require_GET
def meeting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a meeting: where it stands, the quorum ring, topics and votes."""
    return _page(request, selectors.meeting_for(actor_of(request), pk))


@for_roles(Role.VILLAGE)
@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Carry out an act on a meeting; a refusal keeps what was typed."""
    actor = actor_of(request)
    row = selectors.meeting_for(actor, pk)
    if act not in SAID:
        raise NotFound("没有这个操作，请刷新页面。")
    try:
        data = typed_fields(request, MEETING_BOOK.input(act))
        key = request.POST.get("request_id")
        MEETING_BOOK.perform(actor=actor, obj=row, name=act, data=data, request_id=key)
    except REFUSALS as refusal:
        row.refresh_from_db()
        key = f"{act}-{request.POST['topic']}" if request.POST.get("topic") else act
        return _page(request, row, key, refusal)
    messages.success(request, _(SAID[act]))
    return redirect("village_meeting", pk=pk)


def _verdict(row: VillageMeeting) -> tuple[str, str]:
    """Return tone and words for a list; a community's law is not entered, so it gets no verdict."""
    if row.is_community:
        return "plain", TEXT_OPEN
    if row.state == Meeting.TALK:
        return "warn", _("不足法定人数，记为座谈")
    return ("ok" if row.noticed_on and row.state in WAY[3:] else "info"), str(row.get_state_display())


def _page(
    request: HttpRequest, row: VillageMeeting, tried: str = "", refusal: LianxinError | None = None
) -> HttpResponse:
    actor = actor_of(request)
    check = quorum(row)
    topics = list(row.topics.order_by("id"))
    acts = {one.act.name: one for one in MEETING_BOOK.open_for(actor, row)}
    page: dict[str, Any] = {
        "row": row,
        "place": place_name(row.division_code),
        "way": [(MEETING_PLAIN[one], _at(row.state, place)) for place, one in enumerate(WAY)],
        "check": check,
        "missing": missing(row),
        "share": min(100, round(100 * check.have / max(check.need, 1))),
        "text_open": TEXT_OPEN if row.is_community else "",
        "topics": [topic for topic in topics if topic.on_notice],
        "later": [topic for topic in topics if not topic.on_notice],
        "matters": MatterKind.choices,
        "article_24": [(one.value, MatterKind(one.value).label) for one in ARTICLE_24],
        "acts": acts,
        "basis": {name: said_basis(one.act.basis) for name, one in acts.items()},
        "tried": tried,
        "at": "/village/meetings",
    }
    return shown(request, "web/village/meeting.html", page, refusal)


def _at(state: str, place: int) -> str:
    """Return done, now or todo for a step of the way; a talk ends at the sign-in."""
    now = WAY.index(Meeting.SIGNING_IN if state == Meeting.TALK else Meeting(state))
    return "done" if place < now else "now" if place == now else "todo"
