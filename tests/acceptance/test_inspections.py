"""S26 on the demo city: a sheet filled without a signal comes home and turns its village on the board."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from lianxin.campaigns.models import Finding, Inspection
from lianxin.campaigns.rules import checklist, quarter_of
from lianxin.common import clock
from lianxin.villages.models import VillageProfile
from tests.acceptance.conftest import Doors
from tests.factories.field import record, result

BAD, WORDS = "accounts", "账目只有总数，看不出花在哪里。"


def _to_inspect() -> tuple[str, Client]:
    """Return a village without a sheet this quarter and without findings, and its deputy's browser."""
    filled = Inspection.objects.filter(quarter=quarter_of(clock.today())).values("division_code")
    found = Finding.objects.exclude(state="closed").values("division_code")
    left = VillageProfile.objects.exclude(division_code__in=filled).exclude(division_code__in=found)
    profile = left.filter(supervising_deputy__account__isnull=False).order_by("division_code").first()
    assert profile is not None and profile.supervising_deputy is not None
    account, client = profile.supervising_deputy.account, Client()
    assert account is not None
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return profile.division_code, client


def _sheet(village: str, bad: str = BAD, **more: Any) -> dict[str, Any]:
    answers = {one.key: one.key != bad for one in checklist()}
    return record(
        "village_inspection", village=village, answers=answers, problems={bad: WORDS} if bad else {}, **more
    )


def _row(doors: Doors, village: str, who: str = "office") -> str:
    page = doors.page(who).get("/village/board").content.decode()
    found = re.search(rf'<tr><th scope="row"><a href="/village/board/{village}">.*?</tr>', page, re.DOTALL)
    assert found is not None
    return found[0]


def _lamp(row: str, link: str) -> tuple[str, int]:
    found = re.search(rf'link-(red|yellow|green)" href="[^"]*#{link}">\D*(\d*)</a>', row)
    assert found is not None
    return found[1], int(found[2] or 0)


@pytest.mark.acceptance("S26")
def test_a_sheet_of_the_telephone_turns_its_village_on_the_board_once(doors: Doors) -> None:
    village, phone = _to_inspect()
    before = _row(doors, village)
    assert "还没有" in before
    sheet = _sheet(village)
    assert result(phone, sheet)["state"] == result(phone, sheet)["state"] == "done"
    after = _row(doors, village)
    assert "巡查过" in after and "还没有" not in after
    assert _lamp(after, "disclosure")[1] == _lamp(before, "disclosure")[1] + 1
    assert _lamp(after, "disclosure")[0] in {"red", "yellow"}
    assert _lamp(after, "election") == _lamp(before, "election")
    one = doors.page("office").get(f"/village/board/{village}").content.decode()
    assert WORDS in one and "巡查发现的 1 个问题等整改、等复查" in one
    row = Finding.objects.get(division_code=village, words=WORDS)
    phone.post(f"/campaigns/findings/{row.pk}/acts/close", {"note": "当场看过，账目逐笔贴出来了。"})
    assert _lamp(_row(doors, village), "disclosure") == _lamp(before, "disclosure")


@pytest.mark.acceptance("S26")
def test_a_sheet_that_is_refused_turns_nothing(doors: Doors) -> None:
    village, phone = _to_inspect()
    before = _row(doors, village)
    unfinished = _sheet(village)
    unfinished["data"]["answers"].pop("board")
    assert result(phone, unfinished)["state"] == "refused"
    silent = record(
        "village_inspection", village=village, answers={one.key: one.key != BAD for one in checklist()}
    )
    assert result(phone, silent)["state"] == "refused"
    assert result(doors.page("deputy_city"), _sheet(village))["state"] == "refused"
    assert _row(doors, village) == before
    with clock.at(clock.now() + timedelta(minutes=1)):
        assert result(phone, _sheet(village, bad=""))["state"] == "done"
    assert "巡查过" in _row(doors, village)
