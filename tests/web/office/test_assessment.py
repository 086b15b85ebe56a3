"""年度档案与考核, 约见 and 创优 at the desk."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianxin.duties.assessing.files import files_generate
from lianxin.duties.models import DutyLeave, ExcellenceBid, MeetingRequest, YearlyFile
from tests.factories import assessment as make
from tests.factories.cast import TOWN, Cast
from tests.web.pages import entered, rows, words

pytestmark = pytest.mark.django_db


def test_the_presidium_generates_and_lists(cast: Cast) -> None:
    with make.on(11, 10):
        client = entered(cast, "presidium")
        assert client.post("/office/assessment/generate", {"year": 2026, "body": TOWN}).status_code == 302
        answer = client.get("/office/assessment")
        assert rows(answer) == YearlyFile.objects.filter(body_code=TOWN).count() == 4
        again = client.post("/office/assessment/generate", {"year": 2026, "body": TOWN})
        assert again.status_code == 409
        assert "已经生成过" in words(again)
        assert rows(client.get("/office/assessment?tab=archived")) == 0
        assert rows(client.get("/office/assessment?q=deputy_town_2")) == 1


def test_before_november_the_page_says_so(cast: Cast) -> None:
    with make.on(10, 1):
        answer = entered(cast, "presidium").post("/office/assessment/generate", {"body": TOWN})
    assert answer.status_code == 409
    assert "11 月 1 日" in words(answer)


def test_answering_an_objection_and_deciding(cast: Cast) -> None:
    with make.on(11, 10):
        file = make.objected(cast)
        client, base = entered(cast, "presidium"), f"/office/assessment/{file.id}"
        one = file.objections.get()
        page = words(client.get(base))
        assert make.DOUBT in page
        missing = client.post(
            f"{base}/acts/answer", {"objection": one.id, "answer": "核对过纸质登记，日期不在当年。"}
        )
        assert missing.status_code == 422, "采纳 or not is never chosen for somebody"
        form = {"objection": one.id, "upheld": "no", "answer": "核对过纸质登记，日期不在当年。"}
        assert client.post(f"{base}/acts/answer", form).status_code == 302
        assert client.post(f"{base}/acts/comment", {"words": make.VIEW}).status_code == 302
        poor = {"result": "not_competent", "reason": make.WHY, "ground": ""}
        refused = client.post(f"{base}/acts/decide", poor)
        assert refused.status_code == 409
        assert "唯一理由" in words(refused)
        assert make.WHY in refused.content.decode(), "what was typed is kept"
        good = {"result": "competent", "reason": make.WHY, "good": ["integrity"]}
        assert client.post(f"{base}/acts/decide", good).status_code == 302
        assert "等代表签收" in words(client.get(base))
    file.refresh_from_db()
    assert file.good_said["integrity"] is True


def test_standing_aside_takes_the_forms_away(cast: Cast) -> None:
    with make.on(11, 10):
        file = make.commented(cast)
        client, base = entered(cast, "presidium"), f"/office/assessment/{file.id}"
        assert "审定这个结果" in words(client.get(base))
        assert client.post(f"{base}/avoid").status_code == 302
        page = words(client.get(base))
    assert "您已回避" in page
    assert "审定这个结果" not in page


def test_leave_is_entered_at_the_file(cast: Cast) -> None:
    with make.on(6, 1):
        file = make.accrued(cast)
        client, base = entered(cast, "presidium"), f"/office/assessment/{file.id}"
        assert client.post(f"{base}/leave", {"kind": "sick", "begins_on": "x"}).status_code == 422
        form = {"kind": "sick", "begins_on": "2026-01-01", "ends_on": "2026-03-31"}
        assert client.post(f"{base}/leave", form).status_code == 302
    assert DutyLeave.objects.get().deputy == file.deputy


def test_what_a_deputy_keeps_to_himself_is_counted_and_not_named(cast: Cast) -> None:
    from tests.web.deputy.test_my_duties import full  # noqa: PLC0415 - shares the year of a deputy

    with make.on(11, 10):
        full(cast)
        file = make.generated(cast)
        client = entered(cast, "presidium")
        page = words(client.get(f"/office/assessment/{file.id}?all=1"))
        pdf = client.get(f"/office/assessment/{file.id}/file.pdf")
    assert "秘密" not in page
    assert "另有 1 条" in page
    assert pdf.content.startswith(b"%PDF")


def test_lists_ask_a_fixed_number_of_queries(cast: Cast) -> None:
    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert entered(cast, "presidium").get(path).status_code == 200
        return len(seen)

    with make.on(11, 10):
        make.generated(cast)
        make.asked(cast)
        make.bid(cast)
        paths = ("/office/assessment", "/office/meetings", "/office/excellence")
        few = [asked(path) for path in paths]
        files_generate(actor=cast.presidium, year=2026, body_code=TOWN)
        for who in ("deputy_town_2", "deputy_town_3", "group_leader"):
            make.asked(cast, who)
            make.bid(cast, who)
        assert [asked(path) for path in paths] == few


def test_a_meeting_from_request_to_promise_through_the_pages(cast: Cast) -> None:
    with make.on(11, 10):
        deputy, desk = entered(cast, "deputy_town"), entered(cast, "presidium")
        assert deputy.post("/deputy/meetings/new", {"topic": "大桥"}).status_code == 422
        form = {
            "organ": "transport",
            "whom": "局长",
            "topic": "大桥的修复",
            "question": "大桥封闭半年，什么时候能修好？",
        }
        assert deputy.post("/deputy/meetings/new", form).status_code == 302
        row = MeetingRequest.objects.get()
        base = f"/office/meetings/{row.id}"
        assert desk.post(f"{base}/acts/screen").status_code == 302
        late = desk.post(f"{base}/acts/schedule", {"meet_on": "2027-03-01", "place": "会议室"})
        assert late.status_code == 409
        assert "2027-03-01" in late.content.decode()
        assert (
            desk.post(f"{base}/acts/schedule", {"meet_on": "2026-11-10", "place": "会议室"}).status_code
            == 302
        )
        letter = desk.get(f"{base}/letter.pdf")
        assert letter.content.startswith(b"%PDF")
        assert deputy.get(f"{base}/letter.pdf").status_code == 200
        held = {
            "came": "delegate",
            "came_name": "周副局长",
            "minutes": "副局长介绍了检测情况，代表问了工期。",
            "promises_item": ["年底恢复单车道", "", ""],
            "promises_due_on": ["2026-12-31", "", ""],
            "promises_person": ["周副局长", "", ""],
        }
        nobody = desk.post(f"{base}/acts/hold", {**held, "came": ""})
        assert nobody.status_code == 422
        assert desk.post(f"{base}/acts/hold", held).status_code == 302
        page = words(deputy.get(f"/deputy/meetings/{row.id}"))
        assert "委托他人到场" in page
        assert "年底恢复单车道" in page
        head = entered(cast, "head")
        assert head.post(f"{base}/acts/answer", {"answer": "年底前恢复单车道通行。"}).status_code == 302
        unhappy = deputy.post(f"/deputy/meetings/{row.id}/acts/rate", {"rating": "dissatisfied"})
        assert unhappy.status_code == 422
        assert deputy.post(f"/deputy/meetings/{row.id}/acts/rate", {"rating": "satisfied"}).status_code == 302
        assert "年底恢复单车道" in words(desk.get("/office/meetings?tab=open"))
        assert entered(cast, "deputy_town_2").get(f"/deputy/meetings/{row.id}").status_code == 404


def test_an_honour_on_notice_is_public_and_waits_for_objections(cast: Cast) -> None:
    with make.on(11, 10):
        deputy = entered(cast, "deputy_town")
        assert deputy.post("/deputy/excellence", {"statement": "短"}).status_code == 422
        form = {"statement": "一年走访二十户，帮助两户老人修好了水窖，接待选民五次。"}
        assert deputy.post("/deputy/excellence", form).status_code == 302
        row = ExcellenceBid.objects.get()
        leader = entered(cast, "group_leader")
        assert row.honour in words(leader.get("/deputy/excellence"))
        leader.post(f"/deputy/excellence/{row.id}/acts/recommend", {"words": "小组一致推荐"})
        desk, base = entered(cast, "presidium"), f"/office/excellence/{row.id}"
        assert rows(desk.get("/honours")) == 0
        desk.post(f"{base}/acts/notice")
        assert rows(entered(cast, "keeper").get("/honours")) == 1
        said = {"came_by": "phone", "text": "走访的户数和村里说的对不上。"}
        assert entered(cast, "keeper").post(f"{base}/acts/object", said).status_code == 302
        assert "对不上" not in words(entered(cast, "keeper").get(base)), "what was said is for the body"
    with make.on(11, 20):
        blocked = desk.post(f"{base}/acts/confirm")
        assert blocked.status_code == 409
        assert "没有处理" in words(blocked)
        one = row.objections.get()
        desk.post(f"{base}/acts/settle", {"objection": one.id, "answer": "核对台账，户数相符。"})
        assert desk.post(f"{base}/acts/confirm").status_code == 302
    row.refresh_from_db()
    assert row.state == "honoured"
    assert row.notice_to is not None
    assert row.notice_to - date(2026, 11, 10) >= timedelta(days=5)
