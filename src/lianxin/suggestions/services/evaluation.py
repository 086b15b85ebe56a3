"""Evaluation: attitude and result, by the lead; the unit sees it only when it is final."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.common.writes import write
from lianxin.handling.services import deadline_meet, deadline_set
from lianxin.people.actors import deputy_of
from lianxin.rulebook.services import value
from lianxin.suggestions.models import Evaluation, Suggestion
from lianxin.suggestions.rules import Rating, overall
from lianxin.suggestions.services.step import step, tell_body

LEAST_WORDS = 20


@write
def evaluation_give(
    *,
    actor: Actor,
    suggestion: Suggestion,
    attitude: Rating,
    result: Rating,
    reasons: str = "",
    demand_numbers: tuple[int, ...] = (),
    pressured: bool = False,
    request_id: str | None = None,
) -> Suggestion:
    """Evaluate the reply; the lead's mark counts, a co-signer's is shown beside it."""
    deputy = deputy_of(actor)
    if deputy is None:
        raise Denied("只有领衔和联名代表可以评价。")
    is_lead = deputy.pk == suggestion.lead_id
    mark = overall(attitude, result, value("suggestion.overall_rule", home6=suggestion.home6))
    _reasons_given(mark, reasons, demand_numbers, suggestion)
    changes: dict[str, Any] = {"overall": mark.value, "evaluated_on": clock.today()} if is_lead else {}
    step(
        actor=actor,
        suggestion=suggestion,
        act="evaluate" if is_lead else "co_evaluate",
        facts={"round": suggestion.round},
        **changes,
    )
    hours = value("suggestion.evaluate_edit_hours", home6=suggestion.home6)
    _, made = Evaluation.objects.get_or_create(
        suggestion=suggestion,
        deputy=deputy,
        round=suggestion.round,
        defaults={
            "is_lead": is_lead,
            "attitude": attitude,
            "result": result,
            "overall": mark,
            "reasons": reasons,
            "demand_numbers": list(demand_numbers),
            "pressured": pressured,
            "final_at": clock.now() + timedelta(hours=hours),
        },
    )
    if not made:
        raise Conflict("您已经评价过这次答复。")
    if is_lead:
        _after(suggestion, mark)
    return suggestion


@write
def evaluation_change(
    *,
    actor: Actor,
    suggestion: Suggestion,
    attitude: Rating,
    result: Rating,
    reasons: str = "",
    demand_numbers: tuple[int, ...] = (),
    request_id: str | None = None,
) -> Suggestion:
    """Change one's evaluation within a day; after that only a new reply brings a new one."""
    mine = Evaluation.objects.get(suggestion=suggestion, is_lead=True, round=suggestion.round)
    if clock.now() > mine.final_at:
        raise Refused("评价已过可修改的时间；对新的答复可以重新评价。")
    mark = overall(attitude, result, value("suggestion.overall_rule", home6=suggestion.home6))
    _reasons_given(mark, reasons, demand_numbers, suggestion)
    step(actor=actor, suggestion=suggestion, act="change_evaluation", overall=mark.value)
    Evaluation.objects.filter(pk=mine.pk).update(
        attitude=attitude, result=result, overall=mark, reasons=reasons, demand_numbers=list(demand_numbers)
    )
    return suggestion


def _reasons_given(mark: Rating, reasons: str, numbers: tuple[int, ...], suggestion: Suggestion) -> None:
    if mark is not Rating.DISSATISFIED:
        return
    if len(reasons.strip()) < LEAST_WORDS:
        raise Invalid(
            "不满意要写明具体原因。", fields={"reasons": f"请至少写 {LEAST_WORDS} 个字，说清哪里没有办到。"}
        )
    if not numbers or not set(numbers) <= set(range(1, len(suggestion.demands) + 1)):
        raise Invalid("请勾选是哪几条诉求没有办好。", fields={"demand_numbers": "请至少勾选一条。"})


def _after(suggestion: Suggestion, mark: Rating) -> None:
    deadline_meet(kind="suggestion", matter_id=suggestion.id, what="evaluate", on=clock.today())
    words = "不满意，请研究重新办理" if mark is Rating.DISSATISFIED else "已评价"
    tell_body(suggestion, f"代表{words}：{suggestion.title}", dedupe="evaluated")
    if mark is Rating.DISSATISFIED:
        deadline_set(
            kind="suggestion",
            matter_id=suggestion.id,
            home6=suggestion.home6,
            what="rehandle_order",
            rule="suggestion.rehandle_order_workdays",
            start=clock.today(),
        )
