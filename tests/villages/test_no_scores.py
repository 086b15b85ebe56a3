"""No row and no page of the rooms of villages holds a score, a rank or a label of a resident."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps

import lianxin

SOURCE = Path(next(iter(lianxin.__path__)))
ROOMS = ("villages", "elections", "charters")
BANNED = re.compile(r"(^|_)(score|scores|points|rank|ranking|rating|label|labels|credit|grade|stars)($|_)")
FOLDERS = ("village", "elections", "charters")
WORDS = re.compile("信用分|积分|排名|评分|打分|重点人|上访户|刁民|红黑榜|落后户|表现差")
RESIDENT = re.compile(r"(^|_)(resident|villager|voter|person|household)(_|$)(name|id|phone)?")


@pytest.mark.parametrize("room", ROOMS)
def test_no_column_holds_a_score_or_a_label(room: str) -> None:
    models = list(apps.get_app_config(room).get_models())
    assert models
    wrong = [
        f"{model.__name__}.{field.name}"
        for model in models
        for field in model._meta.get_fields()
        if BANNED.search(field.name)
    ]
    assert wrong == []


@pytest.mark.parametrize("room", ("villages", "elections"))
def test_no_column_points_at_a_resident(room: str) -> None:
    wrong = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config(room).get_models()
        for field in model._meta.get_fields()
        if field.is_relation and RESIDENT.search(field.name)
    ]
    assert wrong == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_page_says_a_score_of_people(folder: str) -> None:
    pages = sorted((SOURCE / "web/templates/web" / folder).rglob("*.html"))
    assert pages
    wrong = [f"{page.name}: {found[0]}" for page in pages if (found := WORDS.search(page.read_text()))]
    assert wrong == []


def test_the_scan_finds_what_it_looks_for() -> None:
    assert BANNED.search("villager_score") and BANNED.search("rank") and not BANNED.search("scored_on_paper")
    assert WORDS.search("本村村民积分") and RESIDENT.search("voter")
