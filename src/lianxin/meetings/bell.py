"""A bell inside one process: who waits there for a change of a forum looks again at once.

Other processes are not reached by it; they look at the version every quarter of a second.
"""

from __future__ import annotations

from threading import Condition

_bell = Condition()


def ring() -> None:
    """Wake all who wait in this process (after the commit)."""
    with _bell:
        _bell.notify_all()


def wait(seconds: float) -> bool:
    """Wait for the bell at most so long; say whether it rang."""
    with _bell:
        return _bell.wait(seconds)
