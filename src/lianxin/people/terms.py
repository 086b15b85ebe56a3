"""届次 of a congress: reading them, beginning a new one, refusing what belongs to one that has ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied, Invalid, NotFound, Refused
from lianxin.common.writes import write
from lianxin.people.models import CongressTerm
from lianxin.people.permissions import may_begin, terms_visible_to
from lianxin.people.rules import Span, said_against_beginning, said_against_writing


def spans(body: str) -> list[Span]:
    """Return the terms of a congress as plain facts."""
    rows = CongressTerm.objects.filter(division_code=body).order_by("starts_on")
    return [Span(*row) for row in rows.values_list("name", "starts_on", "ends_on")]


def refuse_ended_term(day: date, home6: str) -> None:
    """Refuse a write about a day of a term of the city's congress that has ended (one query)."""
    said = said_against_writing(day, spans(f"{home6}000000"))
    if said is not None:
        raise Refused(said)


def term_for(actor: Actor, name: str) -> CongressTerm:
    """Return the named term, or the present one where none is named."""
    terms = terms_visible_to(actor)
    found = terms.filter(name=name).first() if name else terms.last()
    if found is None:
        raise NotFound("没有找到这一届，请从「届次对比」里选。")
    return found


@write
def term_begin(
    *, actor: Actor, body: str, name: str, starts_on: date, request_id: str | None = None
) -> CongressTerm:
    """Begin a new term: the present one ends on the day before and is read only from then on."""
    if not may_begin(actor, body):
        raise Denied("只有本级人大代工委可以登记新一届。")
    wrong = said_against_beginning(name, starts_on, spans(body), clock.today())
    if wrong:
        raise Invalid("新一届还没有登记，写的字都还在。", fields=wrong)
    present = CongressTerm.objects.filter(division_code=body, ends_on=None)
    present.update(ends_on=starts_on - timedelta(days=1))
    made = CongressTerm.objects.create(
        home6=body[:6], division_code=body, name=name.strip(), starts_on=starts_on
    )
    record(actor=actor, tag="congress_term.begin", kind="congress_term", target=made.id, home6=made.home6)
    return made


def terms_register(*, actor: Actor, body: str, rows: Sequence[Span]) -> int:
    """Enter the terms of a congress when the system begins; one record for all."""
    if not may_begin(actor, body):
        raise Denied("只有本级人大代工委可以登记届次。")
    made = [
        CongressTerm(
            home6=body[:6], division_code=body, name=one.name, starts_on=one.starts_on, ends_on=one.ends_on
        )
        for one in rows
    ]
    CongressTerm.objects.bulk_create(made)
    facts = {"count": len(made)}
    record(
        actor=actor,
        tag="congress_term.register",
        kind="congress_term",
        target=body,
        home6=body[:6],
        facts=facts,
    )
    return len(made)
