"""The server's part of a telephone's keys: for its owner, for some days, opened anew only by signing in anew."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from lianxin.audit.models import AuditEntry
from lianxin.common import clock
from lianxin.contacts.services.keys import keys_of, person_of
from lianxin.people.models import FieldDevice
from tests.factories.cast import Cast
from tests.factories.contacts import paired
from tests.web.pages import entered

pytestmark = pytest.mark.django_db
DEVICES = "/deputy/field/devices"


def post(phone: Client, path: str, **body: Any) -> Any:
    return phone.post(path, json.dumps(body), content_type="application/json")


def prepared(phone: Client) -> dict[str, Any]:
    answer = post(phone, DEVICES)
    assert answer.status_code == 200, answer.content.decode()
    return dict(answer.json())


def signed_in(cast: Cast, name: str) -> Client:
    client = Client()
    client.post("/login", {"username": name, "password": cast.password})
    return client


def test_what_goes_along_is_ones_own_households_and_on_the_trail(cast: Cast) -> None:
    mine, foreign = paired(cast, phone="13900001234"), paired(cast, "deputy_other")
    sent = prepared(entered(cast, "deputy_town"))
    homes = sent["package"]["households"]
    assert [one["pairing"] for one in homes] == [str(mine.pk)]
    assert mine.household is not None
    who = person_of(mine.household, keys_of([mine.household.pk])[mine.household.pk])
    assert homes[0]["name"] == who.name and homes[0]["phone"] == who.phone == "13900001234"
    assert str(foreign.pk) not in json.dumps(sent)
    entry = AuditEntry.objects.get(tag="contacts.take_along")
    assert entry.facts == '{"households":1}'


def test_only_a_deputy_prepares_a_telephone(cast: Cast) -> None:
    assert post(entered(cast, "keeper"), DEVICES).status_code == 403
    assert post(Client(), DEVICES).status_code == 401
    assert not FieldDevice.objects.exists()


def test_the_secret_lies_sealed_and_the_parts_differ(cast: Cast) -> None:
    sent = prepared(entered(cast, "deputy_town"))
    row = FieldDevice.objects.get()
    assert sent["carry"] != sent["rescue"] and len(sent["carry"]) == 44
    assert sent["carry"] not in row.sealed_secret and row.sealed_secret.startswith("v1:")
    assert row.expires_at - row.created_at > timedelta(days=6, hours=23)


def test_another_deputys_telephone_does_not_exist(cast: Cast) -> None:
    device = prepared(entered(cast, "deputy_town"))["device"]
    other = signed_in(cast, "deputy_city")
    assert other.get(f"{DEVICES}/{device}").status_code == 404
    for act in ("wipe", "rescue", "forget"):
        assert post(other, f"{DEVICES}/{device}/{act}").status_code == 404
    assert FieldDevice.objects.get().wiped_at is None


def test_drafts_open_only_after_signing_in_just_now(cast: Cast) -> None:
    phone = signed_in(cast, "deputy_town")
    sent = prepared(phone)
    path = f"{DEVICES}/{sent['device']}/rescue"
    assert post(phone, path).json() == {"rescue": sent["rescue"]}
    session = phone.session
    session["entered_at"] = clock.now().timestamp() - 601
    session.save()
    assert post(phone, path).status_code == 403
    assert post(entered(cast, "deputy_town"), path).status_code == 403


def test_a_wiped_or_expired_telephone_is_over_by_the_servers_clock(cast: Cast) -> None:
    phone = entered(cast, "deputy_town")
    first, second = prepared(phone)["device"], prepared(phone)["device"]
    assert phone.get(f"{DEVICES}/{first}").json()["over"] is False
    assert post(phone, f"{DEVICES}/{first}/wipe", failures=5).json()["over"] is True
    assert FieldDevice.objects.get(pk=first).pin_failures == 5
    FieldDevice.objects.filter(pk=second).update(expires_at=clock.now())
    assert phone.get(f"{DEVICES}/{second}").json()["over"] is True


def test_a_forgotten_telephone_is_closed_for_good(cast: Cast) -> None:
    phone = signed_in(cast, "deputy_town")
    device = prepared(phone)["device"]
    assert post(phone, f"{DEVICES}/{device}/forget").status_code == 200
    assert post(phone, f"{DEVICES}/{device}/rescue").status_code == 404
    row = FieldDevice.objects.get()
    assert row.wrapped_key == row.sealed_secret == "" and row.forgotten_at
