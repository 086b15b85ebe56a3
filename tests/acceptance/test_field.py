"""In the field without a signal: what a telephone brings home later, through the very door it uses."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from lianxin.common import clock
from lianxin.contacts.models import Kind, Pairing
from lianxin.contacts.workflow import State
from lianxin.duties.models import DutyRecord
from lianxin.opinions.models import Channel, Opinion
from lianxin.people.models import Account
from tests.acceptance.conftest import VILLAGE, Doors
from tests.factories.field import diary, record, result, send, visit

AUTHOR = "deputy_town"
OTHERS = (
    "keeper", "grid", "presidium", "office", "leader", "group_leader", "deputy_city", "deputy_city2", "clerk", "head",
    "oversight", "village", "village_supervisor", "admin", "security", "auditor",
)  # fmt: skip


def own_pairs(username: str) -> Any:
    """Return the households in force of a named deputy."""
    return Pairing.objects.filter(
        kind=Kind.DEPUTY_HOUSEHOLD, state=State.ACTIVE, deputy__account__username=username
    ).order_by("target")


def contacted(page: Client) -> int:
    """Return how many households the ring of the telephone shows as contacted."""
    found = re.search(
        r'class="pair-count"><b class="num">(\d+)</b>', page.get("/deputy/households").content.decode()
    )
    assert found is not None
    return int(found[1])


@pytest.mark.acceptance("S39")
def test_a_private_diary_made_offline_is_home_once_and_nobody_elses(doors: Doors) -> None:
    mark = f"谷里没有信号{uuid4().hex}"
    phone, one = (
        doors.page(AUTHOR),
        record("diary", title=mark, text=f"{mark}，只写给自己看。", privacy="self"),
    )
    told = [result(phone, one) for _ in range(3)]
    assert {answer["state"] for answer in told} == {"done"} and len({answer["row"] for answer in told}) == 1
    row = told[0]["row"]
    assert mark in phone.get(f"/deputy/duties/{row}").content.decode()
    assert set(OTHERS) <= set(Account.objects.values_list("username", flat=True))
    for who in (*OTHERS, ""):
        page = doors.page(who)
        for shut in (f"/deputy/duties/{row}", f"/office/duties/records/{row}"):
            assert page.get(shut).status_code in {302, 403, 404}, (who, shut)
        for open_one in (
            "/desk",
            "/deputy/diary",
            "/office/duties",
            "/search?q=谷里没有信号",
            "/administration/audit",
        ):
            shown = page.get(open_one, follow=True).content.decode()
            assert mark not in shown, (who, open_one)
        if who:
            assert row not in {found["id"] for found in doors.get("/duties", who)["items"]}


@pytest.mark.acceptance("S39")
def test_what_is_refused_offline_leaves_nothing_and_hinders_nothing(doors: Doors) -> None:
    mark = uuid4().hex
    short = record("diary", title=mark, text="短", privacy="station")
    good = record("diary", title=f"{mark}好", text="走了三户，路灯坏了两盏，已记下位置。", privacy="station")
    answer = send(doors.page(AUTHOR), short, good).json()["results"]
    assert [one["state"] for one in answer] == ["refused", "done"]
    assert not DutyRecord.objects.filter(title=mark).exists()
    assert DutyRecord.objects.get(title=f"{mark}好").received_at
    for who in ("keeper", "presidium", "admin"):
        assert send(doors.page(who), diary()).status_code == 403
    assert send(doors.page(), diary()).status_code in {302, 401, 403}


@pytest.mark.acceptance("S43")
def test_a_visit_made_offline_fills_the_ring_and_its_matter_becomes_an_opinion(doors: Doors) -> None:
    phone = doors.page(AUTHOR)
    pair = own_pairs(AUTHOR)[0]
    Pairing.objects.filter(pk=pair.pk).update(last_contact_on=None)
    before, words = contacted(phone), f"门前的水沟{uuid4().hex[:6]}堵了，一下雨就往院里灌。"
    one = visit(pair, matters=[{"text": words, "opinion": True}])
    assert result(phone, one)["state"] == result(phone, one)["state"] == "done"
    assert contacted(phone) == before + 1
    opinion = Opinion.objects.get(text=words)
    assert opinion.channel == Channel.VISIT
    assert doors.page("keeper").get(f"/station/opinions/{opinion.pk}").status_code == 200
    pair.refresh_from_db()
    assert pair.last_contact_on == clock.today()


@pytest.mark.acceptance("S43")
def test_a_visit_offline_to_anothers_household_or_without_words_is_refused(doors: Doors) -> None:
    phone = doors.page(AUTHOR)
    foreign = own_pairs("deputy_city").first() or own_pairs("group_leader")[0]
    before = foreign.visits.count()
    assert result(phone, visit(foreign))["state"] == "refused"
    assert result(phone, visit(own_pairs(AUTHOR)[0], text="去了"))["state"] == "refused"
    assert foreign.visits.count() == before


@pytest.mark.acceptance("S94")
def test_what_was_heard_without_signal_comes_to_the_own_station_and_to_no_other(doors: Doors) -> None:
    phone, words = doors.page(AUTHOR), f"渡口{uuid4().hex[:6]}没有护栏，老人过河害怕。"
    said = record("opinion", text=words, station="113", village=VILLAGE)
    assert result(phone, said)["state"] == result(phone, said)["state"] == "done"
    assert Opinion.objects.get(text=words).division_code == VILLAGE
    assert result(phone, record("opinion", text=f"{words}又一次", station="103"))["state"] == "refused"


@pytest.mark.acceptance("S48")
def test_a_deed_recorded_offline_counts_only_when_it_is_verified(doors: Doors) -> None:
    phone, title = doors.page(AUTHOR), f"修好水管{uuid4().hex[:6]}"
    told = result(phone, record("deed", title=title, text="", people=12, field="饮水"))
    assert told["state"] == "done"
    assert doors.get(f"/duties/{told['row']}", AUTHOR)["counted"] is False
    verdict = doors.page("presidium").post(f"/office/duties/records/{told['row']}/acts/confirm")
    assert verdict.status_code in {409, 422}
    assert doors.get(f"/duties/{told['row']}", AUTHOR)["counted"] is False
