"""What somebody sees whose name is locked after wrong passwords, at the page door and at the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from lianxin.common.errors import TooMany
from lianxin.rulebook.selectors import value


def lock_after(request: HttpRequest, credentials: dict[str, Any] | None) -> int:
    """Return how many wrong passwords lock (`security.lock_after`)."""
    return int(value("security.lock_after"))


def lock_time(request: HttpRequest | None = None) -> timedelta:
    """Return for how long (`security.lock_minutes`)."""
    return timedelta(minutes=int(value("security.lock_minutes")))


def answer(request: HttpRequest, response: object, credentials: object = None) -> HttpResponse:
    """Say in plain words that the name is locked, and for how long."""
    seconds = int(lock_time().total_seconds())
    refusal = TooMany(
        f"连续输错密码太多次，已锁定 {seconds // 60} 分钟。请稍后再试；忘记密码请找系统管理员重置。",
        retry_after=seconds,
    )
    if request.path.startswith("/api/"):
        page: HttpResponse = _problem(refusal)
    else:
        page = render(request, "web/refused.html", {"refusal": refusal}, status=refusal.status)
    page["Retry-After"] = str(seconds)
    return page


def _problem(refusal: TooMany) -> JsonResponse:
    status = refusal.status
    return JsonResponse(
        {"type": "about:blank", "title": refusal.message, "status": status, "code": refusal.code},
        status=status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )
