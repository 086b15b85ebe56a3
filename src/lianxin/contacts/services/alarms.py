"""Alarms: a broken link is raised once, told to who answers for the place, and ended when it is mended.

Rooms above bring their own kinds: `alarms_keep` compares what is broken now with what is on the list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.common.inserting import insert_if_new
from lianxin.contacts.models import Alarm
from lianxin.notifications.services import Recipient, enqueue

BROKEN_PAGE = "/office/pairing/broken"
Broken = dict[tuple[str, str], tuple[str, int]]
"""(kind, subject) → the place it lies in, how many are concerned."""


@dataclass(frozen=True, slots=True)
class AlarmKind:
    """One kind of broken link: how it is said, where it is mended, whether the city mends it."""

    what: str
    words: str
    link: str
    to_city: bool = False

    def said(self, count: int) -> str:
        """Return the alarm in words."""
        return self.words.format(n=count)


def alarms_keep(kinds: Iterable[AlarmKind], broken: Broken) -> int:
    """Raise what is newly broken, end what is mended, of these kinds alone; return how many are new."""
    known = {kind.what: kind for kind in kinds}
    held = {(row.what, row.subject): row for row in Alarm.objects.filter(what__in=known, ended_at=None)}
    mended = [row.pk for key, row in held.items() if key not in broken]
    Alarm.objects.filter(pk__in=mended, ended_at=None).update(ended_at=clock.now())
    new = [key for key in broken if key not in held]
    return sum(_raise(known[what], subject, *broken[what, subject]) for what, subject in new)


def _raise(kind: AlarmKind, subject: str, place: str, count: int) -> int:
    """Put one alarm on the list and tell of it; who looks at the same moment finds it there already."""
    row = Alarm(home6=place[:6], division_code=place, what=kind.what, subject=subject, count=count)
    if not insert_if_new(row):
        return 0
    town, city = place[:9] + "000", place[:6] + "000000"
    to = Recipient.role(Role.OFFICE, city) if kind.to_city else Recipient.role(Role.PRESIDIUM, town)
    enqueue(
        to=to,
        subject=kind.said(count),
        text="请在「缺联」里安排接替的人。",
        about_kind="alarm",
        about_id=row.id,
        home6=row.home6,
        dedupe=f"alarm:{row.id}",
        link=kind.link,
    )
    return 1
