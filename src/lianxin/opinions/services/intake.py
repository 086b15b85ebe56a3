"""Taking in what a resident says, by any channel, in one transaction."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from lianxin.common import clock
from lianxin.common.actor import Actor, ActorKind
from lianxin.common.errors import Conflict, Invalid
from lianxin.common.numbers import next_number
from lianxin.common.sealing import keyed_hash
from lianxin.common.writes import write
from lianxin.documents.services import photos_accept, voice_accept, voice_check
from lianxin.opinions.codes import code_give, code_is_taken, code_of
from lianxin.opinions.models import Anonymity, Channel, Contact, Opinion, SealedText
from lianxin.opinions.rules import ACCUSATION_ADVICE, is_accusation, phone_checked, text_checked, title_of
from lianxin.opinions.services.calls import tell_keeper
from lianxin.opinions.services.clocks import clocks_start
from lianxin.opinions.services.counter import tail_hash
from lianxin.opinions.services.doorway import above_the_accused, may_enter
from lianxin.opinions.services.floods import post_enter
from lianxin.opinions.services.keys import CONTACT, TEXT, key_make, sealed_with, words_of
from lianxin.opinions.services.outgoing import masked_for, reindex
from lianxin.opinions.services.step import event_add
from lianxin.regions.models import Station
from lianxin.regions.selectors import is_division
from lianxin.rulebook.deadlines import due_for
from lianxin.rulebook.services import value

UNHEARD = "（语音，等联络员听写）"


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
    may_enter(actor, station, channel)
    channel = Channel.VOICE if said.voice else channel
    checked = text_checked(said.text) if not said.voice else (said.text.strip()[:1000] or UNHEARD)
    _guide_accusation(said, checked, channel)
    phone = phone_checked(said.phone)
    born: list[UUID] = []
    opinion = _take_in(
        actor=actor,
        station=station,
        said=said,
        text=checked,
        phone=phone,
        channel=channel,
        browser_token=browser_token,
        born=born,
        request_id=_bound(actor, browser_token, request_id),
    )
    if request_id and channel is not Channel.VOICE and not words_of(opinion).startswith(checked):
        raise Conflict("这个请求编号已经用于另一件事，请刷新页面后再提交。")
    return Submitted(opinion, code_of(opinion), again=opinion.id not in born)


def event_take_in(*, actor: Actor, station: Station, said: Said, request_id: str | None = None) -> Opinion:
    """Take in an event of a machine (网格平台); the same `source_ref`, however often, is one opinion."""
    if not said.source_ref:
        raise Invalid("缺少来源编号。", fields={"source_ref": "请填网格平台的事件编号。"})
    may_enter(actor, station, Channel.MACHINE)
    known = Opinion.objects.filter(home6=station.home6, source_ref=said.source_ref)
    try:
        with transaction.atomic():
            first = known.first()
            if first:
                return first
            return opinion_submit(
                actor=actor, station=station, said=said, channel=Channel.MACHINE, request_id=request_id
            ).opinion
    except IntegrityError:  # a parallel delivery was faster
        return known.get()


@transaction.atomic
def paper_batch(
    *, actor: Actor, station: Station, papers: list[Said], request_id: str | None = None
) -> list[Submitted]:
    """Enter a pile of paper forms, each with its real date; all or none, each with a slip to hand out."""
    return [
        opinion_submit(
            actor=actor,
            station=station,
            said=paper,
            channel=Channel.PAPER,
            request_id=f"{request_id}:{place}" if request_id else None,
        )
        for place, paper in enumerate(papers)
    ]


def _bound(actor: Actor, browser_token: str, request_id: str | None) -> str | None:
    """Bind a resident's request id to his browser: all residents share one actor."""
    if not request_id or actor.kind is not ActorKind.RESIDENT:
        return request_id
    return keyed_hash(f"{browser_token}:{request_id}", purpose="request")


def _guide_accusation(said: Said, text: str, channel: Channel) -> None:
    """Guide to the competent organ; the text is kept only if the person insists, and then sealed."""
    if is_accusation(text) and not said.insists_sealed and channel is not Channel.MACHINE:
        raise Invalid(ACCUSATION_ADVICE, fields={"insists": ACCUSATION_ADVICE})


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
    born: list[UUID],
    request_id: str | None = None,
) -> Opinion:
    place = _place(station, said.village)
    opinion = _new_row(actor, above_the_accused(station, text), place, said, text, channel)
    earlier = _enter(actor, station, opinion, said, text, browser_token)
    if earlier:
        return earlier
    year = clock.local_date(opinion.received_at).year
    opinion.number = f"{year}-{next_number(home6=opinion.home6, series='opinion', year=year):06d}"
    opinion.save(force_insert=True)
    born.append(opinion.id)
    _keep_sealed(opinion, text)
    _keep_files(opinion, said)
    _keep_contact(opinion, said, phone)
    clocks_start(opinion, clock.local_date(opinion.received_at))
    event_add(
        actor=actor,
        opinion=opinion,
        act="submit",
        old="",
        public=f"{opinion.station.name}收到了您的话。",
        facts={"channel": channel.value, "station": opinion.station.code},
    )
    reindex(opinion, new=True)
    tell_keeper(opinion, "新的民情", "请在期限内受理。", dedupe="said")
    return opinion


def _enter(
    actor: Actor, station: Station, opinion: Opinion, said: Said, text: str, browser_token: str
) -> Opinion | None:
    """Give the opinion a query code of its own; hold floods, and return what the same browser said before."""
    code_give(opinion)
    if actor.kind is ActorKind.RESIDENT:
        words = hashlib.sha256(said.voice).hexdigest() if said.voice else text
        return post_enter(
            station_code=station.code, browser_token=browser_token, words=words, opinion=opinion
        )
    while code_is_taken(opinion):
        code_give(opinion, anew=True)
    return None


def _new_row(actor: Actor, station: Station, place: str, said: Said, text: str, channel: Channel) -> Opinion:
    received = _received(said)
    sealed = said.insists_sealed or (channel is Channel.MACHINE and is_accusation(text))
    copy = "" if sealed else masked_for(text, (said.name, said.phone))
    return Opinion(
        home6=station.home6,
        division_code=place,
        station=station,
        channel=channel,
        text="" if sealed else text,
        title="密件" if sealed else title_of(copy),
        outgoing_text=copy,
        received_place=station.town_code or station.division_code,
        spot=said.spot[:80],
        category=said.category[:20],
        may_publish=said.may_publish,
        is_sealed=sealed,
        anonymity=_anonymity(said),
        received_at=received,
        source_ref=said.source_ref or None,
        recorder_id=actor.id if actor.kind is ActorKind.ACCOUNT else None,
        sort_due_on=due_for("opinion.sort_workdays", clock.local_date(received), home6=station.home6).on,
    )


def _received(said: Said) -> datetime:
    """Return the real time at which it was said; papers are entered later, never earlier."""
    received = said.received_at or clock.now()
    if clock.local_date(received) > clock.today():
        raise Invalid("日期还没有到，请核对。", fields={"received_at": "请填纸条上的日期。"})
    return received


def _place(station: Station, village: str) -> str:
    if not village:
        return station.division_code
    if not is_division(village, home6=station.home6):
        raise Invalid("没有这个村或社区，请重新选择。", fields={"village": "请从名单里选一个村或社区。"})
    return village


def _anonymity(said: Said) -> Anonymity:
    if said.confidential:
        return Anonymity.CONFIDENTIAL
    return Anonymity.NAMED if said.name or said.phone else Anonymity.ANONYMOUS


def _keep_files(opinion: Opinion, said: Said) -> None:
    limit = value("opinion.max_photos", home6=opinion.home6)
    if len(said.photos) > limit:
        raise Invalid(f"最多放 {limit} 张照片，请挑最清楚的。", fields={"photos": f"最多 {limit} 张。"})
    if said.voice:
        voice_check(said.voice)
    photos_accept(photos=said.photos, owner_kind="opinion", owner_id=opinion.id, home6=opinion.home6)
    if said.voice:
        voice_accept(data=said.voice, owner_kind="opinion", owner_id=opinion.id, home6=opinion.home6)


def _keep_sealed(opinion: Opinion, text: str) -> None:
    if opinion.is_sealed:
        key = key_make(opinion, TEXT)
        SealedText.objects.create(opinion=opinion, sealed=sealed_with(key, text))


def _keep_contact(opinion: Opinion, said: Said, phone: str) -> None:
    if not (said.name or phone):
        return
    key = key_make(opinion, CONTACT)
    Contact.objects.create(
        opinion=opinion,
        name=sealed_with(key, said.name[:40]),
        phone=sealed_with(key, phone),
        phone_hash=keyed_hash(phone, purpose="phone") if phone else "",
        tail_hash=tail_hash(opinion.received_place, phone),
        call_back=said.call_back and bool(phone),
    )
