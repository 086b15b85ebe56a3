"""The pages of a vote: each stage its own, a teller sees only his own bundles, results wait for the announcement."""

from __future__ import annotations

import io
import re
from typing import Any

import pdfplumber
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lianxin.ballots import services
from lianxin.ballots.models import Ballot
from lianxin.ballots.services import SATISFACTION, Method, NewOption
from tests.factories import ballots as make
from tests.factories.cast import Cast

pytestmark = pytest.mark.usefixtures("deputies")
TEN = ["12", "12", "12", "12", "12", "12", "12", "1", "0", "x"]


def browser(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.account(who), backend="django.contrib.auth.backends.ModelBackend")
    return client


def press(client: Client, row: Ballot, act: str, **typed: Any) -> Any:
    return client.post(f"/ballots/{row.pk}/acts/{act}", typed)


def see(client: Client, row: Ballot, page: str = "") -> str:
    answer = client.get(f"/ballots/{row.pk}{page}")
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def test_a_vote_walks_through_its_pages(cast: Cast) -> None:
    host, one, two = browser(cast, "presidium"), browser(cast, "keeper"), browser(cast, "presidium_second")
    form = {
        "purpose": "other", "subject": "镇集市搬迁方案", "session": "段家河镇第六次会议", "held_on": "2030-01-08",
        "options": "方案甲：搬到河东|三十亩\n方案乙：原地改造", "mode": "approval_max_n", "places": "1",
        "shortfall": "accept_fewer", "tie_rule": "most_votes",
    }  # fmt: skip
    made = host.post("/ballots/new", form)
    row = Ballot.objects.get(subject="镇集市搬迁方案")
    assert made["Location"] == f"/ballots/{row.pk}" and "三十亩" in see(host, row)
    for who in ("keeper", "presidium_second"):
        assert press(host, row, "appoint", kind="teller", person=str(cast.account(who).pk)).status_code == 302
    for who in ("deputy_town_2", "deputy_town_3"):
        pk = str(cast.deputy_row(who).pk)
        assert press(host, row, "appoint", kind="scrutineer", person=pk).status_code == 302
    assert press(host, row, "pass_method").status_code == 302
    assert press(host, row, "open").status_code == 302
    assert "还差 8 人" in see(host, row)
    assert press(host, row, "declare_quorum").status_code == 409
    assert press(host, row, "sign_in", present="10").status_code == 302
    assert press(host, row, "declare_quorum").status_code == 302
    assert press(host, row, "issue", issued="11").status_code == 409
    assert press(host, row, "issue", issued="10").status_code == 302
    assert "锁定" in see(host, row)
    assert press(host, row, "close_box", returned="").status_code == 422
    assert press(host, row, "close_box", returned="10").status_code == 302
    papers = "\n".join(["1"] * 7 + ["2", "0", "12"])
    assert one.post(f"/ballots/{row.pk}/entry/1", {"papers": papers}).status_code == 302
    sums = {"way": "sums", "valid": "9", "void": "1", "blank": "1", "n1_for": "7", "n2_for": "1"}
    assert two.post(f"/ballots/{row.pk}/entry/1", sums).status_code == 302
    assert "完全一致" in see(host, row)
    assert press(host, row, "decide").status_code == 302
    assert "还没有公布" in see(host, row)
    assert press(host, row, "announce", chair="陈主席").status_code == 409
    scan = SimpleUploadedFile("scan.jpg", make.scan(), "image/jpeg")
    assert press(host, row, "attach_scan", scan=scan).status_code == 302
    assert press(host, row, "announce", chair="陈主席").status_code == 302
    shown = see(browser(cast, "deputy_town"), row)
    assert "方案甲" in shown and "通过" in shown and "情况记录" not in shown


def test_two_tellers_apart_by_one_tick_block_and_the_page_says_where_not_who(cast: Cast) -> None:
    row = make.counting(cast)
    make.enter(cast, row, "keeper", TEN)
    make.enter(cast, row, "presidium_second", [*TEN[:7], "14", "0", "x"])
    host = browser(cast, "presidium")
    page = see(host, row, "/compare")
    places = re.findall(r'<ul class="ballot-apart">(.*?)</ul>', page, re.DOTALL)
    assert len(places) == 1
    assert "4 硬化三组道路" in places[0] and "相差 1 票" in places[0] and "赞成" in places[0]
    for who in ("keeper", "presidium_second"):
        assert cast.account(who).display_name not in page
    assert press(host, row, "decide").status_code == 409
    assert press(host, row, "recount_batch", number="1").status_code == 302
    assert "重新清点" in see(browser(cast, "keeper"), row, "/entry")


def test_a_teller_sees_neither_the_result_nor_the_other_count(cast: Cast) -> None:
    row = make.counting(cast)
    make.enter(cast, row, "presidium_second", TEN)
    teller = browser(cast, "keeper")
    assert teller.get(f"/ballots/{row.pk}").headers.get("Location") == f"/ballots/{row.pk}/entry"
    assert teller.get(f"/ballots/{row.pk}/compare").status_code == 403
    page = see(teller, row, "/entry/1")
    assert "录好了" not in page
    make.enter(cast, row, "keeper", TEN)
    services.ballot_decide(actor=cast.presidium, ballot=row)
    assert teller.get(f"/ballots/{row.pk}", follow=True).redirect_chain[0][0].endswith("/entry")
    for paper in ("report.pdf", "minutes.pdf", "announcement.pdf", "scan", "board"):
        assert teller.get(f"/ballots/{row.pk}/{paper}").status_code in {403, 404}


def test_a_refused_bundle_keeps_every_key(cast: Cast) -> None:
    row = make.counting(cast)
    teller = browser(cast, "keeper")
    short = teller.post(f"/ballots/{row.pk}/entry/1", {"papers": "12\n1z"})
    assert short.status_code == 422 and "第 2 张" in short.content.decode()
    assert "12\n1z</textarea>" in short.content.decode()
    few = teller.post(f"/ballots/{row.pk}/entry/1", {"papers": "12\n12"})
    assert few.status_code == 422 and "这一捆应有 10 张" in few.content.decode()
    sums = {"way": "sums", "valid": "9", "void": "1", "blank": "", "n1_for": "8"}
    page = teller.post(f"/ballots/{row.pk}/entry/1", sums)
    assert page.status_code == 422 and 'value="8"' in page.content.decode()
    assert browser(cast, "deputy_town_2").get(f"/ballots/{row.pk}/entry/1").status_code == 404
    assert teller.get(f"/ballots/{row.pk}/entry/7").status_code == 404


def test_the_hall_never_sees_a_count_on_its_way(cast: Cast) -> None:
    row = make.matched(cast, TEN)
    host = browser(cast, "presidium")
    assert "ballot-counts" not in see(host, row, "/board")
    services.ballot_decide(actor=cast.presidium, ballot=row)
    assert "ballot-counts" not in see(host, row, "/board")
    services.scan_attach(actor=cast.presidium, ballot=row, scan=make.scan())
    services.ballot_announce(actor=cast.presidium, ballot=row, chair="陈主席")
    assert "ballot-counts" in see(host, row, "/board")


def text_of(data: bytes) -> str:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return "".join(page.extract_text() for page in document.pages)


def test_papers_say_every_figure(cast: Cast) -> None:
    row = make.announced(cast, TEN)
    host = browser(cast, "presidium")
    blank = text_of(host.get(f"/ballots/{row.pk}/ballot.pdf").content)
    assert "选" in blank and "装李家庄路灯" in blank and "无记名" in blank and str(row.pk)[:8] not in blank
    report = text_of(host.get(f"/ballots/{row.pk}/report.pdf").content)
    assert "计票结果报告单" in report and "监票人" in report and "修集市公厕" in report
    minutes = text_of(host.get(f"/ballots/{row.pk}/minutes.pdf").content).replace("\n", "")
    assert "发出选票10张，收回10张" in minutes.replace(" ", "")
    deputy = browser(cast, "deputy_town")
    public = text_of(deputy.get(f"/ballots/{row.pk}/announcement.pdf").content)
    assert "公告" in public and not public.lstrip().startswith("：") and "\n：" not in public
    for name in ("minutes.docx", "announcement.docx"):
        assert host.get(f"/ballots/{row.pk}/{name}").content[:2] == b"PK"
    assert host.get(f"/ballots/{row.pk}/scan")["Content-Type"] == "image/jpeg"


def test_no_result_is_printed_before_there_is_one(cast: Cast) -> None:
    row = make.matched(cast, TEN)
    host = browser(cast, "presidium")
    for name in ("report.pdf", "minutes.docx", "announcement.pdf", "scan"):
        assert host.get(f"/ballots/{row.pk}/{name}").status_code == 404


def test_void_and_anew_suspended_and_a_further_round_have_their_pages(cast: Cast) -> None:
    host = browser(cast, "presidium")
    row = make.quorate(cast)
    assert press(host, row, "sign_in", present="5").status_code == 302
    assert "已经休会" in see(host, row)
    assert press(host, row, "sign_in", present="9").status_code == 302
    assert press(host, row, "declare_quorum").status_code == 302
    assert press(host, row, "issue", issued="9").status_code == 302
    assert press(host, row, "close_box", returned="10").status_code == 302
    assert "作废" in see(host, row)
    assert press(host, row, "start_anew").status_code == 302
    anew = Ballot.objects.get(previous=row)
    assert "开会，开始签到" in see(host, anew) and "看重新投票" in see(host, row)
    tied = make.announced(cast, ["12"] * 4 + ["13"] * 4 + ["23"] * 4)
    assert "还要再投一轮" in see(host, tied)
    following = press(host, tied, "next_round")
    assert following["Location"] == f"/ballots/{Ballot.objects.get(previous=tied).pk}"


def test_grades_have_their_keys_and_their_figures(cast: Cast) -> None:
    subjects = [NewOption("a", "述职代表甲"), NewOption("b", "述职代表乙")]
    method = Method("grades", 1, grades=SATISFACTION)
    row = make.counting(cast, method, 8, options=subjects, purpose="duty_review")
    page = see(browser(cast, "keeper"), row, "/entry/1")
    assert "基本满意" in page and 'data-mode="grades"' in page
    lines = ["12"] * 8
    make.enter(cast, row, "keeper", lines)
    make.enter(cast, row, "presidium_second", lines)
    services.ballot_decide(actor=cast.presidium, ballot=row)
    shown = see(browser(cast, "presidium"), row)
    assert "述职代表乙" in shown and "等于公布了每个人怎么投" in shown


def test_lists_ask_the_same_few_queries_however_many(cast: Cast) -> None:
    host = browser(cast, "presidium")
    make.prepared(cast)
    host.get("/ballots")
    with CaptureQueriesContext(connection) as one:
        host.get("/ballots")
    for n in range(5):
        make.prepared(cast, subject=f"第{n}次表决事项")
    with CaptureQueriesContext(connection) as six:
        host.get("/ballots")
    assert len(six) == len(one)


def test_the_list_says_what_to_do_when_it_is_empty(cast: Cast) -> None:
    assert "现在没有票决或测评" in browser(cast, "presidium").get("/ballots").content.decode()
    assert "没有您能看的票决结果" in browser(cast, "deputy_town").get("/ballots").content.decode()


def test_a_new_vote_that_cannot_be_keeps_what_was_typed(cast: Cast) -> None:
    typed = {
        "purpose": "other",
        "subject": "表",
        "session": "",
        "held_on": "x",
        "options": "甲",
        "mode": "per_item",
    }
    answer = browser(cast, "presidium").post("/ballots/new", typed)
    assert answer.status_code == 422 and 'value="表"' in answer.content.decode()


def test_a_second_ballot_on_the_rest_offers_no_further_one(cast: Cast) -> None:
    method, desk = Method("approval_max_n", 3, shortfall="second_round"), browser(cast, "presidium")
    assert 'value="second_round"' in see(desk, make.prepared(cast, method))
    first = make.announced(cast, ["1"] * 10, method)
    assert press(desk, first, "next_round").status_code == 302
    second = Ballot.objects.get(previous=first)
    assert 'value="second_round"' not in see(desk, second)
    typed = {"places": "2", "shortfall": "second_round", "tie_rule": "most_votes"}
    answer = press(desk, second, "change_method", **typed)
    assert answer.status_code == 422 and "有几项算几项" in answer.content.decode()
