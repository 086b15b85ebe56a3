"""What stands in the braces of addresses of votes: one that is counted and one that is announced, here and there."""

from __future__ import annotations

from typing import Any

from lianxin.ballots import services
from lianxin.ballots.models import Ballot
from lianxin.common import clock
from lianxin.common.actor import SYSTEM
from lianxin.regions.loading import HOME6
from tests.factories import ballots as make
from tests.factories.cast import OTHER_TOWN, OTHER_VILLAGE, TOWN, Cast
from tests.permissions.world import OTHER, OWN, World

PREFIXES: tuple[str, ...] = ("ballots", "api/v1/ballots")
AT_WORK = ("acts", "entry", "compare", "board")
SESSIONS = {OWN: "段家河镇第九次会议", OTHER: "蜀河镇第五次会议"}
"""The meetings of these votes; other rooms' worlds may have brought votes of their own."""


def parameters(world: World, cast: Cast, where: str, route: str) -> dict[str, Any]:
    """Return the vote of a region: at work where it is worked on, announced where it is read."""
    _build(cast)
    body = TOWN if where == OWN else OTHER_TOWN
    state = "counting" if any(word in route for word in AT_WORK) else "announced"
    pk = Ballot.objects.get(division_code=body, state=state, session=SESSIONS[where]).pk
    return {"pk": pk, "number": 1, "act": "void"}


def _build(cast: Cast) -> None:
    if Ballot.objects.filter(session=SESSIONS[OWN]).exists():
        return
    make.deputies()
    make.announced(cast, ["12"] * 9, session=SESSIONS[OWN])
    make.counting(cast, subject="第二次项目票决", session=SESSIONS[OWN])
    _counting_elsewhere(cast)
    past = services.PastBallot(
        body=OTHER_TOWN, purpose="projects", subject="项目票决", session=SESSIONS[OTHER],
        held_on=clock.today(), options=make.options(3), method=make.APPROVAL, electorate=50, present=45,
        issued=45, returned=45, void=0, votes={"o1": {"for": 40}, "o2": {"for": 30}, "o3": {"for": 10}},
    )  # fmt: skip
    services.ballots_register(actor=SYSTEM, rows=[past], home6=HOME6)


def _counting_elsewhere(cast: Cast) -> None:
    people = make.deputies(7, "elsewhere-", town=OTHER_TOWN, home=OTHER_VILLAGE)
    who: dict[str, Any] = {"actor": cast.presidium_other}
    row = make.prepared(cast, body=OTHER_TOWN, session=SESSIONS[OTHER], **who)
    who["ballot"] = row
    services.method_pass(**who)
    for name in ("keeper_other", "presidium_other"):
        services.teller_appoint(**who, account_id=cast.account(name).pk)
    for deputy in people[:2]:
        services.scrutineer_appoint(**who, deputy=deputy)
    services.ballot_open(**who)
    services.ballot_sign_in(**who, present=row.electorate)
    services.ballot_declare_quorum(**who)
    services.ballot_issue(**who, issued=row.electorate)
    services.ballot_close_box(**who, returned=row.electorate)
