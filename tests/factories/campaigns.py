"""Guidance in the tests: a themed year, a contest, a sheet with one finding."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from lianxin.campaigns import services
from lianxin.campaigns.key_tasks import KeyTask
from lianxin.campaigns.models import Campaign, CampaignTask, Contest, Finding, Inspection, Nomination
from lianxin.campaigns.rules import checklist
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.ids import uuid7
from lianxin.regions.loading import HOME6
from tests.factories.cast import OTHER_TOWN, TOWN, VILLAGE, Cast
from tests.factories.villages import photo

CLAUSES = [("环境卫生", "房前屋后各家打扫。"), ("移风易俗", "红事简办、白事俭办。")]
BAD = "accounts"


def theme(cast: Cast, name: str = "村民自治质量提升年") -> Campaign:
    """Open a themed year."""
    return services.campaign_open(
        actor=cast.office,
        home6=HOME6,
        name=name,
        plan="把会议、公开、章程都办规范。",
        wanted="本村的做法和公开页面",
        due_on=clock.today() + timedelta(days=200),
    )


def proved(cast: Cast, row: Campaign, village: str = VILLAGE, who: str = "village") -> CampaignTask:
    """Finish a village's part with a photo."""
    return services.task_finish(
        actor=getattr(cast, who),
        task=row.tasks.get(division_code=village),
        evidence="公开栏换新了，会议记录补齐了。",
        files=[photo()],
    )


def key_task(
    cast: Cast, towns: Sequence[str] = (TOWN, OTHER_TOWN), title: str = "四个环节季度巡查", due_days: int = 60
) -> KeyTask:
    """Set a key task for two towns."""
    return services.key_task_open(
        actor=cast.office,
        home6=HOME6,
        title=title,
        basis="市镇人大工作要点（旬人发〔2026〕3号）",
        aim="监督代表每季度到村巡查一次，问题限期整改。",
        due_on=clock.today() + timedelta(days=due_days),
        towns=towns,
    )


def contest(cast: Cast) -> Contest:
    """Open a contest."""
    return services.contest_open(actor=cast.office, home6=HOME6, name="十大金牌村规民约评选")


def nominated(cast: Cast, row: Contest, village: str = VILLAGE, who: str = "village") -> Nomination:
    """Put a village's covenant forward."""
    return services.covenant_nominate(
        actor=getattr(cast, who),
        contest=row,
        village=village,
        covenant=uuid7(),
        clauses=CLAUSES,
        why="礼金降下来了，大家都轻松。",
    )


def many(cast: Cast, row: Contest, count: int) -> list[Nomination]:
    """Let `count` covenants stand for the vote (rows as the register writes them)."""
    made = [
        Nomination(
            home6=HOME6,
            division_code=f"610981113{300 + n}",
            contest=row,
            covenant=uuid7(),
            clauses=CLAUSES,
            why="礼金降下来了。",
            passed=True,
        )
        for n in range(count)
    ]
    return list(Nomination.objects.bulk_create(made))


def voting(cast: Cast, count: int = 12) -> Contest:
    """Return a contest in which everybody may vote."""
    row = contest(cast)
    many(cast, row, count)
    return services.contest_move(actor=cast.office, contest=row, act="open_voting")


def answers(bad: str = BAD) -> dict[str, bool]:
    """Return a full sheet with one thing that is not in order (or none)."""
    return {one.key: one.key != bad for one in checklist()}


def inspected(cast: Cast, who: Actor | None = None, village: str = VILLAGE, bad: str = BAD) -> Inspection:
    """Fill this quarter's sheet of a village."""
    return services.inspection_record(
        actor=who or cast.deputy_town,
        village=village,
        on=clock.today(),
        answers=answers(bad),
        problems={bad: "账目只有总数，看不出花在哪里。"},
    )


def found(cast: Cast) -> Finding:
    """Return a finding of this quarter."""
    return inspected(cast).findings.get()
