"""S15, S60, S61, S62: the chain of documents, the petition, the plan, the meeting; on the demo city, by named people."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lianxin.common import clock
from lianxin.plans.models import Petition, Plan, PlanTask, SuperiorDocument, WorkMeeting
from tests.acceptance.conftest import TOWN, Doors

TAGS = re.compile(r"<[^>]+>")
TITLE = "关于推广“321”基层治理模式发挥人大在基层治理中作用的实施方案"
TEXT = "四个关键环节缺少统一要求，提请市委印发意见，由各镇各部门执行，市镇人大监督落实。"


def _said(answer: Any) -> str:
    return TAGS.sub(" ", answer.content.decode())


def _petition(doors: Doors) -> str:
    """Draft a petition as the office and bring it before the chairpersons; return its address."""
    desk, title = doors.page("office"), f"关于提请下发《第{uuid4().hex[:4]}号意见》的请示"
    assert desk.post("/plans/petitions/new", {"title": title, "text": TEXT}).status_code == 302
    base = f"/plans/petitions/{Petition.objects.get(title=title).pk}"
    assert desk.post(f"{base}/acts/propose").status_code == 302
    return base


@pytest.mark.acceptance("S15")
def test_the_guidance_shows_its_whole_way_and_its_number(doors: Doors) -> None:
    row = Petition.objects.get(title__contains="全面推进村民自治工作的指导意见")
    page = _said(doors.page("leader").get(f"/plans/petitions/{row.pk}"))
    for step in ("送主任会议", "列入主任会议议程", "退回修改", "同意提请", "报市委", "登记市委下发"):
        assert step in page, step
    assert row.outcome is not None
    assert row.number in page and row.outcome.number in page
    above = _said(doors.page("office").get(f"/plans/documents/{row.outcome_id}"))
    assert f"{row.number} 提请下发" in above
    letter = doors.page("office").get(f"/plans/petitions/{row.pk}/letter.pdf")
    assert letter.content.startswith(b"%PDF")


@pytest.mark.acceptance("S15")
def test_a_petition_of_today_goes_to_the_committee_and_comes_back_with_a_number(doors: Doors) -> None:
    base, today = _petition(doors), clock.today().isoformat()
    chair, desk = doors.page("leader"), doors.page("office")
    assert chair.post(f"{base}/acts/schedule", {"agenda_on": today}).status_code == 302
    assert chair.post(f"{base}/acts/agree").status_code == 302
    assert desk.post(f"{base}/acts/send").status_code == 302
    number = f"旬发〔{clock.today().year}〕{uuid4().hex[:5]}号"
    scan = SimpleUploadedFile("paper.pdf", b"%PDF-1.4 issued", "application/pdf")
    sent = {"number": number, "issued_on": today, "file": scan}
    assert desk.post(f"{base}/issue", sent).status_code == 302
    assert SuperiorDocument.objects.get(number=number).files.count() == 1
    assert number in _said(chair.get(base))


@pytest.mark.acceptance("S15")
def test_only_the_chairpersons_decide_and_what_was_not_agreed_is_not_sent(doors: Doors) -> None:
    base = _petition(doors)
    desk = doors.page("office")
    assert desk.post(f"{base}/acts/schedule", {"agenda_on": clock.today().isoformat()}).status_code == 403
    assert desk.post(f"{base}/acts/send").status_code == 409
    for who in ("presidium", "clerk", "deputy_city"):
        assert doors.page(who).get(base).status_code == 403


@pytest.mark.acceptance("S60")
def test_the_chain_from_the_prefecture_to_the_tasks_is_visible(doors: Doors) -> None:
    plan = Plan.objects.get(title=TITLE)
    page = _said(doors.page("office").get(f"/plans/documents/{plan.document_id}"))
    chain = page[page.index("依据和贯彻") :]
    places = [chain.index(one) for one in ("中共安康市委", "中共旬阳示范市委", "旬阳示范市人大常委会")]
    assert places == sorted(places)
    assert plan.title in page
    counted = PlanTask.objects.filter(document=plan.document).count()
    assert counted > 0 and re.search(rf"分解出的任务\s+{counted}\b", page)


@pytest.mark.acceptance("S60")
def test_no_document_is_lost_and_nobody_else_registers(doors: Doors) -> None:
    today, number = clock.today().isoformat(), f"安发{uuid4().hex[:6]}"
    form = {
        "level": "prefecture", "title": "关于推广新做法的通知", "issuer": "中共安康市委", "number": number,
        "issued_on": today, "received_on": today,
    }  # fmt: skip
    for who in ("leader", "presidium", "clerk"):
        assert doors.page(who).post("/plans/documents/new", form).status_code == 403
    desk = doors.page("office")
    assert desk.post("/plans/documents/new", form).status_code == 302
    row = SuperiorDocument.objects.get(number=number)
    assert number in _said(desk.get("/plans/documents?tab=open"))
    assert "份上级文件还没有下文" in _said(desk.get("/desk"))
    assert (
        desk.post(f"/plans/documents/{row.pk}/acts/settle", {"note": "只作了解，会上已传达"}).status_code
        == 302
    )
    assert number not in _said(desk.get("/plans/documents?tab=open"))


@pytest.mark.acceptance("S61")
def test_the_plan_has_twelve_tasks_and_more_with_owners_and_percentages(doors: Doors) -> None:
    plan = Plan.objects.get(title=TITLE)
    page = _said(doors.page("leader").get(f"/plans/{plan.pk}"))
    tasks = list(plan.tasks.all())
    assert len(tasks) >= 12
    assert len({one.owner for one in tasks}) >= 6
    assert len({one.percent for one in tasks}) >= 5
    for one in tasks:
        assert one.text in page and f"{one.percent}%" in page
    pdf = doors.page("office").get(f"/plans/{plan.pk}/versions/{plan.versions.count()}.pdf")
    assert pdf.content.startswith(b"%PDF")


@pytest.mark.acceptance("S61")
def test_a_town_reports_and_the_percentage_counts_once_the_desk_has_accepted_it(doors: Doors) -> None:
    row = PlanTask.objects.filter(owner=TOWN, state="live", reports__state=None).latest("number")
    old, new = row.percent, min(99, row.percent + 7)
    body = {"percent": new, "words": "两个村已经办完，照片已存。"}
    made = doors.post(f"/plan-tasks/{row.pk}/reports", body, "presidium", expect=201)
    assert made["state"] == "waiting"
    assert doors.get(f"/plan-tasks/{row.pk}", "presidium")["percent"] == old
    desk = doors.page("office")
    assert row.text in _said(desk.get("/plans/tasks/reports"))
    assert desk.post(f"/plans/tasks/{row.pk}/acts/accept").status_code == 302
    assert doors.get(f"/plan-tasks/{row.pk}", "presidium")["percent"] == new


@pytest.mark.acceptance("S61")
def test_nobody_sees_or_reports_anothers_task_and_no_version_is_changed(doors: Doors) -> None:
    plan = Plan.objects.get(title=TITLE)
    other = plan.tasks.filter(owner="water").latest("number")
    body = {"percent": 90, "words": "这是别的单位的任务"}
    for who in ("presidium", "clerk"):
        assert doors.post(f"/plan-tasks/{other.pk}/reports", body, who, expect=404)
        assert doors.page(who).get(f"/plans/{plan.pk}").status_code == 403
    assert (
        doors.page("office").post(f"/plans/{plan.pk}/goals", {"goal_text": "加一个目标"}).status_code == 409
    )


@pytest.mark.acceptance("S62")
def test_the_meeting_has_receipts_signatures_minutes_and_tasks_in_the_plan(doors: Doors) -> None:
    row = WorkMeeting.objects.get(title="人大系统推进“321”基层治理模式工作会")
    page = _said(doors.page("office").get(f"/plans/meetings/{row.pk}"))
    assert row.seats.exclude(signed_at=None).count() > 3
    for one in row.decisions.select_related("task"):
        assert one.task is not None and one.task.plan_id == row.plan_id
        assert one.text in page and f"方案第 {one.task.number} 项" in page
        assert row.title in _said(doors.page("office").get(f"/plans/tasks/{one.task_id}"))
    assert doors.page("leader").get(f"/plans/meetings/{row.pk}/minutes.pdf").content.startswith(b"%PDF")


def _meeting(doors: Doors) -> WorkMeeting:
    """Call a meeting of now with the town and a department, and send the notice."""
    desk, now = doors.page("office"), clock.now().astimezone(clock.SHANGHAI)
    plan, title = Plan.objects.get(title=TITLE), f"推进会{uuid4().hex[:4]}"
    form = {
        "plan": str(plan.pk), "title": title, "day": f"{now:%Y-%m-%d}", "hour": f"{now:%H:%M}",
        "place": "市人大三楼会议室", "agenda": "一、通报进度", "owners": [TOWN, "transport"],
    }  # fmt: skip
    assert desk.post("/plans/meetings/new", form).status_code == 302
    row = WorkMeeting.objects.get(title=title)
    assert desk.post(f"/plans/meetings/{row.pk}/acts/notify").status_code == 302
    return row


@pytest.mark.acceptance("S62")
def test_decisions_of_a_meeting_become_tasks_in_one_press(doors: Doors) -> None:
    row = _meeting(doors)
    base, town, desk = f"/plans/meetings/{row.pk}", doors.page("presidium"), doors.page("office")
    assert town.post(f"{base}/acts/reply", {"answer": "coming", "who": "陈主席"}).status_code == 302
    assert town.post(f"{base}/acts/sign_in", {"name": "陈主席"}).status_code == 302
    assert town.post(f"{base}/acts/sign_in", {"name": "陈主席"}).status_code == 409
    due = (clock.today() + timedelta(days=30)).isoformat()
    minutes = {
        "text": "会议听取了进度，议定一件事。", "decision_text": ["逐站核对台账"], "decision_owner": [TOWN],
        "decision_due_on": [due], "decision_goal": ["1"],
    }  # fmt: skip
    assert desk.post(f"{base}/minutes", minutes).status_code == 302
    assert desk.post(f"{base}/acts/make_tasks").status_code == 409
    assert doors.page("leader").post(f"{base}/acts/confirm").status_code == 302
    assert desk.post(f"{base}/acts/make_tasks").status_code == 302
    made = row.decisions.get().task
    assert made is not None and "逐站核对台账" in _said(town.get(f"/plans/tasks/{made.pk}"))


@pytest.mark.acceptance("S62")
def test_who_was_not_asked_neither_reads_the_notice_nor_signs(doors: Doors) -> None:
    base = f"/plans/meetings/{_meeting(doors).pk}"
    for who, status in (("clerk2", 404), ("deputy_city", 403), ("keeper", 403)):
        assert doors.page(who).get(base).status_code == status
        assert doors.page(who).post(f"{base}/acts/sign_in", {"name": "张三丰"}).status_code == status
    assert doors.page("presidium").post(f"{base}/acts/confirm").status_code == 403
