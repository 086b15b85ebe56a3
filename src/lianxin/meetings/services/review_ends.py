"""述职评议 after its test: written feedback, plan, what was done; sent back once, then filed in public."""

from __future__ import annotations

from typing import Any

from lianxin.ballots.selectors import result_lines
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Refused
from lianxin.common.writes import write
from lianxin.meetings.models import DutyReview
from lianxin.meetings.review_letters import feedback_letter, feedback_number
from lianxin.meetings.services.review_step import (
    review_step,
    tell_deputy,
    tell_host,
    test_of,
    words_of,
)
from lianxin.rulebook.deadlines import due_for

LONG = (10, 4000)


@write
def review_feed_back(
    *, actor: Actor, review: DutyReview, feedback: str, request_id: str | None = None
) -> DutyReview:
    """Give the result to the deputy in writing: his figures, what was said, until when a plan is due."""
    said = words_of(actor, review, "feed_back", feedback, "feedback", "评议中提出的意见和要求", LONG)
    due, number = _due(review, "review.plan_days"), feedback_number(review)
    figures = _figures(review)
    letter = feedback_letter(
        review, number=number, words=said, figures=figures, due_on=due["due_on"], signed_by=actor.name
    )
    done = review_step(
        actor,
        review,
        "feed_back",
        facts={"letter": str(letter.id)},
        feedback=said,
        feedback_number=number,
        letter_id=letter.id,
        fed_back_on=clock.today(),
        figures=figures,
        **due,
    )
    tell_deputy(review, f"述职评议反馈书：{number}", f"请在 {due['due_on']} 前交整改方案。", "feed_back")
    return done


def _figures(review: DutyReview) -> list[list[Any]]:
    """Return the deputy's own line of the announced test."""
    _test, ballot = test_of(review.meeting)
    lines = result_lines(ballot) if ballot else []
    mine = next((one for one in lines if one.key == str(review.pk)), None)
    if mine is None:
        raise Refused("他不在这次的测评票上，没有结果可以反馈。")
    return [[words, papers] for words, papers in mine.figures]


def _due(review: DutyReview, name: str) -> dict[str, Any]:
    due = due_for(name, clock.today(), home6=review.home6)
    return {"due_on": due.on, "due_trace": due.trace}


@write
def review_hand_in(
    *, actor: Actor, review: DutyReview, plan: str, request_id: str | None = None
) -> DutyReview:
    """Hand in the plan: what will be put right, how and until when."""
    said = words_of(actor, review, "hand_in", plan, "plan", "整改方案", LONG)
    due = _due(review, "review.done_months")
    done = review_step(actor, review, "hand_in", plan=said, planned_on=clock.today(), **due)
    tell_host(review, f"整改方案：{review.deputy.name}代表", f"{due['due_on']} 前回告整改情况。", "hand_in")
    return done


@write
def review_report_back(
    *, actor: Actor, review: DutyReview, done: str, request_id: str | None = None
) -> DutyReview:
    """Report what was done of the plan."""
    said = words_of(actor, review, "report_back", done, "done", "整改情况", LONG)
    nothing_due: dict[str, Any] = {"due_on": None, "due_trace": []}
    moved = review_step(actor, review, "report_back", done=said, done_on=clock.today(), **nothing_due)
    again = "again" if review.sent_back_on else "first"
    tell_host(review, f"整改回告：{review.deputy.name}代表", "请审核，同意就归档公开。", f"report:{again}")
    return moved


@write
def review_send_back(
    *, actor: Actor, review: DutyReview, note: str, request_id: str | None = None
) -> DutyReview:
    """Send the report back, once, with what is missing and a new day."""
    said = words_of(actor, review, "send_back", note, "note", "还差在哪里", (4, 1000))
    due = _due(review, "review.again_days")
    back: dict[str, Any] = {"sent_back_on": clock.today(), "sent_back_note": said}
    done = review_step(actor, review, "send_back", note=said, **back, **due)
    tell_deputy(review, "整改回告退回，请补充后再交", f"{said}（{due['due_on']} 前）", "send_back")
    return done


@write
def review_accept(
    *, actor: Actor, review: DutyReview, remark: str = "", request_id: str | None = None
) -> DutyReview:
    """Accept the report and file it; figures, plan and report are public from now on."""
    said = words_of(actor, review, "accept", remark, "remark", "审核意见", (0, 1000))
    done = review_step(actor, review, "accept", remark=said, closed_on=clock.today())
    tell_deputy(review, "整改回告已同意，述职评议归档公开", said or "谢谢您。", "accept")
    return done
