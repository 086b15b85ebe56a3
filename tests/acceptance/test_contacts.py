"""Contacts: S28–S36, S80–S84, S87 through the pages, and the figures of the city."""

from __future__ import annotations

import csv
import io
import random
import re
from datetime import timedelta
from statistics import mean
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Count

from lianxin.audit.models import AuditEntry
from lianxin.common import clock
from lianxin.config.worker import Worker
from lianxin.contacts import sheets
from lianxin.contacts.codes import slip_code
from lianxin.contacts.geography import minutes_between
from lianxin.contacts.models import Household, Kind, Pairing, TravelTime, VisitMatter
from lianxin.contacts.rules import quotas_off
from lianxin.contacts.selectors import group_owners
from lianxin.contacts.workflow import KEPT, State
from lianxin.documents import tables
from lianxin.opinions.models import Opinion
from lianxin.people.actors import active_seats
from lianxin.people.models import Account, Deputy, DeputyGroup, Seat
from lianxin.regions.selectors import place_name
from lianxin.stations.models import GridPost, GridRole
from tests.acceptance.conftest import TOWN, VILLAGE, Doors

WHOLE = {"deputies": 1086, "households": 10_860, "members": 218, "total": 11_950, "towns": 21, "groups": 145}


def in_force(kind: str) -> Any:
    """Return the pairs of a kind that are in force."""
    return Pairing.objects.filter(kind=kind, state__in=KEPT)


def is_whole() -> bool:
    """Say whether this is the full city; a small one has one town's share of the same rules."""
    return Deputy.objects.count() >= WHOLE["deputies"]


def own_pair(username: str, kind: str = Kind.DEPUTY_HOUSEHOLD) -> Pairing:
    """Return a pair in force of a named person."""
    return in_force(kind).filter(deputy__account__username=username).order_by("target")[0]


def new_household(doors: Doors, answer: str) -> Household:
    """Register a household by the page."""
    mark = f"试{uuid4().hex[:6]}家"
    typed = {
        "town": TOWN,
        "name": mark,
        "village": VILLAGE,
        "group_no": "2",
        "answer": answer,
        "way": "person",
    }
    before = set(Household.objects.filter(division_code=VILLAGE).values_list("pk", flat=True))
    assert doors.page("presidium").post("/office/pairing/households/new", typed).status_code == 302
    return Household.objects.filter(division_code=VILLAGE).exclude(pk__in=before).get()


@pytest.mark.acceptance("S28")
def test_the_rule_page_shows_document_and_parameters(doors: Doors) -> None:
    page = doors.page("admin").get("/institutions/deputies-contact-masses").content.decode()
    assert "人大代表联系群众工作制度" in page and "contact.deputy" in page and "10 户" in page
    rules = doors.page("admin").get("/administration/parameters").content.decode()
    assert "代表联系群众的户数" in rules


@pytest.mark.acceptance("S29")
def test_what_a_member_hears_from_a_deputy_becomes_an_item_with_an_outcome(doors: Doors) -> None:
    page = doors.page("office").get("/office/pairing/relations?kind=member_deputy").content.decode()
    assert page.count("data-row") == min(50, in_force(Kind.MEMBER_DEPUTY).count()) and "最近一次" in page
    leader = Account.objects.get(username="leader").pk
    pair = in_force(Kind.MEMBER_DEPUTY).filter(deputy__memberships_in_bodies__account_id=leader)[0]
    here, words = doors.page("leader"), f"代表说山坪塘 {uuid4().hex[:6]} 要清淤"
    assert (
        here.post(f"/deputy/households/{pair.pk}/visit", {"way": "meeting", "matters": words}).status_code
        == 302
    )
    matter = VisitMatter.objects.get(text=words)
    assert matter.due_on is not None and matter.due_on > clock.today()
    assert words in here.get("/deputy/households").content.decode()
    settle = f"/deputy/heard/{matter.pk}/settle"
    assert doors.page("deputy_town").post(settle, {"words": "已列入计划"}).status_code == 404
    assert here.post(settle, {"words": "已列入明年清淤计划"}).status_code == 302
    assert "已列入明年清淤计划" in here.get(f"/deputy/households/{pair.pk}").content.decode()


@pytest.mark.acceptance("S30")
def test_members_contact_households_with_frequency_and_last_contact(doors: Doors) -> None:
    page = doors.page("office").get("/office/pairing/relations?kind=member_household").content.decode()
    assert page.count("data-row") == min(50, in_force(Kind.MEMBER_HOUSEHOLD).count())
    assert "一年几次" in page
    town = doors.page("presidium").get("/office/pairing/relations?kind=member_household").content.decode()
    others = in_force(Kind.MEMBER_HOUSEHOLD).exclude(division_code__startswith=TOWN[:9])
    assert not any(
        row.household.number in town for row in others.select_related("household")[:20] if row.household
    )


@pytest.mark.acceptance("S31")
def test_every_member_has_five_and_five(doors: Doors) -> None:
    for kind in (Kind.MEMBER_DEPUTY, Kind.MEMBER_HOUSEHOLD):
        each = in_force(kind).values_list("deputy").annotate(n=Count("id")).order_by()
        assert {n for _, n in each} == {5}
        assert not is_whole() or len(each) == WHOLE["members"]


@pytest.mark.acceptance("S31")
def test_three_planted_errors_are_listed_with_their_people(doors: Doors) -> None:
    here, people = doors.page("presidium"), set()
    before = listed_off(here)
    for kind in (Kind.MEMBER_HOUSEHOLD, Kind.MEMBER_DEPUTY, Kind.DEPUTY_HOUSEHOLD):
        rows = in_force(kind).filter(
            division_code__startswith=TOWN[:9], deputy__division_code__startswith=TOWN[:9]
        )
        pair = rows.exclude(deputy__in=people)[0]
        people.add(pair.deputy_id)
        end = f"/office/pairing/pairs/{pair.pk}/acts/end"
        assert doors.page("keeper").post(end, {"reason": "这户搬走了"}).status_code == 403
        assert here.post(end, {"reason": ""}).status_code == 422
        assert listed_off(here) == before + len(people) - 1
        assert here.post(end, {"reason": "这户搬走了"}).status_code == 302
    assert listed_off(here) == before + 3
    page = here.get("/office/pairing/quotas").content.decode()
    assert all(one.name in page for one in Deputy.objects.filter(pk__in=people))


def listed_off(page: Any) -> int:
    """Return how many differences the validator lists."""
    found = re.search(r'data-count="(\d+)"', page.get("/office/pairing/quotas").content.decode())
    assert found is not None
    return int(found.group(1))


@pytest.mark.acceptance("S32")
def test_every_deputy_has_ten_and_planted_errors_are_found(doors: Doors) -> None:
    assert listed_off(doors.page("office")) == 0
    each = in_force(Kind.DEPUTY_HOUSEHOLD).values_list("deputy_id").annotate(n=Count("id")).order_by()
    assert {n for _, n in each} == {10}
    assert not is_whole() or len(each) == WHOLE["deputies"]
    counts = {(str(deputy), "ten"): n for deputy, n in each}
    wrong = sorted(counts)[:3]
    planted = {**counts, wrong[0]: 9, wrong[1]: 11}
    del planted[wrong[2]]
    off = quotas_off([who for who, _ in counts], {"ten": 10}, planted)
    assert sorted(one.person for one in off) == [who for who, _ in wrong]


@pytest.mark.acceptance("S33")
def test_a_household_that_refuses_never_becomes_a_pair(doors: Doors) -> None:
    yes, no = new_household(doors, "agree"), new_household(doors, "no")
    here = doors.page("presidium")
    asked = {"town": TOWN, "kind": "deputy_household", "mode": "near", "quota": "12"}
    assert here.post("/office/pairing/compute", asked).status_code == 302
    assert yes.pairings.exclude(state=State.ENDED).count() == 1
    assert not no.pairings.exists()
    answer = doors.page().post("/household", {"code": slip_code(yes.id), "answer": "withdraw"})
    assert answer.status_code == 200
    assert not yes.pairings.exclude(state=State.ENDED).exists()
    here.post(f"/office/pairing/plan/{yes.pairings.latest('id').plan_id}/approve")
    assert not Pairing.objects.filter(household__in=[yes, no], state__in=KEPT).exists()


@pytest.mark.acceptance("S34")
def test_pairs_are_near_and_a_change_by_hand_is_logged_with_its_reason(doors: Doors) -> None:
    rows = list(
        in_force(Kind.DEPUTY_HOUSEHOLD)
        .filter(division_code__startswith=TOWN[:9])
        .select_related("household", "deputy")
    )
    people = [row.deputy for row in rows]
    random.Random(1).shuffle(people)
    by_chance = mean(
        minutes_between(one.division_code, row.division_code, row.household.group_no)
        for one, row in zip(people, rows, strict=True)
        if row.household
    )
    assert mean(row.minutes or 0 for row in rows) <= by_chance
    here, row = doors.page("presidium"), rows[0]
    options = re.findall(
        r'<option value="([0-9a-f-]{36})"', here.get(f"/office/pairing/pairs/{row.pk}").content.decode()
    )
    act = f"/office/pairing/pairs/{row.pk}/acts/replace"
    assert here.post(act, {"deputy": options[0]}).status_code == 422
    assert doors.page("keeper").post(act, {"deputy": options[0], "reason": "住得更近"}).status_code == 403
    assert here.post(act, {"deputy": options[0], "reason": "住得更近"}).status_code == 302
    assert "住得更近" in here.get(f"/office/pairing/pairs/{row.pk}").content.decode()
    assert AuditEntry.objects.filter(tag="contacts.replace", target_id=str(row.pk)).exists()


@pytest.mark.acceptance("S35")
def test_the_board_shows_the_numbers_of_the_city(doors: Doors) -> None:
    page = doors.page("office").get("/office/pairing").content.decode()
    figures = [int(one) for one in re.findall(r'<b class="num">(\d+)</b>', page)]
    deputies = in_force(Kind.DEPUTY_HOUSEHOLD).values("deputy").distinct().count()
    households = in_force(Kind.DEPUTY_HOUSEHOLD).count() + in_force(Kind.MEMBER_HOUSEHOLD).count()
    assert figures[:2] == [deputies, households]
    assert not is_whole() or figures[:2] == [WHOLE["deputies"], WHOLE["total"]]
    assert page.count("/office/pairing/plan?town=") == active_towns()
    assert doors.page("clerk").get("/office/pairing").status_code == 403


def active_towns() -> int:
    """Return how many towns have deputies."""
    homes = Deputy.objects.filter(seats__in=active_seats(clock.today())).values_list(
        "division_code", flat=True
    )
    return len({home[:9] for home in homes})


@pytest.mark.acceptance("S36")
def test_a_matter_of_a_visit_becomes_an_opinion_in_one_tap(doors: Doors) -> None:
    pair, here = own_pair("deputy_town"), doors.page("deputy_town")
    words = f"排水沟 {uuid4().hex[:6]} 堵了，一下雨就往院里倒灌"
    assert (
        here.post(f"/deputy/households/{pair.pk}/visit", {"way": "home", "matters": words}).status_code == 302
    )
    matter = pair.visits.latest("id").matters.get()
    assert doors.page("deputy_city").post(f"/deputy/heard/{matter.pk}/convert").status_code == 404
    assert here.post(f"/deputy/heard/{matter.pk}/convert", {"request_id": uuid4().hex}).status_code == 302
    opinion = Opinion.objects.get(text=words)
    assert opinion.channel == "visit"
    assert (
        f"/office/pairing/pairs/{pair.pk}"
        in doors.page("keeper").get(f"/station/opinions/{opinion.id}").content.decode()
    )


@pytest.mark.acceptance("S80")
def test_every_town_has_a_leader(doors: Doors) -> None:
    led = set(in_force(Kind.LEADER_TOWN).values_list("target", flat=True))
    assert not is_whole() or len(led) == WHOLE["towns"]
    page = doors.page("office").get("/office/pairing/chain").content.decode()
    assert page.count("?town=") == len(led)
    assert "段家河镇" in doors.page("leader").get("/deputy/households").content.decode()


@pytest.mark.acceptance("S81")
def test_every_group_has_somebody_of_the_presidium(doors: Doors) -> None:
    assert in_force(Kind.PRESIDIUM_GROUP).count() == DeputyGroup.objects.count()
    assert not is_whole() or DeputyGroup.objects.count() == WHOLE["groups"]
    page = doors.page("presidium").get(f"/office/pairing/chain?town={TOWN}").content.decode()
    assert page.count("&amp;group=") == DeputyGroup.objects.filter(division_code=TOWN).count()
    assert "没有人负责" not in page
    groups = DeputyGroup.objects.filter(division_code=TOWN)
    owners = group_owners(groups)
    table = doors.page("presidium").get("/office/groups").content.decode()
    assert set(owners) == {one.pk for one in groups} and all(name in table for name in owners.values())


@pytest.mark.acceptance("S83")
def test_the_chain_opens_all_five_levels(doors: Doors) -> None:
    here, pair = doors.page("leader"), own_pair("deputy_town")
    group = pair.deputy.memberships.get(valid_to=None).group
    address = f"/office/pairing/chain?town={TOWN}&group={group.pk}&deputy={pair.deputy_id}"
    page = here.get(address).content.decode()
    leader = in_force(Kind.LEADER_TOWN).get(target=TOWN).deputy
    assert all(words in page for words in (leader.name, group.name, pair.deputy.name))
    assert page.count("data-household") >= 10
    assert doors.page("deputy_town").get(address).status_code == 403


@pytest.mark.acceptance("S84")
def test_a_resident_reaches_a_deputy_without_a_private_number(doors: Doors) -> None:
    page = doors.page().get(f"/deputies?town={TOWN}&village={VILLAGE}").content.decode()
    near = in_force(Kind.DEPUTY_HOUSEHOLD).filter(division_code=VILLAGE).select_related("deputy").first()
    assert near is not None and near.deputy.name in page and "给代表捎句话" in page
    assert not re.search(r"\b1\d{10}\b", page)


@pytest.mark.acceptance("S87")
def test_a_deputy_who_leaves_is_in_the_list_within_a_day(doors: Doors) -> None:
    pair = in_force(Kind.DEPUTY_HOUSEHOLD).filter(
        division_code__startswith=TOWN[:9], deputy__seats__level="town", deputy__account__is_demo=False
    )[0]
    Seat.objects.filter(deputy=pair.deputy).update(valid_to=clock.today() - timedelta(days=1))
    job = next(one for one in Worker().jobs if one.name == "broken_links")
    assert job.every <= timedelta(hours=24).total_seconds(), "the worker looks within a day"
    assert pair.deputy.name not in doors.page("presidium").get("/office/pairing/broken").content.decode()
    job.run()
    page = doors.page("presidium").get("/office/pairing/broken").content.decode()
    assert "待重新结对" in page and pair.deputy.name in page
    assert "缺联" in doors.page("presidium").get("/desk").content.decode()
    assert doors.page("keeper").get("/office/pairing/broken").status_code == 403


@pytest.mark.acceptance("S33")
def test_the_keeper_brings_in_many_answers_and_a_no_ends_the_pair(doors: Doors) -> None:
    pairs = in_force(Kind.DEPUTY_HOUSEHOLD).filter(division_code__startswith=TOWN[:9])
    no, yes = pairs.select_related("household").order_by("-id")[:2]
    said = ((no, "不参加"), (yes, "同意"))
    rows = [{"户编号": one.household.number, "答复": words} for one, words in said if one.household]
    book = tables.book_of(sheets.FORM, [*rows, {"户编号": "113202-9999", "答复": "同意"}])
    address = "/office/pairing/replies"

    def sent() -> dict[str, Any]:
        return {"town": TOWN, "sheet": SimpleUploadedFile("答复.xlsx", book)}

    assert doors.page("clerk").post(address, sent()).status_code == 403
    page = doors.page("keeper").post(address, sent(), follow=True).content.decode()
    assert "本镇没有「113202-9999」" in page
    no.refresh_from_db()
    yes.refresh_from_db()
    assert (no.state, yes.state) == (State.ENDED, State.ACTIVE)
    assert Household.objects.get(pk=no.household_id).erase_on is not None


@pytest.mark.acceptance("S34")
def test_a_registered_detour_is_what_the_plan_walks(doors: Doors) -> None:
    office = doors.page("office")
    sent = office.get(f"/office/pairing/roads/table.csv?town={TOWN}").content.decode("utf-8-sig")
    rows = list(csv.DictReader(sent.splitlines()))
    known = {tuple(sorted((one["从村代码"], one["到村代码"]))) for one in rows if one["依据"] != "估"}
    walked = TravelTime.objects.filter(start__startswith=TOWN[:9], end__startswith=TOWN[:9])
    assert known == set(walked.values_list("start", "end")), "nothing is shown as known that nobody walked"
    assert 0 < len(known) < len(rows)
    kept = io.StringIO()
    table = csv.DictWriter(kept, list(rows[0]))
    table.writeheader()
    table.writerows({**one, "步行分钟": "333", "依据": "实走"} for one in rows)
    file = SimpleUploadedFile("路.csv", kept.getvalue().encode())
    office.post("/office/pairing/roads", {"town": TOWN, "sheet": file})
    presidium = doors.page("presidium")
    presidium.post("/office/pairing/compute", {"town": TOWN, "kind": Kind.DEPUTY_HOUSEHOLD, "mode": "near"})
    page = presidium.get(f"/office/pairing/plan?town={TOWN}").content.decode()
    assert "登记过的路按登记的算" in page
    pair = in_force(Kind.DEPUTY_HOUSEHOLD).filter(division_code__startswith=TOWN[:9])[0]
    page = presidium.get(f"/office/pairing/pairs/{pair.pk}").content.decode()
    walks = [int(minutes) for minutes in re.findall(r"(\d+) 分钟", page)]
    assert any(minutes >= 333 for minutes in walks), "who lives in another village walks the detour"
    assert presidium.get("/office/pairing/roads").status_code == 403


@pytest.mark.acceptance("S87")
def test_a_grid_without_a_leader_is_in_the_list_until_somebody_is_named(doors: Doors) -> None:
    role = GridRole.objects.filter(
        division_code__startswith=TOWN[:9], post=GridPost.LEADER, valid_to=None
    ).select_related("grid")[0]
    town, job = doors.page("presidium"), next(one for one in Worker().jobs if one.name == "vacant_grids")
    assert job.every <= timedelta(hours=24).total_seconds(), "the worker looks within a day"
    job.run()
    line = f"{place_name(role.division_code)} · 网格"
    assert line not in town.get("/office/pairing/broken").content.decode()
    town.post("/station/network", {"station": "113", "what": "end", "role": str(role.pk)})
    job.run()
    page = town.get("/office/pairing/broken").content.decode()
    assert line in page and 'href="/station/network"' in page
    assert "缺联" in town.get("/desk").content.decode()
    refused = {"station": "113", "what": "give", "grid": str(role.grid_id), "deputy": str(role.deputy_id)}
    doors.page("keeper").post("/station/network", {**refused, "post": "grid_leader"})
    job.run()
    assert line in town.get("/office/pairing/broken").content.decode(), "a keeper names nobody"
    town.post("/station/network", {**refused, "post": "grid_leader"})
    job.run()
    assert line not in town.get("/office/pairing/broken").content.decode()


@pytest.mark.acceptance("S82")
def test_the_leader_of_a_group_sees_the_contacts_of_own_members_only(doors: Doors) -> None:
    own = set(
        DeputyGroup.objects.get(leader__account__username="group_leader").members.values_list(
            "deputy_id", flat=True
        )
    )
    page = doors.page("group_leader").get("/deputy/households").content.decode()
    for row in in_force(Kind.DEPUTY_HOUSEHOLD).filter(deputy__in=own).order_by("deputy").distinct()[:1]:
        assert "小组成员的联系" in page and row.deputy.name in page
    stranger = (
        Deputy.objects.exclude(pk__in=own)
        .exclude(name__in=Deputy.objects.filter(pk__in=own).values("name"))
        .first()
    )
    assert stranger is not None and stranger.name not in page
    assert "小组成员的联系" not in doors.page("deputy_town").get("/deputy/households").content.decode()
