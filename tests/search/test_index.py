"""The full-text port: the same answers on SQLite (FTS5) and on PostgreSQL (tsvector)."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.common.ids import uuid7
from lianxin.search.index import index_candidates, index_drop, index_find, index_put
from lianxin.search.models import SearchEntry
from lianxin.search.text import query_tokens, tokens

pytestmark = pytest.mark.django_db


def put(text: str, *, number: str = "", scope: str = "610981113202", **fields: str) -> UUID:
    pk = uuid7()
    given = {"kind": "opinion", "home6": "610981", "title": text[:20], **fields}
    index_put(object_id=pk, text=text, scope_code=scope, number=number, **given)  # type: ignore[arg-type]
    return pk


def found(words: str, **scope: object) -> list[UUID]:
    return [entry.object_id for entry in index_find(words, **scope)]  # type: ignore[arg-type]


def test_words_of_two_characters_are_found_wherever_they_stand() -> None:
    texts = ["小区乱停车，消防车进不来", "路边停车位不够", "停车", "广场晚上不能停车吗？"]
    put("车停在路边")  # the characters, not the word
    held = {put(text) for text in texts}
    assert set(found("停车")) == held


def test_a_phrase_needs_all_its_pairs() -> None:
    lamp = put("三组到小学的路没有路灯")
    put("路边的灯箱广告太亮")
    assert found("没有路灯") == [lamp]
    assert found("路灯 小学") == [lamp]
    assert found("路灯 中学") == []


def test_numbers_and_latin_words_are_found_in_any_width_and_case() -> None:
    one = put("国道Ｇ３１６塌方", number="2026-000123")
    assert found("g316") == found("Ｇ316") == found("000123") == [one]


def test_one_character_is_a_question_too() -> None:
    one = put("桥塌了")
    put("路塌了")
    assert found("桥") == [one]


def test_a_new_text_takes_the_place_of_the_old() -> None:
    pk = put("水管漏了半个月")
    index_put(kind="opinion", object_id=pk, home6="610981", title="电杆", text="电杆歪了")
    assert found("水管") == [] and found("电杆") == [pk]
    assert SearchEntry.objects.count() == 1


def test_what_is_taken_out_is_not_found() -> None:
    pk, stays = put("水管漏了半个月"), put("水管又爆了")
    index_drop(kind="opinion", object_id=pk)
    assert found("水管") == [stays]
    assert index_candidates(query_tokens("水管"), kind="opinion", limit=5)[0].object_id == stays


def test_scopes_filter_before_the_limit() -> None:
    here = put("垃圾没人清运", scope="610981113202")
    for _ in range(6):
        put("垃圾没人清运", scope="610981103201")
    other = put("垃圾没人清运", kind="suggestion")
    away = put("垃圾没人清运", home6="610922", scope="610922100200")
    assert found("垃圾", kinds=("opinion",), prefixes=["610981113"], limit=1) == [here]
    assert found("垃圾", kinds=("suggestion",), limit=1) == [other]
    assert found("垃圾", home6="610922", limit=1) == [away]
    near = index_candidates(
        query_tokens("垃圾清运"), kind="opinion", limit=1, home6="610981", prefixes=["610981113"]
    )
    assert [entry.object_id for entry in near] == [here]


def test_the_newest_come_first() -> None:
    old, new = put("垃圾没人清运"), put("垃圾满了")
    assert found("垃圾") == [new, old]


@pytest.mark.parametrize(
    "words", ["", "   ", "，。！", "'", '"', "a'b\"c", "路 & 灯 | !", "NOT 路灯", "*", "路*", "%", "\\"]
)
def test_no_question_breaks_the_index(words: str) -> None:
    put("路灯")
    assert isinstance(index_find(words), list)


def test_the_index_is_rolled_back_with_the_thing_itself() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        put("消失的水管")
        raise RuntimeError
    assert found("水管") == [] and not SearchEntry.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_fulltext")
        assert cursor.fetchone()[0] == 0


@given(st.text(alphabet="路灯停车水管abc12，。 ", min_size=2, max_size=30))
@settings(max_examples=80)
def test_every_question_cut_from_a_text_is_answered_by_its_tokens(text: str) -> None:
    held = set(tokens(text))
    for size in (2, 4):
        for place in range(len(text) - size + 1):
            piece = text[place : place + size]
            if all("\u3400" <= sign <= "\u9fff" for sign in piece):
                assert set(query_tokens(piece)) <= held
