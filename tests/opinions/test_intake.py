"""Taking in what residents say: every channel, once, held against floods."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from lianxin.common import clock
from lianxin.common.actor import RESIDENT
from lianxin.common.errors import Conflict, Denied, Invalid, TooMany
from lianxin.handling.models import Deadline
from lianxin.opinions import services
from lianxin.opinions.models import STAFF_CHANNELS, Channel, Opinion
from lianxin.opinions.selectors import opinion_by_code
from lianxin.opinions.services import Said
from tests.factories import opinions as make
from tests.factories.cast import TOWN, VILLAGE, Cast

VOICE = b"OggS" + b"\0" * 64
ACCUSATION = "我要举报村干部贪污修路的钱，请查一查"


def enter(
    cast: Cast, who: str = "keeper", channel: Channel = Channel.COUNTER, **fields: object
) -> services.Submitted:
    said = Said(**{"text": make.LAMP, "village": VILLAGE, **fields})  # type: ignore[arg-type]
    return services.opinion_submit(
        actor=getattr(cast, who), station=cast.station(), said=said, channel=channel
    )


def test_the_code_finds_the_matter_again(cast: Cast) -> None:
    done = make.said(cast)
    assert opinion_by_code(done.code, browser_token="b").pk == done.opinion.pk


def test_the_same_words_from_the_same_browser_give_the_old_code(cast: Cast) -> None:
    first, second = make.said(cast, token="one"), make.said(cast, token="one")
    assert second.again and second.code == first.code


def test_the_same_words_from_another_browser_are_another_matter(cast: Cast) -> None:
    assert make.said(cast, token="one").code != make.said(cast, token="two").code


def test_every_channel_is_equal_in_state_and_deadlines(cast: Cast) -> None:
    known = sorted(STAFF_CHANNELS - {Channel.DIARY})
    rows = [enter(cast, channel=Channel(channel)).opinion for channel in known]
    rows.append(enter(cast, "deputy_town", Channel.DIARY).opinion)
    rows += [make.said(cast).opinion, voice_said(cast).opinion]
    rows.append(services.event_take_in(actor=cast.grid, station=cast.station(), said=event("E-1")))
    assert len({row.channel for row in rows}) >= 12
    assert {row.state for row in rows} == {"new"}
    due = Deadline.objects.filter(matter_kind="opinion", matter_id__in=[row.id for row in rows])
    assert {(one.what, one.due_on) for one in due.filter(what="sort")} == {("sort", rows[0].sort_due_on)}
    assert due.count() == 2 * len(rows) and len({one.due_on for one in due.filter(what="notify")}) == 1


def test_residents_do_not_use_the_keepers_channels(cast: Cast) -> None:
    with pytest.raises(Denied):
        services.opinion_submit(
            actor=RESIDENT, station=cast.station(), said=Said(make.LAMP), channel=Channel.PAPER
        )


def test_staff_enter_in_their_own_area_only(cast: Cast) -> None:
    enter(cast, "grid", Channel.GRID)
    with pytest.raises(Denied):
        enter(cast, "keeper_other")
    with pytest.raises(Denied):
        enter(cast, "clerk")
    with pytest.raises(Denied):
        enter(cast, "keeper", Channel.WEB)
    with pytest.raises(Denied):
        enter(cast, "keeper", Channel.DIARY)


def voice_said(cast: Cast) -> services.Submitted:
    return services.opinion_submit(
        actor=RESIDENT,
        station=cast.station(),
        said=Said("", voice=VOICE, village=VILLAGE),
        channel=Channel.QR,
        browser_token="voice",
    )


def test_a_voice_message_is_kept_played_and_written_down(cast: Cast) -> None:
    opinion = voice_said(cast).opinion
    assert opinion.channel == "voice" and "语音" in opinion.text
    data, mime = services.voice_open(actor=cast.keeper, opinion=opinion)
    assert data == VOICE and mime == "audio/ogg"
    services.voice_write_down(actor=cast.keeper, opinion=opinion, text="我叫王大山，三组的水管漏了半个月")
    opinion.refresh_from_db()
    assert "王大山" in opinion.text and "王大山" not in opinion.outgoing_text + opinion.title
    assert opinion.written_down_at and opinion.outgoing_checked_at is None


def test_only_the_station_hears_the_voice(cast: Cast) -> None:
    opinion = voice_said(cast).opinion
    for who in ("clerk", "keeper_other", "deputy_town", "grid", "admin"):
        with pytest.raises(Denied):
            services.voice_open(actor=getattr(cast, who), opinion=opinion)


def event(ref: str) -> Said:
    return Said("二组路边的电杆歪了", village=VILLAGE, source_ref=ref)


def test_an_event_delivered_twice_is_one_opinion(cast: Cast) -> None:
    first = services.event_take_in(actor=cast.grid, station=cast.station(), said=event("E-7"))
    again = services.event_take_in(actor=cast.grid, station=cast.station(), said=event("E-7"))
    other = services.event_take_in(actor=cast.grid, station=cast.station(), said=event("E-8"))
    assert first.pk == again.pk != other.pk and first.channel == "machine"


def test_an_event_needs_its_number_and_its_area(cast: Cast) -> None:
    with pytest.raises(Invalid):
        services.event_take_in(actor=cast.grid, station=cast.station(), said=event(""))
    with pytest.raises(Denied):
        services.event_take_in(actor=cast.keeper_other, station=cast.station(), said=event("E-9"))


def test_a_pile_of_papers_keeps_the_real_dates(cast: Cast) -> None:
    told = [clock.now() - timedelta(days=days) for days in (3, 2)]
    papers = [Said(f"纸条上写的第{n}件事", village=VILLAGE, received_at=at) for n, at in enumerate(told)]
    done = services.paper_batch(actor=cast.keeper, station=cast.station(), papers=papers, request_id="pile")
    again = services.paper_batch(actor=cast.keeper, station=cast.station(), papers=papers, request_id="pile")
    assert [one.opinion.received_at for one in done] == told
    assert [one.code for one in again] == [one.code for one in done]
    assert {one.opinion.channel for one in done} == {"paper"}


def test_a_paper_of_tomorrow_spoils_the_pile(cast: Cast) -> None:
    papers = [Said("第一张好好的"), Said("第二张写错日期", received_at=clock.now() + timedelta(days=1))]
    with pytest.raises(Invalid):
        services.paper_batch(actor=cast.keeper, station=cast.station(), papers=papers)
    assert not Opinion.objects.filter(channel="paper").exists()


def resident(cast: Cast, token: str, key: str, text: str = make.LAMP) -> services.Submitted:
    return services.opinion_submit(
        actor=RESIDENT,
        station=cast.station(),
        said=Said(text),
        channel=Channel.QR,
        browser_token=token,
        request_id=key,
    )


def test_a_request_sent_again_gives_the_first_result(cast: Cast) -> None:
    first = resident(cast, "a", "key-1")
    with clock.at(clock.now() + timedelta(hours=1)):  # the rule of the same words is over
        assert resident(cast, "a", "key-1").code == first.code


def test_a_late_repeat_still_finds_what_was_added_to_since(cast: Cast) -> None:
    first = resident(cast, "a", "key-1")
    services.opinion_move(actor=cast.keeper, opinion=first.opinion, act="ask_more", note="请补充是哪一段路")
    services.opinion_give_more(opinion=first.opinion, text="就在三组的岔路口")
    with clock.at(clock.now() + timedelta(hours=1)):
        assert resident(cast, "a", "key-1").code == first.code


def test_one_residents_key_never_gives_anothers_matter(cast: Cast) -> None:
    assert resident(cast, "a", "key-1").code != resident(cast, "b", "key-1").code


def test_a_key_used_for_other_words_is_a_conflict(cast: Cast) -> None:
    resident(cast, "a", "key-1")
    with pytest.raises(Conflict):
        resident(cast, "a", "key-1", "完全不同的另一件事情")


def test_a_browser_is_held_after_five_an_hour_and_told_when_to_come_back(cast: Cast) -> None:
    for n in range(5):
        make.said(cast, f"第{n}件事情要反映", token="fast")
    with pytest.raises(TooMany) as held:
        make.said(cast, "第六件事情要反映", token="fast")
    assert 0 < held.value.retry_after <= 3600
    make.said(cast, "别人说的一件事", token="slow")


def test_staff_are_not_held(cast: Cast) -> None:
    for n in range(8):
        enter(cast, text=f"代录的第{n}件事情")
        enter(cast, text="同样的话说两遍也收")


def test_an_accusation_is_guided_and_not_kept(cast: Cast) -> None:
    with pytest.raises(Invalid) as guided:
        make.said(cast, ACCUSATION)
    assert "12388" in guided.value.message
    assert not Opinion.objects.exists()


def test_who_insists_is_sealed(cast: Cast) -> None:
    opinion = make.said(cast, ACCUSATION, insists_sealed=True).opinion
    opinion.refresh_from_db()
    assert opinion.is_sealed and "贪污" not in opinion.text + opinion.title + opinion.outgoing_text


def test_matters_about_cadres_skip_their_own_station(cast: Cast) -> None:
    room = cast.room()
    said = Said("村干部分低保不公开，想问清楚", village=VILLAGE)
    about_village = services.opinion_submit(
        actor=RESIDENT, station=room, said=said, channel=Channel.QR, browser_token="v"
    ).opinion
    about_town = make.said(cast, "镇领导答应修的路一直没有修").opinion
    plain = services.opinion_submit(
        actor=RESIDENT, station=room, said=Said(make.LAMP), channel=Channel.QR, browser_token="p"
    ).opinion
    assert about_village.station.division_code == TOWN
    assert about_town.station.level == "city"
    assert plain.station.pk == room.pk


def test_impossible_dates_and_phones_are_refused(cast: Cast) -> None:
    with pytest.raises(Invalid):
        enter(cast, phone="12")
    with pytest.raises(Invalid):
        enter(cast, received_at=datetime(2099, 1, 1, tzinfo=clock.SHANGHAI))
