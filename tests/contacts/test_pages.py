"""The pages of contacts: a town's plan, own households, the household's own page; how many queries they ask."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lianxin.audit.models import PersonalRead
from lianxin.common import clock
from lianxin.common.actor import SYSTEM
from lianxin.contacts import services
from lianxin.contacts.codes import slip_code
from lianxin.contacts.models import ContactVisit, Household, Kind, Pairing, Plan, VisitMatter
from lianxin.contacts.selectors import matter_of_opinion
from lianxin.contacts.workflow import State
from lianxin.opinions.models import Opinion
from tests.factories.cast import OTHER_TOWN, TOWN, VILLAGE, Cast
from tests.factories.contacts import SINCE, agree, household, paired

pytestmark = pytest.mark.django_db
PHONE = "10012345678"


@pytest.fixture
def door(client: Client, cast: Cast):  # type: ignore[no-untyped-def] # a helper of these tests
    def as_(name: str) -> Client:
        client.force_login(cast.account(name), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_


def test_a_town_goes_from_asking_to_approval(door, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    here = door("presidium")
    new = {
        "town": TOWN,
        "name": "石榴湾伯伯",
        "village": VILLAGE,
        "group_no": "2",
        "answer": "agree",
        "way": "person",
    }
    assert here.post("/office/pairing/households/new", new).status_code == 302
    agree(cast.deputy_row("deputy_town"))
    assert "同意" in here.get("/office/pairing/consents?tab=agree").content.decode()
    asked = {"town": TOWN, "kind": "deputy_household", "mode": "balanced", "quota": "10"}
    assert here.post("/office/pairing/compute", asked).status_code == 302
    page = here.get(f"/office/pairing/plan?town={TOWN}").content.decode()
    assert "批准发布" in page and "照名单挨个就近" in page and "步行约" in page
    assert here.post(f"/office/pairing/plan/{Plan.objects.get().pk}/approve").status_code == 302
    assert Pairing.objects.get().state == State.ACTIVE
    card = here.get(f"/papers/pairing/cards.pdf?pair={Pairing.objects.get().pk}")
    assert card.content.startswith(b"%PDF")


def test_what_is_missing_is_said_beside_what_was_typed(door, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    answer = door("presidium").post("/office/pairing/households/new", {"town": TOWN, "name": "王家"})
    assert answer.status_code == 422
    assert "请选村或社区" in answer.content.decode() and 'value="王家"' in answer.content.decode()
    assert door("presidium").post("/office/pairing/compute", {"town": TOWN}).status_code == 409
    assert door("presidium").post("/office/pairing/compute", {"town": OTHER_TOWN}).status_code == 403
    assert not Plan.objects.exists()


def test_lists_show_numbers_and_never_names(door, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    pairing = paired(cast, phone=PHONE)
    for address in (
        "consents?tab=agree",
        "relations?kind=deputy_household",
        f"pairs/{pairing.pk}",
        "plan",
        "broken",
    ):
        page = door("presidium").get(f"/office/pairing/{address}")
        assert page.status_code == 200, address
        assert "石榴湾伯伯" not in page.content.decode() and PHONE not in page.content.decode()


def test_giving_to_somebody_else_by_menu(door, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    pairing, to = paired(cast), cast.deputy_row("deputy_town_2")
    agree(to)
    here = door("presidium")
    assert f'value="{to.pk}"' in here.get(f"/office/pairing/pairs/{pairing.pk}").content.decode()
    address = f"/office/pairing/pairs/{pairing.pk}/acts/replace"
    assert here.post(address, {"deputy": str(to.pk)}).status_code == 422
    assert here.post(address, {"deputy": str(to.pk), "reason": "住得更近"}).status_code == 302
    assert door("presidium_other").get(f"/office/pairing/pairs/{pairing.pk}").status_code == 404
    assert door("keeper").post(address, {"deputy": str(to.pk), "reason": "x y"}).status_code == 403


def test_a_deputy_sees_his_own_records_a_visit_and_passes_a_matter_on(door, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    pairing = paired(cast, phone=PHONE)
    here = door("deputy_town")
    page = here.get("/deputy/households").content.decode()
    assert "石榴湾伯伯" in page and PHONE not in page
    typed = {
        "way": "home",
        "on": str(clock.today()),
        "text": "身体好",
        "matters": "三组路灯不亮，走夜路怕摔",
        "request_id": "v",
    }
    assert here.post(f"/deputy/households/{pairing.pk}/visit", typed).status_code == 302
    matter = VisitMatter.objects.get()
    for _ in range(2):  # a double tap is one opinion
        assert here.post(f"/deputy/heard/{matter.pk}/convert", {"request_id": "c"}).status_code == 302
    opinion = Opinion.objects.get()
    matter.refresh_from_db()
    assert (opinion.channel, opinion.division_code, matter.opinion_id) == ("visit", VILLAGE, opinion.id)
    assert matter_of_opinion(opinion.id) == matter
    assert (
        f"/office/pairing/pairs/{pairing.pk}"
        in door("keeper").get(f"/station/opinions/{opinion.id}").content.decode()
    )


def test_another_deputy_finds_nothing(door, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    pairing = paired(cast)
    other = door("deputy_town_2")
    assert other.get(f"/deputy/households/{pairing.pk}").status_code == 404
    assert other.post(f"/deputy/households/{pairing.pk}/visit", {"way": "home"}).status_code == 404
    assert not ContactVisit.objects.exists()


def test_a_telephone_is_opened_for_a_purpose_and_logged(door, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    pairing = paired(cast, phone=PHONE)
    here = door("deputy_town")
    assert here.post(f"/deputy/households/{pairing.pk}/open", {"purpose": ""}).status_code == 422
    assert not PersonalRead.objects.exists()
    assert PHONE in here.post(f"/deputy/households/{pairing.pk}/open", {"purpose": "visit"}).content.decode()
    assert PersonalRead.objects.count() == 1


def test_a_household_answers_and_takes_it_back_by_its_code(client: Client, cast: Cast) -> None:
    home = household(cast, answer="")
    code = slip_code(home.id)
    assert client.get("/household").status_code == 200
    assert "愿意结对吗" in client.post("/household", {"code": code}).content.decode()
    for _ in range(2):  # a double tap is one answer
        said = client.post("/household", {"code": code, "answer": "agree", "request_id": "h1"})
        assert said.status_code == 200
    assert home.consents.get(replaced_at=None).answer == "agree"
    page = client.post(
        "/household", {"code": code, "answer": "withdraw", "request_id": "h2"}
    ).content.decode()
    assert "将在这一天删除" in page
    assert home.consents.get(replaced_at=None).answer == "no"
    assert client.post("/household", {"code": "XY-2222-2222"}).status_code == 404


def test_residents_find_a_deputy_by_village_without_a_number(client: Client, cast: Cast) -> None:
    paired(cast, phone=PHONE)
    page = client.get(f"/deputies?town={TOWN}&village={VILLAGE}").content.decode()
    assert (
        "测试deputy_town" in page
        and "给代表捎句话" in page
        and "石榴湾伯伯" not in page
        and PHONE not in page
    )


def test_the_chain_opens_five_levels_of_ones_own_town(door, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    pairing = paired(cast, "deputy_town")
    leader = cast.deputy_row("deputy_city_2")
    services.pairing_register(
        actor=SYSTEM, new=services.NewPairing(Kind.LEADER_TOWN, leader, SINCE, town=TOWN)
    )
    group = cast.deputy_row("deputy_town").memberships.get().group
    services.pairing_register(
        actor=SYSTEM, new=services.NewPairing(Kind.PRESIDIUM_GROUP, leader, SINCE, group=group)
    )
    address = f"/office/pairing/chain?town={TOWN}&group={group.pk}&deputy={pairing.deputy_id}"
    page = door("leader").get(address).content.decode()
    assert pairing.household is not None
    for words in ("测试deputy_city_2", group.name, "测试deputy_town", pairing.household.number):
        assert words in page
    assert door("presidium_other").get(address).status_code == 403


@pytest.mark.parametrize(
    ("who", "address", "most"),
    [
        ("deputy_town", "/deputy/households", 22),
        ("presidium", "/office/pairing", 24),
        ("presidium", "/office/pairing/consents?tab=agree", 24),
        ("presidium", "/office/pairing/relations?kind=deputy_household", 16),
        ("presidium", "/office/pairing/quotas", 16),
    ],
)
def test_lists_ask_a_fixed_number_of_queries(door, cast: Cast, who: str, address: str, most: int) -> None:  # type: ignore[no-untyped-def]
    paired(cast)
    here = door(who)
    here.get(address)
    with CaptureQueriesContext(
        connection,
    ) as one:
        assert here.get(address).status_code == 200
    for _ in range(4):
        paired(cast)
    with CaptureQueriesContext(connection) as many:
        here.get(address)
    assert len(many) == len(one) <= most
    assert Household.objects.count() == 5
