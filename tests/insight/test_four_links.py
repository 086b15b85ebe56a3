"""The four links, the matrix of 四民主 × 四自我 and the index: each figure from records, in few queries."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from lianxin.campaigns.services import finding_close
from lianxin.common import clock
from lianxin.elections import services
from lianxin.insight import democracy, democracy_index, four_links
from lianxin.insight.link_rules import Days, Facts, Link, days_of, lamp, missing
from lianxin.villages.models import DisclosureItem, VillageProfile
from tests.factories import campaigns, elections, villages
from tests.factories.cast import VILLAGE, Cast

DAYS = days_of(date(2026, 11, 29), date(2026, 12, 31), 15)
GOOD = {
    "in_term": 1, "term_far": 1, "met_before": 1, "met_now": 1, "members": 3, "heads": 1, "finance": 1,
    "reviewed_before": 1, "reviewed_now": 1, "appraised_before": 1, "charters": 1, "covenants": 1,
}  # fmt: skip


def lamps(days: Days = DAYS, **more: int) -> dict[Link, str]:
    found = missing(Facts(**{**GOOD, **more}), days)
    return {link: lamp([one for one in found if one.link is link]) for link in Link}


def test_a_village_in_order_is_green_everywhere() -> None:
    assert set(lamps().values()) == {"green"}
    assert DAYS.last_quarter_ends == date(2026, 9, 30)


def test_each_missing_duty_turns_its_own_link() -> None:
    red = (
        ("broken_elections", 1, Link.ELECTION), ("in_term", 0, Link.ELECTION), ("members", 2, Link.COUNCIL),
        ("heads", 0, Link.COUNCIL), ("finance", 0, Link.COUNCIL), ("appraised_before", 0, Link.COUNCIL),
        ("charters", 0, Link.CHARTER), ("covenants", 0, Link.CHARTER), ("corrections", 1, Link.CHARTER),
        ("items_late", 1, Link.DISCLOSURE),
    )  # fmt: skip
    for name, count, link in red:
        found = lamps(**{name: count})
        assert found.pop(link) == "red" and set(found.values()) == {"green"}, name
    for name, count, link in (
        ("running_elections", 1, Link.ELECTION), ("term_far", 0, Link.ELECTION),
        ("revisions_open", 1, Link.CHARTER), ("items_near", 1, Link.DISCLOSURE),
    ):  # fmt: skip
        assert lamps(**{name: count})[link] == "yellow", name


def test_what_a_sheet_found_is_near_until_its_day_and_red_from_then_on() -> None:
    for link in Link:
        for name, lamp_then in ((f"open_{link}", "yellow"), (f"late_{link}", "red")):
            found = lamps(**{name: 2})
            assert found.pop(link) == lamp_then and set(found.values()) == {"green"}, name


def test_a_missed_quarter_is_red_until_this_one_makes_up_for_it() -> None:
    assert lamps(met_before=0, met_now=0)[Link.COUNCIL] == "red"
    assert lamps(met_before=0, met_now=1)[Link.COUNCIL] == "green"
    near = days_of(date(2026, 12, 20), date(2026, 12, 31), 15)
    assert lamps(near, met_now=0)[Link.COUNCIL] == "yellow"
    assert lamps(met_now=0)[Link.COUNCIL] == "green"


@given(st.integers(0, 3), st.integers(0, 3), st.booleans())
def test_whatever_is_missing_has_its_basis(late: int, charters: int, community: bool) -> None:
    found = missing(Facts(is_community=community, items_late=late, charters=charters), DAYS)
    assert all("第" in one.basis or "本地" in one.basis for one in found)
    assert all(one.basis.startswith("法律文本待核") == community for one in found)


def _office(cast: Cast, who: str = "office") -> Client:
    client = Client()
    client.force_login(cast.account(who), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_board_reads_all_villages_in_two_queries(cast: Cast, django_assert_num_queries: Any) -> None:
    villages.profiles()
    elections.elected(cast)
    villages.decided(cast)
    villages.item(cast)
    office = cast.office
    four_links.board(office)  # parameters and names are read once a process
    with django_assert_num_queries(2):
        rows = four_links.board(office)
    assert [row.code for row in rows] == sorted(
        VillageProfile.objects.values_list("division_code", flat=True)
    )
    assert all(len(row.cells) == 4 for row in rows)
    assert [row.code for row in four_links.board(cast.presidium)] == [VILLAGE], "a town sees its own villages"


def test_a_cell_counts_what_the_villages_page_lists(cast: Cast) -> None:
    villages.profiles()
    elections.elected(cast)
    row = villages.item(cast)
    DisclosureItem.objects.filter(pk=row.pk).update(due_on=clock.today() - timedelta(days=1))
    cells = {cell.link: cell for one in four_links.board(cast.presidium) for cell in one.cells}
    listed = {
        link: (lamp, len(found)) for link, _, lamp, found in four_links.village(VILLAGE, is_community=False)
    }
    assert {link: (cell.lamp, cell.count) for link, cell in cells.items()} == listed
    assert cells[Link.DISCLOSURE].lamp == "red" and cells[Link.ELECTION].lamp == "green"


def _disclosure(cast: Cast) -> str:
    return four_links.village(VILLAGE, is_community=False)[3][2]


def test_a_sheet_turns_the_board_of_its_village_and_the_second_look_turns_it_back(cast: Cast) -> None:
    villages.profiles()
    assert _disclosure(cast) == "green"
    row = campaigns.inspected(cast, cast.presidium).findings.get()
    assert _disclosure(cast) == "yellow"
    with clock.at(clock.now() + timedelta(days=60)):
        assert _disclosure(cast) == "red"
        page = _office(cast).get(f"/village/board/{VILLAGE}").content.decode()
        assert row.words in page and "到期没复查" in page
    finding_close(actor=cast.presidium, row=row, note="看过了，账目逐笔列出。")
    assert _disclosure(cast) == "green"


def test_the_board_says_who_was_inspected_this_quarter(cast: Cast) -> None:
    villages.profiles()
    assert not any(row.is_inspected for row in four_links.board(cast.office))
    campaigns.inspected(cast, cast.presidium)
    seen = {row.code: row.is_inspected for row in four_links.board(cast.office)}
    assert seen.pop(VILLAGE) and not any(seen.values())
    total = len(seen) + 1
    assert f"1/{total}" in _office(cast).get("/village/board").content.decode()
    with clock.at(clock.now() + timedelta(days=120)):
        assert not any(row.is_inspected for row in four_links.board(cast.office))


def test_an_overdue_hand_over_turns_red(cast: Cast) -> None:
    villages.profiles()
    row = elections.elected(cast)
    with elections.at_voting(row):
        later = clock.now() + timedelta(days=14)
    with clock.at(later):
        found = four_links.village(VILLAGE, is_community=False)
        assert found[0][2] == "red"
        services.handover_note(
            actor=cast.village, election=row, handed_over_on=clock.today(), no_relatives=True
        )
        assert four_links.village(VILLAGE, is_community=False)[0][2] == "green"


def test_the_pages_ask_a_fixed_number_of_times(cast: Cast, django_assert_max_num_queries: Any) -> None:
    villages.profiles()
    elections.elected(cast)
    villages.published(cast)
    office = _office(cast)
    office.get("/village/board")
    with django_assert_max_num_queries(10):
        page = office.get("/village/board").content.decode()
    assert f'href="/village/board/{VILLAGE}#election"' in page
    one = office.get(f"/village/board/{VILLAGE}").content.decode()
    assert 'id="council"' in one and "第二十六条" in one


def test_a_cell_of_the_matrix_is_as_long_as_its_list(cast: Cast) -> None:
    villages.profiles()
    elections.elected(cast)
    villages.decided(cast)
    villages.published(cast)
    services.review_note(
        actor=cast.village_supervisor,
        village=VILLAGE,
        held_on=clock.today(),
        text="看了十二张票据，账表相符。",
    )
    with clock.at(clock.now() + timedelta(days=30)):
        cells = dict(democracy.matrix(cast.office))
        for row, columns in cells.items():
            for column, count in columns:
                total, found = democracy.records(cast.office, row, column)
                assert total == count == len(found)
        assert dict(cells["supervise"])["supervise"] == 2
        assert dict(cells["election"])["manage"] == 1
        office = _office(cast)
        page = office.get("/village/democracy/records?row=supervise&column=supervise").content.decode()
        assert "共 2 条" in page and "季度审核" in page
        assert office.get("/village/democracy/records?row=x&column=y").status_code == 404


def test_another_town_counts_only_its_own(cast: Cast) -> None:
    villages.profiles()
    elections.elected(cast)
    assert dict(dict(democracy.matrix(cast.presidium_other))["election"])["manage"] == 0
    assert dict(dict(democracy.matrix(cast.presidium))["election"])["manage"] == 1


def test_the_index_is_done_by_due(cast: Cast) -> None:
    villages.profiles()
    row = villages.published(cast)
    last = four_links.quarter(clock.today())[0]
    DisclosureItem.objects.filter(pk=row.pk).update(due_on=last.ends, published_on=last.ends)
    quarter = democracy_index.trend(cast.presidium)[-1]
    assert (quarter.items_done, quarter.items_due, quarter.villages) == (1, 1, 1)
    assert quarter.value == round(100 * 1 / 3, 1)
    DisclosureItem.objects.filter(pk=row.pk).update(published_on=last.ends + timedelta(days=1))
    assert democracy_index.trend(cast.presidium)[-1].done == 0
    page = _office(cast).get("/village/democracy").content.decode()
    assert "指数＝按期做到的÷应当做的" in page and "没有个人的参与名单" in page


def test_participation_is_totals(cast: Cast) -> None:
    villages.profiles()
    villages.decided(cast)
    with clock.at(clock.now() + timedelta(days=30)):
        totals = {words: count for words, count, _ in democracy.participation(cast.office)}
    assert totals["到会人次"] == 30
