"""Who sits in the committee: leaving before the term ends, and room for whom a by-election seats."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from lianxin.common import clock
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.elections import services
from lianxin.elections.models import Candidate
from lianxin.elections.services.office import in_office
from tests.factories import elections as make
from tests.factories import villages
from tests.factories.cast import VILLAGE, Cast
from tests.web.pages import entered


@pytest.fixture(autouse=True)
def _villages(cast: Cast) -> None:
    villages.profiles()


def test_a_by_election_never_makes_an_eighth_member(cast: Cast) -> None:
    row = make.elected(cast)
    post, on = row.posts.get(key="member"), row.elected_on
    for name in ("甲一", "乙二", "丙三"):
        row.candidates.create(post=post, name=name, elected_on=on)
    with pytest.raises(Invalid, match="现有 6 人，再补 2 人就超过 7 人") as refused:
        make.opened(cast, kind="by_election", member=2)
    assert "member" in refused.value.fields
    assert make.opened(cast, kind="by_election", member=1).kind == "by_election"


def test_who_resigns_leaves_a_seat_that_a_by_election_fills(cast: Cast) -> None:
    row = make.elected(cast)
    member = in_office(VILLAGE)[0]
    on = member.elected_on
    assert on is not None
    for changes, said in (
        ({"reason": "recalled"}, "请选离任的原因"),
        ({"on": on - timedelta(days=1)}, "日期不对"),
        ({"on": clock.today() + timedelta(days=400)}, "日期不对"),
    ):
        form: dict[str, Any] = {
            "actor": cast.village,
            "member": member,
            "reason": "resigned",
            "on": on,
            **changes,
        }
        with pytest.raises(Invalid, match=said):
            services.office_end(**form)
    with pytest.raises(Denied):
        services.office_end(actor=cast.village_other, member=member, reason="resigned", on=on)
    with clock.at(clock.day_start(on) + timedelta(days=3)):
        services.office_end(actor=cast.village, member=member, reason="resigned", on=on)
        assert member.pk not in {one.pk for one in in_office(row.division_code)}
        with pytest.raises(Conflict, match="已经登记过"):
            services.office_end(actor=cast.village, member=member, reason="died", on=on)


def test_the_page_of_bodies_notes_who_has_left_and_keeps_what_was_typed(cast: Cast) -> None:
    make.elected(cast)
    member, page = in_office(VILLAGE)[0], entered(cast, "village")
    Candidate.objects.filter(pk=member.pk).update(elected_on=clock.today() - timedelta(days=30))
    address, today = f"/elections/office/{member.pk}/end", str(clock.today())
    refused = page.post(address, {"reason": "", "on": today})
    assert refused.status_code == 422 and f'value="{today}"' in refused.content.decode()
    assert page.post(address, {"reason": "died", "on": ""}).status_code == 422
    assert page.post(address, {"reason": "died", "on": today}).status_code == 302
    assert page.post(address, {"reason": "died", "on": today}).status_code == 404
    shown = page.get("/elections/supervision").content.decode()
    assert member.name not in shown.split("在任的村委会成员")[1]
