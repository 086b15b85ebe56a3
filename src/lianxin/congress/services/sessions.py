"""A session is entered before it opens, and its days may be mended while it has not been attended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.common.writes import write
from lianxin.congress.models import CongressSession
from lianxin.congress.permissions import may_session
from lianxin.congress.rules import Span, refused_days
from lianxin.congress.selectors import seats_at
from lianxin.people.models import Seat
from lianxin.people.permissions import may_seat

NOT_YOURS = "大会会议由人大代工委登记，镇的会议也可以由本镇主席团登记。"
ORDINALS = (1, 30)


@dataclass(frozen=True, slots=True)
class NewSession:
    """What is known of a session before it opens; without an hour suggestions are taken to its end."""

    ordinal: int
    opens_on: date
    closes_on: date
    papers_until: datetime | None = None


@write
def session_enter(
    *, actor: Actor, body: str, new: NewSession, request_id: str | None = None
) -> CongressSession:
    """Enter a session of a congress; its term is that of the seats on its first day."""
    if not may_seat(actor, body):
        raise Denied(NOT_YOURS)
    span, seat = _span(new), _seat(body, new.opens_on)
    made = CongressSession(
        home6=body[:6], division_code=body, level=seat.level, term=seat.term, ordinal=new.ordinal
    )
    _take(made, span)
    _save(made)
    _on_record(actor, made, "congress.session_enter")
    return made


@write
def session_change(
    *, actor: Actor, session: CongressSession, new: NewSession, request_id: str | None = None
) -> CongressSession:
    """Mend what was entered: the number until a paper is filed, the first day until somebody attended."""
    if not may_session(actor, "keep", session):
        raise Denied(NOT_YOURS)
    span = _span(new)
    if new.opens_on != session.opens_on and session.attendances.exists():
        words = "出席情况已经登记，开幕日期不能再改。"
        raise Refused(words, fields={"opens_on": words})
    if new.ordinal != session.ordinal and session.suggestions.exists():
        words = "已经有建议按这次会议提出，第几次会议不能再改。"
        raise Refused(words, fields={"ordinal": words})
    session.ordinal = new.ordinal
    _take(session, span)
    _save(session)
    _on_record(actor, session, "congress.session_change")
    return session


def _save(session: CongressSession) -> None:
    try:
        with transaction.atomic():
            session.save()
    except IntegrityError:
        words = f"本届{session.short_name}已经登记过。"
        raise Conflict(words) from None


def _span(new: NewSession) -> Span:
    last = clock.day_start(new.closes_on + timedelta(days=1)) - timedelta(minutes=1)
    until = (new.papers_until or last).astimezone(clock.SHANGHAI)
    span = Span(new.opens_on, new.closes_on, until)
    wrong = refused_days(span, last)
    if not ORDINALS[0] <= new.ordinal <= ORDINALS[1]:
        wrong["ordinal"] = f"第几次会议写 {ORDINALS[0]} 到 {ORDINALS[1]}。"
    if wrong:
        raise Invalid("还没有登记，写的都还在。", fields=wrong)
    return span


def _seat(body: str, day: date) -> Seat:
    """Return a seat of the congress on a day; where terms meet, the later one."""
    seats = seats_at(body, day)
    if not seats:
        words = "这一天本级还没有登记代表，请先登记代表名册。"
        raise Invalid(words, fields={"opens_on": words})
    return max(seats, key=lambda seat: seat.valid_from)


def _take(session: CongressSession, span: Span) -> None:
    session.opens_on, session.closes_on = span.opens_on, span.closes_on
    session.papers_until = span.papers_until


def _on_record(actor: Actor, session: CongressSession, tag: str) -> None:
    facts = {
        "ordinal": session.ordinal, "opens": str(session.opens_on), "closes": str(session.closes_on),
        "papers_until": session.papers_until.isoformat(),
    }  # fmt: skip
    record(actor=actor, tag=tag, kind="congress_session", target=session.id, home6=session.home6, facts=facts)
