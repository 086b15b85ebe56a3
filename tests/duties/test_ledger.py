"""The ledger: written once, by whom it may, in the right words."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from lianxin.audit.models import AuditEntry
from lianxin.common import clock
from lianxin.common.errors import Denied, Invalid, NotFound
from lianxin.duties import services
from lianxin.duties.models import DutyRecord
from lianxin.duties.permissions import may, visible_to
from lianxin.duties.services import NewDuty
from tests.factories import duties as make
from tests.factories.cast import OTHER_VILLAGE, VILLAGE, Cast

pytestmark = pytest.mark.django_db


def test_a_room_posts_the_same_source_once(cast: Cast) -> None:
    first = make.post(cast)
    again = make.post(cast)
    assert again.pk == first.pk
    assert DutyRecord.objects.count() == 1
    assert first.kind.slug == "household_visit"
    assert first.title == "走访 1 户"
    assert make.post(cast, source="s2").pk != first.pk


def test_a_post_of_an_unknown_kind_is_refused(cast: Cast) -> None:
    with pytest.raises(NotFound):
        services.duty_post(
            actor=cast.deputy_town,
            deputy_id=cast.deputy_row("deputy_town").id,
            kind="night_visit",
            on=clock.today(),
            home6="610981",
            division_code=VILLAGE,
            source_room="contacts",
            source_id="1",
            online=True,
        )


def test_what_a_room_takes_back_stays_as_withdrawn(cast: Cast) -> None:
    row = make.post(cast)
    assert services.duty_unpost(actor=cast.deputy_town, source_room="contacts", source_id="s1") == 1
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert services.duty_unpost(actor=cast.deputy_town, source_room="contacts", source_id="s1") == 0


def test_a_deputy_records_his_own_and_the_same_request_is_one_record(cast: Cast) -> None:
    key = str(uuid4())
    first = make.diary(cast, request_id=key)
    assert make.diary(cast, request_id=key).pk == first.pk
    assert (first.entered_by, first.online, first.state) == ("self", True, "recorded")


def test_nobody_records_for_another_deputy(cast: Cast) -> None:
    other = cast.deputy_row("deputy_town_2").id
    with pytest.raises(Denied):
        make.diary(cast, deputy_id=other)
    with pytest.raises(Denied):
        make.record(cast.keeper_other, "training", deputy_id=other, values={"organiser": "市人大"})
    with pytest.raises(Denied):
        make.record(cast.admin, "training", deputy_id=other, values={"organiser": "市人大"})


def test_an_organisers_entry_is_marked_as_entered_later(cast: Cast) -> None:
    deputy = cast.deputy_row("deputy_town_2")
    row = make.record(cast.keeper, "training", deputy_id=deputy.id, values={"organiser": "市人大"})
    assert (row.entered_by, row.online, row.deputy_id) == ("organiser", False, deputy.id)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"on": clock.today() + timedelta(days=1)}, "on"),
        ({"on": clock.today() - timedelta(days=400)}, "on"),
        ({"title": " "}, "title"),
        ({"text": "太短"}, "text"),
        ({"privacy": "everybody"}, "privacy"),
        ({"hours": 30}, "hours"),
        ({"division_code": "999999999999"}, "division_code"),
    ],
)
def test_what_cannot_be_right_is_said_beside_its_field(
    cast: Cast, more: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        make.record(cast.deputy_town, "field_diary", **{"text": make.DIARY, "privacy": "group", **more})
    assert field in caught.value.fields
    assert make.diary(cast).pk


def test_only_a_kind_that_allows_it_may_be_private(cast: Cast) -> None:
    with pytest.raises(Invalid) as caught:
        make.deed(cast, privacy="self")
    assert "privacy" in caught.value.fields
    assert make.diary(cast, privacy="self").is_private


def test_a_duty_that_is_recorded_by_being_done_is_not_typed_in(cast: Cast) -> None:
    with pytest.raises(Invalid) as caught:
        make.record(cast.deputy_town, "session_attendance")
    assert "kind" in caught.value.fields


def test_the_fields_of_the_kind_are_asked_for(cast: Cast) -> None:
    with pytest.raises(Invalid) as caught:
        make.record(cast.deputy_town, "practical_deed", values={"people": "很多", "field": "修仙"})
    assert set(caught.value.fields) == {"people", "field"}


def test_a_batch_is_written_once_with_one_entry_on_the_trail(cast: Cast) -> None:
    deputy = cast.deputy_row("deputy_town").id
    rows = [
        NewDuty(
            deputy, "household_visit", clock.today(), "610981", VILLAGE, source_room="c", source_id=str(one)
        )
        for one in range(30)
    ]
    before = AuditEntry.objects.count()
    assert services.duties_register(actor=cast.office, rows=[*rows, rows[0]]) == 30
    assert services.duties_register(actor=cast.office, rows=rows[:5]) == 0
    assert DutyRecord.objects.count() == 30
    assert AuditEntry.objects.count() == before + 2


@pytest.mark.parametrize(
    ("kind", "privacy", "place", "said"),
    [("practical_deed", "self", VILLAGE, Invalid), ("night_visit", "station", OTHER_VILLAGE, NotFound)],
)
def test_a_batch_keeps_the_rules_of_a_single_record(
    cast: Cast, kind: str, privacy: str, place: str, said: type[Exception]
) -> None:
    deputy = cast.deputy_row("deputy_town").id
    row = NewDuty(deputy, kind, clock.today(), "610981", place, privacy=privacy)
    with pytest.raises(said):
        services.duties_register(actor=cast.office, rows=[row])


def test_a_private_record_stands_in_nobody_elses_list_and_opens_for_nobody_else(cast: Cast) -> None:
    mine, open_one = make.diary(cast, privacy="self"), make.diary(cast, privacy="station")
    for who in (name for name in cast.names if name != "deputy_town"):
        actor = getattr(cast, who)
        assert not visible_to(actor).filter(pk=mine.pk).exists(), who
        assert not may(actor, "view", mine), who
    assert visible_to(cast.presidium).filter(pk=open_one.pk).exists()
    assert set(visible_to(cast.deputy_town)) >= {mine, open_one}
