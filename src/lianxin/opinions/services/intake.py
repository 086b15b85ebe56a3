"""Taking in what a resident says, by any channel, in one transaction."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from lianxin.common import clock
from lianxin.common.actor import Actor, ActorKind, Role
from lianxin.common.errors import Denied, Invalid, TooMany
from lianxin.common.ids import uuid7
from lianxin.common.masking import mask
from lianxin.common.numbers import next_number
from lianxin.common.sealing import keyed_hash, new_wrapped_key, seal
from lianxin.common.writes import write
from lianxin.documents.services import photo_accept, voice_accept
from lianxin.notifications.services import Recipient, enqueue
from lianxin.opinions.codes import code_hash, code_of
from lianxin.opinions.models import STAFF_CHANNELS, Anonymity, Channel, Contact, Opinion, Post
from lianxin.opinions.rules import Window, is_about_cadre, phone_checked, text_checked, title_of
from lianxin.opinions.services.step import event_add
from lianxin.regions.models import Division, Station, StationLevel
from lianxin.rulebook.deadlines import due_for
from lianxin.rulebook.services import value
from lianxin.search.index import index_put

INTAKE_ROLES = (Role.KEEPER, Role.GRID_WORKER, Role.DEPUTY, Role.PRESIDIUM, Role.OFFICE)


@dataclass(frozen=True)
class Said:
    """What was said, as a door hands it in; everything but the text may be empty."""

    text: str
    village: str = ""
    spot: str = ""
    category: str = ""
    may_publish: bool = False
    name: str = ""
    phone: str = ""
    call_back: bool = False
    confidential: bool = False
    photos: tuple[bytes, ...] = field(default=(), repr=False)
    voice: bytes = field(default=b"", repr=False)
    insists_sealed: bool = False
    received_at: datetime | None = None
    source_ref: str = ""


@dataclass(frozen=True)
class Submitted:
    """The opinion, the resident's query code (given once), and whether it had been said before."""

    opinion: Opinion
    code: str
    again: bool = False


def opinion_submit(
    *,
    actor: Actor,
    station: Station,
    said: Said,
    channel: Channel,
    browser_token: str = "",
    request_id: str | None = None,
) -> Submitted:
    """Take in an opinion; the same request or the same words sent again give the same code."""
    _may_enter(actor, station, channel)
    checked = text_checked(said.text) if not said.voice else (said.text.strip() or "（语音，等联络员听写）")
    phone = phone_checked(said.phone)
    earlier = _said_before(actor, browser_token, checked)
    if earlier:
        return Submitted(earlier, code_of(earlier), again=True)
    opinion = _take_in(
        actor=actor,
        station=station,
        said=said,
        text=checked,
        phone=phone,
        channel=channel,
        browser_token=browser_token,
        request_id=request_id,
    )
    return Submitted(opinion, code_of(opinion))


@write
def _take_in(
    *,
    actor: Actor,
    station: Station,
    said: Said,
    text: str,
    phone: str,
    channel: Channel,
    browser_token: str,
    request_id: str | None = None,
) -> Opinion:
    if actor.kind is ActorKind.RESIDENT:
        _hold_floods(station, browser_token)
    place = _place(station, said.village)
    opinion = _new_row(actor, _above_the_village(station, text), place, said, text, channel)
    _keep_files(opinion, said)
    _keep_contact(opinion, said, phone)
    event_add(
        actor=actor,
        opinion=opinion,
        act="submit",
        old="",
        new=opinion.state,
        public=f"{station.name}收到了您的话。",
        facts={"channel": channel.value, "station": station.code},
    )
    if not opinion.is_sealed:
        index_put(
            kind="opinion",
            object_id=opinion.id,
            home6=opinion.home6,
            title=opinion.title,
            text=mask(text).text,
            scope_code=opinion.division_code,
            number=opinion.number,
        )
    if actor.kind is ActorKind.RESIDENT:
        _note_post(station, browser_token, text, opinion)
    _tell_keeper(opinion)
    return opinion


def _new_row(actor: Actor, station: Station, place: str, said: Said, text: str, channel: Channel) -> Opinion:
    received = said.received_at or clock.now()
    year = clock.local_date(received).year
    opinion = Opinion(
        home6=station.home6,
        division_code=place,
        station=station,
        channel=channel,
        text=text,
        title=title_of(mask(text).text),
        outgoing_text=mask(text).text,
        spot=said.spot[:80],
        category=said.category[:20],
        may_publish=said.may_publish,
        is_sealed=said.insists_sealed,
        anonymity=_anonymity(said),
        received_at=received,
        source_ref=said.source_ref or None,
        recorder_id=actor.id if actor.kind is ActorKind.ACCOUNT else None,
        number=f"{year}-{next_number(home6=station.home6, series='opinion', year=year):06d}",
        sort_due_on=due_for("opinion.sort_workdays", clock.local_date(received), home6=station.home6).on,
    )
    opinion.code_hash = code_hash(code_of(opinion))
    while Opinion.objects.filter(code_hash=opinion.code_hash).exists():
        opinion.id = uuid7()
        opinion.code_hash = code_hash(code_of(opinion))
    opinion.save(force_insert=True)
    return opinion


def _may_enter(actor: Actor, station: Station, channel: Channel) -> None:
    if actor.kind is ActorKind.RESIDENT and channel in STAFF_CHANNELS:
        raise Denied("这个渠道由联络站登记，请用扫码或网页直接说。")
    if actor.kind is ActorKind.ACCOUNT and channel in STAFF_CHANNELS and not _works_there(actor, station):
        raise Denied("只能登记本站范围内的民情。")


def _works_there(actor: Actor, station: Station) -> bool:
    near = (station.division_code, station.town_code or station.division_code)
    return any(actor.has_in(code, *INTAKE_ROLES) for code in near) or any(
        held.place.startswith(station.division_code.rstrip("0"))
        for held in actor.roles
        if held.role in INTAKE_ROLES
    )


def _place(station: Station, village: str) -> str:
    if not village:
        return station.division_code
    known = Division.objects.filter(code=village, home6=station.home6).exists()
    if not known:
        raise Invalid("没有这个村或社区，请重新选择。", fields={"village": "请从名单里选一个村或社区。"})
    return village


def _above_the_village(station: Station, text: str) -> Station:
    """Matters about village cadres skip the village's own room."""
    skips = station.level in {StationLevel.VILLAGE, StationLevel.CONSTITUENCY} and is_about_cadre(text)
    return station.parent if skips and station.parent else station


def _anonymity(said: Said) -> Anonymity:
    if said.confidential:
        return Anonymity.CONFIDENTIAL
    return Anonymity.NAMED if said.name or said.phone else Anonymity.ANONYMOUS


def _keep_files(opinion: Opinion, said: Said) -> None:
    limit = value("opinion.max_photos", home6=opinion.home6)
    if len(said.photos) > limit:
        raise Invalid(f"最多放 {limit} 张照片，请挑最清楚的。", fields={"photos": f"最多 {limit} 张。"})
    for photo in said.photos:
        photo_accept(data=photo, owner_kind="opinion", owner_id=opinion.id, home6=opinion.home6)
    if said.voice:
        voice_accept(data=said.voice, owner_kind="opinion", owner_id=opinion.id, home6=opinion.home6)


def _keep_contact(opinion: Opinion, said: Said, phone: str) -> None:
    if not (said.name or phone):
        return
    key = new_wrapped_key()
    Contact.objects.create(
        opinion=opinion,
        wrapped_key=key,
        name=seal(said.name[:40], wrapped_key=key),
        phone=seal(phone, wrapped_key=key),
        phone_hash=keyed_hash(phone, purpose="phone") if phone else "",
        call_back=said.call_back and bool(phone),
    )


def _said_before(actor: Actor, browser_token: str, text: str) -> Opinion | None:
    if actor.kind is not ActorKind.RESIDENT or not browser_token:
        return None
    since = clock.now() - timedelta(minutes=value("opinion.same_text_minutes"))
    post = Post.objects.filter(
        kind="say",
        token_hash=keyed_hash(browser_token, purpose="browser"),
        text_hash=_text_hash(text),
        at__gte=since,
    ).first()
    return Opinion.objects.filter(pk=post.opinion_id).first() if post and post.opinion_id else None


def _hold_floods(station: Station, browser_token: str) -> None:
    now = clock.now()
    recent = Post.objects.filter(kind="say", at__gte=now - timedelta(hours=1))
    windows = [
        (recent.filter(station_code=station.code), value("opinion.flood_station_hour", home6=station.home6))
    ]
    if browser_token:
        mine = recent.filter(token_hash=keyed_hash(browser_token, purpose="browser"))
        windows.append((mine, value("opinion.flood_browser_hour", home6=station.home6)))
    for posts, limit in windows:
        times = [at.timestamp() for at in posts.values_list("at", flat=True)]
        wait = Window(limit, 3600).retry_after(times, now.timestamp())
        if wait:
            raise TooMany("刚才说得有点多，请过一会儿再说，或打联络站电话，有人帮您记。", retry_after=wait)


def _note_post(station: Station, browser_token: str, text: str, opinion: Opinion) -> None:
    Post.objects.create(
        kind="say",
        station_code=station.code,
        text_hash=_text_hash(text),
        opinion_id=opinion.id,
        token_hash=keyed_hash(browser_token, purpose="browser") if browser_token else "",
    )


def _text_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _tell_keeper(opinion: Opinion) -> None:
    enqueue(
        to=Recipient.role(Role.KEEPER, opinion.station.town_code or opinion.station.division_code),
        subject=f"新的民情 {opinion.number}",
        text="请在期限内受理。",
        link=f"/station/opinions/{opinion.id}",
        about_kind="opinion",
        about_id=opinion.id,
        home6=opinion.home6,
        dedupe=f"said:{opinion.id}",
    )
