"""A plan places whoever agreed, nobody else; nothing is in force before it is approved."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianxin.audit.models import AuditEntry
from lianxin.common import clock
from lianxin.common.actor import SYSTEM
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.contacts import services
from lianxin.contacts.figures import VillageLine, village_lines
from lianxin.contacts.models import Household, Pairing, PlanState
from lianxin.contacts.workflow import State
from lianxin.notifications.models import CallTask, Notice
from tests.factories.cast import OTHER_TOWN, TOWN, VILLAGE, Cast
from tests.factories.contacts import agree, household, paired

pytestmark = pytest.mark.django_db
TWO = ("deputy_town", "deputy_town_2")


def ready(cast: Cast, homes: int = 4) -> list[Household]:
    agree(*(cast.deputy_row(name) for name in TWO))
    return [household(cast, group=number + 1) for number in range(homes)]


def proposals(home: Household) -> list[str]:
    return list(home.pairings.exclude(state=State.ENDED).values_list("state", flat=True))


def test_whoever_agreed_is_proposed_and_waits_for_the_presidium(cast: Cast) -> None:
    homes = ready(cast)
    plan = services.plan_compute(actor=cast.presidium, town=TOWN, quota=2)
    assert [proposals(home) for home in homes] == [[State.WAITING]] * 4
    assert plan.figures["unassigned"] == 0
    assert plan.figures["mean"] <= plan.figures["clerk"]["mean"]
    assert not Pairing.objects.filter(state=State.ACTIVE).exists()


def test_a_refusal_an_expired_yes_and_an_avoidance_are_never_paired(cast: Cast) -> None:
    ready(cast, 1)
    no = household(cast, answer="no")
    with clock.at(clock.now() - timedelta(days=2000)):
        old = household(cast)
    kept_apart = household(cast)
    for name in TWO:
        services.avoidance_declare(
            actor=cast.deputy_town if name == TWO[0] else cast.deputy_town_2,
            deputy=cast.deputy_row(name),
            household=kept_apart,
        )
    plan = services.plan_compute(actor=cast.presidium, town=TOWN)
    assert [proposals(home) for home in (no, old, kept_apart)] == [[], [], []]
    assert plan.figures["households"] == 2
    assert plan.figures["unassigned"] == 1
    assert plan.figures["short"] == {kept_apart.division_code: 1}


def test_too_few_people_are_shown_by_village_with_the_quota_that_would_do(cast: Cast) -> None:
    homes = ready(cast, 5)
    plan = services.plan_compute(actor=cast.presidium, town=TOWN, quota=2)
    assert plan.figures["short"] == {homes[0].division_code: 1}
    assert plan.figures["quota_wanted"] == 3


def test_approval_puts_it_into_force_and_tells_both_sides(cast: Cast) -> None:
    homes = ready(cast, 2)
    unasked = household(cast, answer="")
    plan = services.plan_compute(actor=cast.presidium, town=TOWN)
    done = services.plan_approve(actor=cast.presidium, plan=plan)
    assert done.state == PlanState.APPROVED
    assert [proposals(home) for home in homes] == [[State.ACTIVE]] * 2
    assert proposals(unasked) == [State.PROPOSED]
    told = {str(row.deputy.account_id) for row in Pairing.objects.filter(state=State.ACTIVE)}
    assert (
        set(Notice.objects.filter(link="/deputy/households").values_list("recipient_key", flat=True)) == told
    )
    assert set(CallTask.objects.values_list("number", flat=True)) == {home.number for home in homes}
    with pytest.raises((Conflict, Refused)):
        services.plan_approve(actor=cast.presidium, plan=plan)


def test_another_town_may_neither_compute_nor_approve(cast: Cast) -> None:
    ready(cast)
    with pytest.raises(Denied):
        services.plan_compute(actor=cast.presidium_other, town=TOWN)
    plan = services.plan_compute(actor=cast.presidium, town=TOWN)
    for actor in (cast.presidium_other, cast.keeper, cast.deputy_town):
        with pytest.raises(Denied):
            services.plan_approve(actor=actor, plan=plan)


def test_who_refuses_after_the_plan_is_not_approved(cast: Cast) -> None:
    home, other = ready(cast, 2)
    plan = services.plan_compute(actor=cast.presidium, town=TOWN)
    services.consent_record(actor=cast.keeper, household=home, answer="no", way="phone")
    services.plan_approve(actor=cast.presidium, plan=plan)
    assert (proposals(home), proposals(other)) == ([], [State.ACTIVE])


def test_giving_it_to_somebody_else_needs_a_reason_and_stays_on_record(cast: Cast) -> None:
    pairing, to = paired(cast), cast.deputy_row("deputy_town_2")
    agree(to)
    with pytest.raises(Invalid):
        services.pairing_reassign(actor=cast.presidium, pairing=pairing, deputy=to, reason="")
    new = services.pairing_reassign(actor=cast.presidium, pairing=pairing, deputy=to, reason="住得更近")
    pairing.refresh_from_db()
    assert (pairing.state, new.state) == (State.REPLACING, State.WAITING)
    services.pairing_approve(actor=cast.presidium, pairing=new)
    pairing.refresh_from_db()
    assert (pairing.state, new.state) == (State.ENDED, State.ACTIVE)
    tags = set(AuditEntry.objects.filter(target_id=str(pairing.id)).values_list("tag", flat=True))
    assert "contacts.replace" in tags
    assert not AuditEntry.objects.filter(facts__contains="住得更近").exists()


def test_nobody_but_the_town_gives_it_to_somebody_else(cast: Cast) -> None:
    pairing, to = paired(cast), cast.deputy_row("deputy_town_2")
    for actor in (cast.deputy_town, cast.keeper, cast.presidium_other):
        with pytest.raises(Denied):
            services.pairing_reassign(actor=actor, pairing=pairing, deputy=to, reason="换人")


def test_an_avoided_deputy_cannot_be_chosen_by_hand(cast: Cast) -> None:
    pairing, to = paired(cast), cast.deputy_row("deputy_town_2")
    agree(to)
    assert pairing.household is not None
    services.avoidance_declare(actor=cast.deputy_town_2, deputy=to, household=pairing.household)
    with pytest.raises(Refused, match="回避"):
        services.pairing_reassign(actor=cast.presidium, pairing=pairing, deputy=to, reason="换人")


def test_the_city_is_queued_town_by_town_and_run_by_the_worker(cast: Cast) -> None:
    ready(cast)
    agree(cast.deputy_row("deputy_other"))
    for town in (TOWN, OTHER_TOWN):
        services.plan_queue(actor=cast.office, town=town)
    heard: list[str] = []
    assert services.plans_run(most=5, progress=lambda plan: heard.append(plan.division_code)) == 2
    assert heard == [TOWN, OTHER_TOWN]
    assert services.plans_run() == 0


def test_nobody_can_be_paired_by_list_without_both_yeses(cast: Cast) -> None:
    home, deputy = household(cast, answer="no"), cast.deputy_row("deputy_town")
    agree(deputy)
    new = services.NewPairing("deputy_household", deputy, clock.today(), household=home)
    with pytest.raises(Refused, match="同意"):
        services.pairing_register(actor=SYSTEM, new=new)


def test_a_villages_line_is_the_count_of_its_pairs_and_of_those_who_found_nobody(cast: Cast) -> None:
    agree(cast.deputy_row("deputy_town"), cast.deputy_row("deputy_town_2"))
    for _ in range(3):
        household(cast)
    plan = services.plan_compute(actor=cast.presidium, town=TOWN, quota=1)
    walks = [row.minutes for row in plan.pairings.all()]
    assert village_lines(plan) == [VillageLine(VILLAGE, "李家庄村", 2, round(sum(walks) / 2), max(walks), 1)]
