"""Photos and voice: what is taken in, what is refused, what is left behind."""

from __future__ import annotations

import io
import os
import struct
import zlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from lianxin.common import clock
from lianxin.common.errors import Conflict, Invalid, NotFound
from lianxin.common.ids import uuid7
from lianxin.documents import photos, storage
from lianxin.documents.models import StoredFile
from lianxin.documents.services import file_erase, file_read, photo_accept, photos_accept, voice_accept
from lianxin.documents.sweeping import files_sweep

HOME = "610981"
ORIENTATION, GPS_BLOCK, CAMERA = 0x0112, 0x8825, 0x0110


@pytest.fixture(autouse=True)
def _own_store(tmp_path, settings) -> None:  # type: ignore[no-untyped-def]
    settings.MEDIA_ROOT = tmp_path


def picture(kind: str = "JPEG", size: tuple[int, int] = (400, 300), **extra: object) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", size, (90, 140, 60)).save(kept, kind, **extra)
    return kept.getvalue()


def with_position() -> bytes:
    exif = Image.Exif()
    exif[CAMERA] = "SECRET-CAMERA"
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS_BLOCK).update({1: "N", 2: (32.0, 50.0, 1.0), 3: "E", 4: (109.0, 21.0, 1.0)})
    return picture(exif=exif, comment=b"secret words")


def accept(data: bytes) -> StoredFile:
    return photo_accept(data=data, owner_kind="opinion", owner_id=uuid7(), home6=HOME)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_ordinary_photos_become_jpeg(db: None, kind: str) -> None:
    kept = accept(picture(kind))
    assert kept.mime == "image/jpeg"
    assert Image.open(io.BytesIO(file_read(kept))).format == "JPEG"


def test_position_camera_and_comment_are_gone_and_the_picture_is_upright(db: None) -> None:
    original = with_position()
    assert b"SECRET-CAMERA" in original
    kept = file_read(accept(original))
    drawn = Image.open(io.BytesIO(kept))
    assert not dict(drawn.getexif())
    assert b"SECRET-CAMERA" not in kept
    assert b"secret words" not in kept
    assert b"Exif" not in kept
    assert drawn.size == (300, 400)


def test_a_large_photo_is_made_small(db: None) -> None:
    kept = accept(picture(size=(3000, 2000)))
    assert (kept.width, kept.height) == (1600, 1067)
    assert kept.size <= photos.TARGET_BYTES


@pytest.mark.parametrize(
    "data",
    [b"", b"MZ\x90\x00" + b"0" * 200, b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
     b"%PDF-1.7 ...", picture("GIF"), picture("BMP"), picture("TIFF"), picture()[:300]],
    ids=["empty", "program", "svg", "pdf", "gif", "bmp", "tiff", "cut off"],
)  # fmt: skip
def test_what_is_no_photo_is_refused_whatever_its_name(db: None, data: bytes) -> None:
    with pytest.raises(Invalid):
        accept(data)
    assert not StoredFile.objects.exists()


def test_a_program_behind_a_photo_is_not_kept(db: None) -> None:
    """`photo.jpg.exe`: names are not looked at, and drawing anew drops what is behind the picture."""
    kept = file_read(accept(picture() + b"MZ\x90\x00THIS PROGRAM"))
    assert b"THIS PROGRAM" not in kept


def test_forty_megabytes_are_refused_before_they_are_opened(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photos.Image, "open", lambda *_a, **_k: pytest.fail("must not be opened"))
    with pytest.raises(Invalid) as refusal:
        accept(b"\xff\xd8\xff" + b"0" * (40 * 1024 * 1024))
    assert "8 兆" in refusal.value.message


def bomb(width: int, height: int) -> bytes:
    """Return a small PNG that says it is huge."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 5000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [7000, 20_000, 60_000])
def test_a_picture_bomb_is_refused_without_being_unpacked(
    db: None, monkeypatch: pytest.MonkeyPatch, side: int
) -> None:
    monkeypatch.setattr(
        PngImagePlugin.PngImageFile, "load", lambda _self: pytest.fail("must not be unpacked")
    )
    with pytest.raises(Invalid):
        accept(bomb(side, side))


VOICES = {
    "webm": (b"\x1aE\xdf\xa3", "audio/webm"),
    "ogg": (b"OggS", "audio/ogg"),
    "wav": (b"RIFF\x10\0\0\0WAVEfmt ", "audio/wav"),
    "mp3": (b"ID3", "audio/mpeg"),
    "amr": (b"#!AMR", "audio/amr"),
    "m4a": (b"\0\0\0\x18ftypM4A ", "audio/mp4"),
}


@pytest.mark.parametrize("name", VOICES)
def test_voice_is_known_by_its_first_bytes_and_sealed(db: None, name: str) -> None:
    magic, mime = VOICES[name]
    kept = voice_accept(data=magic + b"\0" * 400, owner_kind="opinion", owner_id=uuid7(), home6=HOME)
    assert (kept.mime, kept.visibility, kept.purpose) == (mime, "sealed", "voice")


@pytest.mark.parametrize(
    "data", [b"", b"MZ" + b"0" * 400, picture("WEBP"), b"RIFF\x10\0\0\0AVI LIST", picture()],
    ids=["empty", "program", "webp", "avi", "photo"],
)  # fmt: skip
def test_what_is_no_voice_is_refused(db: None, data: bytes) -> None:
    with pytest.raises(Invalid):
        voice_accept(data=data, owner_kind="opinion", owner_id=uuid7(), home6=HOME)


def test_a_long_voice_is_refused(db: None) -> None:
    with pytest.raises(Invalid):
        voice_accept(
            data=b"OggS" + b"0" * (2 * 1024 * 1024), owner_kind="opinion", owner_id=uuid7(), home6=HOME
        )


def test_the_same_photo_of_the_same_matter_is_kept_once(db: None) -> None:
    owner, data = uuid7(), picture()
    rows = {photo_accept(data=data, owner_kind="opinion", owner_id=owner, home6=HOME).pk for _ in range(2)}
    assert len(rows) == 1


def test_erasing_leaves_a_tombstone_and_keeps_bytes_that_another_matter_needs(
    db: None, django_capture_on_commit_callbacks: Any
) -> None:
    first, second = accept(picture()), accept(picture())
    with django_capture_on_commit_callbacks(execute=True):
        file_erase(first)
    assert file_read(second)
    with django_capture_on_commit_callbacks(execute=True):
        file_erase(second)
        assert file_read(second)  # not before it is certain that the row says so
    with pytest.raises(NotFound):
        file_read(second)
    assert StoredFile.objects.filter(erased_at=None).count() == 0
    assert StoredFile.objects.count() == 2


def test_changed_bytes_are_noticed(db: None) -> None:
    kept = accept(picture())
    storage._path(HOME, kept.sha256).write_bytes(b"something else")
    with pytest.raises(Conflict):
        file_read(kept)


def test_one_bad_photo_leaves_nothing_of_the_good_ones(db: None, tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        photos_accept(photos=[picture(), b"no photo"], owner_kind="opinion", owner_id=uuid7(), home6=HOME)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_bytes_that_lost_their_row_go_after_a_day_and_all_others_stay(db: None) -> None:
    kept, erased = accept(picture()), accept(picture(size=(90, 60)))
    StoredFile.objects.filter(pk=erased.pk).update(erased_at=clock.now())
    orphan = storage.put(HOME, b"of a submission that was refused")
    assert files_sweep() == 0
    with clock.at(clock.now() + timedelta(days=1, minutes=5)):
        assert files_sweep() == 2
        assert files_sweep() == 0
    assert file_read(kept)
    for sha in (orphan, erased.sha256):
        with pytest.raises(NotFound):
            storage.get(HOME, sha)


def test_bytes_handed_in_again_are_young_again(db: None, tmp_path: Path) -> None:
    place = storage._path(HOME, storage.put(HOME, b"the same photo"))
    old = (clock.now() - timedelta(days=2)).timestamp()
    os.utime(place, (old, old))
    storage.put(HOME, b"the same photo")
    assert files_sweep() == 0 and place.exists()
