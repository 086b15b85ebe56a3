"""Elections: every step with its refused twin; the arithmetic decides, nobody chooses the outcome."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianxin.common import clock
from lianxin.common.actor import SYSTEM
from lianxin.common.errors import Conflict, Denied, Invalid, NotFound, Refused
from lianxin.elections import selectors, services
from lianxin.elections.actions import BOOK
from lianxin.elections.models import Candidate, ElectionComplaint, VillageElection
from lianxin.elections.workflow import ELECTION
from lianxin.notifications.models import Notice
from lianxin.villages.models import VillageProfile
from tests.factories import elections as make
from tests.factories import villages
from tests.factories.cast import OTHER_VILLAGE, TOWN, VILLAGE, Cast


@pytest.fixture(autouse=True)
def _villages(cast: Cast) -> None:
    villages.profiles()


def test_every_act_of_the_table_has_a_service() -> None:
    assert BOOK.unbound() == {one.name for one in ELECTION.acts.values() if not one.by}


def test_the_whole_way_to_the_filing(cast: Cast) -> None:
    row = make.elected(cast)
    assert row.state == "elected" and row.handover_due is not None
    with make.at_voting(row):
        services.handover_note(
            actor=cast.village, election=row, handed_over_on=clock.today(), no_relatives=True
        )
        services.election_file(actor=cast.presidium, election=row, number="段镇选备〔2026〕3号")
    assert row.state == "filed"
    assert {one.name for one in row.candidates.exclude(elected_on=None)} == {"张建国", "王小兰", "刘桂英"}
    told = Notice.objects.filter(about_id=row.pk)
    assert told.filter(recipient_key=f"presidium@{TOWN}").exists()


def test_only_the_own_village_records(cast: Cast) -> None:
    with pytest.raises(Denied):
        services.election_open(actor=cast.village_other, village=VILLAGE, kind="general", seats=make.SEATS)
    with pytest.raises(Denied):
        services.election_open(actor=cast.presidium, village=VILLAGE, kind="general", seats=make.SEATS)
    row = make.opened(cast)
    with pytest.raises(Denied):
        services.committee_set(actor=cast.village_other, election=row, names=["甲乙"], serving=1)
    with pytest.raises(NotFound):
        selectors.election_for(cast.village_other, row.pk)


def test_three_to_seven_seats_and_one_director(cast: Cast) -> None:
    for seats in ({"director": 1, "member": 1}, {"director": 1, "member": 7}, {"director": 2, "member": 3}):
        with pytest.raises(Invalid):
            make.opened(cast, **seats)


def test_one_general_election_a_year_and_one_at_a_time(cast: Cast) -> None:
    row = make.opened(cast)
    with pytest.raises(Conflict):
        make.opened(cast)
    VillageElection.objects.filter(pk=row.pk).update(state="filed")
    with pytest.raises(Conflict, match="补选"):
        make.opened(cast)
    assert make.opened(cast, kind="by_election", member=1).kind == "by_election"


def test_the_same_request_sent_twice_begins_one_election(cast: Cast) -> None:
    keys = {"actor": cast.village, "village": VILLAGE, "kind": "general", "seats": make.SEATS}
    first = services.election_open(**keys, request_id="once")
    assert services.election_open(**keys, request_id="once").pk == first.pk


def test_registration_waits_for_the_committee(cast: Cast) -> None:
    row = make.opened(cast)
    services.committee_set(actor=cast.village, election=row, names=["周大山", "赵春梅"], serving=2)
    with pytest.raises(Refused, match="至少 3 人"):
        services.registration_begin(actor=cast.village, election=row)
    with pytest.raises(Invalid, match="写了两次"):
        services.committee_set(actor=cast.village, election=row, names=["周大山", "周大山"], serving=1)


def test_the_list_is_out_twenty_days_before(cast: Cast) -> None:
    row = make.registering(cast)
    with pytest.raises(Refused, match="还差 1 天"):
        services.list_publish(actor=cast.village, election=row, voting_on=clock.today() + timedelta(days=19))
    row = selectors.election_for(cast.village, row.pk)
    services.list_publish(actor=cast.village, election=row, voting_on=clock.today() + timedelta(days=20))
    assert row.state == "listed"


def test_people_from_outside_need_the_meetings_consent(cast: Cast) -> None:
    row = make.registering(cast)
    services.roll_register(actor=cast.village, election=row, living_here=80, from_outside=3)
    with pytest.raises(Refused, match="同意"):
        services.list_publish(actor=cast.village, election=row, voting_on=make.voting_day())
    row = selectors.election_for(cast.village, row.pk)
    services.roll_register(
        actor=cast.village, election=row, living_here=80, from_outside=3, outside_agreed=True
    )
    services.list_publish(actor=cast.village, election=row, voting_on=make.voting_day())


def test_objections_come_in_five_days_and_change_the_roll(cast: Cast) -> None:
    row = make.listed(cast)
    today = clock.today()
    services.objection_note(actor=cast.village, election=row, asks_to_add=True, received_on=today)
    with pytest.raises(Invalid, match="5 天"):
        services.objection_note(
            actor=cast.village, election=row, asks_to_add=True, received_on=today + timedelta(days=6)
        )
    with make.at_voting(row), pytest.raises(Refused, match="1 件申诉"):
        services.voting_open(actor=cast.village, election=row, booths=1, tellers=3)
    objection = row.objections.get()
    services.objection_decide(actor=cast.village, election=row, objection=objection, upheld=True)
    assert row.registered == make.REGISTERED + 1
    with pytest.raises(Conflict):
        services.objection_decide(actor=cast.village, election=row, objection=objection, upheld=False)


def test_a_candidate_leaves_the_committee_and_the_next_in_order_follows(cast: Cast) -> None:
    row = make.listed(cast)
    services.candidate_add(actor=cast.village, election=row, post="member", name="赵春梅", is_woman=True)
    rows = {one.name: one for one in row.committee.all()}
    assert rows["赵春梅"].left_on is not None and rows["吴水根"].is_serving
    assert not rows["郑金花"].is_serving


def test_one_person_stands_for_one_post(cast: Cast) -> None:
    row = make.listed(cast)
    with pytest.raises(Invalid, match="两个职位"):
        services.candidate_add(actor=cast.village, election=row, post="member", name="张建国")


def test_no_voting_without_more_candidates_a_woman_a_booth_and_the_day(cast: Cast) -> None:
    row = make.listed(cast)
    with pytest.raises(Refused, match="还没到投票那天"):
        services.voting_open(actor=cast.village, election=row, booths=1, tellers=3)
    with make.at_voting(row):
        for booths, tellers in ((0, 3), (1, 2)):
            with pytest.raises(Invalid):
                services.voting_open(actor=cast.village, election=row, booths=booths, tellers=tellers)
        second = row.candidates.get(name="李德明")
        services.candidate_withdraw(actor=cast.village, election=row, candidate=second)
        with pytest.raises(Refused, match="主任"):
            services.voting_open(actor=cast.village, election=row, booths=1, tellers=3)
    row.candidates.update(is_woman=False)
    row.candidates.filter(pk=second.pk).update(stands=True)
    with make.at_voting(row), pytest.raises(Refused, match="妇女"):
        services.voting_open(actor=cast.village, election=row, booths=1, tellers=3)


def test_proxies_are_written_few_and_to_near_relatives(cast: Cast) -> None:
    row = make.listed(cast)
    good = {"proxies": 8, "most_for_one": 3, "written": True, "near_relative": True}
    for wrong in ({"most_for_one": 4}, {"written": False}, {"near_relative": False}, {"proxies": 101}):
        with pytest.raises(Invalid):
            services.proxies_publish(actor=cast.village, election=row, **{**good, **wrong})
    services.proxies_publish(actor=cast.village, election=row, **good)
    assert row.proxies == 8


def test_a_supervisor_who_is_elected_or_related_holds_up_the_hand_over(cast: Cast) -> None:
    make.supervisor(cast, "张建国")
    row = make.elected(cast)
    with make.at_voting(row):
        day = clock.today()
        with pytest.raises(Refused, match="张建国"):
            services.handover_note(actor=cast.village, election=row, handed_over_on=day, no_relatives=True)
        with pytest.raises(Refused, match="近亲属"):
            services.handover_note(actor=cast.village, election=row, handed_over_on=day, no_relatives=False)


def test_an_investigation_stays_with_town_and_city_and_may_annul(cast: Cast) -> None:
    row = make.elected(cast)
    asked = {"about": "bribery", "received_on": clock.today()}
    with pytest.raises(Denied):
        services.complaint_note(actor=cast.village, election=row, **asked)
    with pytest.raises(Invalid, match="调查属实"):
        services.election_annul(actor=cast.presidium, election=row)
    services.complaint_note(actor=cast.presidium, election=row, **asked)
    complaint = row.complaints.get()
    assert not selectors.complaints_of(cast.village, row).exists()
    finding = "查明有人发钱拉票，三人承认收了钱。"
    services.complaint_close(
        actor=cast.presidium, election=row, complaint=complaint, upheld=True, finding=finding
    )
    services.election_annul(actor=cast.presidium, election=row)
    assert row.state == "void" and not Candidate.objects.exclude(elected_on=None).exists()


def test_nothing_is_filed_while_an_investigation_is_open(cast: Cast) -> None:
    row = make.elected(cast)
    with make.at_voting(row):
        services.handover_note(
            actor=cast.village, election=row, handed_over_on=clock.today(), no_relatives=True
        )
    services.complaint_note(actor=cast.presidium, election=row, about="procedure", received_on=clock.today())
    with pytest.raises(Refused, match="在调查"):
        services.election_file(actor=cast.presidium, election=row, number="段镇选备〔2026〕3号")
    assert not {field.name for field in ElectionComplaint._meta.fields} & {"by", "name", "phone", "reporter"}


def test_a_community_is_recorded_without_a_verdict(cast: Cast) -> None:
    VillageProfile.objects.update(is_community=True)
    row = make.voting(cast)
    people = make.votes(row, 45, 44, 55, 35, 70, 20)
    with make.at_voting(row):
        services.round_count(
            actor=cast.village, election=row, issued=95, returned=40, valid=40, void=0, votes=people,
            announced=list(people)[:1],
        )  # fmt: skip
        services.round_declare(actor=cast.village, election=row)
    assert row.state == "recorded"
    assert [one.name for one in row.candidates.exclude(elected_on=None)] == ["张建国"]


def test_a_changed_template_is_for_the_next_election(cast: Cast) -> None:
    running = make.opened(cast)
    _, steps = services.templates.template_now(running.home6)
    own = {"key": "own-1", "title": "选情研判", "words": "镇里先听一次汇报。", "basis": ""}
    changed = [steps[0], own, *steps[1:]]
    with pytest.raises(Denied):
        services.template_change(
            actor=cast.presidium, home6=running.home6, steps=changed, reason="加一步研判"
        )
    with pytest.raises(Invalid, match="不能少"):
        services.template_change(actor=cast.office, home6=running.home6, steps=steps[1:], reason="少一步看看")
    services.template_change(actor=cast.office, home6=running.home6, steps=changed, reason="加一步研判")
    following = make.opened(cast, village=OTHER_VILLAGE, who="village_other")
    running.refresh_from_db()
    assert len(running.steps) == 10 and len(following.steps) == 11
    assert following.template_number == 1


def test_the_offices_own_step_comes_before_the_voting(cast: Cast) -> None:
    _, steps = services.templates.template_now("610981")
    own = {"key": "own-1", "title": "选情研判", "words": "", "basis": ""}
    services.template_change(actor=cast.office, home6="610981", steps=[own, *steps], reason="加一步研判")
    row = make.listed(cast)
    with make.at_voting(row):
        with pytest.raises(Refused, match="选情研判"):
            services.voting_open(actor=cast.village, election=row, booths=1, tellers=3)
        services.step_tick(actor=cast.village, election=row, key="own-1")
        services.voting_open(actor=cast.village, election=row, booths=1, tellers=3)
    with pytest.raises(NotFound):
        services.step_tick(actor=cast.village, election=row, key="voting")


def test_the_outcome_is_nobodys_choice(cast: Cast) -> None:
    row = make.counted(cast, make.voting(cast), 45, 44, 55, 35, 70, 20)
    for act in ("void", "another", "elected", "recorded"):
        assert not BOOK.workflow.acts[act].by
    with pytest.raises(Refused):
        ELECTION.next_state(row.state, "elected", services.step.facts_of(row))
    assert SYSTEM.kind == "system"
