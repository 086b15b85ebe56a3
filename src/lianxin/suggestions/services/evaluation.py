"""Evaluation: attitude and result, by the lead; the unit sees it only when it is final."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.common.writes import write
from lianxin.documents.services import letter_checked
from lianxin.handling.selectors import letters_of
from lianxin.people.actors import deputy_of
from lianxin.people.models import Deputy
from lianxin.rulebook.services import value
from lianxin.suggestions.models import Evaluation, Suggestion
from lianxin.suggestions.rules import Rating, overall
from lianxin.suggestions.services.step import due, met, step, tell_body

LEAST_WORDS = 20


@dataclass(frozen=True, slots=True)
class Marks:
    """What an evaluation says."""

    attitude: Rating
    result: Rating
    reasons: str = ""
    demand_numbers: tuple[int, ...] = ()
    pressured: bool = False


@write
def evaluation_give(
    *, actor: Actor, suggestion: Suggestion, marks: Marks, request_id: str | None = None
) -> Suggestion:
    """Evaluate the reply; the lead's mark counts, a co-signer's is shown beside it."""
    deputy = deputy_of(actor)
    if deputy is None:
        raise Denied("只有领衔和联名代表可以评价。")
    if deputy.pk == suggestion.lead_id:
        return _evaluate(actor, suggestion, marks, act="evaluate", deputy=deputy)
    mark = _checked(suggestion, marks)
    step(actor=actor, suggestion=suggestion, act="co_evaluate", facts={"round": suggestion.round})
    _keep(actor, suggestion, marks, mark, deputy=deputy, counts=False)
    return suggestion


@write
def evaluation_take_over(
    *, actor: Actor, suggestion: Suggestion, marks: Marks, request_id: str | None = None
) -> Suggestion:
    """A co-signer evaluates in the place of a lead who no longer sits."""
    deputy = deputy_of(actor)
    if deputy is None:
        raise Denied("只有联名代表可以接着评价。")
    beside = Evaluation.objects.filter(
        suggestion=suggestion, deputy=deputy, round=suggestion.round, is_lead=False
    )
    marks = _kept(marks, beside.first())
    beside.delete()
    return _evaluate(actor, suggestion, marks, act="evaluate_as_cosigner", deputy=deputy)


@write
def evaluation_for_body(
    *, actor: Actor, suggestion: Suggestion, marks: Marks, request_id: str | None = None
) -> Suggestion:
    """The office or the presidium evaluates where neither lead nor co-signer sits any more."""
    return _evaluate(actor, suggestion, marks, act="evaluate_for_body", deputy=suggestion.lead, by_body=True)


@write
def evaluation_change(
    *, actor: Actor, suggestion: Suggestion, marks: Marks, request_id: str | None = None
) -> Suggestion:
    """Change one's evaluation within a day; after that only a new reply brings a new one."""
    mine = Evaluation.objects.filter(suggestion=suggestion, is_lead=True, round=suggestion.round).first()
    if mine is None:
        raise Conflict("还没有评价，或这一轮已经重新办理。")
    if clock.now() > mine.final_at:
        raise Refused("评价已过可修改的时间；对新的答复可以重新评价。")
    mark = _checked(suggestion, marks)
    step(actor=actor, suggestion=suggestion, act="change_evaluation", overall=mark.value)
    Evaluation.objects.filter(pk=mine.pk).update(**_fields(_kept(marks, mine), mark))
    _after(suggestion, mark)
    return suggestion


def _evaluate(
    actor: Actor, suggestion: Suggestion, marks: Marks, *, act: str, deputy: Deputy, by_body: bool = False
) -> Suggestion:
    mark = _checked(suggestion, marks)
    step(
        actor=actor,
        suggestion=suggestion,
        act=act,
        facts={"round": suggestion.round},
        overall=mark.value,
        evaluated_on=clock.today(),
    )
    for letter in letters_of(suggestion.id).filter(kind="reply"):
        letter_checked(letter)
    _keep(actor, suggestion, marks, mark, deputy=deputy, counts=True, by_body=by_body)
    met(suggestion, "evaluate")
    _after(suggestion, mark)
    return suggestion


def _keep(
    actor: Actor,
    suggestion: Suggestion,
    marks: Marks,
    mark: Rating,
    *,
    deputy: Deputy,
    counts: bool,
    by_body: bool = False,
) -> None:
    hours = value("suggestion.evaluate_edit_hours", home6=suggestion.home6)
    about = {"is_lead": counts, "by_body": by_body, "given_by": actor.id}
    _, made = Evaluation.objects.get_or_create(
        suggestion=suggestion,
        deputy=deputy,
        round=suggestion.round,
        defaults={**_fields(marks, mark), **about, "final_at": clock.now() + timedelta(hours=hours)},
    )
    if not made:
        raise Conflict("您已经评价过这次答复。")


def _kept(marks: Marks, before: Evaluation | None) -> Marks:
    """Keep what was said of pressure: who presses for another mark would press for its erasure too."""
    return replace(marks, pressured=marks.pressured or bool(before and before.pressured))


def _fields(marks: Marks, mark: Rating) -> dict[str, object]:
    return {
        "attitude": marks.attitude,
        "result": marks.result,
        "overall": mark,
        "reasons": marks.reasons,
        "demand_numbers": list(marks.demand_numbers),
        "pressured": marks.pressured,
    }


def _checked(suggestion: Suggestion, marks: Marks) -> Rating:
    """Return the overall mark; any dissatisfaction needs its reasons (各地规定：说明具体原因)."""
    mark = overall(marks.attitude, marks.result, value("suggestion.overall_rule", home6=suggestion.home6))
    if Rating.DISSATISFIED not in {marks.attitude, marks.result}:
        return mark
    if len(marks.reasons.strip()) < LEAST_WORDS:
        raise Invalid(
            "不满意要写明具体原因。", fields={"reasons": f"请至少写 {LEAST_WORDS} 个字，说清哪里没有办到。"}
        )
    numbers = set(marks.demand_numbers)
    if not numbers or not numbers <= set(range(1, len(suggestion.demands) + 1)):
        raise Invalid("请勾选是哪几条诉求没有办好。", fields={"demand_numbers": "请至少勾选一条。"})
    return mark


def _after(suggestion: Suggestion, mark: Rating) -> None:
    words = "不满意，请研究重新办理" if mark is Rating.DISSATISFIED else "已评价"
    tell_body(suggestion, f"代表{words}：{suggestion.title}", dedupe=f"evaluated:{mark.value}")
    met(suggestion, "rehandle_order")
    if mark is Rating.DISSATISFIED:
        due(suggestion, "rehandle_order", "suggestion.rehandle_order_workdays")
