"""The code that changes by itself, for signing in where people meet. Pure.

A photo of the QR is worthless after a minute: the code follows from a secret of the gathering and the
30-second step in which one stands (RFC 4226 over a time step); the previous step is still taken, so
that nobody is too slow. No location, no fingerprint of the telephone: who cannot scan is ticked by the
keeper.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

STEP_SECONDS = 30
DIGITS = 6


def step_of(instant: datetime, *, seconds: int = STEP_SECONDS) -> int:
    """Return the number of the time step in which an instant lies."""
    return int(instant.timestamp()) // seconds


def code_of_step(secret: bytes, step: int) -> str:
    """Return the six digits of a step (RFC 4226 §5.3, dynamic truncation)."""
    digest = hmac.new(secret, step.to_bytes(8, "big"), hashlib.sha256).digest()
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def code_at(secret: bytes, instant: datetime, *, seconds: int = STEP_SECONDS) -> str:
    """Return the code that is shown at an instant."""
    return code_of_step(secret, step_of(instant, seconds=seconds))


def code_is_good(secret: bytes, code: str, instant: datetime, *, seconds: int = STEP_SECONDS) -> bool:
    """Say whether a code is the present one or the one before it."""
    step = step_of(instant, seconds=seconds)
    good = [code_of_step(secret, one).encode() for one in (step, step - 1)]
    given = code.strip().encode()
    return any(hmac.compare_digest(given, one) for one in good)


def seconds_left(instant: datetime, *, seconds: int = STEP_SECONDS) -> int:
    """Return how long the code shown at an instant will stay."""
    return seconds - int(instant.timestamp()) % seconds
