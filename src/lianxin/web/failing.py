"""A form that no longer fits its browser: it lay too long, or somebody signed in or out in another tab."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lianxin.common.errors import Denied

LONG = 10
"""Shorter texts are quickly written again; longer ones are given back."""
NEVER_SHOWN = ("password", "pin", "token", "code", "_id")


def form_stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say what to do and give back what was written; Django asks this view when a token does not fit."""
    typed = {name: text for name, text in request.POST.items() if _given_back(name, str(text))}
    words = "这一页放得太久，或者在别的窗口里登录、退出过，所以没有交上去。请返回上一页，刷新以后再交一次。"
    kept = "您写的话在下面，可以先复制。" if typed else ""
    refusal = Denied(words + kept, fields={name: str(text) for name, text in typed.items()})
    return render(request, "web/refused.html", {"refusal": refusal}, status=refusal.status)


def _given_back(name: str, text: str) -> bool:
    return len(text) >= LONG and not any(part in name for part in NEVER_SHOWN)
