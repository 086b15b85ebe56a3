"""What the law counts in a village: election rounds, quorums, decisions, recall. Pure.

Articles are those of the 村民委员会组织法 in its 2018 text; the amendment in force since 2026-01-01
moves numbers of articles, the thresholds are believed unchanged. Residents' communities (社区) have
their own law: these rules do not speak for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

THIRD = Fraction(1, 3)
TIES = "并列者再次投票（浙江等省规定，参照）"


@dataclass(frozen=True, slots=True)
class Check:
    """Whether a threshold is reached: `need` is the least number that reaches it, `have` what there is."""

    ok: bool
    need: int
    have: int
    basis: str


@dataclass(frozen=True, slots=True)
class Round:
    """The result of one round of an election.

    `elected` is in the order of votes; `tied` stand with equal votes at the last post; `vacant` posts
    are still open; `next_candidates` stand in the next round (the unelected with most votes, or the
    tied alone): one more than there are posts, and all who have as many votes as the last of these.
    """

    valid: bool
    reason: str = ""
    elected: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    vacant: int = 0
    next_candidates: tuple[str, ...] = ()


def more_than_half(of: int) -> int:
    """Return the least number that is more than half (过半数)."""
    return of // 2 + 1


def at_least(numerator: int, denominator: int, of: int) -> int:
    """Return the least number that is that share or more (三分之二以上, 三分之一以上 …)."""
    return -(-numerator * of // denominator)


def election_round(
    *,
    registered: int,
    issued: int,
    returned: int,
    valid: int,
    votes: Mapping[str, int],
    posts: int,
    round: int,  # noqa: A002 - the word of the field
    rerun_share: Fraction = THIRD,
) -> Round:
    """Return what one round of an election of the villagers' committee decided.

    `registered` villagers take part, `issued` ballots were handed out and `returned` came back (a proxy's
    among them), `valid` of them count. Round 1 is valid when more than half of the registered vote and
    elects whoever has more than half of those voting (art. 15, the double majority). Later rounds (另行选举)
    elect by most votes, with at least `rerun_share` of the ballots cast (a third: art. 15).
    """
    said = "轮次从第一轮起，请核对。" if round < 1 else ""
    said = said or _against(registered, issued, returned, valid, votes, posts)
    if not said and round == 1 and returned < more_than_half(registered):
        need = more_than_half(registered)
        turnout = f"参加投票 {returned} 人，不到登记选民 {registered} 人的过半数（{need} 人）"
        said = f"{turnout}，选举无效（第十五条）。"
    if said:
        return Round(False, said, vacant=posts)
    return _filled(votes, posts, votes_needed(returned, round, rerun_share))


def votes_needed(returned: int, number: int, rerun_share: Fraction = THIRD) -> int:
    """Return with how many of the votes cast somebody is elected in the first, or in a later round."""
    if number == 1:
        return more_than_half(returned)
    return max(at_least(rerun_share.numerator, rerun_share.denominator, returned), 1)


def _against(
    registered: int, issued: int, returned: int, valid: int, votes: Mapping[str, int], posts: int
) -> str:
    """Return why the numbers cannot be those of a round, or nothing."""
    if min(registered, issued, returned, valid, *votes.values(), 0) < 0 or min(registered, posts) < 1:
        return "人数和票数不能是负数，登记的村民和应选名额至少一名，请核对。"
    if returned > issued:
        return f"收回 {returned} 张票，多于发出的 {issued} 张，本次选举无效，应当重新投票。"
    if issued > registered:
        return f"发出 {issued} 张票，超过登记选民 {registered} 人，请核对。"
    if valid > returned:
        return f"有效票 {valid} 张，多于收回的 {returned} 张，请重新清点。"
    if any(got > valid for got in votes.values()) or sum(votes.values()) > posts * valid:
        return f"得票超过有效票 {valid} 张所能投出的数目，请重新清点。"
    return ""


def _filled(votes: Mapping[str, int], posts: int, need: int) -> Round:
    """Fill the posts by votes among those who reach `need`; equal votes at the last post fill none."""
    order = sorted(votes, key=lambda name: (-votes[name], name))
    enough = [name for name in order if votes[name] >= need]
    if len(enough) <= posts:
        return _short(order, enough, posts, votes)
    at_cut = votes[enough[posts - 1]]
    if votes[enough[posts]] < at_cut:
        return Round(True, "", tuple(enough[:posts]))
    elected = tuple(name for name in enough if votes[name] > at_cut)
    tied = tuple(name for name in enough if votes[name] == at_cut)
    return Round(True, TIES, elected, tied, posts - len(elected), tied)


def _short(order: list[str], enough: list[str], posts: int, votes: Mapping[str, int]) -> Round:
    """Leave posts open where too few reach the votes needed: the next best stand again (另行选举)."""
    vacant = posts - len(enough)
    if not vacant:
        return Round(True, "", tuple(enough))
    left = [name for name in order if name not in enough]
    again = _most(left, votes, vacant + 1)
    return Round(True, "当选人数不足，另行选举（第十五条）。", tuple(enough), (), vacant, again)


def _most(order: list[str], votes: Mapping[str, int], number: int) -> tuple[str, ...]:
    """Return the first `number` by votes, and whoever has as many as the last of them: no name decides."""
    if len(order) <= number:
        return tuple(order)
    return tuple(name for name in order if votes[name] >= votes[order[number - 1]])


def assembly_quorum(*, adults: int, present: int, households: int, households_present: int) -> Check:
    """Check an assembly: more than half of the adults, or representatives of two thirds of households.

    Art. 22. The count by heads is returned unless only the count by households reaches its threshold.
    """
    by_heads = Check(
        present >= more_than_half(adults),
        more_than_half(adults),
        present,
        "第二十二条：十八周岁以上村民过半数参加",
    )
    need = at_least(2, 3, households)
    by_households = Check(
        households > 0 and households_present >= need,
        need,
        households_present,
        "第二十二条：三分之二以上的户的代表参加",
    )
    return by_households if by_households.ok and not by_heads.ok else by_heads


def representatives_quorum(*, members: int, present: int) -> Check:
    """Check a representatives' meeting: two thirds of its members (art. 26)."""
    need = max(at_least(2, 3, members), 1)
    return Check(present >= need, need, present, "第二十六条：三分之二以上的组成人员参加")


def decision_passes(*, present: int, in_favour: int) -> Check:
    """Check a decision: more than half of those present (arts. 22, 26)."""
    need = more_than_half(present)
    return Check(in_favour >= need, need, in_favour, "第二十二条、第二十六条：到会人员过半数同意")


def recall(
    *,
    registered: int,
    voting: int,
    in_favour: int,
    petitioners: int,
    representatives: int,
    representatives_asking: int,
) -> Check:
    """Check a recall: asked for by a fifth of the voters or a third of the representatives, then decided by
    more than half of the registered voting and more than half of those voting in favour (art. 16).

    The first threshold that is not reached is returned; if all are, the last one.
    """
    asked = _asked(registered, petitioners, representatives, representatives_asking)
    if not asked.ok:
        return asked
    turnout = more_than_half(registered)
    if voting < turnout:
        return Check(False, turnout, voting, "第十六条：登记参加选举的村民过半数投票")
    need = more_than_half(voting)
    return Check(in_favour >= need, need, in_favour, "第十六条：投票的村民过半数通过")


def _asked(registered: int, petitioners: int, representatives: int, asking: int) -> Check:
    by_voters = max(at_least(1, 5, registered), 1)
    by_representatives = at_least(1, 3, representatives)
    if representatives > 0 and asking >= by_representatives:
        return Check(True, by_representatives, asking, "第十六条：三分之一以上的村民代表联名")
    basis = "第十六条：五分之一以上有选举权的村民联名"
    return Check(petitioners >= by_voters, by_voters, petitioners, basis)
