"""The planted marks, the readers of everything that can carry them, and the world they are planted in."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import unquote

from django.test import Client
from PIL import Image

from lianxin.opinions import services as opinions
from lianxin.opinions.models import Channel, Opinion
from tests.api.client import resident
from tests.factories import opinions as say
from tests.factories import suggestions as make
from tests.factories.cast import VILLAGE, Cast
from tests.permissions.world import OWN, World

NAME, PHONE = "欧阳晓璐", "13987654321"
MARKS = (NAME, PHONE, "139 8765 4321", "欧阳")
SAID = f"李家庄三组没有路灯。我叫王晓璐，电话 {PHONE}，请回我"
TYPED = ("王晓璐", PHONE)
"""What the resident wrote into the text itself: the name after 我叫, and the number."""
PUBLIC, ANSWER = "村口的公交站没有雨棚，等车淋雨", "雨棚下周就装"
"""What anybody may read: a published matter, and what stands around the person's name in its answer."""
UNITS = ("clerk", "head", "clerk_power", "oversight")


def photo() -> bytes:
    """Return a photo whose metadata names the person."""
    picture, out = Image.new("RGB", (64, 48), "gray"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = NAME, PHONE
    picture.save(out, "JPEG", exif=exif, comment=NAME.encode())
    return out.getvalue()


def named(data: bytes, end: str) -> io.BytesIO:
    """Return an upload whose file name is the person."""
    file = io.BytesIO(data)
    file.name = f"{NAME}{PHONE}.{end}"
    return file


def recording() -> bytes:
    """Return a recording whose tag names the person."""
    said = b"\x03" + NAME.encode()
    tag = b"TPE1" + len(said).to_bytes(4, "big") + b"\x00\x00" + said
    return b"ID3\x04\x00\x00" + bytes((0, 0, 0, len(tag))) + tag + b"\xff\xfb\x90\x00" * 40


def plant(cast: Cast) -> World:
    """Plant the marks by the doors, and bring the matters to a department and into signed letters."""
    body = {"station": "113", "text": SAID, "village": VILLAGE, "contact": {"name": NAME, "phone": PHONE}}
    answer = resident().post("/opinions", **body)
    assert answer.status_code == 201, answer.content
    form = {"text": SAID + "。", "name": NAME, "phone": PHONE, "village": VILLAGE}
    _post("/113/t", {**form, "photos": named(photo(), "jpg")})
    _post("/113/t", {**form, "text": "", "voice": named(recording(), "mp3")})
    heard = Opinion.objects.get(channel=Channel.VOICE)
    opinions.voice_write_down(actor=cast.keeper, opinion=heard, text=f"我是{NAME}，桥上的栏杆断了，{PHONE}")
    row = Opinion.objects.get(number=answer.json()["number"])
    shown = Opinion.objects.exclude(pk__in=[row.pk, heard.pk]).get()
    for one in (row, heard, shown):
        _to_department(cast, one)
    _answered_in_public(cast)
    suggestion = make.replied(cast, title="关于在三组到小学装路灯的建议")
    return World({OWN: row, "other": row}, {OWN: suggestion, "other": suggestion}, answer.json()["code"])


def _post(address: str, form: dict[str, Any]) -> None:
    page = Client().post(address, form)
    assert page.status_code == 302, page.content.decode()[:2000]


def _to_department(cast: Cast, row: Opinion) -> None:
    """Hand a matter over, as the keeper does after looking at the outgoing copy."""
    row.refresh_from_db()
    opinions.opinion_move(actor=cast.keeper, opinion=row, act="accept")
    opinions.opinion_outgoing_check(actor=cast.keeper, opinion=row, text=row.outgoing_text)
    opinions.opinion_transfer(actor=cast.keeper, opinion=row, units=["transport"])


def _answered_in_public(cast: Cast) -> None:
    """Answer a matter by name and number, as a hurried keeper does, and publish it."""
    row = say.recorded(cast, PUBLIC, name=NAME, phone=PHONE, may_publish=True)
    opinions.opinion_outgoing_check(actor=cast.keeper, opinion=row, text=PUBLIC)
    answer = f"{NAME}您好，{ANSWER}。已打您的电话 139 8765 4321"
    opinions.opinion_answer(actor=cast.keeper, opinion=row, text=answer)
    opinions.opinion_move(actor=cast.presidium, opinion=row, act="publish")
    opinions.opinion_feed_back(actor=cast.keeper, opinion=row, text=answer)


def hidden(text: str, where: str) -> None:
    """Check that no mark stands in a text."""
    for mark in (*MARKS, *TYPED):
        assert mark not in text, f"{mark} in {where}"


def readable(data: bytes) -> str:
    """Return what can be read in an answer: words of a PDF and its properties, each part of a DOCX."""
    if data.startswith(b"%PDF") and b"%%EOF" in data:  # a stand-in for a paper is read as it is
        return _tool("pdftotext", data, "-", "-") + _tool("pdfinfo", data, "-")
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return "\n".join(
                f"{one}\n{parts.read(one).decode('utf-8', 'replace')}" for one in parts.namelist()
            )
    return data.decode("utf-8", "replace")


def fetched(answer: Any) -> str:
    """Return everything that came with an answer: its readable body and its headers, file name included."""
    body = b"".join(_sent(answer)) if answer.streaming else answer.content
    if answer.streaming:
        answer.close()  # left to the collector, it would close the connection of whatever test runs then
    return readable(body) + unquote(str(answer.headers))


def _sent(answer: Any) -> Iterator[bytes]:
    """Return what streams out; of a stream of events, which goes on for as long as somebody looks, the beginning."""
    is_endless = answer["Content-Type"].startswith("text/event-stream")
    return islice(answer.streaming_content, 3) if is_endless else iter(answer.streaming_content)


def _tool(name: str, data: bytes, *where: str) -> str:
    return subprocess.run([name, *where], input=data, capture_output=True, check=True).stdout.decode()  # noqa: S603 - poppler on our own paper
