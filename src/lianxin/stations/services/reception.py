"""At the table: numbers, the register (an opinion in one act), the summary of the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Invalid, Refused
from lianxin.common.writes import write
from lianxin.documents.services import photo_accept, voice_accept
from lianxin.opinions import services as opinions
from lianxin.opinions.codes import code_of
from lianxin.opinions.models import Channel, Opinion
from lianxin.opinions.permissions import may as may_opinion
from lianxin.opinions.services import Said
from lianxin.people.models import Deputy
from lianxin.stations.models import Confirmed, Outcome, Reception, ReceptionDay, Ticket
from lianxin.stations.permissions import must_keep, must_receive

DEPUTY_SIGN, RESIDENT_SIGN = "reception_deputy", "reception_resident"


@dataclass(frozen=True, slots=True)
class Visit:
    """What the form of a reception says; words and person go to the opinion."""

    said: Said
    deputy: UUID
    outcome: Outcome
    confirmed: Confirmed
    words: str = ""
    appointment_on: date | None = None
    ticket: UUID | None = None
    deputy_sign: bytes = field(default=b"", repr=False)
    resident_sign: bytes = field(default=b"", repr=False)
    resident_voice: bytes = field(default=b"", repr=False)
    online: bool = True


@dataclass(frozen=True, slots=True)
class Received:
    """The reception and the resident's query code (given once)."""

    reception: Reception
    code: str


@write
def ticket_issue(*, actor: Actor, day: ReceptionDay, request_id: str | None = None) -> Ticket:
    """Give out the next number of today's queue."""
    must_receive(actor, day)
    if day.on != clock.today() or day.published_at is None:
        raise Refused("只能取当天接待日的号。")
    ReceptionDay.objects.select_for_update().get(pk=day.pk)  # two tablets never give the same number
    last = Ticket.objects.filter(day=day).order_by("-number").first()
    return Ticket.objects.create(day=day, number=last.number + 1 if last else 1)


@write
def ticket_call(*, actor: Actor, ticket: Ticket, gone: bool = False, request_id: str | None = None) -> Ticket:
    """Call a number to the table, or note that nobody came when it was called."""
    must_receive(actor, ticket.day)
    state = "gone" if gone else "called"
    waiting = Ticket.objects.filter(pk=ticket.pk, state__in=["waiting", "called"])
    if waiting.update(state=state, called_at=clock.now()) != 1:
        raise Conflict("这个号已经办完了。")
    ticket.refresh_from_db()
    return ticket


def reception_register(
    *, actor: Actor, day: ReceptionDay, visit: Visit, request_id: str | None = None
) -> Received:
    """Register a visit and take it in as an opinion, in one act; sent again it is the same one."""
    row = _register(actor=actor, day=day, visit=visit, request_id=request_id)
    return Received(row, code_of(row.opinion) if row.opinion else "")


@write
def _register(*, actor: Actor, day: ReceptionDay, visit: Visit, request_id: str | None = None) -> Reception:
    must_receive(actor, day)
    deputy = _checked(day, visit)
    key = f"{request_id}:opinion" if request_id else None
    said = opinions.opinion_submit(
        actor=actor, station=day.station, said=visit.said, channel=Channel.RECEPTION, request_id=key
    )
    opinion = _desk(actor, said.opinion, visit)
    row = Reception.objects.create(
        day=day,
        deputy=deputy,
        opinion=opinion,
        ticket=_ticket(day, visit.ticket),
        on=day.on,
        category=opinion.category,
        outcome=visit.outcome,
        appointment_on=visit.appointment_on,
        confirmed=visit.confirmed,
        online=visit.online,
        home6=day.home6,
        division_code=day.division_code,
    )
    _signs_keep(row, visit)
    facts = {"day": str(day.id), "outcome": visit.outcome.value, "online": visit.online}
    record(
        actor=actor, tag="stations.reception_register", kind="reception", target=row.id, home6=row.home6,
        facts=facts,
    )  # fmt: skip
    return row


def _checked(day: ReceptionDay, visit: Visit) -> Deputy:
    problems: dict[str, str] = {}
    if day.published_at is None or day.on > clock.today():
        raise Refused("这个接待日还没有到，不能登记。")
    if day.summed_up_at is not None and visit.online:
        raise Refused("今天的小结已经提交；还有纸表，请用「补录纸表」。")
    turn = day.turns.filter(deputy=visit.deputy).select_related("deputy").first()
    if turn is None:
        problems["deputy"] = "请选当天值班的代表。"
    if visit.outcome == Outcome.ANSWERED and len(visit.words.strip()) < 5:
        problems["words"] = "当场解答的，请写下怎么答的（至少 5 个字）。"
    if visit.outcome == Outcome.APPOINTMENT and not (visit.appointment_on and visit.appointment_on > day.on):
        problems["appointment_on"] = "请写约在哪天（接待日以后）。"
    if visit.confirmed == Confirmed.FINGER and not visit.resident_sign:
        problems["confirmed"] = "请群众在框里签一下，或选别的确认办法。"
    if visit.confirmed == Confirmed.VOICE and not visit.resident_voice:
        problems["confirmed"] = "还没有录音，请录一句「记得对」，或选别的确认办法。"
    if visit.confirmed != Confirmed.PAPER and not visit.deputy_sign:
        problems["deputy_sign"] = "请代表签字。"
    if problems or turn is None:
        raise Invalid("还差一点，写的内容都在。", fields=problems)
    return turn.deputy


def _desk(actor: Actor, opinion: Opinion, visit: Visit) -> Opinion:
    """Let whoever keeps the station take it in at once; what a deputy registers waits for the keeper."""
    if opinion.is_sealed or not may_opinion(actor, "accept", opinion) or opinion.state != "new":
        return opinion
    opinion = opinions.opinion_move(actor=actor, opinion=opinion, act="accept")
    if visit.outcome == Outcome.ANSWERED:
        return opinions.opinion_answer(actor=actor, opinion=opinion, text=visit.words.strip())
    if visit.outcome == Outcome.APPOINTMENT:
        note = f"约在 {visit.appointment_on} 到站里再谈。{visit.words.strip()}"
        return opinions.opinion_move(actor=actor, opinion=opinion, act="take_up", note=note)
    return opinion


def _ticket(day: ReceptionDay, pk: UUID | None) -> Ticket | None:
    if pk is None:
        return None
    open_one = Ticket.objects.filter(pk=pk, day=day, state__in=["waiting", "called"])
    if open_one.update(state="done") != 1:
        raise Conflict("这个号已经登记过了，请刷新后再看。")
    return Ticket.objects.get(pk=pk)


def _signs_keep(row: Reception, visit: Visit) -> None:
    """Keep signatures and voice sealed; what only shows that somebody signed is not kept twice."""
    for kind, picture in ((DEPUTY_SIGN, visit.deputy_sign), (RESIDENT_SIGN, visit.resident_sign)):
        if picture:
            photo_accept(data=picture, owner_kind=kind, owner_id=row.id, home6=row.home6)
    if visit.resident_voice:
        voice_accept(data=visit.resident_voice, owner_kind=RESIDENT_SIGN, owner_id=row.id, home6=row.home6)


@transaction.atomic
def paper_visits(
    *, actor: Actor, day: ReceptionDay, visits: Sequence[Visit], request_id: str | None = None
) -> list[Received]:
    """Enter the paper forms of a day without power or network; the real date is kept, the source is paper."""
    if day.on > clock.today():
        raise Refused("这个接待日还没有到。")
    return [
        reception_register(
            actor=actor, day=day, visit=visit, request_id=f"{request_id}:{n}" if request_id else None
        )
        for n, visit in enumerate(visits)
    ]


def noon_of(day: ReceptionDay) -> datetime:
    """Return the instant that a paper form of a day gets: when the day began."""
    return datetime.combine(day.on, day.starts, tzinfo=clock.SHANGHAI)


@write
def summary_submit(
    *, actor: Actor, day: ReceptionDay, text: str, request_id: str | None = None
) -> ReceptionDay:
    """Submit the summary of a day (接待小结)."""
    must_keep(actor, day.station)
    words = text.strip()[:1000]
    if len(words) < 5:
        raise Invalid("请写一两句小结。", fields={"text": "至少写 5 个字。"})
    if day.published_at is None or day.on > clock.today():
        raise Refused("这个接待日还没有到，不能写小结。")
    fresh = ReceptionDay.objects.filter(pk=day.pk, summed_up_at=None)
    if fresh.update(summary=words, summed_up_at=clock.now()) != 1:
        raise Conflict("这一天的小结已经提交过了。")
    day.refresh_from_db()
    record(actor=actor, tag="stations.summary_submit", kind="reception_day", target=day.id, home6=day.home6)
    return day


def summary_draft(day: ReceptionDay) -> str:
    """Return the summary that the records of the day give by themselves."""
    rows = list(day.receptions.all())
    by_category = Counter(row.category or "其他" for row in rows)
    by_outcome = Counter(row.outcome for row in rows)
    names = "、".join(turn.deputy.name for turn in day.turns.all() if turn.signed_in_at)
    kinds = "、".join(f"{name} {count} 件" for name, count in by_category.most_common())
    ends = "，".join(f"{label} {by_outcome[key]} 件" for key, label in Outcome.choices if by_outcome[key])
    where = f"{day.on.month}月{day.on.day}日，{names or '没有代表'}在{day.station.name}"
    head = f"{where}接待群众 {len(rows)} 人次。"
    return head + (f"反映：{kinds}。{ends}。" if rows else "当天没有群众来。")
