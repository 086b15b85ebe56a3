"""The letter that gives a deputy the result of the test: figures, what was said, until when a plan is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from lianxin.common import clock
from lianxin.common.numbers import next_number
from lianxin.documents.letters import day_of
from lianxin.documents.models import LetterVersion
from lianxin.documents.services import letter_issue
from lianxin.handling.senders import region_name
from lianxin.meetings.models import DutyReview
from lianxin.regions.selectors import place_name

NO_GROUND = "测评结果供您改进履职，不是罢免的法定依据。测评无记名，系统不知道谁投了什么。"


def feedback_number(review: DutyReview) -> str:
    """Return the next number of a body's feedback letters in this year."""
    year, body = clock.today().year, review.division_code
    count = next_number(home6=review.home6, series=f"duty_review:{body}", year=year)
    return f"{place_name(body)}述评〔{year}〕{count}号"


def organ_of_body(body: str) -> str:
    """Return the organ that signs: the deputies' committee for the city, a town's presidium."""
    if body.endswith("000000"):
        return f"{region_name(body[:6])}人大常委会代表工作委员会"
    return f"{place_name(body)}人民代表大会主席团"


def feedback_letter(  # noqa: PLR0913 - the parts of a letter
    review: DutyReview,
    *,
    number: str,
    words: str,
    figures: Sequence[Sequence[Any]],
    due_on: date,
    signed_by: str,
) -> LetterVersion:
    """Issue the letter; its content is fixed by a checksum."""
    organ = organ_of_body(review.division_code)
    told = "，".join(f"{grade} {papers} 票" for grade, papers in figures)
    content = {
        "kind": "duty_review",
        "organ": organ,
        "number": number,
        "title": "关于述职评议结果的反馈书",
        "addressee": f"{review.deputy.name}代表",
        "body": [
            f"{day_of(str(review.meeting.held_on))}，您在{review.meeting.title}上述职，无记名测评结果：{told}。",
            *(one.strip() for one in words.splitlines() if one.strip()),
            f"请您于{day_of(str(due_on))}前交整改方案。",
            NO_GROUND,
        ],
        "signature": organ,
        "date": str(clock.today()),
        "home6": review.home6,
    }
    return letter_issue(
        home6=review.home6,
        matter_kind="duty_review",
        matter_id=review.id,
        part_id=None,
        kind="feedback",
        content=content,
        signed_by=signed_by,
    )
