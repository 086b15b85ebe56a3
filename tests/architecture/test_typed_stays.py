"""A refused form shows the page again with what was typed; only bare buttons may go back with a message."""

from __future__ import annotations

import re
from pathlib import Path

WEB = Path(__file__).resolve().parents[2] / "src" / "lianxin" / "web"
AWAY = re.compile(r"messages\.(?:warning|error)\(request, (?:refusal|said|problem)\b")
BUTTONS = {
    "deputy/own_answer.py": "answer: three buttons",
    "forums/planning.py": "end, notify: buttons",
    "forums/seats.py": "read: a button",
    "office/pairing_people.py": "answer: three buttons",
    "resident/mine.py": "take back: two buttons",
    "station/reception.py": "tickets: buttons",
    "station/rota.py": "publish: a button",
}


def test_no_form_sends_away_what_was_typed() -> None:
    found = {
        str(file.relative_to(WEB)): len(AWAY.findall(file.read_text("utf-8"))) for file in WEB.rglob("*.py")
    }
    assert {name for name, count in found.items() if count} == set(BUTTONS)
    assert all(found[name] == 1 for name in BUTTONS), "a second one may be a form with fields"
