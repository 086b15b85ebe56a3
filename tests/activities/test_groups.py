"""Regrouping by residence, leaders appointed by the presidium, plans of a year."""

from __future__ import annotations

import pytest

from lianxin.activities import selectors, services
from lianxin.activities.models import GroupPlan, GroupProposal, LeaderTerm
from lianxin.activities.permissions import groups_visible_to
from lianxin.common import clock
from lianxin.common.errors import Conflict, Denied, Invalid, NotFound, Refused
from lianxin.contacts.models import Kind
from lianxin.contacts.selectors import group_owners
from lianxin.contacts.services import NewPairing, pairing_register
from lianxin.notifications.models import Notice
from lianxin.people.models import DeputyGroup, GroupMember, Seat
from lianxin.regions.loading import HOME6
from tests.factories import activities as make
from tests.factories.cast import OTHER_GROUP, OTHER_TOWN, TOWN, Cast
from tests.web.pages import entered, words

pytestmark = pytest.mark.django_db
HOME = ("deputy_city", "deputy_city_2", "deputy_town", "deputy_town_2", "deputy_town_3", "group_leader")


def proposed(cast: Cast) -> GroupProposal:
    return services.proposal_make(actor=cast.presidium, town=TOWN, home6=HOME6)


def test_adopting_puts_every_deputy_of_the_town_into_one_group(cast: Cast) -> None:
    services.proposal_adopt(actor=cast.presidium, proposal=proposed(cast))
    now = GroupMember.objects.filter(valid_to=None, group__division_code=TOWN)
    assert sorted(row.deputy.name for row in now) == sorted(f"测试{name}" for name in HOME)
    table = list(selectors.groups_table(cast.presidium))
    assert [(row.size, row.level_count) for row in table] == [(6, 2)]  # type: ignore[attr-defined]
    assert DeputyGroup.objects.get(division_code=TOWN).leader == cast.deputy_row("group_leader")


def test_nothing_changes_before_a_person_adopts(cast: Cast) -> None:
    before = set(GroupMember.objects.values_list("pk", "valid_to"))
    services.proposal_drop(actor=cast.presidium, proposal=proposed(cast))
    assert set(GroupMember.objects.values_list("pk", "valid_to")) == before


def test_a_proposal_is_decided_once(cast: Cast) -> None:
    row = proposed(cast)
    services.proposal_adopt(actor=cast.presidium, proposal=row)
    with pytest.raises(Conflict):
        services.proposal_drop(actor=cast.presidium, proposal=row)


def test_a_newer_proposal_takes_the_place_of_the_open_one(cast: Cast) -> None:
    first, second = proposed(cast), proposed(cast)
    assert selectors.proposal_open(cast.presidium, TOWN) == second
    with pytest.raises(Conflict):
        services.proposal_adopt(actor=cast.presidium, proposal=first)


def test_a_proposal_that_no_longer_fits_is_not_adopted(cast: Cast) -> None:
    row = proposed(cast)
    Seat.objects.filter(deputy__account__username="deputy_town_2").update(valid_to="2021-01-01")
    with pytest.raises(Conflict, match="重新生成"):
        services.proposal_adopt(actor=cast.presidium, proposal=row)


def test_too_few_deputies_make_no_group(cast: Cast) -> None:
    with pytest.raises(Refused, match="至少 5 名"):
        services.proposal_make(actor=cast.presidium_other, town=OTHER_TOWN, home6=HOME6)


@pytest.mark.parametrize("who", ["group_leader", "keeper", "presidium_other", "leader", "clerk"])
def test_others_neither_regroup_nor_appoint(cast: Cast, who: str) -> None:
    actor = getattr(cast, who)
    with pytest.raises(Denied):
        services.proposal_make(actor=actor, town=TOWN, home6=HOME6)
    with pytest.raises(Denied):
        services.proposal_adopt(actor=actor, proposal=proposed(cast))
    with pytest.raises(Denied):
        services.leader_appoint(actor=actor, group=make.group(), deputy=cast.deputy_row("deputy_town"))
    assert selectors.proposal_open(actor, TOWN) is None


def test_the_presidium_appoints_a_member_and_the_term_before_ends(cast: Cast) -> None:
    group = make.group()
    services.leader_appoint(actor=cast.presidium, group=group, deputy=cast.deputy_row("deputy_town"))
    services.leader_appoint(actor=cast.presidium, group=group, deputy=cast.deputy_row("deputy_city"))
    assert make.group().leader == cast.deputy_row("deputy_city")
    terms = LeaderTerm.objects.filter(group=group).order_by("created_at")
    assert [row.valid_to for row in terms] == [clock.today(), None]
    assert Notice.objects.filter(recipient_key=str(cast.deputy_city.id), about_id=group.pk).exists()
    assert services.activity_plan(actor=cast.deputy_city, group=make.group(), planned=make.planned()).pk
    with pytest.raises(Denied):
        services.activity_plan(actor=cast.group_leader, group=make.group(), planned=make.planned())


def test_a_leader_is_a_member_in_office(cast: Cast) -> None:
    with pytest.raises(Invalid, match="本组"):
        services.leader_appoint(
            actor=cast.presidium, group=make.group(), deputy=cast.deputy_row("deputy_town_2")
        )
    Seat.objects.filter(deputy__account__username="deputy_town").update(valid_to="2021-01-01")
    with pytest.raises(Refused, match="不在任"):
        services.leader_appoint(
            actor=cast.presidium, group=make.group(), deputy=cast.deputy_row("deputy_town")
        )


def test_a_leader_sees_his_own_group_only(cast: Cast) -> None:
    assert list(groups_visible_to(cast.group_leader)) == [make.group()]
    with pytest.raises(NotFound):
        selectors.group_for(cast.group_leader, make.group(OTHER_GROUP).pk)
    assert set(groups_visible_to(cast.office)) == {make.group(), make.group(OTHER_GROUP)}
    assert list(groups_visible_to(cast.presidium_other)) == [make.group(OTHER_GROUP)]
    assert not groups_visible_to(cast.clerk).exists()


def test_the_owner_of_a_group_is_a_relation_of_contacts_and_not_a_role(cast: Cast) -> None:
    own, other = make.group(), make.group(OTHER_GROUP)
    assert group_owners([own, other]) == {}
    new = NewPairing(Kind.PRESIDIUM_GROUP, cast.deputy_row("deputy_town"), clock.today(), group=own)
    pairing_register(actor=cast.presidium, new=new)
    assert group_owners([own, other]) == {own.pk: cast.deputy_row("deputy_town").name}
    assert cast.deputy_row("deputy_town").name in words(entered(cast, "presidium").get("/office/groups"))


def add_item(cast: Cast, **more: object) -> object:
    line = {"year": clock.today().year, "month": 3, "kind": "learning", "title": "学习代表法", **more}
    return services.plan_item_add(actor=cast.group_leader, group=make.group(), **line)  # type: ignore[arg-type]


def test_a_plan_grows_line_by_line_and_a_used_line_stays(cast: Cast) -> None:
    add_item(cast, person=cast.deputy_row("deputy_town"))
    add_item(cast, month=9, kind="inspection", title="看民生实事项目")
    plan = selectors.plan_of(make.group(), clock.today().year)
    assert plan
    assert [item.month for item in plan.items.all()] == [3, 9]
    first, second = plan.items.all()
    services.activity_plan(actor=cast.group_leader, group=make.group(), planned=make.planned(), item=first)
    services.plan_item_remove(actor=cast.group_leader, item=second)
    with pytest.raises(Conflict, match="已经建了活动"):
        services.plan_item_remove(actor=cast.group_leader, item=first)


def test_what_cannot_stand_in_a_plan_is_refused(cast: Cast) -> None:
    for wrong in (
        {"month": 13},
        {"kind": "dancing"},
        {"title": "一"},
        {"year": clock.today().year + 2},
        {"person": cast.deputy_row("deputy_town_2")},
    ):
        with pytest.raises(Invalid):
            add_item(cast, **wrong)
    assert not GroupPlan.objects.exists()


@pytest.mark.parametrize("who", ["deputy_town", "deputy_other", "keeper_other", "leader"])
def test_others_do_not_plan_for_the_group(cast: Cast, who: str) -> None:
    add_item(cast)
    plan = selectors.plan_of(make.group(), clock.today().year)
    assert plan
    actor = getattr(cast, who)
    with pytest.raises(Denied):
        services.plan_item_remove(actor=actor, item=plan.items.all()[0])
    with pytest.raises(Denied):
        services.plan_item_add(
            actor=actor,
            group=make.group(),
            year=clock.today().year,
            month=4,
            kind="seminar",
            title="座谈",
        )


def test_an_item_of_another_group_begets_no_activity(cast: Cast) -> None:
    item = services.plan_item_add(
        actor=cast.presidium_other,
        group=make.group(OTHER_GROUP),
        year=clock.today().year,
        month=5,
        kind="seminar",
        title="座谈码头安全",
    )
    with pytest.raises(Invalid, match="年度计划"):
        services.activity_plan(actor=cast.group_leader, group=make.group(), planned=make.planned(), item=item)


def test_the_table_of_groups_is_one_query(cast: Cast, django_assert_num_queries: object) -> None:
    office = cast.office
    with django_assert_num_queries(1):  # type: ignore[operator]
        rows = list(selectors.groups_table(office))
    assert [row.size for row in rows] == [1, 3]  # type: ignore[attr-defined]
