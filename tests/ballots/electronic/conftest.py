"""Tests of the trial by machine need Debian's `belenios-tool`; without the program they are skipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from lianxin.ballots.electronic import tool

WITHOUT = {"test_questions.py", "test_verifier.py", "test_without.py"}
"""What is decided without the program is tested without it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    skip = pytest.mark.skip(reason="belenios-tool is not installed")
    for item in items:
        if item.path.parent == here and item.path.name not in WITHOUT and not tool.is_installed():
            item.add_marker(skip)
