"""The pages of guidance: themed years, the contest at the desk and for everybody, the deputy's sheet."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from lianxin.campaigns.models import Campaign, Contest, Inspection, MoralMeeting, Nomination
from lianxin.common import clock
from tests.factories import campaigns as make
from tests.factories import charters
from tests.factories import villages as ground
from tests.factories.cast import OTHER_VILLAGE, VILLAGE, Cast


@pytest.fixture(autouse=True)
def _villages(cast: Cast) -> None:
    ground.profiles(deputy=cast.deputy_row("deputy_town"))


def browser(cast: Cast, who: str = "") -> Client:
    client = Client()
    if who:
        client.force_login(cast.account(who), backend="django.contrib.auth.backends.ModelBackend")
    return client


def said(client: Client, address: str, **typed: Any) -> tuple[int, str]:
    answer = client.post(address, typed, follow=True)
    return answer.status_code, answer.content.decode()


def test_a_themed_year_by_its_pages(cast: Cast) -> None:
    office, clerk = browser(cast, "office"), browser(cast, "village")
    form = {"name": "全面规范年", "plan": "把四个环节都办规范，做到有章可循。", "wanted": "写清做法"}
    assert said(office, "/campaigns/themes/new", **form)[0] == 422
    due = str(clock.today() + timedelta(days=100))
    status, page = said(office, "/campaigns/themes/new", **form, due_on=due)
    assert status == 200 and "完成 0/2" in page
    row = Campaign.objects.get()
    task = row.tasks.get(division_code=VILLAGE)
    assert said(clerk, f"/campaigns/tasks/{task.pk}", evidence="做了")[0] == 422
    assert "填好了" in said(clerk, f"/campaigns/tasks/{task.pk}", evidence="公开栏换新，记录补齐。")[1]
    assert "完成 1/2" in office.get("/campaigns").content.decode()
    assert "完成 1/1" in browser(cast, "presidium").get("/campaigns").content.decode()
    assert said(office, f"/campaigns/themes/{row.pk}/close", summary="好")[0] == 422
    assert "小结" in said(office, f"/campaigns/themes/{row.pk}/close", summary="做完一半，明年接着做。")[1]


def test_the_contest_from_the_village_to_the_ten(cast: Cast) -> None:
    office, clerk, town = (browser(cast, who) for who in ("office", "village", "presidium"))
    assert said(office, "/campaigns/contests/new", name="评")[0] == 422
    said(office, "/campaigns/contests/new", name="十大金牌村规民约评选")
    contest = Contest.objects.get()
    desk = f"/campaigns/contests/{contest.pk}"
    assert "还没有生效的公约" in said(clerk, f"{desk}/nominate", why="大家都照着做，管用。")[1]
    charters.filed(cast)
    assert said(clerk, f"{desk}/nominate", why="好")[0] == 422
    assert "等镇审核" in said(clerk, f"{desk}/nominate", why="大家都照着做，管用。")[1]
    row = Nomination.objects.get()
    assert row.clauses and said(town, f"/campaigns/nominations/{row.pk}/review", passed="0")[0] == 422
    assert "审核通过" in said(town, f"/campaigns/nominations/{row.pk}/review", passed="1")[1]
    assert said(office, f"{desk}/acts/open_voting")[0] == 409
    make.many(cast, contest, 11)
    said(office, f"{desk}/acts/open_voting")
    someone = Client()
    assert "投这份公约一票" in someone.get(f"/campaigns/golden/{row.pk}").content.decode()
    assert "投好了" in said(someone, f"/campaigns/golden/{row.pk}/vote")[1]
    status, page = said(someone, f"/campaigns/golden/{row.pk}/vote")
    assert status == 409 and "明天可以再投" in page
    assert (
        "纸票录上了" in said(browser(cast, "keeper"), f"/campaigns/nominations/{row.pk}/count", count="7")[1]
    )
    said(office, f"{desk}/acts/close_voting")
    ids = [str(pk) for pk in contest.nominations.values_list("pk", flat=True)]
    status, page = said(office, f"{desk}/publish", winners=ids[:11])
    assert status == 409 and "正好选 10 份，现在选了 11 份" in page
    assert "结果公布了" in said(office, f"{desk}/publish", winners=ids[:10])[1]
    shown = someone.get("/campaigns/golden").content.decode()
    assert shown.count("/campaigns/golden/") == 10
    assert said(someone, f"/campaigns/golden/{row.pk}/vote")[0] in {404, 409}


def test_the_deputys_sheet_on_the_phone(cast: Cast) -> None:
    deputy = browser(cast, "deputy_town")
    assert "填巡查单" in deputy.get("/campaigns/mine").content.decode()
    address = f"/campaigns/inspections/new/{VILLAGE}"
    assert "/institutions/village-procedures#assembly-quorum" in deputy.get(address).content.decode()
    typed = {key: "ok" if ok else "bad" for key, ok in make.answers().items()}
    status, page = said(deputy, address, on=str(clock.today()), **typed)
    assert status == 422 and "是什么问题" in page and 'value="ok" checked' in page
    words = {f"{make.BAD}_words": "账目只有总数。"}
    status, page = said(deputy, address, on=str(clock.today()), **typed, **words)
    assert status == 200 and "账目只有总数。" in page
    assert "本季度巡查过了" in deputy.get("/campaigns/mine").content.decode()
    assert browser(cast, "deputy_town_2").get(address).status_code == 403
    row = Inspection.objects.get().findings.get()
    acts = f"/campaigns/findings/{row.pk}/acts"
    clerk = browser(cast, "village")
    assert said(clerk, f"{acts}/mend", note="")[0] == 422
    assert "待复查" in said(clerk, f"{acts}/mend", note="逐笔列出来了。")[1]
    assert said(deputy, f"{acts}/reopen", note="还差两笔。", due_on="")[0] == 422
    assert said(deputy, f"{acts}/nothing", note="还差两笔。")[0] == 404
    with clock.at(clock.now() + timedelta(days=40)):
        late = browser(cast, "presidium").get("/campaigns/findings").content.decode()
        assert "账目只有总数。" in late and "还没有巡查的村 1/1" in late
        home = browser(cast, "presidium").get("/desk").content.decode()
        assert "有 1 个问题到期没复查" in home
    assert "销号" in said(deputy, f"{acts}/close", note="看过了，清楚。")[1]


def test_supervisors_and_their_gaps(cast: Cast, django_assert_max_num_queries: Any) -> None:
    office = browser(cast, "office")
    office.get("/campaigns/supervisors")
    with django_assert_max_num_queries(12):
        assert "2/2" in office.get("/campaigns/supervisors").content.decode()
    address = f"/campaigns/supervisors/{VILLAGE}"
    assert said(office, address, deputy="x")[0] == 422
    deputy = cast.deputy_row("deputy_town_2")
    assert "安排好了" in said(office, address, deputy=str(deputy.pk))[1]
    assert browser(cast, "presidium").get(f"/campaigns/supervisors/{OTHER_VILLAGE}").status_code == 404


def test_findings_ask_a_fixed_number_of_times(cast: Cast, django_assert_max_num_queries: Any) -> None:
    make.inspected(cast)
    town = browser(cast, "presidium")
    town.get("/campaigns/findings?tab=open")
    with django_assert_max_num_queries(12):
        assert town.get("/campaigns/findings?tab=open").status_code == 200


def test_a_moral_review_by_its_page(cast: Cast) -> None:
    clerk = browser(cast, "village")
    form = {"held_on": str(clock.today()), "topic": "clean", "reviewers": "9", "outcome": "praise"}
    assert said(clerk, "/campaigns/moral/new", **form, words="短")[0] == 422
    assert "记上了" in said(clerk, "/campaigns/moral/new", **form, words="河边的垃圾大家一起清了。")[1]
    assert MoralMeeting.objects.count() == 1
    assert "河边的垃圾" in browser(cast, "presidium").get("/campaigns/moral").content.decode()
    public = Client().get(f"/villages/{VILLAGE}").content.decode()
    assert "道德评议" not in public


def test_without_a_contest_the_public_page_says_so(cast: Cast) -> None:
    assert "现在没有评选" in Client().get("/campaigns/golden").content.decode()
