"""Papers of deputies' duties: the yearly file and the letter that arranges a meeting (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lianxin.documents import typesetting
from lianxin.documents.letters import day_of, sheet

BASIS = "《中华人民共和国全国人民代表大会和地方各级人民代表大会代表法》第二十九条"


@dataclass(frozen=True, slots=True)
class MeetingLetter:
    """What a letter says that asks the head of an organ to meet deputies."""

    body: str
    number: str
    organ: str
    whom: str
    topic: str
    question: str
    deputies: Sequence[str]
    meet_on: date
    place: str
    on: date


def meeting_letter_pdf(letter: MeetingLetter, *, demo: bool) -> bytes:
    """Return the letter (约见函) in the letter format of official papers."""
    return typesetting.pdf("letter", sheet(_content(letter), demo=demo))


def _content(letter: MeetingLetter) -> dict[str, Any]:
    names = "、".join(letter.deputies)
    organ = f"{letter.body}人民代表大会"
    return {
        "organ": organ,
        "number": letter.number,
        "title": f"关于约见{letter.whom}的函",
        "addressee": letter.organ,
        "body": [
            f"根据{BASIS}，{names}代表就「{letter.topic}」提出约见贵单位{letter.whom}。现将有关事项函告如下。",
            f"一、时间。{day_of(str(letter.meet_on))}。",
            f"二、地点。{letter.place}。",
            f"三、代表想了解的问题。{letter.question}",
            "请按时到场听取意见并当场答复；当场不能答复的，会后书面答复。负责人确实不能到场的，请委托了解情况的负责人到场，并先告知理由。",
        ],
        "signature": organ,
        "date": str(letter.on),
    }


def yearly_file_pdf(facts: Mapping[str, Any], *, demo: bool) -> bytes:
    """Return a deputy's yearly file on A4."""
    return typesetting.pdf("yearly_file", {**facts, "demo": demo})
