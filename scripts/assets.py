"""Join the style sheets and the icon sprite (run by `make assets`; a test sees that they are fresh)."""

from __future__ import annotations

import re
import sys
from pathlib import Path

WEB = Path(__file__).resolve().parents[1] / "src/lianxin/web"
GROUPS = {
    "public": ("01", "02", "03", "04", "06", "08", "09", "11", "13", "16", "18", "20", "21", "22", "26"),
    "desk": tuple(f"{number:02d}" for number in range(1, 30)),
    "screen": ("30",),
}


def joined(group: str) -> str:
    """Return the style sheets of a group, comments and line breaks removed."""
    texts = [
        path.read_text() for path in sorted((WEB / "styles").glob("*.css")) if path.name[:2] in GROUPS[group]
    ]
    text = re.sub(r"/\*.*?\*/", "", "\n".join(texts), flags=re.S)
    text = re.sub(r"\s+", " ", text)
    return re.sub(r"\s*([{};,>])\s*", r"\1", text).replace(";}", "}").strip() + "\n"


def icons_in_use(lucide: Path) -> list[str]:
    """Return the names of icons that templates and views name."""
    names: set[str] = set()
    for path in WEB.rglob("*.html"):
        names |= set(re.findall(r'(?:c-icon name=|(?<!:)\bicon=)"([a-z0-9-]+)"', path.read_text()))
    named = ("context.py", "menus.py", "acts.py", "desk/views.py", "deputy/signing.py", "station/icons.py")
    homes = sorted((WEB.parent / "insight/homes").glob("*.py"))
    for path in (*(WEB / name for name in named), *sorted(WEB.glob("*/menu.py")), *homes):
        names |= {
            word
            for word in re.findall(r'"([a-z0-9-]+)"', path.read_text())
            if (lucide / f"icons/{word}.svg").exists()
        }
    return sorted(
        names | {"check", "dot", "truck", "circle-alert", "hourglass", "clock", "sun", "moon", "contrast"}
    )


def sprite(lucide: Path) -> str:
    """Return one SVG sprite of the icons in use, from the folder of `lucide-static`."""
    parts = []
    for name in icons_in_use(lucide):
        svg = (lucide / "icons" / f"{name}.svg").read_text()
        inner = re.search(r"<svg[^>]*>(.*)</svg>", svg, flags=re.S)
        assert inner, name
        drawing = re.sub(r"\s+", " ", inner[1]).strip()
        parts.append(f'<symbol id="{name}" viewBox="0 0 24 24">{drawing}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">' + "".join(parts) + "</svg>\n"


if __name__ == "__main__":
    for group in GROUPS:
        (WEB / f"static/web/css/{group}.css").write_text(joined(group))
    if len(sys.argv) > 1:
        (WEB / "static/web/sprite.svg").write_text(sprite(Path(sys.argv[1])))
