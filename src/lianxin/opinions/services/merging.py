"""Merging as reversible membership, with notice to every author."""

from __future__ import annotations

from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.common.writes import write
from lianxin.opinions.models import Cluster, ClusterMember, Opinion
from lianxin.opinions.permissions import may
from lianxin.opinions.services.calls import ask_for_call
from lianxin.opinions.services.step import event_add, step
from lianxin.opinions.workflow import ENDED, State

TOLD = ENDED | {State.FED_BACK, State.RATED}
"""Where the author has the answer already: nobody merged later would ever be told it."""


@write
def opinions_merge(
    *, actor: Actor, lead: Opinion, others: list[Opinion], reason: str, request_id: str | None = None
) -> Cluster:
    """Put opinions about the same matter under one; every author reads so on his own code page."""
    _check(actor, lead, others)
    _hold([lead, *others])
    cluster, _ = Cluster.objects.get_or_create(lead=lead, defaults={"home6": lead.home6, "reason": reason})
    for other in others:
        _join(actor, cluster, lead, other, reason)
    event_add(
        actor=actor,
        opinion=lead,
        act="gather",
        old=lead.state,
        note=reason,
        public=f"有 {len(others)} 件同样的事并到这一件，一起办。",
        facts={"others": [other.number for other in others]},
    )
    return cluster


@write
def opinion_unmerge(*, actor: Actor, opinion: Opinion, reason: str, request_id: str | None = None) -> Opinion:
    """Take an opinion out of its cluster; it goes its own way again."""
    if not leave(opinion):
        raise Conflict("这件民情现在没有合并。")
    step(actor=actor, opinion=opinion, act="unmerge", note=reason, public="经核对不是同一件事，单独办理。")
    ask_for_call(opinion, "告知改为单独办理")
    return opinion


def leave(opinion: Opinion) -> int:
    """End the present membership; the row stays as history."""
    return ClusterMember.objects.filter(opinion=opinion, left_at=None).update(left_at=clock.now())


def members_of(lead: Opinion) -> list[Opinion]:
    """Return the opinions that lie under this one now."""
    found = ClusterMember.objects.filter(cluster__lead=lead, left_at=None).select_related("opinion__station")
    return [member.opinion for member in found]


def members_release(lead: Opinion) -> None:
    """Let the others go their own way: the one they were merged with was taken back by its author."""
    for opinion in members_of(lead):
        leave(opinion)
        if opinion.state != State.MERGED:  # it went on by itself: reopened, or taken up by a deputy
            continue
        step(
            actor=SYSTEM,
            opinion=opinion,
            act="follow_release",
            public="一起办的那一件已撤回，您这件单独办理。",
        )


def members_end(lead: Opinion, *, public: str, outcome: str) -> None:
    """Tell the same end to every author where the matter ends without an answer to feed back."""
    for opinion in members_of(lead):
        if opinion.state == State.MERGED:
            step(actor=SYSTEM, opinion=opinion, act="follow_end", public=public, outcome=outcome)
            ask_for_call(opinion, "告知办理去向")


def _check(actor: Actor, lead: Opinion, others: list[Opinion]) -> None:
    if not others or any(other.pk == lead.pk for other in others):
        raise Invalid("请选至少一件别的民情来合并。", fields={"others": "请勾选要合并的民情。"})
    if not may(actor, "merge", lead):
        raise Denied("只能并到本站范围内的民情。")
    if lead.is_sealed or lead.state in TOLD or any(other.home6 != lead.home6 for other in others):
        raise Refused("这一件已经反馈、办结或是密件，不能再并进来。")
    if lead.state == State.MERGED:
        raise Conflict("这一件已经并到别的民情里，请到那一件上合并。")


def _hold(rows: list[Opinion]) -> None:
    """Keep the rows as they were read until the end of the transaction, in one order for everybody.

    So nobody can answer, close or merge the lead meanwhile and leave the others waiting under it.
    """
    for row in sorted(rows, key=lambda one: one.pk):
        if Opinion.objects.filter(pk=row.pk, state=row.state).update(state=row.state) != 1:
            raise Conflict("这几件里有一件刚刚有人办过了，请刷新后再合并。")


def _join(actor: Actor, cluster: Cluster, lead: Opinion, other: Opinion, reason: str) -> None:
    step(
        actor=actor,
        opinion=other,
        act="merge",
        note=reason,
        facts={"lead": lead.number},
        public=f"和 {lead.number} 是同一件事，合在一起办；您的原话保留，答复会同样告诉您。",
    )
    leave(other)  # an earlier membership that it has outgrown
    for opinion in members_of(other):  # what lay under it comes along
        leave(opinion)
        ClusterMember.objects.create(cluster=cluster, opinion=opinion)
    ClusterMember.objects.create(cluster=cluster, opinion=other)
    ask_for_call(other, "告知合并办理")
