"""Search, notices, the tour: found things are one's own; the tour exists in demo mode only."""

from __future__ import annotations

from django.test import Client

from lianxin.notifications.selectors import notices_for
from tests.factories.cast import Cast
from tests.factories.suggestions import assigned, submitted
from tests.web.pages import entered, words


def test_search_groups_what_it_finds(cast: Cast) -> None:
    row = submitted(cast)
    page = words(entered(cast, "office").get("/search?q=路灯"))
    assert row.title in page
    assert "找件" in page


def test_search_finds_nothing_of_others(cast: Cast) -> None:
    row = submitted(cast)
    page = words(entered(cast, "clerk").get("/search?q=路灯"))
    assert row.title not in page
    assert "没有找到" in page


def test_a_notice_opens_what_it_tells_of(cast: Cast) -> None:
    assigned(cast)
    notice = notices_for(cast.clerk)[0]
    answer = entered(cast, "clerk").post(f"/notices/{notice.id}")
    assert answer.headers["Location"] == notice.link


def test_a_notice_of_others_cannot_be_opened(cast: Cast) -> None:
    assigned(cast)
    notice = notices_for(cast.clerk)[0]
    assert entered(cast, "clerk_power").post(f"/notices/{notice.id}").status_code == 404


def test_no_tour_outside_demo_mode(cast: Cast, settings) -> None:
    settings.LIANXIN_DEMO = False
    assert Client().get("/tour").status_code == 404
    assert Client().post("/tour/2").status_code == 404


def test_the_tour_enters_demo_accounts_only(cast: Cast, settings) -> None:
    settings.LIANXIN_DEMO = True
    client = Client()
    assert "去这一步" in words(client.get("/tour"))
    assert client.post("/tour/2").status_code == 404  # keeper is no demo account here
    assert "_auth_user_id" not in client.session
