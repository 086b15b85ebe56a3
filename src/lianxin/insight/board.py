"""The oversight office's board: each unit's replies in time, returns, what is late."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.handling.permissions import visible_to
from lianxin.handling.workflow import State
from lianxin.people.selectors import organ_name


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit's line; shares are None where there is nothing to divide."""

    code: str
    name: str
    total: int
    opened: int
    late: int
    replied: int
    in_time: int
    returned: int

    @property
    def on_time(self) -> float | None:
        """Return the share of replies in time, in percent."""
        return round(100 * self.in_time / self.replied, 1) if self.replied else None

    @property
    def returned_share(self) -> float | None:
        """Return the share of parts given back, in percent."""
        return round(100 * self.returned / self.total, 1) if self.total else None

    @property
    def note(self) -> str:
        """Return the counts behind the share."""
        counts = {"in_time": self.in_time, "replied": self.replied, "late": self.late}
        return _("按期 %(in_time)s／已答复 %(replied)s；逾期在办 %(late)s") % counts

    @property
    def light(self) -> str:
        """Return the lamp: red where something is late, yellow below nine tenths, else green."""
        if self.late:
            return "red"
        return "yellow" if self.on_time is not None and self.on_time < 90 else "green"


def unit_board(actor: Actor) -> list[UnitRow]:
    """Return the units that the actor watches, the most late first (one query)."""
    today = clock.today()
    replied = Q(state=State.REPLIED)
    rows = (
        visible_to(actor)
        .order_by()
        .values("unit_code")
        .annotate(
            total=Count("id"),
            opened=Count("id", filter=Q(ended=False)),
            late=Count("id", filter=Q(ended=False, reply_due_on__lt=today)),
            replied=Count("id", filter=replied),
            in_time=Count("id", filter=replied & Q(replied_on__lte=F("reply_due_on"))),
            returned=Count("id", filter=Q(state=State.RETURNED)),
        )
    )
    found = [
        UnitRow(
            row["unit_code"],
            organ_name(row["unit_code"]),
            *(row[name] for name in ("total", "opened", "late", "replied", "in_time", "returned")),
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: (-row.late, row.on_time if row.on_time is not None else 101))
