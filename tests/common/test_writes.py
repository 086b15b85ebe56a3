"""One act, once: sent again, in parallel, for another thing, and after a failure."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from lianxin.common.actor import RESIDENT, Actor
from lianxin.common.errors import Conflict
from lianxin.common.models import Counter, WriteKey
from lianxin.common.writes import content_of_request, write
from tests.factories.cast import Cast


@write
def thing_make(*, actor: Actor, series: str, request_id: str | None = None) -> Counter:
    return Counter.objects.create(home6="610981", series=series, year=2026)


@write
def thing_break(*, actor: Actor, request_id: str | None = None) -> Counter:
    Counter.objects.create(home6="610981", series="broken", year=2026)
    raise ZeroDivisionError


def test_sent_again_it_returns_the_first_result(cast: Cast) -> None:
    first = thing_make(actor=cast.keeper, series="one", request_id="k1")
    again = thing_make(actor=cast.keeper, series="two", request_id="k1")
    assert (again.pk, again.series) == (first.pk, "one")
    assert Counter.objects.filter(series__in=["one", "two"]).count() == 1


@write
def thing_say(*, actor: Actor = RESIDENT, series: str, request_id: str | None = None) -> Counter:
    return Counter.objects.create(home6="610981", series=series, year=2026)


def test_a_service_that_names_its_own_actor_is_once_as_well(cast: Cast) -> None:
    first, again = (thing_say(series="said", request_id="k1") for _ in range(2))
    assert first.pk == again.pk
    assert WriteKey.objects.get(key="k1").scope == RESIDENT.scope


def test_without_a_key_each_is_an_act(cast: Cast) -> None:
    thing_make(actor=cast.keeper, series="one")
    thing_make(actor=cast.keeper, series="two")
    assert Counter.objects.filter(series__in=["one", "two"]).count() == 2


def test_a_key_belongs_to_its_sender(cast: Cast) -> None:
    first = thing_make(actor=cast.keeper, series="one", request_id="k1")
    other = thing_make(actor=cast.office, series="two", request_id="k1")
    assert first.pk != other.pk


def test_a_key_used_for_another_act_is_a_conflict(cast: Cast) -> None:
    thing_make(actor=cast.keeper, series="one", request_id="k1")
    with pytest.raises(Conflict, match="另一件事"):
        thing_break(actor=cast.keeper, request_id="k1")


def test_a_key_stands_for_one_content(cast: Cast) -> None:
    with content_of_request("first"):
        thing_make(actor=cast.keeper, series="one", request_id="k1")
        thing_make(actor=cast.keeper, series="one", request_id="k1")
    with content_of_request("second"), pytest.raises(Conflict):
        thing_make(actor=cast.keeper, series="two", request_id="k1")


def test_a_failed_act_leaves_neither_row_nor_key(cast: Cast) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # the test's own transaction survives
        thing_break(actor=cast.keeper, request_id="k1")
    assert not Counter.objects.filter(series="broken").exists()
    assert not WriteKey.objects.filter(key="k1").exists()
    assert thing_make(actor=cast.keeper, series="one", request_id="k1").series == "one"


def test_an_act_inside_an_act_shares_its_transaction(cast: Cast) -> None:
    """No savepoint: where the inner act fails, the outer one fails whole."""

    @write
    def outer(*, actor: Actor, request_id: str | None = None) -> Counter:
        thing_make(actor=actor, series="inner")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        outer(actor=cast.keeper)
    assert not Counter.objects.filter(series="inner").exists()


def test_a_taken_key_does_not_break_the_open_transaction(cast: Cast) -> None:
    """On PostgreSQL a failed INSERT would spoil the transaction; ON CONFLICT DO NOTHING does not fail."""
    thing_make(actor=cast.keeper, series="one", request_id="k1")
    with transaction.atomic():
        thing_make(actor=cast.keeper, series="one", request_id="k1")
        assert Counter.objects.filter(series="one").count() == 1


@pytest.fixture
def committing(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Let a test commit really; it takes away what it wrote (the trail cannot be flushed)."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield
        Counter.objects.filter(series="parallel").delete()
        WriteKey.objects.filter(scope__contains="parallel").delete()
        connection.close()


def test_twenty_at_the_same_moment_are_one(committing: None) -> None:
    actor = Actor(id=None, name="parallel")
    results: list[object] = []
    ready = threading.Barrier(20)

    def send() -> None:
        try:
            ready.wait()
            results.append(thing_make(actor=actor, series="parallel", request_id="same").pk)
        except Conflict as caught:
            results.append(caught)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    made = {result for result in results if not isinstance(result, Conflict)}
    assert len(results) == 20
    assert len(made) == 1
    assert Counter.objects.filter(series="parallel").count() == 1
