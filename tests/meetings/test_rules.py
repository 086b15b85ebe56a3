"""What is counted at a forum: the sum, the numbers, the letters, what one typed character means."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lianxin.meetings.rules import Line, closing_problems, count, letters, most_alike, picked
from lianxin.meetings.workflow import ITEM, SPOT, WRITTEN, ItemFacts, ItemState, State

STATES = st.sampled_from(list(ItemState))
UNITS = st.lists(st.sampled_from(["water", "farm", "forest"]), max_size=3, unique=True).map(tuple)
DONE = st.sampled_from(sorted(SPOT | WRITTEN))


def ledger(states: list[ItemState]) -> list[Line]:
    return [Line(place, state, ("water",)) for place, state in enumerate(states, 1)]


@given(st.lists(STATES, max_size=60))
def test_every_item_is_counted_once(states: list[ItemState]) -> None:
    told = count(states)
    assert told.on_spot + told.after + told.open == told.total == len(states)
    assert told.open >= 0


@given(st.lists(DONE, min_size=1, max_size=60))
def test_a_forum_whose_items_have_outcomes_closes_and_the_sum_is_right(states: list[ItemState]) -> None:
    assert closing_problems(ledger(states)) == ()
    told = count(states)
    assert told.on_spot + told.after == told.total


@given(st.lists(DONE, max_size=40), st.sampled_from([ItemState.NOTED, ItemState.ANSWERED]), st.data())
def test_one_item_without_outcome_keeps_it_open(
    states: list[ItemState], bad: ItemState, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(states)))
    lines = ledger([*states[:place], bad, *states[place:]])
    said = closing_problems(lines)
    assert any("还没有结果" in one and str(place + 1) in one for one in said)
    assert any("不等于共" in one for one in said)


def test_a_gap_in_the_numbers_and_a_missing_department_are_said() -> None:
    lines = [Line(1, ItemState.ON_SPOT, ("water",)), Line(3, ItemState.AFTER, ())]
    assert closing_problems(lines) == ("序号不连续，请核对台账", "第 3 件没有指向部门")


def test_the_first_forum_adds_up() -> None:
    lines = [Line(n, ItemState.ON_SPOT if n <= 8 else ItemState.AFTER, ("farm",)) for n in range(1, 43)]
    assert closing_problems(lines) == () and count(one.state for one in lines).after == 34


@given(st.lists(st.tuples(STATES, UNITS, st.booleans()), max_size=40))
def test_every_written_item_stands_in_the_letters_of_its_departments_only(
    rows: list[tuple[ItemState, tuple[str, ...], bool]],
) -> None:
    lines = [Line(n, state, units, linked) for n, (state, units, linked) in enumerate(rows, 1)]
    batch = letters(lines)
    for line in lines:
        wanted = set(line.units) if line.state is ItemState.AFTER and not line.linked else set()
        assert {unit for unit, numbers in batch.items() if line.number in numbers} == wanted
    assert all(numbers for numbers in batch.values())


def test_two_recorders_who_hear_one_sentence_are_told() -> None:
    others = {7: "三组的灌溉渠塌了两处，插秧前要修好", 8: "村口的变压器容量小"}
    assert most_alike("三组灌溉渠塌了两处，插秧前要修好", others, percent=60) == 7
    assert most_alike("茶叶市场门口缺公交站", others, percent=60) is None


OPTIONS = [("a", "张建国", "zhangjianguo"), ("b", "张伟", "zhangwei"), ("c", "李秀英", "lixiuying")]


def test_one_or_two_typed_characters_mean_one_person_or_nobody() -> None:
    assert picked("3", OPTIONS) == "c" and picked("李", OPTIONS) == "c" and picked("li", OPTIONS) == "c"
    assert picked("张建", OPTIONS) == "a" and picked("秀英", OPTIONS) == "c"
    assert picked("张", OPTIONS) is None and picked("9", OPTIONS) is None and picked("", OPTIONS) is None


@given(STATES, st.sampled_from([State.CLOSED, State.HANDED_OVER, State.FOLLOWED]))
def test_nothing_of_the_ledger_changes_after_closing(state: ItemState, forum: State) -> None:
    facts = ItemFacts(forum=forum)
    for name in ("amend", "answer", "defer", "force", "accept", "deny", "link"):
        assert ITEM.refusal(state, name, facts) is not None


@given(st.booleans())
def test_the_hall_hands_nothing_over(running: bool) -> None:
    live = State.RUNNING if running else State.CHECKING
    assert ITEM.refusal(ItemState.AFTER, "hand_over", ItemFacts(forum=live)) is not None
    assert ITEM.refusal(ItemState.AFTER, "hand_over", ItemFacts(forum=State.CLOSED)) is None
