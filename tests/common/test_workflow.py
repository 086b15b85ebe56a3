"""The table of acts: what may follow, what is refused and in which words."""

from __future__ import annotations

import pytest

from lianxin.common.actor import Actor, Role, RoleIn, covers, place_prefix
from lianxin.common.errors import Conflict, Refused
from lianxin.common.workflow import STAYS, Workflow, act

TABLE = Workflow(
    "things",
    [
        act("start", ["new"], "open", [Role.KEEPER], "开始", "某条"),
        act("note", ["open"], STAYS, [Role.KEEPER], "记一笔", "某条"),
        act(
            "end",
            ["open"],
            "done",
            [Role.OFFICE],
            "办结",
            "某条",
            lambda facts: None if facts else "还没办完。",
        ),
    ],
)


def test_the_next_state_is_the_rows_target() -> None:
    assert TABLE.next_state("new", "start") == "open"
    assert TABLE.next_state("open", "note") == "open"
    assert TABLE.next_state("open", "end", facts=True) == "done"


def test_an_act_out_of_place_is_a_conflict() -> None:
    with pytest.raises(Conflict, match="刷新"):
        TABLE.next_state("done", "start")


def test_a_guard_refuses_in_its_own_words() -> None:
    with pytest.raises(Refused, match="还没办完"):
        TABLE.next_state("open", "end", facts=False)


def test_open_acts_come_in_the_tables_order() -> None:
    assert [row.name for row in TABLE.open_from("open")] == ["note", "end"]
    assert TABLE.open_from("done") == []


def test_no_act_stands_twice() -> None:
    row = act("start", ["new"], "open", [Role.KEEPER], "开始", "某条")
    with pytest.raises(ValueError, match="twice"):
        Workflow("things", [row, row])


@pytest.mark.parametrize(
    ("place", "code", "inside"),
    [
        ("610981000000", "610981113202", True),
        ("610981113000", "610981113202", True),
        ("610981113000", "610981103201", False),
        ("610981113202", "610981113000", False),
        ("610000000000", "610981113202", True),
        ("620000000000", "610981113202", False),
        ("610981110000", "610981110201", True),  # a town whose own code ends in 0
        ("610981110000", "610981113202", False),
    ],
)
def test_a_place_covers_what_lies_in_it(place: str, code: str, inside: bool) -> None:
    assert covers(place, code) is inside


def test_a_prefix_ends_at_a_level() -> None:
    assert [place_prefix(code) for code in ("610981000000", "610981113000", "610981113202")] == [
        "610981",
        "610981113",
        "610981113202",
    ]


def test_a_role_counts_where_it_is_held() -> None:
    actor = Actor(id=None, name="x", roles=(RoleIn(Role.KEEPER, "610981113000"),))
    assert actor.has(Role.KEEPER)
    assert actor.has_in("610981113202", Role.KEEPER)
    assert not actor.has_in("610981103201", Role.KEEPER)
    assert not actor.has_in("610981113202", Role.OFFICE)
