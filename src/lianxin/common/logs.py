"""The log says what failed and where, never what somebody typed.

The message of an exception may quote a whole row (PostgreSQL: 「Failing row contains …」) or a
form's value, and an address may hold a query code. Type, place and route are enough to mend it.
"""

from __future__ import annotations

import copy
import logging
import traceback
from types import TracebackType
from typing import Any


class DiscreetFormatter(logging.Formatter):
    """Writes traces without the words of exceptions, and routes in place of addresses."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record; what other handlers made of it is not reused."""
        plain = copy.copy(record)
        plain.exc_text = None
        request = getattr(record, "request", None)
        if request is not None and hasattr(request, "method"):
            plain.msg, plain.args = "%s %s: %s", (request.method, _route(request), _status(record))
        return super().format(plain)

    def formatException(self, ei: Any) -> str:
        """Return types and places of an exception and of those that led to it."""
        return "\n".join(_trace(ei[1]))


def _trace(error: BaseException | None) -> list[str]:
    if error is None:
        return []
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    frames: TracebackType | None = error.__traceback__
    lines = [line.rstrip() for line in traceback.format_tb(frames)]
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    return [*_trace(cause), *lines, f"{name}（内容不记）"]


def _route(request: Any) -> str:
    match = getattr(request, "resolver_match", None)
    return str(match.route) if match else "(no route)"


def _status(record: logging.LogRecord) -> str:
    return str(getattr(record, "status_code", record.levelname))
