"""承办台 and 单位红黄绿: a figure is the length of its list; another unit sees nothing."""

from __future__ import annotations

import pytest

from tests.factories.cast import Cast
from tests.factories.suggestions import assigned, part_of, replied
from tests.web.pages import entered, rows, words


@pytest.mark.parametrize("tab", ["open", "sign_for", "soon", "late", "to_sign", "returned", "done"])
def test_a_tab_counts_its_rows(cast: Cast, tab: str) -> None:
    assigned(cast)
    replied(cast, title="关于整修三组岔路口路面的建议", what_is_new="这次说的是另一段路，去年以后新修的")
    answer = entered(cast, "clerk").get(f"/unit/matters?tab={tab}")
    shown = [words for key, _, words in answer.context["tabs"] if key == tab]
    assert shown == [rows(answer)]


def test_the_board_counts_replies_in_time(cast: Cast) -> None:
    replied(cast)
    page = words(entered(cast, "oversight").get("/unit/board"))
    assert "100.0%（1／1）" in page


def test_a_unit_does_not_see_the_board(cast: Cast) -> None:
    assert entered(cast, "clerk").get("/unit/board").status_code == 403


def test_another_unit_does_not_see_the_matter(cast: Cast) -> None:
    part = part_of(assigned(cast))
    assert entered(cast, "clerk_power").get(f"/unit/matters/{part.id}").status_code == 404


def test_the_clerk_reads_who_asks_to_give_back_and_the_head_has_the_form(cast: Cast) -> None:
    part = part_of(assigned(cast))
    page = entered(cast, "clerk").get(f"/unit/matters/{part.id}")
    assert "由负责人登录后在这里申请退办" in words(page) and "act-request_return" not in page.content.decode()
    page = entered(cast, "head").get(f"/unit/matters/{part.id}")
    assert "act-request_return" in page.content.decode()
    assert "由负责人登录后在这里申请退办" not in words(page)
