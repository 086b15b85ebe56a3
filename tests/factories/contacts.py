"""Households and pairings of the tests, made by services."""

from __future__ import annotations

import io
from datetime import date

from PIL import Image

from lianxin.common import clock
from lianxin.common.actor import SYSTEM
from lianxin.contacts import services
from lianxin.contacts.models import Household, Kind, Pairing
from lianxin.people.models import Deputy
from tests.factories.cast import VILLAGE, Cast

SINCE = date(2026, 1, 1)


def household(
    cast: Cast,
    *,
    answer: str = "agree",
    name: str = "石榴湾伯伯",
    phone: str = "",
    village: str = VILLAGE,
    group: int = 1,
) -> Household:
    """Register a household with its answer."""
    new = services.NewHousehold(village, group, name, phone, answer)
    return services.household_register(actor=SYSTEM, new=new)


def agree(*deputies: Deputy) -> None:
    """Enter that deputies agree to be paired."""
    services.deputies_agree(actor=SYSTEM, deputies=deputies)


def paired(
    cast: Cast,
    deputy: str = "deputy_town",
    *,
    village: str = VILLAGE,
    kind: str = Kind.DEPUTY_HOUSEHOLD,
    phone: str = "",
) -> Pairing:
    """Return a pairing in force of a household with a deputy."""
    row = cast.deputy_row(deputy)
    agree(row)
    home = household(cast, village=village, phone=phone)
    new = services.NewPairing(kind, row, min(SINCE, clock.today()), household=home, minutes=20)
    return services.pairing_register(actor=SYSTEM, new=new)


def picture(colour: str = "gray") -> bytes:
    """Return a photo as a telephone sends it."""
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "JPEG")
    return out.getvalue()
