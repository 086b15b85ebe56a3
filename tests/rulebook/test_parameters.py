"""Parameters: all are there, each with its basis; edits from a day on, never over a statute."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from lianxin.audit.models import AuditEntry
from lianxin.common import clock
from lianxin.common.errors import Denied, Invalid, Refused
from lianxin.rulebook.deadlines import due_for
from lianxin.rulebook.models import Parameter
from lianxin.rulebook.selectors import parameter, value
from lianxin.rulebook.services import parameter_change
from tests.factories.cast import HOME6, Cast

EXPECTED = {  # name: (value, mark)
    "suggestion.reply_months": (3, "K"),
    "suggestion.extended_reply_months": (6, "K"),
    "suggestion.ack_days": (7, "L"),
    "suggestion.assign_workdays": (7, "L"),
    "suggestion.session_assign_days": (30, "L"),
    "suggestion.return_workdays": (10, "L"),
    "suggestion.reassign_workdays": (10, "L"),
    "suggestion.first_contact_workdays": (20, "L"),
    "suggestion.assist_opinion_months": (1, "L"),
    "suggestion.evaluate_workdays": (15, "L"),
    "suggestion.rehandle_months": (1, "L"),
    "suggestion.publish_workdays": (20, "L"),
    "suggestion.class_scheme": ("ABC", "K"),
    "suggestion.reply_each_cosigner": (True, "L"),
    "suggestion.extension_needs_approval": (True, "L"),
    "suggestion.overall_rule": ("worst_of_two", "A"),
    "express.accept_workdays": (3, "A"),
    "express.assign_workdays": (3, "A"),
    "express.contact_workdays": (10, "A"),
    "express.reply_months": (1, "A"),
    "activity_opinion.reply_months": (1, "L"),
    "opinion.notify_days": (15, "L"),
    "opinion.object_workdays": (5, "L"),
    "opinion.sort_workdays": (3, "A"),
    "opinion.feedback_workdays": (5, "A"),
    "reception.notice_days": (3, "K"),
    "project.min_difference_ratio": (0.2, "A"),
    "project.quorum": ("2/3", "K"),
    "project.pass": ("1/2", "K"),
    "project.ballot_mode": ("approval_max_n", "L"),
    "project.tie_rule": ("revote_tied", "L"),
    "project.shortfall_rule": ("accept_fewer", "A"),
    "project.collect_start": ("Q3", "K"),
    "project.progress_interval": ("quarter", "L"),
    "project.adjust_body": ({"county": "standing_committee", "town": "congress"}, "K"),
    "ballot.grade_half": ("half_or_more", "A"),
    "village.roll_publish_days": (20, "K"),
    "village.roll_objection_days": (5, "K"),
    "village.roll_decision_days": (3, "K"),
    "village.proxy_max": (3, "L"),
    "village.rerun_min_share": ("1/3", "K"),
    "village.reps_interval": ("quarter", "K"),
    "village.finance_interval": ("month", "K"),
    "village.general_interval": ("quarter", "K"),
    "village.approval_publish_days": (5, "K"),
    "village.four_two_notice_days": (7, "A"),
    "contact.member": (5, "K"),
    "contact.deputy": (10, "K"),
    "deputy.absence_alert": (2, "K"),
    "security.lock_after": (5, "L"),
    "security.lock_minutes": (30, "L"),
    "security.idle_minutes": (30, "L"),
    "security.idle_minutes_admin": (15, "L"),
    "security.log_keep_months": (12, "K"),
    "privacy.pia_keep_years": (3, "K"),
}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_it_is_there_with_value_and_mark(db: None, name: str) -> None:
    row = parameter(name)
    assert (row.value, row.mark) == EXPECTED[name]


def test_every_parameter_says_what_it_rests_on(db: None) -> None:
    rows = list(Parameter.objects.all())
    assert all(row.basis and row.label and row.mark in {"K", "L", "A"} for row in rows)
    assert all(row.unit or not isinstance(row.value, int) or isinstance(row.value, bool) for row in rows)


@pytest.mark.parametrize(
    ("name", "most"), [("suggestion.reply_months", 3), ("suggestion.extended_reply_months", 6)]
)
def test_a_statute_cannot_be_stretched(cast: Cast, name: str, most: int) -> None:
    with pytest.raises(Refused, match="不能超过"):
        change(cast, name, most + 1)
    assert value(name) == most


def test_a_shorter_period_may_be_set_and_is_no_longer_called_law(cast: Cast) -> None:
    change(cast, "suggestion.reply_months", 2)
    row = parameter("suggestion.reply_months", home6=HOME6)
    assert (row.value, row.mark, row.upper_bound) == (2, "A", 3)
    with pytest.raises(Refused, match="不能超过"):
        change(cast, "suggestion.reply_months", 4)


def test_a_minimum_of_a_statute_holds(cast: Cast) -> None:
    with pytest.raises(Refused, match="不能少于"):
        change(cast, "security.log_keep_months", 5)
    assert change(cast, "security.log_keep_months", 24).value == 24


def test_what_a_statute_fixes_is_fixed(cast: Cast) -> None:
    with pytest.raises(Refused, match="法律直接规定"):
        change(cast, "project.quorum", "1/2")


def test_old_matters_keep_the_old_value(cast: Cast) -> None:
    today = clock.today()
    change(cast, "opinion.sort_workdays", 5, valid_from=today + timedelta(days=10))
    for day, expected in ((today, 3), (today + timedelta(days=9), 3), (today + timedelta(days=10), 5)):
        assert value("opinion.sort_workdays", on=day, home6=HOME6) == expected
    before = due_for("opinion.sort_workdays", today, home6=HOME6)
    after = due_for("opinion.sort_workdays", today + timedelta(days=10), home6=HOME6)
    assert "3 个工作日" in "".join(before.trace)
    assert "5 个工作日" in "".join(after.trace)


def test_two_edits_in_turn_each_have_their_days(cast: Cast) -> None:
    today = clock.today()
    change(cast, "opinion.sort_workdays", 5, valid_from=today + timedelta(days=10))
    change(cast, "opinion.sort_workdays", 4, valid_from=today)
    assert value("opinion.sort_workdays", on=today, home6=HOME6) == 4
    assert value("opinion.sort_workdays", on=today + timedelta(days=10), home6=HOME6) == 5


def test_the_past_is_not_changed(cast: Cast) -> None:
    with pytest.raises(Refused, match="从今天"):
        change(cast, "opinion.sort_workdays", 5, valid_from=clock.today() - timedelta(days=1))


def test_another_region_keeps_its_own(cast: Cast) -> None:
    change(cast, "opinion.sort_workdays", 5)
    assert value("opinion.sort_workdays", home6="610902") == 3


@pytest.mark.parametrize("name", ["security", "auditor", "office", "keeper"])
def test_only_the_system_administrator_edits(cast: Cast, name: str) -> None:
    with pytest.raises(Denied):
        change(cast, "opinion.sort_workdays", 5, actor=name)


@pytest.mark.parametrize("typed", ["5", 5.5, [5], 0, -1, True, None])
def test_a_value_of_another_kind_is_refused(cast: Cast, typed: object) -> None:
    with pytest.raises(Invalid):
        change(cast, "opinion.sort_workdays", typed)


@pytest.mark.parametrize("typed", [{"reminder": 1}, {"reminder": "x", "supervision": 1, "talk": 2}, {}])
def test_a_table_keeps_its_keys(cast: Cast, typed: object) -> None:
    with pytest.raises(Invalid):
        change(cast, "suggestion.urge_days", typed)


@pytest.mark.parametrize(("basis", "mark"), [("", "A"), ("某办法", "X"), ("本地约定", "K"), ("x" * 201, "A")])
def test_law_names_its_article(cast: Cast, basis: str, mark: str) -> None:
    with pytest.raises(Invalid):
        change(cast, "opinion.sort_workdays", 5, basis=basis, mark=mark)


def test_an_article_that_was_read_may_be_called_law(cast: Cast) -> None:
    assert change(cast, "opinion.sort_workdays", 5, basis="某省规定第十二条", mark="K").mark == "K"


def test_an_edit_is_on_the_trail(cast: Cast) -> None:
    row = change(cast, "opinion.sort_workdays", 5)
    entry = AuditEntry.objects.get(tag="rulebook.parameter_change")
    assert (entry.target_id, entry.actor_id) == (str(row.id), cast.admin.id)


def test_an_assumed_value_is_not_shown_as_law(db: None) -> None:
    assumed = due_for("opinion.sort_workdays", date(2026, 11, 23), home6=HOME6).trace[0]
    law = due_for("suggestion.reply_months", date(2026, 11, 23), home6=HOME6).trace[0]
    assert "本地设置" in assumed
    assert "代表法" in law
    assert "本地设置" not in law


def change(
    cast: Cast,
    name: str,
    new: object,
    *,
    actor: str = "admin",
    valid_from: date | None = None,
    basis: str = "本地约定",
    mark: str = "A",
) -> Parameter:
    return parameter_change(
        actor=getattr(cast, actor),
        name=name,
        value=new,
        basis=basis,
        mark=mark,
        valid_from=valid_from or clock.today(),
        home6=HOME6,
    )
