"""我的小组: who is in it, this year's plan, what comes next; for the leader also where members lag."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.activities import selectors, services
from lianxin.activities.models import Kind
from lianxin.activities.permissions import leads, may_host
from lianxin.colleagues.selectors import unread_posts
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Conflict, Denied, Invalid, LianxinError, NotFound, Refused
from lianxin.common.ids import uuid7
from lianxin.contacts.selectors import group_owners
from lianxin.duties.models import DutyKind, DutyRecord
from lianxin.duties.selectors import counted_of, kinds_in_force, target_of
from lianxin.people.actors import deputy_of
from lianxin.people.models import Deputy, DeputyGroup
from lianxin.rulebook.selectors import value
from lianxin.web.door import actor_of, for_roles

REFUSALS = (Invalid, Refused, Conflict)
MONTHS = range(1, 13)


def own_group(actor: Actor) -> DeputyGroup:
    """Return the actor's group; who is in none is told whom to ask."""
    group = selectors.own_group(actor)
    if group is None:
        raise NotFound("您还没有编入代表小组，请向镇人大主席团问一下。")
    return group


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show the group: the next activity first, then talk, plan, people."""
    actor = actor_of(request)
    group = own_group(actor)
    members = selectors.members_of(group)
    levels = selectors.levels_of(members)
    me = deputy_of(actor)
    page = {
        "group": group,
        "members": [(one, levels.get(one.pk, []), one.pk == group.leader_id) for one in members],
        "owner": group_owners([group]).get(group.pk, ""),
        "coming": selectors.activities_page(actor, tab="open", limit=3),
        "done": selectors.activities_page(actor, tab="done", group=group, limit=3),
        "unread": unread_posts(actor, me, group) if me else 0,
        "leads": leads(actor, group),
        "tab": "more",
    }
    return render(request, "web/deputy/group.html", page)


@dataclass(frozen=True)
class Member:
    """One member as the leader sees him: what is done this year, and what is still lacking."""

    deputy: Deputy
    activities: int
    done: int
    gaps: list[str]


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def members(request: HttpRequest) -> HttpResponse:
    """Show the leader his own members: activities, duties done, what each still lacks."""
    actor = actor_of(request)
    group = own_group(actor)
    if not leads(actor, group):
        raise Denied("这一页给组长看。组员的情况只有组长和镇人大看得到。")
    year = clock.today().year
    people = selectors.members_of(group)
    page = {
        "group": group,
        "year": year,
        "members": members_seen(people, year),
        "needed": value("activity.per_year", home6=group.home6, place=group.division_code),
        "tab": "more",
    }
    return render(request, "web/deputy/group_members.html", page)


def members_seen(people: list[Deputy], year: int) -> list[Member]:
    """Return what the ledger of duties says of each, those who lack most first; it is no score.

    Kinds that a deputy may keep to himself are left out: nobody reads from here who writes a diary.
    """
    if not people:
        return []
    kinds = [
        (kind, target_of(kind, year))
        for kind in kinds_in_force(people[0].home6)
        if not kind.counting.get("may_be_private")
    ]
    known = counted_of([one.pk for one in people], year)
    came = selectors.activity_counts(people, year)
    rows = []
    for one in people:
        records = [entry.record for entry in known.get(one.pk, []) if entry.counted]
        gaps = _gaps(kinds, records)
        done = sum(not record.kind.counting.get("may_be_private") for record in records)
        rows.append(Member(one, came.get(one.pk, 0), done, gaps))
    return sorted(rows, key=lambda row: (-len(row.gaps), row.deputy.pinyin))


def _gaps(kinds: list[tuple[DutyKind, int]], records: list[DutyRecord]) -> list[str]:
    """Return what is still lacking in the cycle that runs now, as 「走访选民 1/2」."""
    found = []
    for kind, target in kinds:
        mine = [row for row in records if row.kind.slug == kind.slug and _runs(row.on, kind.cycle)]
        if len(mine) < target:
            found.append(f"{_(kind.name)} {len(mine)}/{target}")
    return found


def _runs(on: date, cycle: str) -> bool:
    """Say whether a day lies in the year, quarter or month of today."""
    today = clock.today()
    width = {"quarter": 3, "month": 1}.get(cycle, 12)
    return on.year == today.year and (on.month - 1) // width == (today.month - 1) // width


@for_roles(Role.DEPUTY)
@never_cache
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Show the year's plan; who leads adds lines to it."""
    actor = actor_of(request)
    group = own_group(actor)
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            _add(request, actor, group)
            messages.success(request, _("已加进计划。"))
            return redirect("deputy_plan")
        except REFUSALS as refusal:
            problem = refusal
    page = plan_page(actor, group, request, problem)
    return render(request, "web/deputy/plan.html", page, status=problem.status if problem else 200)


def plan_page(
    actor: Actor, group: DeputyGroup, request: HttpRequest, problem: LianxinError | None
) -> dict[str, object]:
    """Return what a page with a plan shows."""
    year = year_of(request)
    return {
        "group": group,
        "plan": selectors.plan_of(group, year),
        "year": year,
        "months": MONTHS,
        "kinds": Kind.choices,
        "members": selectors.members_of(group),
        "hosts": may_host(actor, group),
        "typed": request.POST,
        "problem": problem,
        "request_id": str(uuid7()),
        "tab": "more",
    }


def year_of(request: HttpRequest) -> int:
    """Return the year that was asked for, this one if none or a strange one was."""
    typed = request.POST.get("year") or request.GET.get("year", "")
    return int(typed) if typed.isdigit() and 2000 <= int(typed) <= 2100 else clock.today().year


def _add(request: HttpRequest, actor: Actor, group: DeputyGroup) -> None:
    month, person = request.POST.get("month", ""), request.POST.get("person", "")
    people = {str(one.pk): one for one in selectors.members_of(group)}
    services.plan_item_add(
        actor=actor,
        group=group,
        year=year_of(request),
        month=int(month) if month.isdigit() else 0,
        kind=request.POST.get("kind", ""),
        title=request.POST.get("title", ""),
        person=people.get(person),
        request_id=request.POST.get("request_id"),
    )


@for_roles(Role.DEPUTY)
@require_POST
def plan_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a line out of the plan."""
    actor = actor_of(request)
    services.plan_item_remove(
        actor=actor, item=selectors.item_for(actor, pk), request_id=request.POST.get("request_id")
    )
    messages.success(request, _("已从计划里删去。"))
    return redirect("deputy_plan")
