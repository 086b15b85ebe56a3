"""A machine in the hall: it shows the paper, encrypts here, sends only what is encrypted, shows the receipt.

A process of its own: no database, no session, no cookie, no log. A card's code and the marks live in the
open page and in pipes to `belenios-tool`; when the page is left they are gone.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lianxin.ballots.electronic import archive, elections, questions
from lianxin.ballots.rules import CHOICES, Ballot, Choice

TRIES, SECONDS = 3, 20
UNREACHED = "连不上服务器，还没有收到回执。请点「再送一次」，送的是同一张票，不会算两次。"
OVER = "赞成选了 {chosen} 项，最多 {places} 项。请改好再投。"


class Unreached(Exception):
    """The server has not answered; whether the ballot is on the board is not known."""


class RefusedByBoard(Exception):
    """The server refused the ballot; `receipt` is given where the card has one on the board."""

    def __init__(self, words: str, receipt: str = "") -> None:
        super().__init__(words)
        self.words, self.receipt = words, receipt


@dataclass(frozen=True, slots=True)
class Hall:
    """What a machine knows of the election, read once from the server's board."""

    board: str
    hall_key: str
    code: str
    folder: Path
    ask: questions.Ask
    cards: frozenset[str]

    def knows(self, secret: str) -> bool:
        """Say whether a card is one of this election's."""
        return archive.card_print(elections.public_part(self.code, secret)) in self.cards

    def encrypted(self, secret: str, paper: Ballot) -> str:
        """Return the encrypted ballot, made on this machine."""
        return elections.ballot(self.folder, secret, questions.answers_of(paper, self.ask))

    def sent(self, ballot: str) -> str:
        """Send an encrypted ballot until it is on the board; return the receipt that the board gave."""
        for _try in range(TRIES):
            try:
                return self._send(ballot)
            except (OSError, ValueError):
                continue
        raise Unreached(UNREACHED)

    def _send(self, ballot: str) -> str:
        request = urllib.request.Request(  # noqa: S310 - the address is the operator's own
            f"{self.board}/ballots", data=ballot.encode(), headers={"X-Hall-Key": self.hall_key}
        )
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
                receipt = str(json.load(answer)["receipt"])
        except urllib.error.HTTPError as refused:
            if refused.code >= 500:
                raise
            said = json.load(refused)
            raise RefusedByBoard(str(said["words"]), str(said.get("receipt", ""))) from None
        if receipt != archive.receipt_of(ballot):
            raise RefusedByBoard("服务器给的回执和这张票对不上，请告诉监票人，改投纸票。")
        return receipt


def entered(board: str, hall_key: str, folder: Path) -> Hall:
    """Read the election from its board and return the machine, ready for voters."""
    address = board.rstrip("/")
    with urllib.request.urlopen(f"{address}/base.bel", timeout=SECONDS) as answer:  # noqa: S310
        base = answer.read()
    with urllib.request.urlopen(f"{address}/paper", timeout=SECONDS) as answer:  # noqa: S310
        said: dict[str, Any] = json.load(answer)
    elections.unfold(base, folder)
    election, _trustees, cards = archive.read(base).setup()
    return Hall(
        board=address,
        hall_key=hall_key,
        code=str(json.loads(election)["uuid"]),
        folder=folder,
        ask=_ask(said, json.loads(election)),
        cards=frozenset(archive.card_print(one.split(",")[0]) for one in json.loads(cards)),
    )


def _ask(said: Mapping[str, Any], election: Mapping[str, Any]) -> questions.Ask:
    """Return what is asked: names and limits from the election itself, as it is encrypted for."""
    asked = election["questions"]
    if said["mode"] == questions.PER_ITEM:
        labels, places = [one["question"] for one in asked], int(said["places"])
    else:
        labels, places = asked[0]["answers"], int(asked[0]["max"])
    return questions.Ask(
        title=str(election["name"]),
        session=str(election["description"]),
        mode=str(said["mode"]),
        places=places,
        keys=tuple(str(place) for place in range(1, len(labels) + 1)),
        labels=tuple(str(one) for one in labels),
    )


def paper_of(ask: questions.Ask, marks: Mapping[str, str], ticks: Iterable[str]) -> Ballot:
    """Return what the voter marked on the page."""
    if ask.mode == questions.PER_ITEM:
        known: dict[str, Choice] = {
            key: one for key in ask.keys for one in CHOICES if marks.get(f"item{key}") == one
        }
        return Ballot(choices=known)
    return Ballot(ticks=frozenset(ticks) & frozenset(ask.keys))


def said_against(ask: questions.Ask, paper: Ballot) -> str | None:
    """Return why the paper would be void, or None; who marks nothing casts a blank ballot."""
    chosen = sum(paper.said(key, questions.mode_of(ask)) == "for" for key in ask.keys)
    return OVER.format(chosen=chosen, places=ask.places) if chosen > ask.places else None
