"""The side menu: few jobs, the right entries, the place where one is, no dead entry."""

from __future__ import annotations

import re

import pytest
from django.urls import Resolver404, resolve

from lianxin.web.menus import LONG, MENUS, ORDER, ROOMS, menu_of
from tests.factories.cast import Cast
from tests.web.pages import entered

pytestmark = pytest.mark.django_db
DESKS = (
    "keeper",
    "presidium",
    "office",
    "leader",
    "village",
    "clerk",
    "head",
    "oversight",
    "admin",
    "auditor",
)


@pytest.mark.parametrize("who", DESKS)
def test_a_person_has_few_jobs_and_each_entry_once(cast: Cast, who: str) -> None:
    jobs = menu_of(getattr(cast, who))
    assert len(jobs) <= 8
    links = [entry[1] for job in jobs for entry in job.entries]
    assert len(links) == len(set(links))
    assert [job.name for job in jobs] == [name for name in ORDER if name in {job.name for job in jobs}]


def test_long_jobs_are_folded_for_those_who_have_many(cast: Cast) -> None:
    presidium = menu_of(cast.presidium)
    assert all(job.folded == (len(job.entries) > LONG) for job in presidium)
    assert any(job.folded for job in presidium)
    assert not any(job.folded for job in menu_of(cast.village))


def test_every_entry_leads_somewhere() -> None:
    groups = [*MENUS, *(group for room, _job in ROOMS for group in room.MENU)]
    for _roles, _name, entries in groups:
        for label, link, _icon in entries:
            try:
                resolve(link)
            except Resolver404:
                pytest.fail(f"{label} leads to {link}, where nothing is")


@pytest.mark.parametrize("who", DESKS)
def test_every_entry_opens_for_whom_it_is_shown(cast: Cast, who: str) -> None:
    client = entered(cast, who)
    for job in menu_of(getattr(cast, who)):
        for label, link, _icon in job.entries:
            assert client.get(link, follow=True).status_code == 200, (who, label, link)


def test_the_present_page_is_marked_and_its_job_open(cast: Cast) -> None:
    page = entered(cast, "presidium").get("/office/groups").content.decode()
    nav = re.search(r'<nav id="menu".*?</nav>', page, re.S)[0]  # type: ignore[index]
    assert nav.count('aria-current="page"') == 1
    open_job = re.search(r"<details open>.*?</details>", nav, re.S)[0]  # type: ignore[index]
    assert 'href="/office/groups" aria-current="page"' in open_job
