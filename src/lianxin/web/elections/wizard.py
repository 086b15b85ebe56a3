"""The wizard of one election: steps from the template, checks with the article beside each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.common.errors import Denied, LianxinError, NotFound
from lianxin.elections import selectors, services
from lianxin.elections.actions import BOOK
from lianxin.elections.counting import open_seats, standing
from lianxin.elections.models import ComplaintAbout, ElectionKind, PostKey, VillageElection
from lianxin.elections.permissions import INVESTIGATORS, READERS
from lianxin.elections.workflow import PLAIN, State
from lianxin.regions.selectors import place_name
from lianxin.rulebook.selectors import value
from lianxin.villages.workflow import TEXT_OPEN
from lianxin.web.answering import REFUSALS, shown
from lianxin.web.basis import said_basis
from lianxin.web.door import actor_of, for_roles
from lianxin.web.elections.checks import checks_of, votes_of
from lianxin.web.elections.forms import typed_fields
from lianxin.web.typed import typed_count
from lianxin.web.village.forms import own_village

SAID = {
    "committee": "选举委员会记下了。",
    "begin_registration": "可以登记选民了。",
    "register": "人数记下了。",
    "publish_list": "名单已经公布，请同时贴到公示栏。",
    "move_day": "投票日改了，请通知村民。",
    "object": "申诉记下了，请按期作出决定。",
    "decide_objection": "决定记下了，请贴到公示栏。",
    "nominate": "候选人加上了。",
    "withdraw": "已记退出。",
    "proxies": "委托投票记下了，名单请贴到公示栏。",
    "tick": "这一步办好了。",
    "open_voting": "投票开始了，投完再来填计票结果。",
    "count": "计票结果存好了，核对以后再公布。",
    "declare": "结果已经公布。",
    "reorganise": "投票日另定了，候选人请再核对一遍。",
    "open_next": "另行选举开始了。",
    "leave_open": "空缺已记下。",
    "woman_seat": "可以提名妇女委员的候选人了。",
    "hand_over": "移交记下了，等镇里备案。",
    "file": "已经备案。",
    "complain": "举报记下了，请调查后写结论。",
    "close_complaint": "调查结论记下了。",
    "annul": "已宣布当选无效，要重新组织选举。",
}


@for_roles(*READERS)
@never_cache
@require_GET
def election_list(request: HttpRequest) -> HttpResponse:
    """List the elections that the actor may see, by state."""
    actor = actor_of(request)
    wanted = request.GET.get("state", "")
    counts = selectors.state_counts(actor)
    rows = selectors.elections_page(actor, state=wanted)
    page = {
        "rows": [(row, place_name(row.division_code)) for row in rows],
        "states": [(state.value, PLAIN[state], counts[state]) for state in State if counts.get(state)],
        "wanted": wanted,
        "total": sum(counts.values()),
        "writes": actor.has(Role.VILLAGE),
        "words": actor.has(Role.OFFICE),
        "at": "/elections",
    }
    return render(request, "web/elections/list.html", page)


@for_roles(Role.VILLAGE)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin an election with its seats."""
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            made = services.election_open(
                actor=actor_of(request),
                village=own_village(actor_of(request)),
                kind=request.POST.get("kind", ""),
                seats={key: typed_count(request, key) for key in PostKey.values},
                request_id=request.POST.get("request_id"),
            )
            return redirect("election", pk=made.pk)
        except REFUSALS as refusal:
            problem = refusal
    page = {
        "kinds": ElectionKind.choices,
        "at": "/elections",
    }
    return shown(request, "web/elections/new.html", page, problem)


@for_roles(*READERS)
@never_cache
@require_GET
def election(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an election: where it stands, its rounds, what is to do next."""
    return _page(request, selectors.election_for(actor_of(request), pk))


@for_roles(*READERS)
@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Carry out an act on an election; a refusal keeps what was typed."""
    actor = actor_of(request)
    row = selectors.election_for(actor, pk)
    if act not in SAID:
        raise NotFound("没有这个操作，请刷新页面。")
    if not BOOK.workflow.acts[act].by & {held.role for held in actor.roles}:
        raise Denied("您没有办理这一步的权限。")
    try:
        data = typed_fields(request, BOOK.input(act))
        key = request.POST.get("request_id")
        BOOK.perform(actor=actor, obj=row, name=act, data=data, request_id=key)
    except REFUSALS as refusal:
        row = selectors.election_for(actor, pk)
        return _page(request, row, act, refusal)
    messages.success(request, _(SAID[act]))
    return redirect("election", pk=pk)


def _page(
    request: HttpRequest, row: VillageElection, tried: str = "", refusal: LianxinError | None = None
) -> HttpResponse:
    actor = actor_of(request)
    acts = {one.act.name: one for one in BOOK.open_for(actor, row)}
    investigates = actor.has_in(row.division_code, *INVESTIGATORS)
    page: dict[str, Any] = {
        "row": row,
        "place": place_name(row.division_code),
        "text_open": TEXT_OPEN if row.is_community else "",
        "lines": selectors.step_lines(row),
        "acts": acts,
        "basis": {name: said_basis(one.act.basis) for name, one in acts.items()},
        "committee": list(row.committee.order_by("place")),
        "posts": selectors.candidates_by_post(row),
        "post_choices": [(post.key, post.get_key_display()) for post in row.posts.order_by("id")],
        "objections": list(row.objections.order_by("received_on")),
        "rounds": _rounds(row),
        "standing": list(standing(row).items()) if "count" in acts or "open_next" in acts else [],
        "open_seats": sum(open_seats(row).values()) if row.state == State.ANOTHER_ROUND else 0,
        "complaints": list(selectors.complaints_of(actor, row)) if investigates else [],
        "abouts": ComplaintAbout.choices,
        "investigates": investigates,
        "list_days": value("village.roll_publish_days", home6=row.home6),
        "objection_days": value("village.roll_objection_days", home6=row.home6),
        "proxy_max": value("village.proxy_max", home6=row.home6),
        "today": clock.today(),
        "tried": tried,
        "typed_votes": _typed_votes(request, row, tried),
        "at": "/elections",
    }
    return shown(request, "web/elections/one.html", page, refusal)


def _rounds(row: VillageElection) -> list[tuple[Any, Any, Any]]:
    counted = [line for line in selectors.rounds_of(row) if line.row.returned is not None]
    return [(line, checks_of(line), votes_of(line)) for line in counted]


def _typed_votes(request: HttpRequest, row: VillageElection, tried: str) -> dict[str, str]:
    """Return the votes as typed into a count that was refused, or as saved and not declared yet."""
    if tried == "count":
        return {key[6:]: str(typed) for key, typed in request.POST.items() if key.startswith("votes-")}
    saved = selectors.preview(row)
    return {str(one.candidate_id): str(one.votes) for one in saved.candidates} if saved else {}
