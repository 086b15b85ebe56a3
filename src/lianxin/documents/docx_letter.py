"""A letter as DOCX: the same facts of layout, naming the fonts that offices have."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from lianxin.documents.repack import repacked

TITLE, FANG, HEI, KAI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
RED = RGBColor(0xD0, 0x02, 0x1B)
LINE = Pt(28.95)
LEVEL_FONTS = {0: FANG, 1: HEI, 2: KAI}
NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def docx(sheet: Mapping[str, Any]) -> bytes:
    """Return the letter's DOCX; the same sheet gives the same bytes."""
    document = Document()
    _page(document)
    _properties(document, sheet)
    _head(document, sheet)
    _text(document, sheet)
    _foot(document, sheet)
    kept = io.BytesIO()
    document.save(kept)
    return repacked(kept.getvalue())


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(24)
    section.different_first_page_header_footer = True
    grid = parse_xml(
        f'<w:docGrid {nsdecls("w")} w:type="linesAndChars" w:linePitch="579" w:charSpace="-849"/>'
    )
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(grid)
    _page_number(section.footer.paragraphs[0])
    foot = section.first_page_footer.paragraphs[0]
    _rule(foot, "thinThickSmallGap", side="top")


def _properties(document: Any, sheet: Mapping[str, Any]) -> None:
    facts = document.core_properties
    facts.title, facts.author, facts.comments = sheet["title"], sheet["organ"], ""
    facts.created = facts.modified = NO_TIME


def _head(document: Any, sheet: Mapping[str, Any]) -> None:
    header = document.sections[0].first_page_header.paragraphs[0]
    _add(header, sheet["class_mark"], HEI, 22, align=WD_ALIGN_PARAGRAPH.RIGHT)
    if sheet["demo"]:
        for part in (document.sections[0].first_page_header, document.sections[0].header):
            mark = part.add_paragraph()
            _add(mark, "演示", TITLE, 26, align=WD_ALIGN_PARAGRAPH.CENTER)
    organ = document.add_paragraph()
    _add(organ, sheet["organ"], TITLE, 30, align=WD_ALIGN_PARAGRAPH.CENTER, colour=RED, exact=False)
    _rule(organ, "thickThinSmallGap", side="bottom")
    _add(document.add_paragraph(), sheet["number"], FANG, 16, align=WD_ALIGN_PARAGRAPH.RIGHT)
    document.add_paragraph().paragraph_format.line_spacing = LINE
    for row in sheet["title_rows"]:
        _add(document.add_paragraph(), row, TITLE, 22, align=WD_ALIGN_PARAGRAPH.CENTER)
    document.add_paragraph().paragraph_format.line_spacing = LINE


def _text(document: Any, sheet: Mapping[str, Any]) -> None:
    if sheet["addressee"]:
        _add(document.add_paragraph(), f"{sheet['addressee']}：", FANG, 16)
    for one in sheet["body"]:
        row = document.add_paragraph()
        row.paragraph_format.first_line_indent = Pt(32)
        if one["head"]:
            _add(row, one["head"], LEVEL_FONTS[one["level"]], 16)
        _add(row, one["text"], FANG, 16)
    for place, name in enumerate(sheet["enclosures"], start=1):
        row = document.add_paragraph()
        row.paragraph_format.first_line_indent = Pt(32)
        number = f"{place}. " if len(sheet["enclosures"]) > 1 else ""
        _add(row, f"附件：{number}{name}" if place == 1 else f"　　　{number}{name}", FANG, 16)


def _foot(document: Any, sheet: Mapping[str, Any]) -> None:
    for text, right in (
        ("（演示章）" if sheet["demo"] else "（印章处）", 64),
        (sheet["signature"], 48),
        (sheet["day"], 64),
    ):
        row = document.add_paragraph()
        row.paragraph_format.right_indent = Pt(right)
        _add(row, text, FANG, 16, align=WD_ALIGN_PARAGRAPH.RIGHT)
    for note in sheet["note_rows"]:
        row = document.add_paragraph()
        row.paragraph_format.first_line_indent = Pt(32)
        _add(row, f"（{note}）", FANG, 16)
    if sheet["copies"]:
        _add(document.add_paragraph(), f"抄送：{'，'.join(sheet['copies'])}。", FANG, 14)
    if sheet["feedback"]:
        _feedback(document, sheet["feedback"])
    if sheet.get("annex"):
        _annex(document, sheet["annex"])


def _annex(document: Any, annex: Mapping[str, Any]) -> None:
    """Add the annexed list (附件) on a page of its own."""
    document.add_page_break()
    _add(document.add_paragraph(), "附件", HEI, 16)
    _add(document.add_paragraph(), annex["title"], TITLE, 22, align=WD_ALIGN_PARAGRAPH.CENTER)
    rows = [annex["head"], *annex["rows"]]
    table = document.add_table(rows=len(rows), cols=len(annex["head"]), style="Table Grid")
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, words in zip(cells.cells, row, strict=True):
            _add(cell.paragraphs[0], words, FANG, 12, exact=False)


def _feedback(document: Any, form: Mapping[str, Any]) -> None:
    document.add_page_break()
    _add(
        document.add_paragraph(), "人大代表建议办理情况征询意见表", TITLE, 18, align=WD_ALIGN_PARAGRAPH.CENTER
    )
    marks = "□ 满意　□ 基本满意　□ 不满意"
    rows = (
        ("建议编号", form["number"]), ("建议标题", form["title"]), ("承办单位", form["unit"]),
        ("代表姓名", form["deputy"]), ("答复前是否与您沟通", "□ 是　□ 否　时间、方式："),
        ("对办理态度", marks), ("对办理结果", marks), ("不满意的具体理由", ""), ("代表签名、日期", ""),
    )  # fmt: skip
    table = document.add_table(rows=len(rows), cols=2, style="Table Grid")
    for cells, (label, text) in zip(table.rows, rows, strict=True):
        for cell, words, width in ((cells.cells[0], label, Mm(40)), (cells.cells[1], text, Mm(116))):
            cell.width = width
            _add(cell.paragraphs[0], words, FANG, 12, exact=False)


def _add(
    row: Any, text: str, font: str, size: float, *, align: Any = None, colour: Any = None, exact: bool = True
) -> None:
    run = row.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), font)
    if colour is not None:
        run.font.color.rgb = colour
    form = row.paragraph_format
    form.space_before = form.space_after = Pt(0)
    if align is not None:
        row.alignment = align
    if exact:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, max(LINE, Pt(size * 1.3))


def _rule(row: Any, kind: str, *, side: str) -> None:
    """Draw a red double line 170 mm long, centred on the page: wider than the type area at both sides."""
    form = row.paragraph_format
    form.left_indent, form.right_indent = Mm(-8), Mm(-6)
    edge = f'<w:{side} w:val="{kind}" w:sz="24" w:space="11" w:color="D0021B"/>'
    border = parse_xml(f"<w:pBdr {nsdecls('w')}>{edge}</w:pBdr>")
    row._p.get_or_add_pPr().insert_element_before(border, "w:spacing", "w:ind", "w:jc")


def _page_number(row: Any) -> None:
    row.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for kind, text in (("", "— "), ("PAGE", ""), ("", " —")):
        run = row.add_run(text)
        run.font.name, run.font.size = "宋体", Pt(14)
        if kind:
            row._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{kind}"/>'))
