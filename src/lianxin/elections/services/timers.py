"""What the clock does for elections: reminds of objections and hand-overs; safe to repeat."""

from __future__ import annotations

from datetime import date, timedelta

from lianxin.common import clock
from lianxin.elections.models import RollObjection, VillageElection
from lianxin.elections.telling import tell_town, tell_village

SOON = timedelta(days=2)


def elections_tick(today: date | None = None) -> int:
    """Remind of what is due in two days; what is late the town hears of, once."""
    day = today or clock.today()
    return _handovers(day) + _objections(day)


def _handovers(day: date) -> int:
    waiting = VillageElection.objects.filter(handed_over_on=None, handover_due__lte=day + SOON)
    found = list(waiting)
    for election in found:
        due = election.handover_due
        if due is not None and due < day:
            tell_town(election, "有村换届移交逾期了", f"handover-late:{election.id}:{election.attempt}")
        else:
            tell_village(election, "换届移交快到期了", f"handover-soon:{election.id}:{election.attempt}")
    return len(found)


def _objections(day: date) -> int:
    found = list(
        RollObjection.objects.filter(decided_on=None, due_on__lte=day + SOON).select_related("election")
    )
    for one in found:
        tell_village(one.election, "有一件选民名单申诉要按期作出决定", f"objection:{one.id}")
        if one.due_on < day:
            tell_town(one.election, "有村没有按期答复选民名单申诉", f"objection-late:{one.id}")
    return len(found)
