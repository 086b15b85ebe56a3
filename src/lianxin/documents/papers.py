"""Papers for the counter and the wall: posters, receipts, paper forms, a draft to take along.

Plain values in, PDF out; nothing here reads a row or writes one.
"""

from __future__ import annotations

import io
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from urllib.parse import quote

import segno

from lianxin.common.codes import ALPHABET
from lianxin.documents import typesetting
from lianxin.documents.letters import day_of, numeral, title_rows

POSTER_SIZES = ("A4", "A3")
RECEIPT_SIZES = ("A6", "80")
BATCH = 20


@dataclass(frozen=True, slots=True)
class StationFacts:
    """What a paper says of a station."""

    code: str
    name: str
    phone: str
    address: str
    site: str

    @property
    def link(self) -> str:
        """Return the address behind the station's QR."""
        return f"{self.site}/{self.code}/t"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a resident takes home; the code is printed here and nowhere else."""

    code: str
    received: date
    due: date | None
    station: str
    phone: str
    site: str

    @property
    def link(self) -> str:
        """Return the progress page with the code behind `#`: that part never reaches a server or its log."""
        return f"{self.site}/progress#{self.code}"


@dataclass(frozen=True, slots=True)
class HigherDraft:
    """A text for a congress that is not ours."""

    congress: str
    deputy: str
    title: str
    situation: str
    analysis: str
    demands: Sequence[str]


def poster_pdf(station: StationFacts, *, size: str, workdays: int, demo: bool) -> bytes:
    """Return the station's poster; every way of speaking has the same room."""
    ways = (
        ("扫　码", ("微信或手机", "扫上面的码")),
        ("打电话", tuple(_phone_rows(station.phone))),
        ("来站说", ("到站里当面", "说，我们记")),
        ("写纸条", ("填张表，", "投进意见箱")),
        ("说语音", ("扫码后按住", "说，方言行")),
    )
    return typesetting.pdf(
        "poster",
        {
            "demo": demo,
            "size": size,
            "station": station.name,
            "address": station.address,
            "qr": qr_svg(station.link),
            "workdays": workdays,
            "ways": [{"name": name, "how": list(how)} for name, how in ways],
        },
    )


def receipt_pdf(receipt: Receipt, *, size: str, demo: bool) -> bytes:
    """Return a receipt with the code in large type, grouped by four."""
    return typesetting.pdf(
        "receipt",
        {
            "demo": demo,
            "size": size,
            "code": receipt.code,
            "qr": qr_svg(receipt.link),
            "received": day_of(str(receipt.received)),
            "due": day_of(str(receipt.due)) if receipt.due else "",
            "station": receipt.station,
            "phone": receipt.phone,
        },
    )


def form_pdf(
    station: StationFacts, *, numbers: Sequence[str], categories: Sequence[str], demo: bool
) -> bytes:
    """Return paper forms, one for each number; several come with a register in front."""
    return typesetting.pdf(
        "form",
        {
            "demo": demo,
            "station": station.name,
            "qr": qr_svg(station.link),
            "numbers": list(numbers),
            "categories": list(categories),
        },
    )


def form_numbers(station_code: str, count: int) -> list[str]:
    """Return fresh numbers for a set of forms: station, a random mark of the set, place in it."""
    mark = "".join(secrets.choice(ALPHABET) for _ in range(4))
    return [f"{station_code}-{mark}-{place:02d}" for place in range(1, count + 1)]


def draft_pdf(draft: HigherDraft, *, demo: bool) -> bytes:
    """Return a deputy's draft for his own congress; nothing of it is kept."""
    parts = [
        ("情况", draft.situation),
        ("分析", draft.analysis),
        ("具体建议", "\n".join(_listed(draft.demands))),
    ]
    filled = [(name, text) for name, text in parts if text.strip()]
    return typesetting.pdf(
        "draft",
        {
            **asdict(draft),
            "demo": demo,
            "title_rows": title_rows(draft.title),
            "parts": [
                (f"{numeral(place)}、{name}", [row for row in text.splitlines() if row.strip()])
                for place, (name, text) in enumerate(filled, start=1)
            ],
        },
    )


def qr_svg(link: str) -> str:
    """Return a QR code as SVG."""
    picture = io.BytesIO()
    segno.make(link, error="m").save(picture, kind="svg", scale=10, border=2, xmldecl=False, light="#ffffff")
    return picture.getvalue().decode()


def _listed(demands: Sequence[str]) -> list[str]:
    given = [one.strip() for one in demands if one.strip()]
    return [f"{place}. {text}" for place, text in enumerate(given, start=1)]


def _phone_rows(phone: str) -> list[str]:
    head, dash, tail = phone.partition("-")
    return [head + dash, tail] if tail else [phone or "请问联络员"]


@dataclass(frozen=True, slots=True)
class ContactCard:
    """What a household keeps: who contacts it, and its own code; without a deputy it is a question."""

    number: str
    place: str
    deputy: str
    station: str
    phone: str
    code: str
    site: str

    @property
    def link(self) -> str:
        """Return the household's page; the code behind `#` never reaches a server or its log."""
        return f"{self.site}/household#{self.code}"


def contact_cards_pdf(cards: Sequence[ContactCard], *, demo: bool) -> bytes:
    """Return 连心卡, four to a page."""
    content = [{**asdict(card), "qr": qr_svg(card.link)} for card in cards]
    return typesetting.pdf("contact_card", {"demo": demo, "cards": content})


def quoted(name: str) -> str:
    """Return a file name as a header may carry it."""
    return quote(name)
