"""The list rule and the object rule are one rule, and no act is open to a role that its row does not name."""

from __future__ import annotations

from typing import Any

import pytest

from lianxin.common import clock
from lianxin.common.actor import RESIDENT, Actor
from lianxin.stations import services
from lianxin.stations.models import CheckKind, DutyTurn, ReceptionDay, RoomCheck
from lianxin.stations.permissions import (
    check_may,
    checks_visible_to,
    days_visible_to,
    receives_at,
    turn_may,
    turns_visible_to,
)
from lianxin.stations.workflow import CHECK, TURN
from tests.factories import stations as make
from tests.factories.cast import Cast

RULES: list[Any] = [
    (DutyTurn, turns_visible_to, turn_may, TURN),
    (RoomCheck, checks_visible_to, check_may, CHECK),
]


def _rows(cast: Cast) -> None:
    with clock.at(make.MONDAY):
        make.published(cast)
        make.planned(cast, cast.station("103"))
    for actor, code in ((cast.keeper, "113"), (cast.keeper_other, "103")):
        for kind, station in (
            (CheckKind.ACCEPTANCE, cast.station(code)),
            (CheckKind.TEN_HAVES, cast.station(code)),
        ):
            services.check_submit(actor=actor, station=station, kind=kind, met={})


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule[0].__name__)
def test_the_object_rule_is_the_list_rule_and_acts_keep_to_their_roles(cast: Cast, rule: Any) -> None:
    model, visible, may, table = rule
    _rows(cast)
    actors: list[Actor] = [RESIDENT, *(getattr(cast, name) for name in cast.names)]
    related = ("day", "deputy") if model is DutyTurn else ()
    rows = list(model.objects.select_related(*related))
    seen = 0
    for actor in actors:
        listed = set(visible(actor).values_list("pk", flat=True))
        assert {row.pk for row in rows if may(actor, "view", row)} == listed, actor.name
        seen += len(listed)
        for row in rows:
            for act in table.acts.values():
                assert not may(actor, act.name, row) or actor.has(*act.by), (actor.name, act.name)
    assert seen > len(rows)


def test_whoever_works_at_the_table_sees_the_day_and_a_draft_is_the_keepers_alone(cast: Cast) -> None:
    _rows(cast)
    days = list(ReceptionDay.objects.all())
    assert {day.published_at is None for day in days} == {True, False}
    for actor in [RESIDENT, *(getattr(cast, name) for name in cast.names)]:
        listed = set(days_visible_to(actor).values_list("pk", flat=True))
        assert {day.pk for day in days if receives_at(actor, day)} == listed, actor.name
