"""Pages: refusals keep what was typed; lists ask the same number of questions however long they are."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lianxin.projects.lines import lines
from lianxin.projects.models import Project
from tests.factories import projects as make
from tests.factories.cast import TOWN, Cast

pytestmark = pytest.mark.django_db


def browser(cast: Cast, name: str = "") -> Client:
    client = Client()
    if name:
        client.force_login(cast.account(name), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_resident_wishes_and_gets_a_code(cast: Cast) -> None:
    row, client = make.opened(cast), browser(cast)
    short = client.post(
        "/projects/wish", {"round": row.pk, "text": "修", "place": "村口", "who_benefits": "全村"}
    )
    assert short.status_code == 422 and "村口" in short.content.decode()
    typed = {"round": row.pk, "text": "想把二组的路修好", "place": "二组", "who_benefits": "全组"}
    assert client.post("/projects/wish", typed).headers["Location"] == "/projects/wished"
    page = client.get("/projects/wished").content.decode()
    assert "XY-" in page
    code = client.session["project_wish_code"]
    assert "还在征集和筛选" in client.post("/projects/answer", {"code": code}).content.decode()
    assert client.post("/projects/answer", {"code": "XY-2222-2222"}).status_code == 422


def test_a_candidate_is_not_public_before_the_notice(cast: Cast) -> None:
    row = make.voted(cast)
    project, client = row.projects.get(rank=1), browser(cast)
    assert client.get(f"/projects/one/{project.pk}").status_code == 404
    assert project.title not in client.get(f"/projects/of/{TOWN}").content.decode()
    chosen = browser(cast, "presidium").post(f"/projects/rounds/{row.pk}/acts/announce")
    assert chosen.status_code == 302
    assert client.get(f"/projects/one/{project.pk}").status_code == 200


def test_the_whole_desk_shows(cast: Cast) -> None:
    project = make.underway(cast)
    make.reported(cast, project, photos=[make.photo()])
    row = project.round
    desk = browser(cast, "presidium")
    for path in (
        "/projects/rounds",
        "/projects/rounds/new",
        f"/projects/rounds/{row.pk}",
        f"/projects/rounds/{row.pk}/wishes",
        f"/projects/rounds/{row.pk}/candidates",
        f"/projects/rounds/{row.pk}/papers",
        f"/projects/cards/{project.pk}",
        f"/projects/work/{project.pk}",
        "/projects/board",
        "/projects/enter",
    ):
        assert desk.get(path).status_code == 200, path
    assert project.title in browser(cast, "deputy_town").get("/projects/mine").content.decode()
    assert project.title in browser(cast, "clerk_town").get("/projects/unit").content.decode()
    shown = browser(cast).get(f"/projects/one/{project.pk}").content.decode()
    assert "现场照片" in shown and "测试deputy_town" in shown
    assert browser(cast).get("/projects/history").status_code == 200


def test_a_refused_act_keeps_what_was_typed(cast: Cast) -> None:
    project = make.chosen(cast)
    typed = {"goals": "年底前完工", "safeguards": "专人负责", "steps": "三月 放线"}
    page = browser(cast, "presidium").post(f"/projects/work/{project.pk}/acts/write_plan", typed)
    assert page.status_code == 422
    assert "三月 放线" in page.content.decode() and "开头要写日期" in page.content.decode()


def test_the_list_of_cards_names_what_a_card_lacks(cast: Cast) -> None:
    project = make.card(cast, make.screening(cast), due_on=None, unit_code="")
    desk = browser(cast, "presidium")
    path = f"/projects/rounds/{project.round_id}/candidates"
    assert "缺完成时限、责任单位" in desk.get(path).content.decode()
    refused = desk.post(f"/projects/cards/{project.pk}/acts/nominate")
    assert refused.status_code == 409 and "缺完成时限、责任单位" in refused.content.decode()
    make.agreed(cast, make.card(cast, project.round, "第二组道路硬化"))
    Project.objects.filter(pk=project.pk).update(due_on=project.round.opened_on, unit_code="town-113")
    assert "缺完成时限" not in desk.get(path).content.decode()


def test_a_bad_test_of_unfinished_work_asks_for_the_list_on_its_page(cast: Cast) -> None:
    project = make.underway(cast)
    desk, path = browser(cast, "presidium"), f"/projects/work/{project.pk}"
    assert "整改清单" not in desk.get(path).content.decode()
    make.hold_test(project.round, satisfied=10)
    assert desk.post(f"/projects/rounds/{project.round_id}/acts/take_test").status_code == 302
    assert "acts/list_rectification" in desk.get(path).content.decode()
    typed = {"listed": "补做护栏和排水沟"}
    assert desk.post(f"{path}/acts/list_rectification", typed).status_code == 302
    unit = browser(cast, "clerk_town").get(path).content.decode()
    assert "acts/report_rectification" in unit and "acts/report" in unit


def test_the_head_asks_for_another_place_and_the_presidium_reads_it(cast: Cast) -> None:
    project = make.underway(cast)
    path = f"/projects/work/{project.pk}"
    typed = {"kind": "change", "cause": "汛期山体滑坡，需要改址再施工。", "new_place": "段家河村"}
    head, desk = browser(cast, "head_town"), browser(cast, "presidium")
    assert head.post(f"{path}/acts/propose_change", {**typed, "new_place": ""}).status_code == 422
    assert browser(cast, "clerk_town").post(f"{path}/acts/propose_change", typed).status_code == 403
    assert head.post(f"{path}/acts/propose_change", typed).status_code == 302
    page = desk.get(path).content.decode()
    assert "新的地点：段家河村" in page and "等法定机关决定" in page


def test_the_presidium_opens_the_list_again_on_its_pages(cast: Cast) -> None:
    row, desk = make.fixed(cast), browser(cast, "presidium")
    path, card = f"/projects/rounds/{row.pk}", f"/projects/cards/{row.projects.first().pk}"
    assert "acts/reopen_screening" in desk.get(path).content.decode()
    assert "acts/put_back" not in desk.get(card).content.decode()
    short = desk.post(f"{path}/acts/reopen_screening", {"reason": "改名"})
    assert short.status_code == 422 and "改名" in short.content.decode()
    typed = {"reason": "第一项的投资少写了一个零。"}
    assert browser(cast, "presidium_other").post(f"{path}/acts/reopen_screening", typed).status_code == 404
    assert desk.post(f"{path}/acts/reopen_screening", typed).status_code == 302
    assert "acts/put_back" in desk.get(card).content.decode()
    assert desk.post(f"{card}/acts/put_back").status_code == 302
    assert "改项目卡" in desk.get(card).content.decode()


def test_a_unit_does_not_see_candidates(cast: Cast) -> None:
    project = make.nominated(cast, make.screening(cast), 1)[0]
    assert browser(cast, "clerk_town").get(f"/projects/work/{project.pk}").status_code == 404


def test_a_list_asks_the_same_number_of_questions(cast: Cast) -> None:
    make.announced(cast, places=1)
    lines(Project.objects.all())
    with CaptureQueriesContext(connection) as few:
        lines(Project.objects.all())
    make.announced(cast, "610981000000", places=3)
    with CaptureQueriesContext(connection) as many:
        lines(Project.objects.all())
    assert len(many) == len(few) == 2


def test_pages_of_many_projects_ask_as_much_as_pages_of_few(cast: Cast) -> None:
    make.announced(cast, places=1)
    desk = browser(cast, "office")
    desk.get("/projects/board")
    with CaptureQueriesContext(connection) as few:
        desk.get("/projects/board")
    make.announced(cast, "610981000000", places=3)
    with CaptureQueriesContext(connection) as many:
        desk.get("/projects/board")
    assert len(many) == len(few)
