"""The pages of 部署和落实: the desk's whole way, a unit's phone, refusals beside what was typed, query counts."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lianxin.common import clock
from lianxin.plans import services
from lianxin.plans.models import Petition, Plan, SuperiorDocument, WorkMeeting
from tests.factories import plans as make
from tests.factories.cast import OTHER_TOWN, TOWN, Cast
from tests.web.pages import entered, rows, words

pytestmark = pytest.mark.django_db


def pdf(name: str = "a.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, make.PDF, "application/pdf")


def typed(**changes: Any) -> dict[str, Any]:
    today = clock.today().isoformat()
    fields = {
        "level": "prefecture",
        "title": "关于推广“321”基层治理模式的意见",
        "issuer": "中共安康市委",
        "number": "安发〔2021〕8号",
        "issued_on": today,
        "received_on": today,
    }
    return {**fields, **changes}


def test_a_document_is_registered_linked_filed_and_settled(cast: Cast) -> None:
    desk = entered(cast, "office")
    assert desk.post("/plans/documents/new", typed()).status_code == 302
    top = SuperiorDocument.objects.get()
    lower = typed(
        level="committee", title="贯彻落实意见的通知", issuer="中共旬阳市委", number="旬发〔2021〕11号"
    )
    desk.post("/plans/documents/new", {**lower, "upper": str(top.pk)})
    low = SuperiorDocument.objects.exclude(pk=top.pk).get()
    page = words(desk.get(f"/plans/documents/{low.pk}"))
    assert "中共安康市委" in page and "还没有下文" in page
    assert rows(desk.get("/plans/documents?tab=open")) == 1
    base = f"/plans/documents/{low.pk}"
    assert desk.post(f"{base}/acts/attach", {}).status_code == 422
    assert desk.post(f"{base}/acts/attach", {"file": pdf()}).status_code == 302
    file = low.files.get().file
    assert desk.get(f"{base}/files/{file}")["Content-Type"] == "application/pdf"
    assert desk.get(f"/plans/documents/{top.pk}/files/{file}").status_code == 404
    ring = desk.post(f"/plans/documents/{top.pk}/acts/link", {"upper": str(low.pk)})
    assert ring.status_code == 422 and "不能反过来" in words(ring)
    assert desk.post(f"{base}/acts/settle", {"note": "只作了解，已在会上传达"}).status_code == 302
    assert rows(desk.get("/plans/documents?tab=open")) == 0


def test_what_was_typed_stays_when_something_is_missing(cast: Cast) -> None:
    desk = entered(cast, "office")
    answer = desk.post("/plans/documents/new", typed(level="", number="安发〔2021〕9号"))
    assert answer.status_code == 422
    assert "安发〔2021〕9号" in answer.content.decode() and "请选哪一级" in words(answer)
    answer = desk.post("/plans/petitions/new", {"title": "短", "text": make.ASKED})
    assert answer.status_code == 422 and make.ASKED in answer.content.decode()


def test_a_petition_goes_its_way_over_the_pages(cast: Cast) -> None:
    desk, chair = entered(cast, "office"), entered(cast, "leader")
    desk.post("/plans/petitions/new", {"title": "关于提请下发《村民自治指导意见》的请示", "text": make.ASKED})
    row = Petition.objects.get()
    base = f"/plans/petitions/{row.pk}"
    assert chair.post(f"{base}/acts/agree").status_code in {403, 409}
    desk.post(f"{base}/acts/propose")
    chair.post(f"{base}/acts/schedule", {"agenda_on": clock.today().isoformat()})
    back = chair.post(f"{base}/acts/send_back", {"note": ""})
    assert back.status_code == 422 and "退回修改" in words(back)
    chair.post(f"{base}/acts/agree")
    desk.post(f"{base}/acts/send")
    row.refresh_from_db()
    assert row.state == "sent" and row.number in words(desk.get(base))
    assert desk.get(f"{base}/letter.pdf").content.startswith(b"%PDF")
    bad = desk.post(f"{base}/issue", {"number": "旬发〔2026〕3号", "issued_on": ""})
    assert bad.status_code == 422 and "旬发〔2026〕3号" in bad.content.decode()
    sent = {"number": "旬发〔2026〕3号", "issued_on": clock.today().isoformat(), "file": pdf()}
    assert desk.post(f"{base}/issue", sent).status_code == 302
    page = words(chair.get(base))
    assert "市委已下发" in page and "旬发〔2026〕3号" in page
    row.refresh_from_db()
    assert f"{row.number} 提请下发" in words(desk.get(f"/plans/documents/{row.outcome_id}"))


def test_a_plan_is_written_approved_and_changed_over_the_pages(cast: Cast) -> None:
    desk, chair = entered(cast, "office"), entered(cast, "leader")
    document = make.document(cast)
    desk.post("/plans/new", {"title": "关于推广“321”的实施方案", "document": str(document.pk)})
    plan = Plan.objects.get()
    base = f"/plans/{plan.pk}"
    early = desk.post(f"{base}/acts/submit")
    assert early.status_code == 409 and "还没有写目标" in words(early)
    assert desk.post(f"{base}/goals", {"goal_text": "代表全部编入网格"}).status_code == 302
    task = {"goal": "1", "text": "各镇代表编组入网", "owner": TOWN, "due_on": make.day(30).isoformat()}
    bad = desk.post(f"{base}/lines", {**task, "owner": ""})
    assert bad.status_code == 422 and "各镇代表编组入网" in bad.content.decode()
    desk.post(f"{base}/lines", {**task, "document": str(document.pk)})
    desk.post(f"{base}/acts/submit")
    assert desk.post(f"{base}/acts/approve").status_code == 403
    chair.post(f"{base}/acts/approve")
    assert "各镇代表编组入网" in words(desk.get(base))
    assert rows(desk.get(f"/plans/documents/{document.pk}")) == 1
    assert desk.get(f"{base}/write").status_code == 409
    desk.post(f"{base}/acts/amend", {"note": "市委要求提前"})
    changed = {**task, "due_on": make.day(10).isoformat()}
    assert desk.post(f"{base}/lines/1", changed).status_code == 302
    desk.post(f"{base}/lines", {**task, "text": "要去掉的任务"})
    desk.post(f"{base}/lines/2/remove")
    desk.post(f"{base}/acts/resubmit")
    chair.post(f"{base}/acts/approve")
    page = words(desk.get(f"{base}/versions/2"))
    assert make.day(30).isoformat() in page and make.day(10).isoformat() in page
    assert desk.get(f"{base}/versions/1.pdf").content.startswith(b"%PDF")


def test_a_town_reports_on_its_phone_and_the_desk_accepts(cast: Cast) -> None:
    plan = make.issued(cast)
    row = make.task(plan)
    phone, desk = entered(cast, "presidium"), entered(cast, "office")
    page = phone.get("/plans/tasks")
    assert rows(page) == 1 and "蜀河" not in words(page)
    base = f"/plans/tasks/{row.pk}"
    bad = phone.post(f"{base}/report", {"percent": "40", "words": "做"})
    assert bad.status_code == 422 and 'value="40"' in bad.content.decode()
    sent = {"percent": "40", "words": "三个村已经编好名单", "proof": pdf(), "request_id": "one"}
    for _ in range(2):
        assert phone.post(f"{base}/report", sent).status_code == 302
    assert row.reports.count() == 1
    assert rows(desk.get("/plans/tasks/reports")) == 1
    assert phone.post(f"{base}/acts/accept").status_code == 403
    desk.post(f"{base}/acts/accept")
    assert "40%" in words(phone.get(base))
    proof = row.reports.get().proof
    assert phone.get(f"{base}/proofs/{proof}").content == make.PDF
    other = make.task(plan, OTHER_TOWN)
    assert phone.get(f"/plans/tasks/{other.pk}").status_code == 404
    assert phone.get(f"/plans/tasks/{other.pk}/proofs/{proof}").status_code == 404
    assert phone.post(f"/plans/tasks/{other.pk}/report", sent).status_code == 404


def test_nobody_reports_for_another(cast: Cast) -> None:
    row = make.task(make.issued(cast))
    sent = {"percent": "40", "words": "三个村已经编好名单"}
    for who, status in (("office", 403), ("clerk", 404), ("deputy_city", 403)):
        assert entered(cast, who).post(f"/plans/tasks/{row.pk}/report", sent).status_code == status
    assert not row.reports.exists()


def test_a_meeting_over_the_pages_from_the_notice_to_the_tasks(cast: Cast) -> None:
    plan = make.issued(cast)
    desk, chair, phone = entered(cast, "office"), entered(cast, "leader"), entered(cast, "presidium")
    now = clock.now().astimezone(clock.SHANGHAI)
    form = {
        "plan": str(plan.pk), "title": "推进工作会", "day": f"{now:%Y-%m-%d}", "hour": f"{now:%H:%M}",
        "place": "市人大三楼", "agenda": "一、通报进度", "owners": [TOWN, "transport"],
    }  # fmt: skip
    missing = desk.post("/plans/meetings/new", {**form, "owners": []})
    assert missing.status_code == 422 and "市人大三楼" in missing.content.decode()
    desk.post("/plans/meetings/new", form)
    row = WorkMeeting.objects.get()
    base = f"/plans/meetings/{row.pk}"
    assert phone.get(base).status_code == 404
    desk.post(f"{base}/acts/notify")
    assert "通报进度" in words(phone.get(base))
    bad = phone.post(f"{base}/acts/reply", {"answer": "leave", "who": "李副主席"})
    assert bad.status_code == 422 and "李副主席" in bad.content.decode()
    phone.post(f"{base}/acts/reply", {"answer": "coming", "who": "陈主席"})
    phone.post(f"{base}/acts/sign_in", {"name": "陈主席"})
    assert phone.post(f"{base}/acts/sign_in", {"name": "陈主席"}).status_code == 409
    lines = {
        "text": "会议听取了各镇的进度。", "decision_text": ["补齐编组名单", ""], "decision_owner": [TOWN, ""],
        "decision_due_on": [make.day(20).isoformat(), ""], "decision_goal": ["1", ""],
    }  # fmt: skip
    bad = desk.post(f"{base}/minutes", {**lines, "decision_goal": ["", ""]})
    assert bad.status_code == 422 and "补齐编组名单" in bad.content.decode()
    assert desk.post(f"{base}/minutes", lines).status_code == 302
    assert phone.get(f"{base}/minutes.pdf").status_code == 404
    chair.post(f"{base}/acts/confirm")
    assert phone.get(f"{base}/minutes.pdf").content.startswith(b"%PDF")
    desk.post(f"{base}/acts/make_tasks")
    made = row.decisions.get().task
    assert made is not None and f"方案第 {made.number} 项" in words(desk.get(base))
    assert "推进工作会" in words(phone.get(f"/plans/tasks/{made.pk}"))


def test_todos_stand_on_first_screens_while_there_is_something_to_do(cast: Cast) -> None:
    make.document(cast)
    plan = make.issued(cast)
    make.reported(cast, make.task(plan))
    desk = words(entered(cast, "office").get("/desk"))
    assert "1 份上级文件还没有下文" in desk and "1 项任务报了进展等您审" in desk
    assert "1 项方案任务该报进展了" in words(entered(cast, "clerk").get("/desk"))
    assert "方案任务该报进展了" not in words(entered(cast, "presidium").get("/desk")), "reported, it waits"
    services.report_accept(actor=cast.office, task=make.task(plan))
    assert "等您审" not in words(entered(cast, "office").get("/desk"))


def test_lists_ask_a_fixed_number_of_times(cast: Cast, django_assert_max_num_queries: Any) -> None:
    plan = make.issued(cast)
    make.chain(cast)
    make.petition(cast, "sent")
    make.decided(cast, plan)
    desk, phone = entered(cast, "office"), entered(cast, "presidium")
    for address, limit in (
        ("/plans", 7), ("/plans/documents", 7), ("/plans/petitions", 6), ("/plans/meetings", 7),
        (f"/plans/{plan.pk}", 14), ("/plans/tasks/reports", 6),
    ):  # fmt: skip
        desk.get(address)
        with django_assert_max_num_queries(limit):
            desk.get(address)
    phone.get("/plans/tasks")
    with django_assert_max_num_queries(6):
        phone.get("/plans/tasks")
