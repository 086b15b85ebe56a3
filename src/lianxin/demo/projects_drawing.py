"""Drawn photos of a building site (no face, no place): a road that grows with its milestones."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw


def site_photo(stage: int) -> bytes:
    """Return a picture of the site at a stage from 0 to 4."""
    picture = Image.new("RGB", (640, 480), "#dbe7ea")
    draw = ImageDraw.Draw(picture)
    draw.polygon(
        ((0, 240), (160, 120), (300, 220), (460, 90), (640, 230), (640, 300), (0, 300)), fill="#6f9a7b"
    )
    draw.rectangle((0, 290, 640, 480), fill="#b99b6b")
    reach = 480 - stage * 45
    draw.polygon(((250, 480), (390, 480), (340, reach - 10), (300, reach - 10)), fill="#9aa0a3")
    for post in range(stage + 1):
        draw.rectangle((410 + post * 24, 400 - post * 22, 416 + post * 24, 440 - post * 22), fill="#f7f5f1")
    if stage < 3:
        draw.rectangle((90, 340, 190, 400), fill="#d19a2a")
        draw.ellipse((100, 385, 130, 415), fill="#33393d")
        draw.ellipse((150, 385, 180, 415), fill="#33393d")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
