"""Older books entered at once: the same rules speak as for single entries."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from lianxin.audit.models import AuditEntry
from lianxin.common import clock
from lianxin.common.actor import SYSTEM
from lianxin.common.errors import Denied, Refused
from lianxin.demo.villages_stories import ALL_VILLAGES, MONTHLY_MORE, REGULAR, monthly, share
from lianxin.regions.loading import HOME6
from lianxin.villages.models import DisclosureItem, VillageMeeting
from lianxin.villages.reserved import Matter
from lianxin.villages.services.register import (
    Entry,
    Held,
    HeldTopic,
    disclosures_register,
    meetings_register,
)
from lianxin.villages.services.timers import duties_of
from tests.factories import villages as make
from tests.factories.cast import Cast

ID = "612429198001011234"


def entries(published: date | None) -> list[Entry]:
    profile = make.profiles()
    duties = duties_of(profile, since=date(2026, 1, 1), until=date(2026, 6, 30))
    return [Entry(profile, duty, published, f"户主证件 {ID}", (("户主", ID),)) for duty in duties]


def test_a_batch_is_one_record_and_hides_numbers(cast: Cast) -> None:
    rows = entries(date(2026, 7, 1))
    before = AuditEntry.objects.count()
    assert disclosures_register(actor=SYSTEM, rows=rows, home6=HOME6) == len(rows) == 6
    assert AuditEntry.objects.count() == before + 1
    for item in DisclosureItem.objects.all():
        version = item.versions.get()
        assert item.state == "published" and version.hidden == 2
        assert ID not in version.text + str(version.table)


def test_what_was_not_published_is_overdue_and_has_no_version(cast: Cast) -> None:
    disclosures_register(actor=SYSTEM, rows=entries(None), home6=HOME6)
    assert set(DisclosureItem.objects.values_list("state", flat=True)) == {"overdue"}
    assert not DisclosureItem.objects.filter(versions__isnull=False).exists()


def test_nobody_but_the_office_enters_older_books(cast: Cast) -> None:
    with pytest.raises(Denied):
        disclosures_register(actor=cast.presidium, rows=[], home6=HOME6)
    with pytest.raises(Denied):
        meetings_register(actor=cast.village, rows=[], home6=HOME6)


def held(kind: str, present: int, matter: Matter = Matter.ORDINARY, days: int = 90, **told: str) -> Held:
    topic = HeldTopic("整修机耕路", matter, present, **told)
    at = clock.now() - timedelta(days=days)
    return Held(make.profiles(), kind, "去年的会议", at, present, "到会人数和决定都记在这里。", (topic,))


def entered(row: Held) -> VillageMeeting:
    meetings_register(actor=SYSTEM, rows=[row], home6=HOME6)
    return VillageMeeting.objects.get()


def test_below_the_quorum_it_was_a_talk_without_votes(cast: Cast) -> None:
    meeting = entered(held("representatives", 7))
    assert meeting.state == "talk" and meeting.topics.get().passed is None


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ({}, "decided"),
        ({"carried": "已经开工修路。"}, "carrying_out"),
        ({"carried": "已经开工修路。", "result": "路修好了。"}, "shown"),
        ({"result": "没有办理情况就没有结果。"}, "decided"),
    ],
)
def test_with_the_quorum_it_stands_where_its_results_stand(
    cast: Cast, told: dict[str, str], state: str
) -> None:
    assert entered(held("representatives", 8, **told)).state == state


def test_a_reserved_matter_without_authorisation_is_refused_here_too(cast: Cast) -> None:
    with pytest.raises(Refused):
        entered(held("representatives", 8, Matter.COVENANT))


@pytest.mark.parametrize("villages", [11, 100, ALL_VILLAGES])
def test_the_demo_citys_figure_is_made_of_quarters_months_and_major_matters(villages: int) -> None:
    many, majors = monthly(villages)
    assert REGULAR * villages + MONTHLY_MORE * many + majors == share(9700, villages)
    assert 0 <= many <= villages and 0 <= majors < MONTHLY_MORE
