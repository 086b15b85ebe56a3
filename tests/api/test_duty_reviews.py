"""Duty reports over the API: walked by discovery from the report to the filing, by its two sides only."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianxin.meetings.actions import review_book
from lianxin.meetings.models import DutyReview, ReviewEvent
from tests.api.client import Api
from tests.factories import reviews as make
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db
WORDS = {
    "feed_back": {"feedback": make.FEEDBACK},
    "hand_in": {"plan": make.PLAN},
    "report_back": {"done": make.DONE},
    "send_back": {"note": "水渠还没有验收。"},
    "accept": {},
}


def _acts(who: Api, path: str) -> list[str]:
    return [one["name"] for one in who.get(f"{path}/actions").json()["items"]]


def _act(who: Api, path: str, name: str, **sent: Any) -> Any:
    return who.post(f"{path}/actions/{name}", **(sent or WORDS[name]))


def test_a_client_that_follows_the_open_acts_walks_the_whole_way(cast: Cast) -> None:
    review = make.tested(cast)
    own, host, path = Api("deputy_town"), Api("presidium"), f"/duty-reviews/{review.pk}"
    states = []
    for who, name in [
        (host, "feed_back"), (own, "hand_in"), (own, "report_back"), (host, "send_back"), (own, "report_back"),
        (host, "accept"),
    ]:  # fmt: skip
        assert name in _acts(who, path)
        assert name not in _acts(host if who is own else own, path)
        states.append(_act(who, path, name).json()["state"])
    assert states == ["fed_back", "planned", "reported", "planned", "reported", "closed"]
    told = own.get(path).json()
    assert told["figures"] == {"满意": 7, "基本满意": 2, "不满意": 0, "不了解": 1, "没有标记": 0}
    assert (told["plan"], told["sent_back_note"]) == (make.PLAN, "水渠还没有验收。")
    assert _acts(host, path) == _acts(own, path) == []


def test_nobody_reports_for_the_deputy_and_no_other_deputy_reads_it(cast: Cast) -> None:
    make.planned(cast)
    path = f"/duty-reviews/{make.review_of(cast).pk}"
    assert _act(Api("presidium"), path, "publish", report=make.REPORT).status_code == 403
    for stranger in ("deputy_town_2", "presidium_other", "keeper", "clerk"):
        assert Api(stranger).get(path).status_code == 404
        assert Api(stranger).get("/duty-reviews").json()["items"] == []
    assert Api().get("/duty-reviews").status_code == 401
    own = Api("deputy_town")
    assert [one["deputy_name"] for one in own.get("/duty-reviews?state=scheduled").json()["items"]]
    assert own.get("/duty-reviews?state=closed").json()["items"] == []


def test_the_same_key_is_one_act_and_a_rule_says_why_not(cast: Cast) -> None:
    make.planned(cast)
    row = make.review_of(cast)
    own, path = Api("deputy_town"), f"/duty-reviews/{row.pk}"
    short = _act(own, path, "publish", report="才写了一半")
    assert (short.status_code, short["Content-Type"]) == (422, "application/problem+json")
    assert "50" in short.json()["errors"]["report"]
    for _again in range(2):
        sent = own.post(f"{path}/actions/publish", key="publish-1", report=make.REPORT)
        assert (sent.status_code, sent.json()["state"]) == (200, "report_out")
    assert ReviewEvent.objects.filter(review=row, act="publish").count() == 1
    early = _act(Api("presidium"), path, "feed_back")
    assert early.status_code == 409 and "还没有公布" in early.json()["detail"]
    assert own.post(f"{path}/actions/nothing").status_code == 404
    assert DutyReview.objects.get(pk=row.pk).feedback == ""


def test_the_list_asks_as_much_for_three_as_for_one(cast: Cast) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert host.get("/duty-reviews").status_code == 200
        return len(asked)

    host = Api("presidium")
    make.planned(cast)
    before = queries()
    make.planned(cast, people=("deputy_town_2", "deputy_town_3"), days=20)
    assert queries() == before


def test_every_act_of_the_table_has_a_service() -> None:
    assert review_book.unbound() == set()
