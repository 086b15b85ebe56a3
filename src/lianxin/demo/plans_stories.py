"""From a superior document to a task that is done: the documents of 2021, a petition of 2015, the plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.demo import plans_texts as texts
from lianxin.demo.city import TOUR_TOWN, City
from lianxin.demo.plans_texts import Work
from lianxin.demo.telling import Story
from lianxin.plans import services
from lianxin.plans.models import Plan, PlanTask, SuperiorDocument, WorkMeeting
from lianxin.plans.rules import WHOLE
from lianxin.plans.services import Called, TaskWords
from lianxin.regions.loading import CITY

LATE_PLACE = 3
"""Which of the tasks of 2021 was done after its day."""


def stories(city: City, scale: str, now: datetime) -> list[Story]:
    """Return the petitions and the plan with its meetings."""
    del scale
    return [_guidance(city), _petitions_now(city, now), _plan(city, now)]


def _at(year: int, month: int, day: int, hour: int = 9) -> datetime:
    return datetime(year, month, day, hour, tzinfo=clock.SHANGHAI)


def _morning(now: datetime, days: int) -> datetime:
    """Return nine in the morning so many days from now."""
    day = clock.local_date(now) + timedelta(days=days)
    return _at(day.year, day.month, day.day)


def _guidance(city: City) -> Story:
    """2015: the committee is asked for the 《指导意见》 and issues it."""
    desk, chair = city.staff["office"], city.staff["leader"]
    yield _at(2015, 3, 9)
    row = services.petition_draft(actor=desk, place=CITY, title=texts.GUIDANCE, text=texts.GUIDANCE_TEXT)
    services.petition_propose(actor=desk, petition=row)
    yield _at(2015, 3, 11)
    services.petition_schedule(actor=chair, petition=row, agenda_on=date(2015, 3, 18))
    yield _at(2015, 3, 18, 16)
    services.petition_decide(actor=chair, petition=row, act="send_back", note="请把村务公开的时限写具体。")
    yield _at(2015, 3, 23)
    services.petition_revise(
        actor=desk,
        petition=row,
        text=f"{texts.GUIDANCE_TEXT}\n送审稿已写明村务公开一般事项每季度至少公布一次。",
    )
    services.petition_propose(actor=desk, petition=row)
    services.petition_schedule(actor=chair, petition=row, agenda_on=date(2015, 3, 25))
    yield _at(2015, 3, 25, 16)
    services.petition_decide(actor=chair, petition=row, act="agree")
    yield _at(2015, 3, 26)
    services.petition_send(actor=desk, petition=row)
    yield _at(2015, 4, 16, 10)
    services.petition_issue(
        actor=desk, petition=row, number="旬发〔2015〕（演示）9号", issued_on=date(2015, 4, 15)
    )
    assert row.outcome is not None
    services.document_settle(
        actor=desk, document=row.outcome, note="各镇已按《指导意见》开展村民自治工作，见历年专项活动。"
    )


def _petitions_now(city: City, now: datetime) -> Story:
    """One petition waits for its answer past its day, one lies before the chairpersons."""
    desk, chair = city.staff["office"], city.staff["leader"]
    yield now - timedelta(days=75)
    row = services.petition_draft(actor=desk, place=CITY, title=texts.SECOND, text=texts.SECOND_TEXT)
    services.petition_propose(actor=desk, petition=row)
    services.petition_schedule(actor=chair, petition=row, agenda_on=clock.today())
    yield now - timedelta(days=74)
    services.petition_decide(actor=chair, petition=row, act="agree")
    services.petition_send(actor=desk, petition=row)
    yield now - timedelta(days=20)
    services.petition_urge(actor=desk, petition=row, note="电话问市委办，答复已在会签。")
    yield now - timedelta(days=4)
    row = services.petition_draft(actor=desk, place=CITY, title=texts.DRAFT, text=texts.DRAFT_TEXT)
    services.petition_propose(actor=desk, petition=row)


def _plan(city: City, now: datetime) -> Story:
    """The plan since 2021: documents, first version, meeting, what was done; this year's version."""
    desk, chair = city.staff["office"], city.staff["leader"]
    yield _at(2021, 8, 2)
    top = services.document_register(actor=desk, place=CITY, paper=texts.ANKANG)
    yield _at(2021, 8, 9)
    middle = services.document_register(actor=desk, place=CITY, paper=texts.XUNYANG, uppers=[top])
    yield _at(2021, 8, 12)
    own = services.document_register(actor=desk, place=CITY, paper=texts.OWN, uppers=[middle])
    plan = services.plan_open(actor=desk, place=CITY, title=texts.PLAN, document=own)
    for goal in texts.GOALS:
        services.goal_add(actor=desk, plan=plan, text=goal)
    _write(desk, plan, texts.FIRST, middle)
    services.line_add(
        actor=desk, plan=plan, task=_line(Work(4, "修订村民自治章程示范文本", "office", 120, (), ""), own)
    )
    services.plan_submit(actor=desk, plan=plan)
    yield _at(2021, 8, 16)
    services.plan_approve(actor=chair, plan=plan)
    yield from _meeting(city, plan, texts.MEETING, _at(2021, 8, 20), texts.DECIDED_2021)
    yield from _finish_first(city, plan)
    yield from _this_year(city, plan, own, now)


def _owner(key: str) -> str:
    return {"office": CITY, "town": TOUR_TOWN}.get(key, key)


def _line(work: Work, document: SuperiorDocument) -> TaskWords:
    due = clock.today() + timedelta(days=work.days)
    return TaskWords(work.goal, work.text, _owner(work.owner), due, str(document.pk))


def _write(desk: Actor, plan: Plan, works: Sequence[Work], document: SuperiorDocument) -> None:
    for work in works:
        services.line_add(actor=desk, plan=plan, task=_line(work, document))


def _meeting(
    city: City,
    plan: Plan,
    title: str,
    when: datetime,
    decided: Sequence[tuple[int, str, str, int]],
) -> Iterator[datetime]:
    """Notice three days ahead, receipts, signing in, minutes, decisions into the plan."""
    desk, chair = city.staff["office"], city.staff["leader"]
    yield when - timedelta(days=3)
    row = _called(city, plan, title, when)
    yield when - timedelta(days=2)
    _replies(city, row, silent=0)
    yield when
    _come(city, row)
    yield when + timedelta(hours=6)
    lines = [
        TaskWords(goal, text, _owner(owner), clock.today() + timedelta(days=days))
        for goal, text, owner, days in decided
    ]
    services.minutes_write(actor=desk, meeting=row, text=texts.MINUTES, decisions=lines)
    yield when + timedelta(days=1)
    services.minutes_confirm(actor=chair, meeting=row)
    row.plan.refresh_from_db()
    services.decisions_to_tasks(actor=desk, meeting=row)


def _called(city: City, plan: Plan, title: str, when: datetime) -> WorkMeeting:
    desk = city.staff["office"]
    called = Called(title, when, "市人大三楼会议室", texts.AGENDA)
    owners = [*city.towns, *texts.INVITED]
    row = services.meeting_plan(actor=desk, plan=plan, called=called, owners=owners)
    return services.meeting_notify(actor=desk, meeting=row)


def _speaker(city: City, owner: str) -> Actor:
    """Return who speaks for an owner."""
    if owner == CITY:
        return city.staff["office2"]
    return city.staff[f"presidium:{owner}" if owner.isdigit() else f"clerk:{owner}"]


def _title(owner: str) -> str:
    return "人大主席" if owner.isdigit() else "分管负责同志"


def _replies(city: City, row: WorkMeeting, *, silent: int) -> None:
    """Let all but the last `silent` answer; every eighth asks for leave and sends somebody."""
    seats = list(row.seats.order_by("owner"))
    for place, seat in enumerate(seats[: len(seats) - silent]):
        leave = place % 8 == 5
        services.meeting_reply(
            actor=_speaker(city, seat.owner),
            meeting=row,
            answer="leave" if leave else "coming",
            who="副职代为参加" if leave else _title(seat.owner),
            why="外出培训" if leave else "",
        )


def _come(city: City, row: WorkMeeting) -> None:
    for seat in row.seats.exclude(answer="").order_by("owner"):
        name = _speaker(city, seat.owner).name
        services.meeting_sign_in(actor=_speaker(city, seat.owner), meeting=row, name=name)


def _finish_first(city: City, plan: Plan) -> Iterator[datetime]:
    """The tasks of 2021 are reported on in the order of time and done, most in time."""
    first = _at(2021, 8, 21)
    words = {one.text: one for one in texts.FIRST}
    acts = []
    for place, task in enumerate(plan.tasks.order_by("number")):
        work = words.get(task.text)
        whole = (task.due_on - date(2021, 8, 21)).days + (9 if place == LATE_PLACE else -2)
        for turn, percent in enumerate(work.percents if work else (100,), 1):
            said = work.words if work and percent == WHOLE else texts.REPORT[0]
            days = whole if percent == WHOLE else 15 * turn
            acts.append((first + timedelta(days=days, minutes=place), task, percent, said))
    for when, task, percent, said in sorted(acts, key=lambda one: one[0]):
        yield when
        _reported(city, task, percent, said)


def _reported(city: City, task: PlanTask, percent: int, words: str, *, judged: bool = True) -> None:
    task.refresh_from_db()
    services.progress_report(actor=_speaker(city, task.owner), task=task, percent=percent, words_of=words)
    if judged:
        services.report_accept(actor=city.staff["office"], task=task)


def _this_year(city: City, plan: Plan, own: SuperiorDocument, now: datetime) -> Iterator[datetime]:
    desk, chair = city.staff["office"], city.staff["leader"]
    began = now - timedelta(days=150)
    yield began
    services.plan_amend(actor=desk, plan=plan, note="按年度工作要点，列入今年的任务")
    for work in texts.NOW:
        line = _line(work._replace(days=150 + work.days), own)
        services.line_add(actor=desk, plan=plan, task=line)
    services.plan_submit(actor=desk, plan=plan)
    yield began + timedelta(days=2)
    services.plan_approve(actor=chair, plan=plan)
    yield from _work(city, plan, now)
    yield from _meeting(city, plan, texts.MIDYEAR, _morning(now, -40), texts.DECIDED_NOW)
    yield from _lately(city, plan, now)


def _work(city: City, plan: Plan, now: datetime) -> Iterator[datetime]:
    """Reports of the year, each accepted; told before the meeting of the year."""
    tasks = {one.text: one for one in plan.tasks.all()}
    for turn in range(2):
        for place, work in enumerate(texts.NOW):
            if turn < len(work.percents):
                yield now - timedelta(days=110 - 45 * turn, minutes=-place)
                last = turn == len(work.percents) - 1
                _reported(
                    city, tasks[work.text], work.percents[turn], work.words if last else texts.REPORT[turn]
                )


def _lately(city: City, plan: Plan, now: datetime) -> Iterator[datetime]:
    """What is alive today: a parked task, a report that waits, a new document, a meeting ahead."""
    desk = city.staff["office"]
    yield now - timedelta(days=15)
    parked = plan.tasks.get(text=texts.PARKED)
    services.task_park(actor=desk, task=parked, act="park", note="等省里的指导目录下发后再推进。")
    yield now - timedelta(days=3)
    _reported(city, plan.tasks.get(text=texts.WAITING), 90, texts.WAITING_WORDS, judged=False)
    yield now - timedelta(days=2)
    today = clock.today()
    new = {**{name: getattr(texts.NEW, name) for name in texts.NEW.__slots__}}
    paper = services.Received(**{**new, "issued_on": today - timedelta(days=3), "received_on": today})
    services.document_register(actor=desk, place=CITY, paper=paper)
    plan.refresh_from_db()
    row = _called(city, plan, texts.NEXT_MEETING, _morning(now, 6))
    yield now - timedelta(days=1)
    _replies(city, row, silent=3)
