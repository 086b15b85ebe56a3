"""The loop by the API alone: the example walks it on a real server."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.concurrency.served import ROOT, Served, copied
from tests.factories.cast import PASSWORD


def test_the_example_walks_the_whole_loop(prepared: Path, tmp_path: Path) -> None:
    server = Served(copied(prepared, tmp_path / "data"))
    try:
        server.serve(workers=1, threads=2)
        told = subprocess.run(
            [
                sys.executable, str(ROOT / "examples/whole_loop.py"), f"{server.url}/api/v1/openapi.json",
                "--password", PASSWORD, "--cosigner", "deputy_city_2", "--assist", "clerk_power",
            ],
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
    finally:
        server.kill()
    assert told.returncode == 0, told.stdout + told.stderr
    assert "重新办理" in told.stdout
    assert "协办意见" in told.stdout
    assert told.stdout.count("：评价（") == 2
    assert "走完全程：closed" in told.stdout
