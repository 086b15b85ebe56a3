"""What stands in the braces of forums' addresses: a town's own forum, and one of another town."""

from __future__ import annotations

from typing import Any

from lianxin.common import clock
from lianxin.meetings import services
from lianxin.meetings.models import (
    Consult,
    DutyReview,
    Finding,
    Forum,
    ForumItem,
    ForumPaper,
    Inquiry,
    ReviewMeeting,
)
from tests.factories import forums as make
from tests.factories import reviews
from tests.factories.cast import OTHER_TOWN, TOWN, Cast
from tests.permissions.world import OWN, World

PREFIXES: tuple[str, ...] = ("forums", "api/v1/duty-reviews")


def parameters(world: World, cast: Cast, where: str, route: str) -> dict[str, Any]:
    """Return the forum or the item of a region; acts are those whose empty form is refused."""
    _build(cast)
    place = TOWN if where == OWN else OTHER_TOWN
    if "reviews/meetings" in route:
        return {"pk": ReviewMeeting.objects.get(division_code=place).pk}
    if "reviews" in route:
        return {"pk": DutyReview.objects.get(division_code=place).pk, "act": "publish", "action": "publish"}
    if "consults" in route:
        return {"pk": Consult.objects.get(division_code=place).pk, "act": "say_first"}
    if "inquiries" in route:
        return {"pk": Inquiry.objects.get(division_code=place).pk, "act": "hand_over"}
    if "findings" in route:
        return {"pk": Finding.objects.get(division_code=place).pk, "act": "report"}
    if "forums/papers" in route:
        return {"pk": ForumPaper.objects.get(division_code=place).pk}
    if "items" in route:
        return {"pk": ForumItem.objects.get(division_code=place).pk, "act": "amend"}
    return {"pk": Forum.objects.get(division_code=place).pk, "act": "follow_up"}


def _build(cast: Cast) -> None:
    """Make once: a forum that runs here with an item, one elsewhere with other guests."""
    if Forum.objects.exists():
        return
    for place, host, guest, unit in (
        (TOWN, cast.presidium, "group_leader", "transport"),
        (OTHER_TOWN, cast.presidium_other, "deputy_other", "power"),
    ):
        who = "presidium" if place == TOWN else "presidium_other"
        forum = make.planned(cast, place=place, who=who)
        deputy = cast.deputy_row(guest).pk
        forum = services.roster_set(actor=host, forum=forum, deputies=[deputy], units=[unit])
        services.paper_add(actor=host, forum=forum, title="农业用电", file=make.PDF)
        forum = services.forum_notify(actor=host, forum=make.refreshed(forum))
        forum = services.forum_begin(actor=host, forum=forum)
        services.item_note(actor=host, forum=forum, deputy=deputy, units=[unit], text=make.TEXTS[0])
        make.handed_inquiry(host, place, deputy, unit)
        reviews.planned(cast, who=who, place=place, people=(guest,))
        services.consult_plan(
            actor=host,
            division_code=place,
            title="集镇夜市用电的线路",
            held_on=clock.today(),
            place="联络站",
            deputy=deputy,
            unit=unit,
        )
