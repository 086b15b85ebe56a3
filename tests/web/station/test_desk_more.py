"""What a keeper and an approver see beside a matter: its path, its sources, requests to look."""

from __future__ import annotations

from django.test import Client

from lianxin.opinions import services
from tests.factories import opinions as make
from tests.factories.cast import Cast


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
