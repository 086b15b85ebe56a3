"""What everybody may read: wishes that are shown, announced projects, votes, the statistics."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from lianxin.common.codes import clean
from lianxin.common.errors import Invalid, NotFound
from lianxin.documents.models import StoredFile
from lianxin.projects.models import (
    Grade,
    Milestone,
    PollAnswer,
    Project,
    ProjectRound,
    Wish,
)
from lianxin.projects.rules import share
from lianxin.projects.services.wishes import code_hash
from lianxin.projects.workflow import SHOWN, Round, State
from lianxin.rulebook.selectors import value

VOTE_SEEN = (*SHOWN, State.NOT_CHOSEN)


def collecting() -> QuerySet[ProjectRound]:
    """Return the rounds that take wishes now, the city's first."""
    return ProjectRound.objects.filter(state=Round.COLLECTING).order_by("level", "division_code", "year")


def collecting_round(pk: UUID | str) -> ProjectRound:
    """Return a round that takes wishes."""
    row = collecting().filter(pk=pk).first()
    if row is None:
        raise NotFound("这里的征集已经结束了，请看看别处，或到联络站当面说。")
    return row


def shown_wishes(code: str, *, limit: int = 30) -> list[Wish]:
    """Return the wishes of a place that have been read and shown, the most wanted first."""
    found = Wish.objects.filter(round__division_code=code, round__state=Round.COLLECTING)
    found = found.exclude(shown_on=None).annotate(wanted=Count("supports"))
    return list(found.order_by("-wanted", "-shown_on", "id")[:limit])


def shown_wish(pk: UUID) -> Wish:
    """Return a wish that is shown."""
    wish = Wish.objects.select_related("round").exclude(shown_on=None).filter(pk=pk).first()
    if wish is None:
        raise NotFound("没有找到这条意愿。")
    return wish


def wish_by_code(typed: str) -> Wish:
    """Return the wish of a query code, with the project it has gone into."""
    code = clean(typed)
    if code is None:
        raise Invalid("查询码有误，请再核对一遍。", fields={"code": "请照记下的码重新输一遍。"})
    wish = Wish.objects.select_related("round", "project").filter(code_hash=code_hash(code)).first()
    if wish is None:
        raise NotFound("没有查到这个查询码，请再核对。")
    return wish


def public_projects(code: str, year: int | None = None) -> QuerySet[Project]:
    """Return the announced projects of one congress, those chosen first."""
    found = Project.objects.filter(division_code=code, state__in=SHOWN, round__state=Round.ANNOUNCED)
    found = found.filter(round__year=year) if year else found
    return found.order_by("-round__year", "rank")


def years_of(code: str) -> list[int]:
    """Return the years in which a congress has announced projects, the latest first."""
    found = ProjectRound.objects.filter(division_code=code, state=Round.ANNOUNCED)
    return list(found.order_by("-year").values_list("year", flat=True))


def public_project(pk: UUID) -> Project:
    """Return one announced project."""
    found = Project.objects.select_related("round", "year_test").filter(
        pk=pk, state__in=SHOWN, round__state=Round.ANNOUNCED
    )
    project = found.first()
    if project is None:
        raise NotFound("没有找到这个项目，它可能还没有公告。")
    return project


def photos_of(project: Project) -> dict[UUID, list[StoredFile]]:
    """Return milestone id → its photos."""
    ids = list(project.milestones.values_list("pk", flat=True))
    files = StoredFile.objects.filter(owner_kind="milestone", owner_id__in=ids, erased_at=None)
    found: dict[UUID, list[StoredFile]] = {}
    for file in files.order_by("created_at"):
        found.setdefault(file.owner_id, []).append(file)
    return found


def public_photo(pk: UUID) -> StoredFile:
    """Return a photo of a milestone whose project is announced."""
    file = StoredFile.objects.filter(pk=pk, owner_kind="milestone", erased_at=None).first()
    step = Milestone.objects.filter(pk=file.owner_id).first() if file else None
    if file is None or step is None:
        raise NotFound("没有找到这张照片。")
    public_project(step.project_id)
    return file


@dataclass(frozen=True, slots=True)
class Poll:
    """What residents say of a project: how many have answered, and the shares if they are enough."""

    count: int
    least: int
    shares: tuple[tuple[str, int | None], ...] = ()

    @property
    def is_enough(self) -> bool:
        """Say whether shares may be shown (否则样本不足)."""
        return self.count >= self.least


def poll_of(project: Project) -> Poll:
    """Return the residents' poll, apart from the deputies' test."""
    least = int(value("project.poll_least", home6=project.home6))
    rows = PollAnswer.objects.filter(project=project).values("grade").annotate(n=Count("id")).order_by()
    counts = {row["grade"]: int(row["n"]) for row in rows}
    whole = sum(counts.values())
    shares = tuple(
        (str(label), share(counts.get(key, 0), whole, least=least)) for key, label in Grade.choices
    )
    return Poll(whole, least, shares)


@dataclass(frozen=True, slots=True)
class YearLine:
    """One year of the statistics, or one congress in a year."""

    year: int
    code: str
    city: int
    towns: int
    candidates: int
    bodies: int

    @property
    def chosen(self) -> int:
        """Return how many projects were chosen."""
        return self.city + self.towns


CHOSEN = Q(projects__state__in=SHOWN)
VOTED = Q(projects__state__in=VOTE_SEEN)


def years() -> list[YearLine]:
    """Return for each year how many projects city and towns have chosen, out of how many candidates."""
    rows = ProjectRound.objects.filter(state=Round.ANNOUNCED).values("year").order_by("-year")
    found = rows.annotate(
        city=Count("projects", filter=CHOSEN & Q(level="city")),
        towns=Count("projects", filter=CHOSEN & Q(level="town")),
        candidates=Count("projects", filter=VOTED),
        bodies=Count("id", distinct=True),
    )
    return [YearLine(code="", **row) for row in found]


def bodies(year: int) -> list[YearLine]:
    """Return the same for each congress in one year."""
    rows = ProjectRound.objects.filter(state=Round.ANNOUNCED, year=year).values("year", "division_code")
    found = rows.order_by("level", "division_code").annotate(
        city=Count("projects", filter=CHOSEN & Q(level="city")),
        towns=Count("projects", filter=CHOSEN & Q(level="town")),
        candidates=Count("projects", filter=VOTED),
    )
    return [
        YearLine(row["year"], row["division_code"], row["city"], row["towns"], row["candidates"], 1)
        for row in found
    ]


def voted_list(year: int, code: str = "", *, chosen_only: bool = True) -> QuerySet[Project]:
    """Return the list behind a figure of the statistics."""
    states = SHOWN if chosen_only else VOTE_SEEN
    found = Project.objects.filter(round__state=Round.ANNOUNCED, round__year=year, state__in=states)
    found = found.filter(division_code=code) if code else found
    return found.order_by("round__level", "division_code", F("rank").asc(nulls_last=True), "-votes_for")
