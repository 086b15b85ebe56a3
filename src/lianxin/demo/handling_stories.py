"""Stories of suggestions in units' hands: signed for, returned, talked over, extended, replied."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime, timedelta
from typing import Any, Literal

from lianxin.common import clock
from lianxin.demo.suggestion_stories import Acts, Beginning
from lianxin.demo.texts import answer_words, empty_answers
from lianxin.handling import actions as unit_forms
from lianxin.handling.models import Assignment
from lianxin.suggestions import services

PHONE = "0915-000-0000"
PROMISE_DAYS = 120


class Handling(Beginning):
    """Tells a paper from the hand-over to the reply."""

    def replied(self) -> Generator[datetime, None, bool]:
        """Tell the unit's work until the reply; say whether it goes on from there."""
        given = self.at
        yield self.later(1, 3)
        if self.plan.stop == "return_requested" or self.plan.returned:
            self._ask_return()
            if self.plan.stop == "return_requested":
                return False
            yield from self._given_anew()
            given = self.at
        self.unit_act("accept", unit_forms.Accept(officer="李经办", leader="周副局长", phone=PHONE))
        if self.plan.stop == "accepted":
            return False
        yield self.later(1, 3)
        self.unit_act("start", unit_forms.Plan(plan="现场核实，商有关单位后提出方案"))
        yield from self._talked()
        if self.plan.stop == "in_handling":
            return False
        if self.plan.extended or self.plan.stop == "extended":
            yield from self._extended()
        if self.plan.stop == "extended":
            return False
        self.at = max(self.at, given + timedelta(days=self.plan.days - 2))
        yield self.at
        self.unit_act("draft_reply", self.reply())
        if self.plan.stop == "reply_drafted":
            return False
        yield self.later(1, 1)
        self.unit_act("sign_reply", unit_forms.Sign(version=1), head=True)
        return self.plan.stop != "replied"

    def part(self, unit: str) -> Assignment:
        """Return a unit's latest part of the present round."""
        return Assignment.objects.filter(
            matter_id=self.suggestion.id, unit_code=unit, round=self.suggestion.round
        ).latest("created_at")

    def unit_act(self, act: str, form: unit_forms.Form, *, unit: str = "", head: bool = False) -> None:
        """Let the clerk (or the head) of a unit act on its part."""
        code = unit or self.unit
        actor = self.city.staff[f"{'head' if head else 'clerk'}:{code}"]
        services.suggestion_unit_act(actor=actor, assignment=self.part(code), act=act, form=form)
        self.suggestion.refresh_from_db()

    def desk_act(self, act: str, note: str) -> None:
        """Let the office decide on a unit's request."""
        services.suggestion_unit_act(
            actor=self.desk, assignment=self.part(self.unit), act=act, form=unit_forms.Note(note=note)
        )
        self.suggestion.refresh_from_db()

    def talk(self, form: Literal["face_to_face", "visit"], view: str) -> None:
        """Record a talk with the deputy, who confirms it."""
        held = unit_forms.Contact(
            held_on=clock.local_date(self.at), form=form, persons="李经办、领衔代表", deputy_view=view
        )
        self.unit_act("record_contact", held)
        services.suggestion_unit_act(
            actor=self.lead,
            assignment=self.part(self.unit),
            act="confirm_contact",
            form=unit_forms.Confirm(happened=True),
        )

    def _ask_return(self) -> None:
        form = unit_forms.AskReturn(
            reason="这件事涉及的路段由公路管理段管养，不属于本单位。", proposed_unit="highway"
        )
        self.unit_act("request_return", form, head=True)

    def _given_anew(self) -> Acts:
        yield self.later(1, 3)
        self.desk_act("approve_return", "同意退办，改由公路管理段办理。")
        yield self.later(1, 2)
        self.unit, self.assist = "highway", "finance"
        self.assign()
        yield self.later(1, 2)

    def _talked(self) -> Acts:
        yield self.later(3, 8)
        self.talk("face_to_face", "希望尽快明确时间表。")
        if self.plan.assisted and self.plan.stop != "in_handling":
            yield self.later(1, 4)
            form = unit_forms.Accept(officer="何经办", leader="钱副局长")
            self.unit_act("accept", form, unit=self.assist)
            opinion = unit_forms.Opinion(opinion="可从年度预算中统筹安排，请主办单位提出预算。")
            self.unit_act("give_opinion", opinion, unit=self.assist)

    def _extended(self) -> Acts:
        yield self.later(2, 5)
        due = self.part(self.unit).reply_due_on
        assert due is not None
        ask = unit_forms.AskExtension(
            reason="涉及用地调整和跨年资金安排，处理难度大。",
            plan="先完成设计，再报资金计划",
            until=due + timedelta(days=60),
        )
        self.unit_act("request_extension", ask)
        yield self.later(1, 2)
        self.desk_act("approve_extension", "情况属实，同意延期。")

    def reply(self) -> unit_forms.ReplyForm:
        """Return the reply: concrete, or one of those that the check-up finds empty."""
        today, kind = clock.local_date(self.at), self.plan.reply_class
        promise: dict[str, Any] = {
            "promise_text": "完成路面修复和管护移交",
            "promise_due": today + timedelta(days=PROMISE_DAYS),
            "promise_person": "周副局长",
        }
        demands = self.suggestion.demands
        return unit_forms.ReplyForm(
            reply_class=kind,
            answers=empty_answers(demands)
            if self.plan.empty
            else answer_words(self.chance, demands, kind, today.year),
            publish_level="public" if self.chance.random() < 0.9 else "on_request",
            contact_person="李经办",
            contact_phone=PHONE,
            reason="受年度资金和用地条件限制" if kind == "C" else "",
            **(promise if kind == "B" else {}),
        )
