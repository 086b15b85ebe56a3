"""A form that no longer fits its browser: it lay too long, or somebody signed in or out in another tab."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lianxin.common.errors import Denied

LONG = 10
"""Shorter texts are quickly written again; longer ones are given back."""
NEVER_SHOWN = ("password", "pin", "token", "code", "_id")


def form_stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say what to do and give back what was written; Django asks this view when a token does not fit.

    Only our own pages get their words back: a strange page could else let us say what it likes.
    """
    sent = request.POST.items() if _from_here(request) else ()
    typed = {name: text for name, text in sent if _given_back(name, str(text))}
    words = "这一页放得太久，或者在别的窗口里登录、退出过，所以没有交上去。请返回上一页，刷新以后再交一次。"
    kept = "您写的话在下面，可以先复制。" if typed else ""
    refusal = Denied(words + kept, fields={name: str(text) for name, text in typed.items()})
    return render(request, "web/refused.html", {"refusal": refusal}, status=refusal.status)


def _from_here(request: HttpRequest) -> bool:
    source = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(source).netloc == request.get_host()


def _given_back(name: str, text: str) -> bool:
    is_written = not text.isascii() or " " in text  # what a menu sends, and a number, is one word of ASCII
    return is_written and len(text) >= LONG and not any(part in name for part in NEVER_SHOWN)
