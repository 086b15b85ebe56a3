"""Posters, receipts, paper forms and drafts, measured on real PDFs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as modestly
from hypothesis import strategies as st

from lianxin.common.codes import clean, code_from
from lianxin.documents import ballot_papers, papers
from tests.documents.sheets import MM, pages

STATION = papers.StationFacts(
    "113", "段家河镇人大代表联络站", "0915-000-0000", "段家河镇政府一楼", "https://lianxin.test"
)
LONG = papers.StationFacts(
    "113x003", "某某镇某某某某社区第十二选区人大代表联络室", "0915-000-0000", "", "https://lianxin.test"
)
RECEIPT = papers.Receipt(
    "XY-7K3M-92QF", date(2026, 11, 24), date(2026, 11, 27), STATION.name, STATION.phone, STATION.site
)
CATEGORIES = ("交通道路", "饮水水利", "农业农村", "教育", "医疗卫生", "其他")  # fmt: skip


def words(found: list[Any]) -> str:
    return "".join(page.extract_text() for page in found).replace("\n", "").replace(" ", "").replace("　", "")


@pytest.mark.parametrize(("size", "width", "height"), [("A4", 210, 297), ("A3", 297, 420)])
@pytest.mark.parametrize("station", [STATION, LONG])
def test_a_poster_is_one_page_of_its_size(
    size: str, width: int, height: int, station: papers.StationFacts
) -> None:
    (page,) = pages(papers.poster_pdf(station, size=size, workdays=3, demo=False))
    assert (round(page.width / MM), round(page.height / MM)) == (width, height)
    assert all(one["x0"] >= 0 and one["x1"] <= page.width for one in page.chars)


def test_all_ways_stand_on_the_poster_in_the_same_size() -> None:
    (page,) = pages(papers.poster_pdf(STATION, size="A4", workdays=3, demo=False))
    sizes = {}
    for way in ("打电话", "来站说", "写纸条", "说语音"):
        (found,) = page.search(way)
        sizes[way] = found["chars"][0]["size"]
    sizes["扫码"] = page.search("扫 *码")[0]["chars"][0]["size"]
    assert {round(size) for way, size in sizes.items()} == {25}
    assert "3个工作日" in words([page])


def test_a_poster_is_readable_from_afar() -> None:
    (page,) = pages(papers.poster_pdf(STATION, size="A4", workdays=3, demo=False))
    assert min(one["size"] for one in page.chars) >= 14.9


def test_the_demo_mark_is_on_papers_of_a_demo_only() -> None:
    for made in (
        lambda demo: papers.poster_pdf(STATION, size="A4", workdays=3, demo=demo),
        lambda demo: papers.receipt_pdf(RECEIPT, size="A6", demo=demo),
        lambda demo: papers.form_pdf(STATION, numbers=["1"], categories=CATEGORIES, demo=demo),
    ):
        assert all({"演", "示"} <= {one["text"] for one in page.chars} for page in pages(made(True)))
        assert not any("演" in {one["text"] for one in page.chars} for page in pages(made(False)))


@pytest.mark.parametrize(("size", "width"), [("A6", 105), ("80", 80)])
def test_a_receipt_is_large_enough_to_read(size: str, width: int) -> None:
    (page,) = pages(papers.receipt_pdf(RECEIPT, size=size, demo=False))
    assert round(page.width / MM) == width
    assert min(one["size"] for one in page.chars) >= 16
    (code,) = page.search("XY-7K3M-92QF")
    assert min(one["size"] for one in code["chars"]) >= 24
    assert code["x1"] <= page.width - 4 * MM
    assert "2026年11月27日告诉您怎么办" in words([page])


@modestly(max_examples=30, deadline=None)
@given(st.binary(min_size=8, max_size=8))
def test_the_code_never_stands_in_the_address_that_a_server_sees(digest: bytes) -> None:
    code = code_from(digest)
    sent, _, kept = papers.Receipt(
        code, date(2026, 1, 2), None, "", "", "https://lianxin.test"
    ).link.partition("#")
    assert clean(kept) == code
    assert "XY" not in sent
    assert "?" not in sent


def test_a_receipt_without_a_due_date_promises_none() -> None:
    (page,) = pages(
        papers.receipt_pdf(
            papers.Receipt("XY-7K3M-92QF", date(2026, 1, 2), None, "站", "1", ""), size="A6", demo=False
        )
    )
    assert "最晚" not in words([page])


def test_one_form_is_one_page_with_its_number() -> None:
    (page,) = pages(papers.form_pdf(STATION, numbers=["113-ABCD-01"], categories=CATEGORIES, demo=False))
    text = words([page])
    assert "表号：113-ABCD-01" in text
    assert all(name in text for name in CATEGORIES)
    assert "清单" not in text


def test_twenty_forms_come_with_a_register_of_their_numbers() -> None:
    numbers = papers.form_numbers("113", papers.BATCH)
    register, *forms = pages(papers.form_pdf(STATION, numbers=numbers, categories=CATEGORIES, demo=False))
    assert all(number in words([register]) for number in numbers)
    assert [number in words([form]) for number, form in zip(numbers, forms, strict=True)] == [True] * 20


def test_form_numbers_differ_within_a_set_and_between_sets() -> None:
    first, second = papers.form_numbers("113", 20), papers.form_numbers("113", 20)
    assert len({*first, *second}) == 40
    assert all(number.startswith("113-") for number in first)


def test_a_draft_says_that_nothing_is_filed() -> None:
    draft = papers.HigherDraft(
        "安康市第五届人民代表大会", "王䶮", "关于污水管网的建议", "情况一。\n情况二。", "", ["修管网", " "]
    )
    text = words(pages(papers.draft_pdf(draft, demo=False)))
    assert "本系统不代为提交、不编号、不留存" in text
    assert "一、情况" in text
    assert "二、具体建议" in text  # an empty part takes no number
    assert "1.修管网" in text
    assert "2." not in text
    assert "王䶮" in text


@pytest.mark.parametrize(
    ("number", "word"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (99, "九十九")]
)
def test_numerals(number: int, word: str) -> None:
    assert papers.numeral(number) == word


@pytest.mark.parametrize("letter", ["W", "M", "m", "8", "i"])
def test_the_code_of_a_card_stands_on_one_line_however_wide_its_letters_are(letter: str) -> None:
    code = "-".join([letter * 3] * 5)
    (page,) = pages(ballot_papers.cards_pdf("项目票决", [code, "1Bi-81S-7pU-TMV-d86"]))
    assert code in (page.extract_text() or "")
    assert max(one["x1"] for one in page.chars if one["text"] == letter) < page.width
