"""传政策、解矛盾 and the one free block of a station's page."""

from __future__ import annotations

from datetime import date

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Invalid
from lianxin.common.masking import mask
from lianxin.common.sealing import keyed_hash
from lianxin.common.writes import write
from lianxin.documents.services import photo_accept
from lianxin.regions.models import Station, StationLevel
from lianxin.stations.models import Mediation, MediationEnd, PolicyNote, PolicyRead, StationPage
from lianxin.stations.permissions import must_keep

BANDS = ("river", "hill", "field", "earth")
PAGE_PHOTO = "station_page"


@write
def policy_publish(
    *, actor: Actor, station: Station, title: str, text: str, request_id: str | None = None
) -> PolicyNote:
    """Tell a policy in plain words on the station's page."""
    must_keep(actor, station)
    title, text = title.strip(), text.strip()
    problems = {}
    if not 4 <= len(title) <= 60:
        problems["title"] = "标题写 4 到 60 个字。"
    if not 10 <= len(text) <= 2000:
        problems["text"] = "内容写 10 到 2000 个字。"
    if problems:
        raise Invalid("还差一点，写的内容都在。", fields=problems)
    row = PolicyNote.objects.create(
        station=station, title=title, text=text, published_on=clock.today(), home6=station.home6,
        division_code=station.division_code,
    )  # fmt: skip
    record(actor=actor, tag="stations.policy_publish", kind="policy", target=row.id, home6=row.home6)
    return row


def policy_read(*, note: PolicyNote, browser_token: str) -> None:
    """Count a browser that opened a note once, by a hash that leads to nobody."""
    hashed = keyed_hash(f"{note.pk}:{browser_token}", purpose="policy-read")
    PolicyRead.objects.bulk_create([PolicyRead(note=note, token_hash=hashed)], ignore_conflicts=True)


@write
def mediation_record(
    *, actor: Actor, station: Station, about: str, outcome: MediationEnd, words: str = "",
    on: date | None = None, request_id: str | None = None,
) -> Mediation:  # fmt: skip
    """Record a dispute that was talked over; names and telephones are taken out before it is kept."""
    must_keep(actor, station)
    day = on or clock.today()
    problems = {}
    if not 2 <= len(about.strip()) <= 40:
        problems["about"] = "写 2 到 40 个字，说清是哪类事，不写人名。"
    if day > clock.today():
        problems["on"] = "日期还没有到。"
    if problems:
        raise Invalid("还差一点，写的内容都在。", fields=problems)
    row = Mediation.objects.create(
        station=station, on=day, about=mask(about.strip()).text, outcome=outcome,
        words=mask(words.strip()[:500]).text[:500], recorder_id=actor.id, home6=station.home6,
        division_code=station.division_code,
    )  # fmt: skip
    record(
        actor=actor, tag="stations.mediation_record", kind="mediation", target=row.id, home6=row.home6,
        facts={"outcome": outcome.value},
    )  # fmt: skip
    return row


@write
def free_block_edit(
    *, actor: Actor, station: Station, title: str, text: str, band: str, photo: bytes = b"",
    request_id: str | None = None,
) -> StationPage:  # fmt: skip
    """Write the one free block (镇特色): words, one of four bands, a photo; nothing else is open."""
    must_keep(actor, station)
    if station.level != StationLevel.TOWN:
        raise Invalid("只有镇联络站有「镇特色」。", fields={"title": "联络室用统一的版面。"})
    problems = {}
    if not 2 <= len(title.strip()) <= 20:
        problems["title"] = "标题写 2 到 20 个字。"
    if not 10 <= len(text.strip()) <= 600:
        problems["text"] = "内容写 10 到 600 个字。"
    if band not in BANDS:
        problems["band"] = "请从四种色带里选一种。"
    if problems:
        raise Invalid("还差一点，写的内容都在。", fields=problems)
    row, _ = StationPage.objects.update_or_create(
        station=station, defaults={"title": title.strip(), "text": text.strip(), "band": band}
    )
    if photo:
        kept = photo_accept(
            data=photo, owner_kind=PAGE_PHOTO, owner_id=station.id, home6=station.home6, visibility="public"
        )
        row.photo_id = kept.id
        row.save(update_fields=["photo_id"])
    record(
        actor=actor, tag="stations.free_block_edit", kind="station", target=station.id, home6=station.home6
    )
    return row
