"""The yearly report: figures are lists, tables add up, years stand beside each other."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianxin.common import clock
from lianxin.common.errors import NotFound
from lianxin.documents.yearly_report import yearly_report_docx, yearly_report_pdf
from lianxin.insight.yearly import chapters, report
from lianxin.insight.yearly.report import Line
from tests.factories import duties, opinions
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db
YEAR = 365


def line(cast: Cast, slug: str, year: int | None = None) -> Line:
    """Return one figure of the presidium's report."""
    made = report.report(cast.presidium, year or clock.today().year)
    return next(one for part in made.parts for one in part.lines if one.entry.slug == slug)


def test_every_figure_is_the_length_of_its_list_and_every_table_adds_up_to_it(cast: Cast) -> None:
    opinions.said(cast)
    opinions.said(cast, text="三组的自来水三天没有来了，老人挑水吃，请帮忙问问。")
    duties.diary(cast)
    duties.diary(cast, privacy="self", text="只写给自己看的一篇，谁也不应当在名单里看到它。")
    year = clock.today().year
    for part in report.report(cast.presidium, year).parts:
        for one in part.lines:
            assert one.count == report.rows_of(cast.presidium, one.entry.slug, year).count()
            for table in one.tables:
                assert sum(cell.count for cell in table.cells) == one.count
                for cell in table.cells:
                    rows = report.rows_of(
                        cast.presidium, one.entry.slug, year, split=table.split.slug, value=cell.value
                    )
                    assert rows.count() == cell.count, (one.entry.slug, cell)
    assert line(cast, "opinions").count == 2
    assert line(cast, "diaries").count == 1, "what a deputy keeps to himself is counted for nobody else"


def test_a_year_stands_beside_the_last_one_and_the_mean_of_the_term(cast: Cast) -> None:
    opinions.said(cast)
    opinions.said(cast, text="三组的自来水三天没有来了，老人挑水吃，请帮忙问问。")
    with clock.at(clock.now() + timedelta(days=YEAR)):
        opinions.said(cast, text="村口的路被雨水冲断了，车过不去，请尽快来看看。")
        now = line(cast, "opinions")
    assert (now.count, now.last_year, now.change) == (1, 2, -1)
    assert now.term_mean == 2.0, "years before the first record say nothing about the term"


def test_what_the_report_does_not_know_is_not_found() -> None:
    with pytest.raises(NotFound):
        chapters.entry("mood_of_residents")
    with pytest.raises(NotFound):
        chapters.split_of(chapters.entry("opinions"), "person")


def test_papers_carry_a_link_at_each_number() -> None:
    cell = {"name": "扫码", "count": 2, "link": "http://lianxin.test/office/report/opinions?by=channel"}
    row = {
        "name": "收到民情", "means": "本年收到的民情", "unit": "件", "count": 2, "percent": None, "last_year": 1,
        "change": "+1", "term_mean": 1.5, "link": "http://lianxin.test/office/report/opinions?year=2026",
        "tables": [{"title": "按渠道", "cells": [cell]}],
    }  # fmt: skip
    facts = {
        "title": "旬阳市人大2026年度数据报告", "body": "旬阳市", "made": "2027年1月5日", "preface": ["本年收到民情2件。"],
        "complete": True, "parts": [{"title": "社情民意", "lines": [row]}],
    }  # fmt: skip
    kept = zipfile.ZipFile(io.BytesIO(yearly_report_docx(facts)))
    targets = kept.read("word/_rels/document.xml.rels").decode()
    assert row["link"] in targets
    assert cell["link"] in targets
    printed = yearly_report_pdf(facts, demo=False)
    assert printed.count(b"/URI") >= 2
    assert yearly_report_docx(facts) == yearly_report_docx(facts)


def _queries(cast: Cast) -> int:
    with CaptureQueriesContext(connection) as asked:
        report.report(cast.office, clock.today().year)
    return len(asked)


def test_the_report_asks_the_same_number_of_queries_whatever_there_is_to_count(cast: Cast) -> None:
    opinions.said(cast)
    before = _queries(cast)
    for text in ("三组的自来水三天没有来了，老人挑水吃。", "村口的路被雨水冲断了，车过不去。"):
        opinions.said(cast, text=text)
        duties.diary(cast, text=text + "今天去看了，已经报给站里，等回话。")
    assert _queries(cast) == before
