"""Ballots come from nobody: what a request says of its sender is dropped before anything looks at it."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

BALLOTS = re.compile(r"^/evote/[^/]+/ballots$")
OF_THE_SENDER = (
    "HTTP_COOKIE",
    "REMOTE_ADDR",
    "REMOTE_HOST",
    "REMOTE_PORT",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_FORWARDED",
    "HTTP_X_REAL_IP",
    "HTTP_USER_AGENT",
    "HTTP_REFERER",
    "HTTP_AUTHORIZATION",
)


class NobodyMiddleware:
    """Stands first: for a ballot there is no session, no address and no browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on without its sender."""
        if BALLOTS.match(request.path):
            for name in OF_THE_SENDER:
                request.META.pop(name, None)
        return self.get_response(request)
