"""Photos of a visit: shown to the contact person and the keeper, to nobody else, erased with the household."""

from __future__ import annotations

import io

import pytest

from lianxin.audit.models import PersonalRead
from lianxin.common import clock
from lianxin.common.errors import Denied, Invalid, NotFound
from lianxin.contacts import services
from lianxin.contacts.models import ContactVisit, Household, Pairing
from lianxin.documents.models import StoredFile
from tests.factories.cast import Cast
from tests.factories.contacts import paired, picture
from tests.web.pages import entered, words

pytestmark = pytest.mark.django_db
COLOURS = ("red", "green", "blue", "black", "white", "yellow", "brown")


def visited(cast: Cast) -> ContactVisit:
    row = paired(cast, "deputy_city")
    return services.visit_record(actor=cast.deputy_city, pairing=row, on=clock.today(), way="met")


def upload(colour: str) -> io.BytesIO:
    out = io.BytesIO(picture(colour))
    out.name = f"{colour}.jpg"
    return out


def test_a_visit_on_the_road_with_photos_is_recorded_on_the_page(cast: Cast) -> None:
    row = paired(cast, "deputy_city")
    client = entered(cast, "deputy_city")
    sent = {"way": "met", "on": str(clock.today()), "photos": [upload("red"), upload("blue")]}
    page = client.post(f"/deputy/households/{row.pk}/visit", sent, follow=True)
    assert "路遇" in words(page)
    files = list(StoredFile.objects.filter(owner_kind="contact_visit"))
    assert len(files) == 2
    for file in files:
        address = f"/deputy/households/{row.pk}/photos/{file.pk}"
        assert address in page.content.decode()
        assert client.get(address)["Content-Type"].startswith("image/")


def test_too_many_photos_undo_the_whole_visit_and_keep_the_words(cast: Cast) -> None:
    row = paired(cast, "deputy_city")
    sent = {
        "way": "home",
        "on": str(clock.today()),
        "text": "聊了收成",
        "photos": [upload(one) for one in COLOURS],
    }
    answer = entered(cast, "deputy_city").post(f"/deputy/households/{row.pk}/visit", sent)
    assert answer.status_code == 422 and "最多放 6 张" in words(answer) and "聊了收成" in words(answer)
    assert not ContactVisit.objects.exists()


def test_the_keeper_sees_a_photo_and_the_look_is_noted(cast: Cast) -> None:
    visit = visited(cast)
    file = services.visit_photo_add(actor=cast.deputy_city, visit=visit, data=picture())
    keeper, address = entered(cast, "keeper"), f"/office/pairing/pairs/{visit.pairing_id}"
    assert f"{address}/photos/{file.pk}" in keeper.get(address).content.decode()
    assert keeper.get(f"{address}/photos/{file.pk}").status_code == 200
    assert PersonalRead.objects.filter(purpose="visit_photo").count() == 1
    assert f"/photos/{file.pk}" not in entered(cast, "presidium").get(address).content.decode()


@pytest.mark.parametrize(
    "who", ["presidium", "office", "keeper_other", "group_leader", "deputy_town", "clerk"]
)
def test_nobody_else_sees_it(cast: Cast, who: str) -> None:
    visit = visited(cast)
    file = services.visit_photo_add(actor=cast.deputy_city, visit=visit, data=picture())
    with pytest.raises(Denied):
        services.visit_photo_open(actor=getattr(cast, who), pairing=visit.pairing, file=file.pk)


def test_a_photo_of_another_pair_is_not_found(cast: Cast) -> None:
    visit = visited(cast)
    other = paired(cast, "deputy_city")
    file = services.visit_photo_add(actor=cast.deputy_city, visit=visit, data=picture())
    with pytest.raises(NotFound):
        services.visit_photo_open(actor=cast.deputy_city, pairing=other, file=file.pk)


def test_only_the_contact_person_adds_six_at_most_and_the_same_one_once(cast: Cast) -> None:
    visit = visited(cast)
    with pytest.raises(Denied):
        services.visit_photo_add(actor=cast.keeper, visit=visit, data=picture())
    for colour in ("red", *COLOURS[:6]):
        services.visit_photo_add(actor=cast.deputy_city, visit=visit, data=picture(colour))
    with pytest.raises(Invalid):
        services.visit_photo_add(actor=cast.deputy_city, visit=visit, data=picture("orange"))


def test_photos_are_erased_with_the_household(cast: Cast) -> None:
    visit = visited(cast)
    services.visit_photo_add(actor=cast.deputy_city, visit=visit, data=picture())
    Household.objects.filter(pk=Pairing.objects.get().household_id).update(erase_on=clock.today())
    services.households_purge(clock.today())
    assert services.photos_of([visit]) == {}
    assert StoredFile.objects.get(owner_kind="contact_visit").erased_at is not None
