"""Query codes: what a resident keeps to find a matter again, `XY-7K3M-92QF`.

Seven random characters of a 31-letter alphabet (no 0, O, 1, I, L) and one check character
(ISO 7064-like weighted sum, mod 31: catches one wrong character and one swap of neighbours).
The code follows from the opinion's id
under the pepper, so that a request sent again gets the same code; the database keeps only its keyed hash.
"""

from __future__ import annotations

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
PREFIX = "XY"
_SIZE = len(ALPHABET)


def check_character(body: str) -> str:
    """Return the check character for seven characters of the alphabet."""
    total = sum((place + 2) * ALPHABET.index(letter) for place, letter in enumerate(body))
    return ALPHABET[total % _SIZE]


def code_from(digest: bytes) -> str:
    """Return the code that a keyed digest (at least 8 bytes) stands for; uniform up to 2^-28."""
    number = int.from_bytes(digest[:8], "big")
    body = ""
    for _ in range(7):
        number, place = divmod(number, _SIZE)
        body += ALPHABET[place]
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
