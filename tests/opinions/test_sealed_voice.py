"""The recording of a sealed matter is offered to whom a second person has given leave, and to nobody else."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from lianxin.common import clock
from lianxin.common.actor import RESIDENT
from lianxin.opinions import services
from lianxin.opinions.models import Channel, Opinion
from lianxin.opinions.services import Said
from lianxin.web.station.files import files_of
from tests.factories.cast import VILLAGE, Cast
from tests.opinions.test_intake import VOICE


def sealed(cast: Cast) -> Opinion:
    said = Said("我要举报村会计侵占集体的钱", voice=VOICE, village=VILLAGE, insists_sealed=True)
    station = cast.station("113")
    done = services.opinion_submit(
        actor=RESIDENT, station=station, said=said, channel=Channel.QR, browser_token="sealed-voice"
    )
    return done.opinion


def keeper_of(cast: Cast, opinion: Opinion) -> str:
    return "keeper" if opinion.station.code == "113" else "keeper_city"


def test_the_recording_is_offered_with_leave_and_for_its_time_only(cast: Cast) -> None:
    opinion = sealed(cast)
    actor = getattr(cast, keeper_of(cast, opinion))
    assert opinion.is_sealed and files_of(actor, opinion)[1] is None
    asked = services.contact_ask(actor=actor, opinion=opinion, reason="要听写这段录音", what="text")
    assert files_of(actor, opinion)[1] is None, "asking is not leave"
    services.contact_decide(actor=cast.office, access=asked, agree=True)
    assert files_of(actor, opinion)[1] is not None
    assert files_of(cast.keeper_other, opinion)[1] is None
    with clock.at(clock.now() + timedelta(days=1)):
        assert files_of(actor, opinion)[1] is None


def test_the_page_plays_it_and_the_listening_is_on_the_record(cast: Cast) -> None:
    opinion = sealed(cast)
    who = keeper_of(cast, opinion)
    client = Client()
    client.force_login(cast.account(who), backend="django.contrib.auth.backends.ModelBackend")
    voice = f"/station/opinions/{opinion.pk}/voice"
    assert voice not in client.get(f"/station/opinions/{opinion.pk}").content.decode()
    actor = getattr(cast, who)
    asked = services.contact_ask(actor=actor, opinion=opinion, reason="要听写这段录音", what="text")
    services.contact_decide(actor=cast.office, access=asked, agree=True)
    assert voice in client.get(f"/station/opinions/{opinion.pk}").content.decode()
    assert client.get(voice).content == VOICE
