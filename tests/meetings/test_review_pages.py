"""The pages of 述职评议: one line of steps for host, deputy and residents; what was typed stays."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lianxin.common import clock
from lianxin.meetings import services
from lianxin.meetings.models import DutyReview, ReviewMeeting
from tests.factories import reviews as make
from tests.factories.cast import Cast
from tests.web.pages import entered

pytestmark = pytest.mark.django_db


def _act(page: Client, review: DutyReview, name: str, **typed: str) -> int:
    return int(page.post(f"/forums/reviews/{review.pk}/acts/{name}", typed).status_code)


def test_the_flow_is_walked_through_its_pages(cast: Cast) -> None:
    host, own, anybody = entered(cast, "presidium"), entered(cast, "deputy_town"), Client()
    deputy = cast.deputy_row("deputy_town")
    typed = {
        "title": "段家河镇述职评议会", "held_on": str(clock.today()), "place": "会议室", "deputies": [str(deputy.pk)],
    }  # fmt: skip
    refused = host.post("/forums/reviews/new", {**typed, "place": ""})
    said = refused.content.decode()
    assert refused.status_code == 422 and "段家河镇述职评议会" in said and "checked" in said
    bare = host.post("/forums/reviews/new", {"held_on": "", "place": "会议室"}).content.decode()
    assert all(f'href="#id_{name}"' in bare for name in ("title", "held_on", "deputies"))
    assert 'href="#id_place"' not in bare and "会议室" in bare
    assert host.post("/forums/reviews/new", typed).status_code == 302
    review = make.review_of(cast)
    short = own.post(f"/forums/reviews/{review.pk}/acts/publish", {"report": "才写了一半"})
    assert short.status_code == 422 and "才写了一半" in short.content.decode()
    assert _act(own, review, "publish", report=make.REPORT) == 302
    meeting = f"/forums/reviews/meetings/{review.meeting_id}"
    prepared = host.post(f"{meeting}/test")
    assert prepared.status_code == 302 and prepared["Location"].startswith("/ballots/")
    assert "到测评页" in host.get(meeting).content.decode()
    waits = host.get(f"/forums/reviews/{review.pk}").content.decode()
    assert "测评结果还没有公布" in waits and "不能缓评" in waits
    assert "三组" not in anybody.get(f"/deputies/{deputy.pk}").content.decode()
    shown = anybody.get(f"/deputies/{deputy.pk}/reviews").content.decode()
    assert make.REPORT in shown and "归档后公开" in shown


def test_the_end_is_walked_through_its_pages(cast: Cast) -> None:
    host, own = entered(cast, "presidium"), entered(cast, "deputy_town")
    review = make.tested(cast)
    assert _act(host, review, "feed_back", feedback=make.FEEDBACK) == 302
    mine = own.get(f"/forums/reviews/{review.pk}").content.decode()
    assert "我的述职" in mine and "满意" in mine and "怎么算的" in mine
    letter = DutyReview.objects.get(pk=review.pk).letter_id
    assert own.get(f"/papers/letters/{letter}.pdf").status_code == 200
    assert entered(cast, "deputy_town_2").get(f"/papers/letters/{letter}.pdf").status_code == 404
    assert _act(own, review, "hand_in", plan=make.PLAN) == 302
    assert _act(own, review, "report_back", done=make.DONE) == 302
    assert _act(host, review, "send_back", note="水渠还没有验收。") == 302
    assert "水渠还没有验收" in own.get(f"/forums/reviews/{review.pk}").content.decode()
    assert _act(own, review, "report_back", done=make.DONE) == 302
    again = host.post(f"/forums/reviews/{review.pk}/acts/send_back", {"note": "再看一次水渠。"})
    assert again.status_code == 409 and "已经退回过一次" in again.content.decode()
    assert _act(host, review, "accept") == 302
    page = Client().get(f"/deputies/{review.deputy_id}/reviews").content.decode()
    assert make.PLAN in page and make.DONE in page and "7 票" in page


def test_what_is_late_stands_on_the_first_screens(cast: Cast) -> None:
    review = make.fed_back(cast)
    DutyReview.objects.filter(pk=review.pk).update(due_on=clock.today().replace(year=2020))
    own = entered(cast, "deputy_town")
    home = own.get("/deputy").content.decode()
    assert "有 1 份反馈书等您交整改方案" in home and f"/forums/reviews/{review.pk}" in home and "逾期" in home
    assert _act(own, review, "hand_in", plan=make.PLAN) == 302
    assert _act(own, review, "report_back", done=make.DONE) == 302
    assert "有 1 份整改回告等您审核" in entered(cast, "presidium").get("/desk").content.decode()
    assert "整改回告等您审核" not in entered(cast, "presidium_other").get("/desk").content.decode()


def test_a_stranger_meets_a_closed_door(cast: Cast) -> None:
    review = make.public(cast)
    for who in ("deputy_town_2", "presidium_other", "keeper", "clerk"):
        page = entered(cast, who)
        assert page.get(f"/forums/reviews/{review.pk}").status_code in {403, 404}
        assert _act(page, review, "postpone", note="换到明年述职。") in {403, 404}
    assert _act(entered(cast, "presidium"), review, "nothing") == 404


def test_lists_ask_a_fixed_number_of_queries(cast: Cast) -> None:
    def queries(client: Client, address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    make.tested(cast)
    deputy = cast.deputy_row("deputy_town")
    host, meeting = entered(cast, "presidium"), ReviewMeeting.objects.get()
    seen = ((host, "/forums/reviews"), (host, f"/forums/reviews/meetings/{meeting.pk}"))
    seen += ((Client(), f"/deputies/{deputy.pk}/reviews"),)
    before = [queries(*one) for one in seen]
    people = [cast.deputy_row(one).pk for one in ("deputy_town", "deputy_town_2", "deputy_town_3")]
    services.review_meeting_plan(
        actor=cast.presidium, division_code=meeting.division_code, title="第二次述职评议会",
        held_on=clock.today(), place="会议室", deputies=people,
    )  # fmt: skip
    for who in ("deputy_town", "deputy_town_2"):
        row = DutyReview.objects.get(meeting__title="第二次述职评议会", deputy=cast.deputy_row(who))
        services.review_publish(actor=getattr(cast, who), review=row, report=make.REPORT)
    assert [queries(*one) for one in seen] == before
