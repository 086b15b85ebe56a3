"""The registry: a new kind is data and works at once; a changed rule begins with the next year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lianxin.common import clock
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.duties import services
from lianxin.duties.models import DutyKind
from lianxin.duties.selectors import counted, kind_in_force, kinds_in_force, target_of
from lianxin.duties.services import KindForm
from tests.factories import duties as make
from tests.factories.cast import CITY, HOME6, Cast

pytestmark = pytest.mark.django_db
NIGHT = KindForm(
    name="代表夜访",
    basis="本地约定：市人大常委会 2026 年工作要点",
    cycle="month",
    fields=(
        {"name": "place", "label": "地点", "type": "text", "required": True},
        {"name": "met", "label": "见到几个人", "type": "number", "required": True},
    ),
    counting={"points": 1, "cap": 1, "target": 1},
)


def add(cast: Cast, form: KindForm = NIGHT, slug: str = "night_visit") -> DutyKind:
    """Return a kind that the administrator added."""
    return services.kind_add(actor=cast.admin, slug=slug, form=form, home6=HOME6, division_code=CITY)


def test_the_registry_comes_with_at_least_twelve_kinds_each_with_its_basis(cast: Cast) -> None:
    kinds = list(kinds_in_force(HOME6))
    assert len(kinds) >= 12
    assert all(kind.basis and kind.mark in {"K", "L", "A"} for kind in kinds)
    assert all("第" in kind.basis or "代表法" in kind.basis for kind in kinds if kind.mark == "K")


def test_a_new_kind_is_used_at_once_and_counted_by_its_rule(cast: Cast) -> None:
    add(cast)
    rows = [
        make.record(cast.deputy_town, "night_visit", values={"place": "三组院坝", "met": "6"})
        for _ in range(2)
    ]
    said = [one.counted for one in counted(rows[0].deputy_id, clock.today().year)]
    assert said == [True, False], "one a month counts"
    assert rows[0].values == {"place": "三组院坝", "met": 6}
    with pytest.raises(Invalid):
        make.record(cast.deputy_town, "night_visit", values={"place": "三组院坝"})


@pytest.mark.parametrize("who", ["office", "presidium", "security", "auditor", "deputy_town", "keeper"])
def test_only_the_system_administrator_enters_a_kind(cast: Cast, who: str) -> None:
    actor = getattr(cast, who)
    with pytest.raises(Denied):
        services.kind_add(actor=actor, slug="night_visit", form=NIGHT, home6=HOME6, division_code=CITY)
    with pytest.raises(Denied):
        services.kind_change(actor=actor, slug="field_diary", form=NIGHT, home6=HOME6)
    with pytest.raises(Denied):
        services.kind_end(actor=actor, slug="field_diary", home6=HOME6)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "夜"}, "name"),
        ({"basis": ""}, "basis"),
        ({"mark": "K"}, "basis"),
        ({"cycle": "week"}, "cycle"),
        ({"fields": ({"name": "Place", "label": "地点", "type": "text"},)}, "fields"),
        ({"fields": ({"name": "way", "label": "方式", "type": "choice", "choices": ["一"]},)}, "fields"),
        ({"counting": {"cap": -1}}, "counting"),
    ],
)
def test_a_kind_that_cannot_work_is_refused(cast: Cast, change: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        add(cast, replace(NIGHT, **change))  # type: ignore[arg-type] # one wrong column at a time
    assert field in caught.value.fields


def test_an_identifier_is_taken_once(cast: Cast) -> None:
    add(cast)
    for slug in ("night_visit", "field_diary", "夜访", "x"):
        with pytest.raises(Invalid):
            add(cast, slug=slug)


def test_a_changed_rule_begins_next_year_and_never_touches_what_was(cast: Cast) -> None:
    year = clock.today().year
    row = make.diary(cast)
    before = [(one.counted, one.why) for one in counted(row.deputy_id, year)]
    form = replace(NIGHT, name="民情日记", cycle="year", fields=(), counting={"target": 20, "cap": 1})
    new = services.kind_change(actor=cast.admin, slug="field_diary", form=form, home6=HOME6)
    old = kind_in_force("field_diary", HOME6, clock.today())
    assert (new.version, new.valid_from, old.version) == (2, date(year + 1, 1, 1), 1)
    assert kind_in_force("field_diary", HOME6, date(year + 1, 5, 1)).pk == new.pk
    assert (target_of(old, year), target_of(new, year + 1)) == (12, 20)
    assert [(one.counted, one.why) for one in counted(row.deputy_id, year)] == before
    again = services.kind_change(actor=cast.admin, slug="field_diary", form=form, home6=HOME6)
    assert again.pk == new.pk, "a version that has not begun is corrected in place"


def test_an_own_kind_ends_with_the_year_and_a_shipped_one_never(cast: Cast) -> None:
    add(cast)
    year = clock.today().year
    services.kind_end(actor=cast.admin, slug="night_visit", home6=HOME6)
    assert kinds_in_force(HOME6).filter(slug="night_visit").exists()
    assert not kinds_in_force(HOME6, date(year + 1, 1, 1)).filter(slug="night_visit").exists()
    with pytest.raises(Conflict):
        services.kind_end(actor=cast.admin, slug="field_diary", home6=HOME6)
