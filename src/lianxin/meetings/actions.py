"""The acts on one deputy's duty report, each with its form: pages and API perform them the same way."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from lianxin.common.actions import ActionBook
from lianxin.common.actor import Actor
from lianxin.meetings import services
from lianxin.meetings.models import DutyReview
from lianxin.meetings.permissions import may_review
from lianxin.meetings.reviews_workflow import REVIEW
from lianxin.meetings.services.review_step import facts_of


class Form(BaseModel):
    """A form that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class ReportForm(Form):
    """The report as everybody will read it."""

    report: str = Field(title="述职报告", min_length=50, max_length=8000)


class ReasonForm(Form):
    """Why a deputy does not report this time."""

    note: str = Field(title="缓评的原因", min_length=4, max_length=500)


class FeedbackForm(Form):
    """What was said of the deputy; his figures are added by the system."""

    feedback: str = Field(title="评议中提出的意见和要求", min_length=10, max_length=4000)


class PlanForm(Form):
    """What will be put right, how and until when."""

    plan: str = Field(title="整改方案", min_length=10, max_length=4000)


class DoneForm(Form):
    """What was done of the plan."""

    done: str = Field(title="整改情况", min_length=10, max_length=4000)


class MissingForm(Form):
    """What the report back lacks; it is sent back once."""

    note: str = Field(title="还差在哪里", min_length=4, max_length=1000)


class RemarkForm(Form):
    """What is said of the report as it is filed; it may be left out."""

    remark: str = Field(default="", title="审核意见", max_length=1000)


review_book: ActionBook[DutyReview] = ActionBook(
    REVIEW, state=lambda row: row.state, facts=facts_of, may=may_review
)


def _review(name: str, form: type[BaseModel], service: Any) -> None:
    def run(*, actor: Actor, obj: DutyReview, form: Any, request_id: str | None) -> DutyReview:
        moved: DutyReview = service(actor=actor, review=obj, request_id=request_id, **form.model_dump())
        return moved

    review_book.bind(name, form, run)


_review("publish", ReportForm, services.review_publish)
_review("postpone", ReasonForm, services.review_postpone)
_review("feed_back", FeedbackForm, services.review_feed_back)
_review("hand_in", PlanForm, services.review_hand_in)
_review("report_back", DoneForm, services.review_report_back)
_review("send_back", MissingForm, services.review_send_back)
_review("accept", RemarkForm, services.review_accept)
