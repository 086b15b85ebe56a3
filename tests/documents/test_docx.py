"""The DOCX of a letter: page, fonts by their official names, lines, class mark."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from lianxin.documents import docx_letter, letters
from tests.documents.sheets import content


def made(*, demo: bool = False, **changes: Any) -> Any:
    return Document(io.BytesIO(docx_letter.docx(letters.sheet(content(**changes), demo=demo))))


def font(run: Any) -> str:
    return str(run._element.rPr.rFonts.get(qn("w:eastAsia")))


def test_page_and_margins() -> None:
    section = made().sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides] == [37, 35, 28, 26]


def test_the_class_mark_is_flush_right_in_the_first_page_header_only() -> None:
    section = made().sections[0]
    assert section.different_first_page_header_footer
    mark = section.first_page_header.paragraphs[0]
    assert mark.text == "A"
    assert mark.alignment == 2
    assert section.header.paragraphs[0].text == ""


def test_official_fonts_are_named_where_the_standard_wants_them() -> None:
    wanted = {
        "旬阳示范市交通运输局": "方正小标宋简体",
        "关于市第一届人大第12号建议的答复": "方正小标宋简体",
        "您提出的建议收悉。现逐条答复如下：": "仿宋_GB2312",
        "一、关于“装路灯”": "黑体",
        "（一）进度。": "楷体_GB2312",
    }
    found: dict[str, str] = {}
    for row in made().paragraphs:
        for run in row.runs:
            if run.text in wanted:
                found.setdefault(run.text, font(run))
    assert found == wanted


def test_red_double_lines_thick_over_thin_above_and_thin_over_thick_below() -> None:
    document = made()
    upper = next(row for row in document.paragraphs if row.text == "旬阳示范市交通运输局")
    assert edge(upper, "bottom") == ("thickThinSmallGap", "D0021B")
    lower = document.sections[0].first_page_footer.paragraphs[0]
    assert edge(lower, "top") == ("thinThickSmallGap", "D0021B")
    width = 210 - 28 - 26 - upper.paragraph_format.left_indent.mm - upper.paragraph_format.right_indent.mm
    assert width == pytest.approx(170, abs=0.5)


def edge(row: Any, side: str) -> tuple[str, str]:
    line = row._p.pPr.find(qn("w:pBdr")).find(qn(f"w:{side}"))
    return line.get(qn("w:val")), line.get(qn("w:color"))


def test_page_numbers_are_a_field_of_the_other_pages() -> None:
    section = made().sections[0]
    assert 'w:instr="PAGE"' in section.footer._element.xml
    assert "PAGE" not in section.first_page_footer._element.xml


def test_a_demo_says_so_and_a_real_letter_does_not() -> None:
    def words(demo: bool) -> str:
        document = made(demo=demo)
        header = document.sections[0].header
        return "".join(row.text for row in [*document.paragraphs, *header.paragraphs])

    assert "演示章" in words(True)
    assert words(True).count("演示") == 2
    assert "演示" not in words(False)


def test_the_same_letter_gives_the_same_bytes_and_no_clock() -> None:
    sheet = letters.sheet(content(), demo=False)
    first = docx_letter.docx(sheet)
    assert first == docx_letter.docx(sheet)
    times = {one.date_time for one in zipfile.ZipFile(io.BytesIO(first)).infolist()}
    assert times == {(1980, 1, 1, 0, 0, 0)}


def test_the_elements_stand_in_the_order_that_office_suites_want() -> None:
    """A page setting out of place makes Word call the file damaged."""
    section = made().sections[0]._sectPr
    names = [child.tag.split("}")[1] for child in section]
    names = [name for name in names if not name.endswith("Reference")]
    order = ["type", "pgSz", "pgMar", "cols", "titlePg", "docGrid"]
    assert names == sorted(names, key=order.index)
    for row in made().paragraphs:
        children = [child.tag.split("}")[1] for child in row._p.pPr] if row._p.pPr is not None else []
        want = ["pStyle", "pBdr", "spacing", "ind", "jc"]
        assert children == sorted(children, key=want.index)
