"""The big screen: figures and places, nobody's name; its address holds for a time and cannot be made up."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from lianxin.common import clock
from lianxin.insight.screen.loop import HIGH, sankey
from lianxin.opinions.rules import public_figure, public_shade
from lianxin.web.screen.links import key_for
from tests.factories import opinions
from tests.factories.cast import HOME6, Cast
from tests.web.pages import entered

pytestmark = pytest.mark.django_db
SCENES = (1, 2, 3, 4)


def shown(client: Client, number: int, key: str = "") -> str:
    """Return a scene as a hall sees it."""
    answer = client.get(f"/screen/{key or key_for(HOME6)}/{number}")
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_scenes_show_topic_and_town_and_nothing_that_anybody_said(client: Client, cast: Cast) -> None:
    opinions.said(cast, "我叫秦桂香，三组的路灯坏了，请来看看。", name="秦桂香", phone="10012345678")
    pages = [shown(client, number) for number in SCENES]
    assert "交通道路" in pages[0]
    for page in pages:
        for word in ("秦桂香", "10012345678", "三组的路灯"):
            assert word not in page


def test_a_figure_that_could_point_at_a_person_is_not_told(client: Client, cast: Cast) -> None:
    for number in range(4):
        opinions.said(cast, f"村口第 {number} 盏路灯坏了。")
    assert '<text class="count" x="' in shown(client, 1)
    assert ">&lt;5</text>" in shown(client, 1)
    opinions.said(cast, "桥上的第五盏路灯也坏了。")
    page = shown(client, 1)
    assert ">&lt;5</text>" not in page
    assert ">5</text>" in page


@given(count=st.integers(0, 500), below=st.integers(2, 50))
def test_public_figures_and_shades_never_tell_a_small_number(count: int, below: int) -> None:
    assert (public_figure(count, below) == str(count)) is (count == 0 or count >= below)
    assert (public_shade(count, below) == 0) is (count == 0)
    assert len({public_shade(small, below) for small in range(1, below)}) == 1


def test_a_scene_needs_no_signing_in_but_an_address_that_was_given_out(client: Client, cast: Cast) -> None:
    assert client.get(f"/screen/{HOME6}/1").status_code == 404
    assert client.get(f"/screen/{key_for(HOME6)}x/1").status_code == 404
    key = key_for(HOME6)
    assert client.get(f"/screen/{key}/9").status_code == 404
    with time_machine.travel(clock.now() + timedelta(days=91), tick=False):
        assert client.get(f"/screen/{key}/1").status_code == 404


def test_the_office_makes_the_address_and_a_department_does_not(cast: Cast) -> None:
    assert "/screen/" in entered(cast, "office").get("/screen").content.decode()
    assert entered(cast, "clerk").get("/screen").status_code == 403


def test_the_flow_is_as_high_as_what_came_in_and_thin_ways_can_still_be_read() -> None:
    nodes, flows = sankey(100, [("a", 97, 90), ("b", 3, 0), ("c", 0, 0)])
    assert nodes[0].count == 100
    assert nodes[0].high == HIGH
    assert sum(node.count for node in nodes[1:4]) == 100
    assert [node.count for node in nodes[4:]] == [90, 10]
    assert min(node.high for node in nodes) >= 34
    assert len(flows) == 9
