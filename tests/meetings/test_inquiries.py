"""执法检查 and 专题调研: the list is looked at whole, each finding has a department and a day, and passes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from lianxin.common import clock
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.meetings import services
from lianxin.meetings.inquiries_workflow import INQUIRY, Facts, State
from lianxin.meetings.models import Finding, Inquiry
from lianxin.meetings.permissions import findings_visible_to, inquiries_visible_to
from tests.factories import forums as make
from tests.factories.cast import TOWN, Cast


def handed(cast: Cast) -> Inquiry:
    return make.handed_inquiry(cast.office, make.CITY, cast.deputy_row("deputy_city").pk, "power")


def test_from_the_plan_to_the_recheck(cast: Cast) -> None:
    row = handed(cast)
    finding = row.findings.get()
    assert finding.state == "handed_over" and finding.unit == "power" and finding.due_on
    finding = services.finding_report(actor=cast.head_power, finding=finding, report="已经补公开，定了办法。")
    finding = services.finding_recheck(actor=cast.office, finding=finding, passed=False, note="还差一个季度")
    assert finding.state == "handed_over" and finding.recheck
    finding = services.finding_report(actor=cast.head_power, finding=finding, report="两个季度都补上了。")
    with pytest.raises(Refused, match="还有 1 件没有复查通过"):
        services.inquiry_move(actor=cast.office, inquiry=row, act="close")
    services.finding_recheck(actor=cast.office, finding=finding, passed=True)
    assert services.inquiry_move(actor=cast.office, inquiry=row, act="close").state == "closed"


def test_nothing_starts_without_a_team_and_a_list(cast: Cast) -> None:
    row = services.inquiry_plan(
        actor=cast.office, division_code=make.CITY, kind="research", title="村规民约专题调研",
        subject="村规民约", begins_on=clock.today(), plan="", team=[],
    )  # fmt: skip
    with pytest.raises(Refused, match="还没有成员"):
        services.inquiry_move(actor=cast.office, inquiry=row, act="start")
    bare = services.inquiry_plan(
        actor=cast.office, division_code=make.CITY, kind="research", title="村务公开专题调研",
        subject="村务公开", begins_on=clock.today(), plan="", team=[cast.deputy_row("deputy_city").pk],
    )  # fmt: skip
    with pytest.raises(Refused, match="还没有清单"):
        services.inquiry_move(actor=cast.office, inquiry=bare, act="start")


def test_no_report_before_every_article_is_looked_at(cast: Cast) -> None:
    row = make.inquiry(cast.office, make.CITY, cast.deputy_row("deputy_city").pk)
    row = services.inquiry_move(actor=cast.office, inquiry=row, act="start")
    with pytest.raises(Refused, match="清单还有 1 条没有看"):
        services.inquiry_report(actor=cast.office, inquiry=row, report="检查报告：总体较好。")


def test_a_finding_needs_a_department_and_a_day(cast: Cast) -> None:
    row = make.working(cast.office, make.CITY, cast.deputy_row("deputy_city").pk, "power")
    with pytest.raises(Invalid) as caught:
        services.finding_add(
            actor=cast.office, inquiry=row, text="短", unit="没有", due_on=clock.today() - timedelta(days=1)
        )
    assert set(caught.value.fields) == {"text", "unit", "due_on"}
    with pytest.raises(Conflict):
        services.check_add(actor=cast.office, inquiry=row, article="第三十条", text="村务公开是否按时")


def test_only_the_own_department_reports_and_only_hosts_recheck(cast: Cast) -> None:
    finding = handed(cast).findings.get()
    with pytest.raises(Denied):
        services.finding_report(actor=cast.head, finding=finding, report="不是我们办的事。")
    finding = services.finding_report(actor=cast.head_power, finding=finding, report="已经补公开。")
    for who in ("head_power", "deputy_city", "presidium"):
        with pytest.raises(Denied):
            services.finding_recheck(actor=getattr(cast, who), finding=finding, passed=True)
    with pytest.raises(Denied):
        make.inquiry(cast.presidium, make.CITY, cast.deputy_row("deputy_city").pk)


def test_a_department_sees_its_finding_only_after_the_hand_over(cast: Cast) -> None:
    row = make.working(cast.office, make.CITY, cast.deputy_row("deputy_city").pk, "power")
    assert not findings_visible_to(cast.head_power).exists()
    assert inquiries_visible_to(cast.deputy_city).filter(pk=row.pk).exists()
    assert not inquiries_visible_to(cast.deputy_town).exists()


@given(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5), st.booleans())
def test_the_gates_follow_the_facts(team: int, checks: int, unchecked: int, has_report: bool) -> None:
    facts = Facts(team=team, checks=checks, unchecked=unchecked, has_report=has_report)
    assert (INQUIRY.refusal(State.PLANNED, "start", facts) is None) == bool(team and checks)
    assert (INQUIRY.refusal(State.AT_WORK, "report", facts) is None) == (not unchecked and has_report)


def browser(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.account(who), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_pages_from_plan_to_closing(cast: Cast) -> None:
    page, unit = browser(cast, "presidium"), browser(cast, "head")
    typed = {
        "kind": "inspection", "title": "村务公开执法检查", "subject": "村民委员会组织法",
        "begins_on": str(clock.today()), "team": [str(cast.deputy_row("deputy_town").pk)],
    }  # fmt: skip
    assert page.post("/forums/inquiries/new", {**typed, "title": "短"}).status_code == 422
    assert page.post("/forums/inquiries/new", typed).status_code == 302
    row = Inquiry.objects.get(division_code=TOWN)
    acts = f"/forums/inquiries/{row.pk}/acts"
    assert page.post(f"{acts}/start").status_code == 409
    assert (
        page.post(f"{acts}/add_check", {"article": "第三十条", "text": "村务公开是否按时"}).status_code == 302
    )
    assert page.post(f"{acts}/start").status_code == 302
    seen = {"check": str(row.checks.get().pk), "seen": "有两个季度没有公开。"}
    assert page.post(f"{acts}/check", seen).status_code == 302
    found = {"text": "集体收支没有按季公开", "unit": "transport", "due_on": "没有"}
    kept = page.post(f"{acts}/add_finding", found)
    assert kept.status_code == 422 and "集体收支没有按季公开" in kept.content.decode()
    assert page.post(f"{acts}/add_finding", {**found, "due_on": str(clock.today())}).status_code == 302
    assert page.post(f"{acts}/report", {"report": "检查报告：总体较好，发现一个问题。"}).status_code == 302
    assert page.post(f"{acts}/hand_over").status_code == 302
    finding = Finding.objects.get(inquiry=row)
    assert "集体收支" in unit.get("/forums/findings").content.decode()
    about = f"/forums/findings/{finding.pk}/acts"
    assert unit.post(f"{about}/report", {"report": "已经补公开，定了办法。"}).status_code == 302
    assert unit.post(f"{about}/pass").status_code == 403
    assert page.post(f"{about}/send_back", {"note": ""}).status_code == 422
    assert page.post(f"{about}/pass").status_code == 302
    assert page.post(f"{acts}/close").status_code == 302


def test_lists_ask_the_same_number_of_queries(cast: Cast) -> None:
    page = browser(cast, "office")
    handed(cast)
    page.get("/forums/inquiries")
    with CaptureQueriesContext(connection) as few:
        page.get("/forums/inquiries")
    make.handed_inquiry(cast.presidium, TOWN, cast.deputy_row("deputy_town").pk, "transport")
    with CaptureQueriesContext(connection) as more:
        page.get("/forums/inquiries")
    assert len(few) == len(more)
