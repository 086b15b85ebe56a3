"""Visits are recorded once, by the contact person, for the time of the pairing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from lianxin.common import clock
from lianxin.common.actor import SYSTEM
from lianxin.common.errors import Denied, Invalid, Refused
from lianxin.contacts import services
from lianxin.contacts.models import ContactVisit, VisitMatter
from lianxin.contacts.selectors import own_households
from tests.factories.cast import Cast
from tests.factories.contacts import paired

pytestmark = pytest.mark.django_db


def test_a_visit_sent_twice_is_one(cast: Cast) -> None:
    pairing = paired(cast)
    for _ in range(2):
        services.visit_record(
            actor=cast.deputy_town,
            pairing=pairing,
            on=clock.today(),
            way="home",
            text="身体好",
            matters=["路灯不亮", "水压小"],
            request_id="one",
        )
    assert ContactVisit.objects.count() == 1
    assert VisitMatter.objects.count() == 2
    pairing.refresh_from_db()
    assert pairing.last_contact_on == clock.today()


def test_the_words_of_a_visit_lie_sealed(cast: Cast) -> None:
    pairing = paired(cast)
    services.visit_record(
        actor=cast.deputy_town,
        pairing=pairing,
        on=clock.today(),
        way="home",
        text="玛瑙色的门",
        matters=["玛瑙色的井"],
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT v.text, m.text FROM contacts_contactvisit v JOIN contacts_visitmatter m ON m.visit_id = v.id"
        )
        stored = "".join(cursor.fetchone())
    assert stored.startswith("v1:")
    assert "玛瑙" not in stored


def test_another_deputy_may_not_record_it(cast: Cast) -> None:
    pairing = paired(cast)
    with pytest.raises(Denied):
        services.visit_record(actor=cast.deputy_town_2, pairing=pairing, on=clock.today(), way="home")
    assert not ContactVisit.objects.exists()


def test_a_visit_before_the_end_counts_and_one_after_it_does_not(cast: Cast) -> None:
    pairing = paired(cast)
    assert pairing.household is not None
    services.consent_withdraw(actor=SYSTEM, household=pairing.household)
    pairing.refresh_from_db()
    yesterday = clock.today() - timedelta(days=1)
    services.visit_record(
        actor=cast.deputy_town, pairing=pairing, on=yesterday, way="phone", device_time=clock.now()
    )
    with clock.at(clock.now() + timedelta(days=3)), pytest.raises(Refused, match="已经结束"):
        services.visit_record(actor=cast.deputy_town, pairing=pairing, on=clock.today(), way="phone")


def test_a_visit_to_come_is_refused(cast: Cast) -> None:
    pairing = paired(cast)
    with pytest.raises(Invalid) as caught:
        services.visit_record(
            actor=cast.deputy_town, pairing=pairing, on=clock.today() + timedelta(days=1), way="walk"
        )
    assert set(caught.value.fields) == {"on", "way"}


def test_own_households_are_own_only(cast: Cast) -> None:
    mine, other = paired(cast), paired(cast, "deputy_town_2")
    assert list(own_households(cast.deputy_town)) == [mine]
    assert list(own_households(cast.deputy_town_2)) == [other]
    assert not own_households(cast.clerk).exists()
