"""Lights, urging, divisions among units, and the check-up of a reply."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.handling.rules import (
    Light,
    ReplyText,
    UrgingKind,
    light,
    likeness,
    parts_problem,
    reply_findings,
    reply_problems,
    urging_due,
    warning_due,
)
from lianxin.handling.workflow import Mode

DUE = date(2026, 6, 1)
STEPS = {UrgingKind.REMINDER: 1, UrgingKind.SUPERVISION: 10, UrgingKind.TALK: 30}
DEMANDS = ("装路灯", "明确管护")
GOOD = ReplyText(
    "A", ("我局已经安装路灯十二盏，周局长负责。", "已落实由镇政府管护。"), publish_level="public"
)


@pytest.mark.parametrize(
    ("left", "wanted"),
    [
        (16, Light.GREEN),
        (15, Light.YELLOW),
        (6, Light.YELLOW),
        (5, Light.ORANGE),
        (0, Light.ORANGE),
        (-1, Light.RED),
    ],
)
def test_the_light_of_a_deadline(left: int, wanted: Light) -> None:
    assert light(DUE, DUE - timedelta(days=left), yellow=15, orange=5) is wanted


def test_what_was_met_shows_no_colour() -> None:
    assert light(DUE, DUE + timedelta(days=9), yellow=15, orange=5, met_on=DUE) is Light.MET


@pytest.mark.parametrize(
    ("late", "wanted"),
    [
        (0, None),
        (1, UrgingKind.REMINDER),
        (9, UrgingKind.REMINDER),
        (10, UrgingKind.SUPERVISION),
        (30, UrgingKind.TALK),
    ],
)
def test_urging_grows_with_time(late: int, wanted: UrgingKind | None) -> None:
    assert urging_due(DUE, DUE + timedelta(days=late), STEPS) is wanted


@pytest.mark.parametrize(
    ("left", "wanted"), [(16, None), (15, 15), (8, 15), (7, 7), (2, 7), (1, 1), (0, 1), (-1, None)]
)
def test_the_nearest_warning_counts(left: int, wanted: int | None) -> None:
    assert warning_due(DUE, DUE - timedelta(days=left), [15, 7, 1]) == wanted


@pytest.mark.parametrize(
    "modes",
    [
        (Mode.SOLE,),
        (Mode.MAIN, Mode.ASSIST),
        (Mode.MAIN, Mode.ASSIST, Mode.ASSIST),
        (Mode.SEPARATE, Mode.SEPARATE),
        (Mode.TRANSFER,),
    ],
)
def test_divisions_that_stand(modes: tuple[Mode, ...]) -> None:
    assert parts_problem(modes, ["灯"] * len(modes)) is None


@pytest.mark.parametrize(
    "modes",
    [
        (Mode.ASSIST,),
        (Mode.SOLE, Mode.SOLE),
        (Mode.SOLE, Mode.ASSIST),
        (Mode.MAIN, Mode.MAIN, Mode.ASSIST),
        (Mode.SEPARATE,),
        (Mode.MAIN, Mode.SEPARATE),
    ],
)
def test_divisions_that_fall(modes: tuple[Mode, ...]) -> None:
    assert parts_problem(modes, ["灯"] * len(modes)) is not None


def test_each_separate_scope_is_written() -> None:
    assert parts_problem([Mode.SEPARATE, Mode.SEPARATE], ["灯", " "]) is not None


def test_a_good_reply_has_no_remarks() -> None:
    assert reply_findings(GOOD, DEMANDS, "ABC") == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"answers": (GOOD.answers[0],)}, "unanswered"),
        ({"answers": (GOOD.answers[0], "好的")}, "unanswered"),
        ({"reply_class": "D"}, "class_missing"),
        ({"reply_class": "B", "promise_text": "二期"}, "promise_missing"),
        ({"reply_class": "C"}, "reason_missing"),
        ({"publish_level": ""}, "publish_missing"),
        ({"publish_level": "not_public"}, "publish_reason_missing"),
    ],
)
def test_what_blocks_a_signature(change: dict[str, object], code: str) -> None:
    found = reply_problems(replace(GOOD, **change), DEMANDS, "ABC")  # type: ignore[arg-type]
    assert code in {finding.code for finding in found} and all(finding.blocks for finding in found)


def test_class_d_stands_where_the_scheme_knows_it() -> None:
    reply = replace(GOOD, reply_class="D", reason="留作今后规划参考")
    assert not reply_problems(reply, DEMANDS, "ABCD") and reply_problems(reply, DEMANDS, "ABC")


@pytest.mark.parametrize(
    ("answer", "is_empty"),
    [
        ("我局高度重视，正在研究。", True),
        ("人大代表的意见我局高度重视。", True),
        ("我局高度重视，2026年6月30日前装好。", False),
        ("我局高度重视，十二盏灯随即安装。", False),
        ("正在研究，由周局长负责。", False),
    ],
)
def test_empty_phrases_need_a_date_a_number_or_a_person(answer: str, is_empty: bool) -> None:
    found = reply_findings(replace(GOOD, answers=(GOOD.answers[0], answer)), DEMANDS, "ABC")
    assert ("empty_phrase" in {finding.code for finding in found}) is is_empty


@pytest.mark.parametrize(
    ("change", "mismatch"),
    [
        ({"answers": ("我局将在六月安装路灯十盏。", "已落实由镇政府管护。")}, True),
        ({"answers": ("我局的路灯方案共十盏。", "由镇政府负责管护。")}, True),
        ({"reply_class": "C", "reason": "支路待拆迁后安装"}, True),
        ({}, False),
    ],
)
def test_the_class_fits_the_words(change: dict[str, object], mismatch: bool) -> None:
    found = reply_findings(replace(GOOD, **change), DEMANDS, "ABC")  # type: ignore[arg-type]
    assert ("class_mismatch" in {finding.code for finding in found}) is mismatch


def test_a_copy_of_an_earlier_reply_is_noticed() -> None:
    old = "".join(GOOD.answers)
    assert "copy" in {finding.code for finding in reply_findings(GOOD, DEMANDS, "ABC", earlier=[old])}
    assert reply_findings(GOOD, DEMANDS, "ABC", earlier=["村里的自来水管已经换新，水厂负责。"]) == []


@given(st.text(max_size=40), st.text(max_size=40))
@settings(max_examples=50, deadline=None)
def test_likeness_is_a_symmetric_share(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1
    assert len(one) < 2 or likeness(one, one) == 1
