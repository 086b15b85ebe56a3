"""A full trial by machine: 300 voters at real kiosk processes, then the published board verified alone.

.venv/bin/python -m benchmarks.electronic_vote [voters] > benchmarks/results/electronic_vote.json
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.ballots.electronic.hall import Kiosk, stage
from tests.concurrency.served import Served

from lianxin.ballots.electronic import archive, elections, tool, verifier
from lianxin.ballots.management.commands.verify_election import board_at

KIOSKS = 2


def main() -> None:
    voters = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as folder:
        served = Served(Path(folder) / "data")
        served.prepare()
        print(json.dumps(_run(served, voters), indent=1, ensure_ascii=False))


def _run(served: Served, voters: int) -> dict[str, object]:
    opened = stage(served, "open", str(voters))
    served.serve()
    machines = [Kiosk(served, opened["code"], opened["hall_key"]).start() for _place in range(KIOSKS)]
    begun = time.monotonic()
    with ThreadPoolExecutor(KIOSKS) as people:
        queues = [
            people.submit(_queue, one, opened["cards"][place::KIOSKS]) for place, one in enumerate(machines)
        ]
        receipts = [receipt for one in queues for receipt in one.result()]
    cast = time.monotonic() - begun
    for one in machines:
        one.kill()
    papers = json.dumps(["12"] * voters)
    begun = time.monotonic()
    told = stage(served, "finish", papers)
    closed = time.monotonic() - begun
    board = board_at(f"{served.url}/evote/{opened['code']}/board.zip")
    served.kill()
    return {
        "voters": voters,
        "kiosks": KIOSKS,
        "ballots_on_board": len(archive.read(board).ballots()),
        "seconds_casting": round(cast, 1),
        "seconds_closing_to_publication": round(closed, 1),
        "board_bytes": len(board),
        **_verified(board, told["mark"], receipts),
        "counted": {key: row["for"] for key, row in told["result"]["counts"].items()},
        "processor_seconds_all": round(_processor(), 1),
    }


def _queue(machine: Kiosk, cards: list[str]) -> list[str]:
    receipts = []
    for place, card in enumerate(cards):
        receipt, page = machine.cast(card, *("1", "2")[: place % 3])
        assert receipt, page
        receipts.append(receipt)
    return receipts


def _verified(board: bytes, mark: str, receipts: list[str]) -> dict[str, object]:
    """Verify with the program alone on the published file, then with our own checks."""
    before = _processor()
    with tool.workshop() as folder:
        elections.unfold(board, folder)
        said = elections.verified(folder)
    alone = _processor() - before
    report = verifier.verify(board, mark=mark, receipts=receipts, run_tool=lambda content: said)
    return {
        "program_alone": said.strip().splitlines()[-1],
        "processor_seconds_verifying": round(alone, 1),
        "own_checks": {"passed": sum(one.passed for one in report.checks), "all": len(report.checks)},
    }


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
