"""Lists of contacts: relations with their last contact, who is off his number, what is broken, the chain."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.contacts import chain, selectors
from lianxin.contacts.models import Alarm, Kind
from lianxin.contacts.services import AlarmKind, continuity
from lianxin.regions.selectors import place_name
from lianxin.rulebook.services import value
from lianxin.stations.services import vacancies
from lianxin.web.door import actor_of, for_roles, start_of
from lianxin.web.office.pairing import LOOKERS, names_of_deputies, places_of, town_of

SHOWN = 50
ALARMS: dict[str, AlarmKind] = {kind.what: kind for kind in (*continuity.KINDS, *vacancies.KINDS)}
"""Every kind of broken link, whichever room looks for it."""


@for_roles(*LOOKERS, Role.KEEPER)
@never_cache
@require_GET
def relations(request: HttpRequest) -> HttpResponse:
    """List who contacts whom, how often, and when last; those longest without contact first."""
    kind = request.GET.get("kind", Kind.MEMBER_DEPUTY)
    first = start_of(request)
    since = clock.today() - timedelta(days=value("contact.visit_days"))
    rows = list(selectors.relations(actor_of(request), kind)[first : first + SHOWN + 1])
    page = {
        "rows": [
            (row, place_name(row.division_code), bool(row.last_contact_on and row.last_contact_on >= since))
            for row in rows[:SHOWN]
        ],
        "next": first + SHOWN if len(rows) > SHOWN else 0,
        "kinds": Kind.choices,
        "kind": kind,
        "at": "/office/pairing/relations",
    }
    return render(request, "web/office/pairing_relations.html", page)


@for_roles(*LOOKERS)
@never_cache
@require_GET
def quotas(request: HttpRequest) -> HttpResponse:
    """List everybody who has not five and five, or ten."""
    off = [row for place in places_of(actor_of(request)) for row in selectors.quotas_off_in(place)]
    names = names_of_deputies([row.person for row in off[:SHOWN]])
    page = {
        "rows": [(row, names.get(row.person, ""), Kind(row.kind).label) for row in off[:SHOWN]],
        "count": len(off),
        "five": value("contact.member"),
        "ten": value("contact.deputy"),
        "at": "/office/pairing/quotas",
    }
    return render(request, "web/office/pairing_quotas.html", page)


@for_roles(Role.PRESIDIUM, Role.OFFICE)
@never_cache
@require_GET
def broken(request: HttpRequest) -> HttpResponse:
    """List what is broken: alarms, and pairs that wait for somebody new."""
    actor, start = actor_of(request), start_of(request)
    alarms = list(selectors.open_alarms(actor)[start : start + SHOWN + 1])
    page = {
        "alarms": [(row, *alarm_said(row), place_name(row.division_code)) for row in alarms[:SHOWN]],
        "next": start + SHOWN if len(alarms) > SHOWN else 0,
        "waiting": [(row, place_name(row.division_code)) for row in selectors.waiting(actor)[:SHOWN]],
        "at": "/office/pairing/broken",
    }
    return render(request, "web/office/pairing_broken.html", page)


def alarm_said(row: Alarm) -> tuple[AlarmKind, str]:
    """Return an alarm's kind and its words."""
    kind = ALARMS[row.what]
    return kind, gettext(kind.words).format(n=row.count)


@for_roles(*LOOKERS)
@never_cache
@require_GET
def chain_page(request: HttpRequest) -> HttpResponse:
    """领导›镇›组›代表›户: open the five levels one after the other."""
    levels: dict[str, Any] = {}
    town = town_of(request, LOOKERS) if request.GET.get("town") else ""
    levels["towns"] = chain.towns_of(places_of(actor_of(request)))
    levels["groups"] = chain.groups_of(town) if town else []
    group = request.GET.get("group", "")
    levels["deputies"] = chain.deputies_of(town, group) if town and group else []
    deputy = request.GET.get("deputy", "")
    levels["households"] = chain.households_of(town, deputy) if town and deputy else []
    page = {**levels, "town": town, "group": group, "deputy": deputy, "at": "/office/pairing/chain"}
    return render(request, "web/office/pairing_chain.html", page)
