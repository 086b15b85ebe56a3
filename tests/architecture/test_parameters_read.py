"""Every parameter of the rulebook is read by code: a number that nobody reads promises what nothing keeps."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

SRC = Path(__file__).resolve().parents[2] / "src/lianxin"
DATA = SRC / "rulebook/data"
NOT_READERS = {SRC / "rulebook/words.py"}  # lists what may be typed; reads nothing
QUOTED = re.compile(r"""["']([a-z_]+\.[a-z0-9_.{}]+)["']""")
UNREAD = {  # name: why no code reads it
    "contest.votes_day": "fixed at one: a unique constraint on browser and day keeps it, the page shows it",
    "privacy.pia_keep_years": "the assessment is a paper of the organ's, docs/privacy.md asks to keep it",
    "security.log_keep_months": "the trail is never erased, so every minimum is kept",
}


def shipped() -> set[str]:
    files = DATA.glob("parameters*.json")
    return {row["name"] for path in files for row in json.loads(path.read_text("utf-8"))}


@cache
def quoted() -> frozenset[str]:
    """Return every quoted text that could be a parameter: in code, and in data that names targets."""
    code = [path for path in SRC.rglob("*.py") if "migrations" not in path.parts and path not in NOT_READERS]
    data = [path for path in SRC.rglob("data/*.json") if path.parent != DATA]
    return frozenset(text for path in (*code, *data) for text in QUOTED.findall(path.read_text("utf-8")))


def pattern_of(text: str) -> str | None:
    """Return an f-string as a pattern, or None where it says no more than the room's name."""
    fixed = re.split(r"\{[a-z_]+\}", text)
    said = "".join(fixed).partition(".")[2]
    return "[a-z_]+".join(map(re.escape, fixed)) if len(fixed) > 1 and said.strip("._") else None


def unread(names: set[str]) -> set[str]:
    patterns = [re.compile(one) for text in quoted() if (one := pattern_of(text))]
    return {one for one in names - quoted() if not any(found.fullmatch(one) for found in patterns)}


def test_every_parameter_is_read_or_says_why_not() -> None:
    names = shipped()
    assert len(names) > 150
    assert unread(names) == set(UNREAD)


def test_the_scan_would_see_one_that_nobody_reads() -> None:
    assert unread({"project.of_no_use", "opinion.sort_workdays"}) == {"project.of_no_use"}
    assert pattern_of("project.{name}") is None
    assert pattern_of("village.{name}_publish_days") == r"village\.[a-z_]+_publish_days"
