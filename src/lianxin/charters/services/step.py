"""The one way in which a version moves: permission, rule, row, event, audit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from lianxin.audit.moving import Trail, move
from lianxin.charters.hints import hints_of
from lianxin.charters.models import CharterClause, CharterText
from lianxin.charters.permissions import may
from lianxin.charters.workflow import CHARTERS, Facts
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied
from lianxin.rulebook.selectors import value

TRAIL = Trail("charter", "charter")


def is_unanswered(clause: CharterClause) -> bool:
    """Say whether a clause has a hint that nobody has answered; the model's own words need no answer."""
    same_as_before = clause.change == "same" and not clause.text.earlier_id
    return (
        not clause.is_removed and not same_as_before and not clause.kept_why and bool(hints_of(clause.words))
    )


def facts_of(text: CharterText) -> Facts:
    """Return the plain facts that guards look at."""
    clauses = list(text.clauses.all())
    for clause in clauses:
        clause.text = text
    return Facts(
        today=clock.today(),
        clauses=sum(not one.is_removed for one in clauses),
        unanswered_hints=sum(is_unanswered(one) for one in clauses),
        without_reason=sum(one.change != "same" and not one.reason for one in clauses),
        comment_until=text.comment_until,
        comment_days=value("charter.comment_days", home6=text.home6),
        open_comments=text.comments.filter(outcome="").count(),
        effective_on=text.effective_on,
        is_sent=text.sent_on is not None,
    )


def step(
    *,
    actor: Actor,
    text: CharterText,
    act: str,
    note: str = "",
    facts: dict[str, Any] | None = None,
    planned_until: date | None = None,
    **changes: Any,
) -> CharterText:
    """Move the version by `act` and set `changes`, on the record."""
    if not may(actor, act, text):
        raise Denied("您没有办理这一步的权限。")
    seen = facts_of(text)
    seen = replace(
        seen, planned_until=planned_until, effective_on=changes.get("effective_on", seen.effective_on)
    )
    to = CHARTERS.next_state(text.state, act, seen)
    return move(text, actor=actor, act=act, to=to, trail=TRAIL, note=note, facts=facts, **changes)
