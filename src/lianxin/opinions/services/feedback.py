"""Telling the resident, and what the resident does with the code: evaluate, reopen, add, withdraw."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from lianxin.common import clock
from lianxin.common.actor import RESIDENT, SYSTEM, Actor, Role
from lianxin.common.errors import Invalid, Refused
from lianxin.common.masking import mask
from lianxin.common.sealing import keyed_hash
from lianxin.common.writes import write
from lianxin.handling.services import withdraw_all
from lianxin.notifications.services import Recipient, call_task_add, enqueue
from lianxin.opinions.models import ClusterMember, Contact, Opinion, OpinionEvaluation, Support
from lianxin.opinions.rules import text_checked
from lianxin.opinions.services.step import step
from lianxin.opinions.workflow import State
from lianxin.rulebook.deadlines import due_for
from lianxin.rulebook.services import value

RATINGS = ("satisfied", "fair", "dissatisfied")


@write
def opinion_feed_back(*, actor: Actor, opinion: Opinion, text: str, request_id: str | None = None) -> Opinion:
    """Tell the resident the answer in plain words; each merged author is told the same."""
    return told(
        actor=actor,
        opinion=opinion,
        act="feed_back",
        answer=text,
        by=opinion.answered_by,
        public=f"答复：{mask(text).text}",
    )


def told(*, actor: Actor, opinion: Opinion, act: str, answer: str, by: str, public: str) -> Opinion:
    """Move to fed back, ask the keeper to call where a call was wished, and tell merged authors."""
    today = clock.today()
    step(
        actor=actor,
        opinion=opinion,
        act=act,
        public=public,
        answer=answer,
        answered_by=by[:60],
        fed_back_on=today,
    )
    _ask_for_call(opinion)
    members = ClusterMember.objects.filter(cluster__lead=opinion, left_at=None, opinion__state=State.MERGED)
    for member in members.select_related("opinion__station"):
        step(
            actor=SYSTEM,
            opinion=member.opinion,
            act="follow_lead",
            public=public,
            answer=answer,
            answered_by=by[:60],
            fed_back_on=today,
        )
        _ask_for_call(member.opinion)
    return opinion


@write
def opinion_close(*, actor: Actor, opinion: Opinion, request_id: str | None = None) -> Opinion:
    """Close the file; contact data are erased when their time has passed."""
    today = clock.today()
    step(actor=actor, opinion=opinion, act="close", public="这件事办完了。", closed_on=today)
    erase_on = today + timedelta(days=value("retention.contact_days", home6=opinion.home6))
    Contact.objects.filter(opinion=opinion, erased_at=None).update(erase_on=erase_on)
    return opinion


@write
def opinion_evaluate(
    *,
    opinion: Opinion,
    rating: str,
    unresolved: bool = False,
    text: str = "",
    actor: Actor = RESIDENT,
    request_id: str | None = None,
) -> Opinion:
    """Take the resident's view of the result; within seven days the last word counts."""
    if rating not in RATINGS:
        raise Invalid("请选一个：满意、一般、不满意。", fields={"rating": "请选一个。"})
    mine = OpinionEvaluation.objects.filter(opinion=opinion, round=opinion.reopened).first()
    days = value("opinion.re_evaluate_days", home6=opinion.home6)
    if mine and clock.now() - mine.first_at > timedelta(days=days):
        raise Refused(f"评价已过 {days} 天，不能再改。还没解决的，可以点「再办一次」。")
    step(
        actor=actor,
        opinion=opinion,
        act="evaluate",
        public="您做了评价，谢谢。",
        facts={"round": opinion.reopened},
    )
    fields: dict[str, Any] = {"rating": rating, "unresolved": unresolved, "text": mask(text[:500]).text}
    OpinionEvaluation.objects.update_or_create(opinion=opinion, round=opinion.reopened, defaults=fields)
    if rating == "dissatisfied" or unresolved:
        _ask_for_visit(opinion)
    return opinion


@write
def opinion_reopen(
    *, opinion: Opinion, text: str, actor: Actor = RESIDENT, request_id: str | None = None
) -> Opinion:
    """The resident asks once for the matter to be handled again."""
    return step(
        actor=actor,
        opinion=opinion,
        act="reopen",
        public="您说还没解决，正在再办一次。",
        note=mask(text[:500]).text,
        reopened=opinion.reopened + 1,
        closed_on=None,
        outgoing_checked_at=None,
    )


@write
def opinion_give_more(
    *, opinion: Opinion, text: str, actor: Actor = RESIDENT, request_id: str | None = None
) -> Opinion:
    """The resident adds what the keeper asked for."""
    whole = f"{opinion.text}\n补充：{text_checked(text)}"[:2000]
    return step(
        actor=actor,
        opinion=opinion,
        act="give_more",
        public="您补充了情况。",
        text=whole,
        outgoing_text=mask(whole).text,
        outgoing_checked_at=None,
    )


@write
def opinion_withdraw(*, opinion: Opinion, actor: Actor = RESIDENT, request_id: str | None = None) -> Opinion:
    """The resident takes the matter back; units are told that there is nothing more to do."""
    step(actor=actor, opinion=opinion, act="withdraw", public="您撤回了这件事。", outcome="withdrawn")
    withdraw_all(actor=SYSTEM, kind="opinion", matter_id=opinion.id, note="群众已撤回")
    return opinion


@write
def opinion_support(
    *, opinion: Opinion, browser_token: str, actor: Actor = RESIDENT, request_id: str | None = None
) -> Opinion:
    """「我也一样」: counted once for each browser token, shown as an estimate."""
    token = keyed_hash(browser_token, purpose="support")
    Support.objects.bulk_create([Support(opinion=opinion, token_hash=token)], ignore_conflicts=True)
    return opinion


def _ask_for_call(opinion: Opinion) -> None:
    if Contact.objects.filter(opinion=opinion, call_back=True, erased_at=None).exists():
        due = due_for("opinion.feedback_workdays", clock.today(), home6=opinion.home6).on
        call_task_add(
            about_kind="opinion",
            about_id=opinion.id,
            number=opinion.number,
            reason="告知答复结果",
            due_on=due,
            home6=opinion.home6,
            division_code=opinion.station.division_code,
        )


def _ask_for_visit(opinion: Opinion) -> None:
    place = opinion.station.town_code or opinion.station.division_code
    enqueue(
        to=Recipient.role(Role.KEEPER, place),
        subject=f"群众回访 {opinion.number}",
        text="群众觉得还没解决，请回访。",
        link=f"/station/opinions/{opinion.id}",
        about_kind="opinion",
        about_id=opinion.id,
        home6=opinion.home6,
        dedupe=f"revisit:{opinion.id}:{opinion.reopened}",
    )
