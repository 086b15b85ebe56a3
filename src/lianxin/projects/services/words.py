"""Checking what was typed, with one plain sentence per field."""

from __future__ import annotations

from lianxin.common.errors import Invalid


def long_enough(text: str, least: int, most: int, name: str, words: str) -> str:
    """Return the text without blanks around it; refuse what is too short or too long."""
    clean = text.strip()
    if least <= len(clean) <= most:
        return clean
    said = f"请{words}，{least} 到 {most} 个字。"
    raise Invalid(said, fields={name: said})
