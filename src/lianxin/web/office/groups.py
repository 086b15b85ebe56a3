"""145 代表小组 at the desk: sizes and levels, leaders, owners, plans; regrouping by residence."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.activities import selectors, services
from lianxin.activities.models import GroupProposal
from lianxin.activities.permissions import MASTERS, WATCHERS
from lianxin.activities.rules import is_mixed
from lianxin.activities.services.groups import persons_of
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid, LianxinError, NotFound, Refused
from lianxin.common.ids import uuid7
from lianxin.contacts.selectors import group_owners
from lianxin.people.models import Deputy, DeputyGroup
from lianxin.regions.models import Division, DivisionKind
from lianxin.regions.selectors import place_name
from lianxin.rulebook.selectors import value
from lianxin.web.deputy.group import members_seen
from lianxin.web.door import actor_of, for_roles

REFUSALS = (Invalid, Refused, Conflict)


@for_roles(*WATCHERS)
@never_cache
@require_GET
def group_list(request: HttpRequest) -> HttpResponse:
    """List the groups with what matters of each; the figures above are counted from this very list."""
    actor = actor_of(request)
    town = request.GET.get("town", "")
    rows = list(selectors.groups_table(actor, town=town))
    owners = group_owners(rows)
    mixed = [row for row in rows if row.level_count >= 2]  # type: ignore[attr-defined] # annotated
    page = {
        "rows": [(row, place_name(row.division_code), owners.get(row.pk, "")) for row in rows],
        "figures": {
            "groups": len(rows),
            "deputies": sum(row.size for row in rows),  # type: ignore[attr-defined] # annotated
            "mixed": len(mixed),
            "share": round(100 * len(mixed) / len(rows)) if rows else 0,
            "no_leader": sum(row.leader_id is None for row in rows),
            "no_owner": sum(row.pk not in owners for row in rows),
        },
        "wanted": round(100 * float(value("activity.mixed_share"))),
        "town": town,
        "towns": _towns(actor),
        "year": clock.today().year,
        "at": "/office/groups",
    }
    return render(request, "web/office/groups.html", page)


def _towns(actor: Actor) -> list[tuple[str, str, bool]]:
    """Return the towns that the actor looks after: code, name, may he regroup it."""
    found = Division.objects.filter(kind=DivisionKind.TOWN).order_by("pinyin")
    return [
        (one.code, one.name, actor.has_in(one.code, *MASTERS))
        for one in found
        if actor.has_in(one.code, *WATCHERS)
    ]


@for_roles(*WATCHERS)
@never_cache
@require_http_methods(["GET", "POST"])
def group(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one group: members and what each lacks, plan, activities; appoint its leader."""
    actor = actor_of(request)
    row = selectors.group_for(actor, pk)
    problem: LianxinError | None = None
    if request.method == "POST":
        if not actor.has_in(row.division_code, *MASTERS):
            raise Denied("组长由镇人大主席团或人代工委任命。")
        try:
            services.leader_appoint(
                actor=actor,
                group=row,
                deputy=_member(row, request.POST.get("deputy", "")),
                request_id=request.POST.get("request_id"),
            )
            messages.success(request, _("组长已任命，本人会收到消息。"))
            return redirect("office_group", pk=pk)
        except REFUSALS as refusal:
            problem = refusal
    members = selectors.members_of(row)
    year = clock.today().year
    page = {
        "group": row,
        "place": place_name(row.division_code),
        "owner": group_owners([row]).get(row.pk, ""),
        "members": members_seen(members, year),
        "levels": selectors.levels_of(members),
        "terms": row.leader_terms.select_related("deputy").order_by("-valid_from", "-created_at")[:6],
        "plan": selectors.plan_of(row, year),
        "year": year,
        "activities": selectors.activities_page(actor, group=row, limit=20),
        "appoints": actor.has_in(row.division_code, *MASTERS),
        "problem": problem,
        "request_id": str(uuid7()),
        "at": "/office/groups",
    }
    return render(request, "web/office/group.html", page, status=problem.status if problem else 200)


def _member(row: DeputyGroup, typed: str) -> Deputy:
    people = {str(one.pk): one for one in selectors.members_of(row)}
    if typed not in people:
        raise Invalid("组长要从本组代表里选。", fields={"deputy": "请从本组成员里选一位。"})
    return people[typed]


@for_roles(*MASTERS)
@never_cache
@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, town: str) -> HttpResponse:
    """Show the proposal of a town beside its rule; make one, adopt it or drop it."""
    actor = actor_of(request)
    if not Division.objects.filter(code=town, kind=DivisionKind.TOWN).exists():
        raise NotFound("没有找到这个镇。")
    if not actor.has_in(town, *MASTERS):
        raise Denied("分组由本镇人大主席团或人代工委办理。")
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            services.proposal_make(
                actor=actor,
                town=town,
                home6=town[:6],
                request_id=request.POST.get("request_id"),
            )
            return redirect("group_proposal", town=town)
        except REFUSALS as refusal:
            problem = refusal
    row = selectors.proposal_open(actor, town)
    page = {
        "town": town,
        "place": place_name(town),
        "row": row,
        "groups": _shown(row) if row else [],
        "problem": problem,
        "request_id": str(uuid7()),
        "at": "/office/groups",
    }
    return render(request, "web/office/proposal.html", page, status=problem.status if problem else 200)


def _shown(row: GroupProposal) -> list[tuple[list[tuple[Deputy, str]], bool]]:
    """Return each proposed group: its people with the villages where they live, and is it mixed."""
    people = {person.id: person for person in persons_of(row.division_code)}
    rows = {str(pk): one for pk, one in Deputy.objects.in_bulk(list(people)).items()}
    return [
        (
            [(rows[one], place_name(rows[one].division_code)) for one in group if one in rows],
            is_mixed(people[one] for one in group if one in people),
        )
        for group in row.groups
    ]


@for_roles(*MASTERS)
@require_POST
def proposal_decide(request: HttpRequest, town: str, answer: str) -> HttpResponse:
    """Adopt the open proposal or drop it."""
    actor = actor_of(request)
    row = selectors.proposal_open(actor, town)
    if row is None:
        raise NotFound("现在没有等着处理的分组建议。")
    act = services.proposal_adopt if answer == "adopt" else services.proposal_drop
    act(actor=actor, proposal=row, request_id=request.POST.get("request_id"))
    words = (
        _("新的分组已生效。请给没有组长的小组任命组长。") if answer == "adopt" else _("已放弃，分组没有变。")
    )
    messages.success(request, words)
    return redirect("office_groups")
