"""Answers to the telephone's script: JSON always, a refusal too."""

from __future__ import annotations

import functools
import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from lianxin.common.errors import Invalid, LianxinError
from lianxin.web.door import View

UNREADABLE = "手机发来的内容看不懂，请刷新页面后再同步。"


def in_json(view: View) -> View:
    """Answer a refusal with its status and sentence instead of a page; nothing is kept by browsers."""

    @functools.wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answer = view(request, *args, **kwargs)
        except LianxinError as refusal:
            answer = JsonResponse({"code": refusal.code, "message": refusal.message}, status=refusal.status)
        answer["Cache-Control"] = "no-store"
        return answer

    return answered


def sent(request: HttpRequest) -> dict[str, Any]:
    """Return the object that was sent."""
    try:
        body = json.loads(request.body or b"{}")
    except ValueError as caught:
        raise Invalid(UNREADABLE) from caught
    if not isinstance(body, dict) or "\\u0000" in request.body.decode(errors="replace"):
        raise Invalid(UNREADABLE)
    return body
