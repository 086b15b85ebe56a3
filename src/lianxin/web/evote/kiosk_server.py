"""The pages of a machine in the hall, served to its own screen by Python's plain server: five small steps."""

from __future__ import annotations

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from lianxin.ballots.electronic import questions, tool
from lianxin.ballots.rules import CHOICES
from lianxin.web.evote import kiosk

WORDS = {"for": "赞成", "against": "反对", "abstain": "弃权"}
TICKED = {"for": "选", "abstain": "不选"}
STATIC = {
    "/static/desk.css": ("web/css/desk.css", "text/css"),
    "/static/kiosk.js": ("web/js/kiosk.js", "text/javascript"),
}
LARGEST_FORM = 2_000_000
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'",
}
Typed = dict[str, list[str]]


def server_of(hall: kiosk.Hall, port: int) -> ThreadingHTTPServer:
    """Return the server of this machine's own screen; nobody else in the network reaches it."""

    class Screen(_Screen):
        pages = Pages(hall)

    return ThreadingHTTPServer(("127.0.0.1", port), Screen)


class Pages:
    """What each step answers with."""

    def __init__(self, hall: kiosk.Hall) -> None:
        self.hall = hall
        self._one_at_a_time = threading.Lock()
        self.steps: dict[str, Callable[[Typed], str]] = {
            "/paper": self.paper,
            "/check": self.check,
            "/cast": self.cast,
            "/again": self.again,
        }

    def start(self, problem: str = "", code: str = "") -> str:
        """Ask for the card."""
        return self._page("start", problem=problem, code=code)

    def paper(self, typed: Typed) -> str:
        """Show the paper to whoever holds a card of the box."""
        secret = _code(typed)
        try:
            known = self.hall.knows(secret)
        except tool.ToolFailed:
            known = False
        if not known:
            return self.start(_("这个码不在这次投票的码卡里，请再看一遍，分清大小写。"), secret)
        return self._marking(secret, typed)

    def check(self, typed: Typed) -> str:
        """Show once more what was marked; what is over the limit goes back, with every mark kept."""
        secret = _code(typed)
        paper = kiosk.paper_of(self.hall.ask, _singles(typed), typed.get("tick", []))
        if said := kiosk.said_against(self.hall.ask, paper):
            return self._marking(secret, typed, said)
        words = WORDS if self.hall.ask.mode == questions.PER_ITEM else TICKED
        said_of = [(label, self._said(paper, key)) for key, label in self._options()]
        rows = [(label, words[one], one == "for") for label, one in said_of]
        blank = not paper.items(questions.mode_of(self.hall.ask))
        return self._page("check", code=secret, rows=rows, blank=blank, typed=_kept(typed))

    def cast(self, typed: Typed) -> str:
        """Encrypt here and send; the receipt is shown only when the board has the ballot."""
        paper = kiosk.paper_of(self.hall.ask, _singles(typed), typed.get("tick", []))
        if kiosk.said_against(self.hall.ask, paper):
            return self.check(typed)
        try:
            with self._one_at_a_time:
                ballot = self.hall.encrypted(_code(typed), paper)
        except tool.ToolFailed:
            return self._page("refused", words=_("加密没有成功，没有投出。请告诉监票人，改投纸票。"))
        return self._send(ballot)

    def again(self, typed: Typed) -> str:
        """Send the same encrypted ballot once more; it counts once however often it arrives."""
        return self._send("".join(typed.get("ballot", [])))

    def _send(self, ballot: str) -> str:
        try:
            receipt = self.hall.sent(ballot)
        except kiosk.Unreached as unreached:
            return self._page("again", words=str(unreached), ballot=ballot)
        except kiosk.RefusedByBoard as refused:
            return self._page("refused", words=refused.words, receipt=refused.receipt)
        return self._page("receipt", receipt=receipt)

    def _marking(self, secret: str, typed: Typed, problem: str = "") -> str:
        single = _singles(typed)
        rows = [
            {
                "key": key,
                "label": label,
                "ticked": key in typed.get("tick", []),
                "choices": [(one, WORDS[one], single.get(f"item{key}") == one) for one in CHOICES],
            }
            for key, label in self._options()
        ]
        return self._page("paper", code=secret, rows=rows, problem=problem)

    def _options(self) -> list[tuple[str, str]]:
        return list(zip(self.hall.ask.keys, self.hall.ask.labels, strict=True))

    def _said(self, paper: Any, key: str) -> str:
        return str(paper.said(key, questions.mode_of(self.hall.ask)))

    def _page(self, name: str, **more: Any) -> str:
        ask = self.hall.ask
        per_item = ask.mode == questions.PER_ITEM
        return render_to_string(f"web/kiosk/{name}.html", {"ask": ask, "per_item": per_item, **more})


def _code(typed: Typed) -> str:
    return "".join(typed.get("code", [])).strip()[:40]


def _singles(typed: Typed) -> dict[str, str]:
    return {name: found[-1] for name, found in typed.items() if found}


def _kept(typed: Typed) -> list[tuple[str, str]]:
    """Return the marks as hidden fields of the next step."""
    return [(name, one) for name, found in typed.items() if name != "code" for one in found]


class _Screen(BaseHTTPRequestHandler):
    """One request of the own screen; nothing of it is logged."""

    pages: Pages
    server_version, sys_version = "kiosk", ""

    def do_GET(self) -> None:
        """Show the first step, or a style sheet."""
        if self.path in STATIC:
            name, kind = STATIC[self.path]
            self._answer(Path(str(finders.find(name))).read_bytes(), kind)
        else:
            self._answer(self.pages.start().encode(), "text/html; charset=utf-8")

    def do_POST(self) -> None:
        """Do a step."""
        size = int(self.headers.get("Content-Length") or 0)
        step = self.pages.steps.get(self.path)
        if step is None or size > LARGEST_FORM:
            self._answer(self.pages.start().encode(), "text/html; charset=utf-8")
            return
        typed = parse_qs(self.rfile.read(size).decode("utf-8", "replace"))
        self._answer(step(typed).encode(), "text/html; charset=utf-8")

    def _answer(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        for name, said in {**HEADERS, "Content-Type": kind, "Content-Length": str(len(content))}.items():
            self.send_header(name, said)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is Python's
        """Keep no log: who stood here, when and how often is nobody's business."""
