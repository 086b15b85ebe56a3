"""Transitions as data: one table per aggregate, (state, act) → state, with guards and articles.

Pure Python. A guard looks at plain facts and returns the sentence that refuses the act, or None.
Buttons on pages, the API's list of actions and the services all read the same table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from lianxin.common.actor import Role
from lianxin.common.errors import Conflict, Refused

Guard = Callable[[Any], str | None]
STAYS = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One row of a table: who may move what from where to where, and which rule says so.

    `target` is STAYS where the act leaves the state as it is. `basis` names the article or, for
    local habit, the parameter. `only` says for which matters the row exists at all: elsewhere the act
    is not offered, while a refusal of `guards` is shown, for a person can mend it. `confirm` is the
    sentence shown before a solemn act.
    """

    name: str
    sources: frozenset[str]
    target: str
    by: frozenset[Role]
    verb: str
    basis: str
    guards: tuple[Guard, ...] = ()
    confirm: str = ""
    only: Guard | None = None

    @property
    def has_rules(self) -> bool:
        """Say whether facts matter to this row."""
        return bool(self.guards or self.only)

    def applies(self, facts: object) -> bool:
        """Say whether the row exists for a matter with these facts."""
        return self.only is None or self.only(facts) is None

    def said_against(self, facts: object) -> str | None:
        """Return the sentence of the first rule that stands against the act, or None."""
        rules = (self.only, *self.guards) if self.only else self.guards
        return next((said for guard in rules if (said := guard(facts))), None)


def act(  # noqa: PLR0913 - a row of the table has as many columns as it has
    name: str,
    sources: Iterable[str],
    target: str,
    by: Iterable[Role],
    verb: str,
    basis: str,
    *guards: Guard,
    confirm: str = "",
    only: Guard | None = None,
) -> Act:
    """Write one row of a table."""
    return Act(name, frozenset(sources), target, frozenset(by), verb, basis, tuple(guards), confirm, only)


class Workflow:
    """A table of acts; it answers what may follow and refuses what may not."""

    def __init__(self, name: str, acts: Iterable[Act]) -> None:
        self.name = name
        self.acts: dict[str, Act] = {}
        for row in acts:
            if row.name in self.acts:
                raise ValueError(f"{name}: {row.name} stands twice in the table")
            self.acts[row.name] = row

    def open_from(self, state: str) -> list[Act]:
        """Return the acts whose row names `state`, in the order of the table."""
        return [row for row in self.acts.values() if state in row.sources]

    def refusal(self, state: str, name: str, facts: object) -> str | None:
        """Return the sentence of the first rule that stands against the act, or None."""
        row = self.acts[name]
        if state not in row.sources:
            return f"现在不能「{row.verb}」：这件事已经到了别的环节，请刷新后再看。"
        return row.said_against(facts)

    def next_state(self, state: str, name: str, facts: object = None) -> str:
        """Return the state after the act; raise `Conflict` or `Refused` with the reason."""
        row = self.acts[name]
        said = self.refusal(state, name, facts)
        if said is not None:
            raise (Refused if state in row.sources else Conflict)(said)
        return row.target or state
