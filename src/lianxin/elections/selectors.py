"""Reading elections: lists, one election with its rounds and steps, what everybody may read."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from lianxin.common.actor import Actor
from lianxin.common.errors import NotFound
from lianxin.elections.bodies import SupervisionMember
from lianxin.elections.counting import figures_of, rerun_share, round_now, verdict_of
from lianxin.elections.models import (
    Candidate,
    CandidateCount,
    ElectionComplaint,
    ElectionKind,
    ElectionPost,
    ElectionRound,
    Recall,
    VillageElection,
)
from lianxin.elections.permissions import (
    complaints_visible_to,
    elections_visible_to,
    recalls_visible_to,
    supervision_visible_to,
)
from lianxin.elections.rules import Verdict
from lianxin.elections.steps import CORE
from lianxin.elections.workflow import State
from lianxin.villages.rules import more_than_half, votes_needed

PAGE = 60
REACHED = {
    State.PREPARING: "committee",
    State.REGISTERING: "registration",
    State.LISTED: "objections",
    State.VOTING: "counting",
    State.VOID: "result",
    State.ANOTHER_ROUND: "result",
    State.ELECTED: "handover",
    State.RECORDED: "handover",
}
"""The step at which an election in this state stands; afterwards all are done."""


def election_for(actor: Actor, pk: UUID) -> VillageElection:
    """Return an election that the actor may see."""
    found = elections_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound("没有找到这次选举，或者不在您的范围内。")
    return found


def recall_for(actor: Actor, pk: UUID) -> Recall:
    """Return a recall that the actor may see."""
    found = recalls_visible_to(actor).select_related("candidate__election", "candidate__post")
    row = found.filter(pk=pk).first()
    if row is None:
        raise NotFound("没有找到这件罢免，或者不在您的范围内。")
    return row


def supervisor_for(actor: Actor, pk: UUID) -> SupervisionMember:
    """Return a member of a supervision committee that the actor may see."""
    row = supervision_visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound("没有找到这位成员，或者不在您的范围内。")
    return row


def elections_page(actor: Actor, *, state: str = "", limit: int = PAGE) -> list[VillageElection]:
    """Return one page of elections: those that run first, then the latest."""
    found = elections_visible_to(actor)
    found = found.filter(state=state) if state in set(State) else found
    return list(found.order_by("-year", "-created_at")[:limit])


def state_counts(actor: Actor) -> dict[str, int]:
    """Return how many elections stand in each state."""
    counts: dict[str, int] = {}
    for state in elections_visible_to(actor).values_list("state", flat=True):
        counts[state] = counts.get(state, 0) + 1
    return counts


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of the wizard: its words, and done, now or still to come."""

    key: str
    title: str
    words: str
    basis: str
    at: str
    is_own: bool


def step_lines(election: VillageElection) -> list[StepLine]:
    """Return the steps with which the election began, and where it stands."""
    ticked = set(election.ticks.values_list("key", flat=True))
    reached = REACHED.get(State(election.state))
    keys = [step["key"] for step in election.steps]
    now = keys.index(reached) if reached else len(keys)
    lines = []
    for place, step in enumerate(election.steps):
        own = step["key"] not in CORE
        done = step["key"] in ticked if own else place < now
        at = "done" if done else "now" if place <= now else "todo"
        if not own and election.state == State.LISTED and step["key"] in {"candidates", "proxies"}:
            at = "now"
        lines.append(StepLine(step["key"], step["title"], step["words"], step["basis"], at, own))
    return lines


@dataclass
class RoundLine:
    """One round as it is shown: totals, thresholds, each candidate's votes, what it decided."""

    row: ElectionRound
    verdict: Verdict
    turnout_need: int
    votes_need: int
    candidates: list[CandidateCount] = field(default_factory=list)

    @property
    def is_first(self) -> bool:
        """Say whether both majorities are asked for."""
        return self.row.number == 1


def rounds_of(election: VillageElection, *, declared_only: bool = False) -> list[RoundLine]:
    """Return the rounds of an election, the latest first."""
    counts = CandidateCount.objects.select_related("candidate__post").order_by("-votes", "id")
    rows = election.rounds.prefetch_related(Prefetch("counts", queryset=counts))
    if declared_only:
        rows = rows.exclude(declared_at=None)
    return [_line(row) for row in rows.order_by("-attempt", "-number")]


def _line(row: ElectionRound) -> RoundLine:
    figures = figures_of(row)
    found = verdict_of(row) if row.returned is not None else Verdict(False)
    turnout = more_than_half(row.registered)
    votes = votes_needed(figures.returned, row.number, rerun_share(row.election.home6))
    return RoundLine(row, found, turnout, votes, list(row.counts.all()))


def preview(election: VillageElection) -> RoundLine | None:
    """Return the round whose figures are saved and not yet declared."""
    row = round_now(election)
    if row is None or row.declared_at is not None or row.returned is None:
        return None
    return _line(row)


def candidates_by_post(election: VillageElection) -> list[tuple[ElectionPost, list[Candidate]]]:
    """Return the posts with everybody who stood for them."""
    rows = list(election.candidates.order_by("id"))
    posts = election.posts.order_by("id")
    return [(post, [row for row in rows if row.post_id == post.pk]) for post in posts]


def complaints_of(actor: Actor, election: VillageElection) -> QuerySet[ElectionComplaint]:
    """Return the investigations about an election that the actor may read."""
    return complaints_visible_to(actor).filter(election=election).order_by("-received_on")


@dataclass(frozen=True, slots=True)
class PublicElection:
    """What everybody may read of an election: totals, candidates, declared rounds."""

    election: VillageElection
    rounds: list[RoundLine]
    elected: list[Candidate]


def public_elections(village: str, *, limit: int = 3) -> list[PublicElection]:
    """Return the latest elections whose list is out and the last general one; no voter has a name here."""
    hidden = (State.PREPARING, State.REGISTERING)
    found = VillageElection.objects.filter(division_code=village).exclude(state__in=hidden)
    rows = list(found.order_by("-year", "-created_at")[:limit])
    general = found.filter(kind=ElectionKind.GENERAL).order_by("-year").first()
    if general is not None and general not in rows:
        rows.append(general)
    return [PublicElection(row, rounds_of(row, declared_only=True), _elected(row)) for row in rows]


def _elected(election: VillageElection) -> list[Candidate]:
    found = election.candidates.exclude(elected_on=None).select_related("post")
    return list(found.order_by("post_id", "id"))
