"""The hash chain, pure: what is hashed and how rows hang together.

Each entry's hash is SHA-256 over the previous hash and the entry's canonical JSON (sorted keys,
no spaces, UTF-8). A changed byte in any old row breaks its own hash; a removed or inserted row
breaks the next one's `prev_hash` or leaves a gap in the sequence.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

GENESIS = "0" * 64


def canonical(facts: Mapping[str, Any]) -> str:
    """Return the one text form of `facts`."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def entry_hash(prev_hash: str, content: Mapping[str, Any]) -> str:
    """Return the hex hash of an entry whose predecessor has `prev_hash`."""
    return hashlib.sha256((prev_hash + canonical(content)).encode()).hexdigest()


def merkle_root(hashes: list[str]) -> str:
    """Return the Merkle root of a day's entry hashes (an odd last one is carried up)."""
    level = hashes or [GENESIS]
    while len(level) > 1:
        pairs = [level[place : place + 2] for place in range(0, len(level), 2)]
        level = [
            hashlib.sha256("".join(pair).encode()).hexdigest() if len(pair) == 2 else pair[0]
            for pair in pairs
        ]
    return level[0]
