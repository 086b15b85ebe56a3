"""Query codes: what a resident keeps to find a matter again, `XY-7K3M-92QF`.

Seven random characters of a 31-letter alphabet (no 0, O, 1, I, L) and one check character
(ISO 7064-like weighted sum, mod 31: catches one wrong character and one swap of neighbours).
The database keeps only a keyed hash of the code.
"""

from __future__ import annotations

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
PREFIX = "XY"
_SIZE = len(ALPHABET)


def check_character(body: str) -> str:
    """Return the check character for seven characters of the alphabet."""
    total = sum((place + 2) * ALPHABET.index(letter) for place, letter in enumerate(body))
    return ALPHABET[total % _SIZE]


def new_code() -> str:
    """Return a fresh random code in its printed form (31^7, about 2.7e10 of them)."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(7))
    return printed(body + check_character(body))


def printed(eight: str) -> str:
    """Return eight characters grouped as people read them."""
    return f"{PREFIX}-{eight[:4]}-{eight[4:]}"


def clean(typed: str) -> str | None:
    """Return the printed form of what somebody typed, or None if it is no code."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    eight = letters.removeprefix(PREFIX) if len(letters) == len(PREFIX) + 8 else letters
    if len(eight) != 8 or any(letter not in ALPHABET for letter in eight):
        return None
    return printed(eight) if check_character(eight[:7]) == eight[7] else None
