"""What intake, a list and an act ask of the database: so often and no more."""

from __future__ import annotations

from typing import Any

from lianxin.common.ids import uuid7
from lianxin.handling.models import Deadline
from tests.api.client import Api
from tests.factories import opinions as make
from tests.factories.cast import Cast

CREATE, LIST, ACT = 12, 6, 16
KEY = 2
"""An idempotency key is claimed before the act and given its result after it."""


def test_taking_in_costs_a_known_number_of_queries(cast: Cast, django_assert_max_num_queries: Any) -> None:
    make.said(cast, "先说一件，让参数都在手边")
    with django_assert_max_num_queries(CREATE):
        opinion = make.said(cast).opinion
    kept = Deadline.objects.filter(matter_id=opinion.pk, replaced=False).values_list("what", flat=True)
    assert sorted(kept) == ["notify", "sort"]


def test_by_the_door_of_machines_it_costs_no_more(cast: Cast, django_assert_max_num_queries: Any) -> None:
    def say(text: str, key: str = "") -> int:
        caller = Api(**{"X-Browser-Token": uuid7().hex})
        return int(caller.post("/opinions", key=key, station="113", text=text).status_code)

    say("先说一件，让参数都在手边")
    with django_assert_max_num_queries(CREATE):
        assert say("李家庄三组的水管漏水") == 201
    with django_assert_max_num_queries(CREATE + KEY):
        assert say("李家庄四组的电线垂下来了", key=uuid7().hex) == 201


def test_a_list_and_an_act_by_the_door_of_machines(cast: Cast, django_assert_max_num_queries: Any) -> None:
    rows = [make.said(cast, f"第{n}件，路口没有路灯").opinion for n in range(12)]
    keeper = Api("keeper")
    assert len(keeper.get("/opinions").json()["items"]) == 12
    with django_assert_max_num_queries(LIST):
        keeper.get("/opinions")
    with django_assert_max_num_queries(ACT):
        assert keeper.post(f"/opinions/{rows[0].pk}/actions/accept", note="").status_code == 200
