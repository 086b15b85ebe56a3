"""What residents sign or say at the table is kept no longer than their contact."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from lianxin.audit.models import AuditEntry
from lianxin.common import clock
from lianxin.common.errors import NotFound
from lianxin.documents.models import StoredFile
from lianxin.documents.services import file_read
from lianxin.opinions import services as opinions
from lianxin.opinions.models import Contact, Opinion
from lianxin.opinions.services import Said
from lianxin.stations import services
from lianxin.stations.models import Confirmed, ReceptionDay
from tests.factories import stations as make
from tests.factories.cast import Cast
from tests.opinions.test_ways_on import WEBM

WORDS = "三组的水渠塌了一段，田里进不了水"


@pytest.fixture
def day(cast: Cast) -> ReceptionDay:
    with clock.at(make.MONDAY):
        day = make.published(cast)
    make.sit(cast, day, "deputy_town", "deputy_city")
    return day


def received(cast: Cast, day: ReceptionDay, **fields: object) -> Opinion:
    with clock.at(make.morning(day)):
        row = services.reception_register(
            actor=cast.keeper, day=day, visit=make.visit(cast, **fields)
        ).reception
    assert row.opinion
    return row.opinion


def signs(kind: str = "reception_resident", purpose: str = "photo") -> int:
    return StoredFile.objects.filter(owner_kind=kind, purpose=purpose, erased_at=None).count()


def test_forgotten_now_the_signature_goes_with_the_next_round(
    cast: Cast, day: ReceptionDay, django_capture_on_commit_callbacks: Any
) -> None:
    said = Said(text=WORDS, name="白云飞", phone="13800001111")
    opinion = received(cast, day, said=said, resident_sign=make.picture(width=210))
    file = StoredFile.objects.get(owner_kind="reception_resident")
    assert services.signs_purge() == 0
    opinions.opinion_contact_forget(opinion=opinion)
    with django_capture_on_commit_callbacks(execute=True):
        assert services.signs_purge() == 1
        assert file_read(file)  # the bytes go when it is certain
    with pytest.raises(NotFound):
        file_read(file)
    assert services.signs_purge() == 0
    assert (signs(), signs("reception_deputy")) == (0, 1)
    assert AuditEntry.objects.get(tag="stations.sign_erased").target_id == str(file.owner_id)


@pytest.mark.parametrize("name", ["白云飞", ""])
def test_the_signature_stays_as_long_as_the_contact_and_no_longer(
    cast: Cast, day: ReceptionDay, name: str
) -> None:
    opinion = received(cast, day, said=Said(text=WORDS, name=name))
    opinions.opinion_feed_back(actor=cast.keeper, opinion=opinion, text="水渠已经修好了，可以放水。")
    opinions.opinion_close(actor=cast.keeper, opinion=opinion)
    for days, left in ((179, 1), (180, 0)):
        with clock.at(clock.now() + timedelta(days=days)):
            opinions.purge(clock.today())
            services.signs_purge()
            assert signs() == left
    assert not Contact.objects.filter(opinion=opinion, erased_at=None).exists()


def test_a_confirming_voice_goes_after_the_days_of_voices(cast: Cast, day: ReceptionDay) -> None:
    received(cast, day, confirmed=Confirmed.VOICE, resident_sign=b"", resident_voice=WEBM)
    made = StoredFile.objects.get(purpose="voice").created_at
    for days, left in ((29, 1), (31, 0)):
        with clock.at(made + timedelta(days=days)):
            services.signs_purge()
        assert signs(purpose="voice") == left
