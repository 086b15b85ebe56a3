"""The pages of 离任移交: the desk lists, names and finishes; the receiver answers on his phone."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianxin.common import clock
from lianxin.leaving.models import Leaving
from tests.factories import leaving as make
from tests.factories.cast import TOWN, VILLAGE, Cast
from tests.factories.contacts import household, paired
from tests.web.pages import entered, rows, words

pytestmark = pytest.mark.django_db


def begun(cast: Cast, **changes: object) -> dict[str, object]:
    who = f"deputy:{cast.deputy_row('deputy_city').pk}"
    day = clock.today().isoformat()
    return {"town": TOWN, "who": who, "why": "moved", "leaves_on": day, **changes}


def test_the_whole_way_over_the_pages(cast: Cast) -> None:
    make.laden(cast)
    desk = entered(cast, "presidium")
    answer = desk.post("/leaving/new", begun(cast), follow=True)
    leaving = Leaving.objects.get()
    assert "7 项没有接手人" in words(answer).replace(" ", "").replace("7项", "7 项")
    to = f"deputy:{cast.deputy_row('deputy_town').pk}"
    for section in ("household", "grid", "group", "village", "turn", "pledge"):
        items = [str(one.pk) for one in leaving.items.filter(kind=section)]
        sent = {"section": section, "items": items, "receiver": to}
        assert desk.post(f"/leaving/{leaving.pk}/receiver", sent).status_code == 302
    paper = make.item(leaving, "suggestion")
    desk.post(f"/leaving/items/{paper.pk}/keep")
    phone = entered(cast, "deputy_town")
    page = phone.get("/leaving/mine")
    assert rows(page) == 6 and "接手选中的" in words(page)
    asked = [str(one.pk) for one in leaving.items.filter(state="asked")]
    phone.post(f"/leaving/{leaving.pk}/answer", {"items": asked, "answer": "accept"})
    assert "可以办结" in words(desk.get("/leaving"))
    done = desk.post(f"/leaving/{leaving.pk}/acts/finish", follow=True)
    assert "已移交" in words(done)
    assert rows(desk.get("/leaving?tab=done")) == 1
    assert "已移交" in words(entered(cast, "deputy_city").get("/leaving/mine"))


def test_what_is_missing_is_said_beside_the_field(cast: Cast) -> None:
    desk = entered(cast, "presidium")
    for change, hint in (
        ({"who": ""}, "从名单"),
        ({"why": ""}, "请选"),
        ({"leaves_on": "明天"}, "2026-11-23"),
    ):
        answer = desk.post("/leaving/new", begun(cast, **change))
        assert answer.status_code == 422 and hint in words(answer), change
    assert not Leaving.objects.exists()


def test_a_name_that_the_form_did_not_offer_is_refused(cast: Cast) -> None:
    away = f"deputy:{cast.deputy_row('deputy_other').pk}"
    assert entered(cast, "presidium").post("/leaving/new", begun(cast, who=away)).status_code == 422


def test_a_refusal_stands_in_its_section_and_keeps_the_choice(cast: Cast) -> None:
    make.laden(cast)
    leaving = make.opened(cast)
    desk = entered(cast, "presidium")
    answer = desk.post(
        f"/leaving/{leaving.pk}/receiver", {"section": "household", "receiver": "", "items": []}
    )
    assert answer.status_code == 422 and "至少选一项" in words(answer)
    early = desk.post(f"/leaving/{leaving.pk}/acts/finish")
    assert early.status_code == 409 and "没有接手人" in words(early)


def test_declining_on_the_phone_needs_a_word(cast: Cast) -> None:
    make.laden(cast)
    leaving = make.opened(cast)
    make.named(cast, leaving, "household")
    phone = entered(cast, "deputy_town")
    sent = {"items": [str(make.item(leaving, "household").pk)], "answer": "decline", "reason": ""}
    assert phone.post(f"/leaving/{leaving.pk}/answer", sent).status_code == 422
    sent["reason"] = "常在外地"
    assert phone.post(f"/leaving/{leaving.pk}/answer", sent).status_code == 302
    assert "常在外地" in words(entered(cast, "presidium").get(f"/leaving/{leaving.pk}"))


def test_somebody_stands_in_over_the_page(cast: Cast) -> None:
    make.laden(cast)
    leaving = make.opened(cast)
    one = make.item(leaving, "household")
    desk = entered(cast, "presidium")
    refused = desk.post(f"/leaving/items/{one.pk}/cover", {"cover": ""})
    assert refused.status_code == 422
    to = f"deputy:{cast.deputy_row('deputy_town').pk}"
    page = desk.post(f"/leaving/items/{one.pk}/cover", {"cover": to}, follow=True)
    assert "临时联系：" in words(page)
    assert desk.post(f"/leaving/items/{one.pk}/nothing").status_code == 404


def test_an_administrator_hears_a_number_and_nothing_else(cast: Cast) -> None:
    make.laden(cast)
    account = cast.account("deputy_city")
    answer = entered(cast, "admin").post(f"/administration/accounts/{account.pk}", {"act": "close"})
    assert answer.status_code == 409 and "7 项没有人接" in words(answer)
    assert make.PLEDGE not in words(answer)
    account.refresh_from_db()
    assert account.is_active


def test_a_page_costs_a_fixed_number_of_queries(cast: Cast) -> None:
    make.laden(cast)
    desk, leaving = entered(cast, "presidium"), make.opened(cast)
    few = queries(desk, f"/leaving/{leaving.pk}")
    for _ in range(6):
        paired(cast, "deputy_city")
    desk.post(f"/leaving/{leaving.pk}/acts/refresh")
    assert leaving.items.filter(kind="household").count() == 7
    assert queries(desk, f"/leaving/{leaving.pk}") <= few + 1
    assert queries(desk, "/leaving") <= 12
    assert household(cast, village=VILLAGE)


def queries(client: object, address: str) -> int:
    client.get(address)  # type: ignore[attr-defined]
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200  # type: ignore[attr-defined]
    return len(asked)
