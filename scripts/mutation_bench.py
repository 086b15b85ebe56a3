"""Copies of the source in which a guard is taken away, and a filled database of which every run gets a copy.

Each run is a pytest of its own, forked from a process that has imported the libraries and nothing of ours.
"""

from __future__ import annotations

import compileall
import multiprocessing
import os
import queue
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
# A test that leaves a database with all tables and the people of the tests.
FILLS = "tests/architecture/test_mutations.py::test_a_database_that_is_kept_is_filled_once"
# What has its effect while the database is made: such a mutation makes its own.
IN_DATABASE = re.compile(r"/migrations/|/data/|/loading\.py$")
# How the message of a failed test begins when the test noticed, and did not merely fall over.
REFUSED = re.compile(
    r"AssertionError|assert |Failed: |lianxin\.common\.errors\.|django\.db\.utils\.IntegrityError|"
    r"django\.(http\.response\.Http404|core\.exceptions\.PermissionDenied)"
)
FORKS = multiprocessing.get_context("forkserver")
LIBRARIES = (
    "pytest hypothesis scipy.optimize scipy.sparse pypinyin openpyxl icalendar docx PIL.Image segno typst"
)
FORKS.set_forkserver_preload(LIBRARIES.split())
SECONDS = 15 * 60  # a test that never ends has not noticed


@dataclass(frozen=True)
class Mutation:
    """One guard taken away: where, how, and which test must notice."""

    id: str
    room: str
    guard: str
    file: str
    old: str
    new: str
    test: str


@dataclass
class Bench:
    """Copies of the source, and a filled database which every run gets a copy of."""

    own: Path
    jobs: int
    trees: queue.Queue[Path] = field(default_factory=queue.Queue)

    def set_up(self) -> None:
        """Copy the source once a job, and make the database once."""
        for job in range(self.jobs):
            tree = self.own / f"tree-{job}"
            shutil.copytree(ROOT / "src", tree / "src")
            compileall.compile_dir(tree / "src", quiet=2)
            (tree / "locale").symlink_to(ROOT / "locale")
            self.trees.put(tree)
        with self._tree() as tree:
            said = _tested([FILLS], tree, self.own / "filled")
        if set(said.values()) != {"passed"}:
            raise SystemExit(f"the database cannot be made: {said}")

    def unmutated(self, tests: list[str]) -> dict[str, str]:
        """Return what each test says while every guard stands."""
        with self._tree() as tree, self._data() as data:
            return _tested(tests, tree, data)

    def tried(self, mutation: Mutation) -> str:
        """Return 「red」, 「green」 (nobody noticed), 「gone」 (no such text) or what else the test said."""
        with self._tree() as tree:
            file = tree / "src" / "lianxin" / mutation.file
            text = file.read_text("utf-8")
            if text.count(mutation.old) != 1:
                return "gone"
            whole = shutil.copy2(file, file.with_suffix(".whole"))
            file.write_text(text.replace(mutation.old, mutation.new), "utf-8")
            try:
                with self._data(empty=bool(IN_DATABASE.search(f"/{mutation.file}"))) as data:
                    return _colour(_tested([mutation.test], tree, data, "-x"))
            finally:
                whole.replace(file)

    @contextmanager
    def _tree(self) -> Iterator[Path]:
        tree = self.trees.get()
        try:
            yield tree
        finally:
            self.trees.put(tree)

    @contextmanager
    def _data(self, *, empty: bool = False) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(dir=self.own) as folder:
            data = Path(folder) / "data"
            if not empty:
                shutil.copytree(self.own / "filled", data)
            yield data


def _tested(tests: list[str], tree: Path, data: Path, *more: str) -> dict[str, str]:
    """Run tests against a source tree and a data folder; return what each case said."""
    data.mkdir(exist_ok=True)
    report = data / "report.xml"
    paths = [str(tree / "src"), str(ROOT), str(ROOT / "scripts")]
    lean = ["-q", "-p", "no:cacheprovider", "-p", "no:schemathesis", "--reuse-db"]
    words = [*lean, f"--junit-xml={report}", "-o", f"pythonpath={' '.join(paths)}", *more, *tests]
    env = {"LIANXIN_DATA": str(data), "PYTHONPATH": os.pathsep.join(paths), "DATABASE_URL": ""}
    run = FORKS.Process(target=_run, args=(env, paths, words))
    run.start()
    run.join(SECONDS * len(tests))
    run.kill()
    try:
        cases = ElementTree.parse(report).iter("testcase")
    except (OSError, ElementTree.ParseError):
        return {"": "no report"}
    return {f"{case.get('classname')}.{case.get('name')}": _said(case) for case in cases}


def _run(env: dict[str, str], paths: list[str], words: list[str]) -> None:
    """Be a pytest of its own, in a process that has imported other people's libraries and nothing of ours."""
    os.environ.update(env)
    os.chdir(ROOT)
    sys.path[:0] = paths
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1), os.dup2(nowhere, 2)
    import_module("pytest").main(words)


def _said(case: ElementTree.Element) -> str:
    """Return 「passed」, 「red」, or the beginning of what went wrong."""
    ends = [end for end in case if end.tag in {"failure", "error", "skipped"}]
    if not ends:
        return "passed"
    message = ends[0].get("message", "")
    return "red" if ends[0].tag == "failure" and REFUSED.match(message) else f"{ends[0].tag}: {message[:120]}"


def _colour(said: dict[str, str]) -> str:
    ends = set(said.values())
    other = "green" if ends == {"passed"} else f"broken {sorted(ends)}"
    return "red" if "red" in ends else other
