"""What somebody has in hand today: one list over all rooms, each row of it needs a receiver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from lianxin.common import clock
from lianxin.common.actor import Role, place_prefix
from lianxin.contacts.models import OF_HOUSEHOLDS, Pairing
from lianxin.contacts.workflow import KEPT, MatterState
from lianxin.duties.flows.selectors import OVER
from lianxin.duties.models import DutyPledge, MeetingRequest
from lianxin.duties.workflow import UNFULFILLED
from lianxin.leaving.models import LeavingItem
from lianxin.leaving.workflow import Item, Kind
from lianxin.notifications.models import CallTask
from lianxin.opinions.models import Opinion
from lianxin.opinions.selectors import TABS as OPINION_TABS
from lianxin.people.models import Account, Deputy, DeputyGroup, RoleHeld
from lianxin.regions.selectors import place_name
from lianxin.stations.models import DutyTurn, GridRole
from lianxin.stations.workflow import OPEN as OPEN_TURNS
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.permissions import PRIVATE
from lianxin.suggestions.workflow import ENDED
from lianxin.villages.models import VillageProfile

POSTS = {Role.KEEPER: "联络员", Role.GRID_WORKER: "网格员"}


@dataclass(frozen=True, slots=True)
class Holding:
    """One thing in somebody's hands."""

    kind: Kind
    target: str
    label: str
    place: str
    open_matters: int = 0


def of_deputy(deputy: Deputy) -> list[Holding]:
    """Return what a deputy has in hand (nine queries, whatever he has)."""
    found = [
        *_pairings(deputy.pk),
        *_grids(deputy.pk),
        *_groups(deputy.pk),
        *_villages(deputy.pk),
        *_turns(deputy.pk),
        *_pledges(deputy.pk),
        *_papers(deputy.pk),
        *_meetings(deputy.pk),
    ]
    return _still(found)


def of_account(account: Account, roles: Iterable[Role] = tuple(POSTS)) -> list[Holding]:
    """Return the posts of a keeper or grid worker that nobody has taken over."""
    today = clock.today()
    held = RoleHeld.objects.filter(account=account, role__in=list(roles), valid_from__lte=today)
    posts = held.filter(Q(valid_to=None) | Q(valid_to__gte=today)).order_by("role", "place")
    return _still([_post(row) for row in posts])


def in_hand(account: Account) -> int:
    """Return how many things still need a receiver before an account may be closed."""
    deputy = Deputy.objects.filter(account=account).first()
    return len(of_account(account)) + (len(of_deputy(deputy)) if deputy else 0)


def _still(found: list[Holding]) -> list[Holding]:
    """Leave out what a finished leaving has given to somebody: papers keep their author for good."""
    done = LeavingItem.objects.filter(target__in=[one.target for one in found], state=Item.DONE)
    given = set(done.values_list("kind", "target"))
    return [one for one in found if (one.kind.value, one.target) not in given]


def _pairings(deputy: UUID) -> Iterator[Holding]:
    open_states = [MatterState.OPEN, MatterState.COORDINATING]
    waiting = Count("visits__matters", filter=Q(visits__matters__state__in=open_states), distinct=True)
    rows = Pairing.objects.filter(deputy=deputy, state__in=KEPT)
    for row in rows.select_related("household", "other", "group").annotate(n=waiting).order_by("kind", "id"):
        kind = Kind.HOUSEHOLD if row.kind in OF_HOUSEHOLDS else Kind.RELATION
        yield Holding(kind, str(row.pk), _pair_label(row), row.division_code, row.n)


def _pair_label(row: Pairing) -> str:
    if row.household is not None:
        return f"{place_name(row.division_code)} {row.household.number}"
    if row.other is not None:
        return row.other.name
    return row.group.name if row.group is not None else place_name(row.target)


def _grids(deputy: UUID) -> Iterator[Holding]:
    rows = GridRole.objects.filter(deputy=deputy, valid_to=None).select_related("grid").order_by("id")
    for row in rows:
        label = f"{place_name(row.division_code)}{row.grid.name} {row.get_post_display()}"
        yield Holding(Kind.GRID, str(row.pk), label, row.division_code)


def _groups(deputy: UUID) -> Iterator[Holding]:
    for row in DeputyGroup.objects.filter(leader=deputy).order_by("name"):
        yield Holding(Kind.GROUP, str(row.pk), row.name, row.division_code)


def _villages(deputy: UUID) -> Iterator[Holding]:
    for row in VillageProfile.objects.filter(supervising_deputy=deputy).order_by("division_code"):
        yield Holding(Kind.VILLAGE, str(row.pk), place_name(row.division_code), row.division_code)


def _turns(deputy: UUID) -> Iterator[Holding]:
    rows = DutyTurn.objects.filter(deputy=deputy, state__in=OPEN_TURNS, day__on__gte=clock.today())
    for row in rows.select_related("day__station").order_by("day__on"):
        label = f"{row.day.on:%Y-%m-%d} {row.day.station.name}"
        yield Holding(Kind.TURN, str(row.pk), label, row.division_code)


def _pledges(deputy: UUID) -> Iterator[Holding]:
    rows = DutyPledge.objects.filter(deputy=deputy, state__in=UNFULFILLED).order_by("due_on", "id")
    for row in rows:
        yield Holding(Kind.PLEDGE, str(row.pk), row.item, row.division_code)


def _papers(deputy: UUID) -> Iterator[Holding]:
    """Return what was filed and is not ended, with its open promises; drafts are nobody else's business."""
    rows = Suggestion.objects.filter(lead=deputy).exclude(state__in=(*PRIVATE, *ENDED))
    promises = Count("commitments", filter=Q(commitments__state__in=["open", "proof_given"]))
    for row in rows.annotate(n=promises).order_by("id"):
        label = f"{row.number or ''} {row.title}".strip()
        yield Holding(Kind.SUGGESTION, str(row.pk), label, row.division_code, row.n)


def _meetings(deputy: UUID) -> Iterator[Holding]:
    rows = MeetingRequest.objects.filter(deputy=deputy).exclude(state__in=OVER).order_by("id")
    for row in rows:
        yield Holding(Kind.MEETING, str(row.pk), row.topic, row.division_code)


def _post(held: RoleHeld) -> Holding:
    label = f"{place_name(held.place)} {POSTS[Role(held.role)]}"
    return Holding(Kind.POST, str(held.pk), label, held.place, _waiting_at(held))


def _waiting_at(held: RoleHeld) -> int:
    """Return how many matters wait where the post is: they stay there, the receiver has to know."""
    here = {"division_code__startswith": place_prefix(held.place)}
    opinions = Opinion.objects.filter(**here).exclude(state__in=OPINION_TABS["done"])
    if held.role == Role.GRID_WORKER:
        return opinions.filter(channel="grid").count()
    return opinions.count() + CallTask.objects.filter(**here, state="open").count()
