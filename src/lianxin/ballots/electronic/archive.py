"""Reading the board's file (`.bel`): a tar of pieces named by their checksum and a chain of events. Pure."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import tarfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

DATA, EVENT = ".data.json", ".event.json"


class Damaged(Exception):
    """The file is not a board, or a piece of it does not fit its checksum."""


@dataclass(frozen=True, slots=True)
class Event:
    """One step of the board: what happened and the checksum of what it is about."""

    kind: str
    payload: str


@dataclass(frozen=True, slots=True)
class Board:
    """A board as read: pieces by checksum, events in their order."""

    pieces: dict[str, bytes]
    events: tuple[Event, ...]

    def text(self, payload: str) -> str:
        """Return a piece as text."""
        if payload not in self.pieces:
            raise Damaged(f"缺少一块：{payload[:12]}…")
        return self.pieces[payload].decode()

    def ballots(self) -> list[str]:
        """Return every ballot in the order of the board, doubles as well."""
        return [self.text(one.payload) for one in self.events if one.kind == "Ballot"]

    def of_kind(self, kind: str) -> list[str]:
        """Return what events of a kind are about."""
        return [self.text(one.payload) for one in self.events if one.kind == kind]

    def setup(self) -> tuple[str, str, str]:
        """Return election, trustees and public credentials as they stand on the board."""
        names = json.loads(self.of_kind("Setup")[0])
        return (self.text(names["election"]), self.text(names["trustees"]), self.text(names["credentials"]))


def read(content: bytes) -> Board:
    """Return a board; raise `Damaged` where a piece is not what its name says or the chain is broken."""
    try:
        with tarfile.open(fileobj=io.BytesIO(content)) as tar:
            files = [(one.name, _content(tar, one)) for one in tar.getmembers()]
    except tarfile.TarError as caught:
        raise Damaged("这不是公示板文件。") from caught
    pieces, events = {}, []
    parent = ""
    for name, piece in files:
        checksum = hashlib.sha256(piece).hexdigest()
        if name.endswith((DATA, EVENT)) and not name.startswith(checksum):
            raise Damaged(f"有一块被改动过：{name[:12]}…")
        if name.endswith(EVENT):
            events.append(_event(piece, parent))
            parent = checksum
        else:
            pieces[checksum] = piece
    if not events or events[0].kind != "Setup":
        raise Damaged("公示板没有开头。")
    return Board(pieces, tuple(events))


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    found = tar.extractfile(member)
    return found.read() if found else b""


def _event(piece: bytes, parent: str) -> Event:
    said: dict[str, Any] = json.loads(piece)
    if said.get("parent", "") != parent:
        raise Damaged("公示板的先后次序被改动过。")
    return Event(str(said["type"]), str(said.get("payload", "")))


def receipt_of(ballot: str) -> str:
    """Return a ballot's receipt: its checksum, as the board lists it."""
    return base64.b64encode(hashlib.sha256(ballot.strip().encode()).digest()).decode().rstrip("=")


def card_of(ballot: str) -> str:
    """Return the checksum of the card's public part that a ballot is signed for."""
    try:
        credential = json.loads(ballot)["credential"]
    except (ValueError, TypeError, KeyError):
        raise Damaged("这不是一张加密选票。") from None
    return card_print(str(credential))


def card_print(credential: str) -> str:
    """Return the checksum by which a card's public part is known."""
    return hashlib.sha256(credential.encode()).hexdigest()


def board_print(receipts: Iterable[str]) -> str:
    """Return the checksum of all receipts in their alphabetical order: the mark read out at the closing."""
    return hashlib.sha256("\n".join(sorted(receipts)).encode()).hexdigest()
