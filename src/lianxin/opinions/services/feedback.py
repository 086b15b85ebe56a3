"""Telling the resident, and what the resident does with the code: evaluate, reopen, add, withdraw."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ParamSpec
from uuid import UUID

from django.db.models import F

from lianxin.common import clock
from lianxin.common.actor import RESIDENT, SYSTEM, Actor
from lianxin.common.errors import Invalid, NotFound, Refused
from lianxin.common.masking import mask
from lianxin.common.sealing import keyed_hash
from lianxin.common.writes import write
from lianxin.handling.services import withdraw_all
from lianxin.notifications.services import Recipient, enqueue
from lianxin.opinions.models import Contact, Opinion, OpinionEvaluation, OpinionEvent, Support
from lianxin.opinions.permissions import may
from lianxin.opinions.rules import text_checked
from lianxin.opinions.services.calls import ask_for_call, tell_keeper
from lianxin.opinions.services.keys import words_of, words_seal
from lianxin.opinions.services.merging import leave, members_of, members_release
from lianxin.opinions.services.outgoing import outgoing, reindex, words_kept
from lianxin.opinions.services.step import step
from lianxin.opinions.workflow import State
from lianxin.rulebook.services import value

MOST_AT_ONCE = 50
AFTER_ANSWER = frozenset({State.FED_BACK, State.RATED, State.CLOSED})
RATINGS = ("satisfied", "fair", "dissatisfied")
P = ParamSpec("P")


def by_code(service: Callable[P, Opinion]) -> Callable[P, Opinion]:
    """Bind the request id to the opinion: all residents share one actor, none may get another's answer."""

    @functools.wraps(service)
    def bound(*args: P.args, **kwargs: P.kwargs) -> Opinion:
        key, opinion = kwargs.get("request_id"), kwargs["opinion"]
        assert isinstance(opinion, Opinion)
        kwargs["request_id"] = keyed_hash(f"{opinion.id}:{key}", purpose="request") if key else None
        kwargs.setdefault("actor", RESIDENT)
        return service(*args, **kwargs)

    return bound


@write
def opinion_feed_back(*, actor: Actor, opinion: Opinion, text: str, request_id: str | None = None) -> Opinion:
    """Tell the resident the answer in plain words; each merged author is told the same."""
    return told(
        actor=actor,
        opinion=opinion,
        act="feed_back",
        answer=text,
        by=opinion.answered_by,
        public=f"答复：{text}",
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
    ask_for_call(opinion, _round("告知答复结果", opinion))
    for member in members_of(opinion):
        if member.state != State.MERGED:
            continue
        step(
            actor=SYSTEM,
            opinion=member,
            act="follow_lead",
            public=public,
            answer=answer,
            answered_by=by[:60],
            outcome=opinion.outcome,
            fed_back_on=today,
        )
        ask_for_call(member, _round("告知答复结果", member))
    return opinion


def told_again(opinion: Opinion, *, answer: str, by: str, public: str) -> Opinion:
    """Tell a later answer (second handling, correction) to the author and to those merged with the matter."""
    for one in [opinion, *members_of(opinion)]:
        if one.state not in AFTER_ANSWER:
            continue
        step(
            actor=SYSTEM,
            opinion=one,
            act="follow_suggestion_again",
            public=public,
            answer=answer,
            answered_by=by[:60],
            fed_back_on=clock.today(),
        )
        ask_for_call(one, f"告知新的答复（{clock.today():%Y-%m-%d}）")
    return opinion


def _round(reason: str, opinion: Opinion) -> str:
    return f"{reason}（再办）" if opinion.reopened else reason


@write
def opinion_close(*, actor: Actor, opinion: Opinion, request_id: str | None = None) -> Opinion:
    """Close the file and those merged with it; contact data are erased when their time has passed."""
    step(actor=actor, opinion=opinion, act="close", public="这件事办完了。")
    for member in members_of(opinion):
        if member.state in {State.FED_BACK, State.RATED} and may(actor, "close", member):
            step(actor=actor, opinion=member, act="close", public="这件事办完了。")
    return opinion


@by_code
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
    answered = opinion.fed_back_on or clock.local_date(opinion.received_at)
    heard_on = max(clock.local_date(mine.first_at), answered) if mine else clock.today()
    if clock.today() - heard_on > timedelta(days=days):
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


@by_code
@write
def opinion_reopen(
    *, opinion: Opinion, text: str, actor: Actor = RESIDENT, request_id: str | None = None
) -> Opinion:
    """The resident asks once for the matter to be handled again; all clocks start anew."""
    if opinion.is_sealed:
        words_seal(opinion, f"{words_of(opinion)}\n再办：{text[:500]}")
    step(
        actor=actor,
        opinion=opinion,
        act="reopen",
        public="您说还没解决，正在再办一次。",
        note="" if opinion.is_sealed else outgoing(opinion, text[:500]),
        reopened=opinion.reopened + 1,
        closed_on=None,
        fed_back_on=None,
        outgoing_checked_at=None,
    )
    Contact.objects.filter(opinion=opinion, erased_at=None).update(erase_on=None)
    tell_keeper(opinion, "群众要求再办", "群众说还没解决，请再办一次。", dedupe="reopened")
    return opinion


@by_code
@write
def opinion_give_more(
    *, opinion: Opinion, text: str, actor: Actor = RESIDENT, request_id: str | None = None
) -> Opinion:
    """The resident adds what the keeper asked for."""
    whole = f"{words_of(opinion)}\n补充：{text_checked(text)}"[:2000]
    step(
        actor=actor,
        opinion=opinion,
        act="give_more",
        public="您补充了情况。",
        **words_kept(opinion, whole),
    )
    reindex(opinion)
    tell_keeper(opinion, "群众补充了情况", "请接着办。", dedupe=f"more:{len(whole)}")
    return opinion


@by_code
@write
def opinion_withdraw(*, opinion: Opinion, actor: Actor = RESIDENT, request_id: str | None = None) -> Opinion:
    """The resident takes the matter back; units are told that there is nothing more to do."""
    step(actor=actor, opinion=opinion, act="withdraw", public="您撤回了这件事。", outcome="withdrawn")
    withdraw_all(actor=SYSTEM, kind="opinion", matter_id=opinion.id, note="群众已撤回")
    leave(opinion)
    members_release(opinion)
    return opinion


@write
def opinion_support(
    *, opinion: Opinion, browser_token: str, actor: Actor = RESIDENT, request_id: str | None = None
) -> Opinion:
    """「我也一样」 on a published matter: once for each browser token, shown as an estimate."""
    if opinion.visibility != "public" or not opinion.may_publish:
        raise NotFound("没有找到这件事，或者还没有公开。")
    token = keyed_hash(browser_token, purpose="support")
    Support.objects.bulk_create([Support(opinion=opinion, token_hash=token)], ignore_conflicts=True)
    return opinion


@write
def opinion_support_register(
    *, actor: Actor, opinion: Opinion, persons: int, request_id: str | None = None
) -> Opinion:
    """Count persons who came to the station and said 「我也一样」; who registered them is on the record."""
    if not 1 <= persons <= MOST_AT_ONCE:
        raise Invalid("一次登记 1 到 50 人。", fields={"persons": "请填 1 到 50。"})
    step(
        actor=actor,
        opinion=opinion,
        act="register_support",
        facts={"persons": persons},
        registered_support=F("registered_support") + persons,
    )
    opinion.refresh_from_db(fields=["registered_support"])
    return opinion


def _ask_for_visit(opinion: Opinion) -> None:
    """Tell the keeper, and the deputy who took the matter up (群众回访)."""
    text, dedupe = "群众觉得还没解决，请回访。", f"revisit:{opinion.reopened}"
    tell_keeper(opinion, "群众回访", text, dedupe=dedupe)
    taken = OpinionEvent.objects.filter(opinion=opinion, act="convert").order_by("at").last()
    by = str(taken.facts.get("by", "")) if taken else ""
    if by:
        enqueue(
            to=Recipient.account(UUID(by)),
            subject=f"群众回访 {opinion.number}",
            text=text,
            link=f"/deputy/opinions/{opinion.id}",
            about_kind="opinion",
            about_id=opinion.id,
            home6=opinion.home6,
            dedupe=f"{dedupe}:{opinion.id}",
        )
