"""Operations on votes: what was announced, and for its holders how far one is. Sums only, never a paper."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from lianxin.api.doors import PAGE, actor_of, cursor, next_of
from lianxin.ballots import selectors
from lianxin.ballots.models import Ballot
from lianxin.ballots.permissions import may_hold, visible_to
from lianxin.ballots.workflow import State

router = Router(tags=["票决"])


class BallotOut(Schema):
    """One vote of one congress."""

    id: UUID
    division_code: str
    level: str
    purpose: str
    subject: str
    session: str
    held_on: date
    state: str
    round_number: int
    electorate: int
    present: int
    issued: int
    returned: int


class Ballots(Schema):
    """A page of votes."""

    items: list[BallotOut]
    next: str | None


class ChoiceOut(Schema):
    """One option with every figure; `standing` says whether it passed."""

    number: int
    label: str
    standing: str
    verdict: str
    figures: dict[str, int]


class Result(BallotOut):
    """A vote with its result; empty until the presidium has announced it."""

    announced_on: date | None
    valid: int | None
    void: int | None
    blank: int | None
    needs_round: bool
    items: list[ChoiceOut]


@router.get("/ballots", response=Ballots, summary="票决和测评")
def ballots(request: HttpRequest, purpose: str = "", after: str = "") -> dict[str, Any]:
    """List the votes that the actor may see, the newest first."""
    rows = visible_to(actor_of(request)).order_by("-id")
    rows = rows.filter(purpose=purpose) if purpose else rows
    if mark := cursor(after):
        rows = rows.filter(id__lt=mark)
    found = list(rows[:PAGE])
    return {"items": [_out(row) for row in found], "next": next_of(found)}


@router.get("/ballots/{pk}", response=Result, summary="一次票决的结果")
def ballot(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """Return a vote; its figures stand here once they are announced, for its holders once it is decided."""
    actor = actor_of(request)
    row = selectors.ballot_for(actor, pk)
    holds = row.state == State.DECIDED and may_hold(actor, row.division_code, row.level)
    told = row.outcome if row.state == State.ANNOUNCED or holds else {}
    return {
        **_out(row),
        "announced_on": row.announced_on,
        **{name: told.get(name) for name in ("valid", "void", "blank")},
        "needs_round": bool(told.get("needs_round")),
        "items": [_choice(line) for line in selectors.result_lines(row)] if told else [],
    }


def _out(row: Ballot) -> dict[str, Any]:
    return {name: getattr(row, name) for name in BallotOut.model_fields}


def _choice(line: selectors.Line) -> dict[str, Any]:
    return {
        "number": line.number,
        "label": line.label,
        "standing": line.standing,
        "verdict": line.verdict,
        "figures": dict(line.figures),
    }
