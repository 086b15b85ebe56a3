"""What stands in the braces of the addresses of yearly files, meetings and honours."""

from __future__ import annotations

from typing import Any

from lianxin.common import clock
from lianxin.duties.flows.meetings import meeting_schedule, meeting_screen
from lianxin.duties.models import ExcellenceBid, MeetingRequest
from tests.factories import assessment as make
from tests.factories.cast import OTHER_TOWN, TOWN, Cast
from tests.permissions.world import OWN, World

PREFIXES: tuple[str, ...] = (
    "deputy/duty-score",
    "deputy/meetings",
    "deputy/excellence",
    "office/assessment",
    "office/meetings",
    "office/excellence",
)
ACTS = {
    "deputy/duty-score": "object",
    "deputy/meetings": "rate",
    "deputy/excellence": "withdraw",
    "office/assessment": "comment",
    "office/meetings": "reject",
    "office/excellence": "decline",
}
"""For each kind of page an act whose empty form changes nothing that is not undone."""
BODIES = {"office/assessment/generate": {"body": TOWN, "year": "2020"}}
BODIES_ELSEWHERE = {"office/assessment/generate": {"body": OTHER_TOWN, "year": "2020"}}


def parameters(world: World, cast: Cast, where: str, route: str) -> dict[str, Any]:
    """Return the brace values; the own matter is the city deputy's on his pages, the town's at the desk."""
    del world
    mine = "deputy_city" if route.startswith("deputy") else "deputy_town"
    who = mine if where == OWN else "deputy_other"
    prefix = next(one for one in PREFIXES if route.startswith(one))
    found: dict[str, Any] = {"code": "contact", "act": ACTS[prefix]}
    if "meetings" in prefix:
        found["pk"] = _meeting(cast, who).pk
    elif "excellence" in prefix:
        found["pk"] = _bid(cast, who).pk
    else:
        found["pk"] = make.accrued(cast, who, clock.today().year).pk
    return found


def _meeting(cast: Cast, who: str) -> MeetingRequest:
    row = MeetingRequest.objects.filter(deputy=cast.deputy_row(who)).first()
    if row is not None:
        return row
    row = make.asked(cast, who, organ="power" if who == "deputy_other" else "transport")
    row = meeting_screen(actor=cast.office, row=row)
    return meeting_schedule(actor=cast.office, row=row, meet_on=clock.today(), place="会议室")


def _bid(cast: Cast, who: str) -> ExcellenceBid:
    row = ExcellenceBid.objects.filter(deputy=cast.deputy_row(who)).first()
    return row or make.bid(cast, who)
