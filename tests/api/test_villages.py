"""Villages over the API: anybody reads charter, accounts and decisions; village and town act on their own texts."""

from __future__ import annotations

import pytest

from lianxin.charters.models import CharterText
from lianxin.common import clock
from lianxin.villages.models import DisclosureItem
from tests.api.client import Api
from tests.factories import charters as make
from tests.factories import villages as ground
from tests.factories.cast import OTHER_VILLAGE, VILLAGE, Cast

pytestmark = pytest.mark.django_db


def test_anybody_reads_the_covenant_in_force_and_no_draft(cast: Cast) -> None:
    ground.profiles()
    text, draft = make.filed(cast), make.draft(cast, "charter")
    listed = Api().get(f"/villages/{VILLAGE}/charters").json()["items"]
    assert [(one["id"], one["kind"]) for one in listed] == [(str(text.pk), "covenant")]
    assert listed[0]["filing_number"] == text.filing_number != ""
    one = Api().get(f"/charters/{text.pk}/reading").json()
    assert len(one["clauses"]) >= 5 and set(one["clauses"][0]) == {"heading", "words"}
    hidden = Api().get(f"/charters/{draft.pk}/reading")
    assert (hidden.status_code, hidden["Content-Type"]) == (404, "application/problem+json")
    assert Api().get("/villages/999999999999/charters").status_code == 404
    assert Api().get("/charters").status_code == 401


def test_anybody_reads_accounts_and_decisions_of_a_village(cast: Cast) -> None:
    ground.profiles()
    row = ground.published(cast, "收入三万元，卡号6222021234567890123，支出路灯电费。")
    waiting = ground.item(cast, OTHER_VILLAGE, "village_other")
    listed = Api().get(f"/villages/{VILLAGE}/accounts").json()["items"]
    assert [one["id"] for one in listed] == [str(row.pk)]
    told = Api().get(f"/village-items/{row.pk}/reading").json()
    assert "路灯电费" in told["text"] and "6222021234567890123" not in told["text"]
    assert Api().get(f"/village-items/{waiting.pk}/reading").status_code == 404
    assert Api().get(f"/villages/{OTHER_VILLAGE}/accounts").json()["items"] == []
    assert Api().get(f"/villages/{VILLAGE}/decisions").json()["items"] == []
    ground.decided(cast)
    found = Api().get(f"/villages/{VILLAGE}/decisions").json()["items"]
    assert len(found) == 1 and found[0]["present"] == 30


def test_the_town_files_a_text_once_and_no_other_town_does(cast: Cast) -> None:
    ground.profiles()
    text = make.published(cast)
    path = f"/charters/{text.pk}/actions"
    village, town = Api("village"), Api("presidium")
    early = town.post(f"{path}/file")
    assert (early.status_code, early["Content-Type"]) == (409, "application/problem+json")
    assert village.post(f"{path}/send").json()["state"] == "to_file"
    assert Api("presidium_other").post(f"{path}/file").status_code == 404
    assert village.post(f"{path}/file").status_code == 403
    assert "file" in [one["name"] for one in town.get(path).json()["items"]]
    for _again in range(2):
        assert town.post(f"{path}/file", key="file-1").status_code == 200
    row = CharterText.objects.get(pk=text.pk)
    assert row.state == "filed" and row.filed_on == clock.today()
    assert row.events.filter(act="file").count() == 1


def test_a_village_sends_its_account_to_review_and_does_not_review_itself(cast: Cast) -> None:
    ground.profiles()
    row = ground.item(cast)
    path = f"/village-items/{row.pk}/actions"
    village = Api("village")
    assert village.post(f"{path}/submit", text="收入三万元，支出两万八千元。").status_code == 200
    assert village.post(f"{path}/approve").status_code == 403
    assert Api("village_other").post(f"{path}/approve").status_code == 404
    assert Api("village_supervisor").post(f"{path}/approve").status_code == 200
    done = village.post(f"{path}/publish")
    assert done.status_code in {200, 409}
    listed = Api("village").get("/village-items", village=VILLAGE).json()["items"]
    assert [one["id"] for one in listed] == [str(row.pk)]
    assert Api("village_other").get("/village-items").json()["items"] == []
    assert DisclosureItem.objects.get(pk=row.pk).state in {"approved", "published"}
