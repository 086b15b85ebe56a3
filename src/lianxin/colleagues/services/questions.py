"""Asking a colleague, or all colleagues of one field of work."""

from __future__ import annotations

from uuid import UUID

from lianxin.audit.services import record
from lianxin.colleagues.models import Answer, Question
from lianxin.colleagues.permissions import colleagues_of, is_asked, questions_visible_to
from lianxin.colleagues.words import checked
from lianxin.colleagues.workflow import QUESTION, QuestionFacts
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Conflict, Denied, Invalid, NotFound
from lianxin.common.writes import write
from lianxin.notifications.services import Recipient, enqueue
from lianxin.people.actors import deputy_of
from lianxin.people.models import Deputy
from lianxin.rulebook.deadlines import due_for


@write
def question_ask(
    *,
    actor: Actor,
    title: str,
    text: str,
    to: Deputy | None = None,
    field: str = "",
    request_id: str | None = None,
) -> Question:
    """Ask one deputy, or all of a field; each of them is told."""
    asker = deputy_of(actor)
    if asker is None or not actor.has(Role.DEPUTY):
        raise Denied("「请教同事」只给在任代表用。")
    asked = _addressees(asker, to, field)
    question = Question.objects.create(
        home6=asker.home6,
        division_code=asker.division_code,
        asker=asker,
        to=to,
        field=field if to is None else "",
        title=checked(title, field="title", most=80),
        text=checked(text, field="text", least=5, most=1000),
        at=clock.now(),
        due_on=due_for("question.answer_workdays", clock.today(), home6=asker.home6).on,
    )
    _recorded(actor, "ask", question)
    for deputy in asked:
        _tell(question, deputy, f"有代表请教您：{question.title}", "asked")
    return question


def _addressees(asker: Deputy, to: Deputy | None, field: str) -> list[Deputy]:
    if (to is None) == (not field):
        raise Invalid("请选问谁。", fields={"to": "选一位代表，或者选一个行业，只选一样。"})
    rows = colleagues_of(asker)
    found = list(rows.filter(pk=to.pk) if to else rows.filter(occupation=field))
    if not found:
        raise Invalid("没有找到可以问的代表。", fields={"to": "请换一位在任代表，或换一个行业。"})
    return found


@write
def question_answer(*, actor: Actor, question: Question, text: str, request_id: str | None = None) -> Answer:
    """Answer a colleague's question."""
    author = _step(actor, question, "answer")
    answer = Answer.objects.create(
        question=question,
        author=author,
        text=checked(text, field="text", most=1000),
        at=clock.now(),
    )
    _tell(question, question.asker, f"有代表回答了您：{question.title}", f"answered:{answer.pk}")
    return answer


@write
def question_accept(
    *, actor: Actor, question: Question, answer: UUID, request_id: str | None = None
) -> Question:
    """Say which answer helped."""
    if not Answer.objects.filter(pk=answer, question=question).exists():
        raise NotFound("没有找到这个回答。")
    _step(actor, question, "accept")
    Answer.objects.filter(pk=answer).update(accepted=True)
    row = Answer.objects.select_related("author").get(pk=answer)
    _tell(question, row.author, f"您的回答被采用了：{question.title}", "accepted")
    return question


@write
def question_close(*, actor: Actor, question: Question, request_id: str | None = None) -> Question:
    """Ask no longer."""
    _step(actor, question, "close")
    return question


def may_ask_for(actor: Actor, act: str, question: Question) -> bool:
    """Say whether the actor may try `act` ("view" included) on this question."""
    if not questions_visible_to(actor).filter(pk=question.pk).exists():
        return False
    return act == "view" or actor.has(*QUESTION.acts[act].by)


def question_facts(actor: Actor, question: Question) -> QuestionFacts:
    """Return the plain facts that guards look at."""
    deputy = deputy_of(actor)
    is_asker = deputy is not None and question.asker_id == deputy.pk
    return QuestionFacts(is_asker=is_asker, is_asked=is_asked(deputy, question))


def _step(actor: Actor, question: Question, act: str) -> Deputy:
    deputy = deputy_of(actor)
    if deputy is None or not may_ask_for(actor, act, question):
        raise Denied("这个问题不是问您的，也不是您提的。")
    old = question.state
    new = QUESTION.next_state(old, act, question_facts(actor, question))
    if Question.objects.filter(pk=question.pk, state=old).update(state=new) != 1:
        raise Conflict("这个问题刚刚有了变化，请刷新后再看。")
    question.state = new
    _recorded(actor, act, question)
    return deputy


def _recorded(actor: Actor, act: str, question: Question) -> None:
    record(
        actor=actor,
        tag=f"question.{act}",
        kind="question",
        target=question.pk,
        home6=question.home6,
    )


def _tell(question: Question, deputy: Deputy, subject: str, dedupe: str) -> None:
    if deputy.account_id is None:
        return
    enqueue(
        to=Recipient.account(deputy.account_id),
        subject=subject[:160],
        text="",
        link=f"/deputy/colleagues/questions/{question.pk}",
        about_kind="question",
        about_id=question.pk,
        home6=question.home6,
        dedupe=f"{dedupe}:{question.pk}",
    )
