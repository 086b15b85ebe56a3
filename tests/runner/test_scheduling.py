"""The death of a process costs at most the test it died under, and never the end of the run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
QUIET = "def test_first(): pass\ndef test_second(): pass\n"
DEADLY = """
import os, pathlib, signal
def test_before(): pass
def test_deadly():
    mark = pathlib.Path(__file__).with_name('died')
    if {always} or not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
def test_after(): pass
"""


def _run(folder: Path, files: dict[str, str]) -> subprocess.CompletedProcess[str]:
    for name, text in files.items():
        (folder / name).write_text(text)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = xdist_group\n")
    words = ["-n", "2", "--dist", "loadgroup", "--no-loadscope-reorder", "-p", "tests.distribution"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "xdist", *words, str(folder)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("place", ["test_a.py", "test_m.py", "test_z.py"])
def test_a_process_that_dies_once_is_begun_anew_and_everything_runs(tmp_path: Path, place: str) -> None:
    """Whether early, in the middle or at the end: all tests run, and the summary names the death."""
    quiet = {f"test_{sign}.py": QUIET for sign in "bcno"}
    done = _run(tmp_path, {**quiet, place: DEADLY.format(always=False)})
    assert done.returncode == 0, done.stdout
    assert "11 passed" in done.stdout
    assert "A PROCESS DIED under" in done.stdout
    assert "test_deadly" in done.stdout


def test_a_test_under_which_two_processes_die_has_failed(tmp_path: Path) -> None:
    """It is the only one that fails: what stands after it is run."""
    done = _run(tmp_path, {"test_a.py": DEADLY.format(always=True), "test_b.py": QUIET})
    assert done.returncode == 1, done.stdout
    assert "1 failed, 4 passed" in done.stdout


def test_without_deaths_nothing_is_said(tmp_path: Path) -> None:
    """A quiet run has no such line."""
    done = _run(tmp_path, {"test_a.py": QUIET, "test_b.py": QUIET, "test_c.py": "def test_one(): pass\n"})
    assert done.returncode == 0, done.stdout
    assert "5 passed" in done.stdout
    assert "DIED" not in done.stdout
