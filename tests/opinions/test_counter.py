"""Somebody without his slip is found by name and last digits, by the keeper of his station alone."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianxin.audit.models import AuditEntry, PersonalRead
from lianxin.common import clock
from lianxin.common.errors import Denied, Invalid, TooMany
from lianxin.opinions import services
from lianxin.opinions.models import Contact, Opinion
from lianxin.opinions.rules import same_name
from lianxin.opinions.services.counter import tail_hash
from lianxin.opinions.services.retention import contact_erase
from tests.factories import opinions as make
from tests.factories.cast import Cast
from tests.web.pages import entered, words

BUSY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine draws slowly
PHONE, TAIL, NAME = "13800001234", "1234", "王大爷"


@BUSY
@given(st.text(min_size=1, max_size=8), st.text(min_size=1, max_size=8))
def test_a_name_is_the_same_only_when_it_is_the_same(one: str, other: str) -> None:
    bare, twin = "".join(one.split()), "".join(other.split())
    assert same_name(one, one) == bool(bare)
    if bare.casefold() != twin.casefold():
        assert not same_name(one, other)


def matter(cast: Cast, **more: object) -> Opinion:
    return make.said(cast, name=NAME, phone=PHONE, **more).opinion


@pytest.mark.django_db
def test_the_person_is_found_and_sees_who_looked(cast: Cast) -> None:
    row = matter(cast)
    assert services.counter_find(actor=cast.keeper, tail=TAIL, name=" 王 大爷") == [row]
    looks = PersonalRead.objects.filter(subject_id=str(row.id)).values_list("purpose", "actor_id")
    assert list(looks) == [("counter", cast.keeper.id)]
    facts = AuditEntry.objects.get(tag="opinion.counter_find").facts
    assert NAME not in facts and TAIL not in facts.replace(str(row.id), "")


@pytest.mark.django_db
@pytest.mark.parametrize(("tail", "name"), [(TAIL, "李大爷"), ("4321", NAME), (TAIL, "王大爷家")])
def test_both_must_be_right(cast: Cast, tail: str, name: str) -> None:
    matter(cast)
    assert services.counter_find(actor=cast.keeper, tail=tail, name=name) == []
    assert not PersonalRead.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["grid", "presidium", "office", "deputy_town", "clerk"])
def test_nobody_but_a_keeper_looks(cast: Cast, who: str) -> None:
    matter(cast)
    with pytest.raises(Denied):
        services.counter_find(actor=getattr(cast, who), tail=TAIL, name=NAME)


@pytest.mark.django_db
def test_another_stations_keeper_finds_nothing_and_a_sealed_matter_is_never_found(cast: Cast) -> None:
    row = matter(cast)
    assert services.counter_find(actor=cast.keeper_other, tail=TAIL, name=NAME) == []
    Opinion.objects.filter(pk=row.pk).update(is_sealed=True)
    assert services.counter_find(actor=cast.keeper, tail=TAIL, name=NAME) == []


@pytest.mark.django_db
def test_the_same_digits_look_different_at_every_station(cast: Cast) -> None:
    row = matter(cast)
    kept = Contact.objects.get(opinion=row)
    assert kept.tail_hash == tail_hash(row.received_place, PHONE) != tail_hash("610981103000", PHONE)
    contact_erase(kept)
    kept.refresh_from_db()
    assert kept.tail_hash == ""
    assert services.counter_find(actor=cast.keeper, tail=TAIL, name=NAME) == []


@pytest.mark.django_db
def test_an_hours_tries_are_limited_and_count_without_a_hit(cast: Cast) -> None:
    for _ in range(20):
        services.counter_find(actor=cast.keeper, tail="0000", name=NAME)
    with pytest.raises(TooMany):
        services.counter_find(actor=cast.keeper, tail=TAIL, name=NAME)
    assert services.counter_find(actor=cast.keeper_other, tail=TAIL, name=NAME) == []


@pytest.mark.django_db
def test_half_a_question_is_not_counted(cast: Cast) -> None:
    with pytest.raises(Invalid) as caught:
        services.counter_find(actor=cast.keeper, tail="12", name="")
    assert set(caught.value.fields) == {"tail", "name"}
    assert not AuditEntry.objects.filter(tag="opinion.counter_find", at__gte=clock.now()).exists()


@pytest.mark.django_db
def test_the_page_shows_the_number_and_never_the_code(cast: Cast) -> None:
    done = make.said(cast, name=NAME, phone=PHONE)
    keeper = entered(cast, "keeper")
    found = keeper.post("/station/counter", {"tail": TAIL, "name": NAME})
    assert "查到 1 件" in words(found) and done.opinion.number in words(found)
    assert done.code not in found.content.decode() and PHONE not in found.content.decode()
    wrong = keeper.post("/station/counter", {"tail": "12", "name": NAME})
    assert wrong.status_code == 422 and NAME in wrong.content.decode()
    assert "没有查到" in words(keeper.post("/station/counter", {"tail": "9999", "name": NAME}))
