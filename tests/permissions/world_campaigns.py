"""What stands in the braces of the addresses of campaigns and guidance."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from lianxin.campaigns import services
from lianxin.campaigns.key_tasks import KeyTaskPart
from lianxin.campaigns.models import Campaign, CampaignTask, Contest, Finding, Inspection, Nomination
from lianxin.campaigns.services.proofs import OWNER
from lianxin.common import clock
from lianxin.documents.models import StoredFile
from lianxin.villages.models import VillageProfile
from tests.factories import campaigns as make
from tests.factories import villages as ground
from tests.factories.cast import OTHER_TOWN, OTHER_VILLAGE, TOWN, VILLAGE, Cast
from tests.permissions.world import OWN, World

PREFIXES: tuple[str, ...] = ("campaigns",)


def parameters(world: World, cast: Cast, where: str, route: str) -> dict[str, Any]:
    """Return the village, task, contest, nomination, sheet or finding of a region."""
    _build(cast)
    code = VILLAGE if where == OWN else OTHER_VILLAGE
    act = "open_voting" if "contests" in route else "report" if "work" in route else "mend"
    pk = _pk(code, route)
    file = (
        StoredFile.objects.filter(owner_kind=OWNER, owner_id=pk).first() if "<uuid:file>" in route else None
    )
    return {"code": code, "pk": pk, "act": act, "file": file and file.pk}


def _pk(code: str, route: str) -> Any:
    if "work" in route:
        part = KeyTaskPart.objects.get(division_code=f"{code[:9]}000")
        return part.pk if "parts" in route else part.task_id
    last = Contest.objects.latest("year")
    if "themes" in route:
        return Campaign.objects.order_by("name")[0].pk
    if "contests" in route:
        return last.pk
    if "golden" in route:
        return Nomination.objects.filter(contest__state="voting")[0].pk
    model: Any = CampaignTask if "tasks" in route else Nomination if "nominations" in route else None
    model = model or (Finding if "findings" in route else Inspection)
    found = model.objects.filter(division_code=code)
    return (found.filter(contest=last) if model is Nomination else found)[0].pk


def _build(cast: Cast) -> None:
    """Make once: two themed years, two contests (one in the vote), sheets with findings, moral reviews."""
    if Campaign.objects.exists():
        return
    if not VillageProfile.objects.exists():
        ground.profiles()
    for name in ("质量提升年", "全面规范年"):
        row = make.theme(cast, name)
        for code, who in ((VILLAGE, "village"), (OTHER_VILLAGE, "village_other")):
            make.proved(cast, row, code, who)
    with clock.at(clock.now() - timedelta(days=400)):
        make.voting(cast, 10)
    for town in (TOWN, OTHER_TOWN):
        make.key_task(cast, towns=[town], title=f"{town}的重点任务")
    row = make.contest(cast)
    for code, who, town in (
        (VILLAGE, "village", "presidium"),
        (OTHER_VILLAGE, "village_other", "presidium_other"),
    ):
        make.nominated(cast, row, code, who)
        make.inspected(cast, getattr(cast, town), code)
        services.moral_record(
            actor=getattr(cast, who),
            village=code,
            held_on=clock.today(),
            topic="clean",
            reviewers=9,
            outcome="praise",
            words="河边的垃圾大家一起清了。",
        )
