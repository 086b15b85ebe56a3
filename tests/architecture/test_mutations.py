"""The list of guards that scripts/mutations.py takes away: each still stands where it says, with a test to hold it."""

from __future__ import annotations

import ast
from functools import cache

import pytest

from mutations import ROOT, Mutation, chosen, mutations
from tests.factories.cast import STAFF, Cast

ALL = mutations()


def test_a_database_that_is_kept_is_filled_once(cast: Cast) -> None:
    """The run keeps the database of this test and gives a copy to every mutation."""
    assert {cast.account(name).username for name in STAFF} == set(STAFF)


def test_the_numbers_have_no_gap() -> None:
    assert [one.id for one in ALL] == [f"M{place:02d}" for place in range(1, len(ALL) + 1)]


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_a_guard_stands_exactly_once_in_its_file(one: Mutation) -> None:
    text = (ROOT / "src/lianxin" / one.file).read_text("utf-8")
    assert one.file.split("/")[0] == one.room
    assert text.count(one.old) == 1, one.guard
    mutated = text.replace(one.old, one.new)
    assert mutated != text
    if one.file.endswith(".py"):
        ast.parse(mutated)


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_the_test_of_a_guard_exists(one: Mutation) -> None:
    path, *names = one.test.split("::")
    assert "::".join(names) in named_in(path)


@cache
def named_in(path: str) -> set[str]:
    """Return the tests of a file, those of a class as `Class::test`."""
    found = set()
    for node in ast.parse((ROOT / path).read_text("utf-8")).body:
        inside = node.body if isinstance(node, ast.ClassDef) else [node]
        start = f"{node.name}::" if isinstance(node, ast.ClassDef) else ""
        found |= {f"{start}{one.name}" for one in inside if isinstance(one, ast.FunctionDef)}
    return found


def test_numbers_and_spans_of_numbers_are_found() -> None:
    assert [one.id for one in chosen(["M05", "M21-M23"])] == ["M05", "M21", "M22", "M23"]
    assert chosen([]) == ALL
