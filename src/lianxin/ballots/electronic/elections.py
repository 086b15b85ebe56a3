"""One election by `belenios-tool`: its parameters, a ballot, the board, the encrypted sum, the result."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from lianxin.ballots.electronic import archive
from lianxin.ballots.electronic.tool import GROUP, ToolFailed, run, workshop

BASE, CLOSED, FULL = "base.bel", "closed.bel", "board.bel"
LARGEST = 1_000_000
"""Bytes above which nothing is a ballot (the largest seen has 100 kB)."""


def new_code() -> str:
    """Return a random code for an election."""
    with workshop() as folder:
        made, _said = run("setup", "generate-token", "--length", "14", folder=folder)
    return made.decode().strip()


def new_cards(code: str, count: int) -> tuple[list[str], list[str]]:
    """Return (private codes, public parts) of so many cards, each list in an order of its own.

    The program numbers the cards; the numbers are dropped, so that nothing joins a code to its public
    part but the mathematics.
    """
    words = ("setup", "generate-credentials", "--group", GROUP, "--uuid", code, "--count", str(count))
    with workshop() as folder:
        run(*words, folder=folder)
        private = next(folder.glob("*.privcreds")).read_text().splitlines()
        public = json.loads(next(folder.glob("*.pubcreds")).read_text())
    return sorted(line.split()[1] for line in private), sorted(one.split(",")[0] for one in public)


def public_part(code: str, secret: str) -> str:
    """Return the public part of a card."""
    words = ("setup", "generate-credentials", "--group", GROUP, "--uuid", code)
    with workshop() as folder:
        made, _said = run(*words, "--derive", secret, folder=folder)
    return made.decode().strip().split(",")[0]


def made(code: str, template: Mapping[str, Any], trustees: str, credentials: str) -> bytes:
    """Return the board as it is before the first ballot."""
    with workshop() as folder:
        (folder / "trustees.json").write_text(trustees)
        (folder / "public_creds.json").write_text(credentials)
        (folder / "template.json").write_text(json.dumps(template, ensure_ascii=False))
        words = ("setup", "make-election", "--uuid", code, "--group", GROUP)
        run(*words, "--template", "template.json", folder=folder)
        run("archive", "init", folder=folder)
        return (folder / f"{code}.bel").read_bytes()


def unfold(board: bytes, folder: Path) -> Path:
    """Put the board's file into a folder under the name that the program looks for; return its path."""
    election = json.loads(archive.read(board).setup()[0])
    found = folder / f"{election['uuid']}.bel"
    found.write_bytes(board)
    return found


def ballot(folder: Path, secret: str, answers: Sequence[Sequence[int]]) -> str:
    """Return an encrypted ballot; code and choices reach the program through pipes only."""
    private = {"--privcred": secret.encode(), "--ballot": json.dumps(answers).encode()}
    made_ballot, _said = run("election", "generate-ballot", folder=folder, secret=private)
    return made_ballot.decode().strip()


def check_ballot(base: bytes, content: str) -> None:
    """Raise `ToolFailed` unless the ballot is well formed, within the limits and signed with a card.

    It is put alone on an empty board, and the program verifies that board.
    """
    with workshop() as folder:
        unfold(base, folder)
        _add(folder, "Ballot", content)
        _out, said = run("election", "verify", folder=folder)
    if "all checks passed" not in said:
        raise ToolFailed("not verified")


def closed(base: bytes, ballots: Iterable[str]) -> bytes:
    """Return the board when voting has ended: ballots by receipt, then the encrypted sum."""
    with workshop() as folder:
        board = unfold(base, folder)
        for one in sorted(ballots, key=archive.receipt_of):
            _add(folder, "Ballot", one)
        run("archive", "add-event", "--type=EndBallots", folder=folder)
        total, _said = run("election", "compute-encrypted-tally", folder=folder)
        _add(folder, "EncryptedTally", total.decode())
        return board.read_bytes()


def opened(board: bytes, shares: Iterable[str]) -> tuple[bytes, dict[str, Any]]:
    """Return the full board and the result; raise `ToolFailed` when shares are too few or false."""
    with workshop() as folder:
        path = unfold(board, folder)
        for one in shares:
            _add(folder, "PartialDecryption", one)
        result, _said = run("election", "compute-result", folder=folder)
        _add(folder, "Result", result.decode())
        return path.read_bytes(), json.loads(result)


def verified(folder: Path) -> str:
    """Return what the program says of the board in a folder; raise `ToolFailed` where a check fails."""
    return run("election", "verify", folder=folder)[1]


def _add(folder: Path, kind: str, content: str) -> None:
    run("archive", "add-event", f"--type={kind}", folder=folder, given=(content.strip() + "\n").encode())
