"""Opinions in any state, made by the services of the people who would act."""

from __future__ import annotations

from lianxin.common.actor import RESIDENT
from lianxin.common.ids import uuid7
from lianxin.opinions import services
from lianxin.opinions.models import Channel, Opinion
from lianxin.opinions.services import Said, Submitted
from tests.factories.cast import VILLAGE, Cast

LAMP = "李家庄三组到小学的路没有路灯，孩子晚上走得害怕"


def said(
    cast: Cast, text: str = LAMP, *, station: str = "113", token: str = "", **fields: object
) -> Submitted:
    """Say a thing as a resident with a browser of his own; fields are those of `Said`."""
    given = Said(**{"text": text, "village": VILLAGE, "category": "交通道路", **fields})  # type: ignore[arg-type]
    return services.opinion_submit(
        actor=RESIDENT,
        station=cast.station(station),
        said=given,
        channel=Channel.QR,
        browser_token=token or uuid7().hex,
    )


def recorded(cast: Cast, text: str = LAMP, **fields: object) -> Opinion:
    """Return an opinion that the keeper has taken in."""
    opinion = said(cast, text, **fields).opinion
    return services.opinion_move(actor=cast.keeper, opinion=opinion, act="accept")


def transferred(
    cast: Cast, text: str = LAMP, *, units: tuple[str, ...] = ("transport",), **fields: object
) -> Opinion:
    """Return an opinion whose checked copy lies with departments."""
    opinion = recorded(cast, text, **fields)
    services.opinion_outgoing_check(actor=cast.keeper, opinion=opinion, text=opinion.outgoing_text)
    return services.opinion_transfer(actor=cast.keeper, opinion=opinion, units=list(units))
