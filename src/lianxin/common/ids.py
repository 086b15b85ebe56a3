"""Primary keys that are born anywhere: UUID version 7 (RFC 9562), ordered by time."""

from __future__ import annotations

import uuid

from uuid_utils import compat


def uuid7() -> uuid.UUID:
    """Return a new UUIDv7; rows made later sort later, whichever machine made them."""
    return compat.uuid7()
