"""「有疑问」: a resident asks about published accounts without signing in; the village answers in time."""

from __future__ import annotations

from datetime import timedelta

from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.codes import code_from
from lianxin.common.errors import Conflict, Invalid, TooMany
from lianxin.common.masking import mask
from lianxin.common.sealing import keyed_hash
from lianxin.common.writes import write
from lianxin.rulebook.calendar import due_after_days
from lianxin.rulebook.selectors import calendar_for, value
from lianxin.villages.hiding import hidden
from lianxin.villages.models import DisclosureItem, DisclosureQuestion
from lianxin.villages.services.asking import bound, refuse_others
from lianxin.villages.services.step import step
from lianxin.villages.services.telling import tell_supervisors, tell_village

LEAST, MOST = 4, 500


def code_of(question: DisclosureQuestion) -> str:
    """Return the query code that belongs to a question's id; only who asked is told."""
    return code_from(bytes.fromhex(keyed_hash(str(question.id), purpose="code-of-village-question")))


def code_hash(code: str) -> str:
    """Return the form in which a code is looked up."""
    return keyed_hash(code, purpose="village-question-code")


def question_ask(
    *,
    actor: Actor,
    item: DisclosureItem,
    text: str,
    browser_token: str = "",
    request_id: str | None = None,
) -> DisclosureQuestion:
    """Take in a question; names and numbers in it are hidden at once, for nobody needs them to answer."""
    words = text.strip()
    if not LEAST <= len(words) <= MOST:
        raise Invalid("请写清楚哪里有疑问。", fields={"text": f"写 {LEAST} 到 {MOST} 个字。"})
    masked = mask(words).text
    question = _take_in(
        actor=actor,
        item=item,
        text=masked,
        browser_token=browser_token,
        request_id=bound(browser_token, request_id),
    )
    refuse_others(request_id, kept=(question.item_id, question.text), sent=(item.pk, masked))
    return question


@write
def _take_in(
    *, actor: Actor, item: DisclosureItem, text: str, browser_token: str, request_id: str | None = None
) -> DisclosureQuestion:
    token = keyed_hash(browser_token, purpose="browser") if browser_token else ""
    _hold_floods(token, item.home6)
    days = value("village.question_reply_days", home6=item.home6)
    due = due_after_days(clock.today(), days, calendar_for(item.home6))
    question = DisclosureQuestion(
        item=item,
        home6=item.home6,
        division_code=item.division_code,
        text=text,
        token_hash=token,
        due_on=due.on,
        due_trace=due.trace,
    )
    question.code_hash = code_hash(code_of(question))
    step(actor=actor, item=item, act="ask", facts={"question": str(question.id)})
    question.save(force_insert=True)
    tell_village(item, "有群众对公开的内容有疑问，请答复", f"ask:{question.id}")
    tell_supervisors(item, "有群众对公开的内容有疑问", f"ask:{question.id}")
    return question


def _hold_floods(token: str, home6: str) -> None:
    recent = DisclosureQuestion.objects.filter(
        token_hash=token, created_at__gte=clock.now() - timedelta(hours=1)
    )
    if token and recent.count() >= value("village.questions_hour", home6=home6):
        raise TooMany("刚才问得有点多，请过一会儿再问，或到村委会当面问。", retry_after=3600)


@write
def question_answer(
    *, actor: Actor, question: DisclosureQuestion, answer: str, request_id: str | None = None
) -> DisclosureQuestion:
    """Answer a question; with the last open one answered the item is explained (已说明)."""
    words = answer.strip()
    if not 5 <= len(words) <= 1000:
        raise Invalid("请写清楚答复。", fields={"answer": "写 5 到 1000 个字，群众会看到。"})
    item = question.item
    step(actor=actor, item=item, act="answer", facts={"question": str(question.id)})
    waiting = DisclosureQuestion.objects.filter(pk=question.pk, answered_on=None)
    if waiting.update(answer=hidden(words)[0], answered_on=clock.today()) != 1:
        raise Conflict("这个疑问已经答复过了。")
    if item.state == "questioned" and not item.questions.filter(answered_on=None).exists():
        step(actor=SYSTEM, item=item, act="explain")
    question.refresh_from_db()
    return question
