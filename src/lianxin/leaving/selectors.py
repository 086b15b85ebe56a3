"""Reading leavings: the desk's list, one leaving by kind with who may take it over, one's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import NotFound
from lianxin.contacts.models import ContactMember
from lianxin.contacts.models import Kind as PairKind
from lianxin.contacts.permissions import own_deputies, own_ids
from lianxin.contacts.selectors import loads
from lianxin.duties.models import MeetingRequest
from lianxin.leaving.models import KindLabel, Leaving, LeavingItem
from lianxin.leaving.permissions import items_visible_to, visible_to
from lianxin.leaving.services.naming import receivers_of_post
from lianxin.leaving.workflow import COVERED, STANDING, WITH_BODY, Item, Kind, State
from lianxin.people.actors import active_seats
from lianxin.people.models import Deputy, GroupMember
from lianxin.people.selectors import deputies_in
from lianxin.suggestions.models import Cosignature

MOST = 200


@dataclass(slots=True)
class Section:
    """All things of one kind: who may take them over, and what else may be done with them."""

    kind: str
    label: str
    items: list[LeavingItem] = field(default_factory=list)
    people: list[tuple[str, str]] = field(default_factory=list)
    body_can: bool = False
    can_be_covered: bool = False

    @property
    def open_items(self) -> list[LeavingItem]:
        """Return what still moves."""
        return [one for one in self.items if one.state in STANDING]


def leavings_page(actor: Actor, *, tab: str = "open") -> QuerySet[Leaving]:
    """Return the leavings that the actor leads, with how many things have no receiver yet."""
    standing = Q(items__state__in=STANDING)
    rows = visible_to(actor).select_related("deputy", "account")
    rows = rows.filter(state=State.OPEN) if tab == "open" else rows.exclude(state=State.OPEN)
    return rows.annotate(
        total=Count("items"),
        waiting=Count("items", filter=Q(items__state=Item.WAITING)),
        asked=Count("items", filter=Q(items__state=Item.ASKED)),
        standing=Count("items", filter=standing),
    ).order_by("leaves_on", "id")


def leaving_for(actor: Actor, pk: UUID) -> Leaving:
    """Return a leaving that the actor may see."""
    row = visible_to(actor).select_related("deputy__account", "account").filter(pk=pk).first()
    if row is None:
        raise NotFound("没有找到这次移交，或者不在您的范围内。")
    return row


def item_for(actor: Actor, pk: UUID) -> LeavingItem:
    """Return one thing that the actor may see."""
    row = items_visible_to(actor).select_related("leaving").filter(pk=pk).first()
    if row is None:
        raise NotFound("没有找到这一项，或者不在您的范围内。")
    return row


def sections(leaving: Leaving) -> list[Section]:
    """Return the things of a leaving by kind, in the order in which people think of them."""
    rows = leaving.items.select_related("receiver", "receiver_account", "cover", "leaving")
    found: dict[str, Section] = {}
    for item in rows.order_by("id"):
        section = found.setdefault(item.kind, _section(item.kind))
        section.items.append(item)
    ordered = [found[kind] for kind in KindLabel.values if kind in found]
    if leaving.state == State.OPEN:
        _fill(leaving, ordered)
    return ordered


def asked_of(actor: Actor) -> list[tuple[Leaving, list[LeavingItem]]]:
    """Return what the actor is asked to take over, by leaving."""
    rows = items_visible_to(actor).filter(state__in=[Item.ASKED, Item.ACCEPTED], leaving__state=State.OPEN)
    rows = rows.select_related("leaving__deputy", "leaving__account")
    found: dict[UUID, tuple[Leaving, list[LeavingItem]]] = {}
    own = own_ids(actor)
    for item in rows.select_related("leaving__deputy", "receiver", "receiver_account").order_by("id"):
        if item.receiver_id in own or item.receiver_account_id == actor.id:
            found.setdefault(item.leaving_id, (item.leaving, []))[1].append(item)
    return list(found.values())


def own_leavings(actor: Actor) -> list[Leaving]:
    """Return the actor's own leavings, with their things."""
    if actor.id is None:
        return []
    rows = Leaving.objects.filter(account=actor.id).select_related("deputy", "account")
    return list(rows.prefetch_related("items__receiver", "items__receiver_account").order_by("-id")[:3])


def waiting_for(actor: Actor) -> QuerySet[LeavingItem]:
    """Return the things that wait for the actor's word."""
    mine = Q(receiver__in=own_deputies(actor)) | Q(receiver_account=actor.id)
    return LeavingItem.objects.filter(mine, state=Item.ASKED, leaving__state=State.OPEN)


def _section(kind: str) -> Section:
    label = str(KindLabel(kind).label)
    return Section(kind, label, body_can=kind in WITH_BODY, can_be_covered=kind in COVERED)


def _fill(leaving: Leaving, ordered: list[Section]) -> None:
    town = _town_people(leaving) if leaving.deputy_id else []
    for section in ordered:
        if section.kind == Kind.POST:
            posts = receivers_of_post(section.items[0])
            section.people = [(f"account:{one.pk}", one.display_name) for one in posts]
        elif section.kind in {Kind.HOUSEHOLD, Kind.GRID, Kind.VILLAGE, Kind.TURN, Kind.PLEDGE}:
            section.people = town
        else:
            section.people = _named(leaving, _special(section))


def _town_people(leaving: Leaving) -> list[tuple[str, str]]:
    """Return the deputies of the town, those with the fewest households first."""
    held = loads(PairKind.DEPUTY_HOUSEHOLD)
    rows = deputies_in(f"{leaving.division_code[:9]}000").exclude(leavings=leaving)
    people = sorted(rows[:MOST], key=lambda one: (held.get(one.pk, 0), one.pinyin))
    return [(f"deputy:{one.pk}", f"{one.name}（现联系 {held.get(one.pk, 0)} 户）") for one in people]


def _special(section: Section) -> QuerySet[Deputy]:
    """Return who may take over what only some may: a group, a relation, a paper, a meeting."""
    targets = [UUID(one.target) for one in section.items]
    if section.kind == Kind.GROUP:
        members = GroupMember.objects.filter(group__in=targets, valid_to=None)
        return Deputy.objects.filter(pk__in=members.values("deputy_id"))
    if section.kind == Kind.SUGGESTION:
        signed = Cosignature.objects.filter(suggestion__in=targets, state="confirmed")
        return Deputy.objects.filter(pk__in=signed.values("deputy_id"))
    if section.kind == Kind.MEETING:
        return Deputy.objects.filter(pk__in=MeetingRequest.objects.filter(pk__in=targets).values("joint"))
    return Deputy.objects.filter(pk__in=ContactMember.objects.filter(until=None).values("deputy_id"))


def _named(leaving: Leaving, rows: QuerySet[Deputy]) -> list[tuple[str, str]]:
    sitting = rows.filter(seats__in=active_seats(clock.today())).exclude(leavings=leaving).distinct()
    return [(f"deputy:{one.pk}", one.name) for one in sitting.order_by("pinyin")[:MOST]]
