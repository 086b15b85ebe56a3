"""The API of contacts: own households, visits once, relations of a place, plans; problems in words."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianxin.common import clock
from lianxin.common.ids import uuid7
from lianxin.contacts import services
from lianxin.contacts.models import ContactVisit, Kind
from tests.api.client import Api
from tests.factories.cast import OTHER_VILLAGE, TOWN, Cast
from tests.factories.contacts import paired

pytestmark = pytest.mark.django_db
NAME = "石榴湾伯伯"


def test_a_deputy_reads_his_households_without_names(cast: Cast) -> None:
    row = paired(cast, "deputy_city", phone="10012345678")
    answer = Api("deputy_city").get("/contacts/mine")
    (one,) = answer.json()["items"]
    assert one["id"] == str(row.pk) and one["household"] == row.household.number  # type: ignore[union-attr]
    assert NAME not in answer.content.decode() and "10012345678" not in answer.content.decode()
    assert Api("deputy_town").get("/contacts/mine").json()["items"] == []


def test_a_visit_is_recorded_once_and_its_words_are_the_contact_persons(cast: Cast) -> None:
    row = paired(cast, "deputy_city")
    api, key = Api("deputy_city"), str(uuid7())
    sent = {"on": str(clock.today()), "way": "home", "text": "聊了收成", "matters": ["门前的路灯不亮"]}
    first = api.post(f"/contacts/{row.pk}/visits", key=key, **sent)
    again = api.post(f"/contacts/{row.pk}/visits", key=key, **sent)
    assert first.status_code == again.status_code == 201 and first.json() == again.json()
    assert ContactVisit.objects.count() == 1
    (mine,) = api.get(f"/contacts/{row.pk}/visits").json()["items"]
    assert mine["text"] == "聊了收成" and mine["matters"] == 1
    (seen,) = Api("presidium").get(f"/contacts/{row.pk}/visits").json()["items"]
    assert seen["text"] == "" and seen["matters"] == 1


def test_refusals_are_problems_in_words(cast: Cast) -> None:
    row = paired(cast, "deputy_city")
    sent = {"on": "2099-01-01", "way": "home"}
    answer = Api("deputy_city").post(f"/contacts/{row.pk}/visits", **sent)
    assert answer.status_code == 422 and answer.headers["Content-Type"] == "application/problem+json"
    assert "还没有到" in answer.json()["errors"]["on"]
    denied = Api("presidium").post(f"/contacts/{row.pk}/visits", on=str(clock.today()), way="home")
    assert denied.status_code == 403
    assert Api("presidium_other").get(f"/contacts/{row.pk}").status_code == 404


def test_the_office_lists_relations_of_a_kind(cast: Cast) -> None:
    paired(cast, "deputy_city")
    paired(cast, "deputy_other", village=OTHER_VILLAGE)
    office, town = Api("office"), Api("presidium")
    assert len(office.get("/contacts", kind="deputy_household").json()["items"]) == 2
    assert len(town.get("/contacts").json()["items"]) == 1
    assert office.get("/contacts", kind="leader_town").json()["items"] == []
    assert Api("clerk").get("/contacts").json()["items"] == []


def test_plans_are_read_by_those_who_answer_for_the_town(cast: Cast) -> None:
    services.plan_queue(actor=cast.office, town=TOWN, kind=Kind.DEPUTY_HOUSEHOLD)
    assert len(Api("presidium").get("/contact-plans").json()["items"]) == 1
    assert Api("presidium_other").get("/contact-plans").json()["items"] == []
    assert Api("keeper").get("/contact-plans").json()["items"] == []


def test_an_act_is_found_by_name_and_performed(cast: Cast) -> None:
    row = paired(cast, "deputy_city")
    api = Api("presidium")
    assert "break" in {one["name"] for one in api.get(f"/contacts/{row.pk}/actions").json()["items"]}
    refused = api.post(f"/contacts/{row.pk}/actions/break")
    assert refused.status_code == 422
    done = api.post(f"/contacts/{row.pk}/actions/break", reason="代表常年在外")
    assert done.json()["state"] == "replacing"
    assert Api("deputy_city").post(f"/contacts/{row.pk}/actions/end", reason="不想联系").status_code == 403


def test_a_page_of_fifty_costs_a_fixed_number_of_queries(cast: Cast) -> None:
    paired(cast, "deputy_city")
    api = Api("office")
    few = queries(api)
    for _ in range(5):
        paired(cast, "deputy_city")
    assert queries(api) == few <= 6


def queries(api: Api) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert api.get("/contacts").status_code == 200
    return len(asked)
