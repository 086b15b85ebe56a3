"""Taking in files and issuing letters."""

from __future__ import annotations

import functools
import hashlib
import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from lianxin.audit.chain import canonical
from lianxin.common import clock
from lianxin.common.errors import Conflict, Invalid
from lianxin.documents import storage
from lianxin.documents.models import LetterVersion, StoredFile
from lianxin.documents.photos import photo_clean

VOICE_BYTES = 2 * 1024 * 1024
SCAN_BYTES = 8 * 1024 * 1024
PDF_MAGIC = b"%PDF-"
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
VOICE_MAGIC = {
    b"\x1aE\xdf\xa3": "audio/webm",
    b"OggS": "audio/ogg",
    b"ID3": "audio/mpeg",
    b"\xff\xfb": "audio/mpeg",
    b"\xff\xf1": "audio/aac",
    b"#!AMR": "audio/amr",
}


def photo_accept(
    *, data: bytes, owner_kind: str, owner_id: UUID, home6: str, visibility: str = "sealed"
) -> StoredFile:
    """Keep a cleaned photo; the original with its metadata is not kept."""
    return photos_accept(
        photos=[data], owner_kind=owner_kind, owner_id=owner_id, home6=home6, visibility=visibility
    )[0]


def photos_accept(
    *, photos: Sequence[bytes], owner_kind: str, owner_id: UUID, home6: str, visibility: str = "sealed"
) -> list[StoredFile]:
    """Keep cleaned photos, all or none: nothing is written before the last one has been looked at."""
    cleaned = [photo_clean(data) for data in photos]
    return [
        _keep(
            clean,
            mime="image/jpeg",
            purpose="photo",
            owner_kind=owner_kind,
            owner_id=owner_id,
            home6=home6,
            visibility=visibility,
            width=width,
            height=height,
        )
        for clean, width, height in cleaned
    ]


def scan_accept(*, data: bytes, owner_kind: str, owner_id: UUID, home6: str) -> StoredFile:
    """Keep the scan of a signed paper, sealed: a cleaned photo, or a PDF as it is."""
    if not data.startswith(PDF_MAGIC):
        return photo_accept(data=data, owner_kind=owner_kind, owner_id=owner_id, home6=home6)
    if len(data) > SCAN_BYTES:
        raise Invalid("这份扫描件太大了（超过 8 兆），请扫小一点。", fields={"scan": "不超过 8 兆。"})
    return _keep(
        data,
        mime=PDF,
        purpose="scan",
        owner_kind=owner_kind,
        owner_id=owner_id,
        home6=home6,
        visibility="sealed",
    )


def paper_accept(*, data: bytes, owner_kind: str, owner_id: UUID, home6: str) -> StoredFile:
    """Keep a paper to be read at a meeting, as it is: PDF, or an Excel sheet without macros."""
    if len(data) > SCAN_BYTES:
        raise Invalid("这份文件太大了（超过 8 兆），请拆成几份。", fields={"paper_file": "不超过 8 兆。"})
    mime = PDF if data.startswith(PDF_MAGIC) else XLSX if _is_plain_sheet(data) else ""
    if not mime:
        words = "请选 PDF 或 Excel（.xlsx，不带宏）文件。"
        raise Invalid("这份文件打不开或类型不对。", fields={"paper_file": words})
    return _keep(
        data,
        mime=mime,
        purpose="paper",
        owner_kind=owner_kind,
        owner_id=owner_id,
        home6=home6,
        visibility="sealed",
    )


def _is_plain_sheet(data: bytes) -> bool:
    """Say whether these are the bytes of an .xlsx file that carries no program."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = set(packed.namelist())
    except zipfile.BadZipFile:
        return False
    return "xl/workbook.xml" in names and not any(name.endswith("vbaProject.bin") for name in names)


def voice_accept(*, data: bytes, owner_kind: str, owner_id: UUID, home6: str) -> StoredFile:
    """Keep a voice message, sealed; the keeper plays and writes it down."""
    return _keep(
        data,
        mime=voice_check(data),
        purpose="voice",
        owner_kind=owner_kind,
        owner_id=owner_id,
        home6=home6,
        visibility="sealed",
    )


def voice_check(data: bytes) -> str:
    """Return the media type of a voice message; refuse what is none, or too long."""
    mime = _voice_kind(data)
    if len(data) > VOICE_BYTES:
        raise Invalid("这段录音太长了，请录 60 秒以内。", fields={"voice": "请重录一段短的。"})
    return mime


def file_read(file: StoredFile) -> bytes:
    """Return a file's bytes, checked."""
    return storage.get(file.home6, file.sha256)


def file_erase(file: StoredFile) -> None:
    """Erase a file: the row stays as a tombstone, the bytes go once that is certain."""
    StoredFile.objects.filter(pk=file.pk, erased_at=None).update(erased_at=clock.now())
    transaction.on_commit(functools.partial(_bytes_forget, file.home6, file.sha256))


def _bytes_forget(home6: str, sha: str) -> None:
    """Remove bytes that no file needs any more."""
    if not StoredFile.objects.filter(home6=home6, sha256=sha, erased_at=None).exists():
        storage.remove(home6, sha)


def letter_issue(
    *,
    home6: str,
    matter_kind: str,
    matter_id: UUID,
    part_id: UUID | None,
    kind: str,
    content: dict[str, Any],
    signed_by: str = "",
) -> LetterVersion:
    """Fix a letter's content by its checksum; a later issue of the same kind is a new version."""
    same = LetterVersion.objects.filter(home6=home6, matter_id=matter_id, part_id=part_id, kind=kind)
    content = {name: str(field) if isinstance(field, date) else field for name, field in content.items()}
    return LetterVersion.objects.create(
        home6=home6,
        matter_kind=matter_kind,
        matter_id=matter_id,
        part_id=part_id,
        kind=kind,
        content=content,
        version=same.count() + 1,
        sha256=content_sha(content),
        signed_by=signed_by,
    )


def letter_checked(letter: LetterVersion) -> dict[str, Any]:
    """Return a letter's content; refuse one that no longer matches its checksum."""
    if content_sha(letter.content) != letter.sha256:
        raise Conflict("文件校验不一致，这份函件可能被改动过，已暂停使用，请联系管理员。")
    content: dict[str, Any] = letter.content
    return content


def content_sha(content: dict[str, Any]) -> str:
    """Return the checksum of a letter's content."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def _voice_kind(data: bytes) -> str:
    if data[4:8] == b"ftyp":
        return "audio/mp4"
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":  # RIFF alone may be a film or a WebP picture
        return "audio/wav"
    for magic, mime in VOICE_MAGIC.items():
        if data.startswith(magic):
            return mime
    raise Invalid("这个文件不是能听的录音，请重录。", fields={"voice": "请用手机录音后再交。"})


def _keep(data: bytes, **fields: Any) -> StoredFile:
    sha = storage.put(fields["home6"], data)
    file, _made = StoredFile.objects.get_or_create(
        home6=fields["home6"],
        owner_kind=fields["owner_kind"],
        owner_id=fields["owner_id"],
        purpose=fields["purpose"],
        sha256=sha,
        defaults={**fields, "size": len(data)},
    )
    if file.erased_at is not None:  # taken out and handed in again
        file.erased_at = None
        file.save(update_fields=["erased_at"])
    return file
