"""What stands in the braces of villages' addresses."""

from __future__ import annotations

from typing import Any

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.documents.models import StoredFile
from lianxin.regions.loading import HOME6
from lianxin.villages import services
from lianxin.villages.models import (
    DisclosureItem,
    DisclosureQuestion,
    FourTwo,
    NumbersSheet,
    VillageMeeting,
    VillageProfile,
)
from tests.factories import villages as make
from tests.factories.cast import OTHER_VILLAGE, VILLAGE, Cast
from tests.permissions.world import OWN, World

PREFIXES: tuple[str, ...] = ("village", "api/v1/village")
SHOWN = "三组机耕路工程招标结果"


def parameters(world: World, cast: Cast, where: str, route: str) -> dict[str, Any]:
    """Return the village, item, meeting or question of a region."""
    _build(cast)
    code = VILLAGE if where == OWN else OTHER_VILLAGE
    act = _act(route)
    return {"code": code, "pk": _pk(code, route), "act": act, "action": act, "number": 1}


def _act(route: str) -> str:
    """Return an act whose empty form is refused, so that asking changes nothing."""
    return "correct" if "items" in route else "add_topic"


def _pk(code: str, route: str) -> Any:
    if "photos" in route:
        return StoredFile.objects.filter(owner_kind="disclosure")[0].pk
    if "questions" in route:
        return DisclosureQuestion.objects.get(division_code=code).pk
    if "four-two" in route:
        return FourTwo.objects.get(division_code=code).pk
    if "sheets" in route:
        return NumbersSheet.objects.get(division_code__startswith=code[:9]).pk
    if "meetings" in route:
        return VillageMeeting.objects.get(division_code=code).pk
    return DisclosureItem.objects.get(division_code=code, what=SHOWN).pk


def _build(cast: Cast) -> None:
    """Make once: a published item with a question and a photo here, a published one elsewhere, meetings."""
    if VillageProfile.objects.filter(home6=HOME6).exists():
        return
    make.profiles()
    own = make.published(cast)
    make.question(own)
    services.disclosure_board_photo(actor=cast.village, item=own, photo=make.photo())
    make.meeting(cast)
    other = make.item(cast, OTHER_VILLAGE, "village_other")
    services.disclosure_submit(actor=cast.village_other, item=other, text=make.TEXT)
    DisclosureItem.objects.filter(pk=other.pk).update(published_version=1)
    other.versions.update(published_at=own.versions.get().published_at)
    DisclosureItem.objects.filter(pk=other.pk).update(state="published")
    other.refresh_from_db()
    make.question(other)
    make.meeting(cast, village=OTHER_VILLAGE, who="village_other")
    VillageMeeting.objects.update(noticed_on=clock.today())
    for who in (cast.presidium, cast.presidium_other):
        services.numbers_import(actor=who, place=who.places(Role.PRESIDIUM)[0], file_name="x", rows=[])
    for village, who in ((VILLAGE, cast.village), (OTHER_VILLAGE, cast.village_other)):
        services.four_two_open(actor=who, village=village, title="修通三组的路")
