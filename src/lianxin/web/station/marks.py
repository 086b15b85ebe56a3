"""The original words with what will be hidden marked: side by side with the outgoing copy."""

from __future__ import annotations

from collections.abc import Iterable

from lianxin.common.masking import Span


def marked(text: str, spans: Iterable[Span]) -> list[tuple[str, bool]]:
    """Return the text in pieces, each with whether it will be hidden when it leaves the station."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted((span.start, span.end) for span in spans):
        if start < at:
            continue
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    pieces.append((text[at:], False))
    return [(piece, hidden) for piece, hidden in pieces if piece]
