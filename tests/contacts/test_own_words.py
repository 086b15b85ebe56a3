"""What people say themselves: a deputy answers by his own page, two sides ask not to be joined."""

from __future__ import annotations

import pytest

from lianxin.contacts import services
from lianxin.contacts.models import Avoidance, Consent, Household, Pairing
from lianxin.contacts.workflow import State
from tests.factories.cast import TOWN, VILLAGE, Cast
from tests.factories.contacts import agree, household, paired
from tests.web.pages import entered, words

pytestmark = pytest.mark.django_db
ANSWER = "/deputy/households/answer"


def said(cast: Cast, name: str = "deputy_town") -> str:
    return Consent.objects.get(deputy=cast.deputy_row(name), replaced_at=None).answer


def test_a_deputy_answers_himself_and_the_last_answer_counts(cast: Cast) -> None:
    here, pk = entered(cast, "deputy_town"), str(cast.deputy_row("deputy_town").pk)
    assert "还没有问过您" in words(here.get("/deputy/households"))
    for answer in ("agree", "change", "no"):
        assert here.post(ANSWER, {"deputy": pk, "answer": answer}).status_code == 302
        assert said(cast) == answer
    assert "不参加" in words(here.get("/deputy/households"))
    assert Consent.objects.filter(deputy=cast.deputy_row("deputy_town")).count() == 3


def test_nobody_answers_for_another_deputy(cast: Cast) -> None:
    pk = str(cast.deputy_row("deputy_town").pk)
    for name in ("deputy_town_2", "deputy_city"):
        assert entered(cast, name).post(ANSWER, {"deputy": pk, "answer": "agree"}).status_code == 404
    assert entered(cast, "keeper").post(ANSWER, {"deputy": pk, "answer": "agree"}).status_code == 403
    assert not Consent.objects.filter(deputy=pk).exists()


def test_an_answer_is_one_of_three(cast: Cast) -> None:
    pk = str(cast.deputy_row("deputy_town").pk)
    entered(cast, "deputy_town").post(ANSWER, {"deputy": pk, "answer": "perhaps"})
    assert not Consent.objects.filter(deputy=pk).exists()


def test_a_deputy_who_stops_keeps_his_households_until_they_have_another(cast: Cast) -> None:
    pairing = paired(cast)
    pk = str(cast.deputy_row("deputy_town").pk)
    entered(cast, "deputy_town").post(ANSWER, {"deputy": pk, "answer": "no"})
    pairing.refresh_from_db()
    assert pairing.state == State.REPLACING


def test_two_sides_are_kept_apart_from_the_page_of_their_pair(cast: Cast) -> None:
    pairing = paired(cast)
    here, page = entered(cast, "keeper"), f"/office/pairing/pairs/{pairing.pk}"
    assert 'id="avoid"' in here.get(page).content.decode()
    for _ in range(2):
        assert here.post(f"{page}/avoid").status_code == 302
    pairing.refresh_from_db()
    assert pairing.state == State.REPLACING and Avoidance.objects.count() == 1
    shown = here.get(page).content.decode()
    assert "声明过不要配在一起" in shown and 'id="avoid"' not in shown


def test_nobody_of_another_town_keeps_them_apart(cast: Cast) -> None:
    pairing = paired(cast)
    url = f"/office/pairing/pairs/{pairing.pk}/avoid"
    assert entered(cast, "keeper_other").post(url).status_code == 404
    assert entered(cast, "deputy_town").post(url).status_code == 403
    assert not Avoidance.objects.exists()


def test_a_household_says_at_its_registration_whom_it_does_not_want(cast: Cast) -> None:
    deputy = cast.deputy_row("deputy_town")
    agree(deputy)
    form = {"town": TOWN, "name": "石榴湾伯伯", "village": VILLAGE, "group_no": "2", "answer": "agree"}
    here = entered(cast, "presidium")
    assert deputy.name in words(here.get(f"/office/pairing/consents?town={TOWN}"))
    answer = here.post("/office/pairing/households/new", {**form, "way": "person", "avoid": str(deputy.pk)})
    assert answer.status_code == 302
    home = Household.objects.get()
    assert Avoidance.objects.get().target == str(home.pk)
    services.plan_compute(actor=cast.presidium, town=TOWN)
    assert not Pairing.objects.filter(household=home, deputy=deputy).exists()


def test_who_is_not_on_the_list_of_deputies_registers_nothing(cast: Cast) -> None:
    form = {"town": TOWN, "name": "石榴湾伯伯", "village": VILLAGE, "group_no": "2", "way": "person"}
    other = str(household(cast).pk)
    answer = entered(cast, "presidium").post("/office/pairing/households/new", {**form, "avoid": other})
    assert answer.status_code == 422 and "请从名单里选" in words(answer)
    assert Household.objects.count() == 1 and not Avoidance.objects.exists()
