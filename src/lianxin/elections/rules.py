"""What an election of a villagers' committee is measured by: rounds of several posts, days, relatives. Pure.

The arithmetic of one race is `villages.rules.election_round`; this module puts the races of one ballot
paper together. Articles are those of the 村民委员会组织法 in its 2018 text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from lianxin.villages.rules import THIRD, Check, Round, at_least, election_round, more_than_half

MAJORITY = "第十五条"
FRAUD = "第十七条"


@dataclass(frozen=True, slots=True)
class Race:
    """One post of a ballot paper: how many seats are to fill, and the votes of each who stands."""

    seats: int
    votes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figures:
    """The totals of one round; nobody knows who cast which paper."""

    registered: int
    issued: int
    returned: int
    valid: int
    void: int
    round: int = 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a round decided over all its posts."""

    valid: bool
    reason: str = ""
    races: Mapping[str, Round] = field(default_factory=dict)

    @property
    def vacant(self) -> int:
        """Return how many seats are still open."""
        return sum(one.vacant for one in self.races.values())

    @property
    def elected(self) -> tuple[str, ...]:
        """Return everybody elected, post after post."""
        return tuple(name for one in self.races.values() for name in one.elected)


def verdict(figures: Figures, races: Mapping[str, Race], rerun_share: Fraction = THIRD) -> Verdict:
    """Return what a round decided: void, or for each post the elected, the tied and the open seats."""
    found = {post: _round(figures, race, figures.round, rerun_share) for post, race in races.items()}
    against = next((one for one in found.values() if not one.valid), None)
    if against is not None:
        return Verdict(False, against.reason, found)
    said = next((one.reason for one in found.values() if one.reason), "")
    return Verdict(True, said, found)


def _round(figures: Figures, race: Race, number: int, rerun_share: Fraction = THIRD) -> Round:
    return election_round(
        registered=figures.registered,
        issued=figures.issued,
        returned=figures.returned,
        valid=figures.valid,
        votes=race.votes,
        posts=race.seats,
        round=number,
        rerun_share=rerun_share,
    )


def miscounted(figures: Figures, races: Mapping[str, Race]) -> str:
    """Return why the figures cannot be right and have to be counted again, or nothing.

    More papers returned than issued is no slip of the counters: that round is void, `verdict` says so.
    """
    if figures.returned > figures.issued:
        return ""
    if figures.valid + figures.void != figures.returned:
        papers = f"有效票 {figures.valid} 张加废票 {figures.void} 张"
        return f"{papers}，不等于收回的 {figures.returned} 张，请重新清点。"
    later = (_round(figures, race, 2) for race in races.values())
    return next((one.reason for one in later if not one.valid), "")


def objection_open(*, listed_on: date, received_on: date, days: int) -> bool:
    """Say whether an objection to the roll comes in time (art. 14: within five days of the list)."""
    return listed_on <= received_on <= listed_on + timedelta(days=days)


def days_short(*, listed_on: date, voting_on: date, days: int) -> int:
    """Return how many days the list was published too late before the election day (art. 14)."""
    return max(0, days - (voting_on - listed_on).days)


def not_enough_candidates(seats: Mapping[str, int], standing: Mapping[str, int]) -> tuple[str, ...]:
    """Return the posts with no more candidates than seats (art. 15: 候选人名额多于应选名额)."""
    return tuple(post for post, count in seats.items() if standing.get(post, 0) <= count)


def next_in_order(serving: Sequence[int], reserves: Sequence[int]) -> int | None:
    """Return the place on the list of whoever fills a gap in the election committee (art. 12)."""
    left = [place for place in sorted(reserves) if place not in serving]
    return left[0] if left else None


def supervision_refusal(*, is_committee_member: bool, is_secretary: bool, relative_of: str) -> str:
    """Return why somebody may not sit in the supervision committee, or nothing (art. 32)."""
    if is_committee_member:
        return "村民委员会成员不能担任监督委员会成员（第三十二条）。"
    if relative_of:
        return f"是村民委员会成员{relative_of}的近亲属，不能担任监督委员会成员（第三十二条）。"
    if is_secretary:
        return "村党组织书记不能兼任监督委员会成员（两办 2017 年指导意见）。"
    return ""


@dataclass(frozen=True, slots=True)
class Body:
    """Who sits in a supervision committee, as far as the rules look at it."""

    members: int
    heads: int
    knows_finance: int
    least: int = 3
    most: int = 5


def body_gaps(body: Body) -> tuple[str, ...]:
    """Return what a supervision committee still lacks."""
    said = []
    if body.members < body.least:
        said.append(f"成员 {body.members} 人，至少 {body.least} 人。")
    if body.members > body.most:
        said.append(f"成员 {body.members} 人，最多 {body.most} 人。")
    if body.heads != 1:
        said.append("主任要有一名，也只有一名。")
    if not body.knows_finance:
        said.append("至少一名成员要懂财务（第三十二条）。")
    return tuple(said)


def unfit(*, by_assembly: bool, present: int, votes: int) -> Check:
    """Check an appraisal: unfit (不称职) by more than half of an assembly or two thirds of representatives.

    陕西实施村组法办法; found unfit twice running, a member's post ends (art. 33).
    """
    if by_assembly:
        need = more_than_half(present)
        return Check(votes >= need, need, votes, "村民会议到会的过半数认为不称职")
    need = max(at_least(2, 3, present), 1)
    return Check(votes >= need, need, votes, "村民代表会议到会的三分之二以上认为不称职")
