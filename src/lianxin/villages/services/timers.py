"""What the clock does for villages: the calendar is made from rules, reminders go out, days lapse.

Every part is safe to repeat: an item stands once for a village, a kind and a period; each message
is told once.
"""

from __future__ import annotations

from datetime import date, timedelta

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import SYSTEM
from lianxin.rulebook.selectors import value
from lianxin.villages.calendar import REGULAR, WHAT, Duty, Kind, duties, interval_of
from lianxin.villages.models import DisclosureItem, DisclosureQuestion, VillageMeeting, VillageProfile
from lianxin.villages.services.step import step
from lianxin.villages.services.telling import (
    tell_deputy,
    tell_of_meeting,
    tell_supervisors,
    tell_town,
    tell_village,
)
from lianxin.villages.workflow import TEXT_OPEN, Meeting, State

LAW = "村民委员会组织法（2018）第三十条"
UNPUBLISHED = (State.TO_PREPARE, State.TO_REVIEW, State.OVERDUE)


def duties_of(profile: VillageProfile, *, since: date, until: date) -> list[Duty]:
    """Return what a village has to publish in the periods that begin in `since` … `until`."""
    home6, found = profile.home6, []
    general = value("village.general_interval", home6=home6)
    finance = value("village.finance_interval", home6=home6)
    for kind in REGULAR:
        interval = interval_of(kind, general=general, finance=finance, many_dealings=profile.many_dealings)
        name = "finance" if kind is Kind.FINANCE else "general"
        after = value(f"village.{name}_publish_days", home6=home6)
        found += duties(kind, interval, after, since=since, until=until)
    return found


def item_of(profile: VillageProfile, duty: Duty) -> DisclosureItem:
    """Return the row (not saved) for a duty; a community's law is not entered, so its basis says so."""
    interval = (
        "财务往来较多的按月" if duty.kind is Kind.FINANCE and profile.many_dealings else "至少每季度一次"
    )
    basis = f"居务公开：{TEXT_OPEN}，参照村务公开" if profile.is_community else f"{LAW}：{interval}"
    return DisclosureItem(
        home6=profile.home6,
        division_code=profile.division_code,
        kind=duty.kind,
        what=f"{duty.period.words}{WHAT[duty.kind]}",
        period=duty.period.code,
        due_on=duty.due_on,
        due_trace=list(duty.trace),
        due_basis=basis,
    )


def calendar_make(today: date) -> int:
    """Put on each village's calendar what is due for the present periods; return how many are new."""
    made = [
        item_of(profile, duty)
        for profile in VillageProfile.objects.all()
        for duty in duties_of(profile, since=today, until=today)
    ]
    keys = ("division_code", "kind", "period")
    have = set(DisclosureItem.objects.filter(period__in={item.period for item in made}).values_list(*keys))
    new = [item for item in made if (item.division_code, str(item.kind), item.period) not in have]
    DisclosureItem.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    if new:
        record(
            actor=SYSTEM,
            tag="village_disclosure.calendar",
            kind="disclosure",
            target=str(today),
            home6=new[0].home6,
            facts={"count": len(new)},
        )
    return len(new)


def disclosure_tick(today: date | None = None) -> int:
    """Make the calendar, remind of it and of meetings, lapse what is late, tell town and deputy."""
    day = today or clock.today()
    return calendar_make(day) + _remind(day) + _lapse(day) + _alarm(day) + _questions(day) + _meetings(day)


def _remind(day: date) -> int:
    done = 0
    for days in value("village.disclosure_remind_days"):
        due = DisclosureItem.objects.filter(
            state__in=UNPUBLISHED, published_on=None, due_on=day + timedelta(days=days)
        )
        for item in due:
            tell_village(item, f"还有 {days} 天就到公开期限", f"remind:{item.id}:{days}")
            if item.state == State.TO_REVIEW:
                tell_supervisors(item, f"还有 {days} 天就到公开期限，请审核", f"remind:{item.id}:{days}")
            done += 1
    return done


def _lapse(day: date) -> int:
    """Note what was not published in time; village and town hear of it."""
    late = list(DisclosureItem.objects.filter(state=State.TO_PREPARE, published_on=None, due_on__lt=day))
    for item in late:
        step(actor=SYSTEM, item=item, act="lapse")
        tell_village(item, "公开逾期了，请尽快补上", f"late:{item.id}")
        tell_town(item, "有村公开逾期", f"late:{item.id}")
    return len(late)


def _alarm(day: date) -> int:
    """Tell the supervising deputy of what is still missing days later; each is told once."""
    before = day - timedelta(days=value("village.disclosure_alarm_days"))
    window = before - timedelta(days=7)
    late = list(
        DisclosureItem.objects.filter(
            state__in=UNPUBLISHED, published_on=None, due_on__lte=before, due_on__gt=window
        )
    )
    codes = {item.division_code for item in late}
    profiles = VillageProfile.objects.filter(division_code__in=codes).select_related("supervising_deputy")
    deputies = {row.division_code: row.supervising_deputy for row in profiles}
    for item in late:
        tell_town(item, "有村公开逾期多日，请督促", f"alarm:{item.id}")
        tell_deputy(
            item, deputies.get(item.division_code), "您督导的村公开逾期，请去看看", f"alarm:{item.id}"
        )
    return len(late)


def _questions(day: date) -> int:
    """Remind of questions that are due tomorrow or are late; the town hears of late ones."""
    waiting = DisclosureQuestion.objects.filter(answered_on=None, due_on__lte=day + timedelta(days=1))
    found = list(waiting.select_related("item"))
    for question in found:
        tell_village(question.item, "群众的疑问就要到期，请答复", f"question:{question.id}")
        if question.due_on < day:
            tell_town(question.item, "有村没有按期答复群众疑问", f"question-late:{question.id}")
    return len(found)


def _meetings(day: date) -> int:
    """Remind of the meetings that are called for one of the next days; each is told once."""
    until = clock.day_start(day + timedelta(days=value("village.meeting_remind_days") + 1))
    tomorrow = clock.day_start(day + timedelta(days=1))
    called = VillageMeeting.objects.filter(state=Meeting.NOTICED, held_at__gte=tomorrow, held_at__lt=until)
    found = list(called)
    for meeting in found:
        tell_of_meeting(meeting, "村里就要开会，请再通知一遍", f"meeting:{meeting.id}")
    return len(found)
