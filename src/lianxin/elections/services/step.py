"""The one way in which an election moves: permission, rule, row, event, audit."""

from __future__ import annotations

from typing import Any

from lianxin.audit.moving import Trail, move
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied
from lianxin.elections import rules
from lianxin.elections.bodies import SupervisionMember
from lianxin.elections.counting import miscounted_of, round_now, verdict_of
from lianxin.elections.models import Candidate, ElectionKind, VillageElection
from lianxin.elections.permissions import may
from lianxin.elections.services.office import in_office
from lianxin.elections.steps import CORE, own_before
from lianxin.elections.workflow import ELECTION, Facts, State
from lianxin.rulebook.selectors import value

TRAIL = Trail("village_election", "village_election")


def facts_of(election: VillageElection) -> Facts:
    """Return the plain facts that guards look at."""
    home6 = election.home6
    return Facts(
        today=clock.today(),
        is_community=election.is_community,
        committee=election.committee.filter(is_serving=True, left_on=None).count(),
        committee_least=value("village.election_committee_least", home6=home6),
        registered=election.registered,
        needs_consent=bool(election.from_outside) and not election.outside_agreed,
        list_days=value("village.roll_publish_days", home6=home6),
        open_objections=election.objections.filter(decided_on=None).count(),
        voting_on=election.voting_on,
        vacancy_from=value("village.vacancy_from", home6=home6),
        open_complaints=election.complaints.filter(closed_on=None).count(),
        days_short=_days_short(election),
        **_candidates(election),
        **_ticks(election),
        **_count(election),
        **_elected(election),
    )


def _days_short(election: VillageElection) -> int:
    """Count from the day the list is (or would be today) published to the election day."""
    if election.voting_on is None:
        return 0
    days = value("village.roll_publish_days", home6=election.home6)
    listed = election.listed_on or clock.today()
    return rules.days_short(listed_on=listed, voting_on=election.voting_on, days=days)


def _candidates(election: VillageElection) -> dict[str, Any]:
    posts = list(election.posts.all())
    standing = list(election.candidates.filter(stands=True).values_list("post_id", "is_woman"))
    seats = {post.get_key_display(): post.seats for post in posts}
    per_post = {post.get_key_display(): sum(one == post.pk for one, _ in standing) for post in posts}
    return {
        "too_few": tuple(str(one) for one in rules.not_enough_candidates(seats, per_post)),
        "no_woman": election.kind == ElectionKind.GENERAL and not any(woman for _, woman in standing),
    }


def _ticks(election: VillageElection) -> dict[str, Any]:
    done = set(election.ticks.values_list("key", flat=True))
    titles = {step["key"]: step["title"] for step in election.steps}
    before = [key for key in own_before(election.steps, "voting") if key not in done]
    later = [step["key"] for step in election.steps if step["key"] not in {*CORE, *done}]
    return {
        "undone": tuple(titles[key] for key in before),
        "undone_later": tuple(titles[key] for key in later),
    }


def _count(election: VillageElection) -> dict[str, Any]:
    row = round_now(election)
    if election.state != State.VOTING or row is None or row.returned is None:
        return {}
    found = verdict_of(row)
    return {
        "counted": True,
        "miscounted": miscounted_of(row),
        "valid": found.valid,
        "vacant": found.vacant,
    }


def _elected(election: VillageElection) -> dict[str, Any]:
    elected = list(election.candidates.exclude(elected_on=None))
    names = {one.name for one in elected}
    kin = SupervisionMember.objects.filter(division_code=election.division_code, until=None, name__in=names)
    return {
        "members": _members(election, elected),
        "women_elected": _women(election, elected),
        "kin": tuple(kin.values_list("name", flat=True)),
    }


def _members(election: VillageElection, elected: list[Candidate]) -> int:
    """Count who will sit in the committee: after a by-election those in office as well."""
    return len(elected) + len(_staying(election))


def _women(election: VillageElection, elected: list[Candidate]) -> int:
    """Count the women among them."""
    return sum(one.is_woman for one in [*elected, *_staying(election)])


def _staying(election: VillageElection) -> list[Candidate]:
    """Return who was in office before a by-election and stays; a general election seats all anew."""
    if election.kind == ElectionKind.GENERAL:
        return []
    return list(in_office(election.division_code).exclude(election=election))


def step(
    *,
    actor: Actor,
    election: VillageElection,
    act: str,
    note: str = "",
    facts: dict[str, Any] | None = None,
    **changes: Any,
) -> VillageElection:
    """Move the election by `act` and set `changes`, on the record.

    `changes` that the guards look at (the election day) are put on the row before they are asked.
    """
    if not may(actor, act, election):
        raise Denied("您没有办理这一步的权限。")
    for name, changed in changes.items():
        setattr(election, name, changed)
    to = ELECTION.next_state(election.state, act, facts_of(election))
    return move(election, actor=actor, act=act, to=to, trail=TRAIL, note=note, facts=facts, **changes)
