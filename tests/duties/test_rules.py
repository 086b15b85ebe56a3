"""The counting of kinds and the likeness of texts, as properties."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.duties.copies import copies, likeness, runs
from lianxin.duties.fields import checked
from lianxin.duties.rules import Entry, count, period

STATES = ("draft", "recorded", "confirmed", "rejected", "withdrawn")
entries = st.lists(
    st.builds(
        Entry,
        id=st.uuids().map(str),
        on=st.dates(date(2025, 1, 1), date(2026, 12, 31)),
        state=st.sampled_from(STATES),
        proofs=st.integers(0, 2),
        copy_state=st.sampled_from(("", "suspected", "cleared", "copy")),
    ),
    unique_by=lambda one: one.id,
    max_size=30,
)
rules = st.fixed_dictionaries(
    {"cap": st.integers(0, 4), "needs_proof": st.booleans(), "needs_confirmation": st.booleans()}
)


@given(entries, rules, st.sampled_from(("year", "quarter", "month")))
@settings(max_examples=60)
def test_a_cap_holds_in_each_cycle_and_the_order_does_not_matter(
    rows: list[Entry], rule: dict[str, object], cycle: str
) -> None:
    said = count(rows, cycle=cycle, rule=rule)
    shuffled = rows[:]
    random.Random(1).shuffle(shuffled)
    assert said == count(shuffled, cycle=cycle, rule=rule)
    by_id = {row.id: row for row in rows}
    kept = [by_id[one.id] for one in said if one.counted]
    per_cycle = [
        sum(period(row.on, cycle) == key for row in kept) for key in {period(r.on, cycle) for r in kept}
    ]
    assert not rule["cap"] or all(number <= int(str(rule["cap"])) for number in per_cycle)
    assert all(row.state in {"recorded", "confirmed"} and row.copy_state != "copy" for row in kept)
    assert all(one.why for one in said)


@given(entries, rules)
@settings(max_examples=40)
def test_one_more_record_never_lowers_the_count(rows: list[Entry], rule: dict[str, object]) -> None:
    more = [*rows, Entry("new", date(2026, 6, 1), "confirmed", proofs=1)]
    before = sum(one.counted for one in count(rows, cycle="year", rule=rule))
    assert sum(one.counted for one in count(more, cycle="year", rule=rule)) >= before


@pytest.mark.parametrize(
    ("entry", "rule", "said"),
    [
        (Entry("1", date(2026, 1, 1), "draft"), {}, "草稿"),
        (Entry("1", date(2026, 1, 1), "withdrawn"), {}, "撤回"),
        (Entry("1", date(2026, 1, 1), "recorded"), {"needs_proof": True}, "佐证"),
        (Entry("1", date(2026, 1, 1), "recorded", 1), {"needs_confirmation": True}, "核实"),
        (Entry("1", date(2026, 1, 1), "recorded", copy_state="copy"), {}, "重复"),
    ],
)
def test_each_refusal_says_why(entry: Entry, rule: dict[str, bool], said: str) -> None:
    (one,) = count([entry], cycle="year", rule=rule)
    assert not one.counted
    assert said in one.why


def test_what_is_beyond_the_cap_is_said() -> None:
    rows = [Entry(str(one), date(2026, 1, 1) + timedelta(days=one), "recorded") for one in range(3)]
    said = count(rows, cycle="year", rule={"cap": 2})
    assert [one.counted for one in said] == [True, True, False]
    assert "已计满 2 次" in said[2].why


@given(st.text(min_size=30, max_size=80, alphabet="天地人水火路灯电桥村组户走访问答修补种收"))
def test_a_text_is_wholly_like_itself_and_unlike_nothing(text: str) -> None:
    assert likeness(runs(text), runs(text)) == 100
    assert likeness(runs(text), runs("")) == 0


def test_short_texts_are_not_compared_and_the_nearest_is_named() -> None:
    text = "上午到三组看望独居老人，灶台漏水已联系师傅明天来修，老人说夜里起身看不清路。"
    found = copies({"b": text + "好。", "c": "到三组"}, {"a": text, "z": "到三组"}, least=70)
    assert list(found) == ["b"]
    assert found["b"][0] == "a"


def test_a_form_reads_what_it_knows_and_drops_the_rest() -> None:
    form = [
        {"name": "met", "label": "见到几个人", "type": "number", "required": True},
        {"name": "day", "label": "哪天", "type": "date"},
        {"name": "ok", "label": "办好了吗", "type": "yes_no"},
    ]
    clean, wrong = checked(form, {"met": "3", "day": "2026-02-30", "ok": "on", "secret": "x"})
    assert clean == {"met": 3, "ok": True}
    assert set(wrong) == {"day"}
