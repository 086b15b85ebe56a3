"""Progress, marks, hints and what a paper lacks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.handling.workflow import Mode
from lianxin.handling.workflow import State as Part
from lianxin.suggestions.rules import (
    PartState,
    Rate,
    Rating,
    checklist,
    is_repetition,
    missing,
    overall,
    progress,
    text_hash,
)
from lianxin.suggestions.workflow import State


def part(state: Part, mode: Mode = Mode.SEPARATE, **more: bool) -> PartState:
    return PartState(state, mode, **more)


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ([part(Part.ASSIGNED, Mode.SOLE)], State.ASSIGNED),
        ([part(Part.REPLIED), part(Part.ASSIGNED)], State.ASSIGNED),
        ([part(Part.REPLIED), part(Part.IN_HANDLING)], State.IN_HANDLING),
        ([part(Part.REPLIED), part(Part.REPLIED)], State.REPLIED),
        ([part(Part.REPLIED, Mode.MAIN), part(Part.ASSIGNED, Mode.ASSIST)], State.REPLIED),
        ([part(Part.RETURNED, Mode.MAIN), part(Part.ACCEPTED, Mode.ASSIST)], State.REGISTERED),
        ([part(Part.RETURNED), part(Part.REPLIED)], State.ASSIGNED),
        ([part(Part.RETURNED, replaced=True), part(Part.REPLIED), part(Part.REPLIED)], State.REPLIED),
        ([part(Part.IN_HANDLING, extended=True), part(Part.REPLY_DRAFTED)], State.EXTENDED),
        ([part(Part.REPLY_DRAFTED, Mode.SOLE)], State.REPLY_DRAFTED),
    ],
)
def test_the_slowest_leading_unit_decides(parts: list[PartState], wanted: State) -> None:
    assert progress(parts) is wanted


@given(st.sampled_from(Rating), st.sampled_from(Rating))
def test_the_worse_of_two_marks_counts_unless_the_result_rules(attitude: Rating, result: Rating) -> None:
    assert overall(attitude, result, "result") is result
    worst = overall(attitude, result, "worst_of_two")
    assert worst in {attitude, result}
    assert (worst is Rating.DISSATISFIED) == (Rating.DISSATISFIED in {attitude, result})


@given(st.lists(st.text(max_size=20), min_size=2, max_size=4))
def test_any_change_of_text_changes_the_fingerprint(texts: list[str]) -> None:
    assert text_hash(*texts) == text_hash(*texts)
    assert text_hash(*texts) != text_hash(*texts, "")
    assert text_hash(*texts) != text_hash(texts[0] + "改", *texts[1:])


WHOLE = {
    "title": "关于安装路灯的建议",
    "situation": "三组到小学四百二十米没有路灯，老人摔伤过。",
    "proposal": "由交通部门安装路灯。",
    "demands": ["装路灯"],
}


@pytest.mark.parametrize(
    ("change", "lacks"),
    [
        ({}, 0),
        ({"title": "路灯"}, 1),
        ({"situation": "太黑"}, 1),
        ({"demands": []}, 1),
        ({"demands": ["一"] * 6}, 1),
        ({"title": "", "situation": ""}, 2),
    ],
)
def test_what_a_paper_lacks(change: dict[str, object], lacks: int) -> None:
    assert len(missing(**{**WHOLE, **change})) == lacks  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("我家门口的路", "personal"),
        ("法院二审判决不公", "judicial"),
        ("附群众来信三封", "forwarded_letter"),
        ("举报村干部", "accusation"),
        ("某公司中标", "commercial"),
    ],
)
def test_the_checklist_hints(text: str, code: str) -> None:
    assert code in {hint.code for hint in checklist(**{**WHOLE, "situation": text})}  # type: ignore[arg-type]


def test_the_checklist_is_silent_on_a_plain_paper() -> None:
    assert checklist(**WHOLE) == []  # type: ignore[arg-type]


def test_nearly_the_same_is_a_repetition_and_another_matter_is_not() -> None:
    said = str(WHOLE["situation"])
    assert is_repetition(said, said + "请办理")
    assert not is_repetition(said, "河街临水一侧没有护栏，汛期危险。")


def test_a_share_of_nothing_is_nothing() -> None:
    assert Rate("满意率", 0, 0, "").percent is None
    assert Rate("满意率", 1, 3, "").percent == 33.3
