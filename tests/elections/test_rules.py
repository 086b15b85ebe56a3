"""The pure rules of elections: races of one paper, slips of counters, bodies, days, steps."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lianxin.elections import rules, steps
from lianxin.elections.rules import Body, Figures, Race

COUNT = st.integers(0, 400)


@given(
    st.integers(1, 400),
    COUNT,
    COUNT,
    COUNT,
    COUNT,
    st.lists(COUNT, min_size=1, max_size=4),
    st.integers(1, 3),
)
def test_an_elected_candidate_has_more_than_half_in_the_first_round(
    registered: int, issued: int, returned: int, valid: int, void: int, got: list[int], seats: int
) -> None:
    figures = Figures(registered, issued, returned, valid, void)
    votes = {str(place): count for place, count in enumerate(got)}
    found = rules.verdict(figures, {"member": Race(seats, votes)})
    if not found.valid:
        assert not found.elected and found.reason
        return
    assert returned <= issued and 2 * returned > registered
    assert all(2 * votes[name] > returned for name in found.elected)
    assert len(found.elected) + found.vacant == seats


@given(st.integers(1, 400), COUNT, COUNT, COUNT, COUNT)
def test_more_returned_than_issued_is_void_and_never_a_slip(
    registered: int, issued: int, more: int, valid: int, void: int
) -> None:
    figures = Figures(registered, issued, issued + more + 1, valid, void)
    race = {"member": Race(1, {"a": 0})}
    assert rules.miscounted(figures, race) == ""
    assert not rules.verdict(figures, race).valid


def test_valid_and_void_make_up_what_came_back() -> None:
    race = {"member": Race(1, {"a": 50})}
    assert rules.miscounted(Figures(100, 90, 80, 78, 2), race) == ""
    assert "重新清点" in rules.miscounted(Figures(100, 90, 80, 78, 1), race)
    assert "重新清点" in rules.miscounted(Figures(100, 90, 40, 40, 0), race)
    assert "核对" in rules.miscounted(Figures(100, 101, 80, 80, 0), race)


def test_one_void_race_voids_the_whole_paper() -> None:
    races = {"director": Race(1, {"a": 60}), "member": Race(1, {"b": 60})}
    assert not rules.verdict(Figures(100, 50, 50, 50, 0), races).valid


@given(st.integers(0, 60), st.integers(1, 40))
def test_days_short_of_the_list(ahead: int, days: int) -> None:
    on = date(2026, 3, 1)
    short = rules.days_short(listed_on=on, voting_on=on + timedelta(days=ahead), days=days)
    assert (short == 0) == (ahead >= days) and short == max(0, days - ahead)


def test_an_objection_comes_within_five_days() -> None:
    on = date(2026, 3, 1)
    for after, is_open in ((0, True), (5, True), (6, False), (-1, False)):
        received = on + timedelta(days=after)
        assert rules.objection_open(listed_on=on, received_on=received, days=5) is is_open


@given(
    st.dictionaries(st.sampled_from("abc"), st.integers(1, 4)),
    st.dictionaries(st.sampled_from("abc"), st.integers(0, 6)),
)
def test_candidates_are_more_than_seats(seats: dict[str, int], standing: dict[str, int]) -> None:
    few = rules.not_enough_candidates(seats, standing)
    assert all((post in few) == (standing.get(post, 0) <= count) for post, count in seats.items())


def test_gaps_are_filled_in_order() -> None:
    assert rules.next_in_order([1, 3], [5, 4]) == 4
    assert rules.next_in_order([1], []) is None


def test_who_may_not_supervise() -> None:
    good = {"is_committee_member": False, "is_secretary": False, "relative_of": ""}
    assert rules.supervision_refusal(**good) == ""
    for wrong, word in (
        ({"is_committee_member": True}, "成员"),
        ({"is_secretary": True}, "书记"),
        ({"relative_of": "张三"}, "张三"),
    ):
        assert word in rules.supervision_refusal(**{**good, **wrong})


def test_a_supervision_committee_is_whole() -> None:
    assert rules.body_gaps(Body(3, 1, 1)) == ()
    for body in (Body(2, 1, 1), Body(6, 1, 1), Body(3, 0, 1), Body(3, 2, 1), Body(3, 1, 0)):
        assert len(rules.body_gaps(body)) == 1


def test_the_steps_of_the_law_stay_in_their_order() -> None:
    shipped = [dict(step) for step in steps.SHIPPED]
    own = {"key": "own-1", "title": "选情研判", "words": ""}
    assert steps.refusal(shipped) == "" and steps.refusal([own, *shipped]) == ""
    assert steps.refusal(shipped[1:]) and steps.refusal(shipped[::-1]) and steps.refusal([own, own, *shipped])
    assert "名称" in steps.refusal([{**own, "title": "研"}, *shipped])
    assert "说明" in steps.refusal([{**own, "words": "长" * 201}, *shipped])
    assert "步骤太多" in steps.refusal([{**own, "key": f"own-{n}"} for n in range(20)] + shipped)
    assert steps.own_keys([own, *shipped]) == ("own-1",) == steps.own_before([own, *shipped], "voting")
    assert all("第" in step["basis"] for step in shipped)
