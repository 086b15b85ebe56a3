"""Take one guard away at a time, in a copy of the source, and see a test turn red.

    python scripts/mutations.py                   all of them; writes docs/reference/mutations.md
    python scripts/mutations.py M05 M21-M30       only these; writes nothing
    python scripts/mutations.py --jobs 2          two side by side

The guards stand in tests/mutations/<room>.toml. A test is 「red」 when it fails by an assertion or a refusal;
any other end (an error in setup, a TypeError …) proves nothing and is 「broken」. A guard whose test does not
turn red is a guard that nothing holds: the run then ends with an error.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from mutation_bench import ROOT, Bench, Mutation

LISTS = ROOT / "tests" / "mutations"
PAGE = ROOT / "docs" / "reference" / "mutations.md"


def mutations() -> list[Mutation]:
    """Return all mutations, in the order of their numbers."""
    rooms = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in LISTS.glob("*.toml")}
    found = [Mutation(name, room, **words) for room, them in rooms.items() for name, words in them.items()]
    return sorted(found, key=lambda one: _number(one.id))


def _number(name: str) -> int:
    return int(name.removeprefix("M"))


def chosen(names: list[str]) -> list[Mutation]:
    """Return the mutations with these numbers (M05, M21-M30), or all of them."""
    spans = [tuple(_number(end) for end in name.split("-")) for name in names]
    return [one for one in mutations() if not spans or any(s[0] <= _number(one.id) <= s[-1] for s in spans)]


def main() -> int:
    """Run the wanted mutations; return 1 if a guard is missing or its test does not turn red."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("names", nargs="*", metavar="M05 | M21-M30")
    asked.add_argument("--jobs", type=int, default=1)
    given = asked.parse_args()
    wanted = chosen(given.names)
    with tempfile.TemporaryDirectory(prefix="lianxin-mutations-") as own:
        bench = Bench(Path(own), given.jobs)
        bench.set_up()
        whole = bench.unmutated(sorted({one.test for one in wanted}))
        if set(whole.values()) != {"passed"}:
            failing = [f"{test} {end}" for test, end in whole.items() if end != "passed"]
            print("the named tests must be green before a guard is taken away:", *failing, sep="\n")
            return 1
        said = {}
        with ThreadPoolExecutor(given.jobs) as pool:
            for one, colour in zip(wanted, pool.map(bench.tried, wanted), strict=True):
                said[one.id] = colour
                print(f"{one.id} {colour} {one.guard} — {one.test}", flush=True)
    if not given.names:
        _write(said)
    return 0 if set(said.values()) == {"red"} else 1


def _write(said: dict[str, str]) -> None:
    said_first = "由 `python scripts/mutations.py` 生成：每次在源码的副本里拿掉一道关，只跑点名的测试。"
    head = ["# 拿掉一道关，要有一个测试变红", "", said_first, ""]
    head += ["| 编号 | 拿掉的关 | 在哪里 | 应当变红的测试 | 结果 |", "|---|---|---|---|---|"]
    rows = [f"| {m.id} | {m.guard} | `{m.file}` | `{m.test}` | {said[m.id]} |" for m in mutations()]
    PAGE.write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
