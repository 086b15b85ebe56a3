"""The yearly report writes itself, and each of its figures opens the list whose length it is: S99."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest

from lianxin.common import clock
from tests.acceptance.conftest import Doors


def _said(answer: Any) -> str:
    return re.sub(r"<[^>]+>", " ", answer.content.decode())


def _numbers(page: str) -> dict[str, int]:
    """Return each figure of the page by the name in its link."""
    found = re.findall(r'href="/office/report/([a-z_]+)\?year=\d+">(\d+)</a>', page)
    return {slug: int(number) for slug, number in found}


def _listed(doors: Doors, who: str, slug: str, year: int) -> int:
    """Walk the pages of a list and count its rows."""
    desk, address, rows = doors.page(who), f"/office/report/{slug}?year={year}", 0
    while address:
        page = desk.get(address).content.decode()
        rows += page.count("<li data-row>")
        following = re.search(r'href="(/office/report/[^"]+page=\d+)"', page)
        address = following[1].replace("&amp;", "&") if following else ""
    return rows


@pytest.mark.acceptance("S99")
def test_one_press_makes_the_report_and_its_figures_are_those_of_the_lists_and_the_dashboard(
    doors: Doors,
) -> None:
    year = clock.today().year
    desk = doors.page("presidium")
    before = _numbers(desk.get(f"/office/report?year={year}").content.decode())
    doors.said("村口到学校的路灯坏了三盏，晚上孩子放学看不见路，请修一修。")
    after = _numbers(desk.get(f"/office/report?year={year}").content.decode())
    assert after["opinions"] == before["opinions"] + 1
    for slug in ("handed", "days", "deeds", "kept"):
        assert _listed(doors, "presidium", slug, year) == after[slug], slug
    effect = _said(desk.get(f"/office/effect?year={year}"))
    for slug in ("replied", "in_time", "content", "kept", "contact"):
        assert f"算进来的 {after[slug]}" in effect
    made = desk.get(f"/office/report/paper.docx?year={year}")
    assert made.status_code == 200
    words = zipfile.ZipFile(io.BytesIO(made.content)).read("word/document.xml").decode()
    plain = re.sub(r"<[^>]+>", "", words)
    assert f"收到民情{after['opinions']}件" in plain
    assert f"交办代表建议{after['handed']}件" in plain
    printed = desk.get(f"/office/report/paper.pdf?year={year}")
    assert printed.content.startswith(b"%PDF")


@pytest.mark.acceptance("S99")
def test_the_report_shows_a_town_its_own_and_is_closed_to_who_does_not_answer_for_it(doors: Doors) -> None:
    year = clock.today().year
    own = _numbers(doors.page("presidium").get(f"/office/report?year={year}").content.decode())
    whole = _numbers(doors.page("office").get(f"/office/report?year={year}").content.decode())
    assert own["opinions"] < whole["opinions"]
    for who in ("deputy_town", "clerk", "keeper"):
        assert doors.page(who).get(f"/office/report/paper.docx?year={year}").status_code == 403, who
