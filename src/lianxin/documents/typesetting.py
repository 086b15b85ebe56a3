"""Setting papers: one kept typst compiler, our own fonts only, no clock in the output.

The same layout and content give the same bytes for ever: no system font, no date of making.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from lianxin.audit.chain import canonical

HERE = Path(__file__).parent
FONTS, LAYOUTS = HERE / "fonts", HERE / "layouts"
_one_at_a_time = threading.Lock()


def pdf(layout: str, content: Mapping[str, Any]) -> bytes:
    """Return the PDF of a layout (a file in `layouts/` without its ending) filled with `content`."""
    return _made(layout, content, format="pdf", timestamp=0)


def png(layout: str, content: Mapping[str, Any], *, ppi: float = 200.0) -> bytes:
    """Return the one page of a layout as a picture, `ppi` dots an inch."""
    return _made(layout, content, format="png", ppi=ppi)


def _made(layout: str, content: Mapping[str, Any], **how: Any) -> bytes:
    with _one_at_a_time:  # the compiler keeps its fonts and caches between papers and is not shared
        made = _compiler().compile(
            input=str(LAYOUTS / f"{layout}.typ"), sys_inputs={"content": canonical(content)}, **how
        )
    assert isinstance(made, bytes)
    return made


@functools.cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(root=str(LAYOUTS), font_paths=[str(FONTS)], ignore_system_fonts=True)
