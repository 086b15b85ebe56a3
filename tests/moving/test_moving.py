"""A stopped SQLite installation moves into an empty PostgreSQL whole, or not at all."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.apps import apps

from lianxin.config.moving.copying import tables_in_order
from lianxin.config.moving.refusing import KNOWN, kind_of
from tests.concurrency.served import ROOT, Served
from tests.moving.conftest import asked, execute

TRAIL = "audit_auditentry"
MOVE = "move_to_postgres"


def test_everything_is_the_same_afterwards_and_life_goes_on(embedded: Served, target: Served) -> None:
    """Every row, what was sealed, what a search finds; then a new matter gets the next numbers."""
    before = asked(embedded, "tell")
    done = target.run(MOVE)
    assert done.returncode == 0, done.stderr
    assert "审计链完整" in done.stdout
    assert asked(target, "tell") == before
    assert before["sealed"].startswith("实名举报")
    assert before["name"] == "石大山"
    assert before["found"]
    assert not before["missed"]
    assert asked(target, "write") == "found"
    assert target.run("audit", "verify").returncode == 0


def test_a_move_that_was_killed_is_simply_run_again(target: Served) -> None:
    """Everything is one transaction: what was killed left nothing behind."""
    running = subprocess.Popen(
        [sys.executable, "-m", "django", MOVE], env=target.env, cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert running.stdout
    assert any(line.startswith(TRAIL) for line in running.stdout)
    os.kill(running.pid, signal.SIGKILL)
    running.wait(10)
    running.stdout.close()
    assert _rows(target) == 0
    assert target.run(MOVE).returncode == 0
    assert _rows(target) > 0


def test_a_target_with_rows_and_a_running_installation_are_refused(embedded: Served, target: Served) -> None:
    file = str(embedded.data / "lianxin.sqlite3")
    with closing(sqlite3.connect(file)) as server:
        server.execute("SELECT count(*) FROM django_migrations").fetchone()
        (words,) = asked(target, "move", file)
    assert "正在使用" in words
    assert _rows(target) == 0
    first, second = asked(target, "move", file, file)
    assert first.startswith("moved")
    assert "不是空的" in second


def test_a_target_without_tables_is_refused(embedded: Served, database: Callable[[str], str]) -> None:
    done = Served(embedded.data, database_url=database("template1")).run(MOVE)
    assert done.returncode == 1
    assert "还没有建好" in done.stderr


def test_a_target_that_is_not_postgres_is_refused(embedded: Served) -> None:
    wrong = embedded.run(MOVE)
    assert wrong.returncode == 1
    assert "DATABASE_URL" in wrong.stderr


BROKEN = {
    "another version": (
        "DELETE FROM django_migrations WHERE app = 'search' AND name LIKE '0002%'",
        "不一致",
    ),
    "a table nobody copies": ("CREATE TABLE forgotten (id integer)", "forgotten"),
    "a changed trail": (
        f"DROP TRIGGER audit_no_update; UPDATE {TRAIL} SET tag = 'other' WHERE seq = 3",
        "审计链从第 3 条起不完整",
    ),
    "a reference to nothing": (
        "DELETE FROM people_account WHERE id IN (SELECT account_id FROM people_roleheld LIMIT 1)",
        "引用",
    ),
    "a text too long for its column": (
        "UPDATE opinions_opinion SET title = replace(hex(zeroblob(400)), '00', '密')",
        "COPY opinions_opinion, line 1, column title",
    ),
}


def test_a_source_that_is_not_whole_is_refused_and_nothing_is_kept(
    filled: Path, target: Served, tmp_path: Path
) -> None:
    """Each is named, none shows what stood in a row, and the target is as empty as it was."""
    files: list[Path] = []
    for place, (statements, _) in enumerate(BROKEN.values()):
        files.append(Path(shutil.copy(filled / "lianxin.sqlite3", tmp_path / f"{place}.sqlite3")))
        with closing(sqlite3.connect(files[-1])) as file:
            file.executescript(statements)
    *said, missing = asked(target, "move", *map(str, files), str(tmp_path / "nothing.sqlite3"))
    assert "没有找到" in missing
    for (name, (_, expected)), words in zip(BROKEN.items(), said, strict=True):
        assert expected in words, (name, words)
        assert "密密" not in words
    assert _rows(target) == 0


def test_a_lost_master_key_is_found_before_it_is_too_late(target: Served) -> None:
    target.extra["LIANXIN_MASTER_KEY"] = "another-key"
    done = target.run(MOVE)
    assert done.returncode == 1
    assert "主密钥" in done.stderr
    assert _rows(target) == 0


def test_every_kind_of_column_is_known_and_every_table_comes_after_what_it_refers_to() -> None:
    order = tables_in_order()
    assert set(order) == {one for one in apps.get_models(include_auto_created=True) if one._meta.managed}
    kinds = {kind_of(column) for model in order for column in model._meta.local_concrete_fields}
    assert kinds <= KNOWN
    late = [
        (model, column.name)
        for model in order
        for column in model._meta.local_concrete_fields
        if column.is_relation and order.index(column.related_model) > order.index(model)
    ]
    assert late == []


def _rows(target: Served) -> int:
    return int(execute(target.database_url, "SELECT count(*) FROM people_account")[0][0])
