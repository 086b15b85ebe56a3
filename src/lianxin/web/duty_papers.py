"""The papers of this part: the yearly file and the letter of a meeting, for those who may see them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse

from lianxin.common.actor import Actor
from lianxin.common.errors import NotFound
from lianxin.documents.duty_papers import MeetingLetter, meeting_letter_pdf, yearly_file_pdf
from lianxin.duties.assessing.scoring import good_of, kept_score
from lianxin.duties.models import MeetingRequest, YearlyFile
from lianxin.people.selectors import organ_name
from lianxin.regions.selectors import place_name
from lianxin.web.duty_parts import bars_of, parts_of

MET = {True: "已达到", False: "未达到", None: "待评审人认定"}


def file_pdf_answer(actor: Actor, file: YearlyFile) -> HttpResponse:
    """Return a yearly file as PDF; what its reader may not read is counted, not named."""
    return _pdf(yearly_file_pdf(_file(actor, file), demo=settings.LIANXIN_DEMO))


def _file(actor: Actor, file: YearlyFile) -> dict[str, Any]:
    bars = bars_of(kept_score(file), file.home6)
    return {
        "name": file.deputy.name,
        "year": file.year,
        "body": place_name(file.body_code),
        "state": str(file.get_state_display()),
        "points": str(file.points),
        "rules_from": f"{file.rules_from:%Y-%m-%d}",
        "bars": [
            {"label": bar.label, "points": f"{bar.points:g}", "most": bar.most, "counted": bar.counted}
            for bar in bars
        ],
        "parts": [_part(part) for part in parts_of(actor, file)],
        "goods": [{"label": one.label, "met": MET[one.met]} for one in good_of(file)],
        "group_view": file.group_view,
        "result": str(file.get_result_display()) if file.result else "",
        "reason": file.result_reason,
        "signed": f"{file.signed_on:%Y-%m-%d}" if file.signed_on else "",
    }


def _part(part: dict[str, Any]) -> dict[str, Any]:
    rows = [f"{row.on:%m-%d}　{row.kind}　{row.title}".rstrip() for row in part["rows"]]
    return {"label": part["label"], "count": part["count"], "rows": rows}


def meeting_pdf_answer(row: MeetingRequest) -> HttpResponse:
    """Return the letter of a meeting (约见函) as PDF."""
    if row.notified_on is None or row.meet_on is None:
        raise NotFound("还没有发约见函。")
    deputies = [row.deputy.name, *row.joint.order_by("pinyin").values_list("name", flat=True)]
    letter = MeetingLetter(
        body=place_name(row.body_code),
        number=row.number,
        organ=organ_name(row.organ),
        whom=row.whom,
        topic=row.topic,
        question=row.question,
        deputies=deputies,
        meet_on=row.meet_on,
        place=row.meet_place,
        on=row.notified_on,
    )
    return _pdf(meeting_letter_pdf(letter, demo=settings.LIANXIN_DEMO))


def _pdf(content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = "inline"
    return answer
