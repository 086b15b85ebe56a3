"""Short recordings for voice messages: a real WAV file of a few quiet tones, nobody's voice."""

from __future__ import annotations

import io
import math
import random
import struct
import wave

RATE = 4000


def recording(chance: random.Random) -> bytes:
    """Return a third of a second of sound as a mono WAV file."""
    pitch, length = chance.uniform(110, 220), RATE // 3
    samples = (int(6000 * math.sin(2 * math.pi * pitch * place / RATE)) for place in range(length))
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return held.getvalue()
