"""The rota: days of a span with fair turns, published in time, changed afterwards by leave and swap only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, ActorKind, Role
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.common.writes import write
from lianxin.people.actors import active_seats
from lianxin.people.models import Deputy
from lianxin.regions.models import Station
from lianxin.rulebook.selectors import calendar_for
from lianxin.rulebook.services import value
from lianxin.stations import rules
from lianxin.stations.models import Absence, DutyTurn, ReceptionDay, Rota, StationMember
from lianxin.stations.permissions import must_keep
from lianxin.stations.services.telling import tell_deputy
from lianxin.stations.workflow import Turn

LONGEST = 366


@write
def rota_make(
    *,
    actor: Actor,
    station: Station,
    first: date,
    last: date,
    weekdays: Sequence[int] = (),
    request_id: str | None = None,
) -> Rota:
    """Draw up a span anew (自动排班): what was published stays, an earlier draft of the span goes."""
    must_keep(actor, station)
    _span_checked(first, last)
    _drafts_drop(station, first, last)
    home6 = station.home6
    wanted = weekdays or value("reception.weekdays", home6=home6, place=station.division_code)
    days = rules.days_between(first, last, wanted, calendar_for(home6).is_workday)
    taken = set(ReceptionDay.objects.filter(station=station, on__in=days).values_list("on", flat=True))
    rota = Rota.objects.create(**_where(station), first=first, last=last)
    _days_write(rota, station, [day for day in days if day not in taken])
    record(
        actor=actor, tag="stations.rota_make", kind="rota", target=rota.id, home6=home6,
        facts={"station": station.code, "days": len(days) - len(taken)},
    )  # fmt: skip
    return rota


def _span_checked(first: date, last: date) -> None:
    if last < first or (last - first).days > LONGEST:
        raise Invalid("日期不对，请重选。", fields={"last": "最后一天不能早于第一天，最多排一年。"})
    if last < clock.today():
        raise Invalid("这段时间已经过了。", fields={"last": "请选今天以后的日子。"})


def _drafts_drop(station: Station, first: date, last: date) -> None:
    drafts = ReceptionDay.objects.filter(
        station=station, on__range=(first, last), published_at=None, receptions=None
    )
    DutyTurn.objects.filter(day__in=drafts).delete()
    drafts.delete()
    Rota.objects.filter(station=station, published_at=None, days=None).delete()


def _days_write(rota: Rota, station: Station, days: Sequence[date]) -> None:
    home6 = station.home6
    starts, ends = (time.fromisoformat(one) for one in value("reception.hours", home6=home6))
    seatings = rules.rota(
        days,
        sitters(station, rota.first),
        each=value("reception.min_deputies", home6=home6),
        mixed=value("reception.mixed_levels", home6=home6),
    )
    rows = [
        ReceptionDay(rota=rota, **_where(station), on=one.on, starts=starts, ends=ends, short=one.short)
        for one in seatings
    ]
    ReceptionDay.objects.bulk_create(rows, batch_size=500)
    where = {"home6": home6, "division_code": station.division_code}
    turns = [
        DutyTurn(day=row, deputy_id=UUID(key), **where)
        for row, one in zip(rows, seatings, strict=True)
        for key in one.sitters
    ]
    DutyTurn.objects.bulk_create(turns, batch_size=500)


def sitters(station: Station, since: date) -> list[rules.Sitter]:
    """Return the deputies placed here (a room takes its town's) with levels, turns of the year, absences."""
    home = station if station.level in {"city", "town"} else station.parent or station
    ids = list(StationMember.objects.filter(station=home, valid_to=None).values_list("deputy_id", flat=True))
    levels: dict[UUID, set[str]] = {}
    for deputy, level in active_seats(since).filter(deputy__in=ids).values_list("deputy_id", "level"):
        levels.setdefault(deputy, set()).add(level)
    away: dict[UUID, list[tuple[date, date]]] = {}
    for row in Absence.objects.filter(deputy__in=ids, last__gte=since):
        away.setdefault(row.deputy_id, []).append((row.first, row.last))
    served = _served(ids, since.year)
    return [
        rules.Sitter(str(pk), frozenset(levels[pk]), served.get(pk, 0), tuple(away.get(pk, ())))
        for pk in ids
        if pk in levels
    ]


def _served(ids: Sequence[UUID], year: int) -> dict[UUID, int]:
    """Count the year's turns that were or will be sat: leave and absence do not count."""
    counted = DutyTurn.objects.filter(deputy__in=ids, day__on__year=year)
    counted = counted.exclude(state__in=[Turn.LEAVE, Turn.ABSENT])
    return dict(counted.values_list("deputy_id").annotate(Count("pk")).order_by())


@write
def rota_publish(*, actor: Actor, rota: Rota, request_id: str | None = None) -> Rota:
    """Publish the plan: the public calendar shows it and each deputy is told and asked to confirm."""
    must_keep(actor, rota.station)
    days = list(rota.days.order_by("on").prefetch_related("turns__deputy"))
    _publishable(rota, days)
    now = clock.now()
    if Rota.objects.filter(pk=rota.pk, published_at=None).update(published_at=now) != 1:
        raise Conflict("这份排班刚刚发布过了，请刷新后再看。")
    rota.published_at = now
    ReceptionDay.objects.filter(rota=rota).update(published_at=now)
    for deputy, own in _by_deputy(days).items():
        said = "、".join(f"{day.on.month}月{day.on.day}日" for day in own[:6])
        more = f"等 {len(own)} 天" if len(own) > 6 else ""
        tell_deputy(
            deputy,
            own[0],
            "接待日排班",
            f"{rota.station.name}：{said}{more}。请确认或请假。",
            f"rota:{rota.id}",
        )
    record(
        actor=actor, tag="stations.rota_publish", kind="rota", target=rota.id, home6=rota.home6,
        facts={"days": len(days)},
    )  # fmt: skip
    return rota


def _publishable(rota: Rota, days: Sequence[ReceptionDay]) -> None:
    if not days:
        raise Refused("这份排班里还没有接待日。")
    notice = value("reception.notice_days", home6=rota.home6)
    soonest = clock.today() + timedelta(days=notice)
    if days[0].on < soonest:
        raise Refused(f"接待日要提前 {notice} 天公告，最早可以排 {soonest}。")
    empty = [str(day.on) for day in days if not day.turns.all()]
    if empty:
        raise Refused(f"{empty[0]} 还没有排到代表。")


def _by_deputy(days: Sequence[ReceptionDay]) -> dict[Deputy, list[ReceptionDay]]:
    found: dict[Deputy, list[ReceptionDay]] = {}
    for day in days:
        for turn in day.turns.all():
            found.setdefault(turn.deputy, []).append(day)
    return found


@write
def turn_change(*, actor: Actor, turn: DutyTurn, deputy: UUID, request_id: str | None = None) -> DutyTurn:
    """Put somebody else on a day of a draft; after publication leave and swap are the way."""
    must_keep(actor, turn.day.station)
    if turn.day.published_at is not None:
        raise Refused("已经发布的，请用「请假」换人，代表会收到消息。")
    person = free_deputy(turn.day, deputy)
    changed = DutyTurn.objects.filter(pk=turn.pk, deputy=turn.deputy_id).update(deputy=person)
    if changed != 1:
        raise Conflict("这一天刚刚改过了，请刷新后再看。")
    turn.deputy = person
    record(
        actor=actor, tag="stations.turn.change", kind="turn", target=turn.id, home6=turn.home6,
        facts={"deputy": str(deputy)},
    )  # fmt: skip
    return turn


def free_deputy(day: ReceptionDay, deputy: UUID) -> Deputy:
    """Return a deputy of this station who is free on the day; refuse with the reason."""
    home = day.station if day.station.level in {"city", "town"} else day.station.parent
    member = StationMember.objects.filter(station=home, deputy=deputy, valid_to=None).select_related("deputy")
    row = member.first()
    problem = ""
    if row is None or not active_seats(day.on).filter(deputy=deputy).exists():
        problem = "请选编入本站的现任代表。"
    elif Absence.objects.filter(deputy=deputy, first__lte=day.on, last__gte=day.on).exists():
        problem = "这位代表那天已经说过有事。"
    elif DutyTurn.objects.filter(day=day, deputy=deputy).exists():
        problem = "这位代表那天已经排上了。"
    if problem or row is None:
        raise Invalid(problem, fields={"deputy": problem})
    return row.deputy


@write
def absence_declare(
    *, actor: Actor, deputy: Deputy, first: date, last: date, request_id: str | None = None
) -> Absence:
    """Say beforehand when one cannot sit; the plan then leaves these days out. No reason is asked."""
    own = actor.id is not None and deputy.account_id == actor.id and actor.has(Role.DEPUTY)
    kept = actor.has_in(deputy.division_code, Role.KEEPER, Role.PRESIDIUM, Role.OFFICE)
    if not own and not kept and actor.kind is not ActorKind.SYSTEM:
        raise Denied("只能说自己的，或由本站联络员代记。")
    if last < first or last < clock.today():
        raise Invalid("日期不对，请重选。", fields={"last": "最后一天不能早于第一天，也不能已经过了。"})
    row = Absence.objects.create(
        deputy=deputy, first=first, last=last, home6=deputy.home6, division_code=deputy.division_code
    )
    facts = {"deputy": str(deputy.pk), "first": str(first), "last": str(last)}
    record(
        actor=actor,
        tag="stations.absence_declare",
        kind="absence",
        target=row.id,
        home6=row.home6,
        facts=facts,
    )
    return row


def _where(station: Station) -> dict[str, Any]:
    return {"station": station, "home6": station.home6, "division_code": station.division_code}


def seats_taken(day: ReceptionDay) -> int:
    """Return how many turns of a day are not given back."""
    return day.turns.filter(~Q(state=Turn.LEAVE)).count()
