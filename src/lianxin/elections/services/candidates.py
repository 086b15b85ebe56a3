"""Who stands: more than there are seats; who sits in the election committee leaves it (arts. 12, 15)."""

from __future__ import annotations

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Invalid
from lianxin.common.writes import write
from lianxin.elections.models import Candidate, CommitteeMember, ElectionPost, PostKey, VillageElection
from lianxin.elections.rules import next_in_order
from lianxin.elections.services.step import step
from lianxin.elections.workflow import State

LEFT = "成为候选人"


@write
def candidate_add(
    *,
    actor: Actor,
    election: VillageElection,
    post: str,
    name: str,
    is_woman: bool = False,
    request_id: str | None = None,
) -> VillageElection:
    """Put somebody up for one post; one person stands for one post only."""
    name = name.strip()[:20]
    row = _post(election, post)
    if len(name) < 2:
        raise Invalid("请写候选人的姓名。", fields={"name": "至少 2 个字。"})
    if election.candidates.filter(name=name).exists():
        words = f"{name}已经是候选人了。一个人不能同时作两个职位的候选人；同名的人请加组别。"
        raise Invalid(words, fields={"name": words})
    if row.key == PostKey.WOMAN_MEMBER and not is_woman:
        raise Invalid("妇女委员的候选人应当是妇女。", fields={"is_woman": "请勾选「妇女」，或另选职位。"})
    made = Candidate(election=election, post=row, name=name, is_woman=is_woman)
    step(actor=actor, election=election, act="nominate", facts={"candidate": str(made.id), "post": row.key})
    made.save(force_insert=True)
    _leave_committee(election, name)
    return election


def _post(election: VillageElection, key: str) -> ElectionPost:
    row = election.posts.filter(key=key).first()
    if row is None:
        raise Invalid("请选职位。", fields={"post": "请从列出的职位中选一个。"})
    if election.state == State.ANOTHER_ROUND and election.candidates.filter(post=row, counts__isnull=False):
        words = "另行选举的候选人是没有当选的人里得票最多的，不能另外提名（第十五条）。"
        raise Invalid(words, fields={"post": words})
    return row


def _leave_committee(election: VillageElection, name: str) -> None:
    """Take a candidate out of the election committee and let the next in order fill the gap (art. 12)."""
    members = election.committee.filter(left_on=None)
    leaving = members.filter(name=name).first()
    if leaving is None:
        return
    CommitteeMember.objects.filter(pk=leaving.pk).update(left_on=clock.today(), left_reason=LEFT)
    if not leaving.is_serving:
        return
    left = list(members.exclude(pk=leaving.pk).values_list("place", "is_serving"))
    following = next_in_order(
        [place for place, serving in left if serving], [place for place, serving in left if not serving]
    )
    if following is not None:
        election.committee.filter(place=following).update(is_serving=True)


@write
def candidate_withdraw(
    *, actor: Actor, election: VillageElection, candidate: Candidate, request_id: str | None = None
) -> VillageElection:
    """Note that somebody no longer stands."""
    step(actor=actor, election=election, act="withdraw", facts={"candidate": str(candidate.id)})
    mine = Candidate.objects.filter(pk=candidate.pk, election=election, stands=True)
    if mine.update(stands=False, withdrawn_on=clock.today()) != 1:
        raise Conflict("这位候选人已经退出了。")
    return election
