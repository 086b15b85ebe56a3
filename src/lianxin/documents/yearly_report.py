"""The yearly report on paper: PDF and DOCX from the same plain facts (pure).

`facts` is `title`, `body`, `made`, `preface` (paragraphs), `complete`, and `parts` with their lines;
each line has `link`, and each cell of its tables too, so that every number opens its list.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from lianxin.documents import typesetting
from lianxin.documents.docx_letter import FANG, HEI, NO_TIME, TITLE
from lianxin.documents.repack import repacked

COLUMNS = ("指标", "本年", "占比", "上年", "增减", "本届年均")
WIDTHS = (Mm(66), Mm(20), Mm(18), Mm(18), Mm(18), Mm(20))
LINK = RGBColor(0x17, 0x61, 0x6B)


def yearly_report_pdf(facts: Mapping[str, Any], *, demo: bool) -> bytes:
    """Return the report on A4."""
    return typesetting.pdf("yearly_report", {**facts, "demo": demo})


def yearly_report_docx(facts: Mapping[str, Any]) -> bytes:
    """Return the report for the office suite; the same facts give the same bytes."""
    document = Document()
    known = document.core_properties
    known.title, known.author, known.comments = facts["title"], facts["body"], ""
    known.created = known.modified = NO_TIME
    _say(document.add_paragraph(), facts["title"], TITLE, 22).alignment = WD_ALIGN_PARAGRAPH.CENTER
    _say(document.add_paragraph(), facts["made"], FANG, 10).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words in facts["preface"]:
        _say(document.add_paragraph(), words, FANG, 14).paragraph_format.first_line_indent = Pt(28)
    for part in facts["parts"]:
        _part(document, part)
    kept = io.BytesIO()
    document.save(kept)
    return repacked(kept.getvalue())


def _part(document: Any, part: Mapping[str, Any]) -> None:
    row = _say(document.add_paragraph(), part["title"], HEI, 16)
    row.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(COLUMNS), style="Table Grid")
    for cell, words, width in zip(table.rows[0].cells, COLUMNS, WIDTHS, strict=True):
        cell.width = width
        _say(cell.paragraphs[0], words, HEI, 11)
    for line in part["lines"]:
        _line(table, line)
    for line in part["lines"]:
        for each in line["tables"]:
            _chart(document, f"{line['name']}：{each['title']}", each["cells"])


def _line(table: Any, line: Mapping[str, Any]) -> None:
    cells = table.add_row().cells
    for cell, width in zip(cells, WIDTHS, strict=True):
        cell.width = width
    _say(cells[0].paragraphs[0], f"{line['name']}（{line['unit']}）", FANG, 11)
    _say(cells[0].add_paragraph(), line["means"], FANG, 9)
    _link(cells[1].paragraphs[0], str(line["count"]), line["link"])
    rest = (line["percent"], line["last_year"], line["change"], line["term_mean"])
    for cell, said in zip(cells[2:], rest, strict=True):
        _say(cell.paragraphs[0], "—" if said is None else str(said), FANG, 11)


def _chart(document: Any, title: str, cells: list[Mapping[str, Any]]) -> None:
    """Add a chart as a picture and, below it, its numbers as links: a picture alone cannot be read aloud."""
    if not cells:
        return
    row = _say(document.add_paragraph(), title, HEI, 12)
    row.paragraph_format.keep_with_next = True
    picture = typesetting.png(
        "bars", {"cells": [{"name": one["name"], "count": one["count"]} for one in cells]}
    )
    document.add_picture(io.BytesIO(picture), width=Mm(140))
    numbers = document.add_paragraph()
    for one in cells:
        _say(numbers, f"{one['name']} ", FANG, 10)
        _link(numbers, str(one["count"]), one["link"], size=10)
        _say(numbers, "　", FANG, 10)


def _say(row: Any, text: str, font: str, size: float) -> Any:
    run = row.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    row.paragraph_format.space_after = Pt(4)
    return row


def _link(row: Any, text: str, address: str, *, size: float = 11) -> None:
    """Add a number that opens an address (python-docx has no call of its own for it)."""
    relation = row.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = row.add_run(text)
    run.font.name, run.font.size, run.font.underline = FANG, Pt(size), True
    run.font.color.rgb = LINK
    link.append(run._element)
    row._p.append(link)
