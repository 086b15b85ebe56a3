"""Merging is membership in a cluster: reversible, originals kept, every author told."""

from __future__ import annotations

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Invalid
from lianxin.common.writes import write
from lianxin.opinions.models import Cluster, ClusterMember, Opinion
from lianxin.opinions.services.step import step


@write
def opinions_merge(
    *, actor: Actor, lead: Opinion, others: list[Opinion], reason: str, request_id: str | None = None
) -> Cluster:
    """Put opinions about the same matter under one; each author reads so on his own code page."""
    if not others or any(other.pk == lead.pk for other in others):
        raise Invalid("请选至少一件别的民情来合并。", fields={"others": "请勾选要合并的民情。"})
    if ClusterMember.objects.filter(opinion=lead, left_at=None).exists():
        raise Conflict("这一件已经并到别的民情里，请到那一件上合并。")
    cluster, _ = Cluster.objects.get_or_create(lead=lead, defaults={"home6": lead.home6, "reason": reason})
    for other in others:
        step(
            actor=actor,
            opinion=other,
            act="merge",
            note=reason,
            facts={"lead": lead.number},
            public=f"和 {lead.number} 是同一件事，合在一起办；您的原话保留，答复会同样告诉您。",
        )
        ClusterMember.objects.create(cluster=cluster, opinion=other)
    return cluster


@write
def opinion_unmerge(*, actor: Actor, opinion: Opinion, reason: str, request_id: str | None = None) -> Opinion:
    """Take an opinion out of its cluster; it goes its own way again."""
    left = ClusterMember.objects.filter(opinion=opinion, left_at=None).update(left_at=clock.now())
    if not left:
        raise Conflict("这件民情现在没有合并。")
    return step(
        actor=actor, opinion=opinion, act="unmerge", note=reason, public="经核对不是同一件事，单独办理。"
    )
