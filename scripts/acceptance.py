"""Prove the claims on the full demo city: build it once, run the tests on copies, say which claim holds.

python scripts/acceptance.py              builds the city in a folder of its own
LIANXIN_TEST_CITY=folder python scripts/acceptance.py   reuses one that was built before
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "acceptance-of-the-demo-2026"
CLAIMS = ROOT / "tests" / "acceptance" / "claims.csv"
PAGE = ROOT / "docs" / "reference" / "claims.md"
MAIN = "from lianxin.cli import main; main()"


def main() -> int:
    """Build, run, print, write; return 1 if a claim fails or none ran."""
    with tempfile.TemporaryDirectory(prefix="lianxin-city-") as own:
        city = Path(os.environ.get("LIANXIN_TEST_CITY") or own)
        env = _environment(city)
        if not (city / "demo_loaded").exists():
            _build(env)
        outcomes = _run(env, Path(own) / "outcomes.json")
    for node, (claim, good) in sorted(outcomes.items(), key=lambda one: (_order(one[1][0]), one[0])):
        print(f"{claim} {'ok' if good else 'fail'} {node}")
    _write(outcomes)
    return 0 if outcomes and all(good for _, good in outcomes.values()) else 1


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


def _build(env: dict[str, str]) -> None:
    began = time.monotonic()
    for words in (["migrate", "-v0"], ["demo", "--scale", "full", "--seed", "321"]):
        subprocess.run([sys.executable, "-c", MAIN, *words], env=env, cwd=ROOT, check=True)
    print(f"the city was built in {time.monotonic() - began:.0f} s", flush=True)


def _run(env: dict[str, str], out: Path) -> dict[str, tuple[str, bool]]:
    words = [
        "-q",
        "-n",
        "2",
        "--dist",
        "loadfile",
        "-p",
        "tests.acceptance.city",
        "-p",
        "tests.acceptance.claims",
    ]
    subprocess.run(
        [sys.executable, "-m", "pytest", *words, "tests/acceptance", *sys.argv[1:]],
        env={**env, "LIANXIN_CLAIMS_OUT": str(out)},
        cwd=ROOT,
        check=False,
    )
    return json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}


def _write(outcomes: dict[str, tuple[str, bool]]) -> None:
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
