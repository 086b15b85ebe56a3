"""The first screen of a member of the standing committee: his deputies, households and towns."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.contacts.models import Kind, Pairing
from lianxin.contacts.selectors import own_pairings
from lianxin.insight.effect import rows_of
from lianxin.insight.homes.congress import congress_waiting
from lianxin.insight.homes.contacts import HOUSEHOLDS, called_on
from lianxin.insight.homes.shapes import Chart, Figure, Home, Todo, counted
from lianxin.opinions.counts import yearly_list
from lianxin.regions.selectors import place_name


def home(actor: Actor) -> Home:
    """Return the contacts that wait for a word, how many there are, what people speak of most."""
    rows = list(own_pairings(actor))
    return Home(
        [*congress_waiting(actor), *(_todo(row) for row in rows if not called_on(row))],
        [
            Figure("我联系的", len(rows), HOUSEHOLDS),
            Figure("兑现的承诺", _pledges(actor), "/office/effect/kept"),
        ],
        _priorities(actor),
        ring=sorted((called_on(row) for row in rows), reverse=True),
    )


def _pledges(actor: Actor) -> int:
    """Return how many pledges came true; the list behind is that of 治理效能, with the other figures."""
    return rows_of(actor, "kept", clock.today().year, rest=False).count()


def _priorities(actor: Actor) -> Chart | None:
    """Return this year's priorities (年度重点) by how many opinions stand behind each."""
    year, places = clock.today().year, actor.places(Role.LEADER)
    topics = yearly_list(places[0][:6], year)[:5] if places else []
    return counted("今年的重点", [(str(topic.category), topic.opinions_count) for topic in topics])


def _todo(row: Pairing) -> Todo:
    """Return one contact to be in touch with; a household is named by its number only."""
    kind = str(row.get_kind_display())
    return Todo(
        kind, "footprints", _name(row), place_name(row.division_code), "联系", f"{HOUSEHOLDS}/{row.pk}"
    )


def _name(row: Pairing) -> str:
    if row.kind == Kind.MEMBER_DEPUTY and row.other is not None:
        return _("%(name)s代表") % {"name": row.other.name}
    if row.household is not None:
        return _("%(number)s号户") % {"number": row.household.number}
    return row.group.name if row.group is not None else place_name(row.target)
