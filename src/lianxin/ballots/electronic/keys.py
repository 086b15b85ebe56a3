"""The threshold keys of the scrutineers (Pedersen, by `belenios-tool`): what devices and server do in turn.

device  1  new_key            → certificate
device  2  polynomial_of      → polynomial, when all certificates are there
server     passed_on          → what each receives, when all polynomials are there
device  3  answer_to          → answer
server     joined             → the public keys, and each one's sealed key for the day of counting
device  4  share_of           → share of the decryption
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lianxin.ballots.electronic.tool import GROUP, ToolFailed, run, workshop

STEP = ("setup", "generate-trustee-key-threshold", "--group", GROUP, "--step")


def name_of(certificate: str) -> str:
    """Return the name of a certificate: the checksum that a scrutineer reads out from his own screen."""
    try:
        message = json.loads(certificate)["message"]
    except (ValueError, TypeError, KeyError):
        raise ToolFailed("not a certificate") from None
    return hashlib.sha256(str(message).encode()).hexdigest()


def new_key(folder: Path) -> str:
    """Make a key in `folder` (step 1); return the certificate, which is public."""
    run(*STEP, "1", folder=folder)
    return next(folder.glob("*.cert")).read_text()


def check_certificates(certificates: Sequence[str]) -> None:
    """Raise `ToolFailed` unless every certificate is signed by its own key (step 2)."""
    for one in certificates:
        name_of(one)
    with workshop() as folder:
        run(*STEP, "2", "--certs", _lines(folder / "certs.jsons", certificates), folder=folder)


def polynomial_of(key: bytes, certificates: Sequence[str], threshold: int) -> str:
    """Return one's polynomial, with a part for each of the others sealed to his certificate (step 3)."""
    with workshop() as folder:
        certs = _lines(folder / "certs.jsons", certificates)
        made, _said = run(
            *STEP, "3", "--certs", certs, "--threshold", str(threshold), folder=folder, secret={"--key": key}
        )
    return made.decode()


def passed_on(certificates: Sequence[str], polynomials: Sequence[str]) -> list[str]:
    """Return what each scrutineer receives from the others, in the order of certificates (step 4)."""
    with workshop() as folder:
        run(*STEP, "4", *_both(folder, certificates, polynomials), folder=folder)
        return [(folder / f"{name_of(one)}.vinput").read_text() for one in certificates]


def answer_to(key: bytes, certificates: Sequence[str], received: str) -> str:
    """Return the answer to what one received, after checking it with one's own key (step 5)."""
    with workshop() as folder:
        certs = _lines(folder / "certs.jsons", certificates)
        made, _said = run(
            *STEP, "5", "--certs", certs, folder=folder, given=received.encode(), secret={"--key": key}
        )
    return made.decode()


@dataclass(frozen=True, slots=True)
class Joined:
    """The public keys as the board shows them, and the sealed keys in the order of certificates."""

    trustees: str
    sealed: tuple[str, ...]


def joined(certificates: Sequence[str], polynomials: Sequence[str], answers: Sequence[str]) -> Joined:
    """Return the keys of the election (step 6)."""
    with workshop() as folder:
        both = _both(folder, certificates, polynomials)
        made, _said = run(*STEP, "6", *both, folder=folder, given="".join(map(_line, answers)).encode())
        (folder / "threshold.json").write_bytes(made)
        (folder / "public_keys.jsons").write_bytes(b"")  # no key besides those of the threshold
        run("setup", "make-trustees", folder=folder)
        sealed = tuple((folder / f"{name_of(one)}.dkey").read_text() for one in certificates)
        return Joined((folder / "trustees.json").read_text(), sealed)


def share_of(key: bytes, sealed: str, slot: int, board: Path) -> str:
    """Return one's share of the decryption of the sum on the board in the folder `board`."""
    words = ("election", "decrypt-threshold", "--dir", str(board), "--trustee-id", str(slot))
    made, _said = run(*words, folder=board, secret={"--key": key, "--decryption-key": sealed.encode()})
    return made.decode()


def _both(folder: Path, certificates: Sequence[str], polynomials: Sequence[str]) -> tuple[str, ...]:
    certs = _lines(folder / "certs.jsons", certificates)
    return ("--certs", certs, "--polynomials", _lines(folder / "polynomials.jsons", polynomials))


def _lines(path: Path, texts: Sequence[str]) -> str:
    path.write_text("".join(map(_line, texts)))
    return path.name


def _line(text: str) -> str:
    return text.strip() + "\n"
