"""Groups of deputies: proposed by residence, adopted by a person, led by whom the presidium appoints."""

from __future__ import annotations

from uuid import UUID

from lianxin.activities.models import GroupProposal, LeaderTerm
from lianxin.activities.permissions import MASTERS
from lianxin.activities.rules import Person, groups_by_residence, matched
from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.common.writes import write
from lianxin.notifications.services import Recipient, enqueue
from lianxin.people.actors import active_seats
from lianxin.people.models import Deputy, DeputyGroup, GroupMember
from lianxin.people.selectors import deputies_in
from lianxin.regions.selectors import place_name
from lianxin.rulebook.services import value


def _only_masters(actor: Actor, town: str) -> None:
    if not actor.has_in(town, *MASTERS):
        raise Denied("分组和任命组长由本镇人大主席团或人代工委办理。")


def persons_of(town: str) -> list[Person]:
    """Return a town's deputies with the levels at which they sit today (two queries)."""
    deputies = list(deputies_in(town))
    levels: dict[UUID, set[str]] = {}
    for deputy, level in (
        active_seats(clock.today()).filter(deputy__in=deputies).values_list("deputy_id", "level")
    ):
        levels.setdefault(deputy, set()).add(level)
    return [Person(one.division_code, str(one.pk), frozenset(levels[one.pk])) for one in deputies]


@write
def proposal_make(*, actor: Actor, town: str, home6: str, request_id: str | None = None) -> GroupProposal:
    """Propose the groups of a town by residence; nothing changes before a person adopts it."""
    _only_masters(actor, town)
    people = persons_of(town)
    smallest = int(value("activity.group_min", home6=home6, place=town))
    if len(people) < smallest:
        raise Refused(f"本镇在任代表只有 {len(people)} 名，不够分成小组（每组至少 {smallest} 名）。")
    groups = groups_by_residence(
        people,
        smallest=smallest,
        largest=int(value("activity.group_max", home6=home6, place=town)),
    )
    GroupProposal.objects.filter(division_code=town, state="open").update(state="dropped")
    row = GroupProposal.objects.create(
        home6=home6,
        division_code=town,
        groups=[[person.id for person in group] for group in groups],
        made_by=actor.id,
    )
    _recorded(actor, "proposal_make", row, home6)
    return row


@write
def proposal_drop(*, actor: Actor, proposal: GroupProposal, request_id: str | None = None) -> GroupProposal:
    """Drop a proposal; the groups stay as they are."""
    return _decided(actor, proposal, "dropped")


@write
def proposal_adopt(*, actor: Actor, proposal: GroupProposal, request_id: str | None = None) -> GroupProposal:
    """Adopt a proposal: memberships change, names stay with the groups that keep most of their people."""
    now = {person.id for person in persons_of(proposal.division_code)}
    if now != {one for group in proposal.groups for one in group}:
        raise Conflict("代表有变动，这份分组建议已经不合用，请重新生成。")
    _decided(actor, proposal, "adopted")
    for group, members in zip(_homes_for(proposal), proposal.groups, strict=True):
        _move(group, {UUID(one) for one in members})
    _leaders_check(actor, proposal.division_code)
    return proposal


def _decided(actor: Actor, proposal: GroupProposal, state: str) -> GroupProposal:
    _only_masters(actor, proposal.division_code)
    change = {"state": state, "decided_by": actor.id, "decided_on": clock.today()}
    if GroupProposal.objects.filter(pk=proposal.pk, state="open").update(**change) != 1:
        raise Conflict("这份分组建议已经处理过了。")
    proposal.refresh_from_db()
    _recorded(actor, f"proposal_{state}", proposal, proposal.home6)
    return proposal


def _homes_for(proposal: GroupProposal) -> list[DeputyGroup]:
    """Return the group for each part of a proposal: the present one that fits best, or a new one."""
    present = DeputyGroup.objects.filter(division_code=proposal.division_code).order_by("name")
    rows = {str(row.pk): row for row in present}
    members = GroupMember.objects.filter(group__in=present, valid_to=None)
    own: dict[str, set[str]] = {name: set() for name in rows}
    for group, deputy in members.values_list("group_id", "deputy_id"):
        own[str(group)].add(str(deputy))
    found = matched(proposal.groups, list(own.items()))
    return [rows[name] if name else _new_group(proposal) for name in found]


def _new_group(proposal: GroupProposal) -> DeputyGroup:
    same = DeputyGroup.objects.filter(division_code=proposal.division_code).count()
    return DeputyGroup.objects.create(
        home6=proposal.home6,
        division_code=proposal.division_code,
        name=f"{place_name(proposal.division_code)}第{same + 1}代表小组",
    )


def _move(group: DeputyGroup, members: set[UUID]) -> None:
    now = GroupMember.objects.filter(deputy__in=members, valid_to=None)
    staying = set(now.filter(group=group).values_list("deputy_id", flat=True))
    now.exclude(group=group).update(valid_to=clock.today())
    GroupMember.objects.filter(group=group, valid_to=None).exclude(deputy__in=members).update(
        valid_to=clock.today()
    )
    GroupMember.objects.bulk_create(
        [GroupMember(group=group, deputy_id=one) for one in sorted(members - staying)]
    )


def _leaders_check(actor: Actor, town: str) -> None:
    """Take the lead from whoever is no longer a member of the group."""
    for group in DeputyGroup.objects.filter(division_code=town).exclude(leader=None):
        if not GroupMember.objects.filter(group=group, deputy=group.leader, valid_to=None).exists():
            _lead_ends(group)
            DeputyGroup.objects.filter(pk=group.pk).update(leader=None)


@write
def leader_appoint(
    *, actor: Actor, group: DeputyGroup, deputy: Deputy, request_id: str | None = None
) -> LeaderTerm:
    """Appoint a member as the group's leader; the one before him is thanked and stays a member."""
    _only_masters(actor, group.division_code)
    if not GroupMember.objects.filter(group=group, deputy=deputy, valid_to=None).exists():
        raise Invalid("组长要从本组代表里选。", fields={"deputy": "请从本组成员里选一位。"})
    if not active_seats(clock.today()).filter(deputy=deputy).exists():
        raise Refused("这位代表现在不在任，不能当组长。")
    _lead_ends(group)
    DeputyGroup.objects.filter(pk=group.pk).update(leader=deputy)
    group.leader = deputy
    term = LeaderTerm.objects.create(
        home6=group.home6,
        division_code=group.division_code,
        group=group,
        deputy=deputy,
        appointed_by=actor.id,
        valid_from=clock.today(),
    )
    record(
        actor=actor,
        tag="activities.leader_appoint",
        kind="deputy_group",
        target=group.pk,
        home6=group.home6,
        facts={"deputy": str(deputy.pk)},
    )
    _tell_leader(group, deputy)
    return term


def _lead_ends(group: DeputyGroup) -> None:
    LeaderTerm.objects.filter(group=group, valid_to=None).update(valid_to=clock.today())


def _tell_leader(group: DeputyGroup, deputy: Deputy) -> None:
    if deputy.account_id is not None:
        enqueue(
            to=Recipient.account(deputy.account_id),
            subject=f"请您担任{group.name}组长",
            text="",
            link="/deputy/group",
            about_kind="deputy_group",
            about_id=group.pk,
            home6=group.home6,
            dedupe=f"leader:{group.pk}:{deputy.pk}:{clock.today()}",
        )


def _recorded(actor: Actor, what: str, proposal: GroupProposal, home6: str) -> None:
    record(
        actor=actor,
        tag=f"activities.{what}",
        kind="group_proposal",
        target=proposal.pk,
        home6=home6,
        facts={"place": proposal.division_code, "groups": len(proposal.groups)},
    )
