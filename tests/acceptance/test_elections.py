"""Elections and the four links: S12, S12a, S12b, S13, S19, S24, S27."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from lianxin.common import clock
from lianxin.demo.elections_stories import ANOTHER_ROUND, VOID
from lianxin.elections.bodies import SupervisionMember, SupervisionReview
from lianxin.elections.counting import verdict_of
from lianxin.elections.models import Candidate, ElectionRound, VillageElection
from lianxin.elections.services.supervision import in_office
from lianxin.elections.services.templates import template_now
from lianxin.insight.four_links import quarter
from lianxin.villages.models import DisclosureItem, VillageMeeting, VillageProfile
from lianxin.villages.workflow import CLOSED_AS_VALID
from tests.acceptance.conftest import VILLAGE, Doors

ELSEWHERE = "610981103001"


def said(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.acceptance("S12")
def test_a_red_cell_opens_the_missing_duties_with_days_and_basis(doors: Doors) -> None:
    row = DisclosureItem.objects.filter(division_code=VILLAGE, published_on=None).order_by("due_on")[0]
    with clock.at(clock.day_start(row.due_on + timedelta(days=2))):
        board = said(doors.page("presidium").get("/village/board"))
        cell = board.split(f'href="/village/board/{VILLAGE}#disclosure"')[0].rsplit("<a", 1)[1]
        assert "link-red" in cell
        one = said(doors.page("presidium").get(f"/village/board/{VILLAGE}"))
    part = one.split('id="disclosure"')[1].split("</section>")[0]
    assert "红灯" in part and "第三十条" in part and "没有公开" in part
    assert row.what in one and str(row.due_on.day) in one


@pytest.mark.acceptance("S12")
def test_the_city_sees_all_villages_the_town_its_own_and_no_other(doors: Doors) -> None:
    whole = said(doors.page("office").get("/village/board"))
    assert whole.count('#election"') == VillageProfile.objects.count()
    mine = said(doors.page("presidium").get("/village/board"))
    town = VillageProfile.objects.filter(division_code__startswith=VILLAGE[:9]).count()
    assert mine.count('#election"') == town
    assert doors.page("presidium").get(f"/village/board/{ELSEWHERE}").status_code == 404
    assert doors.page("village").get("/village/board").status_code == 403


@pytest.mark.acceptance("S12a")
def test_both_majorities_pass_and_fail_the_demo_citys_rounds_as_the_law_says(doors: Doors) -> None:
    rounds = ElectionRound.objects.exclude(declared_at=None).exclude(outcome="recorded")
    outcomes = {"elected": 0, "another": 0, "void": 0}
    for row in rounds.select_related("election"):
        found = verdict_of(row)
        wanted = "void" if not found.valid else "another" if found.vacant else "elected"
        assert row.outcome == wanted
        outcomes[wanted] += 1
        assert row.number > 1 or (2 * (row.returned or 0) > row.registered) == found.valid
        for count in row.counts.filter(elected=True):
            assert 2 * count.votes > (row.returned or 0) or row.number > 1
    whole = VillageProfile.objects.count() == 309
    assert outcomes["void"] == VOID and outcomes["another"] == (ANOTHER_ROUND if whole else 1)
    general = VillageElection.objects.filter(kind="general", year=2021)
    first = [row for row in general if row.rounds.count() == 1]
    assert general.count() == VillageProfile.objects.count()
    assert len(first) == general.count() - outcomes["void"] - outcomes["another"]


@pytest.mark.acceptance("S12a")
def test_the_draft_with_more_returned_than_issued_is_declared_void(doors: Doors) -> None:
    row = VillageElection.objects.get(division_code=VILLAGE, state="voting")
    page = doors.page("village")
    assert "不符合" in said(page.get(f"/elections/{row.pk}"))
    assert page.post(f"/elections/{row.pk}/acts/declare").status_code == 302
    row.refresh_from_db()
    assert row.state == "void" and not row.candidates.exclude(elected_on=None).exists()
    assert "多于发出" in said(doors.page().get(f"/elections/of/{VILLAGE}"))


@pytest.mark.acceptance("S12a")
def test_one_vote_more_than_half_elects_and_half_does_not(doors: Doors) -> None:
    for votes, state in ((300, "another_round"), (301, "elected")):
        VillageElection.objects.filter(division_code=VILLAGE).exclude(state="filed").delete()
        row = _at_count(doors)
        pks = [str(pk) for pk in row.candidates.order_by("id").values_list("pk", flat=True)]
        figures = {"issued": "600", "returned": "600", "valid": "600", "void": "0"}
        got = {f"votes-{pks[0]}": str(votes), f"votes-{pks[1]}": "200"}
        with clock.at(clock.now() + timedelta(days=21)):
            page = doors.page("village")
            assert page.post(f"/elections/{row.pk}/acts/count", {**figures, **got}).status_code == 302
            assert page.post(f"/elections/{row.pk}/acts/declare").status_code == 302
        row.refresh_from_db()
        assert row.state == state


def _at_count(doors: Doors) -> VillageElection:
    """Bring a by-election with a roll of 1,000 to its voting, through the clerk's pages."""
    page = doors.page("village")
    seats = {
        "kind": "by_election",
        "director": "0",
        "deputy_director": "0",
        "member": "1",
        "woman_member": "0",
    }
    assert page.post("/elections/new", seats).status_code == 302
    row = VillageElection.objects.filter(division_code=VILLAGE).latest("created_at")
    acts = f"/elections/{row.pk}/acts"
    day = str(clock.today() + timedelta(days=21))
    for act, typed in (
        ("committee", {"names": "贺守信\n乔玉珍\n文立新", "serving": "3"}),
        ("begin_registration", {}),
        ("register", {"living_here": "1000"}),
        ("publish_list", {"voting_on": day}),
        ("nominate", {"post": "member", "name": "尹桂兰", "is_woman": "1"}),
        ("nominate", {"post": "member", "name": "常宝山"}),
    ):
        assert page.post(f"{acts}/{act}", typed).status_code == 302, act
    with clock.at(clock.now() + timedelta(days=21)):
        opened = doors.page("village").post(f"{acts}/open_voting", {"booths": "2", "tellers": "5"})
        assert opened.status_code == 302
    return row


@pytest.mark.acceptance("S12b")
def test_a_relative_of_a_committee_member_is_blocked_with_the_reason(doors: Doors) -> None:
    page, member = doors.page("village"), in_office(VILLAGE)[0]
    SupervisionMember.objects.filter(division_code=VILLAGE, is_head=True).update(until=clock.today())
    name = f"试{uuid4().hex[:4]}"
    blocked = page.post("/elections/supervision/add", {"name": name, "relative_of": str(member.pk)})
    assert blocked.status_code == 409 and f"{member.name}的近亲属" in said(blocked)
    secretary = {"name": name, "relative_of": "none", "is_secretary": "1"}
    assert page.post("/elections/supervision/add", secretary).status_code == 409
    himself = page.post("/elections/supervision/add", {"name": member.name, "relative_of": "none"})
    assert himself.status_code == 409
    assert not SupervisionMember.objects.filter(name=name).exists()


@pytest.mark.acceptance("S12b")
def test_who_is_no_relative_sits_and_the_committee_reviews_each_quarter(doors: Doors) -> None:
    SupervisionMember.objects.filter(division_code=VILLAGE, is_head=True).update(until=clock.today())
    name = f"试{uuid4().hex[:4]}"
    good = {"name": name, "relative_of": "none", "is_head": "1"}
    assert doors.page("village").post("/elections/supervision/add", good).status_code == 302
    SupervisionReview.objects.filter(division_code=VILLAGE).delete()
    watch = doors.page("village_supervisor")
    review = {"held_on": str(clock.today()), "text": "看了本季度的票据和公示栏，账表相符。"}
    assert doors.page("village").post("/elections/reviews", review).status_code == 403
    assert watch.post("/elections/reviews", review).status_code == 302
    assert watch.post("/elections/reviews", review).status_code == 409


@pytest.mark.acceptance("S13")
def test_a_number_of_the_matrix_is_the_length_of_its_list(doors: Doors) -> None:
    page = doors.page("presidium")
    matrix = said(page.get("/village/democracy"))
    cells = re.findall(r'href="(/village/democracy/records[^"]+)">(\d+)<', matrix)
    assert len(cells) >= 6 and "民主协商" in matrix
    for address, number in cells:
        first = said(page.get(address.replace("&amp;", "&")))
        assert f"共 {number} 条" in first
        listed, at = 0, 1
        while listed < int(number) and at < 40:
            part = said(page.get(f"{address.replace('&amp;', '&')}&page={at}"))
            listed, at = listed + part.count('class="tap"'), at + 1
        assert listed == int(number)


@pytest.mark.acceptance("S13")
def test_the_matrix_is_for_those_who_oversee(doors: Doors) -> None:
    assert doors.page("village").get("/village/democracy").status_code == 403
    assert doors.page("presidium").get("/village/democracy/records?row=none&column=none").status_code == 404


@pytest.mark.acceptance("S19")
def test_a_changed_template_is_for_the_next_election_not_the_running_one(doors: Doors) -> None:
    running = VillageElection.objects.get(division_code=VILLAGE, state="voting")
    before = len(running.steps)
    change = {"new_title": "选情研判", "new_after": "committee", "reason": "加一步研判"}
    assert doors.page("office").post("/elections/template", change).status_code == 302
    shown = said(doors.page("village").get(f"/elections/{running.pk}"))
    assert "选情研判" not in shown
    running.refresh_from_db()
    assert len(running.steps) == before
    running.delete()
    seats = {"kind": "by_election", "member": "1"}
    assert doors.page("village").post("/elections/new", seats).status_code == 302
    following = VillageElection.objects.filter(division_code=VILLAGE).latest("created_at")
    assert "选情研判" in said(doors.page("village").get(f"/elections/{following.pk}"))


@pytest.mark.acceptance("S19")
def test_what_the_law_asks_for_stays_and_only_the_office_words_it(doors: Doors) -> None:
    number, steps = template_now(VILLAGE[:6])
    assert doors.page("presidium").post("/elections/template", {"reason": "改一改流程"}).status_code == 403
    short = {"title-voting": "投", "reason": "改一改流程"}
    assert doors.page("office").post("/elections/template", short).status_code == 422
    assert template_now(VILLAGE[:6]) == (number, steps)


@pytest.mark.acceptance("S24")
def test_participation_is_totals_that_the_records_add_up_to(doors: Doors) -> None:
    page = said(doors.page("office").get("/village/democracy"))
    since = clock.now() - timedelta(days=365)
    held = VillageMeeting.objects.filter(held_at__gte=since, state__in=[*CLOSED_AS_VALID, "talk"])
    total = sum(held.values_list("present", flat=True))
    assert f'<b class="num">{total}</b>' in page and "没有个人的参与名单" in page


@pytest.mark.acceptance("S24")
def test_no_record_of_a_meeting_or_a_vote_holds_who_took_part(doors: Doors) -> None:
    for model in (VillageMeeting, VillageElection, ElectionRound):
        names = {field.name for field in model._meta.get_fields()}
        assert not names & {"voters", "attendees", "signatures", "participants", "voter"}
    linked = {field.related_model for field in ElectionRound._meta.get_fields() if field.related_model}
    assert Candidate not in linked
    assert doors.page("office").get("/village/democracy/export").status_code == 404


@pytest.mark.acceptance("S27")
def test_the_index_of_a_quarter_is_reproduced_from_the_records(doors: Doors) -> None:
    last = quarter(clock.today())[0]
    mine = {"division_code__startswith": VILLAGE[:9]}
    items = DisclosureItem.objects.filter(due_on__gte=last.starts, due_on__lte=last.ends, **mine)
    done = sum(one.published_on is not None and one.published_on <= one.due_on for one in items)
    begins, ends = clock.day_start(last.starts), clock.day_start(last.ends + timedelta(days=1))
    met = VillageMeeting.objects.filter(
        kind="representatives", state__in=CLOSED_AS_VALID, held_at__gte=begins, held_at__lt=ends, **mine
    )
    villages = VillageProfile.objects.filter(**mine).count()
    good = done + len(set(met.values_list("division_code", flat=True)))
    good += SupervisionReview.objects.filter(period=last.code, **mine).count()
    due = items.count() + 2 * villages
    page = said(doors.page("presidium").get("/village/democracy"))
    part = page.split('id="index"')[1].split("</section>")[0]
    assert "指数＝按期做到的÷应当做的" in part
    row = part.rsplit("<tr>", 1)[1]
    assert f"{good}／{due}" in row and f"<b>{round(100 * good / due, 1)}</b>" in row


@pytest.mark.acceptance("S27")
def test_a_late_publication_lowers_the_index(doors: Doors) -> None:
    last = quarter(clock.today())[0]
    items = DisclosureItem.objects.filter(
        division_code=VILLAGE, due_on__gte=last.starts, due_on__lte=last.ends
    )
    address = f"/village/democracy?village={VILLAGE}"
    values = []
    for shift in (timedelta(0), timedelta(days=30)):
        for one in items:
            DisclosureItem.objects.filter(pk=one.pk).update(published_on=one.due_on + shift)
        part = said(doors.page("presidium").get(address)).split('id="index"')[1].split("</section>")[0]
        values.append(float(re.findall(r"<b>([\d.]+)</b>", part)[-1]))
    assert values[1] < values[0]
