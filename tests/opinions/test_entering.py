"""One statement holds floods, the same words and the query code; only a refusal asks why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianxin.common import clock
from lianxin.common.actor import RESIDENT
from lianxin.common.errors import Conflict, TooMany
from lianxin.opinions import codes, services
from lianxin.opinions.models import Channel, Opinion, Post
from lianxin.opinions.services import Said
from lianxin.rulebook.services import value
from tests.factories import opinions as make
from tests.factories.cast import Cast
from tests.opinions.test_intake import VOICE, enter


def test_the_station_is_held_by_its_own_limit(cast: Cast) -> None:
    limit = value("opinion.flood_station_hour")
    Post.objects.bulk_create(
        Post(kind="say", station_code="113", token_hash=f"b{n}") for n in range(limit - 1)
    )
    make.said(cast, "这一小时里的最后一件")
    with pytest.raises(TooMany) as held:
        make.said(cast, "多出来的一件")
    assert 3500 < held.value.retry_after <= 3600
    assert Opinion.objects.count() == 1
    assert Post.objects.count() == limit, "what was held leaves nothing"
    with clock.at(clock.now() + timedelta(minutes=61)):
        assert make.said(cast, "过了一小时再说").code


def test_the_same_words_are_told_apart_by_time(cast: Cast) -> None:
    first = make.said(cast, token="one")
    later = clock.now() + timedelta(minutes=value("opinion.same_text_minutes") + 1)
    with clock.at(later):
        second = make.said(cast, token="one")
    assert not second.again
    assert second.code != first.code


def test_without_a_browser_the_same_words_are_two_matters(cast: Cast) -> None:
    def say() -> services.Submitted:
        station = cast.station()
        return services.opinion_submit(
            actor=RESIDENT, station=station, said=Said(make.LAMP), channel=Channel.WEB
        )

    assert say().code != say().code


def test_a_post_whose_opinion_is_gone_does_not_swallow_the_same_words(cast: Cast) -> None:
    first = make.said(cast, token="one")
    Opinion.objects.filter(pk=first.opinion.pk).delete()
    assert not make.said(cast, token="one").again


def test_two_voice_messages_are_two_matters_and_one_sent_twice_is_one(cast: Cast) -> None:
    """Nobody has written them down yet: they are told apart by their sound."""

    def say(sound: bytes) -> services.Submitted:
        return services.opinion_submit(
            actor=RESIDENT,
            station=cast.station(),
            said=Said("", voice=sound),
            channel=Channel.QR,
            browser_token="one",
        )

    first, second = say(VOICE), say(VOICE + b"1")
    assert first.code != second.code
    assert say(VOICE).code == first.code


class TestCodes:
    """Two ids may give one code: once in twenty thousand million pairs, so it is tried here."""

    @pytest.fixture
    def taken(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Opinion:
        first = make.said(cast, "先来的一件事").opinion
        real, turns = codes.code_of, iter([codes.code_of(first)])
        monkeypatch.setattr(codes, "code_of", lambda opinion: next(turns, None) or real(opinion))
        return first

    def test_a_resident_gets_another(self, cast: Cast, taken: Opinion) -> None:
        done = make.said(cast, "后来的一件事")
        assert done.code != codes.code_of(taken)
        assert not done.again
        assert Post.objects.filter(opinion_id=done.opinion.pk).exists()

    def test_staff_get_another(self, cast: Cast, taken: Opinion) -> None:
        assert enter(cast, text="联络员代录的一件事").code != codes.code_of(taken)

    def test_it_is_not_tried_for_ever(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        only = codes.code_of(make.said(cast, "先来的一件事").opinion)
        monkeypatch.setattr(codes, "code_of", lambda opinion: only)
        with pytest.raises(Conflict):
            make.said(cast, "后来的一件事")
