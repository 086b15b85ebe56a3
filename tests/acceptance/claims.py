"""A pytest plugin (`-p tests.acceptance.claims`): says of each claim whether its tests passed."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

OUTCOMES: dict[str, tuple[str, bool]] = {}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let each report carry the claim that its test proves."""
    for item in items:
        for mark in item.iter_markers("acceptance"):
            item.user_properties.append(("claim", mark.args[0]))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note the outcome of a test: it fails if any of its phases fails."""
    for name, claim in report.user_properties:
        if name == "claim" and (report.when == "call" or report.failed):
            good = report.passed and OUTCOMES.get(report.nodeid, ("", True))[1]
            OUTCOMES[report.nodeid] = (str(claim), good)


def pytest_sessionfinish() -> None:
    """Write the outcomes for the runner (in the process that sees all reports)."""
    out = os.environ.get("LIANXIN_CLAIMS_OUT")
    if out and "PYTEST_XDIST_WORKER" not in os.environ:
        Path(out).write_text(json.dumps(OUTCOMES, ensure_ascii=False), encoding="utf-8")
