"""From an opinion to a kept promise: S45, S95, S96, S97, S98."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from lianxin.common import clock
from lianxin.documents.models import LetterVersion
from lianxin.handling.models import Assignment, Deadline, Urging
from lianxin.suggestions.models import Suggestion, SuggestionEvent
from tests.acceptance.conftest import CITY, TOWN, Doors

CONTACT = {
    "form": "face_to_face",
    "persons": "孙经办、张代表",
    "deputy_view": "请先把桥面补好，再定管护的人。",
}
GOOD = {
    "reply_class": "A",
    "answers": ["已于本月十日前修好桥面，投入六万元。", "由段家河镇张科长负责管护，每月检查一次。"],
    "publish_level": "public",
    "contact_person": "孙经办",
    "contact_phone": "0915-000-0000",
}


def _edited(doors: Doors, paper: dict[str, Any], **more: Any) -> None:
    """Write the same text again with other marks."""
    row = Suggestion.objects.get(pk=paper["id"])
    form = {
        "title": row.title,
        "situation": row.situation,
        "proposal": row.proposal,
        "demands": row.demands,
        "agree_to_publish": True,
        **more,
    }
    doors.act("suggestions", paper["id"], "edit", "deputy_city", **form)


def _registered(doors: Doors) -> str:
    paper = doors.paper()
    doors.act("suggestions", paper["id"], "submit", "deputy_city")
    doors.act("suggestions", paper["id"], "register", "office")
    return str(paper["id"])


def _assigned(doors: Doors, unit: str = "transport") -> str:
    pk = _registered(doors)
    doors.act("suggestions", pk, "assign", "office", parts=[{"unit": unit, "mode": "sole"}], note="")
    return pk


def _replied(doors: Doors, pk: str) -> None:
    doors.act("suggestions", pk, "accept", "clerk", officer="孙经办", leader="周局长")
    doors.act("suggestions", pk, "start", "clerk", plan="现场核实后提出方案")
    doors.act("suggestions", pk, "record_contact", "clerk", held_on=clock.today().isoformat(), **CONTACT)
    doors.act("suggestions", pk, "confirm_contact", "deputy_city", happened=True)
    doors.act("suggestions", pk, "draft_reply", "clerk", **GOOD)
    doors.act("suggestions", pk, "sign_reply", "head", version=1)


WELL = {
    "title": "关于翻修老井台护栏、解决挑水安全的建议",
    "situation": "白果树村老井台的石板松了，护栏锈断，天冷结冰，已有两位老人滑倒，住户四十一户。",
    "proposal": "请水利部门在入冬前更换石板和护栏，并接通备用水管。",
    "demands": ["更换井台石板和护栏", "接通备用水管"],
}


@pytest.mark.acceptance("S45")
def test_the_express_lane_runs_on_its_own_clock_and_a_refusal_leads_back_to_the_ordinary_one(
    doors: Doors,
) -> None:
    plain, express = doors.paper(), doors.paper(**WELL)
    _edited(doors, express, fast_track=True, fast_track_reason="入冬以后，井台结冰容易伤人。")
    for paper in (plain, express):
        doors.act("suggestions", paper["id"], "submit", "deputy_city")
    rules = {
        paper["id"]: Deadline.objects.get(matter_id=paper["id"], what="review").rule
        for paper in (plain, express)
    }
    assert rules[express["id"]].startswith("express.") and not rules[plain["id"]].startswith("express.")
    doors.act("suggestions", express["id"], "refuse_express", "office", note="情况不紧急，按普通程序办。")
    row = Suggestion.objects.get(pk=express["id"])
    assert not row.fast_track and row.state == "submitted"


@pytest.mark.acceptance("S45")
def test_the_express_lane_asks_for_a_reason(doors: Doors) -> None:
    paper = doors.paper()
    row = Suggestion.objects.get(pk=paper["id"])
    form = {"title": row.title, "fast_track": True, "fast_track_reason": ""}
    refused = doors.act("suggestions", paper["id"], "edit", "deputy_city", expect=422, **form)
    assert "fast_track_reason" in str(refused)
    row.refresh_from_db()
    assert not row.fast_track


@pytest.mark.acceptance("S95")
def test_a_deputy_turns_what_was_said_into_a_suggestion_of_his_own_congress(doors: Doors) -> None:
    said = doors.said(f"李家庄村便民桥{uuid4().hex[:6]}的桥面裂了，雨天过不去，请来修。")
    doors.act("opinions", said["id"], "accept", "keeper")
    paper = doors.paper(opinions=[said["id"]])
    doors.act("suggestions", paper["id"], "submit", "deputy_city")
    assert doors.get(f"/opinions/{said['id']}", "keeper")["state"] == "converted"
    assert "写进了建议" in str(doors.get(f"/opinions/by-code/{said['code']}")["timeline"])


@pytest.mark.acceptance("S95")
def test_neither_a_clerk_nor_a_deputy_of_another_level_files_one(doors: Doors) -> None:
    draft = {"body": CITY, "title": "关于由单位代为提出的一件建议", "demands": ["修桥"]}
    before = Suggestion.objects.count()
    for who in ("clerk", "keeper", "office", "deputy_town"):
        doors.post("/suggestions", draft, who, expect=403)
    assert Suggestion.objects.count() == before
    mine = doors.paper("deputy_town", TOWN)
    doors.act("suggestions", mine["id"], "submit", "deputy_city", expect=404)


@pytest.mark.acceptance("S96")
def test_handed_over_returned_and_handed_over_anew_with_the_times_in_the_timeline(doors: Doors) -> None:
    pk = _assigned(doors)
    doors.act(
        "suggestions",
        pk,
        "request_return",
        "head",
        reason="这座桥由公路管理段管养，不属于本单位职责。",
        proposed_unit="highway",
    )
    doors.act("suggestions", pk, "approve_return", "office", note="同意，改由公路管理段办理。")
    doors.act("suggestions", pk, "assign", "office", parts=[{"unit": "highway", "mode": "sole"}], note="")
    part = Assignment.objects.filter(matter_id=pk, unit_code="highway").get()
    assert part.state == "assigned" and part.reply_due_on is not None
    told = list(SuggestionEvent.objects.filter(suggestion=pk).order_by("at").values_list("act", flat=True))
    assert told.index("register") < told.index("assign") and told.count("assign") == 2
    page = doors.page("office").get(f"/office/suggestions/{pk}").content.decode()
    assert "公路管理段" in page
    assert LetterVersion.objects.filter(matter_id=pk).exists()


@pytest.mark.acceptance("S96")
def test_a_unit_passes_nothing_on_by_itself(doors: Doors) -> None:
    pk = _assigned(doors)
    parts = [{"unit": "highway", "mode": "sole"}]
    doors.act("suggestions", pk, "assign", "clerk", expect=403, parts=parts, note="")
    assert not Assignment.objects.filter(matter_id=pk, unit_code="highway").exists()


@pytest.mark.acceptance("S97")
def test_a_late_unit_is_urged_by_letter_and_shown_red(doors: Doors) -> None:
    pk = _assigned(doors)
    part = Assignment.objects.get(matter_id=pk)
    part.reply_due_on = clock.today() - timedelta(days=12)
    part.save(update_fields=["reply_due_on"])
    page = doors.page("oversight")
    assert "逾期" in page.get("/unit/matters", {"tab": "late"}).content.decode()
    doors.act("suggestions", pk, "urge", "oversight", kind="supervision", reason="超过期限十二天仍未答复。")
    issued = Urging.objects.get(assignment=part)
    letter = LetterVersion.objects.get(pk=issued.letter_id)
    made = page.get(f"/papers/letters/{letter.pk}.pdf")
    assert made.status_code == 200 and made.content.startswith(b"%PDF")


@pytest.mark.acceptance("S97")
def test_a_unit_neither_urges_itself_nor_is_urged_twice_by_the_same_step(doors: Doors) -> None:
    pk = _assigned(doors)
    form = {"kind": "reminder", "reason": "请抓紧办理并按期答复。"}
    doors.act("suggestions", pk, "urge", "clerk", expect=403, **form)
    doors.act("suggestions", pk, "urge", "oversight", **form)
    doors.act("suggestions", pk, "urge", "oversight", expect=409, **form)
    assert Urging.objects.filter(assignment__matter_id=pk).count() == 1


@pytest.mark.acceptance("S98")
def test_deputy_and_resident_evaluate_and_dissatisfaction_forces_a_second_handling(doors: Doors) -> None:
    said = doors.said(f"李家庄村便民桥{uuid4().hex[:6]}的扶手断了，老人过桥害怕，请来修。")
    doors.act("opinions", said["id"], "accept", "keeper")
    paper = doors.paper(opinions=[said["id"]])
    pk = str(paper["id"])
    doors.act("suggestions", pk, "submit", "deputy_city")
    doors.act("suggestions", pk, "register", "office")
    doors.act("suggestions", pk, "assign", "office", parts=[{"unit": "transport", "mode": "sole"}], note="")
    _replied(doors, pk)
    told = doors.get(f"/opinions/by-code/{said['code']}")
    assert told["may_evaluate"] and told["answer"]
    rated = {"rating": "fair", "text": "修了一半"}
    assert doors.post(f"/opinions/by-code/{said['code']}/evaluation", rated)["status"]
    bad = {
        "attitude": "satisfied",
        "result": "dissatisfied",
        "reasons": "支路的扶手到今天没有装，答复里也没有写由谁在什么时候装好。",
        "demand_numbers": [1],
    }
    doors.act("suggestions", pk, "evaluate", "deputy_city", **bad)
    doors.act("suggestions", pk, "order_rehandling", "office", note="请到现场当面核实后重新答复。")
    row = Suggestion.objects.get(pk=pk)
    assert (row.state, row.round) == ("rehandling", 2)


@pytest.mark.acceptance("S98")
def test_only_who_signed_evaluates_and_dissatisfaction_needs_reasons(doors: Doors) -> None:
    pk = _assigned(doors)
    _replied(doors, pk)
    doors.act("suggestions", pk, "evaluate", "clerk", expect=403, attitude="satisfied", result="satisfied")
    short = {"attitude": "satisfied", "result": "dissatisfied", "reasons": "不行", "demand_numbers": [1]}
    doors.act("suggestions", pk, "evaluate", "deputy_city", expect=422, **short)
    assert Suggestion.objects.get(pk=pk).state == "replied"
