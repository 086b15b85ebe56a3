"""How the ledger of the demo city is spread: diaries a deputy, online a town, and one drawn photo."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw

from lianxin.demo.shares import allot

WHOLE, DIARIES, COPIES = 1086, 9800, 4
PER_DEPUTY = {
    3: 3,
    4: 5,
    5: 6,
    6: 7,
    7: 8,
    8: 12,
    9: 16,
    10: 14,
    11: 11,
    12: 4,
    13: 4,
    14: 4,
    15: 3,
    16: 2,
    18: 1,
}
"""Diaries a year → per cent of deputies: median 9, and 18 of a hundred write twelve or more."""


def numbers(people: int, chance: random.Random) -> list[int]:
    """Return how many diaries each deputy writes, exact in the sum with the copies."""
    dealt = [count for count, share in allot(PER_DEPUTY, people).items() for _ in range(share)]
    chance.shuffle(dealt)
    left = sum(dealt) + COPIES - round(DIARIES * people / WHOLE)
    for place, count in enumerate(dealt):
        if left > 0 and count in {10, 11}:
            dealt[place], left = count - 1, left - 1
        elif left < 0 and count in {8, 9, 10}:
            dealt[place], left = count + 1, left + 1
    return dealt


def online_share(town: str) -> float:
    """Return how much of its ledger a town keeps online: 58 to 96 per cent, steady for each town."""
    return 0.58 + (int(town[6:9]) * 7 % 39) / 100


def drawn_photo() -> bytes:
    """Return a drawn picture (no face, no place): a house beside a river."""
    picture = Image.new("RGB", (320, 240), "#cfe3e6")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 170, 320, 240), fill="#17616b")
    draw.polygon(((90, 110), (160, 60), (230, 110)), fill="#a61e22")
    draw.rectangle((105, 110, 215, 170), fill="#f7f5f1")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
