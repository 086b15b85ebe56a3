"""What the documents point to is there: links between pages, and paths of the source."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from scripts import reference

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
PATH = re.compile(r"`((?:src|tests|docs|scripts|benchmarks|examples|deploy)/[\w./-]+)`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_and_path_of_a_page_leads_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    lost = [link for link in LINK.findall(text) if not (page.parent / link).exists()]
    lost += [path for path in PATH.findall(text) if not (ROOT / path).exists()]
    assert lost == []


def test_the_generated_reference_is_that_of_this_code() -> None:
    """Red? Run `.venv/bin/python scripts/reference.py`."""
    folder = ROOT / "docs/reference"
    assert (folder / "parameters.md").read_text("utf-8") == reference.parameters()
    assert (folder / "data.md").read_text("utf-8") == reference.data()


def test_the_map_of_the_house_names_every_room() -> None:
    rooms = {file.parent.name for file in (ROOT / "src/lianxin").glob("*/__init__.py")}
    named = set(re.findall(r"`(\w+)`", (ROOT / "docs/reference/house.md").read_text("utf-8")))
    assert rooms - named == set()


def test_every_picture_is_in_the_gallery_and_light_enough() -> None:
    screens = ROOT / "docs/screens"
    shown = set(LINK.findall((screens / "README.md").read_text("utf-8")))
    pictures = list(screens.glob("*.png"))
    assert {picture.name for picture in pictures} - shown - {"overview.png"} == set()
    assert [picture.name for picture in pictures if picture.stat().st_size > 250_000] == []
