"""Reading pairings: one's own, those of a place, what is broken."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import combinations
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from lianxin.common import clock
from lianxin.common.actor import Actor, Role, place_prefix
from lianxin.common.errors import NotFound
from lianxin.contacts.geography import Roads
from lianxin.contacts.legs import ESTIMATE
from lianxin.contacts.models import (
    OF_HOUSEHOLDS,
    Alarm,
    Answer,
    Avoidance,
    Consent,
    ContactMember,
    ContactVisit,
    Household,
    Kind,
    Pairing,
    Plan,
    ReplySheet,
    TravelTime,
    VisitMatter,
)
from lianxin.contacts.permissions import (
    households_visible_to,
    own_deputies,
    reply_sheets_visible_to,
    visible_to,
)
from lianxin.contacts.rules import Off, quotas_off
from lianxin.contacts.workflow import KEPT, LIVE, MatterState, State
from lianxin.people.actors import active_seats
from lianxin.people.models import Deputy, DeputyGroup
from lianxin.regions.selectors import place_name, villages_of
from lianxin.rulebook.services import value


def own_pairings(actor: Actor) -> QuerySet[Pairing]:
    """Return the contacts in force that the actor keeps or covers."""
    own = own_deputies(actor)
    kept = Pairing.objects.filter(Q(deputy__in=own) | Q(cover__in=own), state__in=KEPT)
    return kept.select_related("household", "other", "group").order_by("kind", "division_code", "target")


def own_households(actor: Actor) -> QuerySet[Pairing]:
    """Return the actor's pairings with households (「我的10户」), those longest not visited first."""
    own = own_pairings(actor).filter(kind__in=OF_HOUSEHOLDS, household__erased_at=None)
    return own.order_by(F("last_contact_on").asc(nulls_first=True), "household__number")


def pairing_for(actor: Actor, pk: UUID) -> Pairing:
    """Return a pairing that the actor may see."""
    found = visible_to(actor).select_related("household", "other", "group", "deputy").filter(pk=pk).first()
    if found is None:
        raise NotFound("没有找到这一对，或者您不能查看。")
    return found


def kept_apart(row: Pairing) -> bool:
    """Say whether the two sides of a pairing were declared not to be joined (相互回避)."""
    return Avoidance.objects.filter(deputy=row.deputy_id, target=row.target, ended_at=None).exists()


def own_answers(actor: Actor) -> list[tuple[Deputy, Consent | None]]:
    """Return the actor as a contact person with what he said when he was asked."""
    rows = list(own_deputies(actor))
    said = {one.deputy_id: one for one in Consent.objects.filter(replaced_at=None, deputy__in=rows)}
    return [(row, said.get(row.pk)) for row in rows]


def quotas_off_in(place: str) -> list[Off]:
    """Return everybody in a place who has not exactly the number of contacts that the rules ask for."""
    home6 = place[:6]
    five, ten = (int(value(name, home6=home6)) for name in ("contact.member", "contact.deputy"))
    people = Deputy.objects.filter(
        division_code__startswith=place_prefix(place), seats__in=active_seats(clock.today())
    )
    ids = [str(pk) for pk in people.distinct().values_list("pk", flat=True)]
    members = set(ContactMember.objects.filter(until=None).values_list("deputy_id", flat=True))
    counts = _counts()
    return [
        *quotas_off(ids, {Kind.DEPUTY_HOUSEHOLD: ten}, counts),
        *quotas_off(
            [pk for pk in ids if UUID(pk) in members],
            {Kind.MEMBER_DEPUTY: five, Kind.MEMBER_HOUSEHOLD: five},
            counts,
        ),
    ]


def _counts() -> dict[tuple[str, str], int]:
    rows = Pairing.objects.filter(state__in=KEPT).values_list("deputy_id", "kind").annotate(n=Count("id"))
    return {(str(deputy), kind): n for deputy, kind, n in rows.order_by()}


def alarms_visible_to(actor: Actor) -> QuerySet[Alarm]:
    """Return the broken links, mended ones too, of the places that the actor answers for."""
    rule = Q(pk=None)
    for place in actor.places(Role.PRESIDIUM, Role.OFFICE):
        rule |= Q(division_code__startswith=place_prefix(place))
    return Alarm.objects.filter(rule)


def open_alarms(actor: Actor) -> QuerySet[Alarm]:
    """Return the broken links that wait to be mended."""
    return alarms_visible_to(actor).filter(ended_at=None).order_by("seen_at", "id")


def matters_open(actor: Actor) -> QuerySet[VisitMatter]:
    """Return what the actor has heard and not yet settled."""
    own = own_deputies(actor)
    mine = Q(visit__pairing__deputy__in=own) | Q(visit__pairing__cover__in=own)
    open_ones = VisitMatter.objects.filter(mine, state__in=[MatterState.OPEN, MatterState.COORDINATING])
    return open_ones.select_related("visit__pairing__household", "visit__pairing__other").order_by("id")


def matter_of_opinion(opinion_id: UUID) -> VisitMatter | None:
    """Return the matter of a visit from which an opinion was born."""
    return VisitMatter.objects.select_related("visit__pairing").filter(opinion_id=opinion_id).first()


def asked_figures(town: str) -> dict[str, int]:
    """Return how many households of a town said what, how many were not asked, how many deputies agreed."""
    homes = Household.objects.filter(division_code__startswith=place_prefix(town), erased_at=None)
    said = Consent.objects.filter(replaced_at=None, household__in=homes)
    counts = dict(said.values_list("answer").annotate(n=Count("id")).order_by())
    deputies = Consent.objects.filter(
        replaced_at=None, answer=Answer.AGREE, deputy__division_code__startswith=place_prefix(town)
    )
    found = {answer: int(counts.get(answer, 0)) for answer in Answer.values}
    return {**found, "unasked": homes.count() - sum(found.values()), "deputies": deputies.count()}


def unasked(actor: Actor) -> QuerySet[Household]:
    """Return the households of the actor's places that have not been asked yet."""
    said = Consent.objects.filter(household=OuterRef("pk"), replaced_at=None)
    return households_visible_to(actor).filter(~Exists(said), erased_at=None, moved_on=None)


def loads(kind: str) -> dict[UUID, int]:
    """Return how many contacts of a kind each contact person has."""
    rows = Pairing.objects.filter(kind=kind, state__in=LIVE).values_list("deputy_id").annotate(n=Count("id"))
    return dict(rows.order_by())


def relations(actor: Actor, kind: str) -> QuerySet[Pairing]:
    """Return the contacts in force of a kind that the actor may see, with how often in the last year."""
    year = clock.today() - timedelta(days=365)
    rows = visible_to(actor).filter(kind=kind, state__in=KEPT)
    rows = rows.annotate(often=Count("visits", filter=Q(visits__on__gte=year)))
    rows = rows.select_related("deputy", "other", "group", "household")
    return rows.order_by(F("last_contact_on").asc(nulls_first=True), "id")


def group_owners(groups: Iterable[DeputyGroup]) -> dict[UUID, str]:
    """Return group id → who of the presidium keeps contact with it (主席团联系小组); one query."""
    rows = Pairing.objects.filter(kind=Kind.PRESIDIUM_GROUP, state__in=KEPT, group__in=list(groups))
    return dict(rows.values_list("group_id", "deputy__name"))


def contacts_in_force(actor: Actor, *, kind: str = "") -> QuerySet[Pairing]:
    """Return the contacts in force that the actor may see, the newest first."""
    rows = visible_to(actor).filter(state__in=KEPT).select_related("household")
    return (rows.filter(kind=kind) if kind else rows).order_by("-id")


def visits_of(pairing: Pairing) -> QuerySet[ContactVisit]:
    """Return the visits of one contact, the newest first."""
    return pairing.visits.prefetch_related("matters").order_by("-id")


def plans_seen(actor: Actor) -> QuerySet[Plan]:
    """Return the plans of the places that the actor answers for, the newest first."""
    rule = Q(pk=None)
    for place in actor.places(Role.PRESIDIUM, Role.OFFICE):
        rule |= Q(division_code__startswith=place_prefix(place))
    return Plan.objects.filter(rule).order_by("-id")


def waiting(actor: Actor) -> QuerySet[Pairing]:
    """Return pairs that wait for a new contact person, in the places that the actor answers for."""
    rows = visible_to(actor).filter(state=State.REPLACING)
    return rows.select_related("deputy", "cover", "household").order_by("division_code", "target")


def contacts_in_village(village: str) -> dict[UUID, int]:
    """Return deputy id → how many households of a village he contacts; a number, never which."""
    rows = Pairing.objects.filter(kind=Kind.DEPUTY_HOUSEHOLD, state__in=KEPT, division_code=village)
    return dict(rows.values_list("deputy_id").annotate(n=Count("id")).order_by())


def reply_sheets(actor: Actor) -> QuerySet[ReplySheet]:
    """Return the sheets of answers brought in for the actor's places, the latest first."""
    return reply_sheets_visible_to(actor).order_by("-created_at", "-id")


def reply_sheet_for(actor: Actor, pk: UUID) -> ReplySheet:
    """Return one sheet of answers."""
    found = reply_sheets_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound("没有找到这张表，或者不是您镇里的。")
    return found


def walks_of(town: str) -> int:
    """Return how many walks between villages of a town are registered."""
    return TravelTime.objects.filter(start__startswith=town[:9], end__startswith=town[:9]).count()


def walk_rows(town: str, roads: Roads) -> list[tuple[str, str, str, str, int, str]]:
    """Return every walk between two villages of a town, as the table of walks has it."""
    villages = [one.code for one in villages_of(town).order_by("code")]
    known = TravelTime.objects.filter(start__in=villages, end__in=villages)
    basis = {(row.start, row.end): row.basis for row in known}
    names = {code: place_name(code) for code in villages}
    return [
        (a, names[a], b, names[b], roads.walk(a, b).minutes, basis.get((a, b), ESTIMATE))
        for a, b in combinations(villages, 2)
    ]
