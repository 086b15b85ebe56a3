"""Stories of suggestions after the reply: evaluated, handled again, tracked, published, archived."""

from __future__ import annotations

from datetime import datetime, timedelta

from lianxin.demo.handling_stories import Handling
from lianxin.demo.suggestion_stories import Acts
from lianxin.demo.telling import Story
from lianxin.handling import actions as unit_forms
from lianxin.handling.models import Reply
from lianxin.suggestions import services
from lianxin.suggestions.models import Commitment
from lianxin.suggestions.rules import Rating

UNHAPPY = "答复里说的完成时间没有兑现，现场还是老样子，群众仍然在反映这个问题。"


class Teller(Handling):
    """Tells one suggestion from the first word to the file."""

    def story(self) -> Story:
        """Tell the whole way until the planned stop."""
        if not (yield from self.begun()):
            return
        if not (yield from self.replied()):
            return
        if self.plan.stop == "evaluation_lapsed":
            return
        yield self.later(2, 9)
        self._evaluate(self.plan.rating)
        if self.plan.stop == "evaluated":
            return
        yield self.later(1, 3)
        if self.plan.rating is Rating.DISSATISFIED:
            yield from self._again()
        if self.suggestion.state == "evaluated":
            yield from self._ended()

    def _evaluate(self, rating: Rating) -> None:
        bad = rating is Rating.DISSATISFIED
        services.evaluation_give(
            actor=self.lead,
            suggestion=self.suggestion,
            marks=services.Marks(
                attitude=Rating.SATISFIED,
                result=rating,
                reasons=UNHAPPY if bad else "",
                demand_numbers=(1,) if bad else (),
            ),
        )
        self.suggestion.refresh_from_db()

    def _again(self) -> Acts:
        services.suggestion_rehandle(
            actor=self.desk, suggestion=self.suggestion, note="请到现场当面核实后重新答复。"
        )
        self.suggestion.refresh_from_db()
        if self.plan.stop == "rehandling":
            return
        yield self.later(2, 4)
        self.unit_act("accept", unit_forms.Accept(officer="李经办", leader="周局长"))
        self.unit_act("start", unit_forms.Plan(plan="主要负责人带队现场办理"))
        self.talk("visit", "当面看了现场。")
        yield self.later(8, 18)
        self.unit_act("draft_reply", self.reply())
        self.unit_act("sign_reply", unit_forms.Sign(version=1), head=True)
        yield self.later(2, 8)
        stays = self.plan.stop == "escalated"
        self._evaluate(Rating.DISSATISFIED if stays else Rating.SATISFIED)
        if stays:
            yield self.later(1, 3)
            services.suggestion_escalate(
                actor=self.desk, suggestion=self.suggestion, note="两次评价不满意，提请督办。"
            )
            self.suggestion.refresh_from_db()

    def _ended(self) -> Acts:
        yield self.later(1, 3)
        yield from self._published()
        open_ones = list(self.suggestion.commitments.order_by("due_on"))
        if open_ones:
            services.suggestion_track(actor=self.desk, suggestion=self.suggestion)
            if self.plan.stop == "tracking":
                return
            for promise in open_ones:
                yield from self._kept(promise)
        services.suggestion_close(actor=self.desk, suggestion=self.suggestion)
        if self.plan.stop == "archived":
            yield self.later(20, 50)
            services.suggestion_close(actor=self.desk, suggestion=self.suggestion, act="archive")

    def _published(self) -> Acts:
        levels = set(
            Reply.objects.filter(assignment__matter_id=self.suggestion.id).values_list(
                "publish_level", flat=True
            )
        )
        if self.suggestion.agree_to_publish and levels == {"public"} and self.chance.random() < 0.8:
            yield self.later(1, 6)
            services.publication_propose(actor=self.desk, suggestion=self.suggestion)
            services.suggestion_publish(actor=self.second, suggestion=self.suggestion)

    def _kept(self, promise: Commitment) -> Acts:
        yield self._after_days(60, 105)
        services.promise_proof(
            actor=self.city.staff[f"clerk:{promise.unit_code}"],
            suggestion=self.suggestion,
            commitment=promise.pk,
            proof="工程已完工验收，已移交镇上管护。",
        )
        yield self.later(1, 9)
        services.promise_confirm(
            actor=self.lead, suggestion=self.suggestion, commitment=promise.pk, fulfilled=True
        )
        yield self.later(1, 4)

    def _after_days(self, least: int, most: int) -> datetime:
        self.at += timedelta(days=self.chance.randint(least, most))
        return self.at
