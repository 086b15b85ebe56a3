"""Disclosure: two persons, hidden numbers, kept versions, questions with answers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianxin.common import clock
from lianxin.common.actor import RESIDENT
from lianxin.common.errors import Conflict, Denied, Invalid, NotFound, Refused, TooMany
from lianxin.villages import selectors, services
from lianxin.villages.actions import BOOK
from lianxin.villages.models import DisclosureVersion
from lianxin.villages.services.questions import code_of
from lianxin.villages.workflow import DISCLOSURE
from tests.factories import villages as make
from tests.factories.cast import OTHER_VILLAGE, VILLAGE, Cast

ID, ACCOUNT = "612429198001011234", "6217000012345678901"


def test_prepared_approved_published_in_that_order(cast: Cast) -> None:
    row = make.published(cast)
    assert row.state == "published" and row.published_on == clock.today() and row.published_version == 1
    assert [event.act for event in row.events.all()] == ["submit", "approve", "publish"]


def test_what_is_not_reviewed_cannot_be_published(cast: Cast) -> None:
    row = make.submitted(cast)
    with pytest.raises(Refused, match="监督委员会还没有审核"):
        services.disclosure_publish(actor=cast.village, item=row)


def test_the_village_cannot_approve_and_the_supervisor_cannot_publish(cast: Cast) -> None:
    row = make.submitted(cast)
    with pytest.raises(Denied):
        services.disclosure_approve(actor=cast.village, item=row)
    services.disclosure_approve(actor=cast.village_supervisor, item=row)
    with pytest.raises(Denied):
        services.disclosure_publish(actor=cast.village_supervisor, item=row)


def test_one_person_with_both_roles_does_not_approve_his_own_work(cast: Cast) -> None:
    row = make.submitted(cast)
    DisclosureVersion.objects.filter(item=row).update(prepared_by=cast.village_supervisor.id)
    with pytest.raises(Denied, match="另一位"):
        services.disclosure_approve(actor=cast.village_supervisor, item=row)


def test_another_village_has_no_say(cast: Cast) -> None:
    row = make.item(cast)
    with pytest.raises(Denied):
        services.disclosure_submit(actor=cast.village_other, item=row, text=make.TEXT)
    with pytest.raises(Denied):
        services.major_open(
            actor=cast.village_other, village=VILLAGE, what="别村的事情", happened_on=clock.today()
        )
    with pytest.raises(NotFound):
        selectors.item_for(cast.village_other, row.pk)


def test_sent_back_with_a_reason_and_prepared_anew_as_a_new_version(cast: Cast) -> None:
    row = make.submitted(cast)
    with pytest.raises(Invalid):
        services.disclosure_send_back(actor=cast.village_supervisor, item=row, note="改")
    services.disclosure_send_back(actor=cast.village_supervisor, item=row, note="电费没有附票据")
    assert row.state == "to_prepare"
    services.disclosure_submit(actor=cast.village, item=row, text="补了票据，请再看。")
    assert list(row.versions.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_numbers_of_papers_and_accounts_are_hidden_in_text_and_table(cast: Cast) -> None:
    row = services.disclosure_submit(
        actor=cast.village,
        item=make.item(cast),
        text=f"低保户王大爷身份证 {ID}，已发放。",
        table=[["姓名", "账号"], ["李婶", ACCOUNT]],
    )
    version = row.versions.get()
    assert ID not in version.text and ACCOUNT not in str(version.table)
    assert "王大爷" in version.text and "李婶" in str(version.table)
    assert version.hidden == 2


def test_sums_of_money_stay(cast: Cast) -> None:
    row = services.disclosure_submit(
        actor=cast.village, item=make.item(cast), text="本季度支出 128000.50 元，结余 3200 元。"
    )
    assert row.versions.get().text == "本季度支出 128000.50 元，结余 3200 元。"


def test_nothing_to_say_is_refused(cast: Cast) -> None:
    with pytest.raises(Invalid):
        services.disclosure_submit(actor=cast.village, item=make.item(cast), text=" ", table=[["", ""]])


def test_a_correction_keeps_the_old_version_public_until_it_is_approved(cast: Cast) -> None:
    row = make.published(cast, "路灯电费 320 元，修路 5000 元。")
    services.disclosure_correct(
        actor=cast.village, item=row, text="路灯电费 230 元，修路 5000 元。", reason="电费写反了"
    )
    assert selectors.published_item(row.pk).version.number == 1
    with pytest.raises(Refused):
        services.disclosure_publish(actor=cast.village, item=row)
    services.disclosure_approve(actor=cast.village_supervisor, item=row)
    services.disclosure_publish(actor=cast.village, item=row)
    shown = selectors.published_item(row.pk)
    assert (shown.version.number, [one.number for one in shown.earlier]) == (2, [1])
    assert "320" in selectors.version_of(row.pk, 1)[1].text


def test_a_correction_does_not_change_when_the_item_was_first_published(cast: Cast) -> None:
    row = make.published(cast)
    first = row.published_on
    with clock.at(clock.now() + timedelta(days=40)):
        services.disclosure_correct(actor=cast.village, item=row, text="更正后的内容。", reason="有一处写错")
        services.disclosure_approve(actor=cast.village_supervisor, item=row)
        services.disclosure_publish(actor=cast.village, item=row)
    assert row.published_on == first


def test_a_question_gets_a_code_and_an_answer(cast: Cast) -> None:
    row = make.published(cast)
    asked = make.question(row)
    assert row.state == "questioned" and asked.due_on > clock.today()
    found = selectors.question_by_code(code_of(asked))
    assert found.pk == asked.pk and not found.answer
    services.question_answer(
        actor=cast.village, question=found, answer="上季度有两个月没有交，这次一起交了。"
    )
    row.refresh_from_db()
    assert row.state == "explained"
    assert selectors.question_by_code(code_of(asked)).answer.startswith("上季度")


def test_the_item_is_explained_only_when_all_are_answered(cast: Cast) -> None:
    row = make.published(cast)
    first, second = make.question(row), make.question(row, "误工补贴是发给哪些工作的？")
    services.question_answer(actor=cast.village, question=first, answer="一起交了两个月的电费。")
    row.refresh_from_db()
    assert row.state == "questioned"
    second.refresh_from_db()
    services.question_answer(actor=cast.village, question=second, answer="发给清沟渠的工，一天一百。")
    row.refresh_from_db()
    assert row.state == "explained"


def test_an_unpublished_item_cannot_be_asked_about_nor_answered_twice(cast: Cast) -> None:
    with pytest.raises(Conflict):
        make.question(make.submitted(cast))
    asked = make.question(make.published(cast))
    services.question_answer(actor=cast.village, question=asked, answer="一起交了两个月的电费。")
    with pytest.raises(Conflict):
        services.question_answer(actor=cast.village, question=asked, answer="再答一次试一试看。")


def test_a_question_holds_no_name_and_no_number(cast: Cast) -> None:
    asked = make.question(make.published(cast), "我叫王小明，电话13800138000，电费为什么多了？")
    assert "王小明" not in asked.text and "13800138000" not in asked.text


def test_one_browser_asks_so_many_an_hour(cast: Cast) -> None:
    row = make.published(cast)
    for count in range(10):
        services.question_ask(actor=RESIDENT, item=row, text=f"第{count}个疑问，请说明", browser_token="one")
    with pytest.raises(TooMany):
        services.question_ask(actor=RESIDENT, item=row, text="还有一个疑问", browser_token="one")
    services.question_ask(actor=RESIDENT, item=row, text="别的手机的疑问", browser_token="two")


def test_a_wrong_code_finds_nothing(cast: Cast) -> None:
    with pytest.raises(Invalid):
        selectors.question_by_code("XY-0000-0000")
    with pytest.raises(NotFound):
        selectors.question_by_code("XY-2222-2222")


def test_the_board_photo_is_kept_without_what_the_camera_wrote(cast: Cast) -> None:
    row = make.published(cast)
    services.disclosure_board_photo(actor=cast.village, item=row, photo=make.photo())
    assert row.board_on == clock.today() and selectors.board_photo(row) is not None
    with pytest.raises(Conflict):
        services.disclosure_board_photo(actor=cast.village, item=make.submitted(cast), photo=make.photo())


def test_every_act_of_the_table_is_bound_or_derived() -> None:
    assert BOOK.unbound() == {"ask", "answer", "explain", "lapse"}
    assert {name for name, row in DISCLOSURE.acts.items() if not row.by} == {"ask", "explain", "lapse"}


def test_town_and_office_see_supervision_of_their_villages_only(cast: Cast) -> None:
    row = make.item(cast)
    make.item(cast, OTHER_VILLAGE, "village_other")
    assert [one.pk for one in selectors.items_page(cast.presidium)] == [row.pk]
    assert len(selectors.items_page(cast.office)) == 2
    assert selectors.items_page(cast.keeper) == []
