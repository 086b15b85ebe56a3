"""Cards, the opening, taking encrypted ballots, the closing.

Taking a ballot leaves no trail but the ballot: no actor, no instant, no address, no event. What the board
proves is that each ballot is signed with a card of the box, and each card has one.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from lianxin.ballots.electronic import archive, elections, questions, tool
from lianxin.ballots.electronic.services.ceremony import TRUSTEES
from lianxin.ballots.electronic.services.step import ask_of, file_keep, file_of, step
from lianxin.ballots.electronic.workflow import ON_BOARD, State
from lianxin.ballots.models import EncryptedBallot, Trial
from lianxin.ballots.workflow import State as Paper
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied, Invalid, LianxinError, NotFound, Refused
from lianxin.common.writes import write

CARDS = "public_creds.json"
NOT_CARDS = "这不是码卡的公开部分。请选印卡时生成的 public_creds.json。"
NOT_A_CARD = "这个码不在这次投票的码卡里。请核对是不是拿错了卡，或者输错了。"
NOT_A_BALLOT = "这张加密选票没有通过检查，没有收下。请在投票机上重新投；还不行，就只投纸票。"
ENDED = "电子试用没有在投票，没有收下。请投纸票，以纸票为准。"
CAST = "这张码卡已经投过了。下面是它的回执，公示板上能查到。"


class AlreadyCast(LianxinError):
    """The card has a ballot on the board; whoever holds the card may know its `receipt`."""

    status = 409
    code = "already_cast"

    def __init__(self, receipt: str) -> None:
        super().__init__(CAST)
        self.receipt = receipt


@write
def cards_take(*, actor: Actor, trial: Trial, content: str, request_id: str | None = None) -> Trial:
    """Take the public parts of the printed cards; the codes themselves never come here."""
    text, count = _public_parts(content)
    mark = hashlib.sha256(text.encode()).hexdigest()
    step(
        actor=actor,
        trial=trial,
        act="take_cards",
        facts={"cards": count},
        given={"cards": count},
        cards_print=mark,
    )
    file_keep(trial, CARDS, text.encode())
    return trial


def _public_parts(content: str) -> tuple[str, int]:
    try:
        found = json.loads(content)
    except ValueError:
        found = None
    parts = found if isinstance(found, list) else []
    plain = [one for one in parts if isinstance(one, str) and one.isdigit() and 600 < len(one) < 640]
    if not parts or len(plain) != len(parts) or len(set(plain)) != len(plain):
        raise Invalid(NOT_CARDS, fields={"cards": NOT_CARDS})
    return json.dumps(sorted(plain), separators=(",", ":")), len(plain)


@write
def trial_open(*, actor: Actor, trial: Trial, request_id: str | None = None) -> Trial:
    """Open the voting: from here on the board takes ballots from machines that know the hall's key."""
    step(actor=actor, trial=trial, act="open")
    trustees, cards = file_of(trial, TRUSTEES), file_of(trial, CARDS)
    assert trustees and cards
    template = questions.template(ask_of(trial.ballot))
    base = elections.made(trial.code, template, trustees.decode(), cards.decode())
    file_keep(trial, elections.BASE, base)
    return trial


def base_of(trial: Trial) -> bytes:
    """Return the board as it is before the first ballot: what the machines in the hall encrypt for."""
    found = file_of(trial, elections.BASE)
    if found is None:
        raise NotFound("还没有开投。")
    return found


def hall_key_of(trial: Trial) -> str:
    """Return the key of the machines in the hall, short enough to be typed once; kept nowhere."""
    mark = salted_hmac("lianxin.ballots.hall", trial.code, algorithm="sha256").hexdigest()
    return "-".join(mark[at : at + 4] for at in range(0, 16, 4))


def hall_trial(code: str, hall_key: str) -> Trial:
    """Return the trial to a machine in the hall; without its key nobody learns more than from the board."""
    trial = Trial.objects.select_related("ballot").filter(code=code).first()
    if trial is None:
        raise NotFound("没有这次投票。")
    if not constant_time_compare(hall_key_of(trial), hall_key.strip().lower()):
        raise Denied("会场口令不对。只有会场里的投票机可以收票。")
    return trial


@dataclass(frozen=True, slots=True)
class Taken:
    """A ballot on the board, and whether it had been there before (the same one, sent again)."""

    receipt: str
    again: bool


def ballot_take(*, trial: Trial, content: str) -> Taken:
    """Put an encrypted ballot on the board; sent again it is the same ballot, another of the card is refused.

    The receipt is returned after the row is committed: who has a receipt has a ballot on the board.
    """
    ballot = _read(trial, content)
    if held := trial.ballots.filter(card=ballot.card).first():
        return _held(held, ballot)
    base = file_of(trial, elections.BASE)
    if base is None or not _is_open(trial):
        raise Refused(ENDED)
    _check(base, ballot)
    return _keep(trial, ballot)


def _read(trial: Trial, content: str) -> EncryptedBallot:
    """Return the ballot as a row, not yet written; refuse what is cheap to refuse."""
    if len(content) > elections.LARGEST:
        raise Invalid(NOT_A_BALLOT)
    text = content.strip()
    try:
        card = archive.card_of(text)
    except archive.Damaged:
        raise Invalid(NOT_A_BALLOT) from None
    return EncryptedBallot(
        trial=trial, home6=trial.home6, card=card, receipt=archive.receipt_of(text), content=text
    )


def _held(held: EncryptedBallot, ballot: EncryptedBallot) -> Taken:
    if held.receipt == ballot.receipt:
        return Taken(held.receipt, again=True)
    raise AlreadyCast(held.receipt)


def _check(base: bytes, ballot: EncryptedBallot) -> None:
    cards = json.loads(archive.read(base).setup()[2])
    if ballot.card not in {archive.card_print(one) for one in cards}:
        raise Refused(NOT_A_CARD)
    try:
        elections.check_ballot(base, ballot.content)
    except tool.ToolFailed:
        raise Invalid(NOT_A_BALLOT) from None


def _keep(trial: Trial, ballot: EncryptedBallot) -> Taken:
    """Write the row, if voting has not ended meanwhile; of two of one card the first stays."""
    try:
        with transaction.atomic():
            now = Trial.objects.select_for_update().select_related("ballot").get(pk=trial.pk)
            if not _is_open(now):
                raise Refused(ENDED)
            ballot.save(force_insert=True)
    except IntegrityError:
        return _held(trial.ballots.get(card=ballot.card), ballot)
    return Taken(ballot.receipt, again=False)


def _is_open(trial: Trial) -> bool:
    """Say whether ballots are taken: the trial is open, and the meeting is voting on paper as well."""
    return trial.state == State.OPEN and trial.ballot.state == Paper.VOTING


@write
def trial_close(*, actor: Actor, trial: Trial, request_id: str | None = None) -> Trial:
    """End the voting; what a machine was told to be on the board is on it, what comes later is refused.

    The row is locked first: a ballot is either committed before, or finds the voting ended.
    """
    Trial.objects.select_for_update().get(pk=trial.pk)
    rows = sorted(trial.ballots.all(), key=lambda one: one.receipt)
    mark = archive.board_print(one.receipt for one in rows)
    step(
        actor=actor,
        trial=trial,
        act="close",
        facts={"cast": len(rows)},
        cast=len(rows),
        board_print=mark,
    )
    _write_anew(trial, rows)
    return trial


def _write_anew(trial: Trial, rows: list[EncryptedBallot]) -> None:
    """Write the ballots again by receipt: the table no longer tells in which order they came."""
    trial.ballots.all().delete()
    EncryptedBallot.objects.bulk_create(
        EncryptedBallot(
            trial=trial, home6=trial.home6, card=one.card, receipt=one.receipt, content=one.content
        )
        for one in rows
    )


def board_close(trial: Trial) -> bytes:
    """Return the board over the ballots and their encrypted sum, made once after the closing.

    It takes some seconds for hundreds of ballots, so it is made outside the act that ends the voting.
    """
    if held := file_of(trial, elections.CLOSED):
        return held
    base = file_of(trial, elections.BASE)
    if base is None or trial.state not in ON_BOARD:
        raise NotFound("还没有停止投票，公示板还没有公开。")
    made = elections.closed(base, trial.ballots.values_list("content", flat=True))
    file_keep(trial, elections.CLOSED, made)
    return made
