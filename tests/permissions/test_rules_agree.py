"""The list rule and the object rule are one rule, and no act is open to a role that its row does not name."""

from __future__ import annotations

from typing import Any

import pytest

from lianxin.common.actor import RESIDENT, Actor
from lianxin.handling.models import Assignment
from lianxin.handling.permissions import may as may_part
from lianxin.handling.permissions import visible_to as parts_visible
from lianxin.handling.workflow import HANDLING
from lianxin.opinions import services as opinions
from lianxin.opinions.models import Opinion
from lianxin.opinions.permissions import may as may_opinion
from lianxin.opinions.permissions import visible_to as opinions_visible
from lianxin.opinions.workflow import OPINION
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.permissions import may as may_suggestion
from lianxin.suggestions.permissions import visible_to as suggestions_visible
from lianxin.suggestions.workflow import SUGGESTION
from tests.factories import opinions as say
from tests.factories import suggestions as make
from tests.factories.cast import CITY, OTHER_TOWN, TOWN, Cast
from tests.permissions.world import build, grid_said

ROOMS: list[Any] = [
    (Opinion, opinions_visible, may_opinion, OPINION),
    (Suggestion, suggestions_visible, may_suggestion, SUGGESTION),
    (Assignment, parts_visible, may_part, HANDLING),
]


def actors(cast: Cast) -> list[Actor]:
    return [RESIDENT, *(getattr(cast, name) for name in cast.names)]


def many_states(cast: Cast) -> None:
    """Make matters in many states and regions."""
    build(cast)
    grid_said(cast)
    say.said(cast, "桥头的护栏断了一截，请来修", station="1", village="")
    say.said(cast, "我要举报村干部吃回扣，这里有条子", insists_sealed=True)
    opinions.opinion_move(
        actor=cast.keeper,
        opinion=say.recorded(cast, "河边的垃圾没有人清"),
        act="refuse",
        note="内容重复，已经办过一次",
    )
    for by, body in (("deputy_city", CITY), ("deputy_town", TOWN), ("deputy_other", OTHER_TOWN)):
        make.drafted(cast, by=by, body=body, title=f"关于村口修路的建议（{by}）")
    make.submitted(cast, by="deputy_town", body=TOWN, title="关于村口修水渠的建议")
    Suggestion.objects.filter(title="关于村口修水渠的建议").update(is_public=True)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room[0].__name__)
def test_the_object_rule_is_the_list_rule(cast: Cast, room: Any) -> None:
    model, visible, may, _ = room
    many_states(cast)
    rows = list(model.objects.all())
    assert len(rows) >= 2
    for actor in actors(cast):
        listed = set(visible(actor).values_list("pk", flat=True))
        assert {row.pk for row in rows if may(actor, "view", row)} == listed, actor.name


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room[0].__name__)
def test_no_act_is_open_to_a_role_that_its_row_does_not_name(cast: Cast, room: Any) -> None:
    model, _, may, table = room
    many_states(cast)
    open_somewhere = set()
    for row in model.objects.all():
        for actor in actors(cast):
            for act in table.acts.values():
                if may(actor, act.name, row):
                    open_somewhere.add(act.name)
                    assert actor.has(*act.by), (actor.name, act.name)
    assert len(open_somewhere) > 5


def test_a_department_sees_no_opinion_at_all(cast: Cast) -> None:
    many_states(cast)
    for name in ("clerk", "head", "clerk_power", "head_power", "clerk_town", "head_town", "oversight"):
        assert not opinions_visible(getattr(cast, name)).exists(), name
    assert opinions_visible(cast.keeper).exists()
