"""A deputy leaves, his work goes on; what everybody reads of a deputy; photos of a visit: S41, S43, S84, S87."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lianxin.audit.models import PersonalRead
from lianxin.common import clock
from lianxin.contacts.models import OF_HOUSEHOLDS, Kind, Pairing
from lianxin.contacts.services import photos_of
from lianxin.contacts.workflow import KEPT, State
from lianxin.duties.models import DutyPledge
from lianxin.leaving.models import Leaving
from lianxin.people.models import Account, Deputy
from tests.acceptance.conftest import TOWN, Doors
from tests.factories.stations import picture


def moving() -> Leaving:
    """Return the leaving that is going on in the tour's town."""
    return Leaving.objects.get(division_code__startswith=TOWN[:9], state="open")


@pytest.mark.acceptance("S87")
def test_nothing_moves_before_everything_has_a_receiver_who_said_yes(doors: Doors) -> None:
    row, town = moving(), doors.page("presidium")
    refused = town.post(f"/leaving/{row.pk}/acts/finish")
    assert refused.status_code == 409 and "没有接手人" in refused.content.decode()
    asked = row.items.filter(state="asked", receiver__account__username="deputy_town")
    assert asked.exists()
    foreign = doors.page("deputy_city").post(f"/leaving/{row.pk}/answer", {"answer": "accept"})
    assert foreign.status_code == 404, "nobody says yes for another"
    items = [str(one.pk) for one in asked]
    doors.page("deputy_town").post(f"/leaving/{row.pk}/answer", {"answer": "accept", "items": items})
    assert not asked.all().exists() and row.items.filter(pk__in=items, state="accepted").count() == len(items)
    assert not Pairing.objects.filter(deputy=row.deputy, state=State.ENDED, valid_to=clock.today()).exists()


@pytest.mark.acceptance("S87")
def test_a_leaving_is_the_towns_and_nobody_elses(doors: Doors) -> None:
    row = moving()
    assert (
        row.deputy is not None
        and row.deputy.name in doors.page("presidium").get(f"/leaving/{row.pk}").content.decode()
    )
    for who, status in (("keeper", 403), ("deputy_city", 403), ("clerk", 403)):
        assert doors.page(who).get(f"/leaving/{row.pk}").status_code == status, who


@pytest.mark.acceptance("S87")
def test_an_account_with_work_in_hand_is_not_closed(doors: Doors) -> None:
    row = moving()
    account = Account.objects.get(pk=row.account_id)
    page = doors.page("admin").post(f"/administration/accounts/{account.pk}", {"act": "close"})
    account.refresh_from_db()
    assert account.is_active and "没有人接" in page.content.decode()


@pytest.mark.acceptance("S41")
@pytest.mark.acceptance("S84")
def test_everybody_reads_pledges_and_nobody_reads_a_number_or_points(doors: Doors) -> None:
    deputy = Deputy.objects.get(account__username="deputy_city")
    mine = doors.page("deputy_city")
    item = "年底前帮三组接通自来水"
    due = clock.today() + timedelta(days=30)
    mine.post("/deputy/pledges", {"item": item, "due_on": str(due)})
    address = f"/deputies/{deputy.pk}"
    assert item not in doors.page().get(address).content.decode(), "a draft is his own"
    pledge = DutyPledge.objects.get(item=item)
    mine.post(f"/deputy/pledges/{pledge.pk}/acts/publish", {})
    page = doors.page().get(address).content.decode()
    assert item in page and deputy.name in page
    assert "tel:1" not in page and "得分" not in page


@pytest.mark.acceptance("S43")
def test_a_photo_of_a_visit_is_the_contact_persons_and_the_keepers_alone(doors: Doors) -> None:
    pair = Pairing.objects.filter(
        deputy__account__username="deputy_town", kind__in=OF_HOUSEHOLDS, state__in=KEPT
    ).order_by("-kind", "id")[0]
    sent = {
        "on": str(clock.today()),
        "way": "home",
        "text": "看了看新修的灶台，烟道还要接高一截。",
        "photos": SimpleUploadedFile("灶台.jpg", picture(), "image/jpeg"),
    }
    answer = doors.page("deputy_town").post(f"/deputy/households/{pair.pk}/visit", sent)
    assert answer.status_code == 302, answer.content.decode()[-800:]
    visit = pair.visits.order_by("-id")[0]
    (photo,) = photos_of([visit])[visit.pk]
    address = f"/office/pairing/pairs/{pair.pk}/photos/{photo.pk}"
    before = PersonalRead.objects.filter(purpose="visit_photo").count()
    assert doors.page("keeper").get(address).status_code == 200
    assert PersonalRead.objects.filter(purpose="visit_photo").count() == before + 1
    assert doors.page("deputy_town").get(f"/deputy/households/{pair.pk}/photos/{photo.pk}").status_code == 200
    for who in ("presidium", "office", "clerk"):
        assert doors.page(who).get(address).status_code == 403, who
    assert pair.kind in {Kind.DEPUTY_HOUSEHOLD, Kind.MEMBER_HOUSEHOLD}
