"""Boards written by hand, for tests that need no cryptography: the same pieces and chain, empty of meaning."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Iterable, Sequence
from typing import Any

CARDS = tuple(str(10**616 + place) for place in range(1, 6))


def ballot(card: str, mark: str = "") -> str:
    """Return something that reads like a ballot of a card."""
    return json.dumps({"credential": card, "answers": mark})


def board(
    ballots: Iterable[str] = (), *, cards: Sequence[str] = CARDS, late: Iterable[str] = (), ended: bool = True
) -> bytes:
    """Return a board over ballots; `late` stand after the end of voting."""
    pieces: list[tuple[str, bytes]] = [("BELENIOS", b'{"version":1}')]
    chain: list[str] = [""]

    def piece(content: str) -> str:
        name = hashlib.sha256(content.encode()).hexdigest()
        pieces.append((f"{name}.data.json", content.encode()))
        return name

    def event(kind: str, payload: str = "") -> None:
        said: dict[str, Any] = {"height": len(chain) - 1, "type": kind, "payload": payload}
        if chain[-1]:
            said["parent"] = chain[-1]
        content = json.dumps(said).encode()
        chain.append(hashlib.sha256(content).hexdigest())
        pieces.append((f"{chain[-1]}.event.json", content))

    names = {
        "election": piece(json.dumps({"uuid": "AbCdEf12345678"})),
        "trustees": piece("[]"),
        "credentials": piece(json.dumps(list(cards))),
    }
    event("Setup", piece(json.dumps(names)))
    for one in ballots:
        event("Ballot", piece(one))
    if ended:
        event("EndBallots")
    for one in late:
        event("Ballot", piece(one))
    return packed(pieces)


def packed(pieces: Iterable[tuple[str, bytes]]) -> bytes:
    """Return pieces as the board's file."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as tar:
        for name, content in pieces:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return made.getvalue()


def unpacked(content: bytes) -> list[tuple[str, bytes]]:
    """Return the pieces of a board's file."""
    with tarfile.open(fileobj=io.BytesIO(content)) as tar:
        return [(one.name, tar.extractfile(one).read()) for one in tar.getmembers()]  # type: ignore[union-attr]
