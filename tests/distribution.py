"""How the tests are dealt to the processes: a file stays together, what takes long begins first.

pytest-xdist alone begins with the files that have most tests, so that one long test comes last and
one process works while the others wait.
"""

from __future__ import annotations

from typing import Any

import pytest
from xdist.scheduler import Scheduling

from tests.runner.scheduling import PatientScheduling

LONG = (
    "tests/journeys/test_all_pages_accessible.py",
    "tests/journeys/test_j9_forum.py",
    "tests/journeys/test_j2_field.py",
    "tests/permissions/",
    "tests/privacy/",
    "tests/concurrency/",
    "tests/api/",
    "tests/demo/",
    "tests/moving/",
)
"""Beginnings of the addresses of what takes minutes, the longest first."""


dealt: list[PatientScheduling] = []
"""What deals the tests of this run; empty in the processes themselves."""


def apart(value: Any, group: str) -> Any:
    """Return a parameter whose test may run in another process than the rest of its file."""
    return pytest.param(value, marks=pytest.mark.xdist_group(group), id=str(value))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling | None:
    """Deal the files so that the death of a process costs only its own test."""
    if config.getvalue("dist") != "loadgroup":
        return None
    dealt.append(PatientScheduling(config, log))
    return dealt[-1]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the tests under which a process died, also where the second try passed."""
    for test in (test for one in dealt for test in one.fallen):
        terminalreporter.write_line(f"A PROCESS DIED under {test}; it was begun anew.")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what a run on a second database asks for."""
    parser.addoption(
        "--touching-database", action="store_true", help="only tests that ask the database something"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Group each file, unless the test names a group; put the long ones first."""
    if config.getoption("--touching-database"):
        left = [item for item in items if not _touches_database(item)]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if _touches_database(item)]
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.split("::")[0]))
    items.sort(key=_turn)


def _touches_database(item: pytest.Item) -> bool:
    asked = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(asked)


def _turn(item: pytest.Item) -> int:
    long = [place for place, start in enumerate(LONG) if item.nodeid.startswith(start)]
    return long[0] if long else len(LONG)
