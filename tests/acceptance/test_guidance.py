"""S4 and S5 on the demo city: the bench with its tasks since 2012, and the terms of the congress side by side."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest

from lianxin.campaigns.key_tasks import KeyTask, KeyTaskPart
from lianxin.common import clock
from lianxin.people.models import CongressTerm
from tests.acceptance.conftest import TOWN, Doors

NOTE = "各村巡查过了，两处公示栏当场换新。"


def _words(page: Any) -> str:
    return str(page.content.decode())


@pytest.mark.acceptance("S4")
def test_the_city_sees_the_task_of_2012_and_each_year_since(doors: Doors) -> None:
    page = _words(doors.page("office").get("/campaigns/work"))
    years = [int(one) for one in re.findall(r'<h3 class="num">(\d{4})</h3>', page)]
    assert years == sorted(years, reverse=True) and years[-1] == 2012
    assert set(range(2012, 2026)) <= set(years) and "市镇人大工作要点（2012年" in page
    task = KeyTask.objects.get(year=2012)
    one = _words(doors.page("office").get(f"/campaigns/work/{task.pk}"))
    towns = task.parts.count()
    assert "监督指导村民自治" in one and f"{towns}/{towns} 个镇办完" in one
    theme = KeyTask.objects.get(year=2017)
    assert theme.campaign is not None and f"/campaigns/themes/{theme.campaign_id}" in page


@pytest.mark.acceptance("S4")
def test_the_bench_leads_to_lamps_inspections_reviews_and_supervisors(doors: Doors) -> None:
    office = doors.page("office")
    page = _words(office.get("/campaigns/work"))
    for address in (
        "/village/board",
        "/campaigns/findings",
        "/campaigns/work/reviews?tab=done",
        "/campaigns/supervisors",
    ):
        assert f'href="{address}"' in page
        assert office.get(address).status_code == 200
    lamps = _words(office.get("/village/board"))
    inspected = re.search(r'本季度巡查 <span class="muted num">(\d+/\d+)<', lamps)
    assert inspected is not None and f"<b>{inspected[1]}</b>" in page
    for link, count in re.findall(r'light=red&amp;link=([a-z]+)"><b class="num">(\d+)<', page):
        listed = _words(office.get(f"/village/board?light=red&link={link}"))
        assert listed.count('<th scope="row"') == int(count), link


@pytest.mark.acceptance("S4")
def test_a_town_sees_only_its_own_part_in_lists_and_pages(doors: Doors) -> None:
    town = doors.page("presidium")
    page = _words(town.get("/campaigns/work"))
    assert "监督指导村民自治" in page and "个镇办完" not in page
    task = KeyTask.objects.filter(year=clock.today().year).latest("created_at")
    one = _words(town.get(f"/campaigns/work/{task.pk}"))
    assert one.count('id="part-') == 1 == task.parts.filter(division_code=TOWN).count()
    foreign = KeyTaskPart.objects.filter(task=task).exclude(division_code=TOWN).first()
    if foreign is None:  # the small city has one town
        foreign = KeyTaskPart.objects.create(home6=task.home6, division_code="610981103000", task=task)
    refused = town.post(f"/campaigns/work/parts/{foreign.pk}/acts/report", {"note": NOTE})
    assert refused.status_code == 404 and not foreign.events.filter(note=NOTE).exists()
    for who in ("village", "deputy_town", "keeper"):
        assert doors.page(who).get("/campaigns/work").status_code == 403


@pytest.mark.acceptance("S4")
def test_the_city_sets_a_task_and_the_town_reports_it(doors: Doors) -> None:
    title = f"清理公约里的罚款条款{uuid4().hex[:6]}"
    form = {
        "title": title, "basis": "市人大常委会工作要点", "aim": "逐村清理罚款条款，报镇备案。",
        "due_on": str(clock.today() + timedelta(days=30)), "towns": [TOWN],
    }  # fmt: skip
    assert doors.page("presidium").post("/campaigns/work/new", form).status_code == 403
    assert doors.page("office").post("/campaigns/work/new", form).status_code == 302
    part = KeyTaskPart.objects.get(task__title=title)
    town, acts = doors.page("presidium"), f"/campaigns/work/parts/{part.pk}/acts"
    assert title in _words(town.get("/campaigns/work"))
    assert town.post(f"{acts}/finish", {"note": "短"}).status_code == 422
    assert town.post(f"{acts}/finish", {"note": NOTE}).status_code == 302
    assert town.post(f"{acts}/reopen", {"note": "自己退回自己的。"}).status_code == 403
    assert "1/1 个镇办完" in _words(doors.page("office").get(f"/campaigns/work/{part.task_id}"))


def _figures(page: str) -> dict[str, int]:
    shown = re.findall(r'<a class="figure" href="[^"]*"><b>(\d+)</b><span>([^<]+)</span>', page)
    return {name: int(count) for count, name in shown}


@pytest.mark.acceptance("S5")
def test_another_term_shows_other_figures_and_each_is_its_lists_length(doors: Doors) -> None:
    office = doors.page("office")
    names = list(CongressTerm.objects.order_by("starts_on").values_list("name", flat=True))
    assert len(names) >= 3
    pages = {name: _words(office.get(f"/office/terms?term={quote(name)}")) for name in names}
    figures = [tuple(_figures(page).items()) for page in pages.values()]
    assert len(set(figures)) == len(names)
    for name in names:
        for slug, count in re.findall(
            rf'href="/office/terms/list/([a-z-]+)\?term={quote(name)}"><b>(\d+)</b>', pages[name]
        ):
            listed = _words(office.get(f"/office/terms/list/{slug}?term={quote(name)}"))
            assert f"共 {count} 条" in listed, (name, slug)
    assert "监督指导村民自治" in _words(office.get(f"/office/terms/list/key-tasks?term={quote(names[0])}"))


@pytest.mark.acceptance("S5")
def test_an_old_term_is_read_only_and_says_so(doors: Doors) -> None:
    office, old = doors.page("office"), CongressTerm.objects.order_by("starts_on")[0]
    assert "只能看，不能再改" in _words(office.get(f"/office/terms?term={quote(old.name)}"))
    part = KeyTaskPart.objects.filter(task__year=2012, division_code=TOWN).get()
    refused = office.post(f"/campaigns/work/parts/{part.pk}/acts/reopen", {"note": "想把老任务再改一改。"})
    assert refused.status_code == 409 and f"{old.name}，那一届到" in _words(refused)
    part.refresh_from_db()
    assert part.state == "done"
    held_on = old.ends_on
    assert held_on is not None
    form = {"topic": "clean", "reviewers": "9", "outcome": "praise", "words": "河边的垃圾大家一起清了。"}
    late = doors.page("village").post("/campaigns/moral/new", {**form, "held_on": str(held_on)})
    assert late.status_code == 409 and "只能看" in _words(late)
    assert doors.page("village").post(
        "/campaigns/moral/new", {**form, "held_on": str(clock.today())}
    ).status_code == 302  # fmt: skip


@pytest.mark.acceptance("S5")
def test_only_the_city_registers_a_new_term(doors: Doors) -> None:
    form = {"name": "旬阳市第二届", "starts_on": str(clock.today())}
    for who in ("presidium", "leader", "village", "admin"):
        assert doors.page(who).post("/office/terms/new", form).status_code == 403, who
    early = {"name": "旬阳市第二届", "starts_on": str(clock.today() + timedelta(days=40))}
    assert doors.page("office").post("/office/terms/new", early).status_code == 422
    assert not CongressTerm.objects.filter(name="旬阳市第二届").exists()
    assert doors.page("deputy_city").get("/office/terms").status_code == 403
