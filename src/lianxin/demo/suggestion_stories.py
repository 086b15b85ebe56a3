"""Stories of suggestions up to the hand-over: drafted, co-signed, submitted, reviewed."""

from __future__ import annotations

import random
from collections.abc import Generator
from datetime import datetime, timedelta
from uuid import UUID

from lianxin.common.actor import Actor
from lianxin.demo.city import TOUR_DEPUTIES, City
from lianxin.demo.suggestion_plans import Plan
from lianxin.demo.texts import ASSIST_OF, UNIT_OF, WEIGHTS, suggestion_words
from lianxin.handling.matters import Part
from lianxin.handling.workflow import Mode
from lianxin.people.models import Deputy
from lianxin.regions.loading import CITY
from lianxin.regions.selectors import place_name
from lianxin.suggestions import services
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.rules import RejectReason

Acts = Generator[datetime, None, None]
IN_HAND = ("registered", "assigned", "accepted", "in_handling")


class Beginning:
    """Tells a paper until it is handed over; each method is one stage."""

    def __init__(self, city: City, plan: Plan, pool: dict[str, list[UUID]]) -> None:
        self.city, self.plan, self.pool = city, plan, pool
        self.chance = random.Random(f"paper {plan.place} {plan.stop}")  # noqa: S311 - a demo
        self.lead, self.deputy = self._leader()
        in_city = plan.body == CITY
        self.desk = city.staff["office" if in_city else f"presidium:{plan.body}"]
        self.second = city.staff["office2" if in_city else f"presidium2:{plan.body}"]
        category = (
            "交通道路" if plan.tour else self.chance.choices(list(WEIGHTS), weights=list(WEIGHTS.values()))[0]
        )
        self.unit = UNIT_OF[category] if in_city else f"town-{plan.body[6:9]}"
        self.assist = ASSIST_OF.get(self.unit, "finance")
        self.words = suggestion_words(self.chance, category, place_name(self.deputy.division_code))
        self.suggestion: Suggestion
        self.at = plan.at

    def _leader(self) -> tuple[Actor, Deputy]:
        """Return who leads: the tour's deputy for the tour's papers, but not where he is the one invited."""
        pairs = self.city.deputies[self.plan.body]
        toured = {self.city.staff[name].id for name in TOUR_DEPUTIES}
        if self.plan.tour and self.plan.stop != "cosigning":
            mine = self.city.staff[f"deputy_{self.plan.tour}"].id
            return next(pair for pair in pairs if pair[0].id == mine)
        return self.chance.choice([pair for pair in pairs if pair[0].id not in toured])

    def later(self, least: int, most: int) -> datetime:
        """Return an instant so many days later."""
        self.at += timedelta(days=self.chance.randint(least, most), hours=self.chance.randint(0, 5))
        return self.at

    def begun(self) -> Generator[datetime, None, bool]:
        """Tell the paper until it is in units' hands; say whether it goes on from there."""
        yield self.at
        self._draft()
        if self.plan.stop == "draft":
            return False
        yield from self._cosign()
        if self.plan.stop == "cosigning":
            return False
        yield self.later(1, 3)
        services.suggestion_submit(actor=self.lead, suggestion=self.suggestion)
        if self.plan.stop == "submitted":
            return False
        yield self.later(1, 3)
        if self._reviewed_away() or self.plan.stop == "registered":
            return False
        yield self.later(1, 4)
        if self._left_registered():
            return False
        self.assign()
        return self.plan.stop != "assigned"

    def _draft(self) -> None:
        self.suggestion = services.suggestion_draft(
            actor=self.lead,
            body_code=self.plan.body,
            draft=self.words,
            opinions=self._sources(),
        )

    def _sources(self) -> tuple[UUID, ...]:
        """Take up to three opinions that wait for a deputy: of the own town, or where most wait."""
        most: list[UUID] = max(self.pool.values(), key=len, default=[])
        waiting = most if self.plan.body == CITY else self.pool.get(self.plan.body, [])
        return tuple(waiting.pop(0) for _ in range(min(len(waiting), self.chance.choice([1, 2, 3, 3]))))

    def _cosign(self) -> Acts:
        others = [pair for pair in self.city.deputies[self.plan.body] if pair[1].pk != self.deputy.pk]
        toured = f"deputy_{self.plan.tour}" if self.plan.tour else ""
        chosen = self.chance.sample(others, min(self.plan.cosigners, len(others)))
        if toured and self.plan.stop == "cosigning":
            mine = next(pair for pair in others if pair[0].id == self.city.staff[toured].id)
            chosen = [mine, *[pair for pair in chosen if pair[1].pk != mine[1].pk][:2]]
        if not chosen:
            return
        yield self.later(0, 1)
        services.cosigners_invite(
            actor=self.lead, suggestion=self.suggestion, deputies=[deputy.pk for _, deputy in chosen]
        )
        yield self.later(0, 1)
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
            services.suggestion_merge(
                actor=self.desk, suggestion=self.suggestion, into=self._host(), note="内容相同，并案办理。"
            )
            return True
        return False

    def _host(self) -> Suggestion:
        """Return a paper of the same congress that is in hand and has none merged into it yet."""
        found = Suggestion.objects.filter(
            division_code=self.plan.body, state__in=IN_HAND, merged=None, number__isnull=False
        )
        host = found.exclude(pk=self.suggestion.pk).order_by("-submitted_on", "number").first()
        if host is None:
            raise LookupError(f"no paper to merge {self.suggestion.number} into")
        return host

    def assign(self) -> None:
        """Hand over to one unit, or to a main and an assisting one."""
        parts = [Part(self.unit, Mode.SOLE)]
        if self.plan.assisted:
            parts = [Part(self.unit, Mode.MAIN, "牵头答复"), Part(self.assist, Mode.ASSIST, "提供资金意见")]
        services.suggestion_assign(actor=self.desk, suggestion=self.suggestion, parts=parts)
        self.suggestion.refresh_from_db()
