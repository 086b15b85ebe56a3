"""Names in Latin letters, for searching by the keys of an old keyboard."""

from __future__ import annotations


def romanised(words: str) -> str:
    """Return Chinese words in Latin letters without tones and spaces: 旬阳市 is xunyangshi."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its table of phrases takes half a second, a name is rare

    return "".join(lazy_pinyin(words))
