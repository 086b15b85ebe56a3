"""Reading trials: what the organiser and the scrutineers see, and the board that everybody may read."""

from __future__ import annotations

import io
import json
import zipfile
from uuid import UUID

from lianxin.ballots.electronic import archive, elections, materials
from lianxin.ballots.electronic.permissions import trials_visible_to
from lianxin.ballots.electronic.services.ceremony import part_now
from lianxin.ballots.electronic.services.step import file_of
from lianxin.ballots.electronic.services.voting import board_close
from lianxin.ballots.electronic.workflow import ON_BOARD, State
from lianxin.ballots.models import Ballot, Trial, Trustee
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, NotFound

NO_BOARD = "没有找到这次投票，请核对网址。"
SEEN = (State.OPEN, *ON_BOARD)


def trial_of(ballot: Ballot) -> Trial | None:
    """Return the trial of a vote: the one at work, else the last that was given up."""
    rows = sorted(ballot.trials.all(), key=lambda one: (one.state != State.ABANDONED, one.created_at))
    return rows[-1] if rows else None


def trial_for(actor: Actor, ballot_id: UUID) -> Trial:
    """Return a vote's trial that the actor may see."""
    found = trials_visible_to(actor).filter(ballot_id=ballot_id).select_related("ballot")
    rows = sorted(found, key=lambda one: (one.state != State.ABANDONED, one.created_at))
    if not rows:
        raise NotFound("这次票决没有电子试用，或者不在您的范围内。")
    return rows[-1]


def board_of(code: str) -> Trial:
    """Return a trial as everybody may see it: from the opening on."""
    found = Trial.objects.select_related("ballot").filter(code=code, state__in=SEEN).first()
    if found is None:
        raise NotFound(NO_BOARD)
    return found


def receipts_of(trial: Trial) -> list[str]:
    """Return the receipts on the board, in alphabetical order; nothing while voting goes on."""
    if trial.state not in ON_BOARD:
        return []
    return list(trial.ballots.order_by("receipt").values_list("receipt", flat=True))


def board_file(trial: Trial) -> bytes:
    """Return the board: closed over the ballots, and with the result once that is published."""
    return file_of(trial, elections.FULL) or board_close(trial)


def board_zip(trial: Trial) -> bytes:
    """Return the board for download: the file that the program reads, and its pieces under plain names."""
    content = board_file(trial)
    board = archive.read(content)
    election, trustees, credentials = board.setup()
    files = {
        f"{trial.code}.bel": content,
        "election.json": election.encode(),
        "trustees.json": trustees.encode(),
        "public_creds.json": credentials.encode(),
        "ballots.jsons": "".join(one.strip() + "\n" for one in board.ballots()).encode(),
        "encrypted_tally.json": "".join(board.of_kind("EncryptedTally")).encode(),
        "partial_decryptions.jsons": _shares(board).encode(),
        "result.json": "".join(board.of_kind("Result")).encode(),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parcel:
        for name, piece in files.items():
            parcel.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), piece)
    return made.getvalue()


def _shares(board: archive.Board) -> str:
    owned = [json.loads(one) for one in board.of_kind("PartialDecryption")]
    return "".join(board.text(str(one["payload"])).strip() + "\n" for one in owned)


def material_of(trial: Trial, mine: Trustee) -> tuple[str, bytes]:
    """Return (file name, content) of what a scrutineer's device needs for the round that is on."""
    rows = list(trial.trustees.all())
    certificates = materials.certificates_file([one.certificate for one in rows])
    part = part_now(rows) if trial.state == State.KEYS else "share"
    extra: dict[str, bytes] = {}
    if part == "answer":
        extra = {"received.json": mine.received.encode()}
    elif part == "share" and trial.state == State.CLOSED:
        extra = {"sealed_key.json": mine.sealed_key.encode(), "closed.bel": board_close(trial)}
    elif part != "polynomial":
        raise Conflict("这一步不用材料，或者还没有到时候，请刷新后再看。")
    packed = materials.packed(
        part, slot=mine.slot, threshold=trial.threshold, files={**certificates, **extra}
    )
    return f"{trial.code}-{mine.slot}-{part}.zip", packed
