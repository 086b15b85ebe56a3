"""Editing the calendar, and the library of institutions."""

from __future__ import annotations

from datetime import date

import pytest

from lianxin.common.errors import Denied, Invalid, Refused
from lianxin.rulebook.calendar import DayKind
from lianxin.rulebook.deadlines import due_for
from lianxin.rulebook.models import CalendarYear, Institution
from lianxin.rulebook.selectors import calendar_for, institutions_find
from lianxin.rulebook.services import calendar_day_set, calendar_year_confirm
from tests.factories.cast import HOME6, Cast

START = date(2026, 12, 30)


def set_day(cast: Cast, day: date, kind: DayKind = DayKind.REST, actor: str = "admin") -> None:
    calendar_day_set(actor=getattr(cast, actor), home6=HOME6, day=day, kind=kind, note="元旦")


def test_an_entered_notice_ends_the_provisional_mark_and_moves_the_date(cast: Cast) -> None:
    before = due_for("opinion.sort_workdays", START, home6=HOME6)
    assert before.provisional
    assert before.on == date(2027, 1, 4)
    set_day(cast, date(2027, 1, 1))
    set_day(cast, date(2027, 1, 4))
    calendar_year_confirm(actor=cast.admin, home6=HOME6, year=2027, notice="国办发明电〔2026〕某号")
    after = due_for("opinion.sort_workdays", START, home6=HOME6)
    assert not after.provisional
    assert after.on == date(2027, 1, 6)
    assert "本地修订" in "".join(after.trace)


def test_a_year_without_any_entered_day_is_not_confirmed(cast: Cast) -> None:
    with pytest.raises(Refused, match="还没有录入"):
        calendar_year_confirm(actor=cast.admin, home6=HOME6, year=2027, notice="某号")
    assert not CalendarYear.objects.exists()


def test_a_year_needs_its_notice(cast: Cast) -> None:
    set_day(cast, date(2027, 1, 1))
    with pytest.raises(Invalid):
        calendar_year_confirm(actor=cast.admin, home6=HOME6, year=2027, notice=" ")
    with pytest.raises(Invalid):
        calendar_year_confirm(actor=cast.admin, home6=HOME6, year=99, notice="某号")


def test_a_weekend_can_be_worked(cast: Cast) -> None:
    assert not calendar_for(HOME6).is_workday(date(2027, 1, 3))
    set_day(cast, date(2027, 1, 3), DayKind.WORK)
    assert calendar_for(HOME6).is_workday(date(2027, 1, 3))
    assert not calendar_for("610902").is_workday(date(2027, 1, 3))


@pytest.mark.parametrize("name", ["security", "auditor", "keeper"])
def test_only_the_system_administrator_edits_the_calendar(cast: Cast, name: str) -> None:
    with pytest.raises(Denied):
        set_day(cast, date(2027, 1, 1), actor=name)
    with pytest.raises(Denied):
        calendar_year_confirm(actor=getattr(cast, name), home6=HOME6, year=2027, notice="某号")


class TestLibrary:
    def test_titles_keep_the_old_name_of_the_county(self, db: None) -> None:
        found = {row.title for row in institutions_find("旬阳县")}
        assert "旬阳县人大代表履职规范" in found
        assert "旬阳县村民自治章程（示范文本）" in found
        assert "村民自治规程" in found  # its issuer keeps the name

    def test_the_institutions_of_the_article_are_there(self, db: None) -> None:
        titles = set(Institution.objects.values_list("title", flat=True))
        assert titles >= {
            "人大代表联系群众工作制度",
            "县人大常委会、镇人大主席团成员联系人大代表制度",
            "县人大常委会组成人员、镇人大主席团成员联系人大代表和群众制度",
            "旬阳县人大代表履职规范",
            "村民自治规程",
            "关于全面推进村民自治工作的指导意见",
            "旬阳县村民自治章程（示范文本）",
        }

    def test_words_of_a_clause_find_its_document(self, db: None) -> None:
        assert "duty-norms" in {row.slug for row in institutions_find("民情日记")}
        assert not institutions_find("没有这几个字的文件")

    def test_every_clause_has_an_anchor_of_its_own(self, db: None) -> None:
        for document in Institution.objects.prefetch_related("clauses"):
            anchors = [clause.anchor for clause in document.clauses.all()]
            assert anchors
            assert len(set(anchors)) == len(anchors)
