"""Reading votes, always from what the actor may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from lianxin.ballots.models import Ballot, BallotAttendance, BallotMode, BallotOption
from lianxin.ballots.papers import UNMARKED
from lianxin.ballots.permissions import visible_to, votes_of_seats
from lianxin.ballots.rules import CHOICES
from lianxin.ballots.services.step import SCAN
from lianxin.ballots.workflow import OVER
from lianxin.common import clock
from lianxin.common.actor import Actor, Role, place_prefix
from lianxin.common.errors import NotFound
from lianxin.documents.models import StoredFile
from lianxin.people.models import Deputy, RoleHeld
from lianxin.people.selectors import deputies_of_body

STAFF = (Role.KEEPER, Role.OFFICE, Role.PRESIDIUM)


def ballot_for(actor: Actor, pk: UUID) -> Ballot:
    """Return a vote that the actor may see."""
    ballot = visible_to(actor).filter(pk=pk).first()
    if ballot is None:
        raise NotFound("没有找到这次票决，或者不在您的范围内。")
    return ballot


def seat_for(actor: Actor, pk: UUID) -> Ballot:
    """Return a vote that the actor takes part in as a deputy."""
    ballot = votes_of_seats(actor).filter(pk=pk).first()
    if ballot is None:
        raise NotFound("没有找到这次票决，或者不是您所在的人大。")
    return ballot


@dataclass(frozen=True, slots=True)
class Called:
    """One deputy as the roll is called."""

    deputy: Deputy
    coming: str
    words: str
    reason: str


def roll_of(ballot: Ballot) -> list[Called]:
    """Return all deputies of the frozen list with what the roll says of each (two queries)."""
    known = {row.deputy_id: row for row in ballot.attendance.all()}
    people = Deputy.objects.filter(pk__in=ballot.electors.values("deputy")).order_by("pinyin", "pk")
    return [_called(one, known.get(one.pk)) for one in people]


def _called(deputy: Deputy, row: BallotAttendance | None) -> Called:
    if row is None:
        return Called(deputy, "", "", "")
    return Called(deputy, row.coming, str(row.get_coming_display()), row.reason)


def ballots_page(actor: Actor, *, tab: str = "open", purpose: str = "", limit: int = 60) -> list[Ballot]:
    """Return one page of votes: those at work by their day, or those that are over, the latest first."""
    found = visible_to(actor)
    found = found.filter(purpose=purpose) if purpose else found
    over = Q(state__in=OVER)
    if tab == "done":
        return list(found.filter(over).order_by("-held_on", "-created_at")[:limit])
    return list(found.exclude(over).order_by("held_on", "created_at")[:limit])


@dataclass(frozen=True, slots=True)
class Line:
    """One option as a result is read out."""

    number: int
    key: str
    label: str
    note: str
    figures: tuple[tuple[str, int], ...]
    share: int
    standing: str
    verdict: str = ""


WORDS = {"for": "赞成", "against": "反对", "abstain": "弃权", UNMARKED: "没有标记"}
STANDINGS = {
    "passed": "通过",
    "tied": "票数相等，再投一轮",
    "again": "没过半数，再投一轮",
    "failed": "没有通过",
}


def choice_words(ballot: Ballot) -> dict[str, str]:
    """Return choice → Chinese, grades with the words of the method."""
    return WORDS | {str(key): str(words) for key, words in ballot.grades}


def result_lines(ballot: Ballot) -> list[Line]:
    """Return every option with every figure, what has passed first, then by votes (one query)."""
    said, words = ballot.outcome, choice_words(ballot)
    counts = said.get("counts", {})
    lines = [_line(ballot, one, counts.get(one.key, {}), words) for one in ballot.options.all()]
    if ballot.mode == BallotMode.GRADES:
        return lines
    order = {"passed": 0, "tied": 1, "again": 2, "failed": 3}
    return sorted(lines, key=lambda line: (order[line.standing], -dict(line.figures)["赞成"], line.number))


def _line(ballot: Ballot, option: BallotOption, votes: Mapping[str, int], words: Mapping[str, str]) -> Line:
    said = ballot.outcome
    best = votes.get("for", next(iter(votes.values()), 0))
    return Line(
        option.number,
        option.key,
        option.label,
        option.note,
        tuple((words.get(choice, choice), votes.get(choice, 0)) for choice in _shown(ballot)),
        round(100 * best / max(ballot.electorate, 1)),
        _standing(option.key, said),
        words.get(said.get("verdicts", {}).get(option.key, ""), ""),
    )


def _shown(ballot: Ballot) -> tuple[str, ...]:
    if ballot.mode == BallotMode.GRADES:
        return (*(str(key) for key, _ in ballot.grades), UNMARKED)
    return ("for", "abstain") if ballot.mode == BallotMode.APPROVAL else CHOICES


def _standing(key: str, said: Mapping[str, Any]) -> str:
    if key in said.get("passed", ()):
        return "passed"
    if key in said.get("tied", ()):
        return "tied"
    return "again" if key in said.get("round_among", ()) else "failed"


def teller_candidates(ballot: Ballot) -> list[tuple[str, str]]:
    """Return (account id, name and role) of people who may count: the body's staff, then its deputies."""
    day, prefix = clock.today(), place_prefix(ballot.division_code)
    held = RoleHeld.objects.filter(
        role__in=STAFF, place__startswith=prefix, valid_from__lte=day, account__is_active=True
    ).filter(Q(valid_to=None) | Q(valid_to__gte=day))
    staff = {
        str(row.account_id): f"{row.account.display_name}（{row.get_role_display()}）"
        for row in held.select_related("account").order_by("role", "account__username")
    }
    deputies = deputies_of_body(ballot.division_code).exclude(account=None).distinct()
    people = {str(one.account_id): f"{one.name}（代表）" for one in deputies}
    taken = {str(pk) for pk in ballot.officers.values_list("account_id", flat=True)}
    return [(pk, words) for pk, words in {**people, **staff}.items() if pk not in taken]


def scrutineer_candidates(ballot: Ballot) -> list[tuple[str, str]]:
    """Return (deputy id, name) of deputies who may watch: not on the paper, not appointed yet."""
    owners = ballot.options.exclude(owner_id=None).values("owner_id")
    taken = ballot.officers.exclude(deputy=None).values("deputy_id")
    free = deputies_of_body(ballot.division_code).exclude(pk__in=owners).exclude(pk__in=taken)
    return [(str(pk), name) for pk, name in free.distinct().values_list("pk", "name")]


def scan_of(ballot: Ballot) -> StoredFile | None:
    """Return the newest signed report of the count."""
    found = StoredFile.objects.filter(owner_kind=SCAN, owner_id=ballot.id, erased_at=None)
    return found.order_by("-created_at").first()
