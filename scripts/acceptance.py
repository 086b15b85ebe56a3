"""Prove the claims on the full demo city: build it once, run the tests on copies, say which claim holds.

python scripts/acceptance.py                        both databases; builds the city in a folder of its own
python scripts/acceptance.py --on postgresql        one of them; what follows goes to pytest
LIANXIN_TEST_CITY=folder python scripts/acceptance.py   uses that folder, and builds there if it is empty
LIANXIN_TEST_CITY=folder python scripts/acceptance.py --build   only builds

The city is built on SQLite and moved by `lianxin move_to_postgres`, as a real installation would be;
each process of the tests copies the file, or makes its database from the template.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from postgres import running

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "acceptance-of-the-demo-2026"
CLAIMS = ROOT / "tests" / "acceptance" / "claims.csv"
PAGE = ROOT / "docs" / "reference" / "claims.md"
MAIN = "from lianxin.cli import main; main()"
DATABASES = ("sqlite", "postgresql")
Outcomes = dict[str, tuple[str, bool]]


def main() -> int:
    """Build, run, print, write; return 1 if a claim fails or none ran."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--on", choices=DATABASES)
    asked.add_argument("--build", action="store_true")
    given, words = asked.parse_known_args()
    with tempfile.TemporaryDirectory(prefix="lianxin-city-") as own:
        city = Path(os.environ.get("LIANXIN_TEST_CITY") or Path(own) / "city")
        env = _environment(city)
        if not (city / "demo_loaded").exists():
            _lianxin(env, ["migrate", "-v0"], ["demo", "--scale", "full", "--seed", "321"], said="city built")
        if given.build:
            return 0
        found: dict[str, Outcomes] = {}
        for database in [given.on] if given.on else DATABASES:
            found[database] = _on(database, env, Path(own), words)
            _print(database, found[database])
    if "sqlite" in found and not words:
        _write(_joined(found))
    return 0 if all(one and all(good for _, good in one.values()) for one in found.values()) else 1


def _on(database: str, env: dict[str, str], own: Path, words: list[str]) -> Outcomes:
    out = own / f"outcomes-{database}.json"
    if database == "sqlite":
        return _run(env, out, words)
    with _moved(env) as address:
        return _run({**env, "DATABASE_URL": address}, out, words)


@contextmanager
def _moved(env: dict[str, str]) -> Iterator[str]:
    """Give the address of a template database that holds the city."""
    with running() as server:
        with psycopg.connect(server, autocommit=True) as line:
            line.execute("CREATE DATABASE city")
        address = urlunsplit(urlsplit(server)._replace(path="/city"))
        move = ["move_to_postgres", "--from", f"{env['LIANXIN_DATA']}/lianxin.sqlite3"]
        _lianxin({**env, "DATABASE_URL": address}, ["migrate", "-v0"], move, said="city moved to PostgreSQL")
        yield address


def _print(database: str, outcomes: Outcomes) -> None:
    for node, (claim, good) in sorted(outcomes.items(), key=lambda one: (_order(one[1][0]), one[0])):
        where = "" if database == "sqlite" else " on PostgreSQL"
        print(f"{claim} {'ok' if good else 'fail'} {node}{where}", flush=True)


def _joined(found: dict[str, Outcomes]) -> Outcomes:
    """A test is good where it is good on every database that was asked."""
    bad = {node for one in found.values() for node, (_, good) in one.items() if not good}
    return {node: (claim, node not in bad) for node, (claim, _) in found["sqlite"].items()}


def _environment(city: Path) -> dict[str, str]:
    return {
        **os.environ,
        "LIANXIN_TEST_CITY": str(city),
        "LIANXIN_DATA": str(city),
        "LIANXIN_DEMO": "1",
        "LIANXIN_DEMO_PASSWORD": PASSWORD,
        "DJANGO_SETTINGS_MODULE": "lianxin.config.test_settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }


def _lianxin(env: dict[str, str], *commands: list[str], said: str) -> None:
    began = time.monotonic()
    for words in commands:
        subprocess.run([sys.executable, "-c", MAIN, *words], env=env, cwd=ROOT, check=True)
    print(f"{said}: {time.monotonic() - began:.0f} s", flush=True)


def _run(env: dict[str, str], out: Path, words: list[str]) -> Outcomes:
    plugins = ["-p", "tests.acceptance.city", "-p", "tests.acceptance.claims"]
    began = time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", *plugins,
         "tests/acceptance", *words],
        env={**env, "LIANXIN_CLAIMS_OUT": str(out)},
        cwd=ROOT,
        check=False,
    )  # fmt: skip
    print(f"claims asked: {time.monotonic() - began:.0f} s", flush=True)
    return json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}


def _write(outcomes: Outcomes) -> None:
    """Write the table of claims: what is proven, by which test, and what later work will build."""
    tests: dict[str, list[str]] = {}
    for node, (claim, good) in sorted(outcomes.items()):
        tests.setdefault(claim, []).append(f"`{node}`" + ("" if good else "（未通过）"))
    lines = ["# 文章里的话与它们的证明", ""]
    lines += ["由 `make acceptance` 生成，请勿手改。测试一栏写「未建」的，留给以后的工作。", ""]
    lines += ["| 编号 | 文章里的话 | 模块 | 页面 | 测试 |", "|---|---|---|---|---|"]
    with CLAIMS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            proof = "；".join(tests.get(row["claim"], ["未建"]))
            lines.append(f"| {row['claim']} | {row['text']} | {row['rooms']} | {row['page']} | {proof} |")
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _order(claim: str) -> tuple[int, str]:
    return int("".join(sign for sign in claim if sign.isdigit())), claim


if __name__ == "__main__":
    sys.exit(main())
