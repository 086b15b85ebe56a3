"""Reading guidance: themed years, contests, sheets and findings, who supervises which village."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, F, Model, Q, QuerySet

from lianxin.campaigns.key_tasks import KeyTask, KeyTaskPart
from lianxin.campaigns.models import Campaign, CampaignTask, Contest, Finding, Inspection, Nomination
from lianxin.campaigns.permissions import (
    campaigns_visible_to,
    findings_visible_to,
    inspections_visible_to,
    key_tasks_visible_to,
    parts_visible_to,
    tasks_visible_to,
)
from lianxin.campaigns.rules import quarter_of
from lianxin.campaigns.workflow import Part, Stage, State
from lianxin.common import clock
from lianxin.common.actor import Actor, Role, place_prefix
from lianxin.common.errors import NotFound
from lianxin.people.models import Deputy
from lianxin.regions.selectors import division_names
from lianxin.villages.models import VillageProfile
from lianxin.villages.permissions import villages_visible_to

T = TypeVar("T", bound=Model)


def one_of(found: QuerySet[T], pk: UUID, words: str) -> T:
    """Return one row of what the actor may see."""
    row = found.filter(pk=pk).first()
    if row is None:
        raise NotFound(words)
    return row


def campaigns(actor: Actor) -> list[Any]:
    """Return the themed years with how many villages the actor sees are done (two queries)."""
    counts = {
        row["campaign"]: row
        for row in tasks_visible_to(actor)
        .values("campaign")
        .annotate(total=Count("id"), done=Count("done_on"))
    }
    rows = campaigns_visible_to(actor).order_by("-year", "name")
    return [(row, counts.get(row.pk, {"total": 0, "done": 0})) for row in rows]


def tasks_of(actor: Actor, row: Campaign) -> list[CampaignTask]:
    """Return the villages' parts of a themed year, what is not done first."""
    return list(
        tasks_visible_to(actor)
        .filter(campaign=row)
        .order_by(F("done_on").asc(nulls_first=True), "division_code")
    )


def contest_now(home6: str) -> Contest | None:
    """Return the contest that everybody may vote in, or the last one that was published."""
    known = Contest.objects.filter(home6=home6)
    return (
        known.filter(state=Stage.VOTING).order_by("-year").first()
        or known.filter(state=Stage.PUBLISHED).order_by("-year").first()
    )


def ballot_list(contest: Contest) -> list[Nomination]:
    """Return what everybody sees of a contest: the ten that won, or those that stand for the vote."""
    if contest.state == Stage.PUBLISHED:
        return list(contest.nominations.exclude(place=None).order_by("place"))
    return list(contest.nominations.filter(passed=True).order_by("division_code"))


def shown_nomination(pk: UUID) -> Nomination:
    """Return a nomination that everybody may read."""
    open_ones = Q(contest__state=Stage.VOTING, passed=True) | Q(
        contest__state=Stage.PUBLISHED, place__isnull=False
    )
    found = Nomination.objects.select_related("contest").filter(open_ones, pk=pk).first()
    if found is None:
        raise NotFound("没有找到这份公约，它可能不在投票里。")
    return found


@dataclass(frozen=True, slots=True)
class Watched:
    """One village as its overseers see it in a quarter."""

    profile: VillageProfile
    name: str
    town: str
    sheet: Inspection | None
    open: int
    late: int


def watched(actor: Actor, *, own: bool = False) -> list[Watched]:
    """Return the villages the actor sees (or supervises) with this quarter's sheet, in a few queries."""
    today, names = clock.today(), division_names()
    found = villages_visible_to(actor).select_related("supervising_deputy").order_by("division_code")
    if own:
        found = found.filter(supervising_deputy__account=actor.id)
    sheets = {
        row.division_code: row for row in inspections_visible_to(actor).filter(quarter=quarter_of(today))
    }
    counts = _counts(actor, today)
    return [
        Watched(
            row,
            names.get(row.division_code, ""),
            names.get(f"{row.division_code[:9]}000", ""),
            sheets.get(row.division_code),
            *counts.get(row.division_code, (0, 0)),
        )
        for row in found
    ]


def _counts(actor: Actor, today: date) -> dict[str, tuple[int, int]]:
    rows = findings_visible_to(actor).exclude(state=State.CLOSED).values("division_code")
    counted = rows.annotate(n=Count("id"), late=Count("id", filter=Q(due_on__lt=today))).order_by()
    return {row["division_code"]: (row["n"], row["late"]) for row in counted}


def findings_page(actor: Actor, *, tab: str = "late", village: str = "", limit: int = 60) -> list[Finding]:
    """Return findings: past their day without a second look, open, or closed."""
    found = findings_visible_to(actor).select_related("inspection")
    found = found.filter(division_code=village) if village else found
    if tab == "closed":
        return list(found.filter(state=State.CLOSED).order_by("-rechecked_on")[:limit])
    found = found.exclude(state=State.CLOSED)
    if tab == "late":
        found = found.filter(due_on__lt=clock.today())
    return list(found.order_by("due_on", "id")[:limit])


def deputies_near(village: str) -> list[Deputy]:
    """Return the deputies in office who may supervise a village: those of its town."""
    today = clock.today()
    seat = Q(seats__valid_from__lte=today) & (Q(seats__valid_to=None) | Q(seats__valid_to__gte=today))
    town = f"{village[:9]}000"
    fitting = Deputy.objects.filter(seat, division_code__startswith=place_prefix(town))
    return list(fitting.distinct().order_by("pinyin", "name")[:120])


def last_quarter(today: date) -> str:
    """Return the quarter before the present one."""
    first = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    return quarter_of(first - timedelta(days=1))


def is_town(actor: Actor) -> bool:
    """Say whether the actor looks after villages as their town."""
    return actor.has(Role.PRESIDIUM)


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A key task with how many of the towns' parts that the actor sees are done."""

    task: KeyTask
    done: int
    total: int

    @property
    def is_late(self) -> bool:
        """Say whether its day has passed while a part is open."""
        return self.done < self.total and self.task.due_on < clock.today()


def key_tasks(actor: Actor) -> list[TaskLine]:
    """Return the key tasks, the latest year first, each with the parts that the actor sees (two queries)."""
    counted = parts_visible_to(actor).values("task").order_by()
    counts = {
        row["task"]: (row["done"], row["total"])
        for row in counted.annotate(total=Count("id"), done=Count("id", filter=Q(state=Part.DONE)))
    }
    rows = key_tasks_visible_to(actor).select_related("campaign").order_by("-year", "due_on", "title")
    return [TaskLine(row, *counts.get(row.pk, (0, 0))) for row in rows]


def parts_of(actor: Actor, task: KeyTask) -> list[KeyTaskPart]:
    """Return the towns' parts of a key task that the actor may see, what is open first."""
    found = parts_visible_to(actor).filter(task=task).select_related("task").prefetch_related("events")
    return list(found.order_by("-state", "division_code"))
