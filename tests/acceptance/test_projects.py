"""Livelihood projects voted by deputies: S57 (city and every town), S58 (whole way), S59 (516 in three years)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import Avg, Count, F

from lianxin.common import clock
from lianxin.people.selectors import deputies_of_body
from lianxin.projects.lines import by_lamp, lines
from lianxin.projects.models import Project, ProjectRound, Wish, YearTest
from lianxin.projects.workflow import SHOWN
from tests.acceptance.conftest import CITY, TOWN, Doors
from tests.factories.projects import hold_vote, photo

pytestmark = pytest.mark.django_db
UNIT = "town-113"


def _round(doors: Doors) -> ProjectRound:
    """Open the town's round of the year after next, by its page (the same one for all tests)."""
    year = clock.today().year + 2
    found = ProjectRound.objects.filter(division_code=TOWN, year=year).first()
    if found is None:
        form = {"year": str(year), "places": "1"}
        assert doors.page("presidium").post("/projects/rounds/new", form).status_code == 302
        found = ProjectRound.objects.get(division_code=TOWN, year=year)
    return found


def _act(doors: Doors, who: str, path: str, **typed: Any) -> int:
    return int(doors.page(who).post(f"/projects/{path}", typed).status_code)


def _wished(doors: Doors, row: ProjectRound, text: str) -> tuple[Wish, str]:
    client = doors.page()
    form = {"round": str(row.pk), "text": text, "place": "李家庄村二组", "who_benefits": "二组三十户"}
    assert client.post("/projects/wish", form).status_code == 302
    code = re.search(r"XY-\w{4}-\w{4}", client.get("/projects/wished").content.decode())
    assert code
    return Wish.objects.get(text=text), code[0]


def _card(doors: Doors, row: ProjectRound, **more: str) -> Project:
    title = f"第{uuid4().hex[:6]}号道路硬化"
    form = {
        "title": title,
        "place": "李家庄村",
        "need": "雨季出行不便",
        "content": "硬化通组路一点八公里",
        "amount": "860000",
        "fund_source": "县级财政",
        "beneficiaries": "320",
        "due_on": str(clock.today() + timedelta(days=200)),
        "unit_code": UNIT,
        **more,
    }
    assert doors.page("presidium").post(f"/projects/rounds/{row.pk}/cards/new", form).status_code == 302
    project = Project.objects.get(title=title)
    for kind in ("feasibility", "finance", "legal"):
        said = {"kind": kind, "agrees": "true", "organ": "镇财政所", "text": "同意，可以办。"}
        assert _act(doors, "presidium", f"cards/{project.pk}/acts/give_opinion", **said) == 302
    return project


@pytest.mark.acceptance("S57")
def test_city_and_every_town_vote_every_year() -> None:
    this_year = clock.today().year
    rows = ProjectRound.objects.filter(year__lte=this_year, state="announced")
    by_year = dict(rows.values_list("year").annotate(n=Count("division_code", distinct=True)).order_by())
    assert by_year == dict.fromkeys(range(2019, this_year + 1), 22)
    for row in rows:
        assert row.electorate and row.present and 3 * row.present >= 2 * row.electorate
    chosen = Project.objects.filter(state__in=SHOWN).select_related("round")
    assert all(2 * (one.votes_for or 0) > (one.round.electorate or 0) for one in chosen)
    left = Project.objects.filter(state="not_chosen").select_related("round")
    assert all(2 * (one.votes_for or 0) <= (one.round.electorate or 0) for one in left)
    assert ProjectRound.objects.filter(division_code=TOWN, year=this_year + 1, state="papers").exists()


@pytest.mark.acceptance("S57")
@pytest.mark.acceptance("S58")
def test_from_a_residents_wish_to_the_vote_the_work_and_the_poll(doors: Doors) -> None:
    row = _round(doors)
    text = f"想把{uuid4().hex[:6]}号路硬化"
    wish, code = _wished(doors, row, text)
    assert _act(doors, "keeper", f"wishes/{wish.pk}/acts/show") == 302
    assert doors.page().post(f"/projects/wishes/{wish.pk}/support").status_code == 302
    with clock.at(clock.now() + timedelta(days=31)):
        assert _act(doors, "presidium", f"rounds/{row.pk}/acts/close_collection") == 302
        first, second = _card(doors, row), _card(doors, row)
        without = _card(doors, row, amount="")
        assert _act(doors, "presidium", f"cards/{without.pk}/acts/nominate") == 409
        for card in (first, second):
            assert _act(doors, "presidium", f"cards/{card.pk}/acts/nominate") == 302
        assert _act(doors, "presidium", f"rounds/{row.pk}/acts/fix_candidates") == 409  # a wish is open
        assert _act(doors, "presidium", f"wishes/{wish.pk}/acts/take", project=str(first.pk)) == 302
        session = clock.today() + timedelta(days=8)
        assert _act(doors, "presidium", f"rounds/{row.pk}/acts/set_session", session_on=str(session)) == 302
        assert _act(doors, "presidium", f"rounds/{row.pk}/acts/fix_candidates") == 302
        for kind in ("party", "committee"):
            heard = {"kind": kind, "held_on": str(clock.today()), "note": "同意提请票决"}
            assert _act(doors, "presidium", f"rounds/{row.pk}/acts/record_preview", **heard) == 302
        assert _act(doors, "presidium", f"rounds/{row.pk}/acts/send_papers") == 302
        papers = doors.page("deputy_town").get(f"/projects/rounds/{row.pk}/papers").content.decode()
        assert first.title in papers and second.title in papers
        _vote_and_work(doors, row, first, second, code)


def _vote_and_work(doors: Doors, row: ProjectRound, first: Project, second: Project, code: str) -> None:
    assert _act(doors, "presidium", f"rounds/{row.pk}/acts/take_result") == 409  # nothing announced yet
    hold_vote(row)
    assert _act(doors, "presidium", f"rounds/{row.pk}/acts/take_result") == 302
    assert doors.page().get(f"/projects/one/{first.pk}").status_code == 404
    assert _act(doors, "presidium", f"rounds/{row.pk}/acts/announce") == 302
    assert "票决入选了" in doors.page().post("/projects/answer", {"code": code}).content.decode()
    second.refresh_from_db()
    assert second.state == "not_chosen"
    watch = [str(pk) for pk in deputies_of_body(TOWN).values_list("pk", flat=True)[:4]]
    work = f"work/{first.pk}/acts"
    assert _act(doors, "presidium", f"{work}/name_supervisors", deputies=watch) == 302
    days = "\n".join(f"{clock.today() + timedelta(days=50 * n)} 第{n}步" for n in (1, 2, 3))
    plan = {"goals": "年底前完工", "safeguards": "专人负责", "steps": days}
    assert _act(doors, "presidium", f"{work}/write_plan", **plan) == 302
    assert _act(doors, "presidium", f"{work}/publish_plan") == 302
    change = {"kind": "suspend", "cause": "汛期山体滑坡，需要改址再施工。"}
    assert _act(doors, "presidium", f"{work}/propose_change", **change) == 302
    said = {"members": "45", "present": "40", "votes_for": "30", "paper_number": "段人大发8号"}
    said["decided_on"] = str(clock.today())
    assert _act(doors, "presidium", f"{work}/decide_change", body="standing_committee", **said) == 422
    assert _act(doors, "office", f"{work}/decide_change", body="congress", **said) == 403
    assert _act(doors, "presidium", f"{work}/decide_change", body="congress", **said) == 302
    page = doors.page().get(f"/projects/one/{first.pk}").content.decode()
    assert "暂缓" in page and "段人大发8号" in page


@pytest.mark.acceptance("S58")
def test_one_project_of_the_city_shows_all_stages() -> None:
    whole = Project.objects.filter(division_code=TOWN, round__year=clock.today().year - 1, rank=1).get()
    assert whole.wishes.count() == 2 and whole.opinions.count() == 3
    acts = list(whole.events.values_list("act", flat=True))
    way = ["write", "give_opinion", "nominate", "choose", "name_supervisors", "write_plan", "publish_plan",
           "report", "visit", "complete", "evaluate"]  # fmt: skip
    assert sorted(set(way), key=acts.index) == way
    assert 3 <= whole.supervisors.count() <= 5 and whole.visits.count() == 2
    assert whole.milestones.filter(done_on=None).count() == 0 and whole.year_test.grade == "satisfied"
    assert whole.answers.count() >= 5
    refused = Wish.objects.filter(round=whole.round, state="refused")
    assert refused.exists() and all(wish.reason for wish in refused)


@pytest.mark.acceptance("S58")
def test_residents_see_photos_and_nobody_grades_unfinished_work(doors: Doors) -> None:
    year = clock.today().year
    whole = Project.objects.get(division_code=TOWN, round__year=year - 1, rank=1)
    page = doors.page().get(f"/projects/one/{whole.pk}").content.decode()
    assert "现场照片" in page and "监督代表" in page and "群众评价" in page
    picture = re.search(r"/projects/photos/[0-9a-f-]{36}", page)
    assert picture and doors.page().get(picture[0])["Content-Type"] == "image/jpeg"
    going = Project.objects.filter(state="underway")[0]
    assert doors.page().post(f"/projects/one/{going.pk}/poll", {"grade": "satisfied"}).status_code == 409
    assert len(photo()) > 100


@pytest.mark.acceptance("S59")
def test_516_projects_in_three_years_and_every_figure_is_its_list(doors: Doors) -> None:
    page = doors.page().get("/projects/history").content.decode()
    wanted = {2019: (158, 202), 2020: (172, 213), 2021: (186, 230)}
    for year, (chosen, candidates) in wanted.items():
        assert f'href="/projects/history/{year}/all">{chosen}</a>' in page
        for what, count in (("", chosen), ("?what=candidates", candidates)):
            behind = doors.page().get(f"/projects/history/{year}/all{what}").content.decode()
            assert f"共 {count} 件" in behind and behind.count('<tr><th scope="row">') == count
    three = Project.objects.filter(round__year__in=wanted, state__in=SHOWN)
    assert three.count() == 516
    assert (
        three.filter(round__level="city").count() == 30 and three.filter(round__level="town").count() == 486
    )
    assert Project.objects.filter(round__year__in=wanted).count() == 645


@pytest.mark.acceptance("S59")
def test_a_towns_figure_leads_to_its_list_and_an_unknown_place_to_nothing(doors: Doors) -> None:
    count = Project.objects.filter(division_code=TOWN, round__year=2021, state__in=SHOWN).count()
    behind = doors.page().get(f"/projects/history/2021/{TOWN}").content.decode()
    assert f"共 {count} 件" in behind
    assert doors.page().get("/projects/history/2021/999999999999").status_code == 404


@pytest.mark.acceptance("S59")
def test_lamps_and_tests_of_the_city_are_as_told() -> None:
    year = clock.today().year
    found = lines(Project.objects.filter(round__year=year, state__in=SHOWN))
    share = {lamp: round(100 * count / len(found)) for lamp, count in by_lamp(found).items()}
    for lamp, percent in {"green": 61, "yellow": 24, "red": 6, "done": 9}.items():
        assert abs(share[lamp] - percent) <= 1, share
    mean = YearTest.objects.aggregate(mean=Avg(F("satisfied") * 100.0 / F("members")))["mean"]
    assert 90 <= mean <= 92
    assert Project.objects.filter(state="rectifying").count() == 4
    assert ProjectRound.objects.filter(division_code=CITY, year=year + 1, state="collecting").exists()
