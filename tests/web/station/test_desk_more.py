"""What a keeper and an approver see beside a matter: its path, its sources, requests to look."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lianxin.common import clock
from lianxin.common.ids import uuid7
from lianxin.notifications.models import CallTask
from lianxin.opinions import services
from tests.factories import opinions as make
from tests.factories.cast import TOWN, Cast


def _page(cast: Cast, who: str, path: str) -> str:
    client = Client()
    client.force_login(cast.account(who), backend="django.contrib.auth.backends.ModelBackend")
    return client.get(path).content.decode()


def test_the_path_between_stations_is_shown(cast: Cast) -> None:
    row = make.recorded(cast)
    assert "在站点之间走过的路" not in _page(cast, "keeper", f"/station/opinions/{row.id}")
    services.opinion_escalate(actor=cast.keeper, opinion=row, note="本镇办不了，请市里协调")
    assert "上报给了" in _page(cast, "keeper_city", f"/station/opinions/{row.id}")


def test_the_sources_of_a_merged_matter_are_shown(cast: Cast) -> None:
    lead, other = make.recorded(cast), make.recorded(cast, "李家庄三组路口黑，盼着装路灯")
    services.opinions_merge(actor=cast.keeper, lead=lead, others=[other], reason="同一处路灯")
    shown = _page(cast, "keeper", f"/station/opinions/{lead.id}")
    assert "从哪几处来的" in shown and other.number in shown


def test_who_asks_to_look_waits_on_the_approvers_first_screen_and_not_on_his_own(cast: Cast) -> None:
    row = make.recorded(cast, name="王大爷", phone="13800001234")
    services.contact_ask(actor=cast.office, opinion=row, reason="核对现场位置")
    words = f"有人申请查看 {row.number}"
    assert words in _page(cast, "presidium", "/desk")
    assert words not in _page(cast, "office", "/desk")
    assert words not in _page(cast, "presidium_other", "/desk")


def test_a_call_that_is_none_is_refused_in_words(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.account("keeper"), backend="django.contrib.auth.backends.ModelBackend")
    for task in ("", "nonsense", "'; --", "01a20f52-ba66-7263-8c04-f18a0061fd39"):
        answer = client.post("/station/calls", {"task": task, "reached": "1"})
        assert answer.status_code == 404
        assert "没有找到这个电话" in answer.content.decode()


def _calls(count: int) -> list[CallTask]:
    row: dict[str, Any] = {
        "about_kind": "opinion",
        "reason": "告知",
        "due_on": clock.today(),
        "home6": TOWN[:6],
    }
    tasks = [
        CallTask(number=f"T{n:03d}", about_id=uuid7(), division_code=TOWN, dedupe=f"t{n}", **row)
        for n in range(count)
    ]
    return CallTask.objects.bulk_create(tasks)


def test_a_long_list_of_calls_goes_on_with_the_same_number_of_queries(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    _calls(3)
    client = Client()
    client.force_login(cast.account("keeper"), backend="django.contrib.auth.backends.ModelBackend")
    client.get("/station/calls")
    with CaptureQueriesContext(connection) as few:
        client.get("/station/calls")
    CallTask.objects.all().delete()
    _calls(60)
    with django_assert_num_queries(len(few)):
        first = client.get("/station/calls").content.decode()
    assert "T049" in first and "T050" not in first and "?from=50" in first
    second = client.get("/station/calls?from=50").content.decode()
    assert "T050" in second and "T049" not in second and "?from=100" not in second


def test_a_call_noted_twice_keeps_the_second_words(cast: Cast) -> None:
    (task,) = _calls(1)
    CallTask.objects.filter(pk=task.pk).update(state="done")
    client = Client()
    client.force_login(cast.account("keeper"), backend="django.contrib.auth.backends.ModelBackend")
    again = client.post("/station/calls", {"task": str(task.pk), "reached": "1", "result": "他说路修好了"})
    assert again.status_code == 409
    assert "他说路修好了" in again.content.decode()
