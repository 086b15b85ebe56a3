"""What goes along: the deputy's own households and the few lists that the forms need. No other's contacts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from lianxin.audit.services import record
from lianxin.campaigns.selectors import watched
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.contacts.models import ContactVisit, Pairing, VisitWay
from lianxin.contacts.permissions import may
from lianxin.contacts.selectors import own_households
from lianxin.contacts.services.keys import keys_of, opened, person_of
from lianxin.duties.models import Privacy
from lianxin.duties.selectors import kinds_in_force
from lianxin.people.actors import deputy_of
from lianxin.people.models import Deputy
from lianxin.regions.selectors import place_name, villages_of
from lianxin.rulebook.services import value
from lianxin.stations.models import Confirmed, DutyTurn, Outcome
from lianxin.stations.permissions import turns_visible_to
from lianxin.web.field.diaries import diaries_of
from lianxin.web.station.entry import stations_of

MOST_HOUSEHOLDS = 30
DAYS_AHEAD = 7


def package_of(actor: Actor) -> dict[str, Any]:
    """Return all that the telephone takes along; that households were opened is on the trail."""
    deputy = deputy_of(actor)
    rows = [one for one in own_households(actor)[:MOST_HOUSEHOLDS] if may(actor, "open", one)]
    if deputy:
        _on_record(actor, deputy, len(rows))
    return {
        "households": _households(rows),
        "days": _days(actor),
        "diaries": diaries_of(actor),
        "stations": [{"code": one.code, "name": one.name} for one in stations_of(actor)],
        "villages": _villages(deputy),
        "watched": _watched(actor),
        "categories": value("opinion.categories"),
        "ways": _choices(VisitWay.choices),
        "privacies": _choices(Privacy.choices),
        "outcomes": _choices([one for one in Outcome.choices if one[0] != Outcome.APPOINTMENT]),
        "confirmed": _choices(
            [one for one in Confirmed.choices if one[0] in {Confirmed.PAPER, Confirmed.DECLINED}]
        ),
        "fields": {
            kind.slug: kind.fields for kind in kinds_in_force(deputy.home6) if kind.slug == "practical_deed"
        }
        if deputy
        else {},
        "photos": {"opinion": value("opinion.max_photos"), "other": 6},
    }


def _households(rows: list[Pairing]) -> list[dict[str, Any]]:
    keys = keys_of(row.household_id for row in rows if row.household_id)
    matters = _last_matters([row.pk for row in rows])
    fresh = clock.today() - timedelta(days=value("contact.visit_days"))
    return [
        _household(row, keys, matters, bool(row.last_contact_on and row.last_contact_on >= fresh))
        for row in rows
    ]


def _household(
    row: Pairing, keys: dict[UUID, str], matters: dict[UUID, list[str]], visited: bool
) -> dict[str, Any]:
    home = row.household
    assert home is not None  # own_households are pairings of households
    key = keys.get(home.pk)
    who = person_of(home, key)
    return {
        "pairing": str(row.pk),
        "number": home.number,
        "name": who.name,
        "phone": who.phone,
        "place": place_name(home.division_code),
        "division_code": home.division_code,
        "group": home.group_no,
        "last_on": row.last_contact_on.isoformat() if row.last_contact_on else "",
        "visited": visited,
        "matters": [words for words in (opened(one, key) for one in matters.get(row.pk, [])) if words],
    }


def _last_matters(pairings: list[UUID]) -> dict[UUID, list[str]]:
    """Return pairing → the sealed matters of its last visits, the newest first, three at most."""
    visits = ContactVisit.objects.filter(pairing__in=pairings).order_by("-on").prefetch_related("matters")
    found: dict[UUID, list[str]] = {}
    for visit in visits[:200]:
        heard = found.setdefault(visit.pairing_id, [])
        heard += [one.text for one in visit.matters.all()][: 3 - len(heard)]
    return found


def _days(actor: Actor) -> list[dict[str, str]]:
    """Return the reception days at whose table the deputy sits around today."""
    today = clock.today()
    near = Q(day__on__gte=today - timedelta(days=DAYS_AHEAD), day__on__lte=today + timedelta(days=DAYS_AHEAD))
    mine = turns_visible_to(actor).filter(near, deputy__account=actor.id)
    turns: list[DutyTurn] = list(mine.select_related("day__station").order_by("day__on"))
    return [
        {"id": str(one.day_id), "on": one.day.on.isoformat(), "station": one.day.station.name}
        for one in turns
    ]


def _villages(deputy: Deputy | None) -> list[dict[str, str]]:
    if deputy is None:
        return []
    return [{"code": one.code, "name": one.name} for one in villages_of(deputy.division_code[:9] + "000")]


def _watched(actor: Actor) -> list[dict[str, str]]:
    """Return the villages that the deputy supervises and whose sheet of the quarter is still to fill."""
    return [
        {"code": one.profile.division_code, "name": f"{one.town}{one.name}"}
        for one in watched(actor, own=True)
        if one.sheet is None
    ]


def _choices(pairs: list[tuple[str, Any]]) -> list[dict[str, str]]:
    return [{"code": key, "name": str(label)} for key, label in pairs]


def _on_record(actor: Actor, deputy: Deputy, count: int) -> None:
    facts = {"households": count}
    about: dict[str, Any] = {"kind": "deputy", "target": deputy.pk, "home6": deputy.home6}
    record(actor=actor, tag="contacts.take_along", facts=facts, **about)
