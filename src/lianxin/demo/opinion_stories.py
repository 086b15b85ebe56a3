"""Stories of opinions, told through the services by the people who would act."""

from __future__ import annotations

import random
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from lianxin.common.actor import RESIDENT, Actor
from lianxin.demo.city import LAMP_VILLAGE, City
from lianxin.demo.opinion_plans import Case
from lianxin.demo.telling import Story
from lianxin.demo.texts import ANSWERS, UNIT_OF
from lianxin.demo.voices import recording
from lianxin.handling import actions as unit_forms
from lianxin.handling.models import Assignment
from lianxin.opinions import services
from lianxin.opinions.models import Channel, Opinion
from lianxin.opinions.services import Said
from lianxin.opinions.workflow import State
from lianxin.regions.models import Station

BY_RESIDENT = (Channel.QR, Channel.WEB, Channel.VOICE)
IN_WORK = (State.RECORDED, State.SORTED, State.TRANSFERRED)
Acts = Generator[datetime, None, None]


@dataclass
class Shared:
    """What the stories share: rooms by village, what waits for a deputy by town, who leads a cluster."""

    rooms: dict[str, Station]
    stations: dict[str, Station]
    city_station: Station
    pool: dict[str, list[UUID]] = field(default_factory=dict)
    leads: dict[int, Opinion] = field(default_factory=dict)


class OpinionTeller:
    """Tells one opinion from its first word to its end."""

    def __init__(self, city: City, case: Case, shared: Shared) -> None:
        self.city, self.case, self.shared = city, case, shared
        self.chance = random.Random(f"{case.place}{case.village}{case.words.text}")  # noqa: S311 - a demo
        self.keeper = city.keeper(case.town)
        self.at = case.at
        self.opinion: Opinion

    def story(self) -> Story:
        """Tell it all, act by act."""
        yield self.at
        self._say()
        yield self._later(2, 60)
        self._move("accept")
        if self.case.channel is Channel.VOICE:
            services.voice_write_down(actor=self.keeper, opinion=self.opinion, text=self.case.words.text)
        if self.case.sealed or self.case.end == "wait":
            return
        if self.case.cluster and (yield from self._joined()):
            return
        yield self._later(24, 96)
        if self.case.twist == "withdraw" and self.opinion.state == State.RECORDED:
            services.opinion_withdraw(opinion=self.opinion)
            return
        yield from self._twisted()
        yield from self._towards_end()

    def _later(self, least: int, most: int) -> datetime:
        """Return an instant so many hours later."""
        self.at += timedelta(hours=self.chance.randint(least, most))
        return self.at

    def _move(self, act: str, note: str = "", actor: Actor | None = None) -> None:
        services.opinion_move(actor=actor or self.keeper, opinion=self.opinion, act=act, note=note)

    def _say(self) -> None:
        case = self.case
        station = self.shared.rooms.get(case.village) or self.shared.stations[case.town]
        in_tour_grid = case.channel is Channel.GRID and case.village == LAMP_VILLAGE
        if case.channel is Channel.MACHINE:
            self.opinion = services.event_take_in(actor=self.keeper, station=station, said=self._said())
            return
        actor = RESIDENT if case.channel in BY_RESIDENT else self.keeper
        if case.channel is Channel.DIARY:  # the deputies of the town in turn: nobody else turns a diary
            deputies = self.city.deputies[case.town]
            actor = deputies[case.place % len(deputies)][0]
        self.opinion = services.opinion_submit(
            actor=self.city.staff["grid"] if in_tour_grid else actor,
            station=station,
            said=self._said(),
            channel=case.channel,
        ).opinion

    def _said(self) -> Said:
        case, chance = self.case, self.chance
        known = not case.anonymous
        voice = recording(chance) if case.channel is Channel.VOICE else b""
        event = f"GRID-{case.at:%Y%m%d}-{case.place:05d}" if case.channel is Channel.MACHINE else ""
        return Said(
            text="" if voice else case.words.text,
            village=case.village,
            category=case.words.category,
            may_publish=chance.random() < 0.4,
            name=f"{chance.choice('王李张刘陈')}{chance.choice(['大爷', '大姐', '师傅'])}" if known else "",
            phone=f"100{chance.randint(10**7, 10**8 - 1)}" if known else "",
            call_back=known and chance.random() < 0.4,
            confidential=known and chance.random() < 0.2,
            voice=voice,
            source_ref=event,
            insists_sealed=case.sealed,
        )

    def _joined(self) -> Generator[datetime, None, bool]:
        """Begin a cluster, or put the matter under the first one; say whether the story ends there."""
        if self.case.first:
            self.shared.leads[self.case.cluster] = self.opinion
            yield self._later(225, 240)
            return False
        yield self._later(3, 20)
        lead = self.shared.leads.get(self.case.cluster)
        if lead is None or lead.state not in IN_WORK or self.case.cluster % 2:
            return False
        services.opinions_merge(
            actor=self.keeper, lead=lead, others=[self.opinion], reason="同一处地方、同一件事，合在一起办。"
        )
        return True

    def _twisted(self) -> Acts:
        if self.opinion.state != State.RECORDED:
            return
        if self.case.twist == "consult":
            services.opinion_consult(
                actor=self.keeper,
                opinion=self.opinion,
                stations=[self.shared.city_station],
                note="请市站和镇站一起商量，看由哪一级来办。",
            )
        if self.case.twist == "up_and_down" and self.opinion.station.parent:
            yield from self._up_and_down()

    def _up_and_down(self) -> Acts:
        """Pass the matter up to the city's station and down again to the town's."""
        for _ in range(2):
            above = self.opinion.station.parent
            if above:
                services.opinion_escalate(
                    actor=self.keeper, opinion=self.opinion, note="涉及两个镇，请上一级联络站协调。"
                )
        yield self._later(20, 70)
        services.opinion_send_down(
            actor=self.city.staff["city-keeper"],
            opinion=self.opinion,
            to=self.shared.stations[self.case.town],
            note="请镇站牵头，就近了解后答复。",
        )
        yield self._later(4, 20)

    def _towards_end(self) -> Acts:
        if self.case.end == "refuse":
            self._move("refuse", "这件事属于合同纠纷，请到镇司法所或法院咨询。")
            return
        if self.case.end == "suggestion":
            self._move("offer")
            self.shared.pool.setdefault(self.case.town, []).append(self.opinion.id)
            return
        if self.case.end == "transfer":
            yield from self._transferred()
        else:
            yield from self._answered()
        yield self._later(18, 40)
        if self.opinion.state not in {State.ANSWERED, State.REPLIED}:
            return
        told = self.opinion.answer or "已经办好，请您看看。"
        services.opinion_feed_back(actor=self.keeper, opinion=self.opinion, text=told)
        yield from self._rated()

    def _answered(self) -> Acts:
        if self.case.end == "station":
            self._move("take_up")
            yield self._later(70, 290)
        text = self.chance.choice(ANSWERS)
        services.opinion_answer(actor=self.keeper, opinion=self.opinion, text=text)

    def _transferred(self) -> Acts:
        unit = UNIT_OF[self.case.words.category]
        services.opinion_outgoing_check(
            actor=self.keeper, opinion=self.opinion, text=self.opinion.outgoing_text
        )
        services.opinion_transfer(actor=self.keeper, opinion=self.opinion, units=[unit])
        part = Assignment.objects.filter(matter_id=self.opinion.id).latest("created_at")
        for days, who, act, form in self._unit_acts():
            yield self._later(24 * days, 24 * days + 9)
            services.opinion_unit_act(
                actor=self.city.staff[f"{who}:{unit}"], assignment=part, act=act, form=form
            )
        self.opinion.refresh_from_db()  # it has followed its unit

    def _unit_acts(self) -> list[tuple[int, str, str, unit_forms.Form]]:
        chance, homes = self.chance, self.chance.randint(6, 90)
        reply = unit_forms.ReplyForm(
            reply_class="A",
            answers=[f"我局已到现场核实，已于本月安排维修完成，由张科长负责后续管护，涉及{homes}户。"],
            publish_level="public",
            contact_person="张科长",
            contact_phone="0915-000-0000",
        )
        return [
            (chance.randint(1, 3), "clerk", "accept", unit_forms.Accept(officer="孙经办", leader="周局长")),
            (chance.randint(1, 4), "clerk", "start", unit_forms.Plan(plan="现场核实后一周内提出办法")),
            (chance.randint(4, 18), "clerk", "draft_reply", reply),
            (1, "head", "sign_reply", unit_forms.Sign(version=1)),
        ]

    def _rated(self) -> Acts:
        yield self._later(40, 220)
        draw = self.chance.random()
        if draw < 0.7:
            rating = "satisfied" if draw < 0.5 else "fair" if draw < 0.62 else "dissatisfied"
            services.opinion_evaluate(
                opinion=self.opinion, rating=rating, unresolved=rating == "dissatisfied"
            )
        if self.case.twist == "reopen":
            yield self._later(20, 90)
            services.opinion_reopen(opinion=self.opinion, text="还是老样子，请再来看一次。")
            yield self._later(30, 120)
            yield from self._again()
        yield self._later(300, 400)
        self._publish()
        services.opinion_close(actor=self.keeper, opinion=self.opinion)

    def _publish(self) -> None:
        """Let the town's presidium publish a transferred matter whose author agreed."""
        ready = self.opinion.may_publish and self.opinion.outgoing_checked_at is not None
        if self.case.end == "transfer" and ready and self.chance.random() < 0.6:
            self._move("publish", actor=self.city.staff[f"presidium:{self.case.town}"])

    def _again(self) -> Acts:
        text = "第二次到现场看过，已和管护单位定下日子，本月底前办好。"
        services.opinion_answer(actor=self.keeper, opinion=self.opinion, text=text)
        yield self._later(10, 40)
        services.opinion_feed_back(actor=self.keeper, opinion=self.opinion, text=text)
