"""建议审核 and 交办 on the page: refusals keep what was typed; the letter is shown before."""

from __future__ import annotations

from lianxin.handling.models import Assignment
from tests.factories.cast import Cast
from tests.factories.suggestions import assigned, registered, replied, submitted
from tests.web.pages import entered, words


def test_the_review_shows_text_checks_and_three_ways(cast: Cast) -> None:
    row = submitted(cast)
    page = words(entered(cast, "office").get(f"/office/suggestions/{row.id}"))
    for said in ("通过并编号", "退回修改", "不作建议办理", "检查结果", "怎么算的"):
        assert said in page


def test_sending_back_needs_words(cast: Cast) -> None:
    row = submitted(cast)
    url = f"/office/suggestions/{row.id}/acts/send_back"
    answer = entered(cast, "office").post(url, {"reason": "empty", "words": "改"})
    assert answer.status_code == 422
    row.refresh_from_db()
    assert row.state == "submitted"
    full = {"reason": "empty", "words": "请把具体意见写清：装在哪一段、装几盏"}
    assert entered(cast, "office").post(url, full).status_code == 302
    row.refresh_from_db()
    assert row.state == "returned"


def test_the_proposer_cannot_approve_his_own_rejection(cast: Cast) -> None:
    row = submitted(cast)
    base = f"/office/suggestions/{row.id}/acts"
    client = entered(cast, "office")
    client.post(
        f"{base}/propose_rejection", {"reason": "judicial", "words": "涉及正在审理的案件，依据各地规定"}
    )
    assert client.post(f"{base}/reject").status_code == 409
    assert entered(cast, "office_second").post(f"{base}/reject").status_code == 302
    row.refresh_from_db()
    assert row.state == "rejected"


def test_numbering_leads_to_the_hand_over(cast: Cast) -> None:
    row = submitted(cast)
    answer = entered(cast, "office").post(f"/office/suggestions/{row.id}/acts/register")
    assert answer.headers["Location"].endswith(f"/office/suggestions/{row.id}/assign")


def test_a_preview_hands_nothing_over(cast: Cast) -> None:
    row = registered(cast)
    form = {"main_unit": "transport", "assist_units": ["power"], "preview": "1"}
    page = words(entered(cast, "office").post(f"/office/suggestions/{row.id}/assign", form))
    assert "预览，还没有交办" in page
    assert "旬阳示范市交通运输局" in page
    assert not Assignment.objects.exists()


def test_the_due_date_explains_itself(cast: Cast) -> None:
    row = registered(cast)
    page = words(entered(cast, "office").get(f"/office/suggestions/{row.id}/assign"))
    assert "今天交办，最晚到哪天" in page
    assert "依据" in page


def test_main_and_assisting_are_handed_over(cast: Cast) -> None:
    row = registered(cast)
    form = {"main_unit": "transport", "assist_units": ["power"], "mark_key": "on", "leader": "王副主任"}
    assert entered(cast, "office").post(f"/office/suggestions/{row.id}/assign", form).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.is_key) == ("assigned", True)
    assert set(Assignment.objects.values_list("unit_code", "mode")) == {
        ("transport", "main"),
        ("power", "assist"),
    }


def test_a_key_matter_needs_its_leader(cast: Cast) -> None:
    row = registered(cast)
    form = {"main_unit": "transport", "mark_key": "on"}
    answer = entered(cast, "office").post(f"/office/suggestions/{row.id}/assign", form)
    assert answer.status_code == 422
    assert not Assignment.objects.exists()


def test_no_unit_the_same_unit_twice_and_no_head_are_refused(cast: Cast) -> None:
    row = registered(cast)
    client, url = entered(cast, "office"), f"/office/suggestions/{row.id}/assign"
    nobody = client.post(url, {"note": "请认真办理"})
    assert nobody.status_code == 422
    assert "请认真办理" in words(nobody)
    twice = client.post(url, {"main_unit": "transport", "assist_units": ["transport"]})
    assert twice.status_code == 422
    assert "不能再列为协办" in words(twice)
    headless = client.post(url, {"main_unit": "court"})
    assert headless.status_code == 409
    assert "没有负责人账号" in words(headless)
    assert not Assignment.objects.exists()


def test_two_separate_units_with_their_scopes(cast: Cast) -> None:
    row = registered(cast)
    form = {
        "separate_units": ["transport", "power"],
        "scope_transport": "装路灯",
        "scope_power": "接电",
    }
    assert entered(cast, "office").post(f"/office/suggestions/{row.id}/assign", form).status_code == 302
    assert dict(Assignment.objects.values_list("unit_code", "scope")) == {
        "transport": "装路灯",
        "power": "接电",
    }


def test_units_are_proposed_with_the_count_behind(cast: Cast) -> None:
    replied(cast, category="交通道路")
    row = registered(
        cast,
        category="交通道路",
        title="关于在三组支路安装路灯的建议",
        what_is_new="这次说的是另一段路，去年以后新修的",
    )
    page = words(entered(cast, "office").get(f"/office/suggestions/{row.id}/assign"))
    assert "以前谁办过" in page
    assert "件" in page and "交通运输局" in page


def test_a_return_is_decided_where_its_unit_stands(cast: Cast) -> None:
    row = assigned(cast)
    part = Assignment.objects.get()
    entered(cast, "head").post(
        f"/unit/matters/{part.id}/acts/request_return",
        {"reason": "路灯归供电公司管，不属本局职责", "proposed_unit": "power"},
    )
    page = words(entered(cast, "office").get(f"/office/suggestions/{row.id}"))
    assert "路灯归供电公司管" in page
    form = {"assignment": str(part.id), "note": "情况属实"}
    answer = entered(cast, "office").post(f"/office/suggestions/{row.id}/acts/approve_return", form)
    assert answer.status_code == 302
    part.refresh_from_db()
    assert part.state == "returned"
