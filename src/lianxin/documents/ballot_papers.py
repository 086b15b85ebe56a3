"""Papers of a vote (pure): the blank ballot, the report of the count, minutes and announcement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lianxin.documents import docx_letter, typesetting
from lianxin.documents.letters import sheet
from lianxin.documents.papers import qr_svg


def ballot_pdf(facts: Mapping[str, Any], *, demo: bool) -> bytes:
    """Return a blank ballot on A4; every copy is the same, none carries a number."""
    return typesetting.pdf("ballot", {**facts, "demo": demo})


def report_pdf(facts: Mapping[str, Any], *, demo: bool) -> bytes:
    """Return the report of the count with room for the scrutineers' and tellers' signatures."""
    return typesetting.pdf("ballot_report", {**facts, "demo": demo})


def paper_pdf(content: Mapping[str, Any], *, demo: bool) -> bytes:
    """Return minutes or announcement in the format of official papers."""
    return typesetting.pdf("letter", sheet(content, demo=demo))


def paper_docx(content: Mapping[str, Any], *, demo: bool) -> bytes:
    """Return minutes or announcement as DOCX with the official fonts."""
    return docx_letter.docx(sheet(content, demo=demo))


def cards_pdf(title: str, codes: Sequence[str]) -> bytes:
    """Return the sheet of cards to cut: a code each, no name, no number, nothing that differs besides."""
    cards = [{"code": code, "qr": qr_svg(code)} for code in codes]
    return typesetting.pdf("ballot_cards", {"title": title, "cards": cards, "demo": False})
