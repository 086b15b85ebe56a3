"""A small world with one of everything, in the people's own region and in another one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lianxin.documents.models import LetterVersion
from lianxin.documents.services import scan_accept
from lianxin.handling.matters import Part
from lianxin.handling.models import Assignment
from lianxin.handling.workflow import Mode
from lianxin.notifications.models import Notice
from lianxin.opinions import services as opinions
from lianxin.opinions.models import Channel, ContactAccess, Opinion
from lianxin.opinions.services import Said
from lianxin.rulebook.models import Institution
from lianxin.suggestions import services as suggestions
from lianxin.suggestions.attachments import OWNER
from lianxin.suggestions.models import Suggestion
from tests.factories import opinions as say
from tests.factories import suggestions as make
from tests.factories.cast import OTHER_TOWN, TOWN, Cast

OWN, OTHER = "own", "other"
PEOPLE = (
    "anonymous", "clerk", "keeper", "keeper_other", "grid", "presidium", "office", "oversight", "head", "clerk_power",
    "admin", "security", "auditor", "deputy_city", "deputy_other", "village", "village_supervisor", "leader",
    "group_leader",
)  # fmt: skip
"""One of each role, in town 113 or the city, and its twin in town 103."""


@dataclass
class World:
    """Objects by region; `code` is the query code of the own opinion."""

    opinion: dict[str, Opinion]
    suggestion: dict[str, Suggestion]
    code: str


def build(cast: Cast) -> World:
    """Make the world by the services of the people who would act."""
    done = say.said(cast, "镇上的集市没有厕所，赶集的老人很不方便")
    own = opinions.opinion_move(actor=cast.keeper, opinion=done.opinion, act="accept")
    opinions.opinion_outgoing_check(actor=cast.keeper, opinion=own, text=own.outgoing_text)
    opinions.opinion_transfer(actor=cast.keeper, opinion=own, units=["transport"])
    other = say.said(cast, "蜀河码头的台阶松了，下雨天滑", station="103", village="").opinion
    other = opinions.opinion_move(actor=cast.keeper_other, opinion=other, act="accept")
    row = make.drafted(cast, title="关于在集市修厕所的建议")
    suggestions.cosigners_invite(
        actor=cast.deputy_city, suggestion=row, deputies=[cast.deputy_row("deputy_city_2").pk]
    )
    row.refresh_from_db()
    suggestions.cosign_answer(actor=cast.deputy_city_2, suggestion=row, agree=True)
    row = suggestions.suggestion_submit(actor=cast.deputy_city, suggestion=row)
    row = suggestions.suggestion_register(actor=cast.office, suggestion=row)
    row = suggestions.suggestion_assign(
        actor=cast.office, suggestion=row, parts=[Part("transport", Mode.SOLE)]
    )
    away = make.submitted(cast, by="deputy_other", body=OTHER_TOWN, title="关于修码头台阶的建议")
    opinions.contact_ask(actor=cast.office, opinion=own, reason="核对现场位置")
    opinions.contact_ask(actor=cast.keeper_other, opinion=other, reason="核对现场位置")
    opinions.opinion_outgoing_check(actor=cast.keeper_other, opinion=other, text=other.outgoing_text)
    opinions.opinion_transfer(actor=cast.keeper_other, opinion=other, units=["power"])
    return World({OWN: own, OTHER: other}, {OWN: make.replied(cast, row), OTHER: away}, done.code)


def grid_said(cast: Cast) -> Opinion:
    """Return an opinion that the grid worker has brought in."""
    said = Said(text="李家庄二组的水管冻裂了，请来看看", village="610981113202")
    return opinions.opinion_submit(
        actor=cast.grid, station=cast.station("113"), said=said, channel=Channel.GRID
    ).opinion


def parameters(world: World, cast: Cast, where: str, route: str) -> dict[str, Any]:
    """Return what stands in the braces of an address."""
    kind = "opinion" if "opinions" in route else "suggestion"
    row: Any = world.opinion[where] if kind == "opinion" else world.suggestion[where]
    return {
        "pk": _pk(world, cast, where, route, row),
        "letter": _letter(world, where),
        "act": _act(route, kind),
        "action": _act(route, kind),
        "kind": kind,
        "code": world.code if "by-code" in route else PLACE[where] if "places" in route else STATION[where],
        "slug": Institution.objects.order_by("slug").values_list("slug", flat=True)[0],
        "rest": "nothing",
        "number": 1,
        "what": "contact",
        "file": _enclosed(row) if "papers/suggestions" in route else world.opinion[where].pk,
        "access": _access(world.opinion[where]) or row.pk,
    }


def _enclosed(row: Suggestion) -> Any:
    """Return a file enclosed with a suggestion."""
    data = b"%PDF-1.4"
    return scan_accept(data=data, owner_kind=OWNER, owner_id=row.pk, home6=row.home6).pk


PLACE = {OWN: TOWN, OTHER: OTHER_TOWN}
STATION = {OWN: "113", OTHER: "103"}


def _pk(world: World, cast: Cast, where: str, route: str, row: Any) -> Any:
    if route.startswith("unit/"):
        own = where == OWN
        return (make.part_of(world.suggestion[OWN]) if own else _part_elsewhere(world)).pk
    if route.startswith("notices"):
        place = TOWN if where == OWN else OTHER_TOWN
        return Notice.objects.filter(recipient_key=f"keeper@{place}")[0].pk
    if "accounts" in route:
        return cast.account("keeper" if where == OWN else "keeper_other").pk
    if "papers/letters" in route:
        return _letter(world, where)
    return row.pk


def _part_elsewhere(world: World) -> Assignment:
    """Return what another town's station has handed to another unit."""
    return Assignment.objects.get(matter_id=world.opinion[OTHER].pk)


def _access(opinion: Opinion) -> Any:
    return ContactAccess.objects.filter(opinion=opinion).values_list("pk", flat=True).first()


def _letter(world: World, where: str) -> Any:
    found = LetterVersion.objects.filter(matter_id=world.suggestion[OWN].pk, kind="reply")
    return found[0].pk if where == OWN else world.suggestion[OTHER].pk


def _act(route: str, kind: str) -> str:
    """Return an act whose empty form is refused, so that asking changes nothing."""
    if route.startswith("matter/"):
        return "evaluate"
    if route.startswith("unit/"):
        return "correct_reply"
    if kind == "opinion":
        return "answer"
    return "withdraw" if "deputy" in route else "send_back"


BODIES: dict[str, dict[str, Any]] = {
    "api/v1/grid-events": {"source_ref": "grid-1", "station": "113", "text": "三组的水管冻裂了，请来看看"},
    "api/v1/opinions/similar": {"text": "水管冻裂了"},
    "api/v1/suggestions": {"body": "610981000000", "title": "关于修水管的建议"},
    "api/v1/duties": {
        "kind": "training",
        "on": "2026-01-05",
        "title": "参加培训",
        "values": {"organiser": "市人大"},
    },
    "api/v1/pledges": {"item": "推动三组通组路硬化", "due_on": "2020-01-01"},
    "api/v1/contacts/<pk>/visits": {"on": "2026-01-05", "way": "home"},
    "api/v1/opinions": {"station": "113", "text": "三组的水管冻裂了，请来看看"},
    "station/new": {"station": "113", "text": "三组的水管冻裂了，请来看看", "channel": "on_behalf"},
    "station/batch": {"station": "113", "text1": "三组的水管冻裂了，请来看看"},
}
"""What is sent where the content decides who may; rooms add theirs in `BODIES` of `world_<room>.py`."""
BODIES_ELSEWHERE: dict[str, dict[str, Any]] = {
    "api/v1/grid-events": {**BODIES["api/v1/grid-events"], "station": "103"},
    "api/v1/suggestions": {**BODIES["api/v1/suggestions"], "body": OTHER_TOWN},
    "api/v1/opinions": {**BODIES["api/v1/opinions"], "station": "103"},
    "station/new": {**BODIES["station/new"], "station": "103"},
    "station/batch": {**BODIES["station/batch"], "station": "103"},
}
"""The same about the other region: `POST other` sends these."""
