"""The receipt of a query code: for the resident from his session, for the keeper just after registering.

No staff page ever shows a code again. What a keeper has just taken in stays in his own session for
a few minutes, so that a jammed printer can be tried once more.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from lianxin.common import clock
from lianxin.common.errors import NotFound
from lianxin.documents.papers import Receipt
from lianxin.opinions.models import Opinion
from lianxin.opinions.selectors import opinion_by_code
from lianxin.opinions.services import Submitted
from lianxin.web.door import with_token
from lianxin.web.resident.own import code_held

KEPT = "receipt"
MINUTES = 10


def receipt_keep(request: HttpRequest, done: Submitted) -> None:
    """Remember for some minutes what the keeper has just taken in, to print its receipt."""
    request.session[KEPT] = {
        "code": done.code,
        "until": (clock.now() + timedelta(minutes=MINUTES)).isoformat(),
    }


def receipt_of(request: HttpRequest) -> Receipt:
    """Return the receipt that this session may print."""
    signed_in = request.user.is_authenticated
    code = _just_taken_in(request) if signed_in else code_held(request)
    if not code:
        raise NotFound("现在没有可以打印的回执：回执只能在刚登记完时打印，查询码只有本人知道。")
    return _receipt(opinion_by_code(code, browser_token=with_token(request)), code)


def _just_taken_in(request: HttpRequest) -> str:
    kept: dict[str, Any] = request.session.get(KEPT) or {}
    if kept and datetime.fromisoformat(kept["until"]) < clock.now():
        del request.session[KEPT]
        return ""
    return str(kept.get("code", ""))


def _receipt(opinion: Opinion, code: str) -> Receipt:
    return Receipt(
        code=code,
        received=clock.local_date(opinion.received_at),
        due=opinion.sort_due_on,
        station=opinion.station.name,
        phone=opinion.station.phone,
        site=settings.LIANXIN_SITE_URL,
    )
