"""What stands in the braces of the addresses of charters and covenants."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from lianxin.charters import services
from lianxin.charters.models import CharterClause, CharterComment, CharterText, RevisionRound
from lianxin.common import clock
from lianxin.regions.loading import HOME6
from lianxin.villages.models import VillageProfile
from tests.factories import charters as make
from tests.factories import villages as ground
from tests.factories.cast import OTHER_VILLAGE, VILLAGE, Cast
from tests.permissions.world import OWN, World

PREFIXES: tuple[str, ...] = ("charters", "api/v1/charters")


def parameters(world: World, cast: Cast, where: str, route: str) -> dict[str, Any]:
    """Return the village, text, clause, comment or round of a region."""
    _build(cast)
    code = VILLAGE if where == OWN else OTHER_VILLAGE
    return {"code": code, "pk": _pk(code, route), "act": "open_comments", "action": "open_comments"}


def _pk(code: str, route: str) -> Any:
    if "rounds" in route:
        return RevisionRound.objects.latest("year").pk
    if "charters/clauses" in route:
        return CharterClause.objects.filter(text__division_code=code, text__state="draft")[0].pk
    if "comments" in route:
        return CharterComment.objects.get(division_code=code).pk
    state = "commenting" if "read" in route else "draft"
    return CharterText.objects.get(division_code=code, state=state).pk


def _build(cast: Cast) -> None:
    """Make once: a draft and a text that is read in both villages, with a comment; two rounds."""
    if CharterText.objects.exists():
        return
    if not VillageProfile.objects.exists():
        ground.profiles()
    for code in (VILLAGE, OTHER_VILLAGE):
        make.draft(cast, "charter", code)
        text = make.commenting(cast, "covenant", code)
        services.comment_from_paper(actor=make.clerk(cast, code), text=text, words="垃圾桶再加两个。")
    with clock.at(clock.now() - timedelta(days=900)):
        old = services.round_open(
            actor=cast.office, home6=HOME6, name="第二轮修订", due_on=clock.today() + timedelta(days=90)
        )
        services.round_close(actor=cast.office, row=old)
    due = clock.today() + timedelta(days=90)
    services.round_open(actor=cast.office, home6=HOME6, name="第三轮修订", due_on=due)
