"""The pages of elections: the wizard's forms, refusals that keep what was typed, the public page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from lianxin.common import clock
from lianxin.elections.bodies import SupervisionMember
from lianxin.elections.models import Recall, VillageElection
from tests.factories import elections as make
from tests.factories import villages
from tests.factories.cast import VILLAGE, Cast


@pytest.fixture(autouse=True)
def _villages(cast: Cast) -> None:
    villages.profiles()


def browser(cast: Cast, who: str = "") -> Client:
    client = Client()
    if who:
        client.force_login(cast.account(who), backend="django.contrib.auth.backends.ModelBackend")
    return client


def press(client: Client, row: VillageElection, act: str, **typed: Any) -> Any:
    return client.post(f"/elections/{row.pk}/acts/{act}", typed)


def said(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_clerk_walks_from_the_first_step_to_the_result(cast: Cast) -> None:
    clerk = browser(cast, "village")
    seats = {"kind": "general", "director": "1", "deputy_director": "0", "member": "1", "woman_member": "1"}
    assert clerk.post("/elections/new", {**seats, "member": "9"}).status_code == 422
    assert clerk.post("/elections/new", seats).status_code == 302
    row = VillageElection.objects.get()
    names = "周大山\n赵春梅\n孙有田\n吴水根"
    assert press(clerk, row, "committee", names=names, serving="9").status_code == 422
    assert press(clerk, row, "committee", names=names, serving="3").status_code == 302
    assert press(clerk, row, "begin_registration").status_code == 302
    assert press(clerk, row, "register", living_here="", living_away="5").status_code == 422
    assert press(clerk, row, "register", living_here="90", living_away="10").status_code == 302
    soon = press(clerk, row, "publish_list", voting_on=str(clock.today() + timedelta(days=3)))
    assert soon.status_code == 409 and "还差 17 天" in said(soon)
    assert press(clerk, row, "publish_list", voting_on=str(make.voting_day())).status_code == 302
    people = (("director", "张建国", ""), ("director", "李德明", ""), ("member", "何长青", ""),
              ("member", "陈志强", ""), ("woman_member", "王小兰", "1"), ("woman_member", "刘桂英", "1"))  # fmt: skip
    for post, name, woman in people:
        typed = {"post": post, "name": name, "is_woman": woman}
        assert press(clerk, row, "nominate", **typed).status_code == 302
    assert press(clerk, row, "proxies", proxies="5", most_for_one="4").status_code == 422
    row.refresh_from_db()
    with make.at_voting(row):
        assert press(clerk, row, "open_voting", booths="0", tellers="3").status_code == 422
        assert press(clerk, row, "open_voting", booths="1", tellers="3").status_code == 302
        got = {f"votes-{pk}": str(n) for pk, n in make.votes(row, 45, 44, 60, 20, 60, 20).items()}
        count = {"issued": "95", "returned": "90", "valid": "89", "void": "1", **got}
        kept = press(clerk, row, "count", **{**count, "issued": "很多"})
        assert kept.status_code == 422 and 'value="很多"' in said(kept) and 'value="44"' in said(kept)
        assert press(clerk, row, "count", **count).status_code == 302
        page = said(clerk.get(f"/elections/{row.pk}"))
        assert "参加另行选举" in page and "要 46 票" in page
        assert press(clerk, row, "declare").status_code == 302
    public = said(Client().get(f"/elections/of/{VILLAGE}"))
    assert "另行选举" in public and "王小兰" in public and "周大山" not in public


def test_a_refused_declaration_keeps_the_saved_count(cast: Cast) -> None:
    row = make.counted(cast, make.voting(cast), 60, 30, 55, 35, 70, 20, valid=80, void=5)
    with make.at_voting(row):
        answer = press(browser(cast, "village"), row, "declare")
    assert answer.status_code == 409 and 'value="70"' in said(answer) and "重新清点" in said(answer)


def test_who_recorded_reads_no_complaint_and_the_town_does(cast: Cast) -> None:
    row = make.elected(cast)
    town, clerk = browser(cast, "presidium"), browser(cast, "village")
    assert press(clerk, row, "complain", about="bribery", received_on=str(clock.today())).status_code == 403
    assert press(town, row, "complain", about="?", received_on=str(clock.today())).status_code == 422
    assert press(town, row, "complain", about="bribery", received_on=str(clock.today())).status_code == 302
    assert "在调查" in said(town.get(f"/elections/{row.pk}"))
    assert "在调查" not in said(clerk.get(f"/elections/{row.pk}"))


def test_a_relative_of_the_committee_is_no_supervisor(cast: Cast) -> None:
    row = make.elected(cast)
    clerk = browser(cast, "village")
    member = row.candidates.get(name="张建国")
    add = "/elections/supervision/add"
    blocked = clerk.post(add, {"name": "张小明", "relative_of": str(member.pk)})
    assert blocked.status_code == 409 and "张建国的近亲属" in said(blocked)
    assert clerk.post(add, {"name": "张小明", "relative_of": ""}).status_code == 422
    assert clerk.post(add, {"name": "张建国", "relative_of": "none"}).status_code == 409
    secretary = clerk.post(add, {"name": "卢书记", "relative_of": "none", "is_secretary": "1"})
    assert secretary.status_code == 409 and "书记" in said(secretary)
    good = {"name": "马守田", "relative_of": "none", "knows_finance": "1", "is_head": "1"}
    assert clerk.post(add, good).status_code == 302
    assert "至少 3 人" in said(clerk.get("/elections/supervision"))
    one = SupervisionMember.objects.get()
    assert clerk.post(f"/elections/supervision/{one.pk}/end").status_code == 302
    assert clerk.post(f"/elections/supervision/{one.pk}/end").status_code == 409


def test_a_recall_needs_a_fifth_then_both_halves(cast: Cast) -> None:
    row = make.elected(cast)
    clerk, member = browser(cast, "village"), row.candidates.get(name="张建国")
    asked = {"candidate": str(member.pk), "reasons": "两年没有公布账目，村民要求罢免。", "petitioners": "19"}
    few = clerk.post("/elections/recalls/new", asked)
    assert few.status_code == 409 and "要 20" in said(few)
    assert clerk.post("/elections/recalls/new", {**asked, "candidate": ""}).status_code == 422
    assert clerk.post("/elections/recalls/new", {**asked, "petitioners": "20"}).status_code == 302
    recall = Recall.objects.get()
    vote = f"/elections/recalls/{recall.pk}/vote"
    assert clerk.post(vote, {"voting": "60", "in_favour": "61"}).status_code == 422
    assert clerk.post(vote, {"voting": "60", "in_favour": "30"}).status_code == 302
    recall.refresh_from_db()
    assert recall.state == "failed"
    again = clerk.post("/elections/recalls/new", {**asked, "petitioners": "20"})
    assert again.status_code == 409 and "才可以再提" in said(again)


def test_a_passed_recall_ends_the_office(cast: Cast) -> None:
    row = make.elected(cast)
    clerk, member = browser(cast, "village"), row.candidates.get(name="张建国")
    asked = {
        "candidate": str(member.pk),
        "reasons": "两年没有公布账目，村民要求罢免。",
        "representatives_asking": "3",
    }
    assert clerk.post("/elections/recalls/new", asked).status_code == 302
    recall = Recall.objects.get()
    clerk.post(f"/elections/recalls/{recall.pk}/vote", {"voting": "51", "in_favour": "26"})
    member.refresh_from_db()
    assert member.office_ended_on == clock.today()
    assert "罢免通过" in said(browser(cast, "presidium").get(f"/elections/recalls/{recall.pk}"))


def test_the_office_words_the_steps(cast: Cast) -> None:
    office, running = browser(cast, "office"), make.opened(cast)
    page = office.get("/elections/template")
    assert "推选选举委员会" in said(page)
    change = {
        "title-committee": "推选委员会",
        "new_title": "选情研判",
        "new_after": "list",
        "reason": "加一步",
    }
    assert office.post("/elections/template", change).status_code == 422
    assert office.post("/elections/template", {**change, "reason": "加一步研判"}).status_code == 302
    shown = said(office.get("/elections/template"))
    assert "选情研判" in shown and "推选委员会" in shown
    assert "选情研判" not in said(browser(cast, "village").get(f"/elections/{running.pk}"))


def test_the_list_asks_a_fixed_number_of_times(cast: Cast, django_assert_max_num_queries: Any) -> None:
    make.elected(cast)
    make.opened(cast, village="610981103001", who="village_other")
    office = browser(cast, "office")
    office.get("/elections")
    with django_assert_max_num_queries(8):
        assert office.get("/elections?state=elected").status_code == 200


def test_the_public_page_is_light_and_names_no_voter(cast: Cast) -> None:
    make.elected(cast)
    answer = Client().get(f"/elections/of/{VILLAGE}")
    assert len(answer.content) < 60_000 and "张建国" in said(answer)
    assert Client().get("/elections/of/610981000000").status_code == 404
    assert "还没有选举公告" in said(Client().get("/elections/of/610981103001"))
