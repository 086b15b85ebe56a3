"""What a machine without any package cache needs to install the product."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_build_backend_is_locked_and_installed_before_the_product() -> None:
    """`make run` builds without isolation: on a bare machine the backend comes from our own lock."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["build-system"]["requires"]
    names = {re.split(r"[<>=\[ ]", one)[0] for one in wanted}
    locked = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements/build.txt").read_text(), re.M))
    assert names <= locked
    setup = (ROOT / "Makefile").read_text().split("\nsetup:")[1].split("\n\n")[0]
    assert setup.index("requirements/build.txt") < setup.index("--no-build-isolation")
