"""The hall with real processes: kiosks that encrypt, a server that takes, the board that anybody verifies."""

from __future__ import annotations

import os
import random
import threading
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lianxin.ballots.electronic import verifier
from lianxin.ballots.management.commands.verify_election import board_at
from tests.ballots.electronic.hall import Kiosk, stage
from tests.concurrency.fixtures import prepared, served, server_database
from tests.concurrency.served import Served

__all__ = ["prepared", "served", "server_database"]
pytestmark = pytest.mark.slow
DATABASE = "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"
VOTERS = 14
"""A few: 300 voters are the benchmark's (benchmarks/electronic_vote.py), at about half a second each."""


@pytest.fixture
def kiosks(served: Served) -> Iterator[tuple[Served, dict[str, object], list[Kiosk]]]:
    opened = stage(served, "open", str(VOTERS))
    served.serve()
    machines = [Kiosk(served, opened["code"], opened["hall_key"]) for _place in range(2)]
    for one in machines:
        one.start()
    yield served, opened, machines
    for one in machines:
        one.kill()


@pytest.mark.parametrize("served", [DATABASE], indirect=True)
def test_a_hall_from_the_cards_to_the_verified_board(
    kiosks: tuple[Served, dict[str, list[str]], list[Kiosk]], tmp_path: Path
) -> None:
    served, opened, (one, two) = kiosks
    cards = opened["cards"]
    assert "扫码卡" in one.page() and "不在这次投票的码卡里" in one.page(
        "/paper", [("code", "aaa-bbb-ccc-ddd-eee")]
    )
    assert "修集市公厕" in one.page("/paper", [("code", cards[0])])
    over = one.page("/check", [("code", cards[0]), ("tick", "1"), ("tick", "2"), ("tick", "3")])
    assert "最多 2 项" in over and over.count("checked") == 3
    assert "空白票" in one.page("/check", [("code", cards[0])])
    receipts = [(one, two)[place % 2].cast(cards[place], *"12"[: place % 3])[0] for place in range(6)]
    assert all(receipts) and len(set(receipts)) == 6
    again, page = two.cast(cards[0], "2")
    assert again == receipts[0] and "已经投过" in page
    receipts += _killed_while_casting(served, opened, cards)
    receipts.append(_two_at_once(one, two, cards[10]))
    with urllib.request.urlopen(f"{served.url}/evote/{opened['code']}") as seen:
        board = seen.read().decode()
    assert not any(one in board for one in receipts), "no receipt is listed while voting goes on"
    told = stage(
        served, "finish", '["12", "1", "12", "12", "12", "12", "12", "12", "12", "12", "12", "12", "12", "0"]'
    )
    assert set(receipts) <= set(told["receipts"]) and len(told["receipts"]) == told["result"]["ballots"]
    published = board_at(f"{served.url}/evote/{opened['code']}/board.zip")
    report = verifier.verify(published, mark=told["mark"], receipts=receipts)
    assert report.passed, report
    assert report.ballots == len(told["receipts"]) <= VOTERS
    log = (served.data / "log").read_text()
    assert not [card for card in cards if card in log] and "/ballots" not in log


def _killed_while_casting(served: Served, opened: dict[str, list[str]], cards: list[str]) -> list[str]:
    """Kill a kiosk at random moments of a cast; who saw a receipt is on the board, who did not may try again."""
    receipts = []
    for card in cards[6:9]:
        machine = Kiosk(served, str(opened["code"]), str(opened["hall_key"])).start()
        threading.Timer(random.uniform(0.05, 0.9), machine.kill).start()
        try:
            seen = machine.cast(card, "1")[0]
        except OSError:
            seen = ""
        machine.kill()
        after = Kiosk(served, str(opened["code"]), str(opened["hall_key"])).start()
        receipt, _page = after.cast(card, "1")
        after.kill()
        assert receipt and seen in {"", receipt}
        receipts.append(receipt)
    return receipts


def _two_at_once(one: Kiosk, two: Kiosk, card: str) -> str:
    """Cast one card on two machines at the same moment: one ballot, and both learn its receipt."""
    with ThreadPoolExecutor(2) as people:
        first, second = people.map(lambda machine: machine.cast(card, "2")[0], (one, two))
    assert first == second != ""
    return first
