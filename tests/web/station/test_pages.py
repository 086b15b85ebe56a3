"""Keepers' and grid workers' pages: who may open what, what is kept, what is shown once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from lianxin.common import clock
from lianxin.opinions.models import Opinion
from lianxin.people.models import Account
from tests.factories import opinions
from tests.factories.cast import Cast

PAGES = [
    "/station/opinions",
    "/station/new",
    "/station/batch",
    "/station/calls",
    "/station/prints",
    "/station/topics",
]


def desk(name: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=name))
    return client


@pytest.mark.parametrize("path", PAGES)
def test_keeper_opens_and_a_department_does_not(cast: Cast, path: str) -> None:
    assert desk("keeper").get(path).status_code == 200
    assert desk("clerk").get(path).status_code == 403
    assert Client().get(path).status_code == 302


def test_grid_worker_has_his_own_page(cast: Cast) -> None:
    assert desk("grid").get("/station/grid").status_code == 200
    assert desk("keeper").get("/station/grid").status_code == 403


def test_what_will_be_hidden_is_marked(cast: Cast) -> None:
    row = opinions.recorded(cast, "我叫周来福，电话 13912345678，三组没有路灯")
    page = desk("keeper").get(f"/station/opinions/{row.id}").content.decode()
    assert "<mark>13912345678</mark>" in page


def test_contact_is_opened_for_a_purpose_and_on_the_record(cast: Cast) -> None:
    row = opinions.recorded(cast, phone="10012345678")
    client = desk("keeper")
    assert "10012345678" not in client.get(f"/station/opinions/{row.id}").content.decode()
    opened = client.post(f"/station/opinions/{row.id}/contact", {"purpose": "call_back"})
    assert "10012345678" in opened.content.decode()
    assert client.post(f"/station/opinions/{row.id}/contact", {"purpose": ""}).status_code == 422
    assert (
        desk("keeper_other").post(f"/station/opinions/{row.id}/contact", {"purpose": "visit"}).status_code
        == 404
    )


def test_refused_act_keeps_what_was_typed(cast: Cast) -> None:
    row = opinions.recorded(cast)
    answer = desk("keeper").post(f"/station/opinions/{row.id}/acts/answer", {"text": "短"})
    assert answer.status_code == 422 and "短" in answer.content.decode()
    assert desk("keeper").post(f"/station/opinions/{row.id}/acts/nothing").status_code == 404


def test_entered_for_somebody_with_the_real_date_and_the_code_once(cast: Cast) -> None:
    client = desk("keeper")
    day = clock.today() - timedelta(days=3)
    form = {"text": "老人说水井的盖子坏了", "station": "113", "channel": "counter", "on": day.isoformat()}
    page = client.post("/station/new", form).content.decode()
    row = Opinion.objects.latest("id")
    assert "XY-" in page and clock.local_date(row.received_at) == day
    assert "XY-" not in client.get(f"/station/opinions/{row.id}").content.decode()


def test_tomorrow_cannot_have_been(cast: Cast) -> None:
    form = {"text": "老人说水井的盖子坏了", "station": "113", "channel": "counter"}
    form["on"] = (clock.today() + timedelta(days=1)).isoformat()
    answer = desk("keeper").post("/station/new", form)
    assert answer.status_code == 422 and "水井的盖子" in answer.content.decode()


def test_pile_of_paper_is_entered_all_or_none(cast: Cast) -> None:
    client, before = desk("keeper"), Opinion.objects.count()
    pile = {"station": "113", "text1": "纸条一：桥面裂了一道缝", "text3": "短"}
    refused = client.post("/station/batch", pile)
    assert refused.status_code == 422 and "桥面裂了" in refused.content.decode()
    assert Opinion.objects.count() == before
    done = client.post("/station/batch", {**pile, "text3": "纸条三：渠道堵了浇不上水"})
    assert done.content.decode().count("XY-") == 2
    assert Opinion.objects.count() == before + 2


def test_nothing_filled_is_said_kindly(cast: Cast) -> None:
    assert desk("keeper").post("/station/batch", {"station": "113"}).status_code == 422
