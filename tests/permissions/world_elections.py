"""What stands in the braces of elections' addresses."""

from __future__ import annotations

from typing import Any

from lianxin.elections import services
from lianxin.elections.bodies import SupervisionMember
from lianxin.elections.models import Recall, VillageElection
from lianxin.elections.services.office import in_office
from lianxin.regions.loading import HOME6
from lianxin.villages.models import VillageProfile
from tests.factories import elections as make
from tests.factories import villages
from tests.factories.cast import OTHER_VILLAGE, VILLAGE, Cast
from tests.permissions.world import OWN, World

PREFIXES: tuple[str, ...] = ("elections",)


def parameters(world: World, cast: Cast, where: str, route: str) -> dict[str, Any]:
    """Return the village, election, recall or supervisor of a region; acts whose empty form is refused."""
    _build(cast)
    code = VILLAGE if where == OWN else OTHER_VILLAGE
    return {"code": code, "pk": _pk(code, route), "act": "committee"}


def _pk(code: str, route: str) -> Any:
    if "recalls" in route:
        return Recall.objects.get(division_code=code).pk
    if "office" in route:
        return in_office(code)[0].pk
    if "supervision" in route:
        return SupervisionMember.objects.get(division_code=code).pk
    return VillageElection.objects.filter(division_code=code).order_by("created_at")[0].pk


def _build(cast: Cast) -> None:
    """Make once, here and elsewhere: an election with a member in office, his recall, a supervisor."""
    if VillageElection.objects.exists():
        return
    if not VillageProfile.objects.filter(home6=HOME6).exists():
        villages.profiles()
    for code, who in ((VILLAGE, "village"), (OTHER_VILLAGE, "village_other")):
        row = make.listed(cast, village=code, who=who)
        member = row.candidates.all()[0]
        member.elected_on = row.listed_on
        member.save()
        actor = getattr(cast, who)
        services.recall_ask(
            actor=actor, candidate=member, reasons="两年没有公布账目，村民要求罢免。", petitioners=50
        )
        services.supervisor_add(actor=actor, village=code, name="马守田")
