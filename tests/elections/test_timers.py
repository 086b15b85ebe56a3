"""Reminders of elections: told once, the town hears of what is late."""

from __future__ import annotations

from datetime import timedelta

from lianxin.common import clock
from lianxin.elections import services
from lianxin.notifications.models import Notice
from tests.factories import elections as make
from tests.factories import villages
from tests.factories.cast import TOWN, VILLAGE, Cast


def _told(pk: object, to: str) -> int:
    return Notice.objects.filter(about_id=pk, recipient_key=to).count()


def test_a_hand_over_is_reminded_of_and_the_town_hears_of_a_late_one(cast: Cast) -> None:
    villages.profiles()
    row = make.elected(cast)
    assert row.handover_due is not None
    before = _told(row.pk, f"presidium@{TOWN}")
    services.elections_tick(row.handover_due - timedelta(days=5))
    assert _told(row.pk, f"village@{VILLAGE}") == 0
    for _ in range(2):
        services.elections_tick(row.handover_due - timedelta(days=1))
        services.elections_tick(row.handover_due + timedelta(days=1))
    assert _told(row.pk, f"village@{VILLAGE}") == 1
    assert _told(row.pk, f"presidium@{TOWN}") == before + 1


def test_an_objection_waits_for_its_decision(cast: Cast) -> None:
    villages.profiles()
    row = make.listed(cast)
    services.objection_note(actor=cast.village, election=row, asks_to_add=True, received_on=clock.today())
    due = row.objections.get().due_on
    services.elections_tick(due + timedelta(days=1))
    assert _told(row.pk, f"village@{VILLAGE}") == 1 and _told(row.pk, f"presidium@{TOWN}") == 1
    services.objection_decide(actor=cast.village, election=row, objection=row.objections.get(), upheld=False)
    assert services.elections_tick(due + timedelta(days=1)) == 0
