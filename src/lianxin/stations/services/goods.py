"""The yearly evaluation of a station on 四好: three voices, three colours, nobody's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, ActorKind, Role
from lianxin.common.errors import Denied, Invalid
from lianxin.common.sealing import keyed_hash
from lianxin.common.writes import write
from lianxin.people.actors import deputy_of
from lianxin.regions.models import Station
from lianxin.stations.models import GoodsRating, GoodsVoice, StationMember
from lianxin.stations.rules import COLOURS

QUESTIONS = ("bridge", "platform", "position", "venue")
UNIT = (Role.UNIT_CLERK, Role.UNIT_HEAD)


@dataclass(frozen=True, slots=True)
class Ballot:
    """One answer as it was handed in on paper: who spoke (a class, not a person) and four colours."""

    station: Station
    year: int
    voice: GoodsVoice
    paper: str
    answers: Mapping[str, str]


@write
def goods_rate(
    *, actor: Actor, station: Station, answers: Mapping[str, str], browser_token: str = "",
    request_id: str | None = None,
) -> GoodsRating:  # fmt: skip
    """Answer the four questions for this year; answered again, the last word counts."""
    voice, who = _voice(actor, station, browser_token)
    year = clock.today().year
    row, _ = GoodsRating.objects.update_or_create(
        station=station,
        year=year,
        token_hash=_hash(station, year, who),
        defaults={"voice": voice, **_checked(answers)},
    )
    return row


@write
def goods_register(*, actor: Actor, ballots: Sequence[Ballot], request_id: str | None = None) -> GoodsRating:
    """Enter a year's paper sheets at once (one audit record); the office counts them. Returns the last."""
    if actor.kind is not ActorKind.SYSTEM and not actor.has(Role.OFFICE):
        raise Denied("四好评价的纸表由代工委录入。")
    if not ballots:
        raise Invalid("没有要录入的评价表。", fields={"ballots": "请至少录一份。"})
    rows = [
        GoodsRating(
            station=one.station, year=one.year, voice=one.voice,
            token_hash=_hash(one.station, one.year, f"paper:{one.paper}"), **_checked(one.answers),
        )
        for one in ballots
    ]  # fmt: skip
    GoodsRating.objects.bulk_create(rows, batch_size=1000)
    record(
        actor=actor, tag="stations.goods_register", kind="station", target=rows[-1].station_id,
        home6=ballots[-1].station.home6, facts={"rows": len(rows)},
    )  # fmt: skip
    return rows[-1]


def _voice(actor: Actor, station: Station, browser_token: str) -> tuple[GoodsVoice, str]:
    """Return in whose voice the actor speaks; those who keep the station do not rate it."""
    if actor.kind is ActorKind.RESIDENT:
        return GoodsVoice.RESIDENT, f"browser:{browser_token}"
    if actor.has(*UNIT):
        return GoodsVoice.ORGAN, f"unit:{actor.units(*UNIT)[0]}"
    deputy = deputy_of(actor) if actor.has(Role.DEPUTY) else None
    home = station.parent if station.level not in {"city", "town"} else station
    if deputy and StationMember.objects.filter(station=home, deputy=deputy, valid_to=None).exists():
        return GoodsVoice.DEPUTY, f"deputy:{deputy.pk}"
    raise Denied("四好由本站的代表、群众和有关单位评，站里的人不评自己的站。")


def _checked(answers: Mapping[str, str]) -> dict[str, str]:
    open_ones = {name: "请选一种颜色。" for name in QUESTIONS if answers.get(name) not in COLOURS}
    if open_ones:
        raise Invalid("四个问题都要选。", fields=open_ones)
    return {name: answers[name] for name in QUESTIONS}


def _hash(station: Station, year: int, who: str) -> str:
    return keyed_hash(f"{station.pk}:{year}:{who}", purpose="goods")
