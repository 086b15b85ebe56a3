"""Who came to a session: written down once for everybody, mended later; presence is a duty done."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Denied, Invalid, Refused
from lianxin.common.writes import write
from lianxin.congress.models import CongressSession, SessionAttendance
from lianxin.congress.permissions import may_session
from lianxin.congress.rules import Presence
from lianxin.congress.selectors import absent_too_often, seats_at
from lianxin.congress.services.sessions import NOT_YOURS
from lianxin.duties.services.posting import NewDuty, duties_register, duty_unpost
from lianxin.notifications.models import Channel
from lianxin.notifications.services import Recipient, enqueue
from lianxin.people.models import CongressLevel, Deputy

ROOM = "congress"


@write
def attendance_save(
    *,
    actor: Actor,
    session: CongressSession,
    marks: Mapping[UUID, str],
    request_id: str | None = None,
) -> CongressSession:
    """Write down who came; only what differs from what stands is changed. `marks` are deputies' ids."""
    if not may_session(actor, "keep", session):
        raise Denied(NOT_YOURS)
    if clock.today() < session.opens_on:
        raise Refused("大会还没有开幕，开幕以后再登记出席情况。")
    CongressSession.objects.select_for_update().get(pk=session.pk)
    _known(session, marks)
    before = absent_too_often(session)
    changed, mended = _changed(actor, session, marks)
    rows = SessionAttendance.objects.bulk_create(changed)
    duties_register(actor=actor, rows=[_duty(row) for row in rows if row.presence == Presence.PRESENT])
    record(
        actor=actor, tag="congress.attendance", kind="congress_session", target=session.id,
        home6=session.home6, facts={"written": len(rows), "mended": mended},
    )  # fmt: skip
    for deputy in Deputy.objects.filter(pk__in=absent_too_often(session) - before):
        _tell(session, deputy)
    return session


def _known(session: CongressSession, marks: Mapping[UUID, str]) -> None:
    seated = {seat.deputy_id for seat in seats_at(session.division_code, session.opens_on)}
    if not marks or set(marks) - seated or set(marks.values()) - set(Presence):
        raise Invalid("名单和这次会议的代表对不上，请刷新页面再登记。")


def _changed(
    actor: Actor, session: CongressSession, marks: Mapping[UUID, str]
) -> tuple[list[SessionAttendance], dict[str, list[str]]]:
    """Return the rows to write and what was mended (old and new); a mended row goes, with its duty."""
    rows, mended = [], {}
    written = {row.deputy_id: row for row in session.attendances.all()}
    for who, mark in marks.items():
        old = written.get(who)
        if old is not None and old.presence == mark:
            continue
        if old is not None:
            mended[str(who)] = [old.presence, mark]
            duty_unpost(actor=actor, source_room=ROOM, source_id=str(old.pk))
            old.delete()
        rows.append(SessionAttendance(session=session, deputy_id=who, presence=mark))
    return rows, mended


def _duty(row: SessionAttendance) -> NewDuty:
    session = row.session
    return NewDuty(
        deputy_id=row.deputy_id,
        kind="session_attendance",
        on=session.opens_on,
        home6=session.home6,
        division_code=session.division_code,
        title=session.name,
        source_room=ROOM,
        source_id=str(row.pk),
    )


def _tell(session: CongressSession, deputy: Deputy) -> None:
    """Tell who keeps the roll: the seat ends by law, a person checks and announces it."""
    role = Role.PRESIDIUM if session.level == CongressLevel.TOWN else Role.OFFICE
    enqueue(
        to=Recipient.role(role, session.division_code),
        subject=f"{deputy.name}代表未经批准缺席已达法定次数，请核对",
        text="代表法第六十二条：未经批准两次不出席本级人民代表大会会议的，代表资格终止。请核对后按程序报告、公告。",
        link=f"/sessions/{session.id}",
        about_kind="congress_session",
        about_id=session.id,
        home6=session.home6,
        dedupe=f"absent:{session.id}:{deputy.id}",
        channels=(Channel.IN_APP, Channel.EMAIL),
    )
