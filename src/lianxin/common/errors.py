"""What can go wrong, in words that a person can act on.

Every message is plain Chinese and says what to do next. The API door turns these classes into
RFC 9457 problem documents, the page door into a message beside what was typed.
"""

from __future__ import annotations

from collections.abc import Mapping


class LianxinError(Exception):
    """Base of all expected refusals; `status` is the HTTP status that the doors answer with."""

    status = 400
    code = "refused"

    def __init__(self, message: str, *, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.fields = dict(fields or {})


class Invalid(LianxinError):
    """The input cannot be used as it is; `fields` says which field and why."""

    status = 422
    code = "invalid"


class NotSignedIn(LianxinError):
    """Nobody is signed in, or the token is no longer good."""

    status = 401
    code = "not_signed_in"


class Denied(LianxinError):
    """This actor may not do this, or may not know of it."""

    status = 403
    code = "denied"


class NotFound(LianxinError):
    """There is no such thing for this actor."""

    status = 404
    code = "not_found"


class Conflict(LianxinError):
    """Somebody was faster, or the matter is no longer in a state that allows the act."""

    status = 409
    code = "conflict"


class Refused(LianxinError):
    """A rule of the procedure stands against the act; the message names the rule."""

    status = 409
    code = "rule"


class TooMany(LianxinError):
    """Too many requests; try again after `retry_after` seconds."""

    status = 429
    code = "too_many"

    def __init__(self, message: str, *, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after
