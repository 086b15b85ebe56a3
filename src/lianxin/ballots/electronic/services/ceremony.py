"""Making the threshold keys: each scrutineer hands in three parts, the server passes on what is public."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction

from lianxin.ballots.electronic import keys, tool
from lianxin.ballots.electronic.permissions import trustee_of
from lianxin.ballots.electronic.services.step import file_keep, step
from lianxin.ballots.models import Trial, Trustee
from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.common.writes import write

PARTS = ("certificate", "polynomial", "answer")
TRUSTEES = "trustees.json"
LONGEST = 200_000
WRONG = "这份材料不对：可能拿错了文件，或者不是这一步的。请在自己的设备上重新生成，再交一次。"


@dataclass(frozen=True, slots=True)
class Round:
    """One of the three rounds: who has handed in and who is missing."""

    part: str
    number: int
    there: tuple[str, ...]
    missing: tuple[str, ...]
    state: str


def rounds_of(rows: Sequence[Trustee]) -> list[Round]:
    """Return the rounds with who is missing in each; the first that is not full is at work."""
    found: list[Round] = []
    for number, part in enumerate(PARTS, start=1):
        missing = tuple(one.name for one in rows if not getattr(one, part))
        open_before = any(one.missing for one in found)
        state = "todo" if open_before else "now" if missing else "done"
        there = tuple(one.name for one in rows if getattr(one, part))
        found.append(Round(part, number, there, missing, state))
    return found


def part_now(rows: Sequence[Trustee]) -> str:
    """Return the part that is handed in now, or nothing when the keys are made."""
    return next((one.part for one in rounds_of(rows) if one.state == "now"), "")


@write
def part_give(
    *, actor: Actor, trial: Trial, part: str, content: str, request_id: str | None = None
) -> Trustee:
    """Take a scrutineer's part of the present round; the last one of a round lets the server do its own."""
    mine = trustee_of(actor, trial)
    if mine is None:
        raise Denied("只有管钥匙的监票人可以交这份材料。")
    _in_turn(list(trial.trustees.all()), mine, part)
    text = content.strip()
    if not text or len(text) > LONGEST:
        raise Invalid(WRONG, fields={"part": "请选在自己设备上生成的文件。"})
    with transaction.atomic():  # what does not pass the server's check leaves nothing behind
        setattr(mine, part, text)
        mine.save(update_fields=[part])
        step(actor=actor, trial=trial, act="give_part", facts={"part": part, "slot": mine.slot})
        _work(trial)
    mine.refresh_from_db()
    return mine


def _in_turn(rows: list[Trustee], mine: Trustee, part: str) -> None:
    now = part_now(rows)
    if part != now:
        raise Conflict("现在不是交这份材料的时候，请刷新后看到了哪一步。")
    if getattr(mine, part):
        raise Conflict("这一步您已经交过了，请等其他监票人。")


def _work(trial: Trial) -> None:
    """Do the server's part of a round: check what was handed in, and pass on when all is there."""
    rows = list(trial.trustees.all())
    certificates = [one.certificate for one in rows]
    try:
        if not all(certificates):
            keys.check_certificates([one for one in certificates if one])
        elif all(one.answer for one in rows):
            _join(trial, rows, certificates)
        elif all(one.polynomial for one in rows) and not any(one.received for one in rows):
            _hand_on(rows, lambda: keys.passed_on(certificates, [one.polynomial for one in rows]))
        elif not any(one.polynomial for one in rows):
            keys.check_certificates(certificates)
    except tool.ToolFailed:
        raise Invalid(WRONG, fields={"part": "请核对文件。"}) from None


def _hand_on(rows: list[Trustee], made: Callable[[], list[str]]) -> None:
    for one, received in zip(rows, made(), strict=True):
        one.received = received
        one.save(update_fields=["received"])


def _join(trial: Trial, rows: list[Trustee], certificates: list[str]) -> None:
    made = keys.joined(certificates, [one.polynomial for one in rows], [one.answer for one in rows])
    for one, sealed in zip(rows, made.sealed, strict=True):
        one.sealed_key = sealed
        one.save(update_fields=["sealed_key"])
    file_keep(trial, TRUSTEES, made.trustees.encode())
    step(actor=SYSTEM, trial=trial, act="join_keys")
