"""Photos: the content decides, EXIF is dropped by drawing anew, large ones are made small.

Pure but for Pillow; raises `Invalid` with what to do.
"""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from lianxin.common.errors import Invalid

MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 1600
TARGET_BYTES = 300 * 1024
KINDS = ("JPEG", "PNG", "WEBP")


def photo_clean(data: bytes) -> tuple[bytes, int, int]:
    """Return (JPEG bytes ≤ about 300 KB, width, height) without any metadata."""
    if len(data) > MAX_BYTES:
        raise Invalid(
            "这张照片太大了（超过 8 兆），请换一张或拍小一点。", fields={"photos": "每张不超过 8 兆。"}
        )
    upright = ImageOps.exif_transpose(_opened(data)).convert("RGB")
    upright.thumbnail((MAX_SIDE, MAX_SIDE))
    picture = Image.new("RGB", upright.size)  # pixels only: comments and colour profiles stay behind too
    picture.paste(upright)
    for quality in (82, 70, 55, 40):
        small = io.BytesIO()
        picture.save(small, "JPEG", quality=quality, optimize=True)
        if small.tell() <= TARGET_BYTES:
            break
    return small.getvalue(), picture.width, picture.height


def _opened(data: bytes) -> Image.Image:
    refusal = Invalid(
        "这个文件不是能用的照片，请选 JPG、PNG 或 WebP 照片。", fields={"photos": "请换一张照片。"}
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=KINDS)
            if picture.width * picture.height > MAX_PIXELS:
                raise refusal
            picture.load()
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Warning,
    ) as caught:
        raise refusal from caught
    return picture
