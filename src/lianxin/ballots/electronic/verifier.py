"""Checking a published board, by anybody and anywhere: `belenios-tool` and what it does not look at. Pure.

The program accepts one ballot that stands on the board twice, and cannot know what was read out in the
hall; so the checks besides it are ours: one ballot a card, none after the closing, the mark, the receipts.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lianxin.ballots.electronic import archive, elections, tool

SECONDS_A_BALLOT = 0.12
"""What one ballot takes the program to verify, measured with 13 options; for the progress line only."""


@dataclass(frozen=True, slots=True)
class Check:
    """One question put to the board."""

    words: str
    passed: bool
    found: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All that was checked, and the figures of the board."""

    checks: tuple[Check, ...]
    ballots: int = 0
    cards: int = 0
    mark: str = ""
    result: tuple[tuple[int, ...], ...] = ()

    @property
    def passed(self) -> bool:
        """Say whether every check passed."""
        return all(one.passed for one in self.checks)


def verify(
    content: bytes,
    *,
    mark: str = "",
    receipts: Iterable[str] = (),
    run_tool: Callable[[bytes], str] | None = None,
) -> Report:
    """Return what a board is worth; `mark` and `receipts` are what was read out and what voters hold."""
    try:
        board = archive.read(content)
        ballots = board.ballots()
    except archive.Damaged as damaged:
        return Report((Check("公示板文件完整，没有改动", False, str(damaged)),))
    cards = json.loads(board.setup()[2])
    made = archive.board_print(archive.receipt_of(one) for one in ballots)
    checks = (
        Check("公示板文件完整，没有改动", True),
        _program(content, run_tool or _by_tool),
        *_own(board, ballots, cards),
        *_told(ballots, made, mark, receipts),
    )
    return Report(checks, len(ballots), len(cards), made, _result(board))


def _by_tool(content: bytes) -> str:
    with tool.workshop() as folder:
        elections.unfold(content, folder)
        return elections.verified(folder)


def _program(content: bytes, run_tool: Callable[[bytes], str]) -> Check:
    words = "belenios-tool 逐张验过：每张票格式对、没有超选、有码卡签名，总数由这些票加成"
    try:
        said = run_tool(content)
    except (tool.ToolFailed, OSError) as failed:
        return Check(words, False, str(failed))
    return Check(words, "all checks passed" in said, said.strip().rpartition("\n")[2])


def _own(board: archive.Board, ballots: list[str], cards: list[str]) -> Iterable[Check]:
    used = Counter(archive.card_of(one) for one in ballots)
    twice = sum(n > 1 for n in used.values())
    known = {archive.card_print(one.split(",")[0]) for one in cards}
    yield Check("一张码卡只有一张票", not twice, f"{twice} 张码卡有几张票" if twice else "")
    yield Check("每张票都用了箱里的码卡", set(used) <= known)
    kinds = [one.kind for one in board.events]
    end = kinds.index("EndBallots") if "EndBallots" in kinds else len(kinds)
    yield Check("停止以后没有再加票", "Ballot" not in kinds[end:])
    yield Check("票数不多于码卡", len(ballots) <= len(cards), f"{len(ballots)} 张票，{len(cards)} 张码卡")


def _told(ballots: list[str], made: str, mark: str, receipts: Iterable[str]) -> Iterable[Check]:
    if mark:
        said = "" if made.startswith(mark.lower()) else f"公示板现在的校验码是 {made[:16]}"
        yield Check("和停止投票时宣读的校验码一样", not said, said)
    listed = {archive.receipt_of(one) for one in ballots}
    for receipt in receipts:
        yield Check(f"回执 {receipt[:10]}… 在公示板上", receipt.rstrip("=") in listed)


def _result(board: archive.Board) -> tuple[tuple[int, ...], ...]:
    found = board.of_kind("Result")
    return tuple(tuple(row) for row in json.loads(found[0])["result"]) if found else ()
