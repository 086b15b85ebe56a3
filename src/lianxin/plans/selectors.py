"""Reading documents with their chain, petitions, plans and tasks, meetings; always from what may be seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import NotFound
from lianxin.documents.models import StoredFile
from lianxin.plans.models import (
    DocumentLink,
    Petition,
    Plan,
    PlanTask,
    ProgressReport,
    ReportState,
    SuperiorDocument,
    WorkMeeting,
)
from lianxin.plans.owners import owner_name
from lianxin.plans.permissions import (
    documents_visible_to,
    meetings_visible_to,
    owners_of,
    petitions_visible_to,
    plans_visible_to,
    tasks_visible_to,
)
from lianxin.plans.rules import Attendance, TaskState, attendance, overall
from lianxin.plans.waiting import documents_open
from lianxin.plans.workflow import PetitionState, Standing

M = TypeVar("M", bound=Model)
MOST = 100
ENDED = (PetitionState.ISSUED, PetitionState.DECLINED, PetitionState.REFUSED, PetitionState.WITHDRAWN)


def document_for(actor: Actor, pk: UUID) -> SuperiorDocument:
    """Return a document that the actor may see."""
    return _one(documents_visible_to(actor), pk, "没有找到这份文件，或者不在您的范围内。")


def petition_for(actor: Actor, pk: UUID) -> Petition:
    """Return a petition that the actor may see."""
    return _one(petitions_visible_to(actor).select_related("outcome"), pk, "没有找到这件提请。")


def plan_for(actor: Actor, pk: UUID) -> Plan:
    """Return a plan that the actor may see."""
    return _one(plans_visible_to(actor).select_related("document"), pk, "没有找到这份方案。")


def task_for(actor: Actor, pk: UUID) -> PlanTask:
    """Return a task that the actor may see."""
    rows = tasks_visible_to(actor).select_related("plan", "document", "decision__meeting")
    return _one(rows, pk, "没有找到这项任务，或者不是您这里的。")


def meeting_for(actor: Actor, pk: UUID) -> WorkMeeting:
    """Return a meeting that the actor may see."""
    return _one(meetings_visible_to(actor).select_related("plan"), pk, "没有找到这个会，或者没有通知您。")


def _one(rows: QuerySet[M], pk: UUID, gone: str) -> M:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound(gone)
    return found


def documents_page(actor: Actor, *, tab: str) -> list[SuperiorDocument]:
    """Return documents, the newest first, each with how many tasks, plans and lower documents it has."""
    rows = documents_open(actor) if tab == "open" else documents_visible_to(actor)
    counted = rows.annotate(
        task_count=Count("tasks", distinct=True),
        plan_count=Count("plans", distinct=True),
        lower_count=Count("lowers", distinct=True),
    )
    return list(counted.order_by("-received_on", "-id")[:MOST])


@dataclass(frozen=True, slots=True)
class Step:
    """One document of a chain: how deep it lies, how many tasks it has, whether it is the one looked at."""

    document: SuperiorDocument
    depth: int
    is_here: bool
    tasks: int


def chain_of(actor: Actor, row: SuperiorDocument) -> list[Step]:
    """Return what a document rests on and what carries it out, from above to below (two queries)."""
    links = list(DocumentLink.objects.filter(home6=row.home6).values_list("upper", "lower"))
    up, down = _reach(row.pk, [(low, high) for high, low in links]), _reach(row.pk, links)
    wanted = up | down | {row.pk}
    depth = _depths(wanted, [one for one in links if set(one) <= wanted])
    rows = documents_visible_to(actor).filter(pk__in=wanted).annotate(task_count=Count("tasks"))
    found = sorted(rows, key=lambda one: (depth[one.pk], one.issued_on))
    return [Step(one, min(depth[one.pk], 4), one.pk == row.pk, one.task_count) for one in found]


def _reach(start: UUID, links: Iterable[tuple[UUID, UUID]]) -> set[UUID]:
    known = list(links)
    seen: set[UUID] = set()
    wait = [start]
    while wait:
        one = wait.pop()
        fresh = {to for source, to in known if source == one} - seen
        seen |= fresh
        wait += fresh
    return seen


def _depths(rows: set[UUID], links: list[tuple[UUID, UUID]]) -> dict[UUID, int]:
    depth = dict.fromkeys(rows, 0)
    for _round in range(len(rows)):
        for high, low in links:
            depth[low] = max(depth[low], depth[high] + 1)
    return depth


def petitions_page(actor: Actor, *, tab: str) -> list[Petition]:
    """Return petitions under way, past their day first, or those that have ended."""
    rows = petitions_visible_to(actor).select_related("outcome")
    if tab == "done":
        return list(rows.filter(state__in=ENDED).order_by("-created_at")[:MOST])
    return list(rows.exclude(state__in=ENDED).order_by("due_on", "-created_at")[:MOST])


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task as a list shows it."""

    task: PlanTask
    owner: str
    stands: TaskState
    waiting: bool


def task_lines(rows: QuerySet[PlanTask]) -> list[TaskLine]:
    """Return tasks with owner, standing of today and whether a report waits (one query)."""
    waiting = ProgressReport.objects.filter(task=OuterRef("pk"), state=ReportState.WAITING)
    today = clock.today()
    found = rows.annotate(has_waiting=Exists(waiting)).select_related("plan")
    return [TaskLine(one, owner_name(one.owner), one.stands(today), one.has_waiting) for one in found]


def own_tasks(actor: Actor) -> QuerySet[PlanTask]:
    """Return the tasks of the actor's own unit or town that are under way, the nearest day first."""
    rows = tasks_visible_to(actor).filter(owner__in=owners_of(actor))
    return rows.filter(state=Standing.LIVE).order_by("due_on", "number")


def own_done(actor: Actor) -> QuerySet[PlanTask]:
    """Return the tasks of the actor's own unit or town that are no longer under way."""
    rows = tasks_visible_to(actor).filter(owner__in=owners_of(actor))
    return rows.exclude(state=Standing.LIVE).order_by("-due_on", "number")


@dataclass(frozen=True, slots=True)
class PlanFigures:
    """How a plan stands, counted from the very lines that are shown."""

    total: int
    done: int
    late: int
    percent: int


def plan_figures(lines: Iterable[TaskLine]) -> PlanFigures:
    """Count a plan's tasks; what was cancelled counts no more."""
    live = [one for one in lines if one.stands is not TaskState.CANCELLED]
    done = sum(one.stands in {TaskState.DONE, TaskState.DONE_LATE} for one in live)
    late = sum(one.stands is TaskState.LATE for one in live)
    return PlanFigures(len(live), done, late, overall(one.task.percent for one in live))


def plans_page(actor: Actor) -> list[tuple[Plan, int, int]]:
    """Return plans with how many tasks are in force and how many of them are done (one query)."""
    live = ~Q(tasks__state=Standing.CANCELLED) & Q(tasks__isnull=False)
    rows = plans_visible_to(actor).annotate(
        task_count=Count("tasks", filter=live), done_count=Count("tasks", filter=Q(tasks__state="done"))
    )
    return [(one, one.task_count, one.done_count) for one in rows.order_by("-created_at")[:MOST]]


def meetings_page(actor: Actor) -> list[tuple[WorkMeeting, Attendance]]:
    """Return meetings with who answered and who came (two queries)."""
    rows = meetings_visible_to(actor).prefetch_related("seats").order_by("-held_at")[:MOST]
    return [(one, came_to(one)) for one in rows]


def came_to(meeting: WorkMeeting) -> Attendance:
    """Return the figures of attendance, from the very seats that the page lists."""
    return attendance((one.answer, one.signed_at is not None) for one in meeting.seats.all())


def file_of(owner_kind: str, owner: UUID, pk: UUID) -> StoredFile:
    """Return a file of a document or a task that the caller has been found to see."""
    found = StoredFile.objects.filter(pk=pk, owner_kind=owner_kind, owner_id=owner, erased_at=None).first()
    if found is None:
        raise NotFound("没有找到这个文件。")
    return found
