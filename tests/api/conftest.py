"""A running server for the example."""

from __future__ import annotations

from tests.concurrency.fixtures import prepared

__all__ = ["prepared"]
