"""Walking times: registered ones decide, the others are estimated and say so."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianxin.common.errors import Denied, Invalid
from lianxin.contacts import services
from lianxin.contacts.geography import Roads, Walk, minutes_between
from lianxin.contacts.legs import COLUMNS, Leg, read_leg
from lianxin.contacts.models import Pairing, TravelTime
from lianxin.contacts.rules import Pace, Why, reason_sentence
from tests.factories.cast import HOME6, TOWN, VILLAGE, Cast
from tests.factories.contacts import agree, household
from tests.web.pages import entered, words

BUSY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine draws slowly
FAR, NEAR = "610981113001", "610981113202"


def leg(start: str, end: str, minutes: str, basis: str = "实走") -> dict[str, str]:
    return dict(zip(COLUMNS, (start, "", end, "", minutes, basis), strict=True))


@BUSY
@given(st.integers(1, 720), st.booleans())
def test_a_registered_walk_holds_either_way_and_is_no_estimate(minutes: int, back: bool) -> None:
    roads = Roads({(FAR, NEAR): minutes})
    ends = (NEAR, FAR) if back else (FAR, NEAR)
    assert roads.walk(*ends) == Walk(minutes, measured=True)


def test_an_unknown_walk_is_estimated_and_says_so() -> None:
    walk = Roads().walk(FAR, NEAR, 3)
    assert walk == Walk(minutes_between(FAR, NEAR, 3), measured=False)
    assert reason_sentence(Why(walk.minutes, True, False)).endswith("（估）。")
    assert "按登记的路程" in reason_sentence(Why(40, True, False, estimated=False))


def test_a_slower_pace_makes_a_longer_estimate() -> None:
    slow = Roads(pace=Pace(km_an_hour=2.0)).walk(FAR, NEAR)
    assert slow.minutes > Roads().walk(FAR, NEAR).minutes


@pytest.mark.parametrize(
    "cells",
    [
        leg(FAR, FAR, "9"),
        leg(FAR, "610981000000", "9"),
        leg(FAR, NEAR, "0"),
        leg(FAR, NEAR, "很远"),
        leg(FAR, NEAR, "9", ""),
    ],
)
def test_a_wrong_row_is_said(cells: dict[str, str]) -> None:
    assert isinstance(read_leg(cells, {FAR, NEAR}), str)


def test_an_estimate_that_was_left_is_no_registered_walk() -> None:
    assert read_leg(leg(NEAR, FAR, "9"), {FAR, NEAR}) == Leg(FAR, NEAR, 9, "实走")
    assert read_leg(leg(NEAR, FAR, "9", "估"), {FAR, NEAR}) is None


@pytest.mark.django_db
def test_a_detour_changes_who_is_paired_and_the_reason_says_registered(cast: Cast) -> None:
    near, other = cast.deputy_row("deputy_town"), cast.deputy_row("deputy_town_2")
    for deputy, village in ((near, "610981113203"), (other, "610981113205")):
        type(deputy).objects.filter(pk=deputy.pk).update(division_code=village)
    agree(near, other)
    home = household(cast, village=VILLAGE)

    def chosen() -> Pairing:
        services.plan_compute(actor=cast.presidium, town=TOWN, quota=1)
        return Pairing.objects.exclude(state="ended").get(household=home)

    first = chosen()
    assert not first.is_measured
    river = first.deputy.division_code
    services.travel_times_register(actor=cast.office, home6=HOME6, rows=[leg(river, VILLAGE, "300")])
    second = chosen()
    assert second.deputy_id != first.deputy_id, "the bridge is far: the other deputy is nearer"
    services.travel_times_register(actor=cast.office, home6=HOME6, rows=[leg(river, VILLAGE, "6")])
    third = chosen()
    assert third.deputy_id == first.deputy_id and third.is_measured


@pytest.mark.django_db
def test_one_wrong_row_keeps_all_out_and_only_the_office_registers(cast: Cast) -> None:
    good, bad = leg(FAR, NEAR, "35"), leg(FAR, NEAR, "一会儿")
    with pytest.raises(Invalid, match="一行也没有收下"):
        services.travel_times_register(actor=cast.office, home6=HOME6, rows=[good, bad])
    with pytest.raises(Denied):
        services.travel_times_register(actor=cast.presidium, home6=HOME6, rows=[good])
    assert not TravelTime.objects.exists()


@pytest.mark.django_db
def test_the_table_goes_out_with_estimates_and_comes_back_with_what_was_walked(cast: Cast) -> None:
    office = entered(cast, "office")
    sent = office.get(f"/office/pairing/roads/table.csv?town={TOWN}").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(sent)))
    assert {one["依据"] for one in rows} == {"估"}
    rows[0].update({"步行分钟": "77", "依据": "实走"})
    kept = io.StringIO()
    table = csv.DictWriter(kept, COLUMNS)
    table.writeheader()
    table.writerows(rows)
    file = SimpleUploadedFile("路.csv", kept.getvalue().encode("gb18030"))
    done = office.post("/office/pairing/roads", {"town": TOWN, "sheet": file}, follow=True)
    assert "登记了 1 段路" in words(done)
    assert TravelTime.objects.get().minutes == 77
    wrong = SimpleUploadedFile("路.csv", "甲,乙\n1,2\n".encode())
    assert office.post("/office/pairing/roads", {"town": TOWN, "sheet": wrong}).status_code == 422
    assert entered(cast, "presidium").get("/office/pairing/roads").status_code == 403
