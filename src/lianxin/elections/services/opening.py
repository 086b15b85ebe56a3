"""Beginning an election: the steps are copied from the template of that day; the election committee."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.common.writes import write
from lianxin.elections.models import (
    CommitteeMember,
    ElectionKind,
    ElectionPost,
    PostKey,
    VillageElection,
)
from lianxin.elections.permissions import may_record
from lianxin.elections.services.office import in_office
from lianxin.elections.services.step import step
from lianxin.elections.services.templates import template_now
from lianxin.elections.workflow import DONE
from lianxin.villages.models import VillageProfile
from lianxin.villages.numbers import UNREGISTERED

MOST_SEATS, LEAST_COMMITTEE, MOST_COMMITTEE = 7, 3, 7
NAMES = 20


@write
def election_open(
    *, actor: Actor, village: str, kind: str, seats: Mapping[str, int], request_id: str | None = None
) -> VillageElection:
    """Begin an election; it keeps the steps that hold today, whatever becomes of the template."""
    if not may_record(actor, village):
        raise Denied("只有本村村委会可以发起选举记录。")
    profile = VillageProfile.objects.filter(division_code=village).first()
    if profile is None:
        raise Refused(f"{UNREGISTERED}，登记后再开始。")
    _said(kind, seats)
    if not profile.is_community:  # residents' committees have a law of their own
        _room_for(village, kind, seats)
    _only_one(village, kind)
    number, steps = template_now(profile.home6)
    row = VillageElection.objects.create(
        home6=profile.home6,
        division_code=village,
        kind=kind,
        year=clock.today().year,
        is_community=profile.is_community,
        template_number=number,
        steps=steps,
    )
    ElectionPost.objects.bulk_create(
        [ElectionPost(election=row, key=key, seats=count) for key, count in seats.items() if count]
    )
    record(
        actor=actor,
        tag="village_election.open",
        kind="village_election",
        target=row.id,
        home6=row.home6,
        facts={"kind": kind, "template": number},
    )
    return row


def _said(kind: str, seats: Mapping[str, int]) -> None:
    if kind not in ElectionKind.values or set(seats) - set(PostKey.values):
        raise Invalid("请选换届选举或补选。", fields={"kind": "请从列出的选项中选一个。"})
    total = sum(seats.values())
    least = LEAST_COMMITTEE if kind == ElectionKind.GENERAL else 1
    if min(seats.values(), default=0) < 0 or not least <= total <= MOST_COMMITTEE:
        words = f"应选名额合计 {least} 到 {MOST_COMMITTEE} 名（村民委员会组织法第六条），现在是 {total} 名。"
        raise Invalid(words, fields={"member": words})
    if kind == ElectionKind.GENERAL and seats.get(PostKey.DIRECTOR, 0) != 1:
        raise Invalid("主任应选一名。", fields={"director": "主任应选一名。"})


def _room_for(village: str, kind: str, seats: Mapping[str, int]) -> None:
    """Refuse a by-election that would make an eighth member (art. 6): those in office stay."""
    staying, total = in_office(village).count(), sum(seats.values())
    if kind == ElectionKind.BY_ELECTION and staying + total > MOST_COMMITTEE:
        words = (
            f"村委会现有 {staying} 人，再补 {total} 人就超过 {MOST_COMMITTEE} 人（村民委员会组织法第六条）。"
            "有人已经不在任的，先在「监督委员会」一页登记离任。"
        )
        raise Invalid(words, fields={"member": words})


def _only_one(village: str, kind: str) -> None:
    mine = VillageElection.objects.filter(division_code=village)
    if mine.exclude(state__in=DONE).exists():
        raise Conflict("本村还有一次选举没有办完，请先办完那一次。")
    same = mine.filter(kind=ElectionKind.GENERAL, year=clock.today().year)
    if kind == ElectionKind.GENERAL and same.exists():
        raise Conflict("本村今年已经换届，缺额请用补选。")


@write
def committee_set(
    *,
    actor: Actor,
    election: VillageElection,
    names: Sequence[str],
    serving: int,
    request_id: str | None = None,
) -> VillageElection:
    """Note the election committee in the order of votes: the first `serving` sit, the others wait."""
    clean = [name.strip()[:NAMES] for name in names if name.strip()]
    if len(set(clean)) != len(clean):
        raise Invalid("同一个名字写了两次。", fields={"names": "同名的人请加组别，如「张伟（二组）」。"})
    if not 1 <= serving <= len(clean):
        words = f"写了 {len(clean)} 个名字，委员会人数请填 1 到 {len(clean)}。"
        raise Invalid(words, fields={"serving": words})
    step(
        actor=actor,
        election=election,
        act="committee",
        facts={"serving": serving, "reserves": len(clean) - serving},
        formed_on=election.formed_on or clock.today(),
    )
    election.committee.all().delete()
    CommitteeMember.objects.bulk_create(
        [
            CommitteeMember(election=election, name=name, place=place, is_serving=place <= serving)
            for place, name in enumerate(clean, start=1)
        ]
    )
    return election


@write
def registration_begin(
    *, actor: Actor, election: VillageElection, request_id: str | None = None
) -> VillageElection:
    """Close the list of the election committee and begin with the roll."""
    return step(actor=actor, election=election, act="begin_registration")
