"""Asking a colleague: one deputy or all of a field; others neither see nor answer."""

from __future__ import annotations

import pytest

from lianxin.colleagues import selectors, services
from lianxin.colleagues.models import Answer, Question
from lianxin.colleagues.permissions import questions_visible_to
from lianxin.common.errors import Conflict, Denied, Invalid, NotFound, Refused
from lianxin.notifications.models import Notice
from lianxin.people.models import Deputy
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db
WORDS = "村里想建冷库，贷款贴息要找哪个部门？"


def asked(cast: Cast, **more: object) -> Question:
    to = more or {"to": cast.deputy_row("deputy_other")}
    return services.question_ask(actor=cast.deputy_town, title="冷库贴息找谁", text=WORDS, **to)  # type: ignore[arg-type]


def test_the_colleague_is_told_and_answers_and_the_answer_is_accepted(cast: Cast) -> None:
    question = asked(cast)
    assert Notice.objects.filter(recipient_key=str(cast.deputy_other.id), about_id=question.pk).count() == 1
    answer = services.question_answer(actor=cast.deputy_other, question=question, text="找农业农村局。")
    assert Notice.objects.filter(recipient_key=str(cast.deputy_town.id), about_id=question.pk).count() == 1
    services.question_accept(actor=cast.deputy_town, question=question, answer=answer.pk)
    assert Question.objects.get(pk=question.pk).state == "accepted"
    assert Answer.objects.get(pk=answer.pk).accepted


def test_all_of_a_field_are_asked(cast: Cast) -> None:
    Deputy.objects.filter(account__username__in=["deputy_city", "deputy_other"]).update(occupation="教师")
    question = asked(cast, field="教师")
    told = Notice.objects.filter(about_id=question.pk).values_list("recipient_key", flat=True)
    assert set(told) == {str(cast.deputy_city.id), str(cast.deputy_other.id)}
    assert services.question_answer(actor=cast.deputy_city, question=question, text="我问一下。").pk


@pytest.mark.parametrize("who", ["deputy_city", "keeper", "presidium", "office", "leader", "auditor"])
def test_whom_it_does_not_concern_neither_sees_nor_answers(cast: Cast, who: str) -> None:
    question, actor = asked(cast), getattr(cast, who)
    assert not questions_visible_to(actor).exists()
    with pytest.raises(Denied):
        services.question_answer(actor=actor, question=question, text="我来说两句。")
    with pytest.raises(NotFound):
        selectors.question_for(actor, question.pk)


def test_one_does_not_answer_oneself_nor_accept_for_another(cast: Cast) -> None:
    question = asked(cast)
    with pytest.raises(Refused):
        services.question_answer(actor=cast.deputy_town, question=question, text="自己答自己。")
    answer = services.question_answer(actor=cast.deputy_other, question=question, text="找农业农村局。")
    with pytest.raises(Refused, match="只有提问"):
        services.question_accept(actor=cast.deputy_other, question=question, answer=answer.pk)


def test_a_closed_question_takes_no_answer(cast: Cast) -> None:
    question = services.question_close(actor=cast.deputy_town, question=asked(cast))
    with pytest.raises(Conflict):
        services.question_answer(actor=cast.deputy_other, question=question, text="晚了一步。")


def test_an_answer_of_another_question_is_not_accepted(cast: Cast) -> None:
    first, second = asked(cast), asked(cast)
    answer = services.question_answer(actor=cast.deputy_other, question=first, text="找农业农村局。")
    services.question_answer(actor=cast.deputy_other, question=second, text="同上一个问题。")
    with pytest.raises(NotFound):
        services.question_accept(actor=cast.deputy_town, question=second, answer=answer.pk)


def test_a_question_goes_to_one_or_to_a_field(cast: Cast) -> None:
    for wrong in (
        {"to": None, "field": ""},
        {"to": cast.deputy_row("deputy_other"), "field": "教师"},
        {"field": "航天员"},
        {"to": cast.deputy_row("deputy_town")},
    ):
        with pytest.raises(Invalid):
            asked(cast, **wrong)
    with pytest.raises(Denied):
        services.question_ask(actor=cast.keeper, title="问一下", text=WORDS, field="教师")


def test_a_residents_number_goes_into_no_question(cast: Cast) -> None:
    with pytest.raises(Invalid, match="个人信息"):
        services.question_ask(
            actor=cast.deputy_town,
            title="帮忙联系",
            text="请打 13800138000 问问她",
            to=cast.deputy_row("deputy_other"),
        )
