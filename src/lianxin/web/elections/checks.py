"""The checks beside a count: what is needed, what there is, and the article that says so."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lianxin.elections.models import CandidateCount
from lianxin.elections.selectors import RoundLine


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check of a round."""

    words: str
    need: str
    have: str
    ok: bool
    basis: str


@dataclass(frozen=True, slots=True)
class VotesLine:
    """One candidate's votes beside the number needed, and what they came to."""

    count: CandidateCount
    share: int
    fate: str


def checks_of(line: RoundLine) -> list[CheckLine]:
    """Return the checks of a round's totals in the order of the law."""
    row = line.row
    issued, returned = row.issued or 0, row.returned or 0
    valid, void = row.valid or 0, row.void or 0
    found = [
        CheckLine(
            _("收回不多于发出"), f"≤ {issued}", str(returned), returned <= issued, _("多于发出，本次无效")
        ),
        CheckLine(
            _("有效票加废票等于收回"),
            str(returned),
            str(valid + void),
            valid + void == returned,
            _("公开计票"),
        ),
    ]
    if line.is_first:
        need, enough = f"≥ {line.turnout_need}", returned >= line.turnout_need
        words = _("登记的村民过半数投票")
        found.append(CheckLine(words, need, str(returned), enough, _("第十五条")))
    return found


def votes_of(line: RoundLine) -> list[VotesLine]:
    """Return each candidate with his votes and whether he is elected, tied, or stands again."""
    elected = set(line.verdict.elected)
    tied = {name for one in line.verdict.races.values() for name in one.tied}
    again = {name for one in line.verdict.races.values() for name in one.next_candidates}
    most = max((count.votes for count in line.candidates), default=0)
    whole = max(line.row.valid or 0, line.votes_need, most, 1)
    return [
        VotesLine(
            count, round(100 * count.votes / whole), _fate(str(count.candidate_id), elected, tied, again)
        )
        for count in line.candidates
    ]


def _fate(pk: str, elected: set[str], tied: set[str], again: set[str]) -> str:
    if pk in elected:
        return "elected"
    if pk in tied:
        return "tied"
    return "again" if pk in again else ""
