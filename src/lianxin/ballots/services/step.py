"""The one way in which a vote moves: permission, rule, row, event, audit."""

from __future__ import annotations

from typing import Any

from lianxin.audit.moving import Trail, move
from lianxin.ballots.models import Ballot, OfficerKind
from lianxin.ballots.permissions import may
from lianxin.ballots.quorum import is_quorate, needed
from lianxin.ballots.scheme import count_of
from lianxin.ballots.services.methods import needs_surplus
from lianxin.ballots.workflow import BALLOT, Facts, State
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied
from lianxin.documents.models import StoredFile
from lianxin.people.selectors import deputies_of_body
from lianxin.rulebook.selectors import value

TRAIL = Trail("ballot", "ballot")
SCAN = "ballot"


def has_scan(ballot: Ballot) -> bool:
    """Say whether the signed report of the count has been kept."""
    return StoredFile.objects.filter(owner_kind=SCAN, owner_id=ballot.id, erased_at=None).exists()


def facts_of(ballot: Ballot, **given: int) -> Facts:
    """Return the plain facts that guards look at; `given` are figures about to be set."""
    kinds = list(ballot.officers.values_list("kind", flat=True))
    state = count_of(ballot)
    present = given.get("present", ballot.present)
    return Facts(
        options=ballot.options.count(),
        places=ballot.places,
        limits=ballot.mode == "approval_max_n",
        surplus=needs_surplus(ballot.purpose, ballot.round_number),
        method_passed=ballot.method_passed_on is not None,
        electorate=given.get("electorate", electorate_of(ballot)),
        present=present,
        quorate=is_quorate(ballot, present),
        needed=needed(ballot),
        tellers=kinds.count(OfficerKind.TELLER),
        scrutineers=kinds.count(OfficerKind.SCRUTINEER),
        scrutineers_needed=value("ballot.scrutineers", home6=ballot.home6),
        issued=given.get("issued", ballot.issued),
        returned=given.get("returned", ballot.returned),
        entered=state.entered,
        differing=len(state.differing),
        has_scan=has_scan(ballot),
        again=bool(ballot.outcome.get("needs_round")),
        followed=Ballot.objects.filter(previous=ballot).exists(),
    )


def electorate_of(ballot: Ballot) -> int:
    """Return the number of all deputies: frozen since the opening, before it those in office now."""
    if ballot.state != State.PREPARING:
        return ballot.electorate
    return deputies_of_body(ballot.division_code).distinct().count()


def step(
    *,
    actor: Actor,
    ballot: Ballot,
    act: str,
    note: str = "",
    facts: dict[str, Any] | None = None,
    given: dict[str, int] | None = None,
    **changes: Any,
) -> Ballot:
    """Move the vote by `act` and set `changes` (figures in `given` are checked, then set), on the record."""
    if not may(actor, act, ballot):
        raise Denied("您没有办理这一步的权限。")
    figures = given or {}
    to = BALLOT.next_state(ballot.state, act, facts_of(ballot, **figures))
    told = {**(facts or {}), **figures}
    return move(
        ballot, actor=actor, act=act, to=to, trail=TRAIL, note=note, facts=told, **{**changes, **figures}
    )
