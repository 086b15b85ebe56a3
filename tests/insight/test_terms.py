"""届次对比: a record is of the term that its day lies in, and a figure is as long as its list."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from lianxin.common import clock
from lianxin.common.errors import NotFound
from lianxin.insight import terms as compare
from lianxin.people.permissions import terms_visible_to
from lianxin.people.terms import term_for
from tests.factories import campaigns as make
from tests.factories import terms, villages
from tests.factories.cast import Cast


def _two_terms(cast: Cast) -> None:
    """Make two key tasks in an old term and one in the present one."""
    villages.profiles()
    with clock.at(clock.now() - timedelta(days=400)):
        make.key_task(cast, title="上一届的任务")
        make.key_task(cast, title="上一届的另一项")
    make.key_task(cast, title="这一届的任务")
    terms.registered(days_ago=90)


def test_each_figure_is_the_length_of_its_list(cast: Cast) -> None:
    _two_terms(cast)
    known = list(terms_visible_to(cast.office))
    for row in compare.compared(cast.office, known):
        for cell in row.cells:
            total, found = compare.lines(cast.office, row.measure.slug, cell.term)
            assert total == cell.count == len(found)
    tasks = compare.compared(cast.office, known)[0]
    assert [cell.count for cell in tasks.cells] == [2, 1]
    assert [cell.share for cell in tasks.cells] == [100, 50]


def test_a_new_term_moves_nothing_that_was_before(cast: Cast) -> None:
    _two_terms(cast)
    with pytest.raises(NotFound):
        term_for(cast.office, "没有这一届")
    with pytest.raises(NotFound):
        compare.lines(cast.office, "no-such-thing", term_for(cast.office, ""))
    assert term_for(cast.office, "").name == terms.PRESENT
    assert not terms_visible_to(cast.deputy_town) and not terms_visible_to(cast.village)


def test_the_page_switches_its_figures_and_says_what_is_closed(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    _two_terms(cast)
    client = Client()
    client.force_login(cast.account("office"), backend="django.contrib.auth.backends.ModelBackend")
    client.get("/office/terms")
    with django_assert_max_num_queries(22):
        now = client.get("/office/terms").content.decode()
    old = client.get(f"/office/terms?term={quote(terms.OLD)}").content.decode()
    assert "<b>1</b><span>重点任务" in now and "<b>2</b><span>重点任务" in old
    assert "只能看，不能再改" in old and "只能看，不能再改" not in now
    listed = client.get(f"/office/terms/list/key-tasks?term={quote(terms.OLD)}").content.decode()
    assert "上一届的任务" in listed and "这一届的任务" not in listed and "共 2 条" in listed
    assert client.get("/office/terms/list/nothing").status_code == 404


def test_the_office_registers_a_new_term_on_the_page(cast: Cast) -> None:
    _two_terms(cast)
    client = Client()
    client.force_login(cast.account("office"), backend="django.contrib.auth.backends.ModelBackend")
    refused = client.post("/office/terms/new", {"name": terms.PRESENT, "starts_on": str(clock.today())})
    assert refused.status_code == 422 and terms.PRESENT in refused.content.decode()
    made = client.post("/office/terms/new", {"name": "旬阳市第二届", "starts_on": str(clock.today())})
    assert made.status_code == 302
    assert "旬阳市第二届" in client.get("/office/terms").content.decode()
