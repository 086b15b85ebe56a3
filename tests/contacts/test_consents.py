"""What a household says is done at once; who it was is forgotten in time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianxin.audit.models import AuditEntry, PersonalRead
from lianxin.common import clock
from lianxin.common.actor import RESIDENT, SYSTEM
from lianxin.common.errors import Denied, Invalid, NotFound
from lianxin.contacts import services
from lianxin.contacts.codes import slip_code
from lianxin.contacts.models import Consent, Household, HouseholdKey
from lianxin.contacts.services.matters import matter_words
from lianxin.contacts.workflow import State
from tests.factories.cast import OTHER_VILLAGE, VILLAGE, Cast
from tests.factories.contacts import household, paired

pytestmark = pytest.mark.django_db
PHONE = "10012345678"


def test_a_household_answers_with_the_code_on_its_slip(cast: Cast) -> None:
    home = household(cast, answer="")
    row = services.consent_by_code(code=slip_code(home.id).lower(), answer="agree")
    assert (row.household_id, row.way) == (home.id, "qr")
    with pytest.raises(NotFound):
        services.consent_by_code(code="XY-2222-2222", answer="agree")


def test_no_ends_the_pair_now_and_the_words_later(cast: Cast) -> None:
    pairing = paired(cast, phone=PHONE)
    visit = services.visit_record(
        actor=cast.deputy_town, pairing=pairing, on=clock.today(), way="home", matters=["井水发浑"]
    )
    home = pairing.household
    assert home is not None
    services.consent_withdraw(actor=RESIDENT, household=home)
    pairing.refresh_from_db()
    assert pairing.state == State.ENDED
    days = timedelta(days=90)
    assert services.households_purge(clock.today() + days - timedelta(days=1)) == 0
    assert services.households_purge(clock.today() + days) == 1
    home.refresh_from_db()
    assert (home.name, home.phone, home.erased_at is not None) == ("", "", True)
    assert not HouseholdKey.objects.filter(household_id=home.id).exists()
    assert matter_words(visit.matters.get()) == ""


def test_coming_back_in_time_keeps_the_words(cast: Cast) -> None:
    home = household(cast, answer="no")
    services.consent_record(actor=cast.keeper, household=home, answer="agree", way="person")
    assert services.households_purge(clock.today() + timedelta(days=400)) == 0


def test_a_wish_for_somebody_else_puts_the_pair_on_the_list(cast: Cast) -> None:
    pairing = paired(cast)
    services.consent_record(actor=cast.keeper, household=pairing.household, answer="change", way="phone")
    pairing.refresh_from_db()
    assert pairing.state == State.REPLACING
    assert Consent.objects.filter(household=pairing.household, replaced_at=None).count() == 1


def test_a_deputy_who_does_not_want_leaves_his_pairs_to_be_replaced(cast: Cast) -> None:
    pairing = paired(cast)
    services.consent_record(
        actor=cast.deputy_town, deputy=cast.deputy_row("deputy_town"), answer="no", way="paper"
    )
    pairing.refresh_from_db()
    assert pairing.state == State.REPLACING
    with pytest.raises(Denied):
        services.consent_record(
            actor=cast.deputy_town_2, deputy=cast.deputy_row("deputy_town"), answer="agree", way="paper"
        )


def test_a_keeper_enters_answers_of_his_town_only(cast: Cast) -> None:
    home = household(cast, village=OTHER_VILLAGE)
    with pytest.raises(Denied):
        services.consent_record(actor=cast.keeper, household=home, answer="no", way="phone")
    with pytest.raises(Denied):
        services.household_register(actor=cast.keeper, new=services.NewHousehold(OTHER_VILLAGE, 1, "王家"))
    with pytest.raises(Invalid) as caught:
        services.household_register(actor=cast.keeper, new=services.NewHousehold(VILLAGE, 99, " ", "12"))
    assert set(caught.value.fields) == {"name", "group_no", "phone"}


def test_many_are_registered_with_one_entry_in_the_trail(cast: Cast) -> None:
    rows = [services.NewHousehold(VILLAGE, 1, f"王家{number}") for number in range(7)]
    made = services.households_register(actor=SYSTEM, rows=rows)
    assert len({row.number for row in made}) == 7
    assert AuditEntry.objects.filter(tag="contacts.households_register").count() == 1
    assert not Household.objects.filter(name__contains="王家").exists()


def test_a_telephone_opens_for_its_contact_person_on_the_record(cast: Cast) -> None:
    pairing = paired(cast, phone=PHONE)
    person = services.household_open(actor=cast.deputy_town, pairing=pairing, purpose="visit")
    assert (person.name, person.phone) == ("石榴湾伯伯", PHONE)
    assert PersonalRead.objects.filter(subject_id=str(pairing.household_id)).count() == 1
    for actor in (cast.deputy_town_2, cast.presidium, cast.keeper_other, cast.admin):
        with pytest.raises(Denied):
            services.household_open(actor=actor, pairing=pairing, purpose="visit")
    assert PersonalRead.objects.count() == 1


def test_taking_along_opens_ones_own_and_logs_each(cast: Cast) -> None:
    paired(cast)
    paired(cast, "deputy_town_2")
    assert len(services.households_prepare(actor=cast.deputy_town)) == 1
    assert PersonalRead.objects.filter(purpose="take_along").count() == 1
