"""The pages of charters: the clause editor, the town's check, what everybody reads and says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from lianxin.charters import services
from lianxin.charters.models import CharterComment, CharterText, RevisionRound
from lianxin.common import clock
from tests.factories import charters as make
from tests.factories import villages as ground
from tests.factories.cast import VILLAGE, Cast


@pytest.fixture(autouse=True)
def _villages(cast: Cast) -> None:
    ground.profiles()


def browser(cast: Cast, who: str = "") -> Client:
    client = Client()
    if who:
        client.force_login(cast.account(who), backend="django.contrib.auth.backends.ModelBackend")
    return client


def said(client: Client, address: str, **typed: Any) -> tuple[int, str]:
    answer = client.post(address, typed, follow=True)
    return answer.status_code, answer.content.decode()


def test_the_clerk_begins_from_the_model_and_edits_clause_by_clause(cast: Cast) -> None:
    clerk = browser(cast, "village")
    assert clerk.post("/charters/new", {"kind": "", "source": "model"}).status_code == 422
    assert clerk.post("/charters/new", {"kind": "covenant", "source": "model"}).status_code == 302
    text = CharterText.objects.get()
    row = make.clause(text)
    status, page = said(clerk, f"/charters/clauses/{row.pk}", words="短", reason="")
    assert status == 422 and ">短</textarea>" in page and "写的字都还在" in page
    status, page = said(
        clerk, f"/charters/clauses/{row.pk}", words="乱倒垃圾的罚款五十元。", reason="有人乱倒"
    )
    assert status == 200 and "行政处罚法" in page and "由人决定" in page
    refused = said(
        clerk, f"/charters/{text.pk}/acts/open_comments", until=str(clock.today() + timedelta(days=9))
    )
    assert refused[0] == 409 and "合法性提示" in refused[1]
    status, page = said(clerk, f"/charters/clauses/{row.pk}", words="乱倒垃圾的上门劝导。", reason="有人乱倒")
    assert status == 200 and "乱倒垃圾的上门劝导。" in page
    more = {"heading": "文明养犬", "words": "养狗要拴绳。", "reason": "有人被咬"}
    assert "新的一条加上了" in said(clerk, f"/charters/{text.pk}/clauses", **more)[1]
    assert said(clerk, f"/charters/{text.pk}/clauses", **{**more, "words": ""})[0] == 422
    assert said(clerk, f"/charters/clauses/{row.pk}/move", to="up")[0] == 200
    assert said(clerk, f"/charters/clauses/{row.pk}/remove", reason="")[0] == 422
    assert "删掉了" in said(clerk, f"/charters/clauses/{row.pk}/remove", reason="村里另有办法")[1]
    diff = clerk.get(f"/charters/{text.pk}/diff").content.decode()
    assert "新加" in diff and "删掉" in diff


def test_everybody_reads_and_comments_without_signing_in(cast: Cast) -> None:
    text, someone = make.commenting(cast), Client()
    village = someone.get(f"/charters/of/{VILLAGE}").content.decode()
    assert "正在修订" in village
    page = someone.get(f"/charters/read/{text.pk}?clause={make.clause(text).pk}").content.decode()
    assert "不用登录" in page and f'value="{make.clause(text).pk}" selected' in page
    status, page = said(someone, f"/charters/read/{text.pk}/say", words="好")
    assert status == 422 and "还没有送出" in page
    form = {"words": "垃圾桶再加两个。", "clause": str(make.clause(text).pk)}
    status, page = said(someone, f"/charters/read/{text.pk}/say", **form)
    assert status == 200 and "收到意见 1 条" in page and "垃圾桶再加两个" not in page
    assert CharterComment.objects.get().clause == make.clause(text)
    said(someone, f"/charters/read/{text.pk}/say", words="整个都挺好的。", clause="not-a-clause")
    assert CharterComment.objects.filter(clause=None).count() == 1
    clerk = browser(cast, "village").get(f"/charters/{text.pk}").content.decode()
    assert "垃圾桶再加两个" in clerk
    with clock.at(make.after_comments()):
        assert "期满" in someone.get(f"/charters/read/{text.pk}").content.decode()
        assert said(someone, f"/charters/read/{text.pk}/say", words="现在才看到。")[0] == 409


def test_another_comment_with_the_same_hidden_id_is_told_not_lost(cast: Cast) -> None:
    text, someone = make.commenting(cast), Client()
    assert "no-store" in someone.get(f"/charters/read/{text.pk}")["Cache-Control"]
    address, first = f"/charters/read/{text.pk}/say", {"words": "垃圾桶再加两个。", "request_id": "kept"}
    for _ in range(2):
        assert said(someone, address, **first)[0] == 200
    status, page = said(someone, address, **{**first, "words": "水费要公布。"})
    assert status == 409 and "这一条还没有" in page and "水费要公布。" in page
    assert said(someone, address, **first, clause=str(make.clause(text).pk))[0] == 409
    assert CharterComment.objects.count() == 1
    stranger = Client()
    stranger.get(f"/charters/read/{text.pk}")
    assert said(stranger, address, **first)[0] == 200
    assert CharterComment.objects.count() == 2


def test_the_clerk_settles_comments_and_enters_paper(cast: Cast) -> None:
    text, clerk = make.commenting(cast), browser(cast, "village")
    assert "同样算" in said(clerk, f"/charters/{text.pk}/acts/paper_comment", words="水费要公布。")[1]
    comment = CharterComment.objects.get()
    assert said(clerk, f"/charters/comments/{comment.pk}", outcome="", why="")[0] == 422
    assert (
        "处理结果写上了" in said(clerk, f"/charters/comments/{comment.pk}", outcome="taken", why="已加上")[1]
    )


def test_the_town_checks_and_files(cast: Cast) -> None:
    text = make.commenting(cast)
    with clock.at(make.after_comments()):
        services.check_ask(actor=cast.village, text=text)
    town, acts = browser(cast, "presidium"), f"/charters/{text.pk}/acts"
    assert said(town, f"{acts}/check_return", note="不行")[0] == 422
    assert "预审通过" in said(town, f"{acts}/check_pass")[1]
    clerk = browser(cast, "village")
    topic = make.voted(cast)
    few = make.voted(cast, present=4)
    assert said(clerk, f"{acts}/record_vote", topic="x")[0] == 422
    status, page = said(clerk, f"{acts}/record_vote", topic=str(few.pk))
    assert status == 200 and "不足法定人数" in page and "待表决" in page
    assert "表决登记上了" in said(clerk, f"{acts}/record_vote", topic=str(topic.pk))[1]
    assert said(clerk, f"{acts}/publish", effective_on="2000-01-01")[0] == 409
    assert "人人都能看到" in said(clerk, f"{acts}/publish", effective_on=str(clock.today()))[1]
    assert said(town, f"{acts}/file")[0] == 409
    said(clerk, f"{acts}/send")
    assert "段家河约备〔" in said(town, f"{acts}/file")[1]
    note = "第五条违反行政处罚法第十七条，请删去罚款。"
    assert "责令改正" in said(town, f"{acts}/order_correction", note=note)[1]
    assert "起草改正的一版" in clerk.get(f"/charters/{text.pk}").content.decode()
    assert note in clerk.get("/charters").content.decode()


def test_unknown_acts_are_refused(cast: Cast) -> None:
    text = make.draft(cast)
    clerk = browser(cast, "village")
    assert clerk.post(f"/charters/{text.pk}/acts/vote_failed").status_code == 404
    assert clerk.post(f"/charters/{text.pk}/acts/nothing").status_code == 404
    assert Client().get(f"/charters/read/{text.pk}").status_code == 404


def test_the_public_page_is_light_and_keeps_old_versions(cast: Cast) -> None:
    make.filed(cast, "charter")
    old = make.filed(cast)
    new = make.published(cast, in_days=20)
    answer = Client().get(f"/charters/of/{VILLAGE}")
    page = answer.content.decode()
    assert len(answer.content) < 60_000 and "<script" not in page.split("<main")[1]
    assert f"/charters/read/{new.pk}" in page and "村民自治章程" in page and old.filing_number in page
    assert Client().get(f"/charters/read/{old.pk}").status_code == 200
    assert "没有不同" in Client().get(f"/charters/read/{new.pk}/changes").content.decode()
    assert "第一版" in Client().get(f"/charters/read/{old.pk}/changes").content.decode()
    assert f"/charters/of/{VILLAGE}" in Client().get(f"/villages/{VILLAGE}").content.decode()


def test_the_board_asks_the_database_a_fixed_number_of_times(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    make.filed(cast)
    make.filed(cast, "charter")
    make.draft(cast)
    make.draft(cast, "charter", make.OTHER_VILLAGE)
    office = browser(cast, "office")
    office.get("/charters/board")
    with django_assert_max_num_queries(10):
        page = office.get("/charters/board").content.decode()
    assert "章程 1/2" in page and "公约 1/2" in page
    with django_assert_max_num_queries(10):
        gaps = office.get("/charters/board?tab=gap").content.decode()
    assert "蜀河" in gaps and "起草" in gaps


def test_the_office_opens_a_round_and_sees_the_gaps(cast: Cast, django_assert_max_num_queries: Any) -> None:
    office = browser(cast, "office")
    assert said(office, "/charters/rounds/new", name="第三轮修订", due_on="")[0] == 422
    due = str(clock.today() + timedelta(days=200))
    status, page = said(office, "/charters/rounds/new", name="第三轮修订", due_on=due)
    assert status == 200 and "没有完成 2" in page and "李家庄" in page
    assert "完成 0/2" in office.get("/charters/rounds").content.decode()
    assert "完成 0/1" in browser(cast, "presidium").get("/charters/rounds").content.decode()
    row = RevisionRound.objects.get()
    with django_assert_max_num_queries(12):
        office.get(f"/charters/rounds/{row.pk}")
    assert "还列在这里" in said(office, f"/charters/rounds/{row.pk}/close")[1]
