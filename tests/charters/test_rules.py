"""Rules of charters: hints, the assembly's vote, changes word by word."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.charters.hints import hints_of, shipped
from lianxin.charters.rules import Verdict, community_words, compared, kind_words, pieces, vote_verdict
from lianxin.charters.workflow import CHARTERS, Facts, State
from lianxin.common.errors import Conflict

WORDS = st.text("村民会议一二三，。不得罚款", max_size=40)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("乱倒垃圾的罚款 50 元。", "fine"),
        ("不参加公益劳动的，停水停电。", "supply"),
        ("不交卫生费的取消低保。", "supply"),
        ("外嫁女不参加集体收益分配。", "women"),
        ("妇女离婚后不得参加分配。", "women"),
        ("长期外出的收回承包地。", "contract"),
        ("村民不得越级反映问题。", "petition"),
        ("严禁上访。", "petition"),
        ("偷盗的游街示众。", "person"),
    ],
)
def test_a_typical_unlawful_clause_is_hinted_at_with_the_law(text: str, code: str) -> None:
    found = hints_of(text)
    assert code in {hint.code for hint in found}
    assert all(hint.law and hint.mark in {"K", "L", "A"} for hint in found)


@pytest.mark.parametrize(
    "text",
    [
        "房前屋后各家打扫，垃圾投到指定的地方。",
        "有意见可以依法向上级反映。",
        "承包方案由村民会议讨论决定，妇女与男子享有平等的权利。",
        "用水用电注意安全。",
    ],
)
def test_a_plain_clause_has_no_hint(text: str) -> None:
    assert hints_of(text) == []


@given(WORDS)
def test_spaces_hide_nothing_from_the_hints(text: str) -> None:
    assert [one.code for one in hints_of(text)] == [one.code for one in hints_of(" ".join(text))]


def test_every_hint_names_its_law() -> None:
    assert len({hint.code for hint in shipped()}) == len(shipped()) >= 5


@given(WORDS, WORDS)
def test_the_pieces_give_both_texts_back(old: str, new: str) -> None:
    found = pieces(old, new)
    assert "".join(one.text for one in found if one.kind != "gone") == new
    assert "".join(one.text for one in found if one.kind != "new") == old


KEYED = st.lists(st.tuples(st.sampled_from("abcdef"), st.just("条"), WORDS), unique_by=lambda row: row[0])


@given(KEYED, KEYED)
def test_every_clause_of_both_sides_is_compared_once(
    old: list[tuple[str, str, str]], new: list[tuple[str, str, str]]
) -> None:
    found = compared(old, new)
    assert len(found) == len({row[0] for row in old} | {row[0] for row in new})
    assert sum(one.change == "added" for one in found) == len(
        {row[0] for row in new} - {row[0] for row in old}
    )
    assert all(one.change == "same" for one in compared(old, old))


@given(st.booleans(), st.booleans(), st.booleans(), st.sampled_from([True, False, None]))
def test_representatives_never_adopt_for_a_village(
    fits: bool, is_over: bool, is_quorate: bool, passed: bool | None
) -> None:
    vote = vote_verdict(
        is_assembly=False,
        is_community=False,
        fits=fits,
        is_over=is_over,
        is_quorate=is_quorate,
        passed=passed,
    )
    assert vote.verdict is Verdict.REFUSED and vote.words
    if fits:
        assert "第二十七条" in vote.words


@given(st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.sampled_from([True, False, None]))
def test_only_a_quorate_majority_on_this_very_text_adopts(
    is_community: bool, fits: bool, is_over: bool, is_quorate: bool, passed: bool | None
) -> None:
    vote = vote_verdict(
        is_assembly=True,
        is_community=is_community,
        fits=fits,
        is_over=is_over,
        is_quorate=is_quorate,
        passed=passed,
    )
    assert (vote.verdict is Verdict.ADOPTED) == (fits and is_over and is_quorate and passed is True)


def test_a_community_says_it_in_its_own_words() -> None:
    assert kind_words("charter", is_community=True) == "居民自治章程"
    assert kind_words("covenant", is_community=True) == "居民公约"
    assert community_words("村民会议选举村民委员会，公开村务。") == "居民会议选举居民委员会，公开居务。"


TODAY = date(2026, 11, 29)


@given(st.sampled_from(list(State)), st.sampled_from(sorted(CHARTERS.acts)))
def test_no_act_leaves_the_table(state: State, name: str) -> None:
    row = CHARTERS.acts[name]
    facts = Facts(TODAY, clauses=1, comment_until=TODAY.replace(day=1), is_sent=name != "send")
    if state not in row.sources:
        with pytest.raises(Conflict):
            CHARTERS.next_state(state, name, facts)


def test_every_row_names_its_basis() -> None:
    assert all(row.basis for row in CHARTERS.acts.values())
