"""重点任务: the city sets them, each town reports its own part and sees no other town's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from lianxin.campaigns import services
from lianxin.campaigns.key_tasks import KeyTask, KeyTaskPart
from lianxin.campaigns.permissions import key_tasks_visible_to, parts_visible_to
from lianxin.common import clock
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.notifications.models import Notice
from lianxin.regions.loading import CITY
from tests.factories import campaigns as make
from tests.factories import terms, villages
from tests.factories.cast import OTHER_TOWN, TOWN, Cast

NOTE = "各村巡查过了，两处公示栏当场换新。"


def part(task: KeyTask, town: str = TOWN) -> KeyTaskPart:
    return task.parts.select_related("task").get(division_code=town)


def page_of(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.account(who), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_town_reports_and_finishes_its_part_and_every_step_stays(cast: Cast) -> None:
    task = make.key_task(cast)
    row = part(task)
    services.part_report(actor=cast.presidium, row=row, note="过半的村巡查过了。")
    services.part_finish(actor=cast.presidium, row=row, note=NOTE)
    row.refresh_from_db()
    assert (row.state, row.words, row.said_on) == ("done", NOTE, clock.today())
    services.part_reopen(actor=cast.office, row=row, note="还有三个村没有巡查。")
    assert [one.act for one in row.events.order_by("at", "id")] == ["report", "finish", "reopen"]
    assert (row.state, row.words) == ("open", NOTE)
    told = Notice.objects.filter(about_id=task.pk).values_list("recipient_key", flat=True)
    assert set(told) == {f"presidium@{TOWN}", f"presidium@{OTHER_TOWN}"}


def test_nobody_reports_for_another_town_and_no_town_sends_back(cast: Cast) -> None:
    row = part(make.key_task(cast))
    for who in (cast.presidium_other, cast.office, cast.leader, cast.village):
        with pytest.raises(Denied):
            services.part_report(actor=who, row=row, note=NOTE)
    services.part_finish(actor=cast.presidium, row=row, note=NOTE)
    with pytest.raises(Denied):
        services.part_reopen(actor=cast.presidium, row=row, note="自己退回自己的。")
    with pytest.raises(Conflict):
        services.part_report(actor=cast.presidium, row=row, note=NOTE)
    with pytest.raises(Invalid):
        services.part_reopen(actor=cast.office, row=row, note="不行")


def test_only_the_city_sets_a_task_and_says_all_of_it(cast: Cast) -> None:
    for who in (cast.presidium, cast.leader):
        with pytest.raises(Denied):
            services.key_task_open(**{**_form(cast), "actor": who})
    with pytest.raises(Invalid) as caught:
        services.key_task_open(**{**_form(cast), "title": "短", "basis": "", "aim": "", "towns": [],
                                  "due_on": clock.today()})  # fmt: skip
    assert set(caught.value.fields) == {"title", "basis", "aim", "towns", "due_on"}
    services.key_task_open(**_form(cast))
    with pytest.raises(Conflict):
        services.key_task_open(**_form(cast))


def _form(cast: Cast) -> dict[str, Any]:
    return {
        "actor": cast.office, "home6": CITY[:6], "title": "四个环节季度巡查", "basis": "市镇人大工作要点",
        "aim": "监督代表每季度到村巡查一次。", "due_on": clock.today() + timedelta(days=30), "towns": [TOWN],
    }  # fmt: skip


def test_a_town_sees_its_own_tasks_and_parts_and_the_city_sees_all(cast: Cast) -> None:
    both, theirs = make.key_task(cast), make.key_task(cast, [OTHER_TOWN], "指导换届")
    assert set(key_tasks_visible_to(cast.presidium)) == {both}
    assert {row.division_code for row in parts_visible_to(cast.presidium)} == {TOWN}
    assert set(key_tasks_visible_to(cast.office)) == {both, theirs} == set(key_tasks_visible_to(cast.leader))
    assert not key_tasks_visible_to(cast.village) and not key_tasks_visible_to(cast.deputy_town)


def test_the_pages_show_a_town_its_own_part_only(cast: Cast) -> None:
    villages.profiles()
    both, theirs = make.key_task(cast), make.key_task(cast, [OTHER_TOWN], "指导换届")
    services.part_report(
        actor=cast.presidium_other, row=part(both, OTHER_TOWN), note="别的镇的进展写在这里。"
    )
    town = page_of(cast, "presidium")
    listed = town.get("/campaigns/work").content.decode()
    assert both.title in listed and theirs.title not in listed and "本镇在办" in listed
    one = town.get(f"/campaigns/work/{both.pk}").content.decode()
    assert "别的镇的进展写在这里" not in one and "0/1 个镇办完" in one
    assert town.get(f"/campaigns/work/{theirs.pk}").status_code == 404
    assert town.post(f"/campaigns/work/parts/{part(both, OTHER_TOWN).pk}/acts/report").status_code == 404
    city = page_of(cast, "office").get(f"/campaigns/work/{both.pk}").content.decode()
    assert "别的镇的进展写在这里" in city and "0/2 个镇办完" in city


def test_what_was_typed_stays_when_it_is_refused(cast: Cast) -> None:
    villages.profiles()
    row = part(make.key_task(cast))
    town, address = page_of(cast, "presidium"), f"/campaigns/work/parts/{row.pk}/acts"
    refused = town.post(f"{address}/report", {"note": "太短"})
    assert refused.status_code == 422 and ">太短</textarea>" in refused.content.decode()
    assert town.post(f"{address}/finish", {"note": NOTE}).status_code == 302
    assert NOTE in town.get(f"/campaigns/work/{row.task_id}").content.decode()
    office = page_of(cast, "office")
    form = {"title": "清理不合法的公约条款", "basis": "市人大常委会工作要点", "due_on": ""}
    wrong = office.post("/campaigns/work/new", form)
    assert wrong.status_code == 422 and "清理不合法的公约条款" in wrong.content.decode()
    good = {**form, "aim": "逐村清理罚款条款，报镇备案。", "towns": [TOWN],
            "due_on": str(clock.today() + timedelta(days=30))}  # fmt: skip
    assert office.post("/campaigns/work/new", good).status_code == 302
    assert KeyTask.objects.get(title=form["title"]).parts.get().division_code == TOWN


def test_the_bench_asks_a_fixed_number_of_times(cast: Cast, django_assert_max_num_queries: Any) -> None:
    villages.profiles()
    office = page_of(cast, "office")
    for number in range(4):
        make.key_task(cast, title=f"第{number}项重点任务")
    office.get("/campaigns/work")
    with django_assert_max_num_queries(14):
        assert "第3项重点任务" in office.get("/campaigns/work").content.decode()


def test_a_task_of_an_ended_term_is_read_only(cast: Cast) -> None:
    villages.profiles()
    with clock.at(clock.now() - timedelta(days=400)):
        old = make.key_task(cast, due_days=100)
    now = make.key_task(cast)
    terms.registered(days_ago=30)
    with pytest.raises(Refused, match=f"{terms.OLD}.*只能看"):
        services.part_finish(actor=cast.presidium, row=part(old), note=NOTE)
    services.part_finish(actor=cast.presidium, row=part(now), note=NOTE)
    page = page_of(cast, "presidium").get(f"/campaigns/work/{old.pk}").content.decode()
    assert "这项任务只能看" in page and "<form" not in page.partition("<main")[2].partition("</main>")[0]
