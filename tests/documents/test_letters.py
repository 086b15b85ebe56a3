"""Letters measured on real PDFs against GB/T 9704-2012 §10.1 (信函格式)."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as modestly
from hypothesis import strategies as st

from lianxin.common.errors import Conflict
from lianxin.common.ids import uuid7
from lianxin.documents import letters, typesetting
from lianxin.documents.models import LetterVersion
from lianxin.documents.services import letter_issue
from tests.documents.sheets import MM, SENTENCE, content, glyphs, pages, rows

CLOSE = 0.3  # millimetres


def printed(*, demo: bool = False, copy: letters.Copy = letters.FILE_COPY, **changes: Any) -> list[Any]:
    return pages(typesetting.pdf("letter", letters.sheet(content(**changes), copy, demo=demo)))


@pytest.fixture(scope="module")
def letter() -> list[Any]:
    return printed()


def bars(page: Any) -> list[tuple[float, float, float, float]]:
    """Return the red lines as (left, right, middle, thickness) in millimetres, from the top."""
    lines = [one for one in page.lines if one["stroking_color"] and one["stroking_color"][0] > 0.5]
    return sorted(
        ((one["x0"] / MM, one["x1"] / MM, one["top"] / MM, one["linewidth"] / MM) for one in lines),
        key=lambda bar: bar[2],
    )


def test_paper_and_margins_on_every_page(letter: list[Any]) -> None:
    for page in letter:
        assert (round(page.width / MM), round(page.height / MM)) == (210, 297)
        found = glyphs(page)
        assert min(one["x0"] for one in found) / MM >= 28 - CLOSE
        assert max(one["x1"] for one in found) / MM <= 184 + CLOSE
        assert min(one["top"] for one in found) / MM >= 37 - CLOSE
        assert max(one["bottom"] for one in found) / MM <= 262 + CLOSE


def test_a_full_page_has_22_lines_of_28_characters(letter: list[Any]) -> None:
    full = rows(letter[1])
    assert len(full) == 22
    assert set(full) == {SENTENCE[26:] + SENTENCE[:26]}  # shifted by the indent of two characters
    assert min(one["x0"] for one in glyphs(letter[1])) / MM == pytest.approx(28, abs=CLOSE)
    assert max(one["x1"] for one in glyphs(letter[1])) / MM == pytest.approx(184, abs=CLOSE)


def test_two_red_double_lines_170_mm_long_on_the_first_page_only(letter: list[Any]) -> None:
    upper_thick, upper_thin, lower_thin, lower_thick = bars(letter[0])
    for left, right, *_ in bars(letter[0]):
        assert right - left == pytest.approx(170, abs=CLOSE)
        assert left == pytest.approx(210 - right, abs=CLOSE)
    assert upper_thick[3] > 2 * upper_thin[3]
    assert lower_thick[3] > 2 * lower_thin[3]
    assert lower_thick[2] + lower_thick[3] / 2 == pytest.approx(297 - 20, abs=CLOSE)
    assert all(not bars(page) for page in letter[1:])


def test_the_organ_stands_30_mm_from_the_edge_and_4_mm_above_the_line(letter: list[Any]) -> None:
    dpi = 200
    picture = letter[0].to_image(resolution=dpi).original.convert("RGB")
    red = [
        y
        for y in range(picture.height // 4)
        if any(
            pixel[0] > 150 and pixel[1] < 90
            for pixel in (picture.getpixel((x, y)) for x in range(0, picture.width, 2))
        )
    ]
    gap = max(range(1, len(red)), key=lambda place: red[place] - red[place - 1])
    assert red[0] / dpi * 25.4 == pytest.approx(30, abs=0.5)
    assert (red[gap] - red[gap - 1]) / dpi * 25.4 == pytest.approx(4, abs=0.5)


def test_the_class_mark_is_in_the_upper_right_corner_of_the_first_page(letter: list[Any]) -> None:
    (mark,) = [one for one in letter[0].chars if one["text"] == "A"]
    assert "Hei" in mark["fontname"]
    assert mark["x1"] / MM == pytest.approx(184, abs=1)
    assert mark["bottom"] / MM < 30
    assert not [one for page in letter[1:] for one in page.chars if one["text"] == "A"]


def test_no_class_mark_where_there_is_no_class() -> None:
    assert not [one for one in printed(class_mark="")[0].chars if one["text"] == "A"]


def test_the_number_is_flush_right_under_the_line_and_the_title_two_lines_below(letter: list[Any]) -> None:
    number = [one for one in glyphs(letter[0]) if one["top"] / MM < 60]
    assert "".join(one["text"] for one in number) == "交通运输局函〔2026〕3号"
    assert max(one["x1"] for one in number) / MM == pytest.approx(184, abs=CLOSE)
    title = glyphs(letter[0], 22)
    title = [one for one in title if one["top"] / MM > 60]  # without the class mark
    assert all("Song" in one["fontname"] for one in title)
    middle = (min(one["x0"] for one in title) + max(one["x1"] for one in title)) / 2
    assert middle / MM == pytest.approx(28 + 78, abs=CLOSE)
    lines_between = (title[0]["top"] - number[0]["bottom"]) / (225 * MM / 22)
    assert 1.5 < lines_between < 2.7


def page_number(page: Any) -> list[Any]:
    return [one for one in page.chars if abs(one["size"] - 14) < 0.1 and one["top"] / MM > 262]


def test_page_numbers_begin_on_the_second_page_even_left_odd_right(letter: list[Any]) -> None:
    assert page_number(letter[0]) == []
    for page in letter[1:]:
        figures = page_number(page)
        assert "".join(one["text"] for one in figures).replace(" ", "") == f"—{page.page_number}—"
        on_left = figures[0]["x0"] / MM < 105
        assert on_left == (page.page_number % 2 == 0)
        assert (figures[0]["top"] + figures[0]["bottom"]) / 2 / MM == pytest.approx(262 + 7, abs=0.5)


def test_levels_have_their_fonts(letter: list[Any]) -> None:
    fonts = {one["text"]: one["fontname"] for one in glyphs(letter[0])}
    assert "Fang" in fonts["您"]
    assert "Hei" in fonts["“"]
    assert "Kai" in fonts["进"]


def test_foot_has_signature_date_contact_publishing_and_copies() -> None:
    text = "".join(page.extract_text() for page in printed()).replace("\n", "").replace(" ", "")
    for part in ("旬阳示范市交通运输局", "2026年11月5日", "联系人及电话：孙经办0915-000-0000", "公开属性：主动公开",
                 "抄送：旬阳市人大常委会代表工作委员会，旬阳市人民政府督查室。"):  # fmt: skip
        assert part in text


def test_a_demo_says_so_on_every_page_and_across_the_seal() -> None:
    marked = printed(demo=True)
    for page in marked:
        big = [one for one in page.chars if one["size"] > 60 or not one["upright"]]
        assert {"演", "示"} <= {one["text"] for one in big}
    assert "".join(one["text"] for one in glyphs(marked[-1], 22)) == "演示章"


def test_a_real_letter_does_not_say_demo(letter: list[Any]) -> None:
    assert "".join(one["text"] for one in glyphs(letter[-1], 14)[:3]) == "印章处"
    assert not [one for page in letter for one in page.chars if one["text"] == "演"]


RARE = "䶮𬱟㛃堃珺"


def test_rare_characters_of_names_are_drawn_with_the_fallback_font() -> None:
    (page, *_) = printed(recipients=[{"deputy": "1", "name": RARE}])
    drawn = {one["text"]: one["fontname"] for one in page.chars if one["text"] in RARE}
    assert set(drawn) == set(RARE)
    assert all("Noto" in font for font in drawn.values())


def test_rare_characters_do_not_become_blank_boxes() -> None:
    boxes = {
        name: printed(recipients=[{"deputy": "1", "name": name}])[0]
        .to_image(resolution=100)
        .original.tobytes()
        for name in (*RARE, "\U0003ffff")
    }
    assert len(set(boxes.values())) == len(boxes)


def test_the_feedback_form_is_the_last_page() -> None:
    form = {
        "number": "旬人建〔2026〕12号",
        "title": "装路灯",
        "unit": "交通运输局",
        "workdays": 15,
        "to": "代工委",
    }
    last = printed(feedback=form, body=["短。"])[-1]
    text = last.extract_text()
    assert "征询意见表" in text
    assert text.count("基本满意") == 2
    assert "王小明、李小红" in text


def test_the_form_of_a_copy_names_one_deputy_and_of_a_concealed_copy_nobody() -> None:
    form = {"number": "1", "title": "装路灯", "unit": "局", "workdays": 15, "to": "代工委"}
    wanted = {letters.Copy(1): "李小红", letters.Copy(1, conceal=True): "", letters.Copy(9): "王小明、李小红"}
    for copy, names in wanted.items():
        made = letters.sheet(content(feedback=form), copy, demo=False)["feedback"]
        assert made is not None
        assert made["deputy"] == names


def test_each_deputy_has_his_own_copy_and_a_concealed_one_names_nobody() -> None:
    def first(copy: letters.Copy) -> str:
        return str(printed(copy=copy)[0].extract_text())

    assert "李小红代表：" in first(letters.Copy(1))
    assert "王小明" not in first(letters.Copy(1))
    hidden = "".join(page.extract_text() for page in printed(copy=letters.Copy(1, conceal=True)))
    assert "王小明" not in hidden
    assert "李小红" not in hidden
    assert letters.UNNAMED in hidden


def test_the_same_content_gives_the_same_bytes_in_another_process() -> None:
    here = typesetting.pdf("letter", letters.sheet(content(), demo=True))
    script = (
        "import sys, django; django.setup()\n"
        "from lianxin.documents import letters, typesetting\n"
        "from tests.documents.sheets import content\n"
        "sys.stdout.buffer.write(typesetting.pdf('letter', letters.sheet(content(), demo=True)))"
    )
    there = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, env={
        **os.environ, "DJANGO_SETTINGS_MODULE": "lianxin.config.test_settings", "PYTHONPATH": "src:.", "TZ": "UTC"})  # fmt: skip
    assert there.stdout == here


def issued(**changes: Any) -> LetterVersion:
    return letter_issue(
        home6="610981", matter_kind="suggestion", matter_id=uuid7(), part_id=None, kind="reply",
        content=content(**changes),
    )  # fmt: skip


def test_a_stored_letter_prints_and_prints_the_same_again(db: None) -> None:
    letter = issued()
    again = LetterVersion.objects.get(pk=letter.pk)
    assert letters.letter_pdf(letter) == letters.letter_pdf(again)
    assert letters.letter_docx(letter) == letters.letter_docx(again)


def test_a_changed_letter_is_refused(db: None) -> None:
    letter = issued()
    LetterVersion.objects.filter(pk=letter.pk).update(content={**letter.content, "class_mark": "C"})
    letter.refresh_from_db()
    with pytest.raises(Conflict):
        letters.letter_pdf(letter)
    with pytest.raises(Conflict):
        letters.letter_docx(letter)


def test_an_older_content_with_fewer_names_still_prints() -> None:
    old = {"title": "关于交办的函", "body": ["请办理。"], "addressee": "交通运输局", "organ": "代工委",
           "signature": "代工委", "date": "2026-01-02", "number": ""}  # fmt: skip
    (page,) = pages(typesetting.pdf("letter", letters.sheet(old, demo=False)))
    assert "2026年1月2日" in page.extract_text()


@modestly(max_examples=60, deadline=None)
@given(st.text("关于市镇人大建议答复函", min_size=1, max_size=90))
def test_title_rows_lose_nothing_and_fit(title: str) -> None:
    found = letters.title_rows(title)
    assert "".join(found) == title
    assert all(0 < len(row) <= letters.TITLE_ROW for row in found)
    assert len(found) == -(-len(title) // letters.TITLE_ROW)
    assert len(found[0]) == min(map(len, found))


def test_figures_of_a_title_stay_whole() -> None:
    rows = letters.title_rows("关于转办民情2026-000001号事项以及另外一些事情的函")
    assert len(rows) == 2
    assert any("2026-000001" in row for row in rows)


@modestly(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_paragraphs_lose_nothing(text: str) -> None:
    found = letters.paragraph(text)
    assert found["head"] + found["text"] == text


@pytest.mark.parametrize("count", range(8, 24, 3))
def test_wherever_the_text_ends_nothing_leaves_the_type_area(count: int) -> None:
    """The signature moves to the next page as a whole; copies stand at the foot of the last one."""
    found = printed(body=["一行字。"] * count)
    for page in found:
        inside = glyphs(page) + (glyphs(page, 14) if page is found[-1] else [])
        text = [one for one in inside if one["bottom"] / MM < 264]  # page numbers stand below
        assert max(one["bottom"] for one in text) / MM <= 262 + CLOSE
    last = found[-1].extract_text()
    assert "抄送" in last
    signed = [page for page in found if "年11月5日" in page.extract_text()]
    assert "旬阳示范市交通运输局" in "".join(rows(signed[-1])[-6:])


def test_long_names_and_titles_fit() -> None:
    organ = "旬阳示范市人民代表大会常务委员会代表工作委员会办公室"
    names = [{"deputy": str(n), "name": f"联名代表{n}号"} for n in range(12)]
    page, *_ = printed(organ=organ, signature=organ, title="关于" + "建议" * 30 + "的答复", recipients=names)
    assert all(one["x0"] / MM >= 20 - CLOSE and one["x1"] / MM <= 190 + CLOSE for one in page.chars)
    assert len({round(one["top"]) for one in glyphs(page, 22) if one["top"] / MM > 60}) == 4


def test_what_people_type_is_text_and_never_a_command_of_the_typesetter() -> None:
    typed = '#read("/etc/passwd") $x^2$ *粗* _斜_ <a> @b \\ // 注 `码` [括]{号} = 一 - 二 + 三'
    text = "".join(rows(printed(body=[typed], title=typed[:30], signature="#v(1cm)")[0]))
    assert '#read("/etc/passwd")' in text
    assert "*粗*" in text
    assert "\\" in text


@pytest.mark.parametrize("count", range(9, 15))
def test_the_seal_never_stands_on_a_page_without_text(count: int) -> None:
    found = printed(body=["一行字。"] * count)
    signed = next(page for page in found if "年11月5日" in page.extract_text())
    assert "一行字。" in "".join(rows(signed))
