"""The list rule and the object rule are one rule, and no act is open to a role that its row does not name.

All rooms are found by themselves: every `…visible_to` of a `permissions.py` is a list rule, every
`(actor, act, row)` beside it the object rule of the row that it names.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from django.db.models import Model

import lianxin
from lianxin.common.actor import RESIDENT, Actor, ActorKind
from lianxin.common.workflow import Workflow
from lianxin.opinions import services as opinions
from lianxin.opinions.permissions import visible_to as opinions_visible
from lianxin.suggestions.models import Suggestion
from tests.factories import opinions as say
from tests.factories import suggestions as make
from tests.factories.cast import CITY, OTHER_TOWN, TOWN, Cast
from tests.permissions.doors import doors
from tests.permissions.world import OTHER, OWN, build, grid_said
from tests.permissions.worlds import parameters

SOURCE = Path(next(iter(lianxin.__path__)))
ONE_RULE = {
    "activities.DeputyGroup",
    "archives.ImportBatch",
    "colleagues.Circular",
    "colleagues.Post",
    "colleagues.Question",
    "contacts.Household",
    "contacts.ReplySheet",
    "duties.DutyKind",
    "elections.ElectionComplaint",
    "elections.Recall",
    "elections.SupervisionMember",
    "enrolment.Account",
    "enrolment.EnrolmentSheet",
    "enrolment.Organ",
    "meetings.Consult",
    "meetings.Finding",
    "meetings.ForumItem",
    "meetings.Inquiry",
    "stations.ReceptionDay",
    "villages.FourTwo",
    "villages.NumbersSheet",
    "villages.VillageProfile",
}
"""Rows whose one row is asked for through the list rule: there is nothing that could disagree."""
UNPAIRED = """
These list rules have no object rule `(actor, act, row)` with the act "view" beside them in permissions.py.
Write it, or, where one row is only ever asked for through the list rule, name the row in ONE_RULE.
"""


@dataclass(frozen=True)
class Pair:
    """One row's list rule and object rule, with the table of its acts where it has one."""

    name: str
    model: type[Model]
    visible: Callable[[Actor], Any]
    may: Callable[[Actor, str, Any], bool] | None
    table: Workflow | None
    by_resident: frozenset[str]

    @property
    def says_view(self) -> bool:
        """Say whether the object rule also decides who sees the row (its act "view")."""
        return self.may is not None and '"view"' in inspect.getsource(self.may)


def rooms() -> list[ModuleType]:
    """Return every module of permissions there is."""
    files = sorted(SOURCE.glob("*/permissions.py")) + sorted(SOURCE.glob("*/*/permissions.py"))
    return [
        import_module(".".join(("lianxin", *file.relative_to(SOURCE).with_suffix("").parts)))
        for file in files
    ]


def pairs() -> list[Pair]:
    """Return every list rule with the object rule of the same row."""
    return [
        _pair(room, rule)
        for room in rooms()
        for name, rule in vars(room).items()
        if name.endswith("visible_to") and inspect.isfunction(rule) and rule.__module__ == room.__name__
    ]


def _pair(room: ModuleType, rule: Any) -> Pair:
    row = rule.__annotations__["return"].partition("[")[2].partition("]")[0].partition(",")[0]
    may = next((one for one in vars(room).values() if _is_object_rule(room, one, row)), None)
    tables = [vars(room).get(word) for word in may.__code__.co_names] if may else []
    table = next((one for one in tables if isinstance(one, Workflow)), None)
    name = f"{room.__name__.split('.')[1]}.{row}"
    return Pair(name, vars(room)[row], rule, may, table, frozenset(vars(room).get("BY_RESIDENT", ())))


def _is_object_rule(room: ModuleType, one: Any, row: str) -> bool:
    if not inspect.isfunction(one) or one.__module__ != room.__name__:
        return False
    named = [str(given) for key, given in one.__annotations__.items() if key != "return"]
    return named == ["Actor", "str", row]


PAIRS = pairs()
WITH_BOTH = [pair for pair in PAIRS if pair.says_view]


def actors(cast: Cast) -> list[Actor]:
    return [RESIDENT, *(getattr(cast, name) for name in cast.names)]


def many_states(cast: Cast) -> None:
    """Make matters in many states and regions, and what stands behind every address of every room."""
    world = build(cast)
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
    for door in doors():
        for where in (OWN, OTHER):
            parameters(world, cast, where, door.route)


def test_every_list_rule_has_its_object_rule() -> None:
    assert len(PAIRS) > 15
    alone = {pair.name for pair in PAIRS if not pair.says_view}
    assert alone <= ONE_RULE, UNPAIRED + "\n".join(sorted(alone - ONE_RULE))
    assert alone >= ONE_RULE, f"rows in ONE_RULE that have an object rule or are gone: {ONE_RULE - alone}"


def test_the_object_rule_is_the_list_rule(cast: Cast) -> None:
    many_states(cast)
    wrong: list[str] = []
    for pair in WITH_BOTH:
        rows = list(pair.model._default_manager.all())
        assert len(rows) >= 2, f"the world has fewer than two rows of {pair.name}"
        assert pair.may is not None
        seen = 0
        for actor in actors(cast):
            listed = set(pair.visible(actor).values_list("pk", flat=True))
            seen += len(listed)
            if {row.pk for row in rows if pair.may(actor, "view", row)} != listed:
                wrong.append(f"{pair.name}: {actor.name}")
        assert seen, pair.name
    assert not wrong, "\n".join(wrong)


def test_no_act_is_open_to_a_role_that_its_row_does_not_name(cast: Cast) -> None:
    many_states(cast)
    wrong: list[str] = []
    for pair in (one for one in PAIRS if one.may is not None and one.table is not None):
        opened: set[str] = set()
        for row in pair.model._default_manager.all():
            for actor in actors(cast):
                found = opened_to(pair, actor, row)
                opened |= found.keys()
                wrong += [f"{pair.name}: {actor.name} {act}" for act, named in found.items() if not named]
        assert opened, f"{pair.name}: no act is open to anybody"
    assert not wrong, "\n".join(wrong)


def opened_to(pair: Pair, actor: Actor, row: Model) -> dict[str, bool]:
    """Return the acts open to somebody on a row, each with whether its row of the table names him."""
    assert pair.may is not None and pair.table is not None
    opened = [one for one in pair.table.acts.values() if pair.may(actor, one.name, row)]
    resident = actor.kind is ActorKind.RESIDENT
    return {one.name: actor.has(*one.by) or (resident and one.name in pair.by_resident) for one in opened}


def test_a_department_sees_no_opinion_at_all(cast: Cast) -> None:
    many_states(cast)
    for name in ("clerk", "head", "clerk_power", "head_power", "clerk_town", "head_town", "oversight"):
        assert not opinions_visible(getattr(cast, name)).exists(), name
    assert opinions_visible(cast.keeper).exists()
