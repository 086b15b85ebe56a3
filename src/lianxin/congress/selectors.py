"""Reading sessions: one of them, the one that is on, its roll, who has missed too many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import NotFound
from lianxin.congress.models import CongressSession, SessionAttendance
from lianxin.congress.permissions import sessions_visible_to
from lianxin.congress.rules import Presence, missed_too_often
from lianxin.people.actors import active_seats
from lianxin.people.models import Deputy, Seat
from lianxin.rulebook.services import value


@dataclass(frozen=True, slots=True)
class OnRoll:
    """One deputy on the roll of a session; `presence` is empty until it is written down."""

    deputy: Deputy
    presence: str
    too_often: bool


def session_for(actor: Actor, pk: UUID) -> CongressSession:
    """Return a session that the actor may see."""
    found = sessions_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound("没有找到这次会议。")
    return found


def session_on(body: str, day: date) -> CongressSession | None:
    """Return the session that a congress holds on a day."""
    held = CongressSession.objects.filter(division_code=body, opens_on__lte=day, closes_on__gte=day)
    return held.order_by("-opens_on").first()


def seats_at(body: str, day: date) -> list[Seat]:
    """Return the seats of a congress whose deputies may act on a day, by name."""
    seats = active_seats(day).filter(body_code=body).select_related("deputy")
    return list(seats.order_by("deputy__pinyin", "deputy__name", "deputy_id"))


def roll(session: CongressSession) -> list[OnRoll]:
    """Return the roll of a session with what is written down (four queries, whatever its length)."""
    written = dict(session.attendances.values_list("deputy", "presence"))
    seats, often = seats_at(session.division_code, session.opens_on), absent_too_often(session)
    return [
        OnRoll(seat.deputy, written.get(seat.deputy_id, ""), seat.deputy_id in often)
        for seat in seats
        if seat.term == session.term
    ]


def absent_too_often(session: CongressSession) -> set[UUID]:
    """Return whom the law's number of unapproved absences has been counted against in the session's term."""
    missed = SessionAttendance.objects.filter(
        session__division_code=session.division_code, session__term=session.term, presence=Presence.ABSENT
    )
    limit = int(value("deputy.absence_alert", home6=session.home6))
    return missed_too_often(missed.values_list("deputy", flat=True), limit)


def session_now(body: str) -> CongressSession | None:
    """Return the session that is on today, in China's calendar."""
    return session_on(body, clock.today())


def counts(session: CongressSession) -> dict[str, int]:
    """Return how many came, were on leave and were absent, of those written down."""
    marks = list(session.attendances.values_list("presence", flat=True))
    return {kind.value: marks.count(kind) for kind in Presence}
