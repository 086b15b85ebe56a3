"""Those who answer for deputies: duties and gaps, what waits to be verified, what was entered later."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Denied
from lianxin.duties import overview, selectors
from lianxin.duties.models import DutyRecord
from lianxin.duties.permissions import may_oversee, overseen_by
from lianxin.duties.pledging import pledge_for, pledges_watched
from lianxin.people.models import Deputy
from lianxin.regions.selectors import place_name
from lianxin.web.acts import Tried
from lianxin.web.deputy.duties import year_of, years
from lianxin.web.deputy.duty import record_page, try_act
from lianxin.web.deputy.pledges import pledge_acts, try_pledge
from lianxin.web.door import actor_of, for_roles

JUDGES = (Role.OFFICE, Role.PRESIDIUM, Role.DEPUTY)
BODY = (Role.OFFICE, Role.PRESIDIUM)
READERS = (*JUDGES, Role.KEEPER)
LEDGER = (("late", "未兑现"), ("proof", "待确认"), ("open", "兑现中"), ("fulfilled", "已兑现"), ("", "全部"))


def answering(request: HttpRequest) -> Actor:
    """Return the actor, if he answers for any deputy: an office, a presidium, the leader of a group."""
    actor = actor_of(request)
    if not overseen_by(actor).exists():
        raise Denied("这个页面给代表小组长、镇人大主席团和市人大代工委用。")
    return actor


@for_roles(*JUDGES)
@never_cache
@require_GET
def member_list(request: HttpRequest) -> HttpResponse:
    """Show each deputy's duties of a year beside what is asked for; gaps stand out, nobody is ranked."""
    actor, year, after = answering(request), year_of(request), request.GET.get("after", "")
    kinds = overview.watched_kinds(settings.LIANXIN_HOME6)
    deputies = overview.members(actor, year, after=after)
    start = int(after) if after.isdigit() else 0
    page = {
        "kinds": kinds,
        "rows": [
            (one, place_name(one.deputy.division_code)) for one in overview.overview(deputies, kinds, year)
        ],
        "year": year,
        "years": years(),
        "total": overseen_by(actor).count(),
        "next": start + overview.PAGE if len(deputies) == overview.PAGE else "",
        "waiting": overview.to_verify(actor).count() + overview.to_judge(actor).count(),
        "at": "/office/duties",
    }
    return render(request, "web/office/duties.html", page)


@for_roles(*JUDGES)
@never_cache
@require_GET
def member(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one deputy's year to those who answer for him; private diaries are a number only."""
    actor, year = actor_of(request), year_of(request)
    deputy = get_object_or_404(Deputy, pk=pk)
    if not may_oversee(actor, deputy):
        raise Denied("这位代表不在您的小组、镇或市。")
    rows, hidden = overview.member_records(actor, deputy, year)
    kinds = overview.watched_kinds(deputy.home6)
    cells = overview.overview([deputy], kinds, year)[0].cells
    page = {
        "deputy": deputy,
        "rows": list(reversed(rows)),
        "hidden": hidden,
        "cells": list(zip(kinds, cells, strict=True)),
        "year": year,
        "years": years(),
        "at": "/office/duties",
    }
    return render(request, "web/office/duty_member.html", page)


@for_roles(*JUDGES)
@never_cache
@require_GET
def verify(request: HttpRequest) -> HttpResponse:
    """List what waits for a person: deeds to verify, diaries that look alike, pledges to confirm."""
    actor = answering(request)
    page = {
        "deeds": list(overview.to_verify(actor)[: overview.PAGE]),
        "copies": list(overview.to_judge(actor)[: overview.PAGE]),
        "pledges": list(pledges_watched(actor, "proof", clock.today().year)[: overview.PAGE]),
        "at": "/office/duties/verify",
    }
    return render(request, "web/office/duty_verify.html", page)


@for_roles(*READERS)
@never_cache
@require_GET
def record(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one record with the acts of those who look at it."""
    return _record(request, selectors.duty_for(actor_of(request), pk))


def _record(request: HttpRequest, row: DutyRecord, tried: Tried | None = None) -> HttpResponse:
    page = record_page(actor_of(request), row, base=f"/office/duties/records/{row.id}", tried=tried)
    status = tried.refusal.status if tried else 200
    return render(request, "web/office/duty_record.html", {**page, "at": "/office/duties"}, status=status)


@for_roles(*JUDGES)
@require_POST
def record_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Carry out one act; a refusal keeps what was typed."""
    row = selectors.duty_for(actor_of(request), pk)
    tried = try_act(request, row, act)
    if tried:
        row.refresh_from_db()
        return _record(request, row, tried)
    messages.success(request, _("已办好。"))
    return redirect("duty_record", pk=pk)


@for_roles(*JUDGES)
@never_cache
@require_GET
def pledge_ledger(request: HttpRequest) -> HttpResponse:
    """履职承诺台账: overdue ones first, proofs to be confirmed."""
    return _pledges(request)


def _pledges(request: HttpRequest, tried: Tried | None = None) -> HttpResponse:
    actor, shown, today = answering(request), request.GET.get("tab", "late"), clock.today()
    rows = [
        (row, row.overdue(today), pledge_acts(actor, row, "/office/duties/pledges", tried))
        for row in pledges_watched(actor, shown, year_of(request))[: overview.PAGE]
    ]
    page = {"rows": rows, "tabs": LEDGER, "shown": shown, "at": "/office/duties/pledges"}
    return render(
        request, "web/office/duty_pledges.html", page, status=tried.refusal.status if tried else 200
    )


@for_roles(*JUDGES)
@require_POST
def pledge_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Carry out one act on a pledge."""
    tried = try_pledge(request, pledge_for(actor_of(request), pk), act)
    if tried:
        return _pledges(request, tried)
    messages.success(request, _("已办好。"))
    return redirect("office_pledges")


@for_roles(*BODY)
@never_cache
@require_GET
def online(request: HttpRequest) -> HttpResponse:
    """信息化程度: the share of each duty recorded online and entered later, by town."""
    actor, year = actor_of(request), year_of(request)
    shares = overview.online_shares(actor, year)
    names = {kind.slug: kind.name for kind in selectors.kinds_in_force(settings.LIANXIN_HOME6)}
    by_town: dict[str, dict[str, overview.Share]] = defaultdict(dict)
    for share in shares:
        by_town[share.place][share.kind] = share
    slugs = [slug for slug in names if any(slug in row for row in by_town.values())]
    page = {
        "heads": [names[slug] for slug in slugs],
        "rows": [(place_name(town), _line(row, slugs), _sum(row.values())) for town, row in by_town.items()],
        "sums": [_sum(share for share in shares if share.kind == slug) for slug in slugs],
        "whole": _sum(shares),
        "year": year,
        "years": years(),
        "at": "/office/duties/online",
    }
    return render(request, "web/office/duty_online.html", page)


def _line(row: dict[str, overview.Share], slugs: list[str]) -> list[overview.Share | None]:
    return [row.get(slug) for slug in slugs]


def _sum(shares: Any) -> overview.Share:
    every = list(shares)
    return overview.Share("", "", sum(one.online for one in every), sum(one.total for one in every))


@for_roles(*BODY)
@never_cache
@require_GET
def later(request: HttpRequest) -> HttpResponse:
    """List the records behind one figure of 信息化程度 that were entered later."""
    actor, year = actor_of(request), year_of(request)
    place, kind = request.GET.get("place", ""), request.GET.get("kind", "")
    rows = overview.later_records(actor, year, place=place, kind=kind)[: overview.PAGE]
    page = {"rows": rows, "place": place_name(place), "year": year, "at": "/office/duties/online"}
    return render(request, "web/office/duty_later.html", page)
