"""Styles and scripts run in Chrome 80, which the accessibility list promises (Android 8 and later)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "src/lianxin/web"
SHEETS = sorted((WEB / "static/web/css").glob("*.css")) + sorted((WEB / "styles").glob("*.css"))
SCRIPTS = [
    path
    for path in sorted((WEB / "static/web/js").rglob("*.js"))
    if "vendor" not in path.parts and ".min." not in path.name
]
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
CSS_BANNED = {
    "@layer": r"@layer\b",
    "color-mix": r"color-mix\(",
    ":has": r":has\(",
    ":is, :where": r":(?:is|where)\(",
    "@property": r"@property\b",
    "oklch": r"\boklch\(",
    "inset": r"(?<![\w-])inset\s*:",
    "aspect-ratio": r"(?<![\w-])aspect-ratio\s*:",
    "accent-color": r"accent-color\s*:",
    "dvh": r"\d(?:dvh|svh|lvh)\b",
    "@container": r"@container\b",
    "nesting": r"(?<=[{;])\s*&",
}
JS_BANNED = {
    "randomUUID": r"\brandomUUID\b",
    "structuredClone": r"\bstructuredClone\b",
    "Array.at": r"\.at\(-?\d",
    "private methods": r"(?<![\w\"'/`])#[a-z]\w*\s*\(",
    "logical assignment": r"(?:\?\?|\|\||&&)=",
    "replaceAll": r"\.replaceAll\(",
}
NOT_FULL_WIDTH = re.compile(r"[\u4e00-\u9fff」）][,;?!:()](?!/)|[,;?!(][\u4e00-\u9fff]")


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_sheet_uses_nothing_newer(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
    assert not [name for name, pattern in CSS_BANNED.items() if re.search(pattern, text)]


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_gap_is_used_in_grids_only(path: Path) -> None:
    """Flex `gap` needs Chrome 84; a grid writes the old name too, which marks it as a grid."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
    for rule in re.findall(r"\{([^{}]*)\}", text):
        if re.search(r"(?<![\w-])gap\s*:", rule):
            assert re.search(r"grid-gap\s*:", rule), rule
            assert not re.search(r"display:\s*(?:inline-)?flex", rule), rule


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_script_uses_nothing_newer(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/|^\s*//.*$", "", path.read_text(), flags=re.S | re.M)
    assert not [name for name, pattern in JS_BANNED.items() if re.search(pattern, text)]


def test_the_lists_of_banned_words_can_fail() -> None:
    assert re.search(CSS_BANNED["inset"], "a{inset:0}") and not re.search(
        CSS_BANNED["inset"], "a{--inset-x:0}"
    )
    assert re.search(JS_BANNED["private methods"], "class A { #x() {} }")
    assert NOT_FULL_WIDTH.search("好,再见") and not NOT_FULL_WIDTH.search("好，再见")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB / "templates")))
def test_chinese_text_has_full_width_punctuation(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", path.read_text(), flags=re.S)
    shown = re.findall(
        r"\{% (?:translate|blocktranslate)[^%]*%\}.*?(?:\{% endblocktranslate %\})|\{% translate (?:'[^']*'|\"[^\"]*\")|_\('[^']*'\)|>[^<{]+<",
        text,
        flags=re.S,
    )
    wrong = [one for one in shown if NOT_FULL_WIDTH.search(re.sub(r"\{[{%].*?[%}]\}", "", one))]
    assert not wrong, wrong
