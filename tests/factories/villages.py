"""Villages of the tests: their numbers, an item that is due, one that is published, a meeting with topics."""

from __future__ import annotations

import io
from datetime import timedelta

from PIL import Image

from lianxin.common import clock
from lianxin.common.actor import RESIDENT, SYSTEM
from lianxin.common.ids import uuid7
from lianxin.people.models import Deputy
from lianxin.regions.loading import HOME6
from lianxin.villages import services
from lianxin.villages.models import (
    DisclosureItem,
    DisclosureQuestion,
    MeetingTopic,
    VillageMeeting,
    VillageProfile,
)
from lianxin.villages.services import NewVillage
from tests.factories.cast import OTHER_VILLAGE, VILLAGE, Cast

TABLE = [["项目", "金额（元）"], ["路灯电费", "320.00"], ["误工补贴", "1500.00"]]
TEXT = "本季度财务收支如下，欢迎监督。"
ADULTS, HOUSEHOLDS, REPRESENTATIVES = 41, 15, 9
MEMBERS = REPRESENTATIVES + 3


def profiles(*, deputy: Deputy | None = None, many: bool = False) -> VillageProfile:
    """Register both villages of the tests and return the own one."""
    new = [
        NewVillage(code, ADULTS, HOUSEHOLDS, REPRESENTATIVES, many, deputy.pk if deputy else None)
        for code in (VILLAGE, OTHER_VILLAGE)
    ]
    services.villages_register(actor=SYSTEM, villages=new, home6=HOME6)
    return VillageProfile.objects.get(division_code=VILLAGE)


def item(cast: Cast, village: str = VILLAGE, who: str = "village") -> DisclosureItem:
    """Return a fresh item that waits to be prepared."""
    return services.major_open(
        actor=getattr(cast, who), village=village, what="三组机耕路工程招标结果", happened_on=clock.today()
    )


def submitted(cast: Cast, text: str = TEXT, **more: object) -> DisclosureItem:
    """Return an item that waits for the supervision committee."""
    return services.disclosure_submit(actor=cast.village, item=item(cast), text=text, table=TABLE)


def published(cast: Cast, text: str = TEXT) -> DisclosureItem:
    """Return a published item."""
    row = submitted(cast, text)
    services.disclosure_approve(actor=cast.village_supervisor, item=row)
    return services.disclosure_publish(actor=cast.village, item=row)


def question(row: DisclosureItem, text: str = "路灯电费怎么比上季度多了一倍？") -> DisclosureQuestion:
    """Ask about a published item."""
    return services.question_ask(actor=RESIDENT, item=row, text=text, browser_token=uuid7().hex)


def meeting(
    cast: Cast, kind: str = "assembly", *, days: int = 12, village: str = VILLAGE, who: str = "village"
) -> VillageMeeting:
    """Prepare a meeting some days ahead."""
    return services.meeting_prepare(
        actor=getattr(cast, who),
        village=village,
        kind=kind,
        title="第四季度会议",
        held_at=clock.now() + timedelta(days=days),
        place="村委会院坝",
    )


def topic(cast: Cast, row: VillageMeeting, matter: str = "ordinary", authorises: str = "") -> MeetingTopic:
    """Add a topic to a meeting."""
    return services.topic_add(
        actor=cast.village, meeting=row, title="修通三组到河边的路", matter=matter, authorises=authorises
    )


def signing_in(
    cast: Cast, kind: str = "assembly", *, present: int = 0, households: int = 0
) -> VillageMeeting:
    """Return a noticed meeting on its day with the sign-in open; its time is the notice's time twelve days on."""
    row = meeting(cast, kind)
    topic(cast, row)
    services.meeting_notice(actor=cast.village, meeting=row)
    with clock.at(row.held_at):
        services.meeting_move(actor=cast.village, meeting=row, act="open_sign_in")
        services.meeting_count(
            actor=cast.village, meeting=row, present=present, households_present=households
        )
    return row


def decided(cast: Cast) -> VillageMeeting:
    """Return a meeting that has decided its one topic."""
    row = signing_in(cast, present=30)
    with clock.at(row.held_at):
        services.meeting_move(actor=cast.village, meeting=row, act="declare_valid")
        services.topic_vote(
            actor=cast.village,
            meeting=row,
            topic=row.topics.get(),
            in_favour=20,
            against=5,
            abstained=5,
        )
        services.meeting_minutes(
            actor=cast.village, meeting=row, minutes="到会三十人，议定修路，二十人同意。"
        )
        return services.meeting_move(actor=cast.village, meeting=row, act="decide")


def photo() -> bytes:
    """Return a small photo."""
    made = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(made, "JPEG")
    return made.getvalue()
