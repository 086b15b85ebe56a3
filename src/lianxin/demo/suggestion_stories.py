"""Stories of suggestions: drafted, co-signed, reviewed, handled, replied, evaluated, promises kept."""

from __future__ import annotations

import random
from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.demo.city import City
from lianxin.demo.telling import Story
from lianxin.demo.texts import ASSIST_OF, UNIT_OF, WEIGHTS, answer_words, suggestion_words
from lianxin.handling import actions as unit_forms
from lianxin.handling.matters import Part
from lianxin.handling.models import Assignment
from lianxin.handling.workflow import Mode
from lianxin.people.models import Deputy
from lianxin.regions.loading import CITY
from lianxin.regions.selectors import place_name
from lianxin.suggestions import services
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.rules import Rating, RejectReason
from lianxin.suggestions.services import Draft

Acts = Generator[datetime, None, None]
STOPS = (
    "draft",
    "cosigning",
    "submitted",
    "returned",
    "rejected",
    "registered",
    "merged",
    "withdrawn",
    "assigned",
    "accepted",
    "return_requested",
    "in_handling",
    "extended",
    "reply_drafted",
    "replied",
    "evaluated",
    "evaluation_lapsed",
    "rehandling",
    "escalated",
    "tracking",
    "closed",
)


@dataclass(frozen=True)
class Plan:
    """How one suggestion will go; `stop` is the state in which it is left."""

    at: datetime
    body: str
    stop: str
    mode: str
    reply_class: str
    rating: Rating
    days: int
    cosigners: int
    tour: bool = False


def plans(city: City, finished: int, open_each: int, *, now: datetime, years: int) -> list[Plan]:
    """Return finished suggestions over `years`, and `open_each` in every state."""
    bodies = [CITY, *city.towns]
    found = [
        _plan(city, now - timedelta(days=220 + city.chance.random() * 365 * years), bodies, "archived")
        for _ in range(finished)
    ]
    for stop in STOPS:
        found += [
            _plan(city, now - timedelta(days=_age(stop)), bodies, stop, tour=n == 0) for n in range(open_each)
        ]
    return found


def _age(stop: str) -> int:
    if stop in {"rehandling", "escalated", "tracking", "closed", "evaluation_lapsed"}:
        return 230
    if stop in {"draft", "cosigning", "submitted", "returned", "registered"}:
        return 12
    return {"replied": 72, "evaluated": 92}.get(stop, 75)


def _plan(city: City, at: datetime, bodies: list[str], stop: str, *, tour: bool = False) -> Plan:
    chance = city.chance
    body = CITY if chance.random() < 0.58 or tour else chance.choice(bodies[1:])
    rating = chance.choices([Rating.SATISFIED, Rating.BASICALLY, Rating.DISSATISFIED], weights=[83, 13, 4])[0]
    reply_class = chance.choices("ABC", weights=[58, 31, 11])[0]
    if stop in {"rehandling", "escalated"}:
        rating = Rating.DISSATISFIED
    elif rating is Rating.DISSATISFIED and stop != "archived":
        rating = Rating.SATISFIED
    if stop == "tracking":
        reply_class = "B"
    mode = "assist" if chance.random() < 0.38 else "sole"
    days = 38 if stop in {"replied", "evaluated"} else max(12, min(85, int(chance.gammavariate(4, 12))))
    return Plan(at, body, stop, mode, reply_class, rating, days, chance.choice([0, 1, 1, 2, 3, 5, 9]), tour)


class Teller:
    """Tells one suggestion; each method is one stage and says whether the story ends there."""

    def __init__(self, city: City, plan: Plan, pool: list[UUID]) -> None:
        self.city, self.plan, self.pool = city, plan, pool
        self.chance = random.Random(f"{plan.at}{plan.body}{plan.stop}")  # noqa: S311 - a demo
        self.lead, self.deputy = self._free_deputy()
        self.desk = city.staff["office"] if plan.body == CITY else city.staff[f"presidium:{plan.body}"]
        self.second = city.staff["office2"] if plan.body == CITY else city.staff[f"presidium2:{plan.body}"]
        category = (
            "交通道路" if plan.tour else self.chance.choices(list(WEIGHTS), weights=list(WEIGHTS.values()))[0]
        )
        self.unit = UNIT_OF[category] if plan.body == CITY else f"town-{plan.body[6:9]}"
        self.assist = ASSIST_OF.get(self.unit, "finance")
        self.words = suggestion_words(self.chance, category, place_name(self.deputy.division_code))
        self.suggestion: Suggestion
        self.at = plan.at

    def story(self) -> Story:
        """Tell the whole way until the planned stop."""
        yield self.at
        self._draft()
        if self.plan.stop == "draft":
            return
        yield from self._cosign()
        if self.plan.stop == "cosigning":
            return
        yield self._later(1, 4)
        services.suggestion_submit(actor=self.lead, suggestion=self.suggestion)
        if self.plan.stop == "submitted":
            return
        yield self._later(1, 3)
        if self._reviewed_away() or self.plan.stop == "registered":
            return
        yield self._later(1, 4)
        if self._left_registered():
            return
        self._assign()
        if self.plan.stop == "assigned":
            return
        yield from self._handled()

    def _free_deputy(self) -> tuple[Actor, Deputy]:
        """Return who leads: the tour's deputy for the tour's papers, but not where he is the one invited."""
        pairs = self.city.deputies[self.plan.body]
        mine = self.city.staff["deputy_city"].id
        if self.plan.tour and self.plan.stop != "cosigning":
            return next(pair for pair in pairs if pair[0].id == mine)
        return self.chance.choice([pair for pair in pairs if pair[0].id != mine])

    def _later(self, least: int, most: int) -> datetime:
        self.at += timedelta(days=self.chance.randint(least, most), hours=self.chance.randint(0, 5))
        return self.at

    def _draft(self) -> None:
        sources = tuple(self.pool.pop() for _ in range(min(len(self.pool), self.chance.choice([0, 1, 1, 3]))))
        self.suggestion = services.suggestion_draft(
            actor=self.lead,
            body_code=self.plan.body,
            draft=Draft(**self.words),
            opinions=sources,  # type: ignore[arg-type] # words of the demo
        )

    def _cosign(self) -> Acts:
        others = [pair for pair in self.city.deputies[self.plan.body] if pair[1].pk != self.deputy.pk]
        wanted = max(self.plan.cosigners, 2 if self.plan.stop == "cosigning" else 0)
        chosen = self.chance.sample(others, min(wanted, len(others)))
        if self.plan.tour and self.plan.stop == "cosigning":
            chosen[0] = next(pair for pair in others if pair[0].id == self.city.staff["deputy_city"].id)
        if not chosen:
            return
        yield self._later(0, 1)
        services.cosigners_invite(
            actor=self.lead, suggestion=self.suggestion, deputies=[deputy.pk for _, deputy in chosen]
        )
        yield self._later(0, 2)
        for actor, _ in chosen[1:] if self.plan.stop == "cosigning" else chosen:
            services.cosign_answer(actor=actor, suggestion=self.suggestion, agree=True)

    def _reviewed_away(self) -> bool:
        s, words = self.suggestion, "案由不够具体，请补充地点、户数和具体建议。"
        if self.plan.stop == "returned":
            services.suggestion_send_back(
                actor=self.desk, suggestion=s, reason=RejectReason.EMPTY, words=words
            )
            return True
        if self.plan.stop == "rejected":
            services.suggestion_rejection_propose(
                actor=self.desk,
                suggestion=s,
                reason=RejectReason.OUTSIDE_LEVEL,
                words="不属于本级职权，建议转为代表来信上报。",
            )
            services.suggestion_reject(actor=self.second, suggestion=s)
            return True
        services.suggestion_register(actor=self.desk, suggestion=s)
        return False

    def _left_registered(self) -> bool:
        if self.plan.stop == "withdrawn":
            services.suggestion_withdraw(
                actor=self.lead, suggestion=self.suggestion, note="所提问题已经解决，申请撤回。"
            )
            return True
        if self.plan.stop == "merged":
            into = (
                Suggestion.objects.filter(
                    division_code=self.plan.body, number__isnull=False, merged_into=None
                )
                .exclude(pk=self.suggestion.pk)
                .first()
            )
            if into:
                services.suggestion_merge(
                    actor=self.desk, suggestion=self.suggestion, into=into, note="内容相同，并案办理。"
                )
            return True
        return False

    def _assign(self) -> None:
        parts = [Part(self.unit, Mode.SOLE)]
        if self.plan.mode == "assist":
            parts = [Part(self.unit, Mode.MAIN, "牵头答复"), Part(self.assist, Mode.ASSIST, "提供资金意见")]
        services.suggestion_assign(actor=self.desk, suggestion=self.suggestion, parts=parts)

    def _part(self, unit: str) -> Assignment:
        return Assignment.objects.filter(
            matter_id=self.suggestion.id, unit_code=unit, round=self.suggestion.round
        ).order_by("-created_at")[0]

    def _unit(self, act: str, form: unit_forms.Form, *, unit: str = "", head: bool = False) -> None:
        code = unit or self.unit
        actor = self.city.staff[f"{'head' if head else 'clerk'}:{code}"]
        services.suggestion_unit_act(actor=actor, assignment=self._part(code), act=act, form=form)
        self.suggestion.refresh_from_db()

    def _handled(self) -> Acts:
        yield self._later(1, 5)
        if self.plan.stop == "return_requested" or (
            self.plan.stop == "archived" and self.chance.random() < 0.06
        ):
            self._unit(
                "request_return",
                unit_forms.AskReturn(
                    reason="这件事涉及的路段由公路管理段管养，不属于本单位。", proposed_unit="highway"
                ),
            )
            if self.plan.stop == "return_requested":
                return
            yield from self._given_back()
        self._unit("accept", unit_forms.Accept(officer="李经办", leader="周副局长", phone="0915-000-0000"))
        if self.plan.stop == "accepted":
            return
        yield self._later(1, 5)
        self._unit("start", unit_forms.Plan(plan="现场核实，商有关单位后提出方案"))
        yield from self._worked()

    def _given_back(self) -> Acts:
        yield self._later(1, 4)
        form = unit_forms.Note(note="同意退办，改由公路管理段办理。")
        services.suggestion_unit_act(
            actor=self.desk, assignment=self._part(self.unit), act="approve_return", form=form
        )
        self.suggestion.refresh_from_db()
        yield self._later(1, 3)
        self.unit, self.assist = "highway", "finance"
        self._assign()
        yield self._later(1, 3)

    def _worked(self) -> Acts:
        yield self._later(5, 15)
        held = unit_forms.Contact(
            held_on=clock.local_date(self.at),
            form="face_to_face",
            persons="李经办、领衔代表",
            deputy_view="希望尽快明确时间表。",
        )
        self._unit("record_contact", held)
        services.suggestion_unit_act(
            actor=self.lead,
            assignment=self._part(self.unit),
            act="confirm_contact",
            form=unit_forms.Confirm(happened=True),
        )
        if self.plan.stop == "in_handling":
            return
        if self.plan.mode == "assist":
            yield from self._assisted()
        if self.plan.stop == "extended":
            yield from self._extended()
            return
        yield self._later(max(1, self.plan.days - 25), max(2, self.plan.days - 15))
        self._unit("draft_reply", self._reply())
        if self.plan.stop == "reply_drafted":
            return
        yield self._later(1, 3)
        self._unit("sign_reply", unit_forms.Form(), head=True)
        yield from self._after_reply()

    def _assisted(self) -> Acts:
        yield self._later(2, 8)
        self._unit("accept", unit_forms.Accept(officer="何经办", leader="钱副局长"), unit=self.assist)
        self._unit(
            "give_opinion",
            unit_forms.Opinion(opinion="可从年度预算中统筹安排，请主办单位提出预算。"),
            unit=self.assist,
        )

    def _extended(self) -> Acts:
        yield self._later(3, 8)
        part = self._part(self.unit)
        assert part.reply_due_on is not None
        ask = unit_forms.AskExtension(
            reason="涉及用地调整和跨年资金安排，处理难度大。",
            plan="先完成设计，再报资金计划",
            until=part.reply_due_on + timedelta(days=60),
        )
        self._unit("request_extension", ask)
        yield self._later(1, 3)
        services.suggestion_unit_act(
            actor=self.desk,
            assignment=self._part(self.unit),
            act="approve_extension",
            form=unit_forms.Note(note="情况属实，同意延期。"),
        )

    def _reply(self) -> unit_forms.ReplyForm:
        year, kind = clock.local_date(self.at).year, self.plan.reply_class
        promise = {
            "promise_text": "完成路面修复和管护移交",
            "promise_due": clock.local_date(self.at) + timedelta(days=120),
            "promise_person": "周副局长",
        }
        return unit_forms.ReplyForm(
            reply_class=kind,
            answers=answer_words(self.chance, self.suggestion.demands, kind, year),
            publish_level="public" if self.chance.random() < 0.9 else "on_request",
            contact_person="李经办",
            contact_phone="0915-000-0000",
            reason="受年度资金和用地条件限制" if kind == "C" else "",
            **(promise if kind == "B" else {}),
        )

    def _after_reply(self) -> Acts:
        if self.plan.stop == "replied":
            return
        if self.plan.stop == "evaluation_lapsed":
            yield self._later(18, 20)
            services.tick(clock.today())  # the reminder that must come before a lapse
            yield self._later(16, 20)
            services.tick(clock.today())
            return
        yield self._later(2, 12)
        self._evaluate(self.plan.rating)
        if self.plan.stop == "evaluated":
            return
        yield self._later(1, 4)
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
                reasons="答复里说的完成时间没有兑现，现场还是老样子，群众仍然在反映这个问题。" if bad else "",
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
        yield self._later(2, 5)
        self._unit("accept", unit_forms.Accept(officer="李经办", leader="周局长"))
        self._unit("start", unit_forms.Plan(plan="主要负责人带队现场办理"))
        held = unit_forms.Contact(
            held_on=clock.local_date(self.at),
            form="visit",
            persons="周局长、领衔代表",
            deputy_view="当面看了现场。",
        )
        self._unit("record_contact", held)
        yield self._later(8, 20)
        self._unit("draft_reply", self._reply())
        self._unit("sign_reply", unit_forms.Form(), head=True)
        yield self._later(2, 8)
        stays = self.plan.stop == "escalated"
        self._evaluate(Rating.DISSATISFIED if stays else Rating.SATISFIED)
        if stays:
            yield self._later(1, 3)
            services.suggestion_escalate(
                actor=self.desk, suggestion=self.suggestion, note="两次评价不满意，提请督办。"
            )
            self.suggestion.refresh_from_db()

    def _ended(self) -> Acts:
        yield self._later(1, 3)
        if self.suggestion.agree_to_publish and self.chance.random() < 0.8:
            yield from self._published()
        open_ones = list(self.suggestion.commitments.all())
        if open_ones:
            services.suggestion_track(actor=self.desk, suggestion=self.suggestion)
            if self.plan.stop == "tracking":
                return
            yield from self._kept(open_ones)
        services.suggestion_close(actor=self.desk, suggestion=self.suggestion)
        if self.plan.stop == "archived":
            yield self._later(20, 60)
            services.suggestion_close(actor=self.desk, suggestion=self.suggestion, act="archive")

    def _published(self) -> Acts:
        replies = Assignment.objects.filter(
            matter_id=self.suggestion.id, replies__publish_level="on_request"
        ).exists()
        if not replies:
            yield self._later(1, 9)
            services.publication_propose(actor=self.desk, suggestion=self.suggestion)
            services.suggestion_publish(actor=self.second, suggestion=self.suggestion)

    def _kept(self, promises: list) -> Acts:  # type: ignore[type-arg] # commitments
        for promise in promises:
            self.at = max(self.at, self.at + timedelta(days=self.chance.randint(60, 118)))
            yield self.at
            clerk = self.city.staff[f"clerk:{promise.unit_code}"]
            services.promise_proof(
                actor=clerk,
                suggestion=self.suggestion,
                commitment=promise.pk,
                proof="工程已完工验收，已移交镇上管护。",
            )
            yield self._later(1, 9)
            services.promise_confirm(
                actor=self.lead, suggestion=self.suggestion, commitment=promise.pk, fulfilled=True
            )
        yield self._later(1, 4)
