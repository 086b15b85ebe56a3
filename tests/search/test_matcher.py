"""Like matters: near copies by their wording, the same matter by its meaning, nothing decided."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.common.ids import uuid7
from lianxin.search import matcher, vectors
from lianxin.search.index import index_put
from lianxin.search.matcher import nearness, similar_to
from lianxin.search.models import Vector
from lianxin.search.similar import common_terms, features, likeness, standard, subjects, weights

PAIRS = Path(__file__).parents[2] / "benchmarks" / "similar" / "pairs.jsonl"
LAMP = "李家庄三组到小学的路没有路灯，孩子晚上走得害怕"


def put(text: str, scope: str = "610981113202", kind: str = "opinion") -> UUID:
    pk = uuid7()
    index_put(kind=kind, object_id=pk, home6="610981", title=text[:20], text=text, scope_code=scope)
    return pk


@pytest.fixture(autouse=True)
def _wording_only(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(matcher, "embedder", lambda: None)
    monkeypatch.setattr(matcher, "_matrices", {})
    yield


@pytest.mark.django_db
def test_a_near_copy_comes_first_with_the_words_in_common() -> None:
    lamp = put(LAMP)
    put("三组的水管漏了半个月没人修")
    best = similar_to("李家庄三组去小学的路没路灯，娃儿晚上走路害怕")[0]
    assert best.object_id == lamp and 0.3 <= best.score <= 1
    assert any("三组" in term or "小学" in term for term in best.common_terms)


@pytest.mark.django_db
def test_a_crowd_of_copies_does_not_hide_the_likeness() -> None:
    for _ in range(30):
        put(LAMP)
    assert similar_to(LAMP)[0].score > 0.9


@pytest.mark.django_db
def test_nothing_like_it_gives_nothing() -> None:
    put(LAMP)
    assert similar_to("合作医疗的报销单据看不懂") == []
    assert similar_to("") == []


@pytest.mark.django_db
def test_places_kinds_and_exclusions_hold() -> None:
    here, there = put(LAMP), put(LAMP, scope="610981103201")
    put(LAMP, kind="suggestion")
    assert {match.object_id for match in similar_to(LAMP)} == {here, there}
    assert [match.object_id for match in similar_to(LAMP, prefixes=["610981103"])] == [there]
    assert [match.object_id for match in similar_to(LAMP, exclude=(here,))] == [there]
    assert similar_to(LAMP, home6="610922") == []


@pytest.mark.django_db
def test_what_lies_at_the_same_place_comes_first() -> None:
    there, here = put(LAMP, scope="610981103201"), put(LAMP + "，请装灯")
    assert [match.object_id for match in similar_to(LAMP, near="610981113202")][0] == here
    assert [match.object_id for match in similar_to(LAMP, near="610981103201")][0] == there


class Meaning:
    """A stand-in for the model: one axis for each matter that a text speaks of."""

    name = "axes"
    matters = ("灯", "亮", "黑"), ("水",), ("车",)

    def embed(self, texts: list[str]) -> Any:
        rows = [[float(any(sign in text for sign in signs)) for signs in self.matters] for text in texts]
        full = np.zeros((len(rows), 384), dtype=np.float32)
        full[:, :3] = rows
        return full / np.maximum(np.linalg.norm(full, axis=1, keepdims=True), 1e-9)


@pytest.mark.django_db
def test_the_same_matter_in_other_words_is_found_by_its_meaning(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (matcher, vectors):
        monkeypatch.setattr(module, "embedder", Meaning)
    lamp = put("没有灯")
    put("水管漏了", scope="610981103201")
    assert vectors.vectors_fill(10) == 2 and vectors.vectors_fill(10) == 0
    found = similar_to("一到晚上就黑黢黢")
    assert [match.object_id for match in found] == [lamp] and found[0].why == "same_matter"
    assert similar_to("一到晚上就黑黢黢", by_meaning=False) == []
    assert similar_to("一到晚上就黑黢黢", prefixes=["610981103"]) == []
    later = put("天黑了看不见")
    vectors.vectors_fill(10)
    assert later in [match.object_id for match in similar_to("一到晚上就黑黢黢")]
    Vector.objects.filter(object_id=later).delete()
    assert later not in matcher._by_meaning("黑", "opinion", 9, [], "")  # noqa: SLF001 - the memory is under test


def test_nearness_counts_town_and_village() -> None:
    assert nearness("610981113202", "") == 0
    assert nearness("610981113202", "610981103201") == 0
    assert nearness("610981113202", "610981113000") == pytest.approx(0.1)
    assert nearness("610981113202", "610981113202") == pytest.approx(0.2)


def test_dialect_is_read_as_standard_chinese() -> None:
    assert standard("娃儿莫得路灯") == standard("孩子没有路灯")
    assert common_terms("娃儿没校车", "孩子没校车") == ["孩子", "校车"]


@given(
    st.text(alphabet="路灯停车水管三组小学", min_size=4, max_size=20),
    st.text(alphabet="路灯停车水管三组小学", min_size=4, max_size=20),
)
@settings(max_examples=60)  # fmt: skip
def test_likeness_is_symmetric_bounded_and_full_for_the_same(one: str, other: str) -> None:
    first, second = features(one), features(other)
    idf = weights([first, second])
    value = likeness(first, second, idf)
    assert value == pytest.approx(likeness(second, first, idf)) and -1e-9 <= value <= 1 + 1e-9
    if first:
        assert likeness(first, first, idf) == pytest.approx(1)


def test_the_labelled_set_is_large_and_of_three_kinds() -> None:
    pairs = [json.loads(line) for line in PAIRS.read_text("utf-8").splitlines()]
    kinds = [pair["label"] for pair in pairs]
    assert len(pairs) >= 150 and len({pair["id"] for pair in pairs}) == len(pairs)
    assert all(kinds.count(kind) >= 50 for kind in ("near_copy", "same_matter", "different"))
    assert all(pair["planted"] != pair["asked"] for pair in pairs)


def test_other_words_for_the_same_thing_speak_of_one_subject() -> None:
    assert set(subjects("娃儿放学摸黑回家")) & set(subjects("路上没有路灯")) >= {"照明"}
    assert not set(subjects("猪瘟要打疫苗")) & set(subjects("合作医疗怎么报销"))


def _rows(*groups: tuple[int, int]) -> Any:
    """Return unit vectors: for each (axis, count) that many near copies around an axis."""
    chance = np.random.default_rng(1)
    rows = [np.eye(8)[axis] + chance.normal(0, 0.02, 8) for axis, count in groups for _ in range(count)]
    return matcher._unit(np.array(rows, dtype=np.float32))


def test_near_copies_stand_in_a_crowd_and_what_is_alone_does_not() -> None:
    rows = _rows((0, 100), (1, 1))
    crowd = matcher._crowd(rows, 0)
    assert crowd[:100].min() > 0.9 > 0.3 > crowd[100]


def test_at_equal_likeness_what_is_alone_comes_before_the_crowd(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matcher, "CENTRED_FROM", 10)
    matrix = matcher._Matrix()
    rows = _rows((0, 60), (1, 1), (2, 60))
    matrix._add([(uuid7(), row.astype(np.float16).tobytes(), "") for row in rows])
    question = matcher._unit((np.eye(8, dtype=np.float32)[0] + np.eye(8, dtype=np.float32)[1])[None, :])[0]
    like = matrix.likenesses(question)
    assert int(np.argmax(like)) == 60


def test_the_crowd_is_measured_for_what_is_added_and_anew_when_much_has_come() -> None:
    matrix = matcher._Matrix()
    for axis, count in ((0, 50), (1, 3), (2, 40)):
        rows = _rows((axis, count))
        matrix._add([(uuid7(), row.astype(np.float16).tobytes(), "") for row in rows])
        assert len(matrix.crowd) == len(matrix.ids) == len(matrix.centred)
    assert matrix.sampled_at == 93
