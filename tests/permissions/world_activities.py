"""What stands in the braces of the addresses of groups, activities, colleagues and circulars."""

from __future__ import annotations

from typing import Any

from lianxin.activities import services
from lianxin.activities.models import Activity, Gathering, PlanItem
from lianxin.activities.selectors import gathering_of_activity
from lianxin.colleagues import services as talk
from lianxin.colleagues.models import Circular, Post, Question
from lianxin.common import clock
from lianxin.common.ids import uuid7
from lianxin.people.models import DeputyGroup
from tests.factories.activities import planned
from tests.factories.cast import CITY, GROUP, OTHER_GROUP, OTHER_TOWN, TOWN, Cast
from tests.permissions.world import OWN, World

PREFIXES: tuple[str, ...] = (
    "deputy/group",
    "deputy/colleagues",
    "gatherings",
    "sign-in",
    "office/groups",
    "office/activities",
    "office/circulars",
)
ACTIVITY = {
    "kind": "seminar",
    "title": "学一学新的代表法",
    "place": "镇会议室",
    "starts_at": "2031-05-01T09:00",
    "ends_at": "2031-05-01T11:00",
}
BODIES = {
    "office/activities/new": {**ACTIVITY, "place_code": TOWN},
    "office/circulars/new": {"sender": TOWN, "receivers": CITY},
}
BODIES_ELSEWHERE = {
    "office/activities/new": {**ACTIVITY, "place_code": OTHER_TOWN},
    "office/circulars/new": {"sender": OTHER_TOWN, "receivers": CITY},
}


def parameters(world: World, cast: Cast, where: str, route: str) -> dict[str, Any]:
    """Return the brace values: a group, activity, list, message, question, paper of here or elsewhere."""
    del world
    own = where == OWN
    values: dict[str, Any] = {
        "town": TOWN if own else OTHER_TOWN,
        "answer": "drop",
        "act": "cancel",
        "file": uuid7(),
    }
    if "circulars" in route:
        return {"pk": _circular(cast, own).pk, "act": "withdraw"}
    if "channel" in route:
        return {"pk": _post(cast, own).pk}
    if "questions" in route:
        return {"pk": _question(cast, own).pk}
    if route.startswith(("gatherings", "sign-in")):
        return {"pk": _gathering(cast, own).pk}
    if "plan" in route:
        return {"pk": _item(cast, own).pk}
    if "activities" in route:
        return {**values, "pk": _activity(cast, own).pk}
    return {**values, "pk": _group(own).pk}


def _group(own: bool) -> DeputyGroup:
    return DeputyGroup.objects.get(name=GROUP if own else OTHER_GROUP)


def _host(cast: Cast, own: bool) -> Any:
    return cast.presidium if own else cast.presidium_other


def _activity(cast: Cast, own: bool) -> Activity:
    found = Activity.objects.filter(group=_group(own)).first()
    return found or services.activity_plan(actor=_host(cast, own), group=_group(own), planned=planned())


def _gathering(cast: Cast, own: bool) -> Gathering:
    activity = _activity(cast, own)
    found = gathering_of_activity(activity)
    return found or services.gathering_open(
        actor=_host(cast, own),
        kind="activity",
        source_id=activity.pk,
        title=activity.title,
        home6=activity.home6,
        division_code=activity.division_code,
        opens_at=clock.now(),
        closes_at=activity.ends_at,
        group=activity.group,
    )


def _item(cast: Cast, own: bool) -> PlanItem:
    found = PlanItem.objects.filter(plan__group=_group(own)).first()
    return found or services.plan_item_add(
        actor=_host(cast, own),
        group=_group(own),
        year=clock.today().year,
        month=5,
        kind="seminar",
        title="座谈安全饮水",
    )


def _post(cast: Cast, own: bool) -> Post:
    found = Post.objects.filter(group=_group(own)).first()
    author = cast.deputy_city if own else cast.deputy_other
    return found or talk.post_write(actor=author, group=_group(own), text="周五一起去看看。")


def _question(cast: Cast, own: bool) -> Question:
    asker = cast.deputy_city if own else cast.deputy_other
    found = Question.objects.filter(asker__account=asker.id).first()
    return found or talk.question_ask(
        actor=asker,
        title="冷库贴息找谁",
        text="村里想建冷库，贷款贴息找哪个部门？",
        to=cast.deputy_row("deputy_town_2"),
    )


def _circular(cast: Cast, own: bool) -> Circular:
    town = TOWN if own else OTHER_TOWN
    found = Circular.objects.filter(receipts__division_code=town, division_code=CITY).first()
    return found or talk.circular_send(
        actor=cast.office,
        sender=CITY,
        receivers=[town],
        paper=talk.Paper("notice", "报送活动计划", "请报送第四季度活动计划。"),
    )
