"""What the server hands to a scrutineer's device, and what the device makes of it. Pure.

One file a round, a zip with a note that says which round it is; the device answers with one file to hand
in. The key is made on the device, stays in its folder and is never in a file that leaves it.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lianxin.ballots.electronic import elections, keys, tool

NOTE = "note.json"
HAND_IN = {
    "certificate": "1-certificate.json",
    "polynomial": "2-polynomial.json",
    "answer": "3-answer.json",
    "share": "4-share.json",
}
NOT_MATERIAL = "这不是给监票人的材料。请在「我的钥匙」页上重新下载。"
NOT_MINE = "材料里没有这台设备的钥匙：可能拿了别人的，或者换了文件夹。请用第一步那个文件夹。"
HAS_KEY = "这个文件夹里已经有钥匙了。每次投票用一个新文件夹。"


class NotForMe(Exception):
    """The material does not fit this device; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a round made on the device: the file to hand in, and the names of all keys to read out."""

    file: Path
    names: tuple[str, ...]


def packed(part: str, *, slot: int, threshold: int, files: Mapping[str, bytes]) -> bytes:
    """Return the material of a round."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parcel:
        note = {"part": part, "slot": slot, "threshold": threshold}
        for name, content in {NOTE: json.dumps(note).encode(), **files}.items():
            parcel.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return made.getvalue()


def certificates_file(certificates: Sequence[str]) -> dict[str, bytes]:
    """Return the file with all certificates."""
    return {"certificates.json": json.dumps([one.strip() for one in certificates]).encode()}


def first(folder: Path) -> Made:
    """Make the key in a new folder that only its owner may read."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.glob("*.key")):
        raise NotForMe(HAS_KEY)
    certificate = keys.new_key(folder)
    return _made(folder, "certificate", certificate, [certificate])


def following(folder: Path, material: bytes) -> Made:
    """Do the round that the material is for."""
    files = _unpacked(material)
    note = json.loads(files[NOTE])
    part = str(note.get("part"))
    certificates = [str(one) for one in json.loads(files.get("certificates.json", b"[]"))]
    key, own = _own(folder)
    if own not in [keys.name_of(one) for one in certificates]:
        raise NotForMe(NOT_MINE)
    made = _round(part, key, note, certificates, files)
    return _made(folder, part, made, certificates)


def _round(
    part: str, key: bytes, note: Mapping[str, int], certificates: list[str], files: Mapping[str, bytes]
) -> str:
    if part == "polynomial":
        return keys.polynomial_of(key, certificates, int(note["threshold"]))
    if part == "answer":
        return keys.answer_to(key, certificates, files["received.json"].decode())
    if part == "share":
        return _share(key, int(note["slot"]), files)
    raise NotForMe(NOT_MATERIAL)


def _share(key: bytes, slot: int, files: Mapping[str, bytes]) -> str:
    """Check the whole board, then unlock one's part of the sum: nothing is opened unseen."""
    with tool.workshop() as folder:
        elections.unfold(files["closed.bel"], folder)
        elections.verified(folder)
        return keys.share_of(key, files["sealed_key.json"].decode(), slot, folder)


def _own(folder: Path) -> tuple[bytes, str]:
    found = next(iter(folder.glob("*.key")), None)
    if found is None:
        raise NotForMe(NOT_MINE)
    return found.read_bytes().strip(), found.stem


def _unpacked(material: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(material)) as parcel:
            files = {name: parcel.read(name) for name in parcel.namelist()}
    except zipfile.BadZipFile:
        raise NotForMe(NOT_MATERIAL) from None
    if NOTE not in files:
        raise NotForMe(NOT_MATERIAL)
    return files


def _made(folder: Path, part: str, content: str, certificates: Sequence[str]) -> Made:
    file = folder / HAND_IN[part]
    file.write_text(content)
    return Made(file, tuple(keys.name_of(one)[:16] for one in certificates))
