"""How many deputies a meeting and a decision need: the shares stand in the rulebook, not here."""

from __future__ import annotations

from fractions import Fraction

from lianxin.ballots.models import Ballot
from lianxin.ballots.rules import quorum, quorum_needs, votes_needed
from lianxin.rulebook.selectors import value


def quorum_share(home6: str) -> Fraction:
    """Return the share of all deputies that must be there (地方组织法 art. 14: two thirds)."""
    return Fraction(value("project.quorum", home6=home6))


def passing_share(home6: str) -> Fraction:
    """Return the share of all deputies that must be surpassed (地方组织法 art. 25: one half)."""
    return Fraction(value("project.pass", home6=home6))


def is_quorate(ballot: Ballot, present: int | None = None) -> bool:
    """Say whether enough deputies are at the meeting, or would be with `present`."""
    there = ballot.present if present is None else present
    return quorum(ballot.electorate, there, quorum_share(ballot.home6))


def needed(ballot: Ballot) -> int:
    """Return how many deputies this meeting needs."""
    return quorum_needs(ballot.electorate, quorum_share(ballot.home6))


def enough(ballot: Ballot) -> int:
    """Return with how many votes something passes."""
    return votes_needed(ballot.electorate, passing_share(ballot.home6))
