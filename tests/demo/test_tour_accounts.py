"""Who tries the demo city is told of every account that was made for him."""

from __future__ import annotations

from pathlib import Path

from lianxin.demo.city import TOUR, TOUR_DEPUTIES
from lianxin.web.signin.views import TOUR as OFFERED

ROOT = Path(__file__).resolve().parents[2]
MADE = {*TOUR, *TOUR_DEPUTIES, "group_leader"}
SECOND = {"deputy_city2", "clerk2", "head2"}
"""Second people of a role: for scripts and co-signing, not for a first look."""


def test_make_run_names_every_account() -> None:
    line = next(one for one in (ROOT / "scripts/run.sh").read_text().splitlines() if "演示账号：" in one)
    assert set(line.partition("：")[2].rstrip('"').split()) == MADE


def test_the_sign_in_page_offers_one_account_of_each_kind() -> None:
    assert {name for name, _ in OFFERED} == MADE - SECOND
