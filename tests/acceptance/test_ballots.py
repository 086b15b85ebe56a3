"""Duty reports are tested by secret ballot: S42. Two tellers, every figure, no way from a paper to a person."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from lianxin.audit.models import AuditEntry
from lianxin.ballots.models import Ballot, TallySheet
from lianxin.duties.models import DutyRecord
from lianxin.people.models import Account, Deputy
from lianxin.people.selectors import deputies_of_body
from tests.acceptance.conftest import TOWN, Doors
from tests.factories.ballots import scan

TELLERS = ("keeper", "group_leader")


def _act(page: Client, row: Ballot, name: str, **typed: Any) -> int:
    return int(page.post(f"/ballots/{row.pk}/acts/{name}", typed).status_code)


def _free(count: int) -> list[Deputy]:
    """Return deputies of the town who count nothing and hold no account of the tour."""
    known = deputies_of_body(TOWN).filter(account__is_demo=False)
    return list(known.distinct()[:count])


def _reports(doors: Doors, subjects: list[Deputy]) -> Ballot:
    """Prepare a test of duty reports through the presidium's page, with tellers and scrutineers."""
    page, mark = doors.page("presidium"), uuid4().hex[:6]
    form = {
        "purpose": "duty_review",
        "subject": f"第{mark}次述职测评",
        "session": "段家河镇代表述职评议会",
        "held_on": "2030-01-08",
        "options": "\n".join(one.name for one in subjects),
        "mode": "grades",
        "shortfall": "accept_fewer",
        "tie_rule": "most_votes",
    }
    assert page.post("/ballots/new", form).status_code == 302
    row = Ballot.objects.get(subject=form["subject"])
    for who in TELLERS:
        pk = str(Account.objects.get(username=who).pk)
        assert _act(page, row, "appoint", kind="teller", person=pk) == 302
    return row


def _voting(doors: Doors, subjects: list[Deputy], watchers: list[Deputy], papers: int) -> Ballot:
    page, row = doors.page("presidium"), _reports(doors, subjects)
    for one in watchers:
        assert _act(page, row, "appoint", kind="scrutineer", person=str(one.pk)) == 302
    for name in ("pass_method", "open"):
        assert _act(page, row, name) == 302
    assert _act(page, row, "sign_in", present=str(papers)) == 302
    assert _act(page, row, "declare_quorum") == 302
    assert _act(page, row, "issue", issued=str(papers)) == 302
    return row


def _entered(doors: Doors, who: str, row: Ballot, lines: list[str]) -> int:
    answer = doors.page(who).post(f"/ballots/{row.pk}/entry/1", {"papers": "\n".join(lines)})
    return int(answer.status_code)


@pytest.mark.acceptance("S42")
def test_a_duty_report_is_tested_and_every_total_is_issued_less_not_returned(doors: Doors) -> None:
    page, people = doors.page("presidium"), _free(4)
    row = _voting(doors, people[:2], people[2:], 40)
    assert _act(page, row, "close_box", returned="38") == 302
    lines = ["11"] * 20 + ["12"] * 9 + ["23"] * 5 + ["04", "40", "0", "x"]
    for who in TELLERS:
        assert _entered(doors, who, row, lines) == 302
    assert _act(page, row, "decide") == 302
    signed = SimpleUploadedFile("report.jpg", scan(), "image/jpeg")
    assert _act(page, row, "attach_scan", scan=signed) == 302
    assert _act(page, row, "announce", chair="陈主席") == 302
    row.refresh_from_db()
    said = row.outcome
    assert said["valid"] + said["void"] == row.returned == row.issued - 2
    for votes in said["counts"].values():
        assert sum(votes.values()) == said["valid"]
    assert said["counts"]["o1"] == {
        "satisfied": 29, "basically_satisfied": 5, "dissatisfied": 0, "unknown": 1, "unmarked": 2,
    }  # fmt: skip
    shown = doors.page("deputy_town").get(f"/ballots/{row.pk}").content.decode()
    assert people[0].name in shown and "基本满意" in shown
    assert DutyRecord.objects.filter(source_room="ballots", deputy=people[0]).exists()


@pytest.mark.acceptance("S42")
def test_no_announcement_while_two_tellers_differ_by_one_mark(doors: Doors) -> None:
    page, people = doors.page("presidium"), _free(4)
    row = _voting(doors, people[:2], people[2:], 40)
    assert _act(page, row, "close_box", returned="40") == 302
    assert _entered(doors, TELLERS[0], row, ["11"] * 40) == 302
    assert _entered(doors, TELLERS[1], row, ["11"] * 39 + ["12"]) == 302
    for name in ("decide", "announce"):
        assert _act(page, row, name, chair="陈主席") == 409
    apart = page.get(f"/ballots/{row.pk}/compare").content.decode()
    assert "相差 1 票" in apart and "王联络员" not in apart


@pytest.mark.acceptance("S42")
def test_more_papers_than_were_issued_void_the_test(doors: Doors) -> None:
    page, people = doors.page("presidium"), _free(4)
    row = _voting(doors, people[:2], people[2:], 40)
    assert _act(page, row, "close_box", returned="41") == 302
    row.refresh_from_db()
    assert row.state == "void"
    assert "这次投票作废" in page.get(f"/ballots/{row.pk}").content.decode()


@pytest.mark.acceptance("S42")
def test_whoever_reports_neither_counts_nor_watches(doors: Doors) -> None:
    page, people = doors.page("presidium"), _free(2)
    row = _reports(doors, people)
    assert _act(page, row, "appoint", kind="scrutineer", person=str(people[0].pk)) == 422
    assert _act(page, row, "release", officer=str(row.officers.filter(kind="teller")[0].pk)) == 302
    assert _act(page, row, "appoint", kind="teller", person=str(people[0].account_id)) == 422


@pytest.mark.acceptance("S42")
def test_no_column_and_no_trail_leads_from_a_paper_to_a_voter(doors: Doors) -> None:
    people = _free(4)
    row = _voting(doors, people[:2], people[2:], 40)
    assert _act(doors.page("presidium"), row, "close_box", returned="40") == 302
    assert _entered(doors, TELLERS[0], row, ["12"] * 40) == 302
    tables = [name for name in connection.introspection.table_names() if name.startswith("ballots_")]
    with connection.cursor() as cursor:
        columns = {
            table: {one.name for one in connection.introspection.get_table_description(cursor, table)}
            for table in tables
        }
    assert {table for table, names in columns.items() if "deputy_id" in names} == {
        "ballots_ballotelector", "ballots_ballotofficer", "ballots_ballotattendance",
    }  # fmt: skip
    known = {"id", "created_at", "home6", "ballot_id", "deputy_id"}
    assert columns["ballots_ballotelector"] == known
    assert columns["ballots_ballotattendance"] == known | {"coming", "reason"}
    assert TallySheet.objects.filter(batch__ballot=row).count() == 1
    facts = AuditEntry.objects.filter(target_id=str(row.pk)).values_list("facts", flat=True)
    assert not [one for one in facts if "satisfied" in one or "o1" in one]


@pytest.mark.acceptance("S42")
def test_every_town_of_the_demo_city_has_tested_reports_that_add_up(doors: Doors) -> None:
    past = Ballot.objects.filter(purpose="duty_review", events__act="register")
    towns = set(past.values_list("division_code", flat=True))
    held_again = past.filter(division_code=TOWN, session__contains="补述职")
    assert TOWN in towns and held_again.count() == 1
    assert past.count() == 2 * len(towns) + held_again.count()
    for one in past:
        assert one.returned <= one.issued <= one.present <= one.electorate
        assert one.outcome["valid"] + one.outcome["void"] == one.returned
        assert all(sum(votes.values()) == one.outcome["valid"] for votes in one.outcome["counts"].values())
