"""There is one definition each of what a matter goes through in an organ's hands."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "lianxin"
ONCE = (
    "hand_over",
    "return_request",
    "return_decide",
    "reply_sign",
    "reply_draft",
    "urge",
    "extension_request",
)


def _definitions(name: str) -> list[str]:
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name:
                found.append(str(path.relative_to(SOURCE)))
    return found


@pytest.mark.parametrize("name", ONCE)
def test_it_is_defined_once_and_in_handling(name: str) -> None:
    places = _definitions(name)
    assert len(places) == 1
    assert places[0].startswith("handling/services/")


def test_the_scan_sees_definitions() -> None:
    assert len(_definitions("visible_to")) > 1
