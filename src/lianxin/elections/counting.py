"""From the rows of a round to the figures of the rules and back to verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from lianxin.elections import rules
from lianxin.elections.models import Candidate, ElectionPost, ElectionRound, VillageElection
from lianxin.elections.rules import Figures, Race, Verdict
from lianxin.rulebook.selectors import value


def round_now(election: VillageElection) -> ElectionRound | None:
    """Return the newest round of an election."""
    return election.rounds.order_by("-attempt", "-number").first()


def open_seats(election: VillageElection) -> dict[ElectionPost, int]:
    """Return the posts with the seats that nobody has been elected to yet."""
    taken: dict[object, int] = {}
    for post in election.candidates.exclude(elected_on=None).values_list("post_id", flat=True):
        taken[post] = taken.get(post, 0) + 1
    left = {post: post.seats - taken.get(post.pk, 0) for post in election.posts.order_by("id")}
    return {post: seats for post, seats in left.items() if seats > 0}


def standing(election: VillageElection) -> dict[ElectionPost, list[Candidate]]:
    """Return who stands in the present round, post after post."""
    rows = list(election.candidates.filter(stands=True, elected_on=None).order_by("id"))
    return {post: [one for one in rows if one.post_id == post.pk] for post in open_seats(election)}


def figures_of(row: ElectionRound) -> Figures:
    """Return the totals of a round."""
    numbers = (row.issued, row.returned, row.valid, row.void)
    issued, returned, valid, void = (one or 0 for one in numbers)
    return Figures(row.registered, issued, returned, valid, void, row.number)


def races_of(row: ElectionRound) -> dict[str, Race]:
    """Return the races of a round with the votes by candidate id."""
    votes: dict[str, dict[str, int]] = {}
    for count in row.counts.select_related("candidate"):
        post = str(count.candidate.post_id)
        votes.setdefault(post, {})[str(count.candidate_id)] = count.votes
    seats = {str(post.pk): left for post, left in _seats(row).items()}
    return {post: Race(seats[post], got) for post, got in votes.items() if post in seats}


def _seats(row: ElectionRound) -> Mapping[ElectionPost, int]:
    """Return the seats that were open when the round was held."""
    if row.declared_at is None:
        return open_seats(row.election)
    earlier = row.election.rounds.filter(attempt=row.attempt, number__lt=row.number)
    taken: dict[object, int] = {}
    elected = Candidate.objects.filter(counts__round__in=earlier, counts__elected=True)
    for post in elected.values_list("post_id", flat=True):
        taken[post] = taken.get(post, 0) + 1
    return {post: post.seats - taken.get(post.pk, 0) for post in row.election.posts.all()}


def verdict_of(row: ElectionRound) -> Verdict:
    """Return what the figures of a round decide."""
    return rules.verdict(figures_of(row), races_of(row), rerun_share(row.election.home6))


def rerun_share(home6: str) -> Fraction:
    """Return the share of the votes cast that a later round asks for (第十五条: a third)."""
    return Fraction(value("village.rerun_min_share", home6=home6))


def miscounted_of(row: ElectionRound) -> str:
    """Return why the figures have to be counted again, or nothing."""
    if row.election.is_community:
        return ""
    return rules.miscounted(figures_of(row), races_of(row))
